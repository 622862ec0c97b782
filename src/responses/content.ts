import type { JsonObject } from '../defects/protocol.js'
import { isString, kindOf, memberOf } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import { restatedFrame } from '../sse/made.js'
import type { Context } from './context.js'
import { takeDone } from './dones.js'
import { unwrapped } from './intake.js'
import type { Item } from './item.js'
import { channels, type PartKind, type Route, routeOf } from './item-types.js'
import { hasAlready } from './late.js'
import { type Mention, mentionOf } from './positions.js'
import { emptyItem, isId, partKindOf } from './shapes.js'
import { isCall } from './tool-calls.js'
import { hold } from './waiting.js'

/** What is said inside the output items of a response: found by position, and in its order. */
export class Content {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  /** An event of an item. False where its type is newer than we are. */
  take(frame: EventFrame, type: string): boolean {
    this.#context.flow.forget()
    if (type === 'response.output_item.added') this.#context.announcements.take(frame)
    else if (type === 'response.output_item.done') takeDone(this.#context, frame)
    else {
      const route = routeOf(type)
      if (route === undefined) return false
      this.#event(frame, type, route)
    }
    return true
  }

  #event(frame: EventFrame, type: string, route: Route): void {
    const context = this.#context
    const { positions, parts, calls, reporter } = context
    const value = frame.value as JsonObject
    const mention = mentionOf(value, context.responseIds)
    const kind = kindFor(route, value) ?? this.#openKind(mention, value)
    const named = partEventOf(type, route, kind)
    if (named !== type) {
      reporter.defect('responses/reasoning-part-lifecycle', 'rewrote', frame, { path: 'type' })
      if (!context.writer.tooDeepToWrite(frame))
        this.take(restatedFrame(frame, { ...value, type: named }, named), named)
      return
    }
    const parted = route.family === 'message' || route.family === 'reasoning'
    const anyPart = route.step === 'part added' || route.step === 'part done'
    const family = kind === undefined ? route.family : channels[kind].family
    const fits = (item: Item) =>
      item.type === family || (anyPart && parted && kind === 'output_text' && item.type === 'reasoning')
    let item = positions.find(mention, fits)
    if (item?.type === 'reasoning' && family === 'message' && item.upstreamId !== mention.id) {
      item = positions.find(mention, ({ type: own }) => own === 'message')
    }
    if (item === undefined) {
      const done = positions.findDone(mention, fits)
      if (done !== undefined && hasAlready(calls, done, route, kind, value)) {
        reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
        return
      }
      item = this.#open(family, mention, frame)
    }
    if (item.unseen) {
      context.unseen.take(item, frame, type, kind)
      return
    }
    if (item.state === 'waiting') {
      hold(context, item, frame)
      if (route.step === 'done') context.announcements.identify(item, value, frame)
      return
    }
    if (route.step === 'delta') this.#delta(item, frame, type, kind)
    else if (kind !== undefined && parted) this.#partEvent(item, frame, type, route, kind)
    else if (parted && anyPart) parts.pass(item, frame, type)
    else if (route.step === 'done' && isCall(item)) {
      if (calls.isBlank(item, value[item.call.field])) hold(context, item, frame)
      else calls.argumentsDone(item, frame, type)
    } else this.#toolEvent(item, frame, type)
  }

