import type { Protocol } from '../../src/index.js'
import type { Exception } from './exception.js'
import type { Expectation, Trouble } from './judge.js'
import type { Client, Outcome } from './outcome.js'

/** What the harness must know about one protocol; `Event` is the parsed JSON of its events, as far as anyone looks. */
export interface Suite<Event> {
  readonly protocol: Protocol
  readonly clients: readonly Client[]
  /** The clients of the page that do not run on this platform. */
  readonly absent?: readonly Client[]
  readonly exceptions: readonly Exception<Event>[]
  /** The generated page in docs/. */
  readonly page: {
    readonly file: string
    /** What its tables do not say by themselves, in Markdown; it stands in front of them. */
    readonly intro: string
  }
  /**
   * What every client must be told of a stream besides what the case expects: it is read from the normalised stream,
   * since what should stand in that is the business of other tests.
   */
  wanted(expected: Expectation, events: readonly Event[]): Expectation
  /** Calls that a client would run although the model did not finish them; left out where nothing looks for them. */
  unfinishedCalls?(outcome: Outcome, events: readonly Event[]): Trouble[]
}
