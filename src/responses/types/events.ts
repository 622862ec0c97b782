/**
 * The events of `POST /v1/responses` as types, with nothing of them left at run time.
 *
 * Two habits run through these files. Fields that are not declared pass, hence the index signature. And every place
 * where the protocol may grow (event, item, part and annotation types, item statuses, codes) says so in its type.
 */
import type { OpenObject, UnknownType } from '../../sse/open-types.js'
import type { CallEvent } from './call-events.js'
import type { ContentEvent } from './content-events.js'
import type { HostedEvent } from './hosted-events.js'
import type { LifecycleEvent } from './lifecycle-events.js'
import type { ReasoningEvent } from './reasoning-events.js'

export type { OpenObject, OtherString, UnknownType } from '../../sse/open-types.js'
export type * from './call-events.js'
export type * from './content-events.js'
export type * from './event-fields.js'
export type * from './hosted-events.js'
export type * from './item-shapes.js'
export type * from './lifecycle-events.js'
export type * from './part-shapes.js'
export type * from './reasoning-events.js'
export type * from './response-shape.js'
export type * from './shell-item-shapes.js'
export type * from './tool-item-shapes.js'

/** An event of the family `response.*` that is newer than this package. */
export interface UnknownResponsesEvent extends OpenObject {
  type: UnknownType
}

/** Every event that this package knows by its type. */
export type KnownResponsesEvent = LifecycleEvent | ContentEvent | ReasoningEvent | CallEvent | HostedEvent

/**
 * Any event of a `/v1/responses` stream. `type` narrows it, although unknown events are part of it.
 *
 * @example
 * ```ts
 * function textOf(event: ResponsesEvent): string {
 *   return event.type === 'response.output_text.delta' ? event.delta : ''
 * }
 * ```
 */
export type ResponsesEvent = KnownResponsesEvent | UnknownResponsesEvent
