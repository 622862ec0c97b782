import type { Code } from '../defects/codes.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Detail, Where } from '../defects/reporter.js'
import { complete, type Finding, isCount, isPresent, isString, kindOf, memberOf, reportAll } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import { madeFrame, restatedFrame } from '../sse/made.js'
import { type Context, lose } from './context.js'
import { channels, idPrefix, type PartKind, type Route, routeOf } from './item-types.js'
import { Item, Part } from './items.js'
import { misplaced, Parts } from './parts.js'
import { type Mention, mentionOf, Positions } from './positions.js'
import { completeItem, completePart, emptyItem, emptyPart, inferItemType, isId, partKindOf } from './shapes.js'
import { isCall, ToolCalls } from './tool-calls.js'
import type { Place } from './writer.js'

/** The output items of a response: found by position, announced before they are spoken of, closed before the end. */
export class Content {
  readonly #context: Context
  readonly positions: Positions = new Positions()
  /** Takes a done that is not to go out yet: that of a call which is cut. */
  holds: (frame: EventFrame) => boolean = () => false
  readonly #parts: Parts
  readonly #calls: ToolCalls
  readonly #ids = new Set<string>()
  readonly #indices = new Set<number>()
  /** The text that the last delta went to. */
  #flow: Flow | undefined

  constructor(context: Context) {
    this.#context = context
    this.#parts = new Parts(context)
    this.#calls = new ToolCalls(context)
  }

  /** Whether anything of an answer has come. */
  get begun(): boolean {
    return this.positions.all.length > 0
  }

  /** Takes the next delta of the same text without further questions. False where it is not that; nothing has been done then. */
  flow(frame: EventFrame): boolean {
    const flow = this.#flow
    const { plain, writer, reporter, held } = this.#context
    if (flow === undefined || !plain.recognises(frame.data)) return false
    const { item, part, type, index, id } = flow
    // An id that no item has is another name for the item at that index (D-40).
    const said = plain.token('item_id')
    const other = said !== id
    if (other && (index === undefined || item.upstreamIndex !== index || this.positions.knows(said))) return false
    const text = plain.text('delta')
    for (const { code, detail } of flow.misplaced) reporter.defect(code, 'rewrote', frame, detail)
    if (said !== undefined && said !== item.id)
      reporter.defect('responses/item-id-mismatch', 'rewrote', frame, misnamed)
    if (part !== undefined) {
      part.sent.add(text)
      held.keep(text.length)
    } else if (isCall(item)) this.#calls.take(item, text)
    writer.sendPlain(frame, type, plain, flow.misplaced.length === 0 && (said === undefined || said === item.id))
    return true
  }

