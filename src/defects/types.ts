import type { EndReason } from '../stage/stage.js'
import type { Code } from './codes.js'

/** The three protocols by their short names. */
export type Protocol = 'messages' | 'responses' | 'chat'

/** What was done about a defect. */
export type Repair = 'inserted' | 'rewrote' | 'dropped' | 'moved' | 'ended'

/** How the stream that came out ended. */
export type EndState =
  | 'complete'
  | 'truncated'
  | 'upstream-error'
  | 'empty'
  | 'not-a-stream'
  | 'cancelled'
  | 'timed-out'
  | 'limit'

/** The place and the kind of one finding. Never any content of the stream. */
export interface Finding {
  /** The stable code, as in `messages/block-delta-without-start`. */
  readonly code: Code
  /** The upstream frame, counted from 1; 0 when no frame had come. */
  readonly frame: number
  /** Where that frame begins in the upstream body, in bytes. */
  readonly offset: number
  /** The JSON path inside the event, as in `delta.text`; left out where the whole frame is meant. */
  readonly path?: string
  /** The kind of value that was wanted, as in `integer`. */
  readonly wanted?: string
  /** The kind of value that was found, as in `string`. Never the value. */
  readonly found?: string
}

/** A violation of the validity set: always repaired, or the reason the stream ended. */
export interface Defect extends Finding {
  readonly action: Repair
}

/** Something odd that is left alone; it changes no byte, no verdict and no exit code. */
export interface Observation extends Finding {}

/** One code of a report: how often it was found and where first. */
export interface Tally<First extends Finding> {
  readonly code: Code
  readonly count: number
  readonly first: First
}

/** What happened to one stream. It holds no content. */
export interface Report {
  /** Undefined where only framing was looked at (the decode stage alone). */
  readonly protocol: Protocol | undefined
  readonly endState: EndState
  /** Why the input was over; undefined while it is not. */
  readonly endReason: EndReason | undefined
  /** Defects in the order in which each code was first found. */
  readonly defects: readonly Tally<Defect>[]
  readonly observations: readonly Tally<Observation>[]
  readonly frames: { readonly in: number; readonly out: number }
  readonly bytes: { readonly in: number; readonly out: number }
}
