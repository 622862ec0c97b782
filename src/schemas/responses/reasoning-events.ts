import { z } from 'zod'
import { obfuscated, ofContentPart, ofSummaryPart } from './fields.js'
import { reasoningPart, summaryPart } from './parts.js'

const text = z.string()

/** Schema of `ResponseReasoningSummaryPartAddedEvent`. */
export const responseReasoningSummaryPartAddedEvent = z.looseObject({
  type: z.literal('response.reasoning_summary_part.added'),
  ...ofSummaryPart,
  part: summaryPart,
})

/** Schema of `ResponseReasoningSummaryPartDoneEvent`. */
export const responseReasoningSummaryPartDoneEvent = z.looseObject({
  type: z.literal('response.reasoning_summary_part.done'),
  ...ofSummaryPart,
  part: summaryPart,
  status: text.nullish(),
})

/** Schema of `ResponseReasoningSummaryTextDeltaEvent`. */
export const responseReasoningSummaryTextDeltaEvent = z.looseObject({
  type: z.literal('response.reasoning_summary_text.delta'),
  ...ofSummaryPart,
  ...obfuscated,
  delta: text,
})

/** Schema of `ResponseReasoningSummaryTextDoneEvent`. */
export const responseReasoningSummaryTextDoneEvent = z.looseObject({
  type: z.literal('response.reasoning_summary_text.done'),
  ...ofSummaryPart,
  text,
})

/** Schema of `ResponseReasoningTextDeltaEvent`. */
export const responseReasoningTextDeltaEvent = z.looseObject({
  type: z.literal('response.reasoning_text.delta'),
  ...ofContentPart,
  ...obfuscated,
  delta: text,
})

/** Schema of `ResponseReasoningTextDoneEvent`. */
export const responseReasoningTextDoneEvent = z.looseObject({
  type: z.literal('response.reasoning_text.done'),
  ...ofContentPart,
  text,
})

/** Schema of `ResponseReasoningDeltaEvent`. */
export const responseReasoningDeltaEvent = z.looseObject({
  type: z.literal('response.reasoning.delta'),
  ...ofContentPart,
  ...obfuscated,
  delta: text,
})

/** Schema of `ResponseReasoningDoneEvent`. */
export const responseReasoningDoneEvent = z.looseObject({
  type: z.literal('response.reasoning.done'),
  ...ofContentPart,
  text,
})

/** Schema of `ResponseReasoningPartAddedEvent`. */
export const responseReasoningPartAddedEvent = z.looseObject({
  type: z.literal('response.reasoning_part.added'),
  ...ofContentPart,
  part: reasoningPart,
})

/** Schema of `ResponseReasoningPartDoneEvent`. */
export const responseReasoningPartDoneEvent = z.looseObject({
  type: z.literal('response.reasoning_part.done'),
  ...ofContentPart,
  part: reasoningPart,
})

/** The schema of each event about what the model thinks, by its `type`. */
export const reasoningEventSchemas = {
  'response.reasoning_summary_part.added': responseReasoningSummaryPartAddedEvent,
  'response.reasoning_summary_part.done': responseReasoningSummaryPartDoneEvent,
  'response.reasoning_summary_text.delta': responseReasoningSummaryTextDeltaEvent,
  'response.reasoning_summary_text.done': responseReasoningSummaryTextDoneEvent,
  'response.reasoning_text.delta': responseReasoningTextDeltaEvent,
  'response.reasoning_text.done': responseReasoningTextDoneEvent,
  'response.reasoning.delta': responseReasoningDeltaEvent,
  'response.reasoning.done': responseReasoningDoneEvent,
  'response.reasoning_part.added': responseReasoningPartAddedEvent,
  'response.reasoning_part.done': responseReasoningPartDoneEvent,
} as const
