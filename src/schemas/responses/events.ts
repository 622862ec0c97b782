import type { z } from 'zod'
import type { ResponsesEvent } from '../../responses/types/events.js'
import { openUnion, unknownBeside } from '../open.js'
import { callEventSchemas } from './call-events.js'
import { contentEventSchemas } from './content-events.js'
import { hostedEventSchemas } from './hosted-events.js'
import { outputItemSchemas } from './items.js'
import { lifecycleEventSchemas } from './lifecycle-events.js'
import { annotationSchemas, partSchemas } from './parts.js'
import { reasoningEventSchemas } from './reasoning-events.js'

/** The schema of each known event, by its `type`. */
const eventSchemas = {
  ...lifecycleEventSchemas,
  ...contentEventSchemas,
  ...reasoningEventSchemas,
  ...callEventSchemas,
  ...hostedEventSchemas,
} as const

/**
 * Schema of `UnknownResponsesEvent`: `response.*` that has no schema here. Other names are foreign (D-51), and two are
 * other names of a terminal, behind which clients would wait on (A20).
 */
export const unknownResponsesEvent = unknownBeside(eventSchemas, /^response\.(?!(?:done|cancelled)$)./)

/**
 * Schema of `ResponsesEvent`: a known event by its own schema, or one that is newer.
 *
 * @example
 * ```ts
 * responsesEvent.parse({ type: 'keepalive', sequence_number: 7 })
 * ```
 */
export const responsesEvent: z.ZodType<ResponsesEvent> = openUnion(eventSchemas, unknownResponsesEvent)

/**
 * Every schema of `/v1/responses` that belongs to a `type`, for looking one up.
 *
 * @example
 * ```ts
 * responsesSchemas.part.refusal.safeParse({ type: 'refusal', refusal: 'No.' }).success // true
 * ```
 */
export const responsesSchemas = {
  event: eventSchemas,
  item: outputItemSchemas,
  part: partSchemas,
  annotation: annotationSchemas,
} as const

/**
 * Checks one event of a `/v1/responses` stream against its schema.
 *
 * Unknown fields pass, and so do events of `response.*`, items, parts and annotations that are newer than this package.
 * Event order is not looked at: that is what `check` is for.
 *
 * @param value The parsed JSON of one frame's data.
 * @returns zod's result: `success` with the event as `data`, or `error` with the paths of what is wrong. Never throws,
 *   and its issues contain no value of the event.
 * @example
 * ```ts
 * const result = parseResponsesEvent({ type: 'response.compaction.compacting', item_id: 'cmp_1', output_index: '0' })
 * result.success // false
 * result.error?.issues[0]?.path // ['output_index']
 * ```
 */
export function parseResponsesEvent(value: unknown): z.ZodSafeParseResult<ResponsesEvent> {
  return responsesEvent.safeParse(value)
}
