import type { EndState } from '../defects/types.js'
import type { ErrorKind, UpstreamError } from './upstream-error.js'

const retryableKinds: ReadonlySet<ErrorKind> = new Set(['rate-limit', 'timeout', 'overloaded', 'server'])

/**
 * Whether sending the same request again may help.
 *
 * A guardrail block, a refused key or a request that is too large ends the same way each time; a cut or empty stream, a rate
 * limit, an overload or a fault of the server does not.
 *
 * @param endState the end state of the report.
 * @param error the upstream's error, where it sent one.
 * @example
 * if (isRetryable(report.endState)) await again()
 */
export function isRetryable(endState: EndState, error?: UpstreamError): boolean {
  if (endState === 'upstream-error') return error === undefined || retryableKinds.has(error.kind)
  return endState === 'truncated' || endState === 'empty' || endState === 'timed-out'
}
