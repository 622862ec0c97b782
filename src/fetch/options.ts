import type { ChatRequest } from '../chat/options.js'
import type { Defect, Observation, Protocol, Report } from '../defects/types.js'
import type { NormalizeOptions } from '../normalize.js'
import { resolveLimits } from '../stage/limits.js'
import type { Call } from './call.js'
import type { Clock } from './clock.js'

/** Limits of time, in milliseconds. Each is off where it is left out. */
export interface Timeouts {
  /** How long the upstream may take for its status and headers. Only `conformFetch` can know. */
  readonly headers?: number | undefined
  /** How long the upstream may be silent while it is being read from. Comments do not count as a sign of life (D-73). */
  readonly idle?: number | undefined
  /** How long the whole answer may take. */
  readonly total?: number | undefined
}

/** What is done with an HTTP response as a whole, beside what `normalize` can be told. */
export interface ResponseOptions<Context = undefined>
  extends Omit<NormalizeOptions, 'protocol' | 'request' | 'onDefect' | 'onObservation' | 'onEnd'> {
  /** What is known of the request. */
  readonly request?: ChatRequest | undefined
  /**
   * What becomes of a status of 400 and more: `normalize` (the default) gives it the protocol's JSON error as its body, `stream`
   * makes it a stream with status 200 that ends in the error, `pass` leaves the response alone, unread.
   */
  readonly httpErrors?: 'normalize' | 'stream' | 'pass' | undefined
  /**
   * What becomes of a guardrail's block that comes before any content: `error` (the default), or `message`, a whole answer with
   * the guardrail's words that ends as `refusal`, `incomplete` or `content_filter` (D-74). Recognised by `guardrailMarks`.
   */
  readonly guardrail?: 'error' | 'message' | undefined
  /** The status of a guardrail's block that came as 5xx: 400 (the default), so that no client sends it again, or `keep`. */
  readonly guardrailStatus?: 400 | 'keep' | undefined
  /** How many characters a delta has at most where a JSON body becomes a stream. Left out, each text is one delta. */
  readonly pieceSize?: number | undefined
  readonly timeouts?: Timeouts | undefined
  /** Milliseconds without output after which a waiting reader is sent a heartbeat: a comment, or `ping` on messages (D-73). */
  readonly heartbeat?: number | undefined
  readonly clock?: Clock | undefined
  /** Called for each defect when it is found. What it throws is thrown on. */
  readonly onDefect?: ((defect: Defect, call: Call<Context>) => void) | undefined
  readonly onObservation?: ((observation: Observation, call: Call<Context>) => void) | undefined
  /**
   * Called once for each stream request when it is over, errors and aborts included. Not for a response that is left alone: one
   * that is to pass, or a redirect.
   */
  readonly onEnd?: ((report: Report, call: Call<Context>) => void) | undefined
}

/** How `normalizeResponse` works. */
export interface NormalizeResponseOptions<Context = undefined> extends ResponseOptions<Context> {
  /** The protocol that the response claims to speak. */
  readonly protocol: Protocol
  /** The signal of the request. Where it aborts, the body fails with its reason, as under `fetch` (D-11). */
  readonly signal?: AbortSignal | null | undefined
  /** Anything; `onDefect` and `onEnd` are given it. */
  readonly context?: Context | undefined
}

/** What `fetch` takes. */
export type FetchInput = string | URL | Request

/** A function that is called like `fetch`. */
export type FetchLike = (input: FetchInput, init?: RequestInit) => Promise<Response>

/** How `conformFetch` works. */
export interface ConformFetchOptions<Context = undefined> extends ResponseOptions<Context> {
  /** The protocol of every POST; left out, it is told from the path, and requests to other paths pass untouched. */
  readonly protocol?: Protocol | undefined
  /** What does the fetching; left out, the global `fetch` at the time of the call. */
  readonly fetch?: FetchLike | undefined
  /** Called before each stream request; `onDefect` and `onEnd` are given what it returns. It must not read a body. */
  readonly context?: ((input: FetchInput, init: RequestInit | undefined) => Context) | undefined
}

/** What timers can count; longer ones would ring at once. */
const longest = 2 ** 31 - 1

/**
 * Refuses times, sizes and limits that mean nothing, before anything is fetched.
 *
 * @throws RangeError where one is not positive: a caller's mistake.
 */
export function checkOptions(options: Pick<ResponseOptions, 'timeouts' | 'heartbeat' | 'pieceSize' | 'limits'>): void {
  const { heartbeat, pieceSize } = options
  const { headers, idle, total } = options.timeouts ?? {}
  for (const [name, value] of Object.entries({ headers, idle, total, heartbeat, pieceSize })) {
    if (value !== undefined && !(value >= 1 && value <= longest)) {
      throw new RangeError(`${name} must be between 1 and ${longest}; leave it out to turn it off.`)
    }
  }
  resolveLimits(options.limits)
}
