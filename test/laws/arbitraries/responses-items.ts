import type { JsonObject } from '../stream-event.js'
import type { Tag } from './texts.js'

/** Everything that is chosen about one item. */
export interface ItemPlan {
  readonly texts: readonly string[]
  /** Where JSON arguments are cut into fragments. */
  readonly cuts: readonly number[]
  readonly variant: number
}

/** Where an item stands in its response, and what its content is tagged with. */
export interface Place {
  readonly id: string
  readonly index: number
  readonly tag: Tag
  readonly mark: string
}

/** One output item: its events from `added` to `done`, and what the terminal lists. */
export interface Item {
  readonly events: readonly JsonObject[]
  readonly final: JsonObject
}

/** An event of one item, with its two routing fields. */
export function on({ id, index }: Place, type: string, fields: JsonObject = {}): JsonObject {
  return { type: `response.${type}`, item_id: id, output_index: index, ...fields }
}

/** An item around the events of its body. */
export function item(place: Place, added: JsonObject, body: readonly JsonObject[], final: JsonObject): Item {
  const opening = { type: 'response.output_item.added', output_index: place.index, item: added }
  const closing = { type: 'response.output_item.done', output_index: place.index, item: final }
  return { events: [opening, ...body, closing], final }
}

/** The parts of an item, one behind the other. */
interface Part {
  readonly events: readonly JsonObject[]
  readonly part: JsonObject
}

/** A message: text and refusal parts, or none at all. */
export function message(plan: ItemPlan, place: Place): Item {
  const { variant } = plan
  const count = variant % 13 === 12 ? 0 : variant % 7 === 6 ? 2 : 1
  const parts = Array.from({ length: count }, (_, content) =>
    (variant + content) % 5 === 4 ? refusal(plan, place, content) : text(plan, place, content),
  )
  const fields = {
    id: place.id,
    type: 'message',
    role: 'assistant',
    ...(variant % 11 === 3 ? { phase: 'final_answer' } : {}),
  }
  // A reply that is sent in one piece is announced as completed (FINDINGS A13).
  const announced = { ...fields, status: variant % 17 === 5 ? 'completed' : 'in_progress', content: [] }
  const final = { ...fields, status: 'completed', content: parts.map(({ part }) => part) }
  return item(
    place,
    announced,
    parts.flatMap(({ events }) => events),
    final,
  )
}

function text({ texts, variant }: ItemPlan, place: Place, content: number): Part {
  const { tag, mark } = place
  // Older streams have no logprobs (FINDINGS A14).
  const logprobs: JsonObject = variant % 6 === 5 ? {} : { logprobs: [] }
  const padding: JsonObject = variant % 4 === 1 ? { obfuscation: `x9${mark}` } : {}
  const pieces = texts.map(tag)
  const notes = variant % 9 === 2 ? [citation(variant, mark)] : []
  const where = { content_index: content }
  const whole = { type: 'output_text', annotations: notes, ...logprobs, text: pieces.join('') }
  const events = [
    on(place, 'content_part.added', { ...where, part: { ...whole, annotations: [], text: '' } }),
    ...pieces.map((delta) => on(place, 'output_text.delta', { ...where, delta, ...logprobs, ...padding })),
    ...notes.map((annotation, annotation_index) =>
      on(place, 'output_text.annotation.added', { ...where, annotation_index, annotation }),
    ),
    on(place, 'output_text.done', { ...where, text: whole.text, ...logprobs }),
    on(place, 'content_part.done', { ...where, part: whole }),
  ]
  return { events, part: whole }
}

function citation(variant: number, mark: string): JsonObject {
  return variant % 2
    ? { type: 'file_citation', file_id: 'file_1', filename: `notes${mark}.md`, index: 3 }
    : { type: 'url_citation', url: 'https://example.org/', title: `page${mark}`, start_index: 0, end_index: 2 }
}

function refusal({ texts }: ItemPlan, place: Place, content: number): Part {
  const pieces = texts.map(place.tag)
  const where = { content_index: content }
  const whole = { type: 'refusal', refusal: pieces.join('') }
  const events = [
    on(place, 'content_part.added', { ...where, part: { ...whole, refusal: '' } }),
    ...pieces.map((delta) => on(place, 'refusal.delta', { ...where, delta })),
    on(place, 'refusal.done', { ...where, refusal: whole.refusal }),
    on(place, 'content_part.done', { ...where, part: whole }),
  ]
  return { events, part: whole }
}

/** A reasoning item: summaries, raw text, both, or nothing but what is encrypted. */
export function reasoning(plan: ItemPlan, place: Place): Item {
  const { variant } = plan
  const summaries = [1, 2, 0, 0, 1, 1][variant % 6] ?? 1
  const raws = [0, 0, 1, 0, 1, 0][variant % 6] ?? 0
  const summed = Array.from({ length: summaries }, (_, index) => summary(plan, place, index))
  const thought = Array.from({ length: raws }, (_, index) => rawText(plan, place, index))
  const sealed = variant % 4 === 3 ? { encrypted_content: `gAAAA${place.mark}` } : {}
  const fields = { id: place.id, type: 'reasoning', ...(variant % 5 === 2 ? { status: 'in_progress' } : {}), ...sealed }
  const content: JsonObject = raws > 0 || variant % 3 === 1 ? { content: thought.map(({ part }) => part) } : {}
  const announced = { ...fields, summary: [], ...(raws > 0 ? { content: [] } : {}) }
  const ended = 'status' in fields ? { status: 'completed' } : {}
  const final = { ...fields, ...ended, summary: summed.map(({ part }) => part), ...content }
  return item(
    place,
    announced,
    [...summed, ...thought].flatMap(({ events }) => events),
    final,
  )
}

function summary({ texts, variant }: ItemPlan, place: Place, index: number): Part {
  const pieces = texts.map(place.tag)
  const where = { summary_index: index }
  const padding: JsonObject = variant % 4 === 1 ? { obfuscation: 'p' } : {}
  const whole = { type: 'summary_text', text: pieces.join('') }
  const events = [
    on(place, 'reasoning_summary_part.added', { ...where, part: { ...whole, text: '' } }),
    ...pieces.map((delta) => on(place, 'reasoning_summary_text.delta', { ...where, delta, ...padding })),
    on(place, 'reasoning_summary_text.done', { ...where, text: whole.text }),
    on(place, 'reasoning_summary_part.done', { ...where, part: whole }),
  ]
  return { events, part: whole }
}

function rawText({ texts }: ItemPlan, place: Place, content: number): Part {
  const pieces = texts.map(place.tag)
  const where = { content_index: content }
  const whole = { type: 'reasoning_text', text: pieces.join('') }
  const events = [
    on(place, 'content_part.added', { ...where, part: { ...whole, text: '' } }),
    ...pieces.map((delta) => on(place, 'reasoning_text.delta', { ...where, delta })),
    on(place, 'reasoning_text.done', { ...where, text: whole.text }),
    on(place, 'content_part.done', { ...where, part: whole }),
  ]
  return { events, part: whole }
}
