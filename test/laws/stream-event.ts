export type Json = null | boolean | number | string | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [key: string]: Json
}

/** One event of a stream before it is written as a frame. */
export interface StreamEvent {
  /** The value of the `event:` line. */
  readonly name: string
  readonly data: JsonObject
}
