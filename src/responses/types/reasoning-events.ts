/**
 * The events about what the model thinks: summaries, and raw text under the names of three vendors.
 */
import type { ContentPartEvent, Obfuscated, SummaryPartEvent } from './event-fields.js'
import type { ReasoningPart, SummaryPart } from './part-shapes.js'

/** Announces the summary part at `summary_index`. */
export interface ResponseReasoningSummaryPartAddedEvent extends SummaryPartEvent {
  type: 'response.reasoning_summary_part.added'
  part: SummaryPart
}

/** Gives the summary part at `summary_index` whole; `status` says so where it was cut. */
export interface ResponseReasoningSummaryPartDoneEvent extends SummaryPartEvent {
  type: 'response.reasoning_summary_part.done'
  part: SummaryPart
  status?: string | null | undefined
}

/** More of a summary. */
export interface ResponseReasoningSummaryTextDeltaEvent extends SummaryPartEvent, Obfuscated {
  type: 'response.reasoning_summary_text.delta'
  delta: string
}

/** The whole text of a summary part. */
export interface ResponseReasoningSummaryTextDoneEvent extends SummaryPartEvent {
  type: 'response.reasoning_summary_text.done'
  text: string
}

/** More raw reasoning, as OpenAI names it. */
export interface ResponseReasoningTextDeltaEvent extends ContentPartEvent, Obfuscated {
  type: 'response.reasoning_text.delta'
  delta: string
}

/** The whole raw reasoning of a part, as OpenAI names it. */
export interface ResponseReasoningTextDoneEvent extends ContentPartEvent {
  type: 'response.reasoning_text.done'
  text: string
}

/** More raw reasoning, as Open Responses names it. */
export interface ResponseReasoningDeltaEvent extends ContentPartEvent, Obfuscated {
  type: 'response.reasoning.delta'
  delta: string
}

/** The whole raw reasoning of a part, as Open Responses names it. */
export interface ResponseReasoningDoneEvent extends ContentPartEvent {
  type: 'response.reasoning.done'
  text: string
}

/** Announces a part of raw reasoning, as vLLM and Bedrock do in place of `response.content_part.added`. */
export interface ResponseReasoningPartAddedEvent extends ContentPartEvent {
  type: 'response.reasoning_part.added'
  part: ReasoningPart
}

/** Gives a part of raw reasoning whole, as vLLM and Bedrock do in place of `response.content_part.done`. */
export interface ResponseReasoningPartDoneEvent extends ContentPartEvent {
  type: 'response.reasoning_part.done'
  part: ReasoningPart
}

/** Every event about what the model thinks. */
export type ReasoningEvent =
  | ResponseReasoningSummaryPartAddedEvent
  | ResponseReasoningSummaryPartDoneEvent
  | ResponseReasoningSummaryTextDeltaEvent
  | ResponseReasoningSummaryTextDoneEvent
  | ResponseReasoningTextDeltaEvent
  | ResponseReasoningTextDoneEvent
  | ResponseReasoningDeltaEvent
  | ResponseReasoningDoneEvent
  | ResponseReasoningPartAddedEvent
  | ResponseReasoningPartDoneEvent
