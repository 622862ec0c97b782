import { z } from 'zod'
import type { MessagesEvent } from '../../messages/types/events.js'
import { openEnum, openObject, openUnion, unknownBeside } from '../open.js'
import { contentBlock, contentBlockSchemas } from './blocks.js'
import { contentDelta, contentDeltaSchemas } from './deltas.js'
import { message, messageDeltaUsage, stopReason } from './message.js'

// A block's place in the content array (AN-5).
const index = z.int().nonnegative()

/** Schema of `MessageStartEvent`. */
export const messageStartEvent = z.looseObject({ type: z.literal('message_start'), message })

/** Schema of `ContentBlockStartEvent`. */
export const contentBlockStartEvent = z.looseObject({
  type: z.literal('content_block_start'),
  index,
  content_block: contentBlock,
})

/** Schema of `ContentBlockDeltaEvent`. */
export const contentBlockDeltaEvent = z.looseObject({
  type: z.literal('content_block_delta'),
  index,
  delta: contentDelta,
})

/** Schema of `ContentBlockStopEvent`. */
export const contentBlockStopEvent = z.looseObject({ type: z.literal('content_block_stop'), index })

/** Schema of `MessageDelta`. */
export const messageDelta = z.looseObject({
  stop_reason: stopReason.nullable(),
  stop_sequence: z.string().nullish(),
  container: openObject.nullish(),
  stop_details: openObject.nullish(),
})

/** Schema of `MessageDeltaEvent`. */
export const messageDeltaEvent = z.looseObject({
  type: z.literal('message_delta'),
  delta: messageDelta,
  usage: messageDeltaUsage,
  context_management: openObject.nullish(),
  input_transformations: z.array(openObject).nullish(),
})

/** Schema of `MessageStopEvent`. */
export const messageStopEvent = z.looseObject({ type: z.literal('message_stop') })

/** Schema of `PingEvent`. */
export const pingEvent = z.looseObject({ type: z.literal('ping') })

/** Schema of `ErrorType`. */
export const errorType = openEnum([
  'invalid_request_error',
  'authentication_error',
  'billing_error',
  'permission_error',
  'not_found_error',
  'conflict_error',
  'request_too_large',
  'rate_limit_error',
  'timeout_error',
  'api_error',
  'overloaded_error',
])

/** Schema of `ErrorDetail`. */
export const errorDetail = z.looseObject({ type: errorType, message: z.string() })

/** Schema of `ErrorEvent` (AN-19). */
export const errorEvent = z.looseObject({
  type: z.literal('error'),
  error: errorDetail,
  request_id: z.string().nullish(),
})

/** The schema of each known event, by its `type`. */
const eventSchemas = {
  message_start: messageStartEvent,
  content_block_start: contentBlockStartEvent,
  content_block_delta: contentBlockDeltaEvent,
  content_block_stop: contentBlockStopEvent,
  message_delta: messageDeltaEvent,
  message_stop: messageStopEvent,
  ping: pingEvent,
  error: errorEvent,
} as const

/** Schema of `UnknownEvent`: `message_*` and `content_block_*` that have no schema here. Other names are foreign (AN-18). */
export const unknownEvent = unknownBeside(eventSchemas, /^(?:message|content_block)_/)

/**
 * Schema of `MessagesEvent`: a known event by its own schema, or one that is newer.
 *
 * @example
 * ```ts
 * messagesEvent.parse({ type: 'content_block_stop', index: 0 })
 * ```
 */
export const messagesEvent: z.ZodType<MessagesEvent> = openUnion(eventSchemas, unknownEvent)

/**
 * Every schema of `/v1/messages` that belongs to a `type`, for looking one up.
 *
 * @example
 * ```ts
 * messagesSchemas.delta.text_delta.safeParse({ type: 'text_delta', text: 'Hi' }).success // true
 * ```
 */
export const messagesSchemas = { event: eventSchemas, block: contentBlockSchemas, delta: contentDeltaSchemas } as const

/**
 * Checks one event of a `/v1/messages` stream against its schema.
 *
 * Unknown fields pass, and so do events, blocks and deltas that are newer than this package. Event order is not looked
 * at: that is what `check` is for.
 *
 * @param value The parsed JSON of one frame's data.
 * @returns zod's result: `success` with the event as `data`, or `error` with the paths of what is wrong. Never throws,
 *   and its issues contain no value of the event.
 * @example
 * ```ts
 * const result = parseMessagesEvent({ type: 'content_block_stop', index: -1 })
 * result.success // false
 * result.error?.issues[0]?.path // ['index']
 * ```
 */
export function parseMessagesEvent(value: unknown): z.ZodSafeParseResult<MessagesEvent> {
  return messagesEvent.safeParse(value)
}
