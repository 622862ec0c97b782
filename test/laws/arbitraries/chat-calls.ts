import fc from 'fast-check'
import type { Json, JsonObject } from '../stream-event.js'
import { cutText, type Tag, texts } from './texts.js'

/** Everything that is chosen about one tool call. */
export interface CallPlan {
  readonly kind: 'function' | 'custom' | 'newer'
  readonly texts: readonly string[]
  /** Where the arguments are cut into fragments. */
  readonly cuts: readonly number[]
  readonly variant: number
}

export const callPlans: fc.Arbitrary<CallPlan> = fc.record({
  kind: fc.constantFrom('function', 'function', 'function', 'function', 'function', 'custom', 'newer'),
  texts: fc.array(texts, { maxLength: 3 }),
  cuts: fc.array(fc.nat(60), { maxLength: 4 }),
  variant: fc.nat(59),
})

/** Where a call stands, and what its content is numbered and marked with. */
export interface CallPlace {
  readonly index: number
  readonly id: string
  readonly tag: Tag
  readonly mark: string
}

/**
 * The entries of `tool_calls` that make up one call (GRAMMAR 4.2): the first has its id, type and name.
 *
 * @param kept only so many characters of its arguments came: cut short under `length`.
 */
export function call(plan: CallPlan, place: CallPlace, kept?: number): JsonObject[] {
  if (plan.kind === 'custom') return customCall(plan, place)
  if (plan.kind === 'newer') return newerCall(plan, place)
  const { index, id, mark } = place
  const all = fragments(plan, place)
  const whole = all.join('')
  const cut = kept !== undefined && whole.trim().length > 2
  const [first = '', ...rest] = cut ? [whole.trim().slice(0, 1 + (kept % (whole.trim().length - 1)))] : all
  const name = `get_${index}${mark}`
  const extra: JsonObject = plan.variant % 11 === 3 ? { [`x_call${mark}`]: `kept${mark}` } : {}
  const begin = { index, id, type: 'function', function: { name, arguments: first }, ...extra }
  return [begin, ...rest.map((json) => ({ index, ...again(plan, id), function: { arguments: json } }))]
}

/** Arguments, in fragments as the deltas carry them; the first of them stands in the call's first entry. */
function fragments({ texts: parts, cuts, variant }: CallPlan, { tag }: CallPlace): string[] {
  if (variant % 13 === 4) return variant % 2 ? ['{}'] : ['', '{}']
  const value = Object.fromEntries(parts.map((part, key) => [`${tag('key')}${key}`, inside(tag(part), key)]))
  const json = variant % 3 === 0 ? JSON.stringify(value, null, 2) : JSON.stringify(value)
  // Malformed JSON is the model's content: it passes, observed.
  const said = variant % 23 === 7 ? `${json}}` : variant % 17 === 5 ? ` ${json}` : json
  const cut = cutText(said, cuts)
  // Vendors open a call with no arguments; some send all of it at once (xAI, Groq).
  if (variant % 5 !== 1) cut.unshift('')
  if (variant % 19 === 6) cut.push('')
  // `{}` and then nothing but `{…` is what a repaired stream must not have (D-63).
  return cut.filter((fragment, place) => fragment !== '{}' || cut.slice(place + 1).every((later) => later === ''))
}

function inside(content: string, kind: number): Json {
  return kind === 1 ? [content, { deep: [1.5e-7, false, null] }] : kind === 2 ? { inner: content } : content
}

/** CH-9: later deltas may say the id, or the type, again. */
function again({ variant }: CallPlan, id: string): JsonObject {
  return variant % 7 === 2 ? { id } : variant % 7 === 3 ? { type: 'function' } : {}
}

/** A custom tool, whose input is text and no JSON. */
function customCall({ texts: parts, variant }: CallPlan, { index, id, tag, mark }: CallPlace): JsonObject[] {
  const pieces = parts.map(tag)
  const first = variant % 3 === 0 ? (pieces.shift() ?? '') : ''
  const begin = { index, id, type: 'custom', custom: { name: `write_${index}${mark}`, input: first } }
  return [begin, ...pieces.map((input) => ({ index, custom: { input } }))]
}

/** A tool of a type that is newer than we are. */
function newerCall({ texts: parts }: CallPlan, { index, id, tag, mark }: CallPlace): JsonObject[] {
  const begin = { index, id, type: 'hologram', hologram: { name: `beam_${index}${mark}`, shape: '' } }
  return [begin, ...parts.map((part) => ({ index, hologram: { shape: tag(part) } }))]
}