  /** Learns from a delta that was sent what the next ones of the same text look like. */
  #learn(item: Item, part: Part | undefined, frame: EventFrame, type: string): void {
    const { plain, writer } = this.#context
    const value = frame.value as JsonObject
    const sent = writer.takeLast()
    this.#flow = undefined
    // A number that came as text is rewritten each time: the next ones are not alike.
    if (sent === undefined || value['type'] !== type || isString(value['sequence_number'])) return
    const place = part?.place ?? item.place
    const numbered = writer.sequence === undefined ? {} : { sequence_number: writer.sequence }
    plain.learn(frame.data, value, sent, { ...value, ...place, ...numbered })
    const misplaced: Flow['misplaced'][number][] = []
    for (const path in place) {
      if (value[path] === place[path as keyof Place] || (path === 'item_id' && value[path] !== undefined)) continue
      const code: Code = path === 'item_id' ? 'responses/item-id-mismatch' : 'responses/indices-missing-or-wrong'
      misplaced.push({ code, detail: { path, found: kindOf(value[path]) } })
    }
    const index = value['output_index']
    const id = value['item_id']
    this.#flow = {
      item,
      part,
      type,
      misplaced,
      index: isCount(index) ? index : undefined,
      id: isString(id) ? JSON.stringify(id).slice(1, -1) : undefined,
    }
  }

  /** An event of an item. False where its type is newer than we are. */
  take(frame: EventFrame, type: string): boolean {
    this.#flow = undefined
    this.#context.plain.forget()
    if (type === 'response.output_item.added') this.#added(frame)
    else if (type === 'response.output_item.done') this.#itemDone(frame)
    else {
      const route = routeOf(type)
      if (route === undefined) return false
      this.#event(frame, type, route)
    }
    return true
  }

  // output_item.added

  #added(frame: EventFrame): void {
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
      this.positions.name(known, mention.id)
      known.announced = true
      if (known.state === 'waiting') this.#identify(known, given, frame)
      return
    }
    this.#next(frame, mention.index)
    const item = this.#register(type, given, mention, true)
    this.#announce(item, frame)
  }

  /** The open item that an announcement speaks of again, or at last. */
  #announcedBefore(mention: Mention, type: string): Item | undefined {
    // Its done may have come first.
    const done = this.positions.findDone({ id: mention.id, index: undefined }, (item) => item.type === type)
    if (done?.announced === false) return done
    return this.positions.open.find((item) => {
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

  /** D-43: what was never announced, or whose index is used again, is over where the next item is announced. */
  #next(where: Where, index: number | undefined): void {
    this.settleBlanks(where)
    for (const item of this.positions.open) {
      if (item.unseen || item.state !== 'open') continue
      if (!item.announced || (index !== undefined && item.upstreamIndex === index)) this.close(item, where)
    }
  }

  #register(type: string, given: JsonObject, { id, index }: Mention, announced: boolean): Item {
    const item = new Item(type, given)
    item.upstreamId = id
    item.upstreamIndex = index
    item.announced = announced
    this.positions.add(item)
    return item
  }

  /** Sends the announcement of an item, or has it wait for its name (A14, D-45). */
  #announce(item: Item, frame: EventFrame | undefined, where: Where | undefined = frame): void {
    if (where === undefined) return
    if (item.call?.client === true && !isNamed(item.value)) {
      if (frame !== undefined) this.#hold(item, frame)
      return
    }
    const { writer, reporter } = this.#context
    const given = item.value
    const findings: Finding[] = []
    this.#place(item, where)
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
    const type = 'response.output_item.added'
    if (frame === undefined) writer.make({ type, ...place, item: value }, where)
    else {
      misplaced(this.#context, frame.value as JsonObject, place, frame)
      const same = findings.length === 0
      writer.send(frame, type, place, same ? undefined : { ...(frame.value as JsonObject), item: value })
    }
    const held = item.held.splice(0)
    for (const other of held) this.#context.held.remove(other.raw.length)
    for (const other of held) {
      const held = String(memberOf(other.value, 'type'))
      if (held !== type && !(held === 'response.output_item.done' && this.holds(other))) this.take(other, held)
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

  /** Gives an item its id and place downstream. */
  #place(item: Item, where: Where): void {
    const { writer, responseId, resumed } = this.#context
    // D-50: what was not seen has places as well.
    const output_index = resumed ? Math.max(item.upstreamIndex ?? 0, writer.next) : writer.next
    writer.next = output_index + 1
    this.#indices.add(output_index)
    let id = item.upstreamId ?? ''
    if (id === '' || this.#ids.has(id)) {
      id = `${idPrefix(item.type)}_${responseId.replace(/^resp_/, '')}_${output_index}`
      while (this.#ids.has(id)) id += '_'
    } else if (!id.startsWith(`${idPrefix(item.type)}_`) && idPrefix(item.type) !== 'item') {
      this.#context.reporter.observe('responses/item-id-odd', where, { path: 'item.id' })
    }
    this.#ids.add(id)
    item.id = id
    item.place = { item_id: id, output_index }
  }

  #hold(item: Item, frame: EventFrame): void {
    item.held.push(frame)
    this.#context.held.add(frame.raw.length)
  }

  /** Learns the name and `call_id` of a call that waits for them, and sends it when both are known. */
  #identify(item: Item, given: JsonObject, frame: EventFrame, last = false): void {
    const learned: Record<string, unknown> = {}
    for (const name of ['name', 'call_id']) {
      if (!isId(item.value[name]) && isId(given[name])) learned[name] = given[name]
    }
    item.value = { ...item.value, ...learned }
    if (last && isId(item.value['name']) && !isId(item.value['call_id'])) {
      const call_id = `call_${this.#context.responseId.replace(/^resp_/, '')}_${this.#context.writer.next}`
      item.value = { ...item.value, call_id }
      item.callIdMade = true
    }
    if (!isNamed(item.value)) return
    const [first] = item.held
    this.#context.reporter.defect(item.announced ? partial : 'responses/item-added-missing', 'moved', frame)
    const isAdded = first !== undefined && memberOf(first.value, 'type') === 'response.output_item.added'
    if (!isAdded || first === undefined) this.#announce(item, undefined, frame)
    else this.#announce(item, restatedItem(first, item.value))
  }

  // Everything else of an item

  #event(frame: EventFrame, type: string, route: Route): void {
    const value = frame.value as JsonObject
    const mention = mentionOf(value, this.#context.responseIds)
    const kind = kindFor(route, value) ?? this.#openKind(mention, value)
    const named = partEventOf(type, route, kind)
    if (named !== type) {
      this.#context.reporter.defect('responses/reasoning-part-lifecycle', 'rewrote', frame, { path: 'type' })
      if (!this.#context.writer.tooDeepToWrite(frame))
        this.take(restatedFrame(frame, { ...value, type: named }, named), named)
      return
    }
    const parted = route.family === 'message' || route.family === 'reasoning'
    const anyPart = route.step === 'part added' || route.step === 'part done'
    const family = kind === undefined ? route.family : channels[kind].family
    const fits = (item: Item) =>
      item.type === family || (anyPart && parted && kind === 'output_text' && item.type === 'reasoning')
    let item = this.positions.find(mention, fits)
    if (item?.type === 'reasoning' && family === 'message' && item.upstreamId !== mention.id) {
      item = this.positions.find(mention, ({ type: own }) => own === 'message')
    }
    if (item === undefined) {
      const done = this.positions.findDone(mention, fits)
      if (done !== undefined && this.#hasAlready(done, route, kind, value)) {
        this.#context.reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
        return
      }
      item = this.#open(family, mention, frame)
    }
    if (item.unseen) {
      this.#unseenEvent(item, frame, type, kind)
      return
    }
    if (item.state === 'waiting') {
      this.#hold(item, frame)
      if (route.step === 'done') this.#identify(item, value, frame)
      return
    }
    if (route.step === 'delta') this.#delta(item, frame, type, kind)
    else if (kind !== undefined && parted) this.#partEvent(item, frame, type, route, kind)
    else if (parted && anyPart) this.#parts.pass(item, frame, type)
    else if (route.step === 'done' && isCall(item)) {
      if (this.#calls.isBlank(item, value[item.call.field])) this.#hold(item, frame)
      else this.#calls.argumentsDone(item, frame, type)
    } else this.#toolEvent(item, frame, type)
  }

  /** The kind of the open part that an event closes under a type that we do not know. */
  #openKind(mention: Mention, value: JsonObject): PartKind | undefined {
    if (value['type'] !== 'response.content_part.done') return undefined
    const item = this.positions.find(mention, ({ type }) => type === 'message' || type === 'reasoning')
    return item?.content.find((part) => !part.done && part.upstreamIndex === value['content_index'])?.kind
  }

  /** D-50: an event of an item whose start was not seen gets a place and types that clients can read, and nothing else. */
  #unseenEvent(item: Item, frame: EventFrame, type: string, kind: PartKind | undefined): void {
    const { reporter, writer } = this.#context
    const value = frame.value as JsonObject
    const shape: Record<string, string> = {}
    if (type.endsWith('_part.added') || type.endsWith('_part.done')) shape['part'] = 'object'
    else if (type.endsWith('.annotation.added')) shape['annotation_index'] = 'integer'
    else if (kind !== undefined || isCall(item)) {
      if (type.endsWith('.delta')) shape['delta'] = 'string'
      else if (kind !== undefined) shape[channels[kind].field] = 'string'
      else if (isCall(item) && type === `${item.call.events}.done`) shape[item.call.field] = 'string'
    }
    const findings: Finding[] = []
    let written = value
    if (isCall(item) && item.call.field in shape) written = this.#calls.written(value, item.call, findings)
    const text = unwrapped(value['delta'])
    if ('delta' in shape && isString(text) && text !== value['delta']) {
      findings.push({ code: 'responses/delta-not-string', action: 'rewrote', path: 'delta', wanted: 'string' })
      written = { ...value, delta: text }
    }
    let whole = complete(written, shape, '', findings, 'responses/item-shape-incomplete')
    if (isJsonObject(whole['part'])) {
      const part = completePart(whole['part'], kind ?? 'output_text', 'part', findings)
      if (part !== whole['part']) whole = { ...whole, part }
    }
    reportAll(reporter, frame, findings)
    const logprobs = whole['logprobs']
    if (kind === 'output_text' && isPresent(logprobs) && !Array.isArray(logprobs)) whole = { ...whole, logprobs: [] }
    const { item_id, ...index } = item.place
    const unnamed = value['item_id'] === undefined && type.startsWith('response.shell_call_command')
    const at = kind === undefined ? undefined : channels[kind].index
    const part = kind === undefined || at === undefined ? undefined : partUnseen(item, kind, value[at])
    if (part?.done === true || (isCall(item) && type.startsWith(item.call.events) && item.args.done)) {
      const delta = type.endsWith('.delta') && isString(value['delta']) && value['delta'] !== ''
      if (delta) lose(this.#context, 'responses/duplicate-or-late-events', frame)
      else reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
      return
    }
    if (part !== undefined && type.endsWith('_part.done')) part.done = true
    if (isCall(item) && type === `${item.call.events}.done`) item.args.done = true
    const inside = part === undefined || at === undefined ? {} : { [at]: part.place[at] ?? 0 }
    const place: Place = { ...(unnamed ? index : item.place), ...inside }
    misplaced(this.#context, value, place, frame)
    writer.send(frame, type, place, whole === value ? undefined : whole)
  }

  /** The place of an item whose start was not seen: what its first event says of it, made up where that says nothing. */
  #placeUnseen(item: Item, { id, index }: Mention): void {
    const { writer, responseId } = this.#context
    const output_index = index === undefined || this.#indices.has(index) ? writer.next : index
    this.#indices.add(output_index)
    writer.next = Math.max(writer.next, output_index + 1)
    item.unseen = true
    item.id = id ?? `${idPrefix(item.type)}_${responseId.replace(/^resp_/, '')}_${output_index}`
    item.place = { item_id: item.id, output_index }
    this.#ids.add(item.id)
  }

  #partEvent(item: Item, frame: EventFrame, type: string, { step }: Route, given: PartKind): void {
    const kind = item.type === 'reasoning' && given === 'output_text' ? 'reasoning_text' : given
    if (step === 'part added') this.#parts.announce(item, kind, frame, type)
    else if (step === 'part done') this.#parts.partDone(item, kind, frame, type)
    else if (step === 'done') this.#parts.textDone(item, kind, frame, type)
    else this.#parts.annotate(item, frame, type)
  }

  /** One delta, whose text some gateways wrap in an object (A22). */
  #delta(item: Item, frame: EventFrame, type: string, kind: PartKind | undefined): void {
    const { reporter } = this.#context
    const value = frame.value as JsonObject
    const given = value['delta']
    const text = unwrapped(given)
    if (!isString(text)) {
      const detail = { path: 'delta', wanted: 'string', found: kindOf(given) }
      if (given === null || given === undefined) reporter.defect('responses/delta-not-string', 'dropped', frame, detail)
      else lose(this.#context, 'responses/delta-not-string', frame)
      return
    }
    if (text !== given)
      reporter.defect('responses/delta-not-string', 'rewrote', frame, { path: 'delta', wanted: 'string' })
    const restated = text === given ? undefined : { ...value, delta: text }
    if (kind === undefined) {
      if (!isCall(item)) this.#toolEvent(item, frame, type)
      else if (this.#calls.append(item, frame, type, text, restated)) this.#learn(item, undefined, frame, type)
      return
    }
    const at = value[channels[kind].index]
    const part = this.#parts.open(item, kind, at, frame, text)
    if (part === undefined) return
    this.#parts.append(part, frame, type, text, restated)
    this.#learn(item, part, frame, type)
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
    else misplaced(this.#context, value, place, frame)
    writer.send(frame, type, place, missing ? { ...value, ...place } : undefined)
  }

  /** Whether a done item already has what comes late for it (D-46). */
  #hasAlready(item: Item, { step }: Route, kind: PartKind | undefined, value: JsonObject): boolean {
    if (step === 'other' || step === 'part added' || step === 'annotation') return true
    const part = kind === undefined ? undefined : value['part']
    const field = kind === undefined ? item.call?.field : channels[kind].field
    const said = step === 'delta' ? value['delta'] : field && memberOf(part ?? value, field)
    if (!isString(said) || said === '') return true
    if (kind === undefined) return !isCall(item) || this.#calls.hasAlready(item, said, step)
    const parts = item.parts(kind).filter((other) => other.kind === kind)
    if (step !== 'delta') return parts.some((other) => other.text === said)
    const repeated = parts.find(
      ({ text, again }) => text !== '' && (text.startsWith(said, again) || text.endsWith(said)),
    )
    if (repeated !== undefined) repeated.again += said.length
    return repeated !== undefined
  }

  /** Opens the item that an event implies (A03); a call waits for its name. */
  #open(family: string, mention: Mention, where: EventFrame): Item {
    const { reporter, resumed } = this.#context
    const known = this.positions.findDone(mention, (other) => !other.unseen && other.type === family)
    const item = this.#register(family, emptyItem(family), mention, false)
    if (resumed && known === undefined) {
      this.#placeUnseen(item, mention)
      item.state = 'open'
    } else {
      this.settleBlanks(where)
      if (item.call?.client !== true) reporter.defect('responses/item-added-missing', 'inserted', where)
      this.#announce(item, undefined, where)
    }
    return item
  }

  // output_item.done

  #itemDone(frame: EventFrame): void {
    const { reporter } = this.#context
    const value = frame.value as JsonObject
    const given = value['item']
    const mention = mentionOf(value, this.#context.responseIds)
    const named = isId(memberOf(given, 'type')) ? undefined : this.positions.typeOf(mention.id)
    const type = isJsonObject(given) ? (named ?? inferItemType(given)) : undefined
    if (!isJsonObject(given) || type === undefined) {
      reporter.defect('responses/item-shape-incomplete', 'dropped', frame, {
        path: 'item',
        wanted: 'object',
        found: kindOf(given),
      })
      return
    }
    const fits = (item: Item) => item.type === type
    const item = this.positions.find(mention, fits)
    if (item !== undefined) {
      this.positions.name(item, mention.id)
      this.#done(item, given, frame)
      return
    }
    const done = this.positions.findDone(mention, fits)
    const again = done?.call?.client === true && isId(given['call_id']) && given['call_id'] === done.value['call_id']
    if (done !== undefined && (again || !hasMore(given, done.value))) {
      reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
      return
    }
    this.#beginDone(type, given, mention, frame)
  }

  /** Opens an item that nothing but its done, or the terminal, tells of (A03, A09, A15). */
  #beginDone(type: string, given: JsonObject, mention: Mention, frame: EventFrame): void {
    const { reporter, resumed } = this.#context
    const item = this.#register(type, given, mention, false)
    if (resumed) {
      this.#placeUnseen(item, mention)
      this.#doneUnseen(item, given, frame)
      return
    }
    this.settleBlanks(frame)
    const empty = emptyItem(type)
    const { encrypted_content: _, ...start } = given
    item.value = { ...start, ...empty, id: given['id'] }
    if (item.call?.client !== true || isId(given['name']))
      reporter.defect('responses/item-added-missing', 'inserted', frame)
    if (item.call?.client === true && isId(given['name']) && !isId(given['call_id']))
      this.#identify(item, given, frame, true)
    else this.#announce(item, undefined, frame)
    this.#done(item, given, frame)
  }

  /**
   * Closes an item with what its done says.
   *
   * @param frame the done event; where the terminal says it, one that is made of it.
   */
  #done(item: Item, given: JsonObject, frame: EventFrame, made = false): void {
    const { reporter, writer } = this.#context
    const value = frame.value as JsonObject
    const type = 'response.output_item.done'
    if (item.unseen) {
      if (!made) this.#doneUnseen(item, given, frame)
      return
    }
    if (item.state === 'waiting') {
      this.#identify(item, given, frame, true)
      if ((item.state as string) === 'waiting') {
        if (!made) this.#hold(item, frame)
        return
      }
    }
    if (isCall(item) && !made && this.#calls.isBlank(item, given[item.call.field])) {
      this.#hold(item, frame)
      return
    }
    for (const held of item.held.splice(0)) {
      this.#context.held.remove(held.raw.length)
      if (memberOf(held.value, 'type') === type) reporter.defect('responses/tool-args-in-wrong-event', 'moved', held)
      else if (isCall(item)) {
        const said = given[item.call.field]
        const filled = restatedMember(held, item.call.field, said)
        reporter.defect('responses/tool-args-in-wrong-event', 'rewrote', held, { path: item.call.field })
        this.#calls.argumentsDone(item, filled, `${item.call.events}.done`)
      }
    }
    const whole = this.#finished(item, given, frame)
    const place = { output_index: item.place.output_index ?? 0 }
    item.value = whole
    this.#closed(item)
    if (made) writer.make({ type, ...place, item: whole }, frame)
    else {
      misplaced(this.#context, value, place, frame)
      writer.send(frame, type, place, whole === given ? undefined : { ...value, item: whole })
    }
  }

  #doneUnseen(item: Item, given: JsonObject, frame: EventFrame): void {
    const { reporter, writer } = this.#context
    const findings: Finding[] = []
    const named =
      given['id'] === item.id && given['type'] === item.type ? given : { ...given, type: item.type, id: item.id }
    const completed = completeItem(named, 'item', 'completed', findings)
    const whole = isCall(item) ? this.#calls.written(completed, item.call, findings) : completed
    if (given['id'] !== item.id)
      findings.push({ code: 'responses/item-id-mismatch', action: 'rewrote', path: 'item.id' })
    reportAll(reporter, frame, findings)
    const value = frame.value as JsonObject
    const place = { output_index: item.place.output_index ?? 0 }
    misplaced(this.#context, value, place, frame)
    item.value = whole
    this.#closed(item)
    writer.send(frame, 'response.output_item.done', place, whole === given ? undefined : { ...value, item: whole })
  }

  /** The item as it is done: its parts and arguments closed, what is blank filled from what was sent. */
  #finished(item: Item, given: JsonObject, where: Where): JsonObject {
    const { reporter } = this.#context
    const findings: Finding[] = []
    let whole = given
    const change = (name: string, wanted: unknown, code: Code) => {
      if (whole[name] === wanted) return
      findings.push({ code, action: 'rewrote', path: `item.${name}`, found: kindOf(whole[name]) })
      whole = { ...whole, [name]: wanted }
    }
    change('type', item.type, 'responses/item-shape-incomplete')
    change('id', item.id, 'responses/item-id-mismatch')
    whole = completeItem(whole, 'item', 'completed', findings)
    if (item.type === 'message' || item.type === 'reasoning') {
      const source =
        item.prefilled !== undefined && item.content.length + item.summary.length === 0 ? item.prefilled : whole
      for (const list of ['content', 'summary'] as const) {
        const said = Array.isArray(whole[list]) && (whole[list] as unknown[]).length > 0 ? whole[list] : source[list]
        const merged = this.#parts.closeAll(item, list, said, where)
        if (merged !== whole[list]) whole = { ...whole, [list]: merged }
      }
    }
    if (item.call?.client === true) {
      for (const name of ['name', 'call_id']) {
        change(
          name,
          item.value[name],
          isId(whole[name])
            ? 'responses/item-id-mismatch'
            : name === 'name'
              ? 'responses/item-shape-incomplete'
              : partial,
        )
      }
    }
    reportAll(reporter, where, findings)
    if (!isCall(item)) return whole
    const said = whole[item.call.field]
    // A hosted call need not say its arguments, but what was said of them is not taken back.
    const owed = item.call.client || isString(said) || isJsonObject(said) || item.args.sent.length > 0
    const final = owed ? this.#calls.close(item, said, where) : said
    return final === said ? whole : { ...whole, [item.call.field]: final }
  }

  #closed(item: Item): void {
    item.state = 'done'
    // What waited with it may just have been learned from.
    this.#flow = undefined
    this.positions.close(item)
    item.settle()
  }

  // The end

  isOpen(item: Item): boolean {
    return item.state !== 'done'
  }

  /**
   * Closes an item that the upstream left open (A09), where its kind may be closed for it.
   *
   * @param said what the terminal says of it.
   * @param mayBeCut the response is incomplete, and says so.
   * @returns false where it is a call that is cut.
   */
  close(item: Item, where: Where, said?: JsonObject, mayBeCut = false, status = 'completed'): boolean {
    if (item.unseen || item.state === 'done') return true
    if (item.state === 'waiting' && said !== undefined) this.#identify(item, said, asFrame(where), true)
    // What waited for the name was its done.
    if (!this.isOpen(item)) return true
    if (item.state === 'waiting' || !closable.has(item.type)) return true
    if (!mayBeCut && isCall(item) && this.#calls.wouldBeCut(item, said?.[item.call.field])) return false
    const type = 'response.output_item.done'
    this.#context.reporter.defect('responses/item-done-missing', 'inserted', where, { path: type })
    const given = said ?? { ...item.whole, ...(item.type === 'reasoning' ? {} : { status }) }
    this.#done(item, given, asFrame(where), true)
    return true
  }

  /** An item that only the terminal tells of. */
  beginAtEnd(given: JsonObject, frame: EventFrame): Item | undefined {
    const { reporter } = this.#context
    const type = inferItemType(given)
    if (type === undefined) {
      reporter.defect('responses/item-shape-incomplete', 'dropped', frame, { path: 'item.type' })
      return undefined
    }
    const event = { type: 'response.output_item.done', item: given }
    const mention = mentionOf(event, this.#context.responseIds)
    const item = this.#register(type, given, mention, false)
    const { encrypted_content: _, ...start } = given
    item.value = { ...start, ...emptyItem(type), id: given['id'] }
    if (item.call?.client === true && !isId(given['name'])) {
      this.positions.forget(item)
      lose(this.#context, partial, frame)
      return undefined
    }
    reporter.defect('responses/item-added-missing', 'inserted', frame)
    if (item.call?.client === true && !isId(given['call_id'])) this.#identify(item, given, frame, true)
    else this.#announce(item, undefined, frame)
    this.#done(item, given, frame, true)
    return item
  }

  /** What a terminal says of an item that is done: its values win, but for ids, blanks and cut arguments (D-44). */
  against(item: Item, said: JsonObject, where: Where): JsonObject {
    if (item.unseen) return said
    return this.#finished(item, said, where)
  }

  /**
   * Sends the dones of calls without arguments that waited for the next item, or the terminal (D-45).
   *
   * @param find the item as the terminal says it.
   */
  settleBlanks(where: Where, find: (item: Item) => unknown = () => undefined): void {
    for (const item of [...this.positions.open]) {
      if (item.state !== 'open' || item.held.length === 0 || !isCall(item)) continue
      const said = memberOf(find(item), item.call.field)
      if (this.#calls.wouldBeCut(item, said)) continue
      const held = item.held.splice(0)
      this.#calls.settle(item, said, where)
      for (const frame of held) {
        this.#context.held.remove(frame.raw.length)
        const done = memberOf(frame.value, 'item')
        if (isJsonObject(done)) this.#done(item, done, frame)
        else this.#calls.argumentsDone(item, frame, `${item.call.events}.done`)
      }
    }
  }

  /** Lets go what waits before an error: what is open stays open, what cannot be sent is dropped. */
  abandon(where: Where): void {
    this.settleBlanks(where)
    for (const item of [...this.positions.open]) {
      if (item.state === 'open') this.#tell(item, where)
      for (const frame of item.held.splice(0)) {
        this.#context.held.remove(frame.raw.length)
        this.#context.reporter.defect(partial, 'dropped', frame)
      }
    }
  }

  /** What an announcement held and nothing else has said goes out before an error: partial content is never lost. */
  #tell(item: Item, where: Where): void {
    if (isCall(item)) this.#calls.abandon(item, where)
    else if (item.prefilled !== undefined && item.content.length + item.summary.length === 0) {
      for (const list of ['content', 'summary'] as const) this.#parts.closeAll(item, list, item.prefilled[list], where)
    } else for (const part of [...item.content, ...item.summary]) this.#parts.tell(part, where)
  }

  /** Lets go of everything: the response is over. */
  forget(): void {
    this.#flow = undefined
    this.#context.plain.forget()
    this.positions.clear()
    this.#ids.clear()
  }

  get openItems(): number {
    return this.positions.open.length
  }
}

const partial = 'responses/tool-added-missing-or-partial'

/** What the deltas of one text have in common. */
interface Flow {
  readonly item: Item
  readonly part: Part | undefined
  readonly type: string
  /** What they say of their place, as it stands in the JSON. */
  readonly id: string | undefined
  readonly index: number | undefined
  /** What is wrong with that, each time. */
  readonly misplaced: readonly { readonly code: Code; readonly detail: Detail }[]
}

const misnamed: Detail = { path: 'item_id', found: 'string' }

/** Items that may be closed for the upstream at the terminal (DESIGN.md). */
const closable = new Set(['message', 'reasoning', 'function_call', 'custom_tool_call'])

function isNamed(item: JsonObject): boolean {
  return isId(item['name']) && isId(item['call_id'])
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

/** A part whose start was not seen, with the index that its events say, where no other part has it. */
function partUnseen(item: Item, kind: PartKind, given: unknown): Part {
  const { index, list } = channels[kind]
  const own = item[list].filter((part) => part.kind === kind)
  const known = isCount(given) ? own.find((part) => part.upstreamIndex === given) : own.at(-1)
  if (known !== undefined) return known
  const taken = new Set(item[list].map((part) => part.place[index]))
  let free = isCount(given) && given >= 0 ? given : 0
  while (taken.has(free)) free++
  const part = new Part(kind, { ...item.place, [index]: free }, given, true, emptyPart(kind))
  item[list].push(part)
  return part
}

/** The text of a delta, which some gateways wrap in an object (A22). */
function unwrapped(delta: unknown): unknown {
  return isJsonObject(delta) ? (delta['text'] ?? delta['content'] ?? delta['value'] ?? delta['delta']) : delta
}

/** Whether a done says more than the item that it repeats (D-46). */
function hasMore(given: JsonObject, known: JsonObject): boolean {
  return textOf(given) !== '' && !textOf(known).includes(textOf(given))
}

function textOf(item: JsonObject): string {
  const parts = [item['content'], item['summary']].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
  const texts = parts.map((part) => memberOf(part, 'text') ?? memberOf(part, 'refusal'))
  return [...texts, item['arguments'], item['input']].filter(isString).join('')
}

function restatedItem(frame: EventFrame, item: JsonObject): EventFrame {
  return restatedMember(frame, 'item', item)
}

function restatedMember(frame: EventFrame, name: string, member: unknown): EventFrame {
  const value = { ...(frame.value as JsonObject), [name]: member }
  const made = madeFrame(value as JsonObject & { type: string }, frame)
  return { ...made, event: frame.event, lastEventId: frame.lastEventId }
}

function asFrame(where: Where): EventFrame {
  return madeFrame({ type: '' }, where)
}
