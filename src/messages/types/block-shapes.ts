/** The blocks of a message, but for those of tools. */
import type { OpenObject, OtherString, UnknownType } from '../../sse/open-types.js'
import type { KnownToolBlock } from './tool-block-shapes.js'

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
  | KnownToolBlock
  | ContainerUploadBlock
  | FallbackBlock
  | CompactionBlock

/** Any block of a message. */
export type ContentBlock = KnownContentBlock | UnknownBlock
