/**
 * The events about items, their parts and their text.
 */
import type { ContentPartEvent, ItemEvent, NumberedEvent, Obfuscated } from './event-fields.js'
import type { OutputItem } from './item-shapes.js'
import type { Annotation, ContentPart, Logprob } from './part-shapes.js'

/** Announces the item at `output_index`. */
export interface ResponseOutputItemAddedEvent extends NumberedEvent {
  type: 'response.output_item.added'
  output_index: number
  item: OutputItem
}

/** Gives the item at `output_index` whole; nothing more comes for it (RE-12). */
export interface ResponseOutputItemDoneEvent extends NumberedEvent {
  type: 'response.output_item.done'
  output_index: number
  item: OutputItem
}

/** Announces the part at `content_index`. */
export interface ResponseContentPartAddedEvent extends ContentPartEvent {
  type: 'response.content_part.added'
  part: ContentPart
}

/** Gives the part at `content_index` whole. */
export interface ResponseContentPartDoneEvent extends ContentPartEvent {
  type: 'response.content_part.done'
  part: ContentPart
}

// Text and refusals

/** More text. Streams of early 2025 and gateways leave `logprobs` out. */
export interface ResponseOutputTextDeltaEvent extends ContentPartEvent, Obfuscated {
  type: 'response.output_text.delta'
  delta: string
  logprobs?: Logprob[] | null | undefined
}

/** The whole text. */
export interface ResponseOutputTextDoneEvent extends ContentPartEvent {
  type: 'response.output_text.done'
  text: string
  logprobs?: Logprob[] | null | undefined
}

/** One more annotation of a text. */
export interface ResponseOutputTextAnnotationAddedEvent extends ContentPartEvent {
  type: 'response.output_text.annotation.added'
  annotation_index: number
  annotation: Annotation | null
}

/** More of a refusal. */
export interface ResponseRefusalDeltaEvent extends ContentPartEvent, Obfuscated {
  type: 'response.refusal.delta'
  delta: string
}

/** The whole refusal. */
export interface ResponseRefusalDoneEvent extends ContentPartEvent {
  type: 'response.refusal.done'
  refusal: string
}

/** The vendor is making a compaction item. */
export interface ResponseCompactionCompactingEvent extends ItemEvent {
  type: 'response.compaction.compacting'
}

// Audio: these belong to the response and to no item

/** More sound, as base64 text. */
export interface ResponseAudioDeltaEvent extends NumberedEvent, Obfuscated {
  type: 'response.audio.delta'
  delta: string
}

/** The sound is whole. */
export interface ResponseAudioDoneEvent extends NumberedEvent {
  type: 'response.audio.done'
}

/** More of what the sound says. */
export interface ResponseAudioTranscriptDeltaEvent extends NumberedEvent, Obfuscated {
  type: 'response.audio.transcript.delta'
  delta: string
}

/** The transcript is whole. */
export interface ResponseAudioTranscriptDoneEvent extends NumberedEvent {
  type: 'response.audio.transcript.done'
}

/** Every event about items, their parts and their text. */
export type ContentEvent =
  | ResponseOutputItemAddedEvent
  | ResponseOutputItemDoneEvent
  | ResponseContentPartAddedEvent
  | ResponseContentPartDoneEvent
  | ResponseOutputTextDeltaEvent
  | ResponseOutputTextDoneEvent
  | ResponseOutputTextAnnotationAddedEvent
  | ResponseRefusalDeltaEvent
  | ResponseRefusalDoneEvent
  | ResponseCompactionCompactingEvent
  | ResponseAudioDeltaEvent
  | ResponseAudioDoneEvent
  | ResponseAudioTranscriptDeltaEvent
  | ResponseAudioTranscriptDoneEvent
