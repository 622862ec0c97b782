import type { JsonObject } from '../defects/protocol.js'
import type { EndState } from '../defects/types.js'
import type { ErrorKind, UpstreamError } from '../errors/upstream-error.js'

/** Why we end a stream ourselves: one fixed sentence per cause (D-6), and how the stream ended then. */
const causes = {
  truncated: ['truncated', 'The upstream stream ended before the completion was whole.'],
  dropped: ['truncated', 'Part of the upstream completion could not be delivered, so it is not whole.'],
  empty: ['empty', 'Provider returned an empty stream.'],
  'not-a-stream': ['not-a-stream', 'The upstream answered with something that is not an event stream.'],
  'other-protocol': [
    'not-a-stream',
    'The upstream speaks another protocol than OpenAI Chat Completions on this route.',
  ],
  malformed: ['truncated', 'The upstream sent a frame that could not be read.'],
  'malformed-body': ['not-a-stream', 'The upstream sent a frame that could not be read.'],
  timeout: ['timed-out', 'The upstream stream timed out before the completion was whole.'],
  limit: ['limit', 'The upstream stream exceeded a configured limit.'],
} as const

export type Cause = keyof typeof causes

/** The error of a cause of ours, and the end state that goes with it. */
export function causeError(cause: Cause): { state: EndState; error: UpstreamError } {
  const [state, message] = causes[cause]
  const timeout = cause === 'timeout'
  const type = timeout ? 'timeout_error' : 'server_error'
  return { state, error: { kind: timeout ? 'timeout' : 'server', type, code: '', message } }
}

const typeByKind: Readonly<Record<ErrorKind, string>> = {
  guardrail: 'invalid_request_error',
  'invalid-request': 'invalid_request_error',
  authentication: 'authentication_error',
  billing: 'insufficient_quota',
  permission: 'permission_error',
  'not-found': 'not_found_error',
  'too-large': 'invalid_request_error',
  'rate-limit': 'rate_limit_error',
  timeout: 'timeout_error',
  overloaded: 'server_error',
  server: 'server_error',
}

/**
 * The error frame that every client shows (openai.md E.3, CH-15). A guardrail's code is 400, by which the AI SDK does not send
 * the same prompt again (D-64).
 */
export function errorChunk(error: UpstreamError): JsonObject {
  const type = error.type === '' || error.type === 'None' ? typeByKind[error.kind] : error.type
  const status = error.status ?? null
  const code = error.kind === 'guardrail' ? 400 : isStatus(error.code) || error.code === '' ? status : error.code
  const id = error.requestId === undefined ? {} : { request_id: error.requestId }
  return { error: { message: error.message, type, param: error.param ?? null, code }, ...id }
}

function isStatus(code: string): boolean {
  return /^[45]\d\d$/.test(code)
}
