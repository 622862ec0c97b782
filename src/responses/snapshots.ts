import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { type Finding, kindOf, memberOf, reportAll } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import { nestedDeeper } from '../sse/nesting.js'
import type { Context } from './context.js'
import { beginAtEnd } from './dones.js'
import type { Item } from './item.js'
import { matchParts } from './part-matching.js'
import { completeItem, inferItemType, isId, partKindOf, textOf } from './shapes.js'

/**
 * Holds what a terminal says of the output against what was sent, and sends first what was not (A01, A09, A15, D-44).
 *
 * @param status the status that the terminal says: an incomplete response may hold calls that are cut.
 * @returns the output to send; the one that came, where nothing in it changes. Undefined where a call is cut.
 */
export function settleOutput(context: Context, given: unknown, status: string, frame: EventFrame): unknown {
  const said: readonly unknown[] = Array.isArray(given) ? given : []
  const incomplete = status === 'incomplete'
  const matches = match(context, said)
  context.closing.settleBlanks(frame, (item) => said[matches.indexOf(item)])
  const values = new Map<Item, unknown>()
  for (const [index, value] of said.entries()) {
    if (context.writer.tooDeep) return undefined
    if (!isJsonObject(value)) continue
    const matched = matches[index]
    // D-50: what a resumed stream did not see begin is not begun now.
    const item = matched ?? (context.resumed ? undefined : beginAtEnd(context, value, frame))
    if (item === undefined) continue
    if (matched === undefined) values.set(item, same(context, item.value, value))
    else if (item.state === 'done') {
      const { rest, known } = context.resumed ? { rest: undefined, known: value } : parted(context, item, value)
      values.set(item, context.closing.against(item, known, frame))
      const more = rest && beginAtEnd(context, rest, frame)
      if (more !== undefined) values.set(more, more.value)
    } else if (!context.closing.close(item, frame, value, incomplete)) return undefined
    else if (item.state === 'waiting') continue
    // FINDINGS A8: hosted items may be listed without ever being done.
    else values.set(item, !item.done ? context.closing.against(item, value, frame) : same(context, item.value, value))
  }
  const last = context.positions.open.at(-1)
  for (const item of [...context.positions.open]) {
    if (context.writer.tooDeep) return undefined
    if (values.has(item)) continue
    const ending = incomplete && item === last ? 'incomplete' : 'completed'
    if (!context.closing.close(item, frame, undefined, incomplete, ending)) return undefined
  }
  for (const item of context.positions.open) {
    if (item.state === 'waiting') context.lose('responses/tool-added-missing-or-partial', frame)
  }
  const all = context.positions.all.filter((item) => item.state !== 'waiting')
  all.sort((a, b) => (a.place.output_index ?? 0) - (b.place.output_index ?? 0))
  const ours = (items: readonly Item[]) => items.map((item) => values.get(item) ?? item.whole)
  const output = context.resumed ? resumedOutput(context, said, matches, frame, ours(all.filter(isSeen))) : ours(all)
  if (Array.isArray(given) && output.length === said.length && output.every((value, index) => value === said[index])) {
    return given
  }
  if (!context.lost) report(context, given, output, frame)
  return output
}

/** D-50: what the upstream says of items that were not seen to begin, and behind it those that were. */
function resumedOutput(
  { reporter }: Context,
  said: readonly unknown[],
  matches: readonly (Item | undefined)[],
  frame: EventFrame,
  seen: readonly unknown[],
): unknown[] {
  const findings: Finding[] = []
  // What was not seen to begin began before.
  const before = said.flatMap((value, index) => {
    const type = typeOf(value)
    if (!isJsonObject(value) || type === undefined || matches[index]?.unseen === false) return []
    const typed = value['type'] === type ? value : { ...value, type }
    return [completeItem(typed, `response.output[${index}]`, 'completed', findings)]
  })
  reportAll(reporter, frame, findings)
  return [...before, ...seen]
}

function isSeen({ unseen }: Item): boolean {
  return !unseen
}

