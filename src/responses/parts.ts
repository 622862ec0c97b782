import type { Code } from '../defects/codes.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { type Finding, isCount, isPresent, isString, kindOf, memberOf, reportAll } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import type { Context } from './context.js'
import { channels, type PartKind } from './item-types.js'
import { type Item, Part } from './items.js'
import { matchParts } from './part-matching.js'
import { completeAnnotation, completePart, emptyPart, partKindOf } from './shapes.js'
import type { Place } from './writer.js'

/** The parts of messages and reasoning items: opened before their text, closed before their item. */
export class Parts {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  /** `content_part.added`, `reasoning_summary_part.added`. */
  announce(item: Item, kind: PartKind, frame: EventFrame, type: string): void {
    const { writer, reporter } = this.#context
    const value = frame.value as JsonObject
    const given = value['part']
    const upstreamIndex = value[channels[kind].index]
    const known = item.parts(kind).findLast((part) => part.upstreamIndex === upstreamIndex && part.kind === kind)
    if (known !== undefined && !known.done && (!known.announced || known.sent.length === 0)) {
      reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
      known.announced = true
      return
    }
    if (known?.done === true && !known.announced) {
      // Its done came first (D-46).
      reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
      known.announced = true
      return
    }
    // A part that we opened for want of an announcement is over where the next one is announced.
    for (const other of item.parts(kind)) if (!other.done && !other.announced) this.close(other, frame)
    const findings: Finding[] = []
    const { field } = channels[kind]
    let shaped = completePart(given, kind, 'part', findings)
    if (shaped['type'] !== kind) {
      findings.push({ code: 'responses/reasoning-part-lifecycle', action: 'rewrote', path: 'part.type' })
      shaped = { ...emptyPart(kind), [field]: shaped[field] ?? '' }
    }
    const owed = shaped[field]
    if (isString(owed) && owed !== '') {
      findings.push({ code: 'responses/text-only-at-end', action: 'moved', path: `part.${field}` })
      shaped = { ...shaped, [field]: '' }
    }
    reportAll(this.#context.reporter, frame, findings)
    const part = this.#add(item, kind, upstreamIndex, true, shaped)
    if (isString(owed)) part.owed = owed
    this.#misplaced(value, part.place, frame)
    writer.send(frame, type, part.place, shaped === given ? undefined : { ...value, part: shaped })
  }

  /** A part that is newer than we are keeps its place, and passes. */
  pass(item: Item, frame: EventFrame, type: string): void {
    const value = frame.value as JsonObject
    const upstreamIndex = value['content_index']
    const content_index = item.newer.get(upstreamIndex) ?? free(item, 'content')
    item.newer.set(upstreamIndex, content_index)
    const place = { ...item.place, content_index }
    this.#misplaced(value, place, frame)
    this.#context.writer.send(frame, type, place)
  }

  /** The part that a delta of a text belongs to; opened where there is none. Undefined where the item has the delta already. */
  open(item: Item, kind: PartKind, index: unknown, where: Where, again?: string): Part | undefined {
    const known = this.#find(item, kind, index)
    if (known !== undefined && !known.textDone) return known
    const done = known ?? item.parts(kind).findLast((part) => part.kind === kind && part.upstreamIndex === index)
    if (done !== undefined && again !== undefined && repeats(done, again)) {
      this.#context.reporter.defect('responses/duplicate-or-late-events', 'dropped', where)
      return undefined
    }
    return this.#make(item, kind, index, where)
  }

  /** One delta of a text. */
  append(part: Part, frame: EventFrame, type: string, text: string, restated: JsonObject | undefined): void {
    const value = frame.value as JsonObject
    this.#misplaced(value, part.place, frame)
    part.sent.add(text)
    this.#context.held.keep(text.length)
    const sent = this.#listed(part.kind, restated ?? value, frame)
    this.#context.writer.send(frame, type, part.place, sent === value ? undefined : sent)
  }

  /** `output_text.done` and its kin. */
  textDone(item: Item, kind: PartKind, frame: EventFrame, type: string): void {
    const { writer, reporter } = this.#context
    const value = frame.value as JsonObject
    const { index, field } = channels[kind]
    const given = value[field]
    let part = this.#find(item, kind, value[index])
    if (
      part === undefined &&
      (item.parts(kind).some((other) => other.done && other.text === given) || !isText(given))
    ) {
      reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
      return
    }
    part ??= this.#make(item, kind, value[index], frame)
    if (part.textDone) {
      reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
      return
    }
    const text = this.#settle(part, given, frame)
    this.#misplaced(value, part.place, frame)
    if (text !== given) {
      const detail = { path: field, wanted: 'string', found: kindOf(given) }
      reporter.defect('responses/item-shape-incomplete', 'rewrote', frame, detail)
    }
    const sent = this.#listed(kind, text === given ? value : { ...value, [field]: text }, frame)
    writer.send(frame, type, part.place, sent === value ? undefined : sent)
  }

  /** Clients that read `logprobs` fail on what is no list. */
  #listed(kind: PartKind, event: JsonObject, where: Where): JsonObject {
    const logprobs = event['logprobs']
    if (kind !== 'output_text' || logprobs === undefined || logprobs === null || Array.isArray(logprobs)) return event
    const detail = { path: 'logprobs', wanted: 'array', found: kindOf(logprobs) }
    this.#context.reporter.defect('responses/item-shape-incomplete', 'rewrote', where, detail)
    return { ...event, logprobs: [] }
  }

