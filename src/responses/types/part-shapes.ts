/**
 * The parts that items are made of, and what hangs on them.
 */
import type { OpenObject, OtherString, UnknownType } from '../../sse/open-types.js'

// Annotations

/** A file from which the text takes something. */
export interface FileCitationAnnotation extends OpenObject {
  type: 'file_citation'
  file_id: string
  index: number
  filename?: string | null | undefined
}

/** A web page from which a stretch of the text takes something. */
export interface UrlCitationAnnotation extends OpenObject {
  type: 'url_citation'
  url: string
  title: string
  start_index: number
  end_index: number
}

/** A file of a container that a stretch of the text names. */
export interface ContainerFileCitationAnnotation extends OpenObject {
  type: 'container_file_citation'
  container_id: string
  file_id: string
  start_index: number
  end_index: number
  filename?: string | null | undefined
}

/** A file that the text gives as a path. */
export interface FilePathAnnotation extends OpenObject {
  type: 'file_path'
  file_id: string
  index: number
}

/** An annotation that is newer than this package. */
export interface UnknownAnnotation extends OpenObject {
  type: UnknownType
}

/** Every annotation that this package knows by its type. */
export type KnownAnnotation =
  | FileCitationAnnotation
  | UrlCitationAnnotation
  | ContainerFileCitationAnnotation
  | FilePathAnnotation

/** Any annotation of a text. */
export type Annotation = KnownAnnotation | UnknownAnnotation

// Log probabilities

/** A token that might have stood in another's place. */
export interface TopLogprob extends OpenObject {
  token?: string | undefined
  logprob?: number | undefined
  bytes?: number[] | null | undefined
}

/** How likely a token was. Deltas leave `bytes` out, and parts have it. */
export interface Logprob extends OpenObject {
  token: string
  logprob: number
  bytes?: number[] | null | undefined
  top_logprobs?: TopLogprob[] | null | undefined
}

// Parts

/** Text of a message; grows by `response.output_text.delta`. */
export interface OutputTextPart extends OpenObject {
  type: 'output_text'
  text: string
  annotations: Annotation[]
  logprobs?: Logprob[] | null | undefined
}

/** A refusal in a message; grows by `response.refusal.delta`. */
export interface RefusalPart extends OpenObject {
  type: 'refusal'
  refusal: string
}

/** Raw text of a reasoning item; grows by `response.reasoning_text.delta`. */
export interface ReasoningTextPart extends OpenObject {
  type: 'reasoning_text'
  text: string
}

/** A piece of a reasoning item's summary; grows by `response.reasoning_summary_text.delta`. */
export interface SummaryTextPart extends OpenObject {
  type: 'summary_text'
  text: string
}

/** A part that is newer than this package. */
export interface UnknownPart extends OpenObject {
  type: UnknownType
}

/** Every part that this package knows by its type. */
export type KnownPart = OutputTextPart | RefusalPart | ReasoningTextPart | SummaryTextPart

/** A part of a message's `content`. */
export type MessagePart = OutputTextPart | RefusalPart | UnknownPart

/** A part of a reasoning item's `content`. */
export type ReasoningPart = ReasoningTextPart | UnknownPart

/** A part of a reasoning item's `summary`. */
export type SummaryPart = SummaryTextPart | UnknownPart

/** A part of any item's `content`, as `response.content_part.added` brings it. */
export type ContentPart = OutputTextPart | RefusalPart | ReasoningTextPart | UnknownPart

// Fields that items of several types share

/** How far an item has come. An open list: some are the state of one kind of item only. */
export type ItemStatus =
  | 'in_progress'
  | 'completed'
  | 'incomplete'
  | 'failed'
  | 'searching'
  | 'interpreting'
  | 'generating'
  | 'calling'
  | OtherString

/** Who called a tool: the model itself, or a program that it wrote. */
export interface ToolCaller extends OpenObject {
  type: string
}

/** What a tool answered: plain text, or a list of input parts. */
export type ToolOutput = string | OpenObject[]
