import { describe, expect, it } from 'vitest'
import { type ErrorShape, type RecognisedError, recognise, saysError } from '../../src/errors/recognise.js'
import { type ErrorKind, guardrailMarks } from '../../src/index.js'

/** Reads an event as the machines do: its name, its JSON, its data. */
function recogniseEvent(value: unknown, event?: string): RecognisedError | undefined {
  return recognise(event, value, JSON.stringify(value))
}

interface ShapeCase {
  readonly name: string
  readonly event?: string
  readonly value: unknown
  readonly shape: ErrorShape
  readonly error: Partial<RecognisedError['error']>
}

const shapes: readonly ShapeCase[] = [
  {
    name: 'R-E01: nested, as OpenAI sends it',
    event: 'error',
    value: {
      type: 'error',
      sequence_number: 3,
      error: { type: 'server_error', code: 'x', message: 'It broke.', param: 'input' },
    },
    shape: 'err-anthropic',
    error: { kind: 'server', type: 'server_error', code: 'x', message: 'It broke.', param: 'input' },
  },
  {
    name: 'R-E08: as Anthropic sends it',
    value: { type: 'error', error: { type: 'overloaded_error', message: 'Busy.' }, request_id: 'req_1' },
    shape: 'err-anthropic',
    error: { kind: 'overloaded', type: 'overloaded_error', message: 'Busy.', requestId: 'req_1' },
  },
  {
    name: 'R-E03: flat',
    event: 'error',
    value: { type: 'error', sequence_number: 3, code: 'invalid_prompt', message: 'No.', param: null },
    shape: 'err-flat',
    error: { kind: 'invalid-request', type: '', code: 'invalid_prompt', message: 'No.' },
  },
  {
    name: 'R-E03: flat, without a name, the status as a string',
    value: { type: 'error', message: 'In-stream error', code: '500' },
    shape: 'err-flat',
    error: { kind: 'server', status: 500, code: '500', message: 'In-stream error' },
  },
  {
    name: 'R-E03: flat, the status as a number',
    value: { type: 'error', message: 'Slow down', code: 429 },
    shape: 'err-flat',
    error: { kind: 'rate-limit', status: 429, code: '429', message: 'Slow down' },
  },
  {
    name: '8: flat, the error in `message`',
    value: { type: 'error', message: { type: 'api_error', message: 'Provider failed.' } },
    shape: 'err-flat',
    error: { kind: 'server', type: 'api_error', message: 'Provider failed.' },
  },
  {
    name: 'R-E04, C-E01: chat',
    value: { error: { message: 'Blocked.', type: 'None', param: null, code: 400 } },
    shape: 'err-chat',
    error: { kind: 'invalid-request', status: 400, type: 'None', code: '400', message: 'Blocked.' },
  },
  {
    name: 'C-E02: chat under a name',
    event: 'error',
    value: { error: { message: 'Blocked.', type: 'guardrail_blocked', code: 'guardrail_intervention' } },
    shape: 'err-chat',
    error: { kind: 'guardrail', message: 'Blocked.' },
  },
  {
    name: 'C-E01: chat with its status under a name of its own',
    value: { error: { message: 'Too long.', http_status_code: 422 } },
    shape: 'err-chat',
    error: { kind: 'invalid-request', status: 422, message: 'Too long.' },
  },
  {
    name: 'C-E01: chat that also calls itself an object',
    value: { object: 'error', error: { message: 'Gone.', code: 404 } },
    shape: 'err-chat',
    error: { kind: 'not-found', status: 404 },
  },
  {
    name: 'C-E04: inside a chunk',
    value: {
      id: 'c1',
      object: 'chat.completion.chunk',
      choices: [{ index: 0, finish_reason: 'error' }],
      error: { code: 502, message: 'Lost.' },
    },
    shape: 'err-chat',
    error: { kind: 'server', status: 502, message: 'Lost.' },
  },
  {
    name: 'C-E07: chat without a message',
    value: { error: { code: 'x', type: 'y' } },
    shape: 'err-chat',
    error: { kind: 'server', type: 'y', code: 'x', message: 'The upstream reported an error without a message.' },
  },
  {
    name: 'R-E06: beside a response that failed',
    value: { type: 'response.failed', error: { message: 'Down.', code: 503 }, response: { error: null } },
    shape: 'err-chat',
    error: { kind: 'overloaded', status: 503, message: 'Down.' },
  },
  {
    name: 'R-E07: beside fields of the gateway',
    event: 'error',
    value: { type: 'response.failed', is_gateway_error: false, error: { message: 'Down.' } },
    shape: 'err-chat',
    error: { kind: 'server', message: 'Down.' },
  },
  {
    name: 'R-E05, C-E05: a string',
    value: { error: 'model not loaded' },
    shape: 'err-string',
    error: { kind: 'server', message: 'model not loaded' },
  },
  {
    name: 'C-E05: a string with its reason',
    value: { reason: 'guardrail', error: 'Not this.' },
    shape: 'err-string',
    error: { kind: 'guardrail', message: 'Not this.' },
  },
  {
    name: 'a string with the status beside it',
    value: { error: 'denied', status: 403, request_id: 'r2' },
    shape: 'err-string',
    error: { kind: 'permission', status: 403, requestId: 'r2' },
  },
  {
    name: 'C-E06, R-E21: the message is an object',
    value: {
      error: { message: { error: 'Violated.', bedrock_guardrail_response: { a: 1 } }, type: 'None', code: '400' },
    },
    shape: 'err-chat',
    error: { kind: 'guardrail', status: 400, message: 'Violated.' },
  },
  {
    name: 'the message is an object in an object',
    value: { error: { message: { error: { message: 'Deep down.' } } } },
    shape: 'err-chat',
    error: { message: 'Deep down.' },
  },
  {
    name: 'R-E09: `detail`',
    value: { detail: 'Not found' },
    shape: 'err-detail',
    error: { kind: 'server', message: 'Not found' },
  },
  {
    name: 'R-E09: `detail` as a list, with the code beside it',
    value: {
      detail: [{ loc: ['body', 'x'], msg: 'field required', type: 'missing' }, { msg: 'too short' }],
      code: 422,
    },
    shape: 'err-detail',
    error: { kind: 'invalid-request', status: 422, message: 'field required; too short' },
  },
  {
    name: 'R-E09: `detail` as an object',
    value: { detail: { error: 'No key.' } },
    shape: 'err-detail',
    error: { message: 'No key.' },
  },
  {
    name: 'R-E10, C-E09: an object called error',
    value: { object: 'error', message: 'Bad.', type: 'BadRequestError', param: null, code: 400 },
    shape: 'err-vllm-obj',
    error: { kind: 'invalid-request', status: 400, type: 'BadRequestError', message: 'Bad.' },
  },
  {
    name: 'C-E10: a message alone',
    value: { message: 'Upstream is down' },
    shape: 'err-message-only',
    error: { message: 'Upstream is down' },
  },
  {
    name: 'C-E10: a message with type and status',
    value: { message: 'Slow down', type: 'rate_limit', status: 429 },
    shape: 'err-message-only',
    error: { kind: 'rate-limit', status: 429 },
  },
  {
    name: 'C-E10: `error_type` and `error_message`',
    value: { error_type: 'authentication_error', error_message: 'No key.' },
    shape: 'err-message-only',
    error: { kind: 'authentication', type: 'authentication_error', message: 'No key.' },
  },
  {
    name: 'C-E10: `error` is true',
    value: { error: true, message: 'Bad chunk.', x: 1 },
    shape: 'err-message-only',
    error: { message: 'Bad chunk.' },
  },
  {
    name: 'an event that only its name calls an error',
    event: 'error',
    value: { code: 529, message: 'Busy.', whatever: [] },
    shape: 'err-event-object',
    error: { kind: 'overloaded', status: 529, message: 'Busy.' },
  },
  {
    name: 'C-E17: the same around a message that is an object',
    event: 'error',
    value: {
      code: '900514',
      type: 'GUARDRAIL',
      message: { interveningGuardrail: 'pii', reason: 'Has a name in it.' },
      description: 'd',
    },
    shape: 'err-event-object',
    error: { code: '900514', message: 'Has a name in it.' },
  },
]

