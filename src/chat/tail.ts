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
