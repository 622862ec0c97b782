import type { ReportHooks } from '../defects/reporter.js'
import type { Limits } from '../stage/limits.js'
import type { EndHook } from '../stage/pipeline.js'
import type { UsageHook } from '../stage/usage-hook.js'

/** What is known of the request that the stream answers. */
export interface RequestContext {
  /** The model asked for; it stands in a `message_start` that had to be made. */
  readonly model?: string | undefined
}

/** How the messages machine works. */
export interface MessagesOptions extends ReportHooks, EndHook {
  /** What a stream may cost; the defaults are generous. */
  readonly limits?: Partial<Limits> | undefined
  /** What is known of the request. */
  readonly request?: RequestContext | undefined
  /**
   * What happens to events that are not ours: left out, events newer than we are (`message_*`, `content_block_*`) pass and
   * foreign ones are dropped; `pass` and `drop` treat both alike.
   */
  readonly unknownEvents?: 'pass' | 'drop' | undefined
  /** `drop` leaves out text blocks without text, which some upstreams refuse when the conversation is sent back. */
  readonly emptyText?: 'keep' | 'drop' | undefined
  /** Called with the usage of the last `message_delta` before it leaves; what it returns is sent, a cost added for instance. */
  readonly onUsage?: UsageHook | undefined
  /** Draws an id for a stream that has none at all. Shells give `crypto.randomUUID`; the default counts. */
  readonly newId?: (() => string) | undefined
}
