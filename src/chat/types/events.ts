/**
 * The events of `POST /v1/chat/completions` as types, with nothing of them left at run time.
 *
 * Two habits run through these files. Fields that are not declared pass, hence the index signature. And every place
 * where vendors invent words (finish reasons, tool types, severities) says so in its type. Chat has no `type` that tells
 * its events apart, so each of them declares what it never carries: `error` and `choices` narrow where `type` would.
 */
import type { OpenObject } from '../../sse/open-types.js'
import type { ChatChoice, ChatFilterChoice } from './choice-shapes.js'
import type { ChatError } from './error-shape.js'
import type { PromptFilterResult } from './filter-shapes.js'
import type { ChatUsage } from './usage-shape.js'

export type { OpenObject, OtherString, UnknownType } from '../../sse/open-types.js'
export type * from './choice-shapes.js'
export type * from './completion-shape.js'
export type * from './error-shape.js'
export type * from './filter-shapes.js'
export type * from './tool-call-shapes.js'
export type * from './usage-shape.js'

/** What every chunk carries (CH-2, CH-13), and what it may. */
interface ChunkEnvelope extends OpenObject {
  /** The same in every chunk, where the vendor has ids at all; some send the empty string throughout. */
  id: string
  /** Seconds since 1970; gateways also send milliseconds, and another time in each chunk. */
  created: number
  model: string
  /** Never here, not even as null: there are clients that take the key for an error (B15). */
  error?: undefined
  service_tier?: string | null | undefined
  system_fingerprint?: string | null | undefined
  /** Padding that hides from an eavesdropper how long the delta is. Read by nobody. */
  obfuscation?: string | null | undefined
  moderation?: OpenObject | null | undefined
  /** Azure's verdict on the prompt. */
  prompt_filter_results?: PromptFilterResult[] | null | undefined
}

/** A piece of an answer; `choices` is empty where it carries the usage alone (CH-1, CH-12). */
export interface ChatCompletionChunk extends ChunkEnvelope {
  object: 'chat.completion.chunk'
  choices: ChatChoice[]
  usage?: ChatUsage | null | undefined
}

/** What Azure's filter sends before an answer and beside it: often without id and model, and never a delta (A18). */
export interface ChatFilterChunk extends ChunkEnvelope {
  object: ''
  choices: ChatFilterChoice[]
  usage?: null | undefined
}

/** A chunk that says nothing, as audio streams hold between their pieces (A17). A usage needs `choices` beside it (CH-1). */
export interface ChatBareChunk extends ChunkEnvelope {
  object: 'chat.completion.chunk'
  choices?: undefined
  usage?: null | undefined
}

/** The error terminal, behind which only `[DONE]` may come. Beside `choices` clients would not see it (CH-15). */
export interface ChatErrorEvent extends OpenObject {
  error: ChatError
  choices?: undefined
}

/**
 * Any event of a `/v1/chat/completions` stream; `[DONE]` is none, for it is no JSON.
 *
 * @example
 * ```ts
 * function textOf(event: ChatEvent): string {
 *   if (event.error !== undefined) throw new Error(event.error.message)
 *   return (event.choices ?? []).map((choice) => choice.delta?.content ?? '').join('')
 * }
 * ```
 */
export type ChatEvent = ChatCompletionChunk | ChatFilterChunk | ChatBareChunk | ChatErrorEvent
