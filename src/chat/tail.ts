import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { isString } from '../defects/shape.js'

/** The words of the protocol, and those of others for the same thing (B02). */
const finishes = new Map<string, string>([
  ['stop', 'stop'],
  ['length', 'length'],
  ['tool_calls', 'tool_calls'],
  ['content_filter', 'content_filter'],
  ['function_call', 'function_call'],
  ['eos', 'stop'],
  ['eos_token', 'stop'],
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['end', 'stop'],
  ['complete', 'stop'],
  ['completed', 'stop'],
  ['done', 'stop'],
  ['finish', 'stop'],
  ['max_tokens', 'length'],
  ['max_output_tokens', 'length'],
  ['model_length', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool_calls'],
  ['tool_call', 'tool_calls'],
  ['safety', 'content_filter'],
  ['recitation', 'content_filter'],
  ['blocklist', 'content_filter'],
  ['prohibited_content', 'content_filter'],
  ['content_filtered', 'content_filter'],
  ['refusal', 'content_filter'],
  ['sensitive', 'content_filter'],
])

/** The protocol's word for a finish reason; the word itself where it is in no table. Undefined where nothing is said. */
export function finishOf(given: unknown): string | undefined {
  if (!isString(given) || given.trim() === '') return undefined
  return finishes.get(given.trim().toLowerCase()) ?? given
}

/** Whether a word is one of the protocol's, or a known one for it. */
export function isKnownFinish(word: string): boolean {
  return finishes.has(word)
}

/** Finish reasons that own up to an answer that is not whole: cut JSON is no lie under them. */
export function ownsUp(finish: string | undefined): boolean {
  return finish === 'length' || finish === 'content_filter'
}

/** The counts of a usage as numbers, its three sums among them (B05). The object itself where nothing changes. */
export function completeUsage(usage: JsonObject): JsonObject {
  const whole = counted(usage)
  const { prompt_tokens: read, completion_tokens: written, total_tokens: total } = whole
  const sums = { prompt_tokens: countOr(read, 0), completion_tokens: countOr(written, 0) }
  const total_tokens = countOr(total, sums.prompt_tokens + sums.completion_tokens)
  const same = sums.prompt_tokens === read && sums.completion_tokens === written && total_tokens === total
  return same ? whole : { ...whole, ...sums, total_tokens }
}

/** No vendor nests its counts so deep, and nothing may lean on the stack (law 9). */
const deepest = 8

/** Counts that are texts as numbers, those of details too. */
function counted(usage: JsonObject, depth = 0): JsonObject {
  if (depth > deepest) return usage
  let whole = usage
  for (const [name, count] of Object.entries(usage)) {
    const better = isJsonObject(count) ? counted(count, depth + 1) : numberOf(count)
    if (better !== count) whole = { ...whole, [name]: better }
  }
  return whole
}

function numberOf(count: unknown): unknown {
  return isString(count) && /^\d+(?:\.\d+)?$/.test(count) ? Number(count) : count
}

function countOr(count: unknown, otherwise: number): number {
  return typeof count === 'number' ? Math.floor(count) : otherwise
}

/** Whether a usage counts anything. */
export function saysUsage(usage: unknown): usage is JsonObject {
  return isJsonObject(usage) && Object.keys(usage).length > 0
}
