import { z } from 'zod'
import { openEnum, openObject } from '../open.js'
import { outputItem } from './items.js'

const text = z.string().nullish()
const number = z.number().nullish()
const count = z.int().nullish()
const flag = z.boolean().nullish()
const object = openObject.nullish()

/** Schema of `ResponseStatus`. A closed list, unlike an item's. */
export const responseStatus = z.enum(['queued', 'in_progress', 'completed', 'failed', 'incomplete', 'cancelled'])

/** Schema of `InputTokensDetails`. */
export const inputTokensDetails = z.looseObject({ cached_tokens: z.int(), cache_write_tokens: count })

/** Schema of `OutputTokensDetails`. */
export const outputTokensDetails = z.looseObject({ reasoning_tokens: z.int() })

/** Schema of `ResponseUsage` (A06). */
export const responseUsage = z.looseObject({
  input_tokens: z.int(),
  output_tokens: z.int(),
  total_tokens: z.int(),
  input_tokens_details: inputTokensDetails.nullish(),
  output_tokens_details: outputTokensDetails.nullish(),
})

/** Schema of `ResponseErrorCode`: a string, whichever (D-48). */
export const responseErrorCode = openEnum([
  'server_error',
  'rate_limit_exceeded',
  'invalid_prompt',
  'context_length_exceeded',
  'insufficient_quota',
  'server_is_overloaded',
  'bio_policy',
  'cyber_policy',
])

/** Schema of `ResponseError`. */
export const responseError = z.looseObject({ code: responseErrorCode, message: z.string() })

/** Schema of `IncompleteDetails`. */
export const incompleteDetails = z.looseObject({
  reason: openEnum(['max_output_tokens', 'content_filter']).optional(),
})

/** Schema of `ResponseSnapshot` (A13): six fields are needed, and whatever else it says has to be of its type. */
export const responseSnapshot = z.looseObject({
  id: z.string(),
  object: z.literal('response'),
  created_at: z.number(),
  status: responseStatus,
  model: z.string(),
  output: z.array(outputItem),
  error: responseError.nullish(),
  incomplete_details: incompleteDetails.nullish(),
  usage: responseUsage.nullish(),
  background: flag,
  completed_at: number,
  conversation: object,
  frequency_penalty: number,
  instructions: z.union([z.string(), z.array(openObject)]).nullish(),
  max_output_tokens: count,
  max_tool_calls: count,
  metadata: object,
  moderation: object,
  parallel_tool_calls: flag,
  presence_penalty: number,
  previous_response_id: text,
  prompt: object,
  prompt_cache_key: text,
  prompt_cache_retention: text,
  reasoning: object,
  safety_identifier: text,
  service_tier: text,
  store: flag,
  temperature: number,
  text: object,
  tool_choice: z.union([z.string(), openObject]).nullish(),
  tool_usage: object,
  tools: z.array(openObject).nullish(),
  top_logprobs: count,
  top_p: number,
  truncation: text,
  user: text,
})

/** Schema of `FailedResponse` (D-48). */
export const failedResponse = responseSnapshot.extend({ status: z.literal('failed'), error: responseError })
