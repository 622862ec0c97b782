import { z } from 'zod'
import type { Annotation, ContentPart, MessagePart, ReasoningPart, SummaryPart } from '../../responses/types/events.js'
import { openUnion, unknownBeside } from '../open.js'
import { index } from './fields.js'

/** Schema of `FileCitationAnnotation`. */
export const fileCitationAnnotation = z.looseObject({
  type: z.literal('file_citation'),
  file_id: z.string(),
  index,
  filename: z.string().nullish(),
})

/** Schema of `UrlCitationAnnotation` (A16). */
export const urlCitationAnnotation = z.looseObject({
  type: z.literal('url_citation'),
  url: z.string(),
  title: z.string(),
  start_index: index,
  end_index: index,
})

/** Schema of `ContainerFileCitationAnnotation`. */
export const containerFileCitationAnnotation = z.looseObject({
  type: z.literal('container_file_citation'),
  container_id: z.string(),
  file_id: z.string(),
  start_index: index,
  end_index: index,
  filename: z.string().nullish(),
})

/** Schema of `FilePathAnnotation`. */
export const filePathAnnotation = z.looseObject({ type: z.literal('file_path'), file_id: z.string(), index })

/** The schema of each known annotation, by its `type`. */
export const annotationSchemas = {
  file_citation: fileCitationAnnotation,
  url_citation: urlCitationAnnotation,
  container_file_citation: containerFileCitationAnnotation,
  file_path: filePathAnnotation,
} as const

/** Schema of `UnknownAnnotation`: every annotation type that has no schema here. */
export const unknownAnnotation = unknownBeside(annotationSchemas)

/** Schema of `Annotation`: a known annotation by its own schema, or one that is newer. */
export const annotation: z.ZodType<Annotation> = openUnion(annotationSchemas, unknownAnnotation)

/** Schema of `TopLogprob`. */
export const topLogprob = z.looseObject({
  token: z.string().optional(),
  logprob: z.number().optional(),
  bytes: z.array(z.number()).nullish(),
})

/** Schema of `Logprob`. */
export const logprob = z.looseObject({
  token: z.string(),
  logprob: z.number(),
  bytes: z.array(z.number()).nullish(),
  top_logprobs: z.array(topLogprob).nullish(),
})

/** Schema of `OutputTextPart` (A16). */
export const outputTextPart = z.looseObject({
  type: z.literal('output_text'),
  text: z.string(),
  annotations: z.array(annotation),
  logprobs: z.array(logprob).nullish(),
})

/** Schema of `RefusalPart`. */
export const refusalPart = z.looseObject({ type: z.literal('refusal'), refusal: z.string() })

/** Schema of `ReasoningTextPart`. */
export const reasoningTextPart = z.looseObject({ type: z.literal('reasoning_text'), text: z.string() })

/** Schema of `SummaryTextPart`. */
export const summaryTextPart = z.looseObject({ type: z.literal('summary_text'), text: z.string() })

/** The schema of each known part, by its `type`. */
export const partSchemas = {
  output_text: outputTextPart,
  refusal: refusalPart,
  reasoning_text: reasoningTextPart,
  summary_text: summaryTextPart,
} as const

const { output_text, refusal, reasoning_text, summary_text } = partSchemas

/** Schema of `UnknownPart`: every part type that has no schema here. */
export const unknownPart = unknownBeside(partSchemas)

/** Schema of `MessagePart`: what a message may be made of. */
export const messagePart: z.ZodType<MessagePart> = openUnion({ output_text, refusal }, unknownPart)

/** Schema of `ReasoningPart`: text of a message is none (A12). */
export const reasoningPart: z.ZodType<ReasoningPart> = openUnion({ reasoning_text }, unknownPart)

/** Schema of `SummaryPart`. */
export const summaryPart: z.ZodType<SummaryPart> = openUnion({ summary_text }, unknownPart)

/** Schema of `ContentPart`: what `content` may be made of, in an event that does not tell of which item. */
export const contentPart: z.ZodType<ContentPart> = openUnion({ output_text, refusal, reasoning_text }, unknownPart)
