import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { type Finding, isString, kindOf, memberOf, reportAll } from '../defects/shape.js'
import type { Context } from './context.js'
import type { Item } from './item.js'
import { channels } from './item-types.js'
import type { Part } from './part.js'
import { matchParts } from './part-matching.js'
import { completePart, emptyPart, isId, partKindOf } from './shapes.js'

// The ends of parts: their text done, then the part itself, before their item.

/** Closes a part as far as that has not been done. */
export function closePart(context: Context, part: Part, where: Where, given?: unknown): void {
  if (part.done) return
  const { writer, reporter } = context
  const whole = wholePart(context, part, given ?? part.whole, where, 'item')
  const type = `${channels[part.kind].partEvents}.done`
  reporter.defect('responses/item-done-missing', 'inserted', where, { path: type })
  writer.make({ type, ...part.place, part: whole }, where)
}

/** Closes the parts of an item against what its done, or the terminal, says of them. */
export function closeParts(
  context: Context,
  item: Item,
  list: 'content' | 'summary',
  given: unknown,
  where: Where,
): unknown {
  const { reporter } = context
  const ours = [...item[list]]
  const told = Array.isArray(given) ? (given as unknown[]) : []
  const said = told.map((part) => kindred(context, item, list, part, where))
  const partners = matchParts(ours, said)
  const merged: unknown[] = ours.map((part) => {
    const index = partners.indexOf(part)
    if (index !== -1) return against(context, part, said[index], where)
    closePart(context, part, where)
    const detail = { path: `item.${list}`, wanted: 'parts', found: kindOf(given) }
    reporter.defect('responses/item-shape-incomplete', 'rewrote', where, detail)
    return part.value
  })
  // What was never announced and says nothing stands behind what has a place of its own.
  const empty: unknown[] = []
  const unknown = new Map<number, unknown>()
  said.forEach((part, index) => {
    if (partners[index] !== undefined) return
    const kind = partKindOf(part)
    if (kind !== undefined && isText(memberOf(part, channels[kind].field))) {
      const { family, list: own } = channels[kind]
      if (family !== item.type || own !== list || item.state === 'done') {
        context.lose('responses/item-shape-incomplete', where)
        return
      }
      const made = context.parts.make(item, kind, undefined, where)
      closePart(context, made, where, part)
      merged.push(made.value)
    } else if (kind === undefined) unknown.set(index, part)
    else if (index >= ours.length) empty.push(part)
  })
  // A part that is newer than we are stays where it was announced, also where its item forgot it.
  for (const { index, part } of list === 'content' ? item.newer.values() : []) {
    merged.splice(index, 0, unknown.get(index) ?? part)
    unknown.delete(index)
  }
  merged.push(...unknown.values(), ...empty)
  return merged.length === told.length && merged.every((part, index) => part === told[index]) ? given : merged
}

/** A12: reasoning that its done calls the text of a message. */
function kindred(context: Context, item: Item, list: 'content' | 'summary', part: unknown, where: Where): unknown {
  if (item.type !== 'reasoning' || !isJsonObject(part) || partKindOf(part) !== 'output_text') return part
  context.reporter.defect('responses/reasoning-part-lifecycle', 'rewrote', where, { path: `item.${list}` })
  return { ...part, type: list === 'content' ? 'reasoning_text' : 'summary_text' }
}

/** One part of a done item against the one that was sent. */
function against(context: Context, part: Part, given: unknown, where: Where): unknown {
  const text = memberOf(given, channels[part.kind].field)
  if (!part.done) {
    closePart(context, part, where, partKindOf(given) === undefined ? undefined : given)
    return part.value
  }
  if (partKindOf(given) === undefined || (!isText(text) && part.text !== '')) {
    const detail = { path: channels[part.kind].field, wanted: 'string', found: kindOf(text) }
    context.reporter.defect('responses/item-shape-incomplete', 'rewrote', where, detail)
    return part.value
  }
  if (text !== part.text) context.reporter.observe('responses/snapshot-diverges', where)
  return given
}

/** What a part is when it is done, with its text done before it. */
export function wholePart(context: Context, part: Part, given: unknown, where: Where, at: string): JsonObject {
  const { writer, reporter } = context
  const { field, events } = channels[part.kind]
  const findings: Finding[] = []
  const known = part.value['annotations']
  let whole = isJsonObject(given) ? given : part.whole
  if (!part.textDone) {
    const text = settleText(context, part, memberOf(given, field), where)
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
  if (kind === undefined && isId(whole['type'])) {
    // It was announced under a type that we know.
    findings.push({ code: 'responses/item-shape-incomplete', action: 'rewrote', path: `${at}.type` })
    whole = { ...whole, type: part.kind }
  } else if (kind !== undefined && kind !== part.kind) {
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
export function settleText(context: Context, part: Part, said: unknown, where: Where): string {
  const { reporter, writer } = context
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
export function tellOwed(context: Context, part: Part, where: Where): void {
  if (part.textDone || part.owed === '' || part.sent.length > 0) return
  const { events, field } = channels[part.kind]
  context.reporter.defect('responses/text-only-at-end', 'inserted', where, { path: field })
  part.sent.add(part.owed)
  const logprobs = part.kind === 'output_text' ? { logprobs: [] } : {}
  context.writer.make({ type: `${events}.delta`, ...part.place, delta: part.owed, ...logprobs }, where)
}

export function isText(value: unknown): value is string {
  return isString(value) && value !== ''
}
