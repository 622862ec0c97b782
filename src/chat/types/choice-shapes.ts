/**
 * What a chunk says of each choice.
 */
import type { OpenObject, OtherString } from '../../sse/open-types.js'
import type { ContentFilterOffsets, ContentFilterResults } from './filter-shapes.js'
import type { ChatToolCallDelta, FunctionDelta } from './tool-call-shapes.js'

/** Why the model stopped. An open list, in which neither `''` nor `error` can be (CH-4, C-E08). */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call' | OtherString

/** A token that was likely too. */
export interface ChatTopLogprob extends OpenObject {
  token: string
  logprob: number
  bytes?: number[] | null | undefined
}

/** How likely a token was. */
export interface ChatLogprob extends OpenObject {
  token: string
  logprob: number
  bytes?: number[] | null | undefined
  top_logprobs?: ChatTopLogprob[] | null | undefined
}

/** How likely the tokens of a delta were, or of a whole message. */
export interface ChatLogprobs extends OpenObject {
  content?: ChatLogprob[] | null | undefined
  refusal?: ChatLogprob[] | null | undefined
}

/** A piece of speech. The id comes first, the time until which it is kept comes last. */
export interface ChatAudioDelta extends OpenObject {
  id?: string | null | undefined
  /** Base64 of the bytes. */
  data?: string | null | undefined
  transcript?: string | null | undefined
  expires_at?: number | null | undefined
}

/** Adds to the message of a choice. */
export interface ChatDelta extends OpenObject {
  /** On the first delta of a choice (CH-3); recordings have null on later ones. */
  role?: 'assistant' | null | undefined
  content?: string | null | undefined
  refusal?: string | null | undefined
  tool_calls?: ChatToolCallDelta[] | null | undefined
  /** What `tool_calls` replaced; it remains where the request asked for it. Hardly a client reads it any more (B08). */
  function_call?: FunctionDelta | null | undefined
  audio?: ChatAudioDelta | null | undefined
  /** Not OpenAI's: the name that DeepSeek gave to what the model thinks, and many vendors took over (B14). */
  reasoning_content?: string | null | undefined
  /** The same under the name of OpenRouter and Groq. */
  reasoning?: string | null | undefined
  /** OpenRouter's: the same again in parts, with what has to be sent back. */
  reasoning_details?: OpenObject[] | null | undefined
  annotations?: OpenObject[] | null | undefined
}

/** A choice that goes on, or ends. */
export interface ChatDeltaChoice extends OpenObject {
  /** The choice's place among the `n` that were asked for, counted from 0 (CH-2). */
  index: number
  delta: ChatDelta
  /** Not null on one chunk of each choice (CH-4). Several vendors leave the key out before. */
  finish_reason?: FinishReason | null | undefined
  logprobs?: ChatLogprobs | null | undefined
  content_filter_results?: ContentFilterResults | null | undefined
  content_filter_offsets?: ContentFilterOffsets | null | undefined
}

/** Azure's verdict on text that has gone out before: no delta, and no end of the choice (A18). */
export interface ChatFilterChoice extends OpenObject {
  index: number
  delta?: undefined
  finish_reason?: null | undefined
  logprobs?: null | undefined
  content_filter_results?: ContentFilterResults | null | undefined
  content_filter_offsets?: ContentFilterOffsets | null | undefined
}

/** What a chunk says of one choice; whether there is a `delta` narrows it. */
export type ChatChoice = ChatDeltaChoice | ChatFilterChoice
