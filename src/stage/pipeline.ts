import type { Reporter } from '../defects/reporter.js'
import type { Report } from '../defects/types.js'
import type { Stage } from './stage.js'

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
  let over = false
  return {
    get ended() {
      return stage.ended === true
    },
    get owing() {
      return stage.owing === true
    },
    get stopped() {
      return stage.stopped
    },
    push: (input, emit) => stage.push(input, emit),
    end(reason, emit) {
      if (over) return
      over = true
      // D-4: where a shell stops behind the terminal it has the beginning of a frame at most, which is no defect of the stream.
      if (stage.ended === true) reporter.quiet = true
      stage.end(reason, emit)
      reporter.over(reason)
      if (reason === 'cancel') reporter.ended('cancelled')
      hook.onEnd?.(reporter.report())
    },
    flush: (emit) => stage.flush?.(emit),
    report: () => reporter.report(),
  }
}
