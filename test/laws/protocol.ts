import type { Arbitrary } from 'fast-check'
import type { Defect, Observation, Protocol, Report } from '../../src/defects/types.js'
import type { Stage } from '../../src/stage/stage.js'
import type { WholeStreamDamage } from './arbitraries/damage.js'
import type { Draft } from './arbitraries/draft.js'
import type { JsonObject, StreamEvent } from './stream-event.js'

export type { JsonObject, StreamEvent } from './stream-event.js'

/** The pipeline under test, bytes to bytes. */
export interface Pipeline extends Stage<Uint8Array, Uint8Array> {
  readonly ended: boolean
  report(): Report
}

export interface PipelineOptions {
  readonly onDefect?: (defect: Defect) => void
  readonly onObservation?: (observation: Observation) => void
  readonly limits?: Readonly<Record<string, number>>
  readonly newId?: () => string
}

/** What a reader of the stream ends up with, as the oracle reads it. */
export interface Content {
  readonly text: string
  readonly thinking: string
  readonly refusal: string
  /** Summaries of reasoning, on the protocol that has them beside the reasoning itself. */
  readonly summary?: string | undefined
  readonly tools: readonly { readonly id: string; readonly name: string; readonly arguments: string }[]
  readonly errorMessage?: string | undefined
}

export type Ending = 'success' | 'error'

/** What the oracle says about a stream. */
export interface Verdict {
  readonly violations: readonly {
    readonly rule: string
    readonly severity: 'must' | 'should'
    readonly frame: number
    readonly message: string
  }[]
  readonly ending: Ending | 'none'
  readonly content: Content
}

/** Strings of one event that law 5 counts, by what they are. */
export interface Unit {
  readonly kind: 'text' | 'thinking' | 'summary' | 'refusal' | 'arguments' | 'input' | 'code' | 'signature' | 'name'
  readonly value: string
  /** What law 5 keeps in order, where one event speaks of several places; else `placeOf` tells it. */
  readonly place?: string
}

/** All that the ten laws need to know about one protocol. A protocol joins the laws by filling this in. */
export interface LawProtocol {
  readonly name: Protocol
  createPipeline(options: PipelineOptions): Pipeline
  judge(bytes: Uint8Array): Verdict
  /**
   * Event lists without a defect, with every stretch of content carrying a number of its own. Each of them contains
   * `mark` in all content, tool arguments, error prose and unknown fields (law 10).
   */
  streams(mark: string): Arbitrary<readonly StreamEvent[]>
  /** Damage to the whole stream that only this protocol knows, such as other block indices. */
  readonly damages: Readonly<Record<string, WholeStreamDamage>>
  /** Those of `damages` after which all content is still there. */
  readonly losslessDamages: readonly string[]
  /** Names that damage writes into the `event:` line. */
  readonly foreignNames: readonly string[]
  /** Types that damage gives to events: the protocol's own, and some that are not. */
  readonly otherTypes: readonly string[]
  /** The fields in which the protocol's events nest objects. */
  readonly nestingFields: readonly string[]
  /** The JSON of events that nest something deeper than in a field of their own. */
  nestings?(nest: string): readonly string[]
  /** Error and noise events of other shapes and other protocols. */
  readonly foreignEvents: readonly (JsonObject | string)[]
  /**
   * How a stream must end that stops after these whole events of a conformant list: the success table, read
   * independently of `src`. `either` where the table leaves room.
   */
  endingAfter(events: readonly StreamEvent[]): Ending | 'either'
  /** The first of these events that the closed list of holds allows to wait, or their number where none may. */
  firstHeld(events: readonly StreamEvent[]): number
  /** What the machine writes behind the protocol's error at once, whatever comes there; nothing where left out. */
  readonly behindError?: string
  /** The content in the data of one event, whether or not the stream around it makes sense. */
  units(data: unknown): readonly Unit[]
  /**
   * Whether every event still says which of several open texts it is of. Where one does not, what it repeats cannot be known
   * for a copy. A protocol whose texts never stand open side by side leaves it out.
   */
  isRouted?(drafts: readonly Draft[]): boolean
  /**
   * Content that an event tells again in full, as `done` events and snapshots do: where the units were lost, it is the
   * only copy. A protocol without such events leaves it out.
   */
  copies?(data: unknown): readonly Unit[]
  /** What law 5 keeps in order: the block, or the position, that an event of the output belongs to. */
  placeOf(data: unknown): unknown
  /** Set where strings of several frames may leave as one: what waited for a name, the parts of a list. */
  readonly joins?: true
  /** True for a unit that may be made although nobody sent it, such as `{}` for arguments that stayed blank (D-45). */
  mayBeMade?(unit: Unit): boolean
  /** True for the data of an event after which content no longer counts (D-4). */
  endsContent(data: unknown): boolean
  /** Limits so small that generated streams hit them, one set a run. */
  readonly smallLimits: readonly Readonly<Record<string, number>>[]
}
