import type { Code } from '../../../src/defects/codes.js'
import type { EndState } from '../../../src/defects/types.js'
import type { DefectLine, ObservationLine, Options } from '../conform.js'
import type { Frames } from '../stream.js'

/** One stream that breaks a rule, as small as it can be, with everything that must come of it. */
export interface Violation {
  /** What the upstream does; the second half of a sentence that begins with the code. */
  readonly when: string
  readonly upstream: Frames
  /** The events that come out, whatever the order of the members in them. */
  readonly output: Frames
  /** Every defect, in order. */
  readonly defects: readonly DefectLine[]
  readonly observations?: readonly ObservationLine[]
  readonly endState: EndState
  readonly options?: Options
}

/** The stream that comes closest to breaking the rule and does not. */
export interface NearMiss {
  readonly when: string
  readonly upstream: Frames
  /** The codes that other faults of it bring; a stream without any comes out byte for byte. */
  readonly defects?: readonly DefectLine[]
  readonly options?: Options
  /** What comes out behind it, where an error brings its own mark of the end. */
  readonly added?: string
  /** How many frames at the end do not come out, because they stand behind the terminal (D-4). */
  readonly trailing?: number
}

/** What is to be shown of one code. */
export interface Rule {
  readonly code: Code
  readonly violations: readonly Violation[]
  readonly nearMisses: readonly NearMiss[]
}
