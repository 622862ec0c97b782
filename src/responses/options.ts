import type { ReportHooks } from '../defects/reporter.js'
import type { Limits } from '../stage/limits.js'
import type { EndHook } from '../stage/pipeline.js'
import type { UsageHook } from '../stage/usage-hook.js'

/** What is known of the request that the stream answers. */
export interface ResponsesRequest {
  /** The model asked for; it stands in snapshots that had to be made. */
  readonly model?: string | undefined
}

/** How the responses machine works. */
export interface ResponsesOptions extends ReportHooks, EndHook {
  /** What a stream may cost; the defaults are generous. */
  readonly limits?: Partial<Limits> | undefined
  /** What is known of the request. */
  readonly request?: ResponsesRequest | undefined
  /**
   * What happens to events that are not ours: left out, unknown `response.*` events pass and foreign ones are dropped; `pass`
   * and `drop` treat both alike (D-51).
   */
  readonly unknownEvents?: 'pass' | 'drop' | undefined
  /** `open-responses` ends every stream with `data: [DONE]`, as that specification demands; left out, none is sent (RE-23). */
  readonly done?: 'openai' | 'open-responses' | undefined
  /** The stream continues a response in the middle (`starting_after`), so that it begins without `response.created` (D-50). */
  readonly resume?: boolean | undefined
  /** Called with the usage of the terminal before it leaves; what it returns is sent, a cost added for instance. */
  readonly onUsage?: UsageHook | undefined
  /** Draws an id for a stream that has none at all. Shells give `crypto.randomUUID`; the default counts. */
  readonly newId?: (() => string) | undefined
  /** Seconds since 1970 for `created_at` of a snapshot that had to be made; 0 where it is left out. */
  readonly createdAt?: number | undefined
}
