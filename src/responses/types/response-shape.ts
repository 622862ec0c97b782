/**
 * The snapshot of a response that its lifecycle events carry, with its usage and its errors.
 */
import type { OpenObject, OtherString } from '../../sse/open-types.js'
import type { OutputItem } from './item-shapes.js'

/** How far a response has come. A closed list: each event that ends a response goes with one of them (RE-16). */
export type ResponseStatus = 'queued' | 'in_progress' | 'completed' | 'failed' | 'incomplete' | 'cancelled'

/** What a response read. Codex cannot read the usage where the details are an object without the count (A06). */
export interface InputTokensDetails extends OpenObject {
  cached_tokens: number
  cache_write_tokens?: number | null | undefined
}

/** What a response wrote. As with `InputTokensDetails`, the count is needed where the object is there. */
export interface OutputTokensDetails extends OpenObject {
  reasoning_tokens: number
}

/** The tokens of a response; null before its end. */
export interface ResponseUsage extends OpenObject {
  input_tokens: number
  output_tokens: number
  total_tokens: number
  input_tokens_details?: InputTokensDetails | null | undefined
  output_tokens_details?: OutputTokensDetails | null | undefined
}

/** Why a response failed, in a word that clients read (D-48). An open list. */
export type ResponseErrorCode =
  | 'server_error'
  | 'rate_limit_exceeded'
  | 'invalid_prompt'
  | 'context_length_exceeded'
  | 'insufficient_quota'
  | 'server_is_overloaded'
  | 'bio_policy'
  | 'cyber_policy'
  | OtherString

/** Why a response failed. */
export interface ResponseError extends OpenObject {
  code: ResponseErrorCode
  message: string
}

/** Why a response is incomplete. */
export interface IncompleteDetails extends OpenObject {
  reason?: 'max_output_tokens' | 'content_filter' | OtherString | undefined
}

/**
 * A response as it stands when the event is sent; `Status` narrows it to the events of one stage of its life.
 *
 * Beyond the first six fields the snapshot repeats the request. The vendor's types promise more of that than its
 * recordings keep, and gateways keep less.
 */
export interface ResponseSnapshot<Status extends ResponseStatus = ResponseStatus> extends OpenObject {
  id: string
  object: 'response'
  created_at: number
  status: Status
  model: string
  output: OutputItem[]
  error?: ResponseError | null | undefined
  incomplete_details?: IncompleteDetails | null | undefined
  usage?: ResponseUsage | null | undefined
  background?: boolean | null | undefined
  completed_at?: number | null | undefined
  conversation?: OpenObject | null | undefined
  frequency_penalty?: number | null | undefined
  instructions?: string | OpenObject[] | null | undefined
  max_output_tokens?: number | null | undefined
  max_tool_calls?: number | null | undefined
  metadata?: OpenObject | null | undefined
  moderation?: OpenObject | null | undefined
  parallel_tool_calls?: boolean | null | undefined
  presence_penalty?: number | null | undefined
  previous_response_id?: string | null | undefined
  prompt?: OpenObject | null | undefined
  prompt_cache_key?: string | null | undefined
  prompt_cache_retention?: string | null | undefined
  reasoning?: OpenObject | null | undefined
  safety_identifier?: string | null | undefined
  service_tier?: string | null | undefined
  store?: boolean | null | undefined
  temperature?: number | null | undefined
  text?: OpenObject | null | undefined
  tool_choice?: string | OpenObject | null | undefined
  tool_usage?: OpenObject | null | undefined
  tools?: OpenObject[] | null | undefined
  top_logprobs?: number | null | undefined
  top_p?: number | null | undefined
  truncation?: string | null | undefined
  user?: string | null | undefined
}

/** A response that failed, which has to say why (D-48). */
export interface FailedResponse extends ResponseSnapshot<'failed'> {
  error: ResponseError
}
