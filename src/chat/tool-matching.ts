import { isBlank, isOver, type ToolCall } from './tool-call.js'
import type { ToolEntry } from './tool-entry.js'

// Which call an entry means (B01, B03): by its id, by its index, or because it is the one under way.

/**
 * The call that an entry goes on with; undefined where it begins another one.
 *
 * @param all the calls of the choice.
 * @param touched those that the same chunk has spoken of.
 */
export function callMeant(
  all: readonly ToolCall[],
  touched: ReadonlySet<ToolCall>,
  entry: ToolEntry,
): ToolCall | undefined {
  const { index, id, name, args } = entry
  const own = all.filter((call) => call.newer === undefined)
  const last = own.at(-1)
  const sameId = id === undefined ? undefined : withId(own, id, entry)
  if (sameId !== undefined) return isAnother(sameId, touched, entry) ? undefined : sameId
  let call: ToolCall | undefined
  if (index === undefined) call = last
  else {
    for (const one of own) if (one.upstreamIndex === index) call = one
    // Some leave the index out of the first delta alone.
    const first = last !== undefined && last.upstreamIndex === undefined && id === undefined && name === undefined
    if (call === undefined && first) {
      call = last
      call.upstreamIndex = index
    }
  }
  const begins = name !== undefined
  if (call === undefined || (call.renewed && !begins && !isBlank(args))) return undefined
  const under = call.scan.status === 'cut' && call.name === name
  if (begins && touched.has(call) && call.name !== undefined && !under) return undefined
  if (id !== undefined && call.upstreamId !== undefined) {
    // Another id: another call, unless the call that is under way has them change (B03).
    if (begins ? call.scan.status !== 'cut' : isOver(call) && args !== undefined && args !== '') return undefined
    return call
  }
  if (index === undefined && id !== undefined && begins && call.name !== undefined) return undefined
  if (begins && isOver(call) && !(call.name === name && call.sent.matches(args ?? '')) && (args ?? '') !== '') {
    return undefined
  }
  if (begins && call.name !== undefined && call.name !== name && isOver(call)) return undefined
  return call
}

function withId(own: readonly ToolCall[], id: string, { index, name }: ToolEntry): ToolCall | undefined {
  const calls = own.filter((call) => call.upstreamId === id)
  const call = calls.find((one) => one.upstreamIndex === index) ?? calls.at(-1)
  if (call === undefined || call.upstreamIndex === index || name !== undefined || !isOver(call)) return call
  // B03: an id that only later deltas have, and all of them the same one, tells less than the place of a call under way.
  const placed = own.findLast((one) => one.upstreamIndex === index)
  return placed !== undefined && placed.upstreamId === undefined && !isOver(placed) ? undefined : call
}

/** Whether an entry with the id of a call begins another one: some call their calls by the names of the tools. */
function isAnother(call: ToolCall, touched: ReadonlySet<ToolCall>, { index, id, name, args = '' }: ToolEntry): boolean {
  if (name === undefined) return false
  const named = id === call.name
  const again = call.sent.matches(args)
  if (index !== undefined && index !== call.upstreamIndex) {
    if (isOver(call)) return named || !again
    return named && call.scan.status === 'empty' && isBlank(args)
  }
  if (!named || isBlank(args) || call.braces) return false
  return touched.has(call) || (call.scan.status === 'whole' && call.scan.isObject && !again)
}

/** The call of a newer type that an entry goes on with. */
export function newerMeant(
  all: readonly ToolCall[],
  { index, id }: ToolEntry,
  type: string | undefined,
): ToolCall | undefined {
  const own = all.findLast((call) => call.newer !== undefined && (index ?? call.upstreamIndex) === call.upstreamIndex)
  const another = type !== undefined && (own?.newer !== type || (id !== undefined && id !== own.upstreamId))
  return another || (index === undefined && own !== all.at(-1)) ? undefined : own
}