  /** `content_part.done`, `reasoning_summary_part.done`. */
  partDone(item: Item, kind: PartKind, frame: EventFrame, type: string): void {
    const { writer, reporter } = this.#context
    const value = frame.value as JsonObject
    const { index, field } = channels[kind]
    const given = value['part']
    const text = memberOf(given, field)
    let part = this.#find(item, kind, value[index])
    if (part === undefined && (item.parts(kind).some((other) => other.done && other.text === text) || !isText(text))) {
      reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
      return
    }
    // A text that was done empty cannot be told in its part any more.
    if (part?.textDone === true && part.text === '' && isText(text)) part = undefined
    part ??= this.#make(item, kind, value[index], frame)
    const whole = this.merge(part, given, frame, 'part')
    this.#misplaced(value, part.place, frame)
    writer.send(frame, type, part.place, whole === given ? undefined : { ...value, part: whole })
  }

  annotate(item: Item, frame: EventFrame, type: string): void {
    const { writer, reporter } = this.#context
    const value = frame.value as JsonObject
    const part = this.open(item, 'output_text', value['content_index'], frame)
    if (part === undefined) return
    const given = value['annotation']
    if (isPresent(given) && !isJsonObject(given)) {
      const detail = { path: 'annotation', wanted: 'object', found: kindOf(given) }
      reporter.defect('responses/annotations-missing', 'dropped', frame, detail)
      return
    }
    const findings: Finding[] = []
    const annotation = isPresent(given) ? completeAnnotation(given, 'annotation', findings) : null
    const known = part.value['annotations']
    const before: readonly unknown[] = Array.isArray(known) ? known : []
    let sent = annotation === given ? value : { ...value, annotation }
    const at = value['annotation_index']
    if (!isCount(at) || at > part.annotated) {
      const code = 'responses/indices-missing-or-wrong'
      findings.push({ code, action: 'rewrote', path: 'annotation_index', found: kindOf(at) })
      sent = { ...sent, annotation_index: part.annotated }
    }
    reportAll(reporter, frame, findings)
    part.annotated++
    part.value = { ...part.value, annotations: [...before, ...(annotation === null ? [] : [annotation])] }
    this.#misplaced(value, part.place, frame)
    writer.send(frame, type, part.place, sent === value ? undefined : sent)
  }

  /** Closes a part as far as that has not been done. */
  close(part: Part, where: Where, given?: unknown): void {
    if (part.done) return
    const { writer, reporter } = this.#context
    const whole = this.merge(part, given ?? part.whole, where, 'item')
    const type = `${channels[part.kind].partEvents}.done`
    reporter.defect('responses/item-done-missing', 'inserted', where, { path: type })
    writer.make({ type, ...part.place, part: whole }, where)
  }

