import { describe, expect, it } from 'vitest'
import { type EndState, type ErrorKind, isRetryable, type UpstreamError } from '../../src/index.js'

const retryable: Readonly<Record<ErrorKind, boolean>> = {
  guardrail: false,
  'invalid-request': false,
  authentication: false,
  billing: false,
  permission: false,
  'not-found': false,
  'too-large': false,
  'rate-limit': true,
  timeout: true,
  overloaded: true,
  server: true,
}
const states: Readonly<Record<Exclude<EndState, 'upstream-error'>, boolean>> = {
  complete: false,
  truncated: true,
  empty: true,
  'not-a-stream': false,
  cancelled: false,
  'timed-out': true,
  limit: false,
}
const errorOf = (kind: ErrorKind): UpstreamError => ({ kind, type: '', code: '', message: 'm' })

describe('isRetryable', () => {
  it.each(Object.entries(retryable) as [ErrorKind, boolean][])(
    'after an upstream error of kind %s: %s',
    (kind, wanted) => {
      expect(isRetryable('upstream-error', errorOf(kind))).toBe(wanted)
    },
  )

  it('after an upstream error of which nothing is known: true', () => {
    expect(isRetryable('upstream-error')).toBe(true)
  })

  it.each(Object.entries(states) as [EndState, boolean][])(
    'after the end state %s: %s, whatever error is shown beside it',
    (state, wanted) => {
      expect(isRetryable(state)).toBe(wanted)
      for (const kind of Object.keys(retryable) as ErrorKind[]) expect(isRetryable(state, errorOf(kind))).toBe(wanted)
    },
  )
})
