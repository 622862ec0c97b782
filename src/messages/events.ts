/**
 * The events of `POST /v1/messages` as types, with nothing of them left at run time.
 *
 * Two habits run through the file. Fields that are not declared pass, hence the index signature. And every place
 * where the protocol may grow (event, block and delta types, stop reasons) says so in its type.
 */

import type { OpenObject, OtherString, UnknownType } from '../sse/open-types.js'

export type { OpenObject, OtherString, UnknownType } from '../sse/open-types.js'

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

/** What kind of error an `error` event tells of. An open list. */
export type ErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'billing_error'
  | 'permission_error'
  | 'not_found_error'
  | 'conflict_error'
  | 'request_too_large'
  | 'rate_limit_error'
  | 'timeout_error'
  | 'api_error'
  | 'overloaded_error'
  | OtherString

// Usage

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

// Message

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

// Blocks

/** Where a piece of text comes from. Only `type` is sure: the fields depend on the kind of source. */
export interface Citation extends OpenObject {
  type:
    | 'char_location'
    | 'page_location'
    | 'content_block_location'
    | 'search_result_location'
    | 'web_search_result_location'
    | OtherString
}

/** Who called a tool: the model itself, or code that it runs. */
export interface Caller extends OpenObject {
  type: string
}

/**
 * What a hosted tool answered, or why it failed.
 *
 * Only `type` is declared: these objects belong to the tool and not to the stream's grammar, and change with each
 * version of it.
 */
export interface ToolResultContent extends OpenObject {
  type: string
}

/** A block of text; starts with `text: ""` and grows by `text_delta` and `citations_delta`. */
export interface TextBlock extends OpenObject {
  type: 'text'
  text: string
  citations?: Citation[] | null | undefined
}

/** A block of thinking; grows by `thinking_delta` and ends with `signature_delta`. Early streams start without `signature`. */
export interface ThinkingBlock extends OpenObject {
  type: 'thinking'
  thinking: string
  signature?: string | undefined
}

/** Thinking that only the vendor can read; complete when it starts. */
export interface RedactedThinkingBlock extends OpenObject {
  type: 'redacted_thinking'
  data: string
}

/** A call of one of the client's tools; `input` grows by `input_json_delta`, or comes whole in the start. */
export interface ToolUseBlock extends OpenObject {
  type: 'tool_use'
  id: string
  name: string
  input: OpenObject
  caller?: Caller | null | undefined
  toolset_name?: string | null | undefined
}

/** A call of a tool that the vendor runs; `input` as in `ToolUseBlock`. */
export interface ServerToolUseBlock extends OpenObject {
  type: 'server_tool_use'
  id: string
  name: string
  input: OpenObject
  caller?: Caller | null | undefined
}

/** Beta: a call of a tool of an MCP server; `input` as in `ToolUseBlock`. */
export interface McpToolUseBlock extends OpenObject {
  type: 'mcp_tool_use'
  id: string
  name: string
  server_name: string
  input: OpenObject
}

/** What the web search found: a list of results, or one error object. Complete when it starts. */
export interface WebSearchToolResultBlock extends OpenObject {
  type: 'web_search_tool_result'
  tool_use_id: string
  content: ToolResultContent[] | ToolResultContent
  caller?: Caller | null | undefined
}

/** What the web fetch brought, or why it failed. Complete when it starts. */
export interface WebFetchToolResultBlock extends OpenObject {
  type: 'web_fetch_tool_result'
  tool_use_id: string
  content: ToolResultContent
  caller?: Caller | null | undefined
}

/** What the run code gave. Complete when it starts. */
export interface CodeExecutionToolResultBlock extends OpenObject {
  type: 'code_execution_tool_result'
  tool_use_id: string
  content: ToolResultContent
}

/** What the shell command gave. Complete when it starts. */
export interface BashCodeExecutionToolResultBlock extends OpenObject {
  type: 'bash_code_execution_tool_result'
  tool_use_id: string
  content: ToolResultContent
}

/** What the file command gave. Complete when it starts. */
export interface TextEditorCodeExecutionToolResultBlock extends OpenObject {
  type: 'text_editor_code_execution_tool_result'
  tool_use_id: string
  content: ToolResultContent
}

/** Which tools the search found. Complete when it starts. */
export interface ToolSearchToolResultBlock extends OpenObject {
  type: 'tool_search_tool_result'
  tool_use_id: string
  content: ToolResultContent
}

/** Beta: what the advising model answered. Complete when it starts. */
export interface AdvisorToolResultBlock extends OpenObject {
  type: 'advisor_tool_result'
  tool_use_id: string
  content: ToolResultContent
}

/** Beta: what the tool of an MCP server answered: plain text or a list of blocks. Complete when it starts. */
export interface McpToolResultBlock extends OpenObject {
  type: 'mcp_tool_result'
  tool_use_id: string
  is_error: boolean
  content: string | ToolResultContent[]
}

/** A file that was put into the container. Complete when it starts. */
export interface ContainerUploadBlock extends OpenObject {
  type: 'container_upload'
  file_id: string
}

/** Beta: from here on another model answers. Complete when it starts. */
export interface FallbackBlock extends OpenObject {
  type: 'fallback'
  from: FallbackModel
  to: FallbackModel
  trigger: FallbackTrigger
}

/** One of the two models of a `FallbackBlock`. */
export interface FallbackModel extends OpenObject {
  model: string
}

/** Why a `FallbackBlock` was sent. */
export interface FallbackTrigger extends OpenObject {
  type: string
}

