import type { Code } from '../defects/codes.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { type Finding, isCount, isPresent, isString, kindOf, memberOf, reportAll } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import type { Context } from './context.js'
import type { Item } from './item.js'
import { channels, type PartKind } from './item-types.js'
import { Part } from './part.js'
import { closePart, isText, settleText, wholePart } from './part-closing.js'
import { completeAnnotation, completePart, emptyPart } from './shapes.js'

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
    for (const other of item.parts(kind)) if (!other.done && !other.announced) closePart(this.#context, other, frame)
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
    writer.sendAt(frame, type, part.place, shaped === given ? undefined : { ...value, part: shaped })
  }

  /** A part that is newer than we are keeps its place, and passes. */
  pass(item: Item, frame: EventFrame, type: string): void {
    const value = frame.value as JsonObject
    const upstreamIndex = value['content_index']
    const { writer, reporter } = this.#context
    const ends = type === 'response.content_part.done'
    const known = item.newer.get(upstreamIndex)
    if (known !== undefined && (!ends || known.done)) {
      reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
      return
    }
    const index = known?.index ?? free(item, 'content')
    item.newer.set(upstreamIndex, { index, done: ends, part: value['part'] })
    const place = { ...item.place, content_index: index }
    if (ends && known === undefined) {
      reporter.defect('responses/part-added-missing', 'inserted', frame)
      // What it holds is told by its done.
      const part = { type: memberOf(value['part'], 'type') }
      writer.make({ type: 'response.content_part.added', ...place, part }, frame)
    }
    writer.sendAt(frame, type, place)
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
    return this.make(item, kind, index, where)
  }

  /** One delta of a text. */
  append(part: Part, frame: EventFrame, type: string, text: string, restated: JsonObject | undefined): void {
    const value = frame.value as JsonObject
    const { writer, held } = this.#context
    writer.misplaced(frame, part.place)
    part.sent.add(text)
    held.keep(text.length)
    const sent = this.#listed(part.kind, restated ?? value, frame)
    writer.send(frame, type, part.place, sent === value ? undefined : sent)
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
    part ??= this.make(item, kind, value[index], frame)
    if (part.textDone) {
      reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
      return
    }
    const text = settleText(this.#context, part, given, frame)
    writer.misplaced(frame, part.place)
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
    part ??= this.make(item, kind, value[index], frame)
    const whole = wholePart(this.#context, part, given, frame, 'part')
    writer.sendAt(frame, type, part.place, whole === given ? undefined : { ...value, part: whole })
  }

  annotate(item: Item, frame: EventFrame, type: string): void {
    const { writer, reporter } = this.#context
    const value = frame.value as JsonObject
    // Behind the end of a text its part may still get annotations.
    const index = value['content_index']
    const part = this.#find(item, 'output_text', index) ?? this.open(item, 'output_text', index, frame)
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
    writer.sendAt(frame, type, part.place, sent === value ? undefined : sent)
  }

  #find(item: Item, kind: PartKind, index: unknown): Part | undefined {
    const open = item.parts(kind).filter((part) => !part.done && part.kind === kind)
    return open.findLast((part) => part.upstreamIndex === index) ?? open.at(-1)
  }

  /** Opens a part for want of an announcement. */
  make(item: Item, kind: PartKind, upstreamIndex: unknown, where: Where): Part {
    const { reporter, writer } = this.#context
    const { family, partEvents, list } = channels[kind]
    for (const other of item[list]) closePart(this.#context, other, where)
    // What was announced under a type that we do not know speaks as one that we do.
    const newer = list === 'content' ? item.newer.get(upstreamIndex) : undefined
    if (newer !== undefined) {
      item.newer.delete(upstreamIndex)
      return this.#add(item, kind, upstreamIndex, true, emptyPart(kind), newer.index)
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
}

/** Where the next part of an item stands. */
function free({ content, summary, newer }: Item, list: 'content' | 'summary'): number {
  return list === 'content' ? content.length + newer.size : summary.length
}

/** Whether a late delta only says again what a part already has (D-46). */
function repeats(part: Part, text: string): boolean {
  const fromStart = part.again === part.untold && part.text.startsWith(text)
  if (!fromStart && !part.text.startsWith(text, part.again)) return false
  part.again = text.length + (part.text.startsWith(text, part.again) ? part.again : 0)
  return true
}
