/**
 * The events about the response as a whole.
 */
import type { OpenObject } from '../../sse/open-types.js'
import type { NumberedEvent } from './event-fields.js'
import type { FailedResponse, ResponseSnapshot } from './response-shape.js'

/** The first event of a response (RE-1). */
export interface ResponseCreatedEvent extends NumberedEvent {
  type: 'response.created'
  response: ResponseSnapshot<'queued' | 'in_progress'>
}

/** The response waits for its turn. */
export interface ResponseQueuedEvent extends NumberedEvent {
  type: 'response.queued'
  response: ResponseSnapshot<'queued' | 'in_progress'>
}

/** The model is at work (RE-2). */
export interface ResponseInProgressEvent extends NumberedEvent {
  type: 'response.in_progress'
  response: ResponseSnapshot<'queued' | 'in_progress'>
}

/** The success terminal of a whole answer. */
export interface ResponseCompletedEvent extends NumberedEvent {
  type: 'response.completed'
  response: ResponseSnapshot<'completed'>
}

/** The success terminal of an answer that a limit or a filter cut short. */
export interface ResponseIncompleteEvent extends NumberedEvent {
  type: 'response.incomplete'
  response: ResponseSnapshot<'incomplete'>
}

/** The error terminal. */
export interface ResponseFailedEvent extends NumberedEvent {
  type: 'response.failed'
  response: FailedResponse
}

/** An error as OpenAI nests it. */
export interface ResponseErrorDetail extends OpenObject {
  message: string
  type?: string | null | undefined
  code?: string | null | undefined
  param?: string | null | undefined
}

/**
 * Tells of an error; `response.failed` follows.
 *
 * OpenAI sends the nested shape and documents the flat one, and each has clients that read no other. Events that this
 * package makes have both. One of the two messages is always there (D-47).
 */
export interface ResponseErrorEvent extends NumberedEvent {
  type: 'error'
  error?: ResponseErrorDetail | null | undefined
  message?: string | null | undefined
  code?: string | null | undefined
  param?: string | null | undefined
}

/** A sign of life, anywhere in the stream. In none of OpenAI's types, and in its streams. */
export interface KeepaliveEvent extends NumberedEvent {
  type: 'keepalive'
}

/** Every event about the response as a whole. */
export type LifecycleEvent =
  | ResponseCreatedEvent
  | ResponseQueuedEvent
  | ResponseInProgressEvent
  | ResponseCompletedEvent
  | ResponseIncompleteEvent
  | ResponseFailedEvent
  | ResponseErrorEvent
  | KeepaliveEvent