/** Beta: the tools that an MCP server offers. Complete when it starts. */
export interface McpToolListingBlock extends OpenObject {
  type: 'mcp_tool_listing'
  mcp_server_name: string
  tools: OpenObject[]
}

/** Beta: a summary in place of the conversation so far; starts with `content: null`. */
export interface CompactionBlock extends OpenObject {
  type: 'compaction'
  content: string | null
  encrypted_content?: string | null | undefined
  signature?: string | null | undefined
  tool_changes?: OpenObject[] | null | undefined
}

/** A block that is newer than this package. */
export interface UnknownBlock extends OpenObject {
  type: UnknownType
}

/** Every block that this package knows by its type. */
export type KnownContentBlock =
  | TextBlock
  | ThinkingBlock
  | RedactedThinkingBlock
  | ToolUseBlock
  | ServerToolUseBlock
  | McpToolUseBlock
  | WebSearchToolResultBlock
  | WebFetchToolResultBlock
  | CodeExecutionToolResultBlock
  | BashCodeExecutionToolResultBlock
  | TextEditorCodeExecutionToolResultBlock
  | ToolSearchToolResultBlock
  | AdvisorToolResultBlock
  | McpToolResultBlock
  | ContainerUploadBlock
  | FallbackBlock
  | McpToolListingBlock
  | CompactionBlock

/** Any block of a message. */
export type ContentBlock = KnownContentBlock | UnknownBlock

// Deltas

/** More text of a text block. */
export interface TextDelta extends OpenObject {
  type: 'text_delta'
  text: string
}

/** One more source of a text block. */
export interface CitationsDelta extends OpenObject {
  type: 'citations_delta'
  citation: Citation
}

/** More thinking of a thinking block. */
export interface ThinkingDelta extends OpenObject {
  type: 'thinking_delta'
  thinking: string
  estimated_tokens?: number | null | undefined
}

/** The signature of a thinking block; the last delta before its stop. */
export interface SignatureDelta extends OpenObject {
  type: 'signature_delta'
  signature: string
}

/** More of the JSON text of a tool call's input. */
export interface InputJsonDelta extends OpenObject {
  type: 'input_json_delta'
  partial_json: string
}

/** Beta: the content of a compaction block. It is set by this, not appended. */
export interface CompactionDelta extends OpenObject {
  type: 'compaction_delta'
  content: string | null
  encrypted_content?: string | null | undefined
}

/** A delta that is newer than this package. */
export interface UnknownDelta extends OpenObject {
  type: UnknownType
}

/** Every delta that this package knows by its type. */
export type KnownContentDelta =
  | TextDelta
  | CitationsDelta
  | ThinkingDelta
  | SignatureDelta
  | InputJsonDelta
  | CompactionDelta

/** Any delta of a block. */
export type ContentDelta = KnownContentDelta | UnknownDelta

// Events

/** The first event of a message. */
export interface MessageStartEvent extends OpenObject {
  type: 'message_start'
  message: Message
}

/** Opens the block at `index`. */
export interface ContentBlockStartEvent extends OpenObject {
  type: 'content_block_start'
  index: number
  content_block: ContentBlock
}

/** Adds to the open block at `index`. */
export interface ContentBlockDeltaEvent extends OpenObject {
  type: 'content_block_delta'
  index: number
  delta: ContentDelta
}

/** Closes the block at `index`. */
export interface ContentBlockStopEvent extends OpenObject {
  type: 'content_block_stop'
  index: number
}

/** What a `message_delta` changes in the message. */
export interface MessageDelta extends OpenObject {
  stop_reason: StopReason | null
  /** Left out by a recorded stream, and by several servers. */
  stop_sequence?: string | null | undefined
  container?: OpenObject | null | undefined
  stop_details?: OpenObject | null | undefined
}

/** Tells why the model stopped and what it used. */
export interface MessageDeltaEvent extends OpenObject {
  type: 'message_delta'
  delta: MessageDelta
  usage: MessageDeltaUsage
  context_management?: OpenObject | null | undefined
  input_transformations?: OpenObject[] | null | undefined
}

/** The success terminal. */
export interface MessageStopEvent extends OpenObject {
  type: 'message_stop'
}

/** A sign of life, anywhere in the stream (AN-17). */
export interface PingEvent extends OpenObject {
  type: 'ping'
}

/** The error terminal (AN-19, AN-20). */
export interface ErrorEvent extends OpenObject {
  type: 'error'
  error: ErrorDetail
  request_id?: string | null | undefined
}

/** What an `error` event tells. */
export interface ErrorDetail extends OpenObject {
  type: ErrorType
  message: string
}

/** An event of the families `message_*` and `content_block_*` that is newer than this package (AN-18). */
export interface UnknownEvent extends OpenObject {
  type: UnknownType
}

/** Every event that this package knows by its type. */
export type KnownMessagesEvent =
  | MessageStartEvent
  | ContentBlockStartEvent
  | ContentBlockDeltaEvent
  | ContentBlockStopEvent
  | MessageDeltaEvent
  | MessageStopEvent
  | PingEvent
  | ErrorEvent

/**
 * Any event of a `/v1/messages` stream. `type` narrows it, although unknown events are part of it.
 *
 * @example
 * ```ts
 * function textOf(event: MessagesEvent): string {
 *   if (event.type !== 'content_block_delta') return ''
 *   return event.delta.type === 'text_delta' ? event.delta.text : ''
 * }
 * ```
 */
export type MessagesEvent = KnownMessagesEvent | UnknownEvent
