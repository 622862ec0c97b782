import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { complete, type Finding, isCount, isPresent, isString, reportAll } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import type { Context } from './context.js'
import { unwrapped } from './intake.js'
import type { Item } from './item.js'
import { channels, type PartKind } from './item-types.js'
import { Part } from './part.js'
import { completeItem, completePart, emptyPart } from './shapes.js'
import { isCall } from './tool-calls.js'
import type { Place } from './writer.js'

/** Events of items whose start was not seen (D-50): they get a place and types that clients can read, and nothing else. */
export class Unseen {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  take(item: Item, frame: EventFrame, type: string, kind: PartKind | undefined): void {
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
    if (isCall(item) && item.call.field in shape) written = this.#context.calls.written(value, item.call, findings)
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
    const events = kind === undefined ? '' : channels[kind].events
    const again = part?.textDone === true && (type === `${events}.delta` || type === `${events}.done`)
    if (again || part?.done === true || (isCall(item) && type.startsWith(item.call.events) && item.args.done)) {
      const delta = type.endsWith('.delta') && isString(value['delta']) && value['delta'] !== ''
      if (delta) this.#context.lose('responses/duplicate-or-late-events', frame)
      else reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
      return
    }
    if (part !== undefined && type.endsWith('_part.done')) part.done = true
    if (part !== undefined && type === `${events}.done`) part.textDone = true
    if (isCall(item) && type === `${item.call.events}.done`) item.args.done = true
    const inside = part === undefined || at === undefined ? {} : { [at]: part.place[at] ?? 0 }
    const place: Place = { ...(unnamed ? index : item.place), ...inside }
    writer.sendAt(frame, type, place, whole === value ? undefined : whole)
  }

  /** `response.output_item.done`. */
  done(item: Item, given: JsonObject, frame: EventFrame): void {
    const { reporter, writer } = this.#context
    const findings: Finding[] = []
    const named =
      given['id'] === item.id && given['type'] === item.type ? given : { ...given, type: item.type, id: item.id }
    const completed = completeItem(named, 'item', 'completed', findings)
    const whole = isCall(item) ? this.#context.calls.written(completed, item.call, findings) : completed
    if (given['id'] !== item.id)
      findings.push({ code: 'responses/item-id-mismatch', action: 'rewrote', path: 'item.id' })
    reportAll(reporter, frame, findings)
    const value = frame.value as JsonObject
    const place = { output_index: item.place.output_index ?? 0 }
    item.value = whole
    this.#context.closing.closed(item)
    writer.sendAt(frame, 'response.output_item.done', place, whole === given ? undefined : { ...value, item: whole })
  }
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
