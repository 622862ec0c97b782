/**
 * The tokens of an answer, whole or streamed.
 */
import type { OpenObject } from '../../sse/open-types.js'

/** What was read. Every count may be null, and each vendor adds some. */
export interface PromptTokensDetails extends OpenObject {
  cached_tokens?: number | null | undefined
  cache_write_tokens?: number | null | undefined
  audio_tokens?: number | null | undefined
  image_tokens?: number | null | undefined
  text_tokens?: number | null | undefined
}

/** What was written. */
export interface CompletionTokensDetails extends OpenObject {
  reasoning_tokens?: number | null | undefined
  accepted_prediction_tokens?: number | null | undefined
  rejected_prediction_tokens?: number | null | undefined
  audio_tokens?: number | null | undefined
  text_tokens?: number | null | undefined
}

/** The tokens of an answer. Where more than one chunk has them, the last counts (CH-12). */
export interface ChatUsage extends OpenObject {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  prompt_tokens_details?: PromptTokensDetails | null | undefined
  completion_tokens_details?: CompletionTokensDetails | null | undefined
}