describe('recognise', () => {
  it.each(shapes)('reads $name', ({ event, value, shape, error }) => {
    const found = recogniseEvent(value, event)
    expect(found?.shape).toBe(shape)
    expect(found?.error).toMatchObject(error)
  })

  it('reads plain text under an error name as the message (R-E11, D-6)', () => {
    expect(recognise('error', undefined, 'Too many requests')).toEqual({
      shape: 'err-event-plain',
      error: { kind: 'server', type: '', code: '', message: 'Too many requests' },
    })
  })

  it.each<[string, unknown, string?]>([
    ['an `error` that is null', { error: null }],
    ['an `error` that is empty', { error: {} }],
    ['an `error` that is an empty string', { error: '' }],
    ['an `error` that is false', { error: false, message: 'fine', id: 1 }],
    ['an event with an empty `error`', { type: 'content_block_stop', index: 0, error: {} }],
    ['an event with a `detail` of its own', { type: 'content_block_delta', index: 0, delta: {}, detail: 'low' }],
    ['an event with a `message` of its own', { type: 'message_start', message: { id: 'msg_a' } }],
    ['an event with a `message` among other things', { type: 'notice', message: 'hi', level: 'info' }],
    ['a chunk', { object: 'chat.completion.chunk', choices: [] }],
    ['an empty object', {}],
    ['a list', [{ error: 'x' }]],
    ['a string', 'error'],
    ['null', null],
    ['a list under an error name', [1], 'error'],
  ])('leaves %s alone', (_, value, event) => {
    expect(recogniseEvent(value, event)).toBeUndefined()
  })

  it('leaves text alone that no name calls an error', () => {
    for (const event of [undefined, 'message', 'Error']) expect(recognise(event, undefined, 'error')).toBeUndefined()
  })

  it('invents no status, parameter, id or delay', () => {
    expect(
      recogniseEvent({
        error: { message: 'm', code: 7, status: 200, param: null, retry_after: 'soon' },
        request_id: '',
      })?.error,
    ).toEqual({
      kind: 'server',
      type: '',
      code: '7',
      message: 'm',
    })
    expect(recogniseEvent({ error: { message: 'm', status: 429, retry_after: 7 } })?.error).toMatchObject({
      status: 429,
      retryAfter: 7,
    })
  })

  it('has one sentence for a message that is blank, missing, or of no kind that can be read', () => {
    for (const message of ['', '  ', null, 5, true, [], {}, [{}], { a: { b: 'c' } }]) {
      expect(recogniseEvent({ error: { type: 'x', message } })?.error.message).toBe(
        'The upstream reported an error without a message.',
      )
    }
  })

  it('looks no deeper than a few levels for a message', () => {
    let message: unknown = 'found'
    for (let depth = 0; depth < 10_000; depth++) message = { error: message }
    const found = recognise(undefined, { error: { message } }, '')
    expect(found?.error.message).toBe('The upstream reported an error without a message.')
  })
})

