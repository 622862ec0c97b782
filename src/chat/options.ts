import type { ReportHooks } from '../defects/reporter.js'
import type { Limits } from '../stage/limits.js'
import type { EndHook } from '../stage/pipeline.js'
import type { UsageHook } from '../stage/usage-hook.js'

/** What is known of the request that the stream answers. */
export interface ChatRequest {
  /** The model asked for; it stands in chunks that had to be made. */
  readonly model?: string | undefined
  /** How many choices were asked for. 1 where the request was seen and did not say; left out where it was not seen (D-61). */
  readonly n?: number | undefined
  /** The names of the tools that the request offers; left out where it was not seen (D-62). */
  readonly tools?: readonly string[] | undefined
  /** Whether `stream_options.include_usage` was asked for; left out where the request was not seen (D-65). */
  readonly includeUsage?: boolean | undefined
}

/** How the chat machine works. */
export interface ChatOptions extends ReportHooks, EndHook {
  /** What a stream may cost; the defaults are generous. */
  readonly limits?: Partial<Limits> | undefined
  /** What is known of the request. */
  readonly request?: ChatRequest | undefined
  /** What happens to objects that are no chunks (pings, `{}`, hook results): left out or `drop`, they are dropped. */
  readonly unknownEvents?: 'pass' | 'drop' | undefined
  /**
   * The one field in which reasoning leaves, for clients that read only one of the two; left out or `pass`, it stays where the
   * gateway put it.
   */
  readonly reasoning?: 'pass' | 'reasoning_content' | 'reasoning' | undefined
  /** `from-tools` makes `stop` `tool_calls` where a choice has called tools; left out or `pass`, it stays, as OpenAI sends it too. */
  readonly finishReason?: 'pass' | 'from-tools' | undefined
  /** Called with the usage of the answer before it leaves; what it returns is sent, a cost added for instance. */
  readonly onUsage?: UsageHook | undefined
  /** Draws an id for a stream that has none at all. Shells give `crypto.randomUUID`; the default counts. */
  readonly newId?: (() => string) | undefined
  /** Seconds since 1970 for `created` of a chunk that has none; 0 where it is left out. */
  readonly createdAt?: number | undefined
}
