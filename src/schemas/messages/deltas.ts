import { z } from 'zod'
import type { ContentDelta } from '../../messages/types/events.js'
import { openUnion, unknownBeside } from '../open.js'
import { citation } from './blocks.js'

/** Schema of `TextDelta`. */
export const textDelta = z.looseObject({ type: z.literal('text_delta'), text: z.string() })

/** Schema of `CitationsDelta`. */
export const citationsDelta = z.looseObject({ type: z.literal('citations_delta'), citation })

/** Schema of `ThinkingDelta`. */
export const thinkingDelta = z.looseObject({
  type: z.literal('thinking_delta'),
  thinking: z.string(),
  estimated_tokens: z.number().nullish(),
})

/** Schema of `SignatureDelta`. */
export const signatureDelta = z.looseObject({ type: z.literal('signature_delta'), signature: z.string() })

/** Schema of `InputJsonDelta`. */
export const inputJsonDelta = z.looseObject({ type: z.literal('input_json_delta'), partial_json: z.string() })

/** Schema of `CompactionDelta`. */
export const compactionDelta = z.looseObject({
  type: z.literal('compaction_delta'),
  content: z.string().nullable(),
  encrypted_content: z.string().nullish(),
})

/** The schema of each known delta, by its `type`. */
export const contentDeltaSchemas = {
  text_delta: textDelta,
  citations_delta: citationsDelta,
  thinking_delta: thinkingDelta,
  signature_delta: signatureDelta,
  input_json_delta: inputJsonDelta,
  compaction_delta: compactionDelta,
} as const

/** Schema of `UnknownDelta`: every delta type that has no schema here. */
export const unknownDelta = unknownBeside(contentDeltaSchemas)

/** Schema of `ContentDelta`: a known delta by its own schema, or one that is newer. */
export const contentDelta: z.ZodType<ContentDelta> = openUnion(contentDeltaSchemas, unknownDelta)
