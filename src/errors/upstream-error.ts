/** What kind of failure an error is, whatever words the gateway used. */
export type ErrorKind =
  | 'guardrail'
  | 'invalid-request'
  | 'authentication'
  | 'billing'
  | 'permission'
  | 'not-found'
  | 'too-large'
  | 'rate-limit'
  | 'timeout'
  | 'overloaded'
  | 'server'

/** An error of the upstream, in one shape for all protocols. */
export interface UpstreamError {
  readonly kind: ErrorKind
  /** The HTTP status that the gateway named inside the stream. */
  readonly status?: number
  /** The gateway's own type, where it is a string; else the empty string. */
  readonly type: string
  /** The gateway's own code, as a string; else the empty string. */
  readonly code: string
  /** The gateway's own words, or one fixed sentence where it had none. */
  readonly message: string
  readonly param?: string
  readonly requestId?: string
  /** Seconds, where the gateway named them. */
  readonly retryAfter?: number
}
