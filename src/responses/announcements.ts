import type { Code } from '../defects/codes.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { type Finding, isString, kindOf, memberOf, reportAll } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import type { Context } from './context.js'
import { Item } from './item.js'
import { type Mention, mentionOf } from './positions.js'
import { completeItem, inferItemType, isId } from './shapes.js'
import { isCall } from './tool-calls.js'
import { hold, letGo, restatedMember } from './waiting.js'

const added = 'response.output_item.added'
const partial = 'responses/tool-added-missing-or-partial'

/** The announcements of items: each item has one, in front of all else that is said of it. */
export class Announcements {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  /** `response.output_item.added`. */
  take(frame: EventFrame): void {
    const { reporter } = this.#context
    const value = frame.value as JsonObject
    const given = value['item']
    const type = isJsonObject(given) ? inferItemType(given) : undefined
    if (!isJsonObject(given) || type === undefined) {
      const detail = { path: 'item', wanted: 'object', found: kindOf(given) }
      reporter.defect('responses/item-shape-incomplete', 'dropped', frame, detail)
      return
    }
    const mention = mentionOf(value, this.#context.responseIds)
    const known = this.#announcedBefore(mention, type)
    if (known !== undefined) {
      reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
      this.#context.positions.name(known, mention.id)
      known.announced = true
      if (known.state === 'waiting') this.identify(known, given, frame)
      return
    }
    this.#context.closing.next(frame, mention.index)
    const item = this.begin(type, given, mention, true)
    this.announce(item, frame)
  }

  /** The open item that an announcement speaks of again, or at last. */
  #announcedBefore(mention: Mention, type: string): Item | undefined {
    // Its done may have come first.
    const done = this.#context.positions.findDone({ id: mention.id, index: undefined }, (item) => item.type === type)
    if (done?.announced === false) return done
    return this.#context.positions.open.find((item) => {
      if (item.type !== type) return false
      const { upstreamId, upstreamIndex } = item
      const mayBeId = mention.id === undefined || upstreamId === undefined || upstreamId === mention.id
      const mayBeIndex = mention.index === undefined || upstreamIndex === undefined || upstreamIndex === mention.index
      // Some gateways have one id for all items: the index tells them apart.
      if (!mayBeId || !mayBeIndex || !item.announced) return mayBeId && mayBeIndex
      return mention.id === undefined
        ? mention.index !== undefined && upstreamIndex !== undefined
        : upstreamId !== undefined
    })
  }

  /** Begins an item, which is still to be announced. */
  begin(type: string, given: JsonObject, { id, index }: Mention, announced: boolean): Item {
    const item = new Item(type, given)
    item.upstreamId = id
    item.upstreamIndex = index
    item.announced = announced
    this.#context.positions.add(item)
    return item
  }

  /** Sends the announcement of an item, or has it wait for its name (A14, D-45). */
  announce(item: Item, frame: EventFrame | undefined, where: Where | undefined = frame): void {
    if (where === undefined) return
    if (item.call?.client === true && !isNamed(item.value)) {
      if (frame !== undefined) hold(this.#context, item, frame)
      return
    }
    const { writer, reporter } = this.#context
    const given = item.value
    const findings: Finding[] = []
    this.#context.ids.place(item, where)
    let value: JsonObject = completeItem(
      { ...(frame === undefined && { id: item.id }), ...given, type: item.type, id: item.id },
      'item',
      'in_progress',
      findings,
    )
    if (given['id'] !== item.id && frame !== undefined) {
      const code = item.call?.client === true && !isId(given['id']) ? partial : 'responses/item-id-mismatch'
      findings.push({ code, action: 'rewrote', path: 'item.id', found: kindOf(given['id']) })
    }
    if (given['type'] !== item.type)
      findings.push({ code: 'responses/item-shape-incomplete', action: 'rewrote', path: 'item.type' })
    value = this.#strip(item, value, findings)
    reportAll(reporter, where, findings)
    item.value = value
    item.state = 'open'
    const place = { output_index: item.place.output_index ?? 0 }
    if (frame === undefined) writer.make({ type: added, ...place, item: value }, where)
    else {
      const same = findings.length === 0
      writer.sendAt(frame, added, place, same ? undefined : { ...(frame.value as JsonObject), item: value })
    }
    for (const other of letGo(this.#context, item)) {
      const held = String(memberOf(other.value, 'type'))
      if (held === added || (held === 'response.output_item.done' && this.#context.cutCalls.hold(other))) continue
      this.#context.content.take(other, held)
    }
  }

  /** Takes out of an announcement what is to come by deltas: kept, in case none come (A23, D-45). */
  #strip(item: Item, value: JsonObject, findings: Finding[]): JsonObject {
    let stripped = value
    if (item.type === 'message' || item.type === 'reasoning') {
      for (const list of ['content', 'summary'] as const) {
        const parts = value[list]
        if (!Array.isArray(parts) || parts.length === 0) continue
        item.prefilled = value
        findings.push({ code: 'responses/text-only-at-end', action: 'moved', path: `item.${list}` })
        stripped = { ...stripped, [list]: [] }
      }
    }
    if (!isCall(item)) return stripped
    const { args, call } = item
    const given = value[call.field]
    if (given === '') return stripped
    const code: Code = given === undefined || given === null ? partial : 'responses/tool-args-in-wrong-event'
    if (call.client || isString(given)) {
      if (isString(given)) args.owed = given
      else if (isJsonObject(given)) args.owed = JSON.stringify(given)
      findings.push({
        code,
        action: args.owed === '' ? 'rewrote' : 'moved',
        path: `item.${call.field}`,
        found: kindOf(given),
      })
      return { ...stripped, [call.field]: '' }
    }
    return stripped
  }

  /** Learns the name and `call_id` of a call that waits for them, and sends it when both are known. */
  identify(item: Item, given: JsonObject, frame: EventFrame, last = false): void {
    const learned: Record<string, unknown> = {}
    for (const name of ['name', 'call_id']) {
      if (!isId(item.value[name]) && isId(given[name])) learned[name] = given[name]
    }
    item.value = { ...item.value, ...learned }
    if (last && isId(item.value['name']) && !isId(item.value['call_id'])) {
      item.value = { ...item.value, call_id: this.#context.ids.callId() }
      item.callIdMade = true
    }
    if (!isNamed(item.value)) return
    const [first] = item.held
    this.#context.reporter.defect(item.announced ? partial : 'responses/item-added-missing', 'moved', frame)
    const isAdded = first !== undefined && memberOf(first.value, 'type') === added
    if (!isAdded || first === undefined) this.announce(item, undefined, frame)
    else this.announce(item, restatedMember(first, 'item', item.value))
  }
}

function isNamed(item: JsonObject): boolean {
  return isId(item['name']) && isId(item['call_id'])
}