function report({ reporter }: Context, given: unknown, output: readonly unknown[], frame: EventFrame): void {
  const said: readonly unknown[] = Array.isArray(given) ? given : []
  const path = 'response.output'
  if (!Array.isArray(given) || said.length !== output.length) {
    const detail = { path, wanted: 'array', found: kindOf(given) }
    reporter.defect('responses/completed-output-empty', 'rewrote', frame, detail)
    return
  }
  const types = (list: readonly unknown[]) => list.map((item) => memberOf(item, 'type')).join()
  if (types(said) !== types(output)) reporter.defect('responses/indices-missing-or-wrong', 'rewrote', frame, { path })
}

/** Which of our items each item of a terminal is: by its id, else by what it says, else the first of its type that is left (D-44). */
function match({ positions }: Context, said: readonly unknown[]): (Item | undefined)[] {
  const left = new Set(positions.all)
  const byId = new Map<unknown, Item[]>()
  for (const item of left) {
    for (const id of new Set([item.id, item.upstreamId])) byId.set(id, [...(byId.get(id) ?? []), item])
  }
  const found = said.map((value) => {
    const id = memberOf(value, 'id')
    const named = (isId(id) ? (byId.get(id) ?? []) : []).filter(
      (item) => (!isId(memberOf(value, 'type')) || item.type === memberOf(value, 'type')) && left.has(item),
    )
    // Late content of an item that was done is another item of the same name (D-46).
    const item =
      named.length > 1 ? (named.find((other) => textOf(other.whole) === textOf(value)) ?? named[0]) : named[0]
    if (item !== undefined) left.delete(item)
    return item
  })
  const alike = found.map((item, index) => {
    const text = textOf(said[index])
    if (item !== undefined || text === '') return item
    const same = [...left].find((other) => fits(other, said[index]) && textOf(other.whole) === text)
    if (same !== undefined) left.delete(same)
    return same
  })
  return alike.map((item, index) => {
    if (item !== undefined) return item
    for (const other of left) {
      if (!fits(other, said[index])) continue
      left.delete(other)
      return other
    }
    return undefined
  })
}

/** Whether an item of a terminal may be one of ours although its id is another: two calls are told apart by their `call_id`. */
function fits(item: Item, value: unknown): boolean {
  if (item.type !== typeOf(value)) return false
  const call = memberOf(value, 'call_id')
  const own = item.value['call_id']
  return item.call?.client !== true || item.callIdMade || !isId(call) || !isId(own) || call === own
}

/** The type of an item, where it names one or shows one. */
function typeOf(value: unknown): string | undefined {
  return isJsonObject(value) ? inferItemType(value) : undefined
}

/** What a terminal says of an item that is done, without the texts that nobody can be told of it any more, and those. */
function parted(context: Context, item: Item, said: JsonObject): { rest?: JsonObject; known: JsonObject } {
  let rest: JsonObject | undefined
  let known = said
  for (const list of ['content', 'summary'] as const) {
    const parts = said[list]
    if (!Array.isArray(parts) || (item.type !== 'message' && item.type !== 'reasoning')) continue
    const partners = matchParts(item[list], parts)
    const own = item.value[list]
    // What its done said under a type that we do not know was told by that.
    const isTold = (part: unknown) =>
      isJsonObject(part) &&
      Array.isArray(own) &&
      own.some((other) => isJsonObject(other) && isSame(context, other, part))
    const isUntold = (part: unknown, index: number) =>
      textOf({ content: [part] }) !== '' && !partners[index] && (partKindOf(part) !== undefined || !isTold(part))
    const untold = parts.filter(isUntold)
    if (untold.length === 0) continue
    const { id: _, encrypted_content: __, ...start } = said
    rest = { ...start, content: [], summary: [], ...rest, [list]: untold }
    known = { ...known, [list]: parts.filter((part, index) => !isUntold(part, index)) }
  }
  return rest === undefined ? { known } : { rest, known }
}

/** What a terminal said of an item that was closed by it: the same object, where closing changed nothing. */
function same(context: Context, closed: JsonObject, said: JsonObject): JsonObject {
  return isSame(context, closed, said) ? said : closed
}

function isSame({ limits }: Context, one: JsonObject, other: JsonObject): boolean {
  if (nestedDeeper(one, limits.maxDepth) || nestedDeeper(other, limits.maxDepth)) return false
  return JSON.stringify(one) === JSON.stringify(other)
}