  /** Closes the parts of an item against what its done, or the terminal, says of them. */
  closeAll(item: Item, list: 'content' | 'summary', given: unknown, where: Where): unknown {
    const { reporter } = this.#context
    const ours = [...item[list]]
    const told = Array.isArray(given) ? (given as unknown[]) : []
    const said = told.map((part) => this.#kindred(item, list, part, where))
    const partners = matchParts(ours, said)
    const merged: unknown[] = ours.map((part) => {
      const index = partners.indexOf(part)
      if (index !== -1) return this.#against(part, said[index], where)
      this.close(part, where)
      const detail = { path: `item.${list}`, wanted: 'parts', found: kindOf(given) }
      reporter.defect('responses/item-shape-incomplete', 'rewrote', where, detail)
      return part.value
    })
    // What was never announced and says nothing stands behind what has a place of its own.
    const empty: unknown[] = []
    said.forEach((part, index) => {
      if (partners[index] !== undefined) return
      const kind = partKindOf(part)
      if (kind !== undefined && isText(memberOf(part, channels[kind].field))) {
        const { family, list: own } = channels[kind]
        if (family !== item.type || own !== list || item.state === 'done') {
          this.#context.lose('responses/item-shape-incomplete', where)
          return
        }
        const made = this.#make(item, kind, undefined, where)
        this.close(made, where, part)
        merged.push(made.value)
      } else if (kind === undefined) merged.splice(index, 0, part)
      else if (index >= merged.length) empty.push(part)
    })
    merged.push(...empty)
    return merged.length === told.length && merged.every((part, index) => part === told[index]) ? given : merged
  }

  /** A12: reasoning that its done calls the text of a message. */
  #kindred(item: Item, list: 'content' | 'summary', part: unknown, where: Where): unknown {
    if (item.type !== 'reasoning' || !isJsonObject(part) || partKindOf(part) !== 'output_text') return part
    this.#context.reporter.defect('responses/reasoning-part-lifecycle', 'rewrote', where, { path: `item.${list}` })
    return { ...part, type: list === 'content' ? 'reasoning_text' : 'summary_text' }
  }

