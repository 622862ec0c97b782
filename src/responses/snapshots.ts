import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { kindOf, memberOf } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import type { Content } from './content.js'
import { type Context, lose } from './context.js'
import type { Item } from './items.js'
import { isId } from './shapes.js'

/**
 * Holds what a terminal says of the output against what was sent, and sends first what was not (A01, A09, A15, D-44).
 *
 * @param status the status that the terminal says: an incomplete response may hold calls that are cut.
 * @returns the output to send; the one that came, where nothing in it changes. Undefined where a call is cut.
 */
export function settleOutput(
  context: Context,
  content: Content,
  given: unknown,
  status: string,
  frame: EventFrame,
): unknown {
  if (context.resumed) return given
  const said: readonly unknown[] = Array.isArray(given) ? given : []
  const incomplete = status === 'incomplete'
  const matches = match(content, said)
  content.settleBlanks(frame, (item) => said[matches.indexOf(item)])
  const values = new Map<Item, unknown>()
  const extra: unknown[] = []
  for (const [index, value] of said.entries()) {
    if (!isJsonObject(value)) continue
    const matched = matches[index]
    const item = matched ?? content.beginAtEnd(value, frame)
    if (item === undefined) {
      if (!context.lost) extra.push(value)
    } else if (matched === undefined) values.set(item, same(item.value, value))
    else if (item.state === 'done') values.set(item, content.against(item, value, frame))
    else if (!content.close(item, frame, value, incomplete)) return undefined
    else if (item.state === 'waiting') continue
    // FINDINGS A8: hosted items may be listed without ever being done.
    else values.set(item, content.isOpen(item) ? content.against(item, value, frame) : same(item.value, value))
  }
  const last = content.positions.open.at(-1)
  for (const item of [...content.positions.open]) {
    if (values.has(item)) continue
    const ending = incomplete && item === last ? 'incomplete' : 'completed'
    if (!content.close(item, frame, undefined, incomplete, ending)) return undefined
  }
  for (const item of content.positions.open) {
    if (item.state === 'waiting') lose(context, 'responses/tool-added-missing-or-partial', frame)
  }
  const all = content.positions.all.filter((item) => item.state !== 'waiting')
  all.sort((a, b) => (a.place.output_index ?? 0) - (b.place.output_index ?? 0))
  const output: unknown[] = [...all.map((item) => values.get(item) ?? item.whole), ...extra]
  if (Array.isArray(given) && output.length === said.length && output.every((value, index) => value === said[index])) {
    return given
  }
  if (!context.lost) report(context, given, output, frame)
  return output
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

/** Which of our items each item of a terminal is: by its id, else the first of its type that is left (D-44). */
function match(content: Content, said: readonly unknown[]): (Item | undefined)[] {
  const left = new Set(content.positions.all)
  const byId = new Map<unknown, Item>()
  for (const item of left) {
    byId.set(item.id, item)
    if (item.upstreamId !== undefined && !byId.has(item.upstreamId)) byId.set(item.upstreamId, item)
  }
  const found = said.map((value) => {
    const item = isId(memberOf(value, 'id')) ? byId.get(memberOf(value, 'id')) : undefined
    return item !== undefined && item.type === memberOf(value, 'type') && left.delete(item) ? item : undefined
  })
  return found.map((item, index) => {
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
  if (item.type !== memberOf(value, 'type')) return false
  const call = memberOf(value, 'call_id')
  const own = item.value['call_id']
  return item.call?.client !== true || !isId(call) || !isId(own) || call === own
}

/** What a terminal said of an item that was closed by it: the same object, where closing changed nothing. */
function same(closed: JsonObject, said: JsonObject): JsonObject {
  return JSON.stringify(closed) === JSON.stringify(said) ? said : closed
}