describe('the kind of an error', () => {
  const kindOf = (error: object, around: object = {}): ErrorKind | undefined =>
    recogniseEvent({ ...around, error: { message: 'm', ...error } })?.error.kind

  it.each<[number, ErrorKind]>([
    [400, 'invalid-request'],
    [401, 'authentication'],
    [402, 'billing'],
    [403, 'permission'],
    [404, 'not-found'],
    [408, 'timeout'],
    [409, 'invalid-request'],
    [413, 'too-large'],
    [418, 'invalid-request'],
    [422, 'invalid-request'],
    [429, 'rate-limit'],
    [500, 'server'],
    [502, 'server'],
    [503, 'overloaded'],
    [504, 'timeout'],
    [529, 'overloaded'],
  ])('by the status %i is %s', (status, kind) => {
    for (const error of [
      { status },
      { status_code: status },
      { http_status_code: status },
      { code: status },
      { code: String(status) },
    ]) {
      expect(kindOf(error)).toBe(kind)
    }
    expect(kindOf({}, { status })).toBe(kind)
    expect(kindOf({}, { code: status })).toBe(kind)
  })

  it.each<[string, ErrorKind]>([
    ['rate_limit_error', 'rate-limit'],
    ['rate_limit_exceeded', 'rate-limit'],
    ['too_many_requests', 'rate-limit'],
    ['overloaded_error', 'overloaded'],
    ['server_is_overloaded', 'overloaded'],
    ['service_unavailable', 'overloaded'],
    ['timeout_error', 'timeout'],
    ['DEADLINE_EXCEEDED', 'timeout'],
    ['authentication_error', 'authentication'],
    ['invalid_api_key', 'authentication'],
    ['Unauthorized', 'authentication'],
    ['permission_error', 'permission'],
    ['billing_error', 'billing'],
    ['insufficient_quota', 'billing'],
    ['not_found_error', 'not-found'],
    ['request_too_large', 'too-large'],
    ['invalid_request_error', 'invalid-request'],
    ['context_length_exceeded', 'invalid-request'],
    ['invalid_prompt', 'invalid-request'],
    ['api_error', 'server'],
    ['whatever', 'server'],
    ['', 'server'],
  ])('by the word %j is %s', (word, kind) => {
    expect(kindOf({ type: word })).toBe(kind)
    expect(kindOf({ code: word })).toBe(kind)
  })

  it('by the status goes before the words', () => {
    expect(kindOf({ type: 'invalid_request_error', status: 429 })).toBe('rate-limit')
    expect(kindOf({ type: 'rate_limit_error', status: 500 })).toBe('rate-limit')
  })
})

