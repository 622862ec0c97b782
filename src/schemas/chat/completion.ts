import { z } from 'zod'
import { openObject } from '../open.js'
import { chatLogprobs, finishReason } from './choices.js'
import { absent, index } from './fields.js'
import { contentFilterResults, promptFilterResult } from './filters.js'
import { calledFunction, chatToolCall } from './tool-calls.js'
import { chatUsage } from './usage.js'

const text = z.string().nullish()

/** Schema of `ChatAudio`. */
export const chatAudio = z.looseObject({
  id: z.string(),
  data: z.string(),
  transcript: z.string(),
  expires_at: z.number(),
})

/** Schema of `ChatCompletionMessage`. */
export const chatCompletionMessage = z.looseObject({
  role: z.literal('assistant'),
  content: text,
  refusal: text,
  tool_calls: z.array(chatToolCall).nullish(),
  function_call: calledFunction.nullish(),
  audio: chatAudio.nullish(),
  reasoning_content: text,
  reasoning: text,
  reasoning_details: z.array(openObject).nullish(),
  annotations: z.array(openObject).nullish(),
})

/** Schema of `ChatCompletionChoice`. */
export const chatCompletionChoice = z.looseObject({
  index,
  message: chatCompletionMessage,
  finish_reason: finishReason,
  logprobs: chatLogprobs.nullish(),
  content_filter_results: contentFilterResults.nullish(),
})

/**
 * Schema of `ChatCompletion`: the whole answer that a request without `stream` gets. It is no event.
 *
 * @example
 * ```ts
 * chatCompletion.parse(await response.json()).choices[0]?.message.content
 * ```
 */
export const chatCompletion = z.looseObject({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.number(),
  model: z.string(),
  choices: z.array(chatCompletionChoice),
  error: absent,
  usage: chatUsage.nullish(),
  service_tier: text,
  system_fingerprint: text,
  metadata: openObject.nullish(),
  moderation: openObject.nullish(),
  prompt_filter_results: z.array(promptFilterResult).nullish(),
})
