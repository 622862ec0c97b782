/** The message: what it says of itself, why it stopped and what it used. */
import type { OpenObject, OtherString } from '../../sse/open-types.js'
import type { ContentBlock } from './block-shapes.js'

/** Why the model stopped. An open list: a reason that is newer than this package passes. */
export type StopReason =
  | 'end_turn'
  | 'max_tokens'
  | 'stop_sequence'
  | 'tool_use'
  | 'pause_turn'
  | 'refusal'
  | 'model_context_window_exceeded'
  | 'compaction'
  | OtherString

/** What both usages may carry. Every count may be null, and each newer model adds some. */
interface UsageDetails extends OpenObject {
  cache_creation_input_tokens?: number | null | undefined
  cache_read_input_tokens?: number | null | undefined
  server_tool_use?: OpenObject | null | undefined
  output_tokens_details?: OpenObject | null | undefined
  /** Beta: one entry for each model call behind the message. */
  iterations?: OpenObject[] | null | undefined
  /** Beta. */
  fallback_credit?: OpenObject | null | undefined
}

/** The usage of a `Message`: what was read so far, and the first tokens written. */
export interface Usage extends UsageDetails {
  input_tokens: number
  output_tokens: number
  cache_creation?: OpenObject | null | undefined
  service_tier?: string | null | undefined
  inference_geo?: string | null | undefined
  speed?: string | null | undefined
}

/** The usage of a `message_delta`: cumulative, so it replaces what stood before and is never added to it (AN-23). */
export interface MessageDeltaUsage extends UsageDetails {
  output_tokens: number
  input_tokens?: number | null | undefined
}

/**
 * The message that `message_start` opens.
 *
 * `content` is empty, but for streams that come prefilled with tool calls (and then `stop_reason` may be set as well).
 */
export interface Message extends OpenObject {
  id: string
  type: 'message'
  role: 'assistant'
  model: string
  content: ContentBlock[]
  stop_reason: StopReason | null
  stop_sequence: string | null
  usage: Usage
  container?: OpenObject | null | undefined
  context_management?: OpenObject | null | undefined
  diagnostics?: OpenObject | null | undefined
  input_transformations?: OpenObject[] | null | undefined
  stop_details?: OpenObject | null | undefined
}

/** What a `message_delta` changes in the message. */
export interface MessageDelta extends OpenObject {
  stop_reason: StopReason | null
  /** Left out by a recorded stream, and by several servers. */
  stop_sequence?: string | null | undefined
  container?: OpenObject | null | undefined
  stop_details?: OpenObject | null | undefined
}
