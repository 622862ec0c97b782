import type { Code } from '../src/index.js'
import type { Subject } from './subjects.js'

/** The protocols that the bench feeds. */
export type BenchProtocol = 'messages' | 'responses' | 'chat'

/** A stream that the bench feeds, as the text of its frames. `test/bench-streams.test.ts` holds what is said of it. */
export interface BenchStream {
  readonly name: string
  /** What the pipeline must find in it: nothing, or exactly these. */
  readonly codes: readonly Code[]
  /** The conformant stream that a broken one was made of, where that is not the set's own. */
  readonly of?: BenchStream
  frames(events: number): Generator<string>
}

/** All that is fed of one protocol. */
export interface BenchSet {
  readonly protocol: BenchProtocol
  /** The reader that the vendor's own SDK puts over a response. */
  readonly reader: readonly [name: string, run: Subject]
  /** The streams that have limits: a conformant one, and what real gateways make of it. */
  readonly conformant: BenchStream
  /** More conformant streams that have the limit. */
  readonly conformantToo?: readonly BenchStream[]
  readonly broken: readonly BenchStream[]
  /** Conformant streams of other makes: for information, so that the plain text delta is not all that is looked at. */
  readonly others: readonly BenchStream[]
  /** Other damage, for information: what goes through the general path, and what is written anew event by event. */
  readonly otherDamage: readonly BenchStream[]
  /** An answer with one tool call, its argument JSON cut into deltas of so many characters. */
  toolFrames(argument: string, perDelta: number): Generator<string>
}