  /** The kind of the open part that an event closes under a type that we do not know. */
  #openKind(mention: Mention, value: JsonObject): PartKind | undefined {
    if (value['type'] !== 'response.content_part.done') return undefined
    const item = this.#context.positions.find(mention, ({ type }) => type === 'message' || type === 'reasoning')
    const open = item?.content.filter((part) => !part.done) ?? []
    const index = value['content_index']
    const found = open.find((part) => part.upstreamIndex === index)
    if (found !== undefined || item?.newer.has(index) === true) return found?.kind
    // Its index is wrong, and its text tells which it is; or it was never announced, and has a text that clients can read.
    const text = memberOf(value['part'], 'text')
    if (!isString(text) || text === '') return undefined
    return open.find((part) => part.text === text)?.kind ?? 'output_text'
  }

  #partEvent(item: Item, frame: EventFrame, type: string, { step }: Route, given: PartKind): void {
    const { parts } = this.#context
    const kind = item.type === 'reasoning' && given === 'output_text' ? 'reasoning_text' : given
    if (step === 'part added') parts.announce(item, kind, frame, type)
    else if (step === 'part done') parts.partDone(item, kind, frame, type)
    else if (step === 'done') parts.textDone(item, kind, frame, type)
    else parts.annotate(item, frame, type)
  }

  /** One delta, whose text some gateways wrap in an object (A22). */
  #delta(item: Item, frame: EventFrame, type: string, kind: PartKind | undefined): void {
    const { reporter, parts, calls, flow } = this.#context
    const value = frame.value as JsonObject
    const given = value['delta']
    const text = unwrapped(given)
    if (!isString(text)) {
      const detail = { path: 'delta', wanted: 'string', found: kindOf(given) }
      if (given === null || given === undefined) reporter.defect('responses/delta-not-string', 'dropped', frame, detail)
      else this.#context.lose('responses/delta-not-string', frame)
      return
    }
    if (text !== given)
      reporter.defect('responses/delta-not-string', 'rewrote', frame, { path: 'delta', wanted: 'string' })
    const restated = text === given ? undefined : { ...value, delta: text }
    if (kind === undefined) {
      if (!isCall(item)) this.#toolEvent(item, frame, type)
      else if (calls.append(item, frame, type, text, restated)) flow.learn(item, undefined, frame, type)
      return
    }
    const at = value[channels[kind].index]
    const part = parts.open(item, kind, at, frame, text)
    if (part === undefined) return
    parts.append(part, frame, type, text, restated)
    flow.learn(item, part, frame, type)
  }

  /** An event of a built-in tool, which needs nothing but its place (A27). */
  #toolEvent(item: Item, frame: EventFrame, type: string): void {
    const { reporter, writer } = this.#context
    const value = frame.value as JsonObject
    const { item_id, ...index } = item.place
    // The commands of a shell call name no item, in OpenAI's own streams.
    const place = value['item_id'] === undefined && type.startsWith('response.shell_call_command') ? index : item.place
    const missing = Object.keys(place).some((name) => value[name] === undefined)
    if (missing) reporter.defect('responses/built-in-tool-events-incomplete', 'rewrote', frame)
    else writer.misplaced(frame, place)
    writer.send(frame, type, place, missing ? { ...value, ...place } : undefined)
  }

  /** Opens the item that an event implies (A03); a call waits for its name. */
  #open(family: string, mention: Mention, where: EventFrame): Item {
    const { reporter, resumed, positions, announcements } = this.#context
    const known = positions.findDone(mention, (other) => !other.unseen && other.type === family)
    const item = announcements.begin(family, emptyItem(family), mention, false)
    if (resumed && known === undefined) {
      this.#context.ids.placeUnseen(item, mention)
      item.state = 'open'
    } else {
      this.#context.closing.settleBlanks(where)
      if (item.call?.client !== true) reporter.defect('responses/item-added-missing', 'inserted', where)
      announcements.announce(item, undefined, where)
    }
    return item
  }
}

/** The kind of part that an event speaks of. */
function kindFor({ part, step }: Route, value: JsonObject): PartKind | undefined {
  if (part !== undefined) return part
  if (step !== 'part added' && step !== 'part done') return undefined
  const given = value['part']
  return partKindOf(given) ?? (isId(memberOf(given, 'type')) ? undefined : 'output_text')
}

/** The name of an event that announces or closes a part, which its kind decides (A12). */
function partEventOf(type: string, { step }: Route, kind: PartKind | undefined): string {
  if (kind === undefined || (step !== 'part added' && step !== 'part done')) return type
  return `${channels[kind].partEvents}.${step === 'part added' ? 'added' : 'done'}`
}
