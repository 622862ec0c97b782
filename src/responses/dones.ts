import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { kindOf, memberOf } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import type { Context } from './context.js'
import type { Item } from './item.js'
import { hasMore } from './late.js'
import { type Mention, mentionOf } from './positions.js'
import { emptyItem, inferItemType, isId } from './shapes.js'

// What closes items: their dones, and the terminal, where that is the first to tell of them.

/** `response.output_item.done`. */
export function takeDone(context: Context, frame: EventFrame): void {
  const { reporter, positions } = context
  const value = frame.value as JsonObject
  const given = value['item']
  const mention = mentionOf(value, context.responseIds)
  const named = isId(memberOf(given, 'type')) ? undefined : positions.typeOf(mention.id)
  const type = isJsonObject(given) ? (named ?? inferItemType(given)) : undefined
  if (!isJsonObject(given) || type === undefined) {
    const detail = { path: 'item', wanted: 'object', found: kindOf(given) }
    reporter.defect('responses/item-shape-incomplete', 'dropped', frame, detail)
    return
  }
  const fits = (item: Item) => item.type === type
  const item = positions.findItem(given, mention, fits)
  if (item !== undefined) {
    positions.name(item, mention.id)
    context.closing.done(item, given, frame)
    return
  }
  const done = positions.findDone(mention, fits)
  const again = done?.call?.client === true && isId(given['call_id']) && given['call_id'] === done.value['call_id']
  if (done !== undefined && (again || !hasMore(given, done.value))) {
    reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
    return
  }
  doneFirst(context, type, given, mention, frame)
}

/** An item that nothing but its done tells of (A03, A09, A15). */
function doneFirst(context: Context, type: string, given: JsonObject, mention: Mention, frame: EventFrame): void {
  const { reporter, announcements, closing } = context
  const item = announcements.begin(type, given, mention, false)
  if (context.resumed) {
    context.ids.placeUnseen(item, mention)
    context.unseen.done(item, given, frame)
    return
  }
  closing.settleBlanks(frame)
  item.value = startOf(type, given)
  const client = item.call?.client === true
  if (!client || isId(given['name'])) reporter.defect('responses/item-added-missing', 'inserted', frame)
  if (client && isId(given['name']) && !isId(given['call_id'])) announcements.identify(item, given, frame, true)
  else announcements.announce(item, undefined, frame)
  closing.done(item, given, frame)
}

/** An item that only the terminal tells of. */
export function beginAtEnd(context: Context, given: JsonObject, frame: EventFrame): Item | undefined {
  const { reporter, announcements, closing } = context
  const type = inferItemType(given)
  if (type === undefined) {
    reporter.defect('responses/item-shape-incomplete', 'dropped', frame, { path: 'item.type' })
    return undefined
  }
  const event = { type: 'response.output_item.done', item: given }
  const item = announcements.begin(type, given, mentionOf(event, context.responseIds), false)
  item.value = startOf(type, given)
  const client = item.call?.client === true
  if (client && !isId(given['name'])) {
    context.positions.forget(item)
    context.lose('responses/tool-added-missing-or-partial', frame)
    return undefined
  }
  reporter.defect('responses/item-added-missing', 'inserted', frame)
  if (client && !isId(given['call_id'])) announcements.identify(item, given, frame, true)
  else announcements.announce(item, undefined, frame)
  closing.done(item, given, frame, true)
  return item
}

/** An item as it would have been announced. */
function startOf(type: string, given: JsonObject): JsonObject {
  const { encrypted_content: _, ...start } = given
  return { ...start, ...emptyItem(type), id: given['id'] }
}
