/**
 * What the types of every protocol's events are made of, with nothing of it left at run time.
 *
 * A stream may carry more than this package knows: fields, types and words that are newer than it. These three say
 * where, so that a reader of the types meets the same habit in each protocol.
 */

declare const unknownType: unique symbol

/** An object whose declared fields are known and whose other fields pass unread. */
export interface OpenObject {
  [field: string]: unknown
}

/**
 * The `type` of something newer than this package: a string that TypeScript tells apart from every literal, so that
 * `event.type === 'ping'` leaves a `PingEvent` and not `PingEvent | UnknownEvent`, whose fields all read as `unknown`.
 *
 * It takes both halves. The mark keeps literals out. The template keeps the base from being plain `string`, which
 * TypeScript holds comparable to every literal, marked or not; at run time a name need not contain `_`. To compare it
 * with a name that is not in the union, widen it first: `const type: string = event.type`.
 */
export type UnknownType = `${string}_${string}` & { readonly [unknownType]: true }

/** Any string; the literals beside it are those that were known when this was written, and editors offer them. */
export type OtherString = string & {}
