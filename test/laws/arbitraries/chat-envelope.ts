import fc from 'fast-check'
import type { JsonObject } from '../stream-event.js'

/** Everything that is chosen about what stands around the choices. */
export interface EnvelopePlan {
  readonly id: number
  readonly fields: number
  readonly keys: number
  readonly usage: number
}

export const envelopes: fc.Arbitrary<EnvelopePlan> = fc.record({
  id: fc.nat(4),
  fields: fc.nat(19),
  keys: fc.nat(59),
  usage: fc.nat(9),
})

/** Makes the chunks of one answer. */
export interface Around {
  readonly id: string
  /** @param number which chunk of the stream it is. */
  readonly chunk: (choices: readonly JsonObject[], number: number) => JsonObject
}

const object = 'chat.completion.chunk'

export function envelope({ id: style, fields, keys }: EnvelopePlan, mark: string): Around {
  const id = style === 0 ? `gen-0${mark}` : style === 1 ? `aG9s+/=${mark}` : `chatcmpl-0${style}${mark}`
  const chunk = (choices: readonly JsonObject[], number: number): JsonObject => {
    // FINDINGS: the time and the model may vary from chunk to chunk.
    const created = fields % 6 === 1 ? 1760000000 + number : 1760000000
    const model = fields === 5 && number > 2 ? `model-b${mark}` : `model-a${mark}`
    const more: JsonObject = {
      ...(fields % 4 === 1 ? { service_tier: 'default', system_fingerprint: `fp_44${mark}` } : {}),
      ...(fields % 5 === 3 ? { obfuscation: `q${number}${mark}` } : {}),
      ...(fields === 9 ? { [`x_trace${mark}`]: { note: `kept${mark}`, list: [1, null, true] } } : {}),
    }
    return keys % 7 === 3
      ? { choices, ...more, model, created, object, id }
      : { id, object, created, model, choices, ...more }
  }
  return { id, chunk }
}

export function usageOf({ usage: style }: EnvelopePlan, mark: string): JsonObject {
  return {
    prompt_tokens: 12,
    completion_tokens: 5,
    total_tokens: 17,
    ...(style > 6 ? { prompt_tokens_details: { cached_tokens: 0, audio_tokens: null }, queue_time: 0.01 } : {}),
    ...(style > 7 ? { completion_tokens_details: null, [`x_cost${mark}`]: 0 } : {}),
  }
}

/** FINDINGS A18: Azure's chunks of its own, one in front of all, others between; and chunks that carry nothing. */
export function filterChunks(
  plans: readonly { readonly at: number; readonly kind: number }[],
  chunks: readonly JsonObject[],
  { chunk }: Around,
  mark: string,
): JsonObject[] {
  const nameless = { id: '', object: '', created: 0, model: '' }
  const results = { hate: { filtered: false, severity: 'safe' }, [`x_filter${mark}`]: `seen${mark}` }
  const offsets = { check_offset: 44, start_offset: 44, end_offset: 198 }
  const out = [...chunks]
  for (const { at, kind } of plans) {
    if (kind === 0) out.unshift({ ...nameless, prompt_filter_results: [{ prompt_index: 0 }], choices: [] })
    else {
      const place = 1 + (at % out.length)
      const found = { index: 0, finish_reason: null, content_filter_results: results, content_filter_offsets: offsets }
      const own = kind < 3 ? { ...nameless, choices: [found] } : { ...chunk([found], place), choices: [found] }
      out.splice(place, 0, kind === 5 ? chunk([], place) : own)
    }
  }
  return out
}

/** FINDINGS A17: an answer that is spoken has two roles, chunks without choices, no finish reason, and goes on behind its usage. */
export function spokenAnswer(variant: number, mark: string): JsonObject[] {
  const { choices: _, ...silent } = chunkOf(mark, {})
  const audio = { id: `audio_0${mark}` }
  return [
    chunkOf(mark, { role: 'assistant', refusal: null }),
    chunkOf(mark, { role: 'assistant', content: null, audio: { ...audio, transcript: `Hello${mark}` } }),
    { ...silent, usage: null },
    chunkOf(mark, { content: null, audio: { ...audio, data: 'aGk=' } }),
    ...(variant % 2 ? [{ ...silent, usage: null }] : []),
    { ...silent, choices: [], usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } },
    ...(variant % 3 ? [chunkOf(mark, { audio: { ...audio, expires_at: 1760003600 } })] : []),
  ]
}

function chunkOf(mark: string, delta: JsonObject): JsonObject {
  const around = { id: `chatcmpl-1${mark}`, object, created: 1760000000, model: `gpt-audio-${mark}` }
  return { ...around, choices: [{ index: 0, delta, finish_reason: null }] }
}
