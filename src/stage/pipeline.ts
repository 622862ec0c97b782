import type { Reporter } from '../defects/reporter.js'
import type { Report } from '../defects/types.js'
import type { Emit, EndReason, Stage } from './stage.js'

/** A stage that can tell what it has found. */
export interface ReportingStage<In, Out> extends Stage<In, Out> {
  /** True once the terminal has been emitted. */
  readonly ended: boolean
  /** The report as it stands; final once the stage has ended. */
  report(): Report
}

/** What a caller wants to hear when a pipeline is over. */
export interface EndHook {
  /** Called once, when the stage has ended, with the final report. */
  readonly onEnd?: ((report: Report) => void) | undefined
}

/** Gives a stage, or several composed, the report that its parts share. */
export function reporting<In, Out>(stage: Stage<In, Out>, reporter: Reporter, hook: EndHook): ReportingStage<In, Out> {
  return new Reporting(stage, reporter, hook)
}

class Reporting<In, Out> implements ReportingStage<In, Out> {
  readonly #stage: Stage<In, Out>
  readonly #reporter: Reporter
  readonly #hook: EndHook
  #over = false

  constructor(stage: Stage<In, Out>, reporter: Reporter, hook: EndHook) {
    this.#stage = stage
    this.#reporter = reporter
    this.#hook = hook
  }

  get ended(): boolean {
    return this.#stage.ended === true
  }

  get stopped(): EndReason | undefined {
    return this.#stage.stopped
  }

  push(input: In, emit: Emit<Out>): void {
    this.#stage.push(input, emit)
  }

  end(reason: EndReason, emit: Emit<Out>): void {
    if (this.#over) return
    this.#over = true
    this.#stage.end(reason, emit)
    this.#reporter.over(reason)
    if (reason === 'cancel') this.#reporter.ended('cancelled')
    this.#hook.onEnd?.(this.report())
  }

  flush(emit: Emit<Out>): void {
    this.#stage.flush?.(emit)
  }

  report(): Report {
    return this.#reporter.report()
  }
}
