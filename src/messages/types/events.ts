/**
 * The events of `POST /v1/messages` as types, with nothing of them left at run time.
 *
 * Two habits run through these files. Fields that are not declared pass, hence the index signature. And every place
 * where the protocol may grow (event, block and delta types, stop reasons) says so in its type.
 */
import type { OpenObject, UnknownType } from '../../sse/open-types.js'
import type { ContentBlock } from './block-shapes.js'
import type { ContentDelta } from './delta-shapes.js'
import type { ErrorDetail } from './error-shape.js'
import type { Message, MessageDelta, MessageDeltaUsage } from './message-shape.js'

export type { OpenObject, OtherString, UnknownType } from '../../sse/open-types.js'
export type * from './block-shapes.js'
export type * from './delta-shapes.js'
export type * from './error-shape.js'
export type * from './message-shape.js'
export type * from './tool-block-shapes.js'

/** The first event of a message. */
export interface MessageStartEvent extends OpenObject {
  type: 'message_start'
  message: Message
}

/** Opens the block at `index`. */
export interface ContentBlockStartEvent extends OpenObject {
  type: 'content_block_start'
  index: number
  content_block: ContentBlock
}

/** Adds to the open block at `index`. */
export interface ContentBlockDeltaEvent extends OpenObject {
  type: 'content_block_delta'
  index: number
  delta: ContentDelta
}

/** Closes the block at `index`. */
export interface ContentBlockStopEvent extends OpenObject {
  type: 'content_block_stop'
  index: number
}

/** Tells why the model stopped and what it used. */
export interface MessageDeltaEvent extends OpenObject {
  type: 'message_delta'
  delta: MessageDelta
  usage: MessageDeltaUsage
  context_management?: OpenObject | null | undefined
  input_transformations?: OpenObject[] | null | undefined
}

/** The success terminal. */
export interface MessageStopEvent extends OpenObject {
  type: 'message_stop'
}

/** A sign of life, anywhere in the stream (AN-17). */
export interface PingEvent extends OpenObject {
  type: 'ping'
}

/** The error terminal (AN-19, AN-20). */
export interface ErrorEvent extends OpenObject {
  type: 'error'
  error: ErrorDetail
  request_id?: string | null | undefined
}

/** An event of the families `message_*` and `content_block_*` that is newer than this package (AN-18). */
export interface UnknownEvent extends OpenObject {
  type: UnknownType
}

/** Every event that this package knows by its type. */
export type KnownMessagesEvent =
  | MessageStartEvent
  | ContentBlockStartEvent
  | ContentBlockDeltaEvent
  | ContentBlockStopEvent
  | MessageDeltaEvent
  | MessageStopEvent
  | PingEvent
  | ErrorEvent

/**
 * Any event of a `/v1/messages` stream. `type` narrows it, although unknown events are part of it.
 *
 * @example
 * ```ts
 * function textOf(event: MessagesEvent): string {
 *   if (event.type !== 'content_block_delta') return ''
 *   return event.delta.type === 'text_delta' ? event.delta.text : ''
 * }
 * ```
 */
export type MessagesEvent = KnownMessagesEvent | UnknownEvent