describe('a guardrail block (D-10)', () => {
  const kindOf = (value: object) => recogniseEvent(value)?.error.kind

  it.each(guardrailMarks.values)('is marked by the type, code or reason %s, whatever the status', (mark) => {
    expect(kindOf({ error: { message: 'm', type: mark, status: 500 } })).toBe('guardrail')
    expect(kindOf({ error: { message: 'm', code: mark } })).toBe('guardrail')
    expect(kindOf({ error: { message: 'm', reason: mark } })).toBe('guardrail')
    expect(kindOf({ error: 'm', reason: mark })).toBe('guardrail')
  })

  it.each(guardrailMarks.keys)('is marked by the key %s in the error, beside it, or in its message', (key) => {
    for (const mark of ['x', true, {}, ['x'], 0]) {
      expect(kindOf({ error: { message: 'm', [key]: mark } })).toBe('guardrail')
      expect(kindOf({ error: { message: 'm' }, [key]: mark })).toBe('guardrail')
      expect(kindOf({ error: { message: { error: 'm', [key]: mark } } })).toBe('guardrail')
    }
  })

  it.each(guardrailMarks.keys)('is not marked by the key %s where it says nothing', (key) => {
    for (const mark of [null, false]) expect(kindOf({ error: { message: 'm', [key]: mark } })).toBe('server')
  })

  it('is never found in the words of a message', () => {
    for (const words of [...guardrailMarks.values, ...guardrailMarks.keys, 'Blocked by guardrail: prompt injection']) {
      expect(kindOf({ error: { message: words } })).toBe('server')
      expect(kindOf({ error: words })).toBe('server')
      expect(kindOf({ detail: words })).toBe('server')
      expect(kindOf({ error: { message: { error: words } } })).toBe('server')
      expect(recognise('error', undefined, words)?.error.kind).toBe('server')
    }
  })

  it('is not found in a mark that is only part of a word, or in other letters', () => {
    for (const type of ['no_guardrail_violation', 'guardrail_violations', 'GUARDRAIL'])
      expect(kindOf({ error: { message: 'm', type } })).toBe('server')
  })
})

describe('saysError', () => {
  it('tells an error key that says something from one that does not (D-6)', () => {
    for (const error of [undefined, null, '', false, {}]) expect(saysError(error)).toBe(false)
    for (const error of ['x', true, { a: 1 }, [1], 404]) expect(saysError(error)).toBe(true)
  })
})
