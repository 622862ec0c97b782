import type { EndReason } from '../stage/stage.js'
import type { Code } from './codes.js'
import type { Defect, EndState, Finding, Observation, Protocol, Repair, Report, Tally } from './types.js'

/** Where a finding is: any frame will do. */
export interface Where {
  readonly number: number
  readonly offset: number
}

/** What kind of value was wanted and found at which path. Never content. */
export interface Detail {
  readonly path?: string
  readonly wanted?: string
  readonly found?: string
}

/** A defect without its place. */
export interface Noted {
  readonly code: Code
  readonly action: Repair
  readonly detail: Detail | undefined
}

/** What a caller may hear about while the stream runs. */
export interface ReportHooks {
  /** Called for each defect when it is found, before the bytes that show its effect. What it throws is thrown on. */
  readonly onDefect?: ((defect: Defect) => void) | undefined
  /** Called for each observation when it is made. */
  readonly onObservation?: ((observation: Observation) => void) | undefined
}

interface Count<First extends Finding> {
  readonly code: Code
  count: number
  readonly first: First
}

/** Collects the findings of all stages of one pipeline. A thousand equal defects cost one entry and a count. */
export class Reporter {
  readonly #protocol: Protocol | undefined
  readonly #hooks: ReportHooks
  readonly #defects = new Map<Code, Count<Defect>>()
  readonly #observations = new Map<Code, Count<Observation>>()
  #endState: EndState | undefined
  #endReason: EndReason | undefined
  /** While it is set nothing is noted: what is being done follows from a finding that was. */
  quiet = false
  /** While it is set, what is noted of the frame at hand is kept in it as well. */
  trace: Noted[] | undefined
  framesIn = 0
  framesOut = 0
  bytesIn = 0
  bytesOut = 0

  constructor(protocol: Protocol | undefined, hooks: ReportHooks = {}) {
    this.#protocol = protocol
    this.#hooks = hooks
  }

  defect(code: Code, action: Repair, where: Where, detail?: Detail): void {
    if (this.quiet) return
    this.trace?.push({ code, action, detail })
    note(this.#defects, this.#hooks.onDefect, { code, action }, where, detail)
  }

  observe(code: Code, where: Where, detail?: Detail): void {
    if (!this.quiet) note(this.#observations, this.#hooks.onObservation, { code }, where, detail)
  }

  /** Notes how the output ended. The first word counts. */
  ended(state: EndState): void {
    this.#endState ??= state
  }

  /** Notes why the input was over. */
  over(reason: EndReason): void {
    this.#endReason ??= reason
  }

  /** The report as it stands. Its end state is `truncated` until the stream has ended. */
  report(): Report {
    return {
      protocol: this.#protocol,
      endState: this.#endState ?? 'truncated',
      endReason: this.#endReason,
      defects: copies(this.#defects),
      observations: copies(this.#observations),
      frames: { in: this.framesIn, out: this.framesOut },
      bytes: { in: this.bytesIn, out: this.bytesOut },
    }
  }
}

function note<First extends Finding>(
  counts: Map<Code, Count<First>>,
  hook: ((finding: First) => void) | undefined,
  what: Omit<First, keyof Finding> & { readonly code: Code },
  where: Where,
  detail: Detail | undefined,
): void {
  const known = counts.get(what.code)
  if (known !== undefined) known.count++
  // Most defects come in thousands, and only the first of them is kept.
  if (known !== undefined && hook === undefined) return
  const first = { ...what, frame: where.number, offset: where.offset, ...detail } as unknown as First
  if (known === undefined) counts.set(what.code, { code: what.code, count: 1, first })
  hook?.(first)
}

function copies<First extends Finding>(counts: Map<Code, Count<First>>): Tally<First>[] {
  return Array.from(counts.values(), (count) => ({ ...count }))
}
