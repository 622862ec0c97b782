import { messagesSet } from './messages-streams.js'
import { responsesSet } from './responses-streams.js'
import type { BenchSet, BenchStream } from './streams.js'

/** The streams of each protocol. */
export const sets: readonly BenchSet[] = [messagesSet, responsesSet]

/** Every stream of a protocol. */
export function streamsOf({ conformant, broken, others, otherDamage }: BenchSet): readonly BenchStream[] {
  return [conformant, ...broken, ...others, ...otherDamage]
}
