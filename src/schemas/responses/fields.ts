import { z } from 'zod'
import type { ItemStatus, ToolCaller, ToolOutput } from '../../responses/types/events.js'
import { openEnum, openObject } from '../open.js'

// What several schemas of this folder are made of. None of it is a schema of the package's own.

/** A place in a list (RE-5, RE-6). */
export const index = z.int().nonnegative()

/** The id of an item or of a call; an empty one names nothing (RE-7, RE-8). */
export const id = z.string().min(1)

/** Fields of every event. Streams that began without numbers go on without them (D-42). */
export const numbered = { sequence_number: index.optional() }

/** Fields of an event that belongs to an item. */
export const ofItem = { ...numbered, item_id: id, output_index: index }

/** Fields of an event that belongs to a content part. */
export const ofContentPart = { ...ofItem, content_index: index }

/** Fields of an event that belongs to a summary part. */
export const ofSummaryPart = { ...ofItem, summary_index: index }

/** Fields of an event that belongs to one command of a shell call; recordings name no item in it. */
export const ofShellCommand = { ...numbered, output_index: index, command_index: index }

/** Field of a delta (RE-27). */
export const obfuscated = { obfuscation: z.string().nullish() }

/** Schema of an event that only tells of an item that something happened to it. */
export function itemEvent<const Type extends string>(type: Type) {
  return z.looseObject({ type: z.literal(type), ...ofItem })
}

/** Schema of `ItemStatus`. */
export const itemStatus: z.ZodType<ItemStatus> = openEnum([
  'in_progress',
  'completed',
  'incomplete',
  'failed',
  'searching',
  'interpreting',
  'generating',
  'calling',
])

/** Schema of `ToolCaller`. */
export const toolCaller: z.ZodType<ToolCaller> = z.looseObject({ type: z.string() })

/** Schema of `ToolOutput`. */
export const toolOutput: z.ZodType<ToolOutput> = z.union([z.string(), z.array(openObject)])
