/**
 * The answer in one piece, which a request without `stream` gets.
 */
import type { OpenObject } from '../../sse/open-types.js'
import type { ChatLogprobs, FinishReason } from './choice-shapes.js'
import type { ContentFilterResults, PromptFilterResult } from './filter-shapes.js'
import type { CalledFunction, ChatToolCall } from './tool-call-shapes.js'
import type { ChatUsage } from './usage-shape.js'

/** What was spoken. */
export interface ChatAudio extends OpenObject {
  id: string
  /** Base64 of the bytes. */
  data: string
  transcript: string
  expires_at: number
}

/** A whole message. */
export interface ChatCompletionMessage extends OpenObject {
  role: 'assistant'
  /** Null where the model only called tools or spoke; some gateways leave it out then. */
  content?: string | null | undefined
  refusal?: string | null | undefined
  tool_calls?: ChatToolCall[] | null | undefined
  function_call?: CalledFunction | null | undefined
  audio?: ChatAudio | null | undefined
  reasoning_content?: string | null | undefined
  reasoning?: string | null | undefined
  reasoning_details?: OpenObject[] | null | undefined
  annotations?: OpenObject[] | null | undefined
}

/** One of the `n` answers that were asked for. */
export interface ChatCompletionChoice extends OpenObject {
  index: number
  message: ChatCompletionMessage
  finish_reason: FinishReason
  logprobs?: ChatLogprobs | null | undefined
  content_filter_results?: ContentFilterResults | null | undefined
}

/** A whole answer. */
export interface ChatCompletion extends OpenObject {
  id: string
  object: 'chat.completion'
  created: number
  model: string
  choices: ChatCompletionChoice[]
  error?: undefined
  usage?: ChatUsage | null | undefined
  service_tier?: string | null | undefined
  system_fingerprint?: string | null | undefined
  metadata?: OpenObject | null | undefined
  moderation?: OpenObject | null | undefined
  prompt_filter_results?: PromptFilterResult[] | null | undefined
}
