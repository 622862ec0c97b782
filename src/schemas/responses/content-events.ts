import { z } from 'zod'
import { index, itemEvent, numbered, obfuscated, ofContentPart } from './fields.js'
import { outputItem } from './items.js'
import { annotation, contentPart, logprob } from './parts.js'

const text = z.string()

/** Schema of `ResponseOutputItemAddedEvent`. */
export const responseOutputItemAddedEvent = z.looseObject({
  type: z.literal('response.output_item.added'),
  ...numbered,
  output_index: index,
  item: outputItem,
})

/** Schema of `ResponseOutputItemDoneEvent`. */
export const responseOutputItemDoneEvent = z.looseObject({
  type: z.literal('response.output_item.done'),
  ...numbered,
  output_index: index,
  item: outputItem,
})

/** Schema of `ResponseContentPartAddedEvent`. */
export const responseContentPartAddedEvent = z.looseObject({
  type: z.literal('response.content_part.added'),
  ...ofContentPart,
  part: contentPart,
})

/** Schema of `ResponseContentPartDoneEvent`. */
export const responseContentPartDoneEvent = z.looseObject({
  type: z.literal('response.content_part.done'),
  ...ofContentPart,
  part: contentPart,
})

/** Schema of `ResponseOutputTextDeltaEvent`. */
export const responseOutputTextDeltaEvent = z.looseObject({
  type: z.literal('response.output_text.delta'),
  ...ofContentPart,
  ...obfuscated,
  delta: text,
  logprobs: z.array(logprob).nullish(),
})

/** Schema of `ResponseOutputTextDoneEvent`. */
export const responseOutputTextDoneEvent = z.looseObject({
  type: z.literal('response.output_text.done'),
  ...ofContentPart,
  text,
  logprobs: z.array(logprob).nullish(),
})

/** Schema of `ResponseOutputTextAnnotationAddedEvent`. */
export const responseOutputTextAnnotationAddedEvent = z.looseObject({
  type: z.literal('response.output_text.annotation.added'),
  ...ofContentPart,
  annotation_index: index,
  annotation: annotation.nullable(),
})

/** Schema of `ResponseRefusalDeltaEvent`. */
export const responseRefusalDeltaEvent = z.looseObject({
  type: z.literal('response.refusal.delta'),
  ...ofContentPart,
  ...obfuscated,
  delta: text,
})

/** Schema of `ResponseRefusalDoneEvent`. */
export const responseRefusalDoneEvent = z.looseObject({
  type: z.literal('response.refusal.done'),
  ...ofContentPart,
  refusal: text,
})

/** Schema of `ResponseCompactionCompactingEvent`. */
export const responseCompactionCompactingEvent = itemEvent('response.compaction.compacting')

/** Schema of `ResponseAudioDeltaEvent`. */
export const responseAudioDeltaEvent = z.looseObject({
  type: z.literal('response.audio.delta'),
  ...numbered,
  ...obfuscated,
  delta: text,
})

/** Schema of `ResponseAudioDoneEvent`. */
export const responseAudioDoneEvent = z.looseObject({ type: z.literal('response.audio.done'), ...numbered })

/** Schema of `ResponseAudioTranscriptDeltaEvent`. */
export const responseAudioTranscriptDeltaEvent = z.looseObject({
  type: z.literal('response.audio.transcript.delta'),
  ...numbered,
  ...obfuscated,
  delta: text,
})

/** Schema of `ResponseAudioTranscriptDoneEvent`. */
export const responseAudioTranscriptDoneEvent = z.looseObject({
  type: z.literal('response.audio.transcript.done'),
  ...numbered,
})

/** The schema of each event about items, their parts and their text, by its `type`. */
export const contentEventSchemas = {
  'response.output_item.added': responseOutputItemAddedEvent,
  'response.output_item.done': responseOutputItemDoneEvent,
  'response.content_part.added': responseContentPartAddedEvent,
  'response.content_part.done': responseContentPartDoneEvent,
  'response.output_text.delta': responseOutputTextDeltaEvent,
  'response.output_text.done': responseOutputTextDoneEvent,
  'response.output_text.annotation.added': responseOutputTextAnnotationAddedEvent,
  'response.refusal.delta': responseRefusalDeltaEvent,
  'response.refusal.done': responseRefusalDoneEvent,
  'response.compaction.compacting': responseCompactionCompactingEvent,
  'response.audio.delta': responseAudioDeltaEvent,
  'response.audio.done': responseAudioDoneEvent,
  'response.audio.transcript.delta': responseAudioTranscriptDeltaEvent,
  'response.audio.transcript.done': responseAudioTranscriptDoneEvent,
} as const
