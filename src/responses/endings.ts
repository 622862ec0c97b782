import type { Where } from '../defects/reporter.js'
import type { EndState } from '../defects/types.js'
import type { ErrorKind, UpstreamError } from '../errors/upstream-error.js'
import type { EventFrame } from '../sse/frame.js'
import { madeFrame } from '../sse/made.js'
import type { Context } from './context.js'

/** Why we end a stream ourselves: one fixed sentence per cause (D-6), and how the stream ended then. */
const causes = {
  truncated: ['truncated', 'The upstream stream ended before the response was complete.'],
  dropped: ['truncated', 'Part of the upstream response could not be delivered, so it is not complete.'],
  empty: ['empty', 'The upstream returned an empty stream.'],
  'not-a-stream': ['not-a-stream', 'The upstream answered with something that is not an event stream.'],
  'other-protocol': ['not-a-stream', 'The upstream speaks another protocol than OpenAI Responses on this route.'],
  malformed: ['truncated', 'The upstream sent a frame that could not be read.'],
  'malformed-body': ['not-a-stream', 'The upstream sent a frame that could not be read.'],
  timeout: ['timed-out', 'The upstream stream timed out before the response was complete.'],
  limit: ['limit', 'The upstream stream exceeded a configured limit.'],
} as const

export type Cause = keyof typeof causes

/** The error of a cause of ours, and the end state that goes with it. */
export function causeError(cause: Cause): { state: EndState; error: UpstreamError } {
  const [state, message] = causes[cause]
  const timeout = cause === 'timeout'
  const type = timeout ? 'timeout_error' : 'server_error'
  return { state, error: { kind: timeout ? 'timeout' : 'server', type, code: type, message } }
}

/** Codes that say of a block that it is one: no client tries again. */
const blockCodes = new Set(['bio_policy', 'cyber_policy', 'invalid_prompt'])

/** Codes that Codex and the AI SDK act on by themselves (D-48). */
const keptCodes = new Set([
  ...blockCodes,
  'context_length_exceeded',
  'insufficient_quota',
  'server_is_overloaded',
  'rate_limit_exceeded',
  'server_error',
])

/** The other codes that OpenAI's own type of them has. */
const vendorCode = /^(?:vector_store_timeout|\w*image\w*)$/

const retryable = new Set<ErrorKind>(['rate-limit', 'timeout', 'overloaded', 'server'])

/** The code of `response.error`, by which Codex decides whether it sends the same prompt again (D-48). */
export function failedCode(error: UpstreamError): string {
  // A guardrail's block is one whatever code it has: the prompt must not be sent again.
  if (error.kind === 'guardrail' && !blockCodes.has(error.code)) return 'invalid_prompt'
  if (keptCodes.has(error.code) || vendorCode.test(error.code)) return error.code
  if (error.kind === 'rate-limit') return 'rate_limit_exceeded'
  return retryable.has(error.kind) ? 'server_error' : 'invalid_prompt'
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

/** The `error` event that every client understands: its fields flat and nested (openai.md E.2). */
export function errorFields(error: UpstreamError): { readonly [field: string]: unknown } {
  // A guardrail's own type would be taken for a fault of the server, and the blocked prompt sent again.
  const type = error.type === '' || error.kind === 'guardrail' ? typeByKind[error.kind] : error.type
  const code = error.code === '' ? failedCode(error) : error.code
  const fields = { code, message: error.message, param: error.param ?? null }
  const id = error.requestId === undefined ? {} : { request_id: error.requestId }
  return { ...fields, error: { type, ...fields }, ...id }
}

/** The terminal has gone out. */
export function terminated(context: Context, state: EndState, where: Where): void {
  const { writer, reporter, options } = context
  if (options.done === 'open-responses') writer.pass(doneFrame(where))
  writer.ended = true
  reporter.ended(state)
  context.forget()
}

function doneFrame(where: Where): EventFrame {
  return {
    ...madeFrame({ type: '' }, where),
    event: undefined,
    data: '[DONE]',
    value: undefined,
    raw: 'data: [DONE]\n\n',
  }
}
