import { z } from 'zod'
import { numbered } from './fields.js'
import { failedResponse, responseSnapshot } from './response.js'

const text = z.string().nullish()

// The status goes with the event that tells of it (RE-3, RE-16).
const opening = { ...numbered, response: responseSnapshot.extend({ status: z.enum(['queued', 'in_progress']) }) }

/** Schema of `ResponseCreatedEvent`. */
export const responseCreatedEvent = z.looseObject({ type: z.literal('response.created'), ...opening })

/** Schema of `ResponseQueuedEvent`. */
export const responseQueuedEvent = z.looseObject({ type: z.literal('response.queued'), ...opening })

/** Schema of `ResponseInProgressEvent`. */
export const responseInProgressEvent = z.looseObject({ type: z.literal('response.in_progress'), ...opening })

/** Schema of `ResponseCompletedEvent`. */
export const responseCompletedEvent = z.looseObject({
  type: z.literal('response.completed'),
  ...numbered,
  response: responseSnapshot.extend({ status: z.literal('completed') }),
})

/** Schema of `ResponseIncompleteEvent`. */
export const responseIncompleteEvent = z.looseObject({
  type: z.literal('response.incomplete'),
  ...numbered,
  response: responseSnapshot.extend({ status: z.literal('incomplete') }),
})

/** Schema of `ResponseFailedEvent`. */
export const responseFailedEvent = z.looseObject({
  type: z.literal('response.failed'),
  ...numbered,
  response: failedResponse,
})

/** Schema of `ResponseErrorDetail`. */
export const responseErrorDetail = z.looseObject({ message: z.string(), type: text, code: text, param: text })

/** Schema of `ResponseErrorEvent`: nested, flat, or both in one (D-47). */
export const responseErrorEvent = z
  .looseObject({
    type: z.literal('error'),
    ...numbered,
    error: responseErrorDetail.nullish(),
    message: text,
    code: text,
    param: text,
  })
  .refine(({ error, message }) => error != null || message != null, 'Neither an error nor a message')

/** Schema of `KeepaliveEvent`. */
export const keepaliveEvent = z.looseObject({ type: z.literal('keepalive'), ...numbered })

/** The schema of each event about the response as a whole, by its `type`. */
export const lifecycleEventSchemas = {
  'response.created': responseCreatedEvent,
  'response.queued': responseQueuedEvent,
  'response.in_progress': responseInProgressEvent,
  'response.completed': responseCompletedEvent,
  'response.incomplete': responseIncompleteEvent,
  'response.failed': responseFailedEvent,
  error: responseErrorEvent,
  keepalive: keepaliveEvent,
} as const
