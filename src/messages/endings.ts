import type { JsonObject } from '../defects/protocol.js'
import type { ErrorKind, UpstreamError } from '../errors/upstream-error.js'

/** Why we end a stream ourselves. */
export type Cause =
  | 'truncated'
  | 'dropped'
  | 'empty'
  | 'not-a-stream'
  | 'other-protocol'
  | 'spliced'
  | 'malformed'
  | 'timeout'
  | 'limit'

/** One fixed sentence per cause (D-6). */
const sentences: Readonly<Record<Cause, string>> = {
  truncated: 'The upstream stream ended before the message was complete.',
  dropped: 'Part of the upstream message could not be delivered, so it is not complete.',
  empty: 'The upstream returned an empty stream.',
  'not-a-stream': 'The upstream answered with something that is not an event stream.',
  'other-protocol': 'The upstream speaks another protocol than Anthropic Messages on this route.',
  spliced: 'The upstream began a second message in the middle of the first.',
  malformed: 'The upstream sent a frame that could not be read.',
  timeout: 'The upstream stream timed out before the message was complete.',
  limit: 'The upstream stream exceeded a configured limit.',
}

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

/** The error event of a cause of ours. */
export function causeEvent(cause: Cause): JsonObject & { readonly type: 'error' } {
  const type = cause === 'timeout' ? 'timeout_error' : 'api_error'
  return { type: 'error', error: { type, message: sentences[cause] } }
}

/** The canonical error event of the upstream's error (AN-19, 8). */
export function errorEvent(error: UpstreamError): JsonObject & { readonly type: 'error' } {
  const type = anthropicTypes.has(error.type) ? error.type : typeByKind[error.kind]
  const event = { type: 'error' as const, error: { type, message: error.message } }
  return error.requestId === undefined ? event : { ...event, request_id: error.requestId }
}
