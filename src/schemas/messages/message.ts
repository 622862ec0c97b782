import { z } from 'zod'
import { openEnum, openObject } from '../open.js'
import { contentBlock } from './blocks.js'

/** Schema of `StopReason`. */
export const stopReason = openEnum([
  'end_turn',
  'max_tokens',
  'stop_sequence',
  'tool_use',
  'pause_turn',
  'refusal',
  'model_context_window_exceeded',
  'compaction',
])

const usageDetails = {
  cache_creation_input_tokens: z.int().nullish(),
  cache_read_input_tokens: z.int().nullish(),
  server_tool_use: openObject.nullish(),
  output_tokens_details: openObject.nullish(),
  iterations: z.array(openObject).nullish(),
  fallback_credit: openObject.nullish(),
}

/** Schema of `Usage` (AN-3). */
export const usage = z.looseObject({
  ...usageDetails,
  input_tokens: z.int(),
  output_tokens: z.int(),
  cache_creation: openObject.nullish(),
  service_tier: z.string().nullish(),
  inference_geo: z.string().nullish(),
  speed: z.string().nullish(),
})

/** Schema of `MessageDeltaUsage` (AN-9). */
export const messageDeltaUsage = z.looseObject({
  ...usageDetails,
  output_tokens: z.int(),
  input_tokens: z.int().nullish(),
})

/** Schema of `Message`. */
export const message = z.looseObject({
  id: z.string(),
  type: z.literal('message'),
  role: z.literal('assistant'),
  model: z.string(),
  content: z.array(contentBlock),
  stop_reason: stopReason.nullable(),
  stop_sequence: z.string().nullable(),
  usage,
  // The vendor's own types promise these, and its recordings leave them out.
  container: openObject.nullish(),
  context_management: openObject.nullish(),
  diagnostics: openObject.nullish(),
  input_transformations: z.array(openObject).nullish(),
  stop_details: openObject.nullish(),
})
