import { z } from 'zod'

const count = z.int().nullish()

/** Schema of `PromptTokensDetails`. */
export const promptTokensDetails = z.looseObject({
  cached_tokens: count,
  cache_write_tokens: count,
  audio_tokens: count,
  image_tokens: count,
  text_tokens: count,
})

/** Schema of `CompletionTokensDetails`. */
export const completionTokensDetails = z.looseObject({
  reasoning_tokens: count,
  accepted_prediction_tokens: count,
  rejected_prediction_tokens: count,
  audio_tokens: count,
  text_tokens: count,
})

/** Schema of `ChatUsage` (B05). */
export const chatUsage = z.looseObject({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
  prompt_tokens_details: promptTokensDetails.nullish(),
  completion_tokens_details: completionTokensDetails.nullish(),
})
