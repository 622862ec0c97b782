import type { z } from 'zod'

type Fields = Readonly<Record<string, unknown>>

/** What a schema takes, and what it does not: each of `broken` replaces fields of `minimal`; undefined takes one away. */
export interface ChatSample {
  readonly schema: z.ZodType
  readonly minimal: Fields
  readonly valid?: readonly Fields[]
  readonly broken: readonly Fields[]
}

/** `fields` broken in each of the ways that a field of one kind can be. */
export function each(fields: readonly string[], values: readonly unknown[]): Fields[] {
  return fields.flatMap((field) => values.map((value) => ({ [field]: value })))
}

export const noIndex = each(['index'], [undefined, null, '0', -1, 0.5])
export const noText = (...fields: string[]) => each(fields, [undefined, null, 1, {}, ['x']])
export const oddText = (...fields: string[]) => each(fields, [1, {}, ['x']])
export const oddCount = (...fields: string[]) => each(fields, ['1', 1.5, {}])
export const noName = (...fields: string[]) => each(fields, [null, '', 1, {}])

export const envelope = { id: 'chatcmpl-a', created: 1, model: 'm' }
export const chunk = { ...envelope, object: 'chat.completion.chunk' }
export const usage = { prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 }
export const verdict = { index: 0, content_filter_results: { hate: { filtered: false, severity: 'safe' } } }
export const logprob = { token: 'H', logprob: -0.1 }
export const details = {
  prompt_tokens_details: { cached_tokens: 1 },
  completion_tokens_details: { reasoning_tokens: null },
}
export const prompts = [{ prompt_index: 0, content_filter_results: verdict.content_filter_results }]

export const brokenEnvelope = [
  ...noText('id', 'model'),
  ...each(['created'], [undefined, null, '1']),
  ...each(['error'], [null, '', {}, false]),
  ...oddText('service_tier', 'system_fingerprint', 'obfuscation'),
  ...each(['moderation'], ['x', 1, []]),
  ...each(['prompt_filter_results'], [{}, [{}], [{ prompt_index: '0' }]]),
]

export const first = { index: 0, id: 'call_a', type: 'function', function: { name: 'look', arguments: '' } }
export const custom = { index: 1, id: 'call_b', type: 'custom', custom: { name: 'run', input: '' } }
export const message = { role: 'assistant', content: null }
/** What both the delta and the whole of a message may hold, broken. */
export const oddThoughts = [
  ...oddText('refusal', 'reasoning_content', 'reasoning'),
  ...each(['reasoning_details', 'annotations'], ['x', {}, ['x']]),
  ...each(['function_call'], ['look', [], { name: 'look', arguments: {} }]),
]
