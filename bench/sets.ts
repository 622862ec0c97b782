import { chatSet } from './chat-streams.js'
import { messagesSet } from './messages-streams.js'
import { responsesSet } from './responses-streams.js'
import type { BenchSet, BenchStream } from './streams.js'

/** The streams of each protocol. */
export const sets: readonly BenchSet[] = [messagesSet, responsesSet, chatSet]

/** Every stream of a protocol. */
export function streamsOf({
  conformant,
  conformantToo = [],
  broken,
  others,
  otherDamage,
}: BenchSet): readonly BenchStream[] {
  return [conformant, ...conformantToo, ...broken, ...others, ...otherDamage]
}
