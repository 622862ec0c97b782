import type { EndState } from '../defects/types.js'
import type { ErrorKind, UpstreamError } from '../errors/upstream-error.js'
import type { MadeEvent } from '../sse/made.js'

/** Why we end a stream ourselves: one fixed sentence per cause (D-6), and how the stream ended then. */
const causes = {
  truncated: ['truncated', 'The upstream stream ended before the message was complete.'],
  dropped: ['truncated', 'Part of the upstream message could not be delivered, so it is not complete.'],
  empty: ['empty', 'The upstream returned an empty stream.'],
  'not-a-stream': ['not-a-stream', 'The upstream answered with something that is not an event stream.'],
  'other-protocol': ['not-a-stream', 'The upstream speaks another protocol than Anthropic Messages on this route.'],
  spliced: ['truncated', 'The upstream began a second message in the middle of the first.'],
  malformed: ['truncated', 'The upstream sent a frame that could not be read.'],
  'malformed-body': ['not-a-stream', 'The upstream sent a frame that could not be read.'],
  timeout: ['timed-out', 'The upstream stream timed out before the message was complete.'],
  limit: ['limit', 'The upstream stream exceeded a configured limit.'],
} as const

export type Cause = keyof typeof causes

const typeByKind: Readonly<Record<ErrorKind, string>> = {
  guardrail: 'invalid_request_error',
  'invalid-request': 'invalid_request_error',
  authentication: 'authentication_error',
  billing: 'billing_error',
  permission: 'permission_error',
  'not-found': 'not_found_error',
  'too-large': 'request_too_large',
  'rate-limit': 'rate_limit_error',
  timeout: 'timeout_error',
  overloaded: 'overloaded_error',
  server: 'api_error',
}

const anthropicTypes = new Set([...Object.values(typeByKind), 'conflict_error'])

/** The error event of a cause of ours, and the end state that goes with it. */
export function causeEvent(cause: Cause): { state: EndState; event: MadeEvent } {
  const [state, message] = causes[cause]
  const type = cause === 'timeout' ? 'timeout_error' : 'api_error'
  return { state, event: { type: 'error', error: { type, message } } }
}

/** The canonical error event of the upstream's error (AN-19, 8). */
export function errorEvent(error: UpstreamError): MadeEvent {
  const type = anthropicTypes.has(error.type) ? error.type : typeByKind[error.kind]
  const event = { type: 'error', error: { type, message: error.message } }
  return error.requestId === undefined ? event : { ...event, request_id: error.requestId }
}
