import fc from 'fast-check'
import type { Json, JsonObject } from '../stream-event.js'

/** What is chosen about the first events and about the snapshots. */
export interface Opening {
  readonly id: number
  readonly shape: number
  /** How the stream begins: queued, resumed in the background, as a warm-up, or as most do. */
  readonly begin: number
}

export const openings: fc.Arbitrary<Opening> = fc.record({ id: fc.nat(5), shape: fc.nat(7), begin: fc.nat(11) })

/** What is chosen about the last events. */
export interface Ending {
  readonly cut: boolean
  readonly kept: number
  readonly kind: number
  readonly usage: number
}

export const endings: fc.Arbitrary<Ending> = fc.record({
  cut: fc.integer({ min: 1, max: 4 }).map((throwOf) => throwOf === 4),
  kept: fc.nat(60),
  kind: fc.nat(19),
  usage: fc.nat(7),
})

/**
 * `response.created`, perhaps `response.queued`, and `response.in_progress` (RE-1, RE-2). A warm-up, which has no work, goes on
 * to its end; a stream that is resumed in the background has no `created` (D-50, FINDINGS A9).
 */
export function lifecycle(opening: Opening, goesOn: boolean, mark: string): JsonObject[] {
  const queued = opening.begin === 11
  const first = { type: 'response.created', response: snapshot(opening, queued ? 'queued' : 'in_progress', mark) }
  const running = { type: 'response.in_progress', response: snapshot(opening, 'in_progress', mark) }
  if (isResumed(opening)) return [running]
  if (opening.begin > 6 && !queued && !goesOn) return [first]
  return [first, ...(queued ? [{ ...first, type: 'response.queued' }] : []), running]
}

export function isResumed({ begin }: Opening): boolean {
  return begin === 10
}

/** The terminal, or the vendor's own pair: `error` with a nested error, then `response.failed` (FINDINGS A10). */
export function terminals(
  opening: Opening,
  ending: Ending & { readonly failed: boolean },
  finals: readonly JsonObject[],
  mark: string,
): JsonObject[] {
  const { kind } = ending
  if (ending.failed || kind === 19) {
    const code = failures[kind % failures.length] ?? 'server_error'
    const message = `Too busy${mark}. Please try again in 2s.`
    const failed = { ...snapshot(opening, 'failed', mark), error: { code, message } }
    return [
      { type: 'error', error: { type: code, code, message, param: null } },
      { type: 'response.failed', response: failed },
    ]
  }
  const incomplete = ending.cut || kind > 15
  const status = incomplete ? 'incomplete' : 'completed'
  const reason = kind % 2 ? 'content_filter' : 'max_output_tokens'
  const response = {
    ...snapshot(opening, status, mark),
    ...(incomplete ? { incomplete_details: { reason } } : {}),
    output: finals.map((final, place) => sealedAnew(final, place)),
    usage: usage(ending.usage),
  }
  return [{ type: `response.${status}`, response, ...(kind === 3 ? { [`x_cost${mark}`]: `kept${mark}` } : {}) }]
}

/** Codes that stay as they are (D-48). */
const failures = [
  'server_error',
  'rate_limit_exceeded',
  'insufficient_quota',
  'context_length_exceeded',
  'server_is_overloaded',
  'invalid_prompt',
]

/** The terminal encrypts once more (RE-15). */
function sealedAnew(final: JsonObject, place: number): JsonObject {
  const sealed = final['encrypted_content']
  return typeof sealed === 'string' ? { ...final, encrypted_content: `${sealed}${place}` } : final
}

function usage(kind: number): Json {
  // Without usage the stream is whole (observed, not repaired).
  if (kind === 7) return null
  return {
    input_tokens: 12,
    input_tokens_details: { cached_tokens: kind % 2 ? 4 : 0 },
    output_tokens: 7,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 19,
  }
}

function snapshot(opening: Opening, status: string, mark: string): JsonObject {
  const { id, shape } = opening
  const ids = ['resp_01', 'resp_02', 'resp_03', '3f0c9a1e-77', 'gen-8', 'resp_04']
  const rich: JsonObject = {
    background: false,
    completed_at: null,
    max_output_tokens: null,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    service_tier: 'auto',
    store: true,
    text: { format: { type: 'text' } },
    top_logprobs: 0,
    truncation: 'disabled',
    user: null,
    [`x_trace${mark}`]: { note: `kept${mark}`, list: [1, null, true] },
  }
  return {
    id: `${ids[id] ?? 'resp_05'}${mark}`,
    object: 'response',
    created_at: 1_760_000_000 + shape,
    status,
    error: null,
    incomplete_details: null,
    instructions: shape % 2 ? `Be brief.${mark}` : null,
    model: `model-${shape}${mark}`,
    output: [],
    parallel_tool_calls: true,
    metadata: shape % 3 ? {} : { row: `one${mark}` },
    tool_choice: 'auto',
    tools: [],
    temperature: 1,
    top_p: 1,
    // Some hosts leave the key out (RE-3).
    ...(shape === 5 ? {} : { usage: null }),
    ...(shape > 3 ? rich : {}),
    ...(isResumed(opening) ? { background: true } : {}),
  }
}
