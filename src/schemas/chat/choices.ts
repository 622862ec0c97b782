import { z } from 'zod'
import type { ChatChoice } from '../../chat/types/events.js'
import { openEnum, openObject } from '../open.js'
import { absent, chosen, index } from './fields.js'
import { contentFilterOffsets, contentFilterResults } from './filters.js'
import { chatToolCallDelta, functionDelta } from './tool-calls.js'

const text = z.string().nullish()
const bytes = z.array(z.number()).nullish()

/** Schema of `FinishReason`. The empty one is none (CH-4), and an error that hides here is seen by no client (C-E08). */
export const finishReason = openEnum(['stop', 'length', 'tool_calls', 'content_filter', 'function_call']).refine(
  (reason) => reason !== '' && reason !== 'error',
  'Not a reason to finish',
)

/** Schema of `ChatTopLogprob`. */
export const chatTopLogprob = z.looseObject({ token: z.string(), logprob: z.number(), bytes })

/** Schema of `ChatLogprob`. */
export const chatLogprob = z.looseObject({
  token: z.string(),
  logprob: z.number(),
  bytes,
  top_logprobs: z.array(chatTopLogprob).nullish(),
})

/** Schema of `ChatLogprobs`. */
export const chatLogprobs = z.looseObject({
  content: z.array(chatLogprob).nullish(),
  refusal: z.array(chatLogprob).nullish(),
})

/** Schema of `ChatAudioDelta`. */
export const chatAudioDelta = z.looseObject({
  id: text,
  data: text,
  transcript: text,
  expires_at: z.number().nullish(),
})

/** Schema of `ChatDelta`. Whether it is the first of its choice, which has a role, is not looked at (CH-3). */
export const chatDelta = z.looseObject({
  role: z.literal('assistant').nullish(),
  content: text,
  refusal: text,
  tool_calls: z.array(chatToolCallDelta).nullish(),
  function_call: functionDelta.nullish(),
  audio: chatAudioDelta.nullish(),
  reasoning_content: text,
  reasoning: text,
  reasoning_details: z.array(openObject).nullish(),
  annotations: z.array(openObject).nullish(),
})

const filtered = {
  content_filter_results: contentFilterResults.nullish(),
  content_filter_offsets: contentFilterOffsets.nullish(),
}

/** Schema of `ChatDeltaChoice`. */
export const chatDeltaChoice = z.looseObject({
  index,
  delta: chatDelta,
  finish_reason: finishReason.nullish(),
  logprobs: chatLogprobs.nullish(),
  ...filtered,
})

const isFiltered = (choice: object) => Object.keys(choice).some((field) => field.startsWith('content_filter_'))

/** Schema of `ChatFilterChoice` (A18). */
export const chatFilterChoice = z
  .looseObject({
    index,
    delta: absent,
    finish_reason: z.null().optional(),
    logprobs: z.null().optional(),
    ...filtered,
  })
  .refine(isFiltered, 'Neither a delta nor the verdict of a filter')

/** Schema of `ChatChoice`. An end needs a delta, without which clients lose it (B09). */
export const chatChoice: z.ZodType<ChatChoice> = chosen((choice) => {
  const isVerdict = choice['delta'] === undefined && choice['finish_reason'] == null && isFiltered(choice)
  return isVerdict ? chatFilterChoice : chatDeltaChoice
})