  /** One part of a done item against the one that was sent. */
  #against(part: Part, given: unknown, where: Where): unknown {
    const text = memberOf(given, channels[part.kind].field)
    if (!part.done) {
      this.close(part, where, partKindOf(given) === undefined ? undefined : given)
      return part.value
    }
    if (partKindOf(given) === undefined || (!isText(text) && part.text !== '')) {
      const detail = { path: channels[part.kind].field, wanted: 'string', found: kindOf(text) }
      this.#context.reporter.defect('responses/item-shape-incomplete', 'rewrote', where, detail)
      return part.value
    }
    if (text !== part.text) this.#context.reporter.observe('responses/snapshot-diverges', where)
    return given
  }

  /** What a part is when it is done, with its text done before it. */
  merge(part: Part, given: unknown, where: Where, at: string): JsonObject {
    const { writer, reporter } = this.#context
    const { field, events } = channels[part.kind]
    const findings: Finding[] = []
    const known = part.value['annotations']
    let whole = isJsonObject(given) ? given : part.whole
    if (!part.textDone) {
      const text = this.#settle(part, memberOf(given, field), where)
      reporter.defect('responses/item-done-missing', 'inserted', where, { path: `${events}.done` })
      const logprobs = part.kind === 'output_text' ? { logprobs: [] } : {}
      writer.make({ type: `${events}.done`, ...part.place, [field]: text, ...logprobs }, where)
    }
    if (part.text !== whole[field]) {
      if (isText(whole[field])) reporter.observe('responses/snapshot-diverges', where)
      else {
        findings.push({ code: 'responses/item-shape-incomplete', action: 'rewrote', path: `${at}.${field}` })
        whole = { ...whole, [field]: part.text }
      }
    }
    const kind = partKindOf(whole)
    if (kind !== undefined && kind !== part.kind) {
      // A12: its announcement was rewritten in the same way.
      findings.push({ code: 'responses/reasoning-part-lifecycle', action: 'rewrote', path: `${at}.type` })
      whole = { ...emptyPart(part.kind), [field]: whole[field] }
    }
    whole = completePart(whole, part.kind, at, findings)
    const annotations = whole['annotations']
    if (Array.isArray(known) && known.length > 0 && Array.isArray(annotations) && annotations.length === 0) {
      findings.push({ code: 'responses/annotations-missing', action: 'rewrote', path: `${at}.annotations` })
      whole = { ...whole, annotations: known }
    }
    reportAll(reporter, where, findings)
    part.value = whole
    part.done = true
    return whole
  }

  /** The text of a part that is done: what the upstream says last, with what is missing of it sent first (A15). */
  #settle(part: Part, said: unknown, where: Where): string {
    const { reporter, writer } = this.#context
    const { events, field } = channels[part.kind]
    const sent = part.sent.text
    const given = isText(said) ? said : sent === '' ? part.owed : sent
    if (given !== sent) {
      if (given.startsWith(sent)) {
        reporter.defect('responses/text-only-at-end', 'inserted', where, { path: field })
        const logprobs = part.kind === 'output_text' ? { logprobs: [] } : {}
        writer.make({ type: `${events}.delta`, ...part.place, delta: given.slice(sent.length), ...logprobs }, where)
        part.again = sent.length
        part.untold = sent.length
      } else reporter.observe('responses/snapshot-diverges', where, { path: field })
    }
    part.textDone = true
    part.value = { ...part.value, [field]: given }
    part.sent.clear()
    return given
  }

  /** Sends the text that only the announcement of a part held. */
  tell(part: Part, where: Where): void {
    if (part.textDone || part.owed === '' || part.sent.length > 0) return
    const { events, field } = channels[part.kind]
    this.#context.reporter.defect('responses/text-only-at-end', 'inserted', where, { path: field })
    part.sent.add(part.owed)
    const logprobs = part.kind === 'output_text' ? { logprobs: [] } : {}
    this.#context.writer.make({ type: `${events}.delta`, ...part.place, delta: part.owed, ...logprobs }, where)
  }

  #find(item: Item, kind: PartKind, index: unknown): Part | undefined {
    const open = item.parts(kind).filter((part) => !part.done && part.kind === kind)
    return open.findLast((part) => part.upstreamIndex === index) ?? open.at(-1)
  }

  #make(item: Item, kind: PartKind, upstreamIndex: unknown, where: Where): Part {
    const { reporter, writer } = this.#context
    const { family, partEvents, list } = channels[kind]
    for (const other of item[list]) this.close(other, where)
    // What was announced under a type that we do not know speaks as one that we do.
    const newer = list === 'content' ? item.newer.get(upstreamIndex) : undefined
    if (newer !== undefined) {
      item.newer.delete(upstreamIndex)
      return this.#add(item, kind, upstreamIndex, true, emptyPart(kind), newer)
    }
    const code: Code = family === 'reasoning' ? 'responses/reasoning-part-lifecycle' : 'responses/part-added-missing'
    reporter.defect(code, 'inserted', where)
    const part = this.#add(item, kind, upstreamIndex, false, emptyPart(kind))
    writer.make({ type: `${partEvents}.added`, ...part.place, part: part.value }, where)
    return part
  }

  #add(item: Item, kind: PartKind, upstreamIndex: unknown, announced: boolean, value: JsonObject, at?: number): Part {
    const { index, list } = channels[kind]
    const place = { ...item.place, [index]: at ?? free(item, list) }
    const part = new Part(kind, place, upstreamIndex, announced, value)
    item[list].push(part)
    return part
  }

  #misplaced(value: JsonObject, place: Place, where: Where): void {
    misplaced(this.#context, value, place, where)
  }
}

/** Where the next part of an item stands. */
function free({ content, summary, newer }: Item, list: 'content' | 'summary'): number {
  return list === 'content' ? content.length + newer.size : summary.length
}

/** Reports the members of an event that name another place than its own. */
export function misplaced({ reporter }: Context, value: JsonObject, place: Place, where: Where): void {
  for (const path in place) {
    if (value[path] === place[path as keyof Place]) continue
    const code: Code = path === 'item_id' ? 'responses/item-id-mismatch' : 'responses/indices-missing-or-wrong'
    reporter.defect(code, 'rewrote', where, { path, found: kindOf(value[path]) })
  }
}

/** Whether a late delta only says again what a part already has (D-46). */
function repeats(part: Part, text: string): boolean {
  const fromStart = part.again === part.untold && part.text.startsWith(text)
  if (!fromStart && !part.text.startsWith(text, part.again)) return false
  part.again = text.length + (part.text.startsWith(text, part.again) ? part.again : 0)
  return true
}

function isText(value: unknown): value is string {
  return isString(value) && value !== ''
}
