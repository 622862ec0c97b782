import type { TroubleKind } from './judge.js'
import type { Client } from './outcome.js'

/**
 * A shape that is right to send and that a client still does not take: it is newer than the client, or it is the model's
 * own doing. It is recognised in the stream that the client was given, never by the name of a case.
 */
export interface Exception<Event> {
  readonly id: string
  readonly clients: readonly Client[]
  /** What is in the stream. */
  readonly condition: string
  /** What the client does then. */
  readonly effect: string
  readonly reason: string
  /** The only troubles that it excuses. */
  readonly excuses: readonly TroubleKind[]
  shape(events: readonly Event[]): boolean
}
