export type Json = null | boolean | number | string | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [key: string]: Json
}

/** One event of a stream before it is written as a frame. */
export interface StreamEvent {
  /** The value of the `event:` line; what the event is, for the laws alone, where it is written without one. */
  readonly name: string
  readonly data: JsonObject
  /** The protocol has no `event:` lines. */
  readonly unnamed?: true
  /** What is written in the place of `data`, where the event is no JSON: `[DONE]`. */
  readonly sentinel?: string
}
