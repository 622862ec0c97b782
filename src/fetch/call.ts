import type { ReportHooks } from '../defects/reporter.js'
import type { Protocol, Report } from '../defects/types.js'
import type { EndHook } from '../stage/pipeline.js'
import type { NormalizeResponseOptions } from './options.js'

/** What was mended of a response around its events: these are no defects of a stream, and reports do not have them. */
export type HttpRepair =
  /** An event stream or a JSON body came under another content type, or none (T10, messages 45). */
  | 'content-type'
  /** A body was compressed and nothing said so, or nobody had unpacked it (messages 44). */
  | 'compression'
  /** A body was in another encoding than UTF-8 (W-1). */
  | 'charset'
  /** The body of an HTTP error was written anew. */
  | 'error-body'
  /** The status was changed. */
  | 'status'
  /** A guardrail's block became a message (D-74). */
  | 'guardrail-message'

/** One call, for a line in a log: no content, no query string, no keys. */
export interface Call<Context = undefined> {
  readonly protocol: Protocol
  /** The path of the address, without its query; empty where it is not known. */
  readonly path: string
  /** The model that was asked for, where the request could be read. */
  readonly model: string | undefined
  /** The upstream's status; undefined where no response came. */
  readonly status: number | undefined
  readonly repairs: readonly HttpRepair[]
  readonly context: Context
}

/** A call that is under way. */
export interface OpenCall {
  status: number | undefined
  repaired(repair: HttpRepair): void
  readonly hooks: ReportHooks & EndHook
}

/** Opens a call: the caller's callbacks are given it beside what they are called with. */
export function openCall<Context>(options: NormalizeResponseOptions<Context>, path: string): OpenCall {
  const { protocol, request, onDefect, onObservation, onEnd } = options
  const repairs: HttpRepair[] = []
  const context = options.context as Context
  const call = { protocol, path, model: request?.model, status: undefined as number | undefined, repairs, context }
  return {
    get status() {
      return call.status
    },
    set status(status) {
      call.status = status
    },
    repaired(repair) {
      if (!repairs.includes(repair)) repairs.push(repair)
    },
    hooks: {
      onDefect: onDefect && ((defect) => onDefect(defect, call)),
      onObservation: onObservation && ((observation) => onObservation(observation, call)),
      onEnd: onEnd && ((report: Report) => onEnd(report, call)),
    },
  }
}
