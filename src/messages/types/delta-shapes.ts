/** What a block grows by. */
import type { OpenObject, UnknownType } from '../../sse/open-types.js'
import type { Citation } from './block-shapes.js'

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
