import {
  answer,
  changed,
  choice,
  chunk,
  completion,
  data,
  delta,
  done,
  end,
  error,
  type Frames,
  failed,
  failure,
  finish,
  opening,
  role,
  text,
} from '../stream.js'
import type { Rule } from './rule.js'

/** An error of some shape in the middle of a text, and what clients are told of it. */
const shaped = (when: string, upstream: string, ...members: Parameters<typeof error>) => ({
  when,
  upstream: [opening('Hi'), upstream],
  output: [opening('Hi'), failed(...members)],
  defects: ['errors/error-frame-shape rewrote @3'] as const,
  endState: 'upstream-error' as const,
})

/** A guardrail that blocked, with a code that has clients send the prompt again. */
const blocked = (when: string, upstream: Frames, wanted: string) => ({
  when,
  upstream: [role(), upstream],
  output: [role(), wanted, done()],
  defects: ['chat/error-code rewrote @2 error.code'] as const,
  endState: 'upstream-error' as const,
})

/** Errors of the upstream in any shape but the one that clients show (C-E01 to C-E21). */
export const errorRules: readonly Rule[] = [
  {
    code: 'errors/error-frame-shape',
    violations: [
      shaped('it is a string', data({ error: 'Down' }), 'Down'),
      shaped('it is a detail', data({ detail: 'Down' }), 'Down'),
      shaped(
        'it stands under a type, as Anthropic writes it',
        data({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
        'Overloaded',
        'overloaded_error',
      ),
      shaped(
        'it is flat',
        data({ type: 'error', code: 'server_error', message: 'Down' }),
        'Down',
        'server_error',
        'server_error',
      ),
      shaped(
        'it is an object that calls itself an error',
        data({ object: 'error', message: 'Down', type: 'InternalServerError', code: 500 }),
        'Down',
        'InternalServerError',
        500,
      ),
      shaped('it is a message alone', data({ message: 'Down', status: 503 }), 'Down', 'server_error', 503),
      shaped('it is plain text under event: error', 'event: error\ndata: Down\n\n', 'Down'),
      shaped('it is right but for its event line', `event: error\n${error('Down')}`, 'Down'),
      shaped(
        'it has no words',
        data({ error: { type: 'server_error', code: 500 } }),
        'The upstream reported an error without a message.',
        'server_error',
        500,
      ),
      shaped(
        'its message is an object',
        data({ error: { message: { error: 'Down' }, type: 'server_error', code: null } }),
        'Down',
      ),
      shaped(
        'its status is hidden under another name',
        data({ error: { message: 'Down', status: 429 } }),
        'Down',
        'rate_limit_error',
        429,
      ),
      shaped(
        'its type is None',
        data({ error: { message: 'Down', type: 'None', code: '503' } }),
        'Down',
        'server_error',
        503,
      ),
      shaped(
        'there are empty choices beside it',
        data({ error: { message: 'Down', type: 'server_error', code: 500 }, choices: [] }),
        'Down',
        'server_error',
        500,
      ),
      {
        when: 'there is a text beside it, which leaves first',
        upstream: [role(), changed(text('Hi'), { error: { message: 'Down', type: 'server_error', code: 500 } })],
        output: [opening('Hi'), failed('Down', 'server_error', 500)],
        defects: ['errors/error-frame-shape rewrote @2'],
        endState: 'upstream-error',
      },
      {
        when: 'it is inside a choice',
        upstream: [
          role(),
          chunk([choice({ content: '' }, { finish_reason: 'error', error: { message: 'Down', code: 502 } })]),
        ],
        output: [role(), failed('Down', 'server_error', 502)],
        defects: ['errors/error-frame-shape rewrote @2'],
        endState: 'upstream-error',
      },
      {
        when: 'it is a finish reason',
        upstream: [opening('Hi'), finish('error'), done()],
        output: [opening('Hi'), failed('The upstream reported an error without a message.')],
        defects: ['errors/error-frame-shape rewrote @3'],
        endState: 'upstream-error',
      },
      {
        when: 'it is the first thing that comes',
        upstream: data({ error: 'Down' }),
        output: failed('Down'),
        defects: ['errors/error-frame-shape rewrote @1'],
        endState: 'upstream-error',
      },
      {
        when: 'a chunk is named error, and is none',
        upstream: [role(), `event: error\n${text('Hi')}`, end()],
        output: answer('Hi'),
        defects: ['errors/error-frame-shape rewrote @2 event'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'it is as clients show it', upstream: [opening('Hi'), failed()] },
      { when: 'its code is a status', upstream: [opening('Hi'), failed('Slow down', 'rate_limit_error', 429)] },
      {
        when: 'its code is a word, and it names a parameter',
        upstream: failed('No', 'invalid_request_error', 'bad', 'messages'),
      },
      {
        when: 'it has fields that we do not know',
        upstream: [
          data({ error: { message: 'Down', type: 'x', param: null, code: 'y', later: 1 }, request_id: 'r' }),
          done(),
        ],
      },
      { when: 'a text speaks of an error', upstream: answer('{"error":"x"}') },
    ],
  },
  {
    code: 'errors/err-field-old',
    violations: [
      {
        when: 'the error stands in a field called error',
        upstream: [opening('Hi'), 'error: {"message":"Down","code":500}\n\n'],
        output: [opening('Hi'), failed('Down', 'server_error', 500)],
        defects: ['errors/err-field-old rewrote @3', 'errors/error-frame-shape rewrote @3'],
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      { when: 'a comment says error', upstream: [': error: none\n\n', answer('Hi')] },
      { when: 'the error stands in its data', upstream: [opening('Hi'), failed()] },
    ],
  },
  {
    code: 'errors/error-null-key',
    violations: [
      ...([null, '', {}, false] as const).map((empty) => ({
        when: `a chunk has the error ${JSON.stringify(empty)} beside it`,
        upstream: [role(), changed(text('Hi'), { error: empty }), end()],
        output: answer('Hi'),
        defects: ['errors/error-null-key rewrote @2 error'] as const,
        endState: 'complete' as const,
      })),
      {
        when: 'a choice has the error null',
        upstream: [role(), delta({ content: 'Hi' }, { error: null }), end()],
        output: answer('Hi'),
        defects: ['errors/error-null-key rewrote @2 choices.error'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'the key stands deeper, where others may have it',
        upstream: [role(), delta({ content: 'Hi', later: { error: null } }), end()],
      },
      { when: 'the error says something', upstream: [opening('Hi'), failed()] },
    ],
  },
  {
    code: 'chat/error-code',
    violations: [
      blocked(
        'the code of a guardrail is a word',
        error('Blocked', 'invalid_request_error', 'content_filter'),
        error('Blocked', 'invalid_request_error', 400),
      ),
      blocked(
        'the code of a guardrail is a status of the server',
        error('Blocked', 'guardrail_violation', 500),
        error('Blocked', 'guardrail_violation', 400),
      ),
      blocked(
        'a guardrail has no code',
        error('Blocked', 'guardrail_violation', null),
        error('Blocked', 'guardrail_violation', 400),
      ),
    ],
    nearMisses: [
      { when: 'the code of a guardrail is 400', upstream: failed('Blocked', 'guardrail_violation', 400) },
      {
        when: 'it is no guardrail, whatever its words',
        upstream: failed('Guardrail policy, content filter, blocked', 'server_error', 500),
      },
      { when: 'the answer was filtered, which is no error', upstream: [opening('Hi'), end('content_filter')] },
    ],
  },
  {
    code: 'chat/error-then-continue',
    violations: [
      {
        when: 'the stream goes on behind its error',
        upstream: [opening('Hi'), error(), text('!'), end()],
        output: [opening('Hi'), failed()],
        defects: ['chat/error-then-continue dropped @4', 'chat/event-after-end dropped @5'],
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      { when: 'only the mark of the end is behind it', upstream: [opening('Hi'), failed()] },
      { when: 'it ends there, without the mark', upstream: [opening('Hi'), error()], added: done() },
      { when: 'the mark is in between', upstream: [failed(), text('!')], defects: ['chat/event-after-end dropped @3'] },
    ],
  },
  {
    code: 'chat/foreign-protocol',
    violations: [
      ...[
        ['Anthropic', { type: 'message_start', message: {} }],
        ['Responses', { type: 'response.created', response: {} }],
        ['Responses, bare', { id: 'resp_1', object: 'response', output: [] }],
      ].map(([whose, event]) => ({
        when: `the events are those of ${String(whose)}`,
        upstream: [data(event), data(event)],
        output: failure('other-protocol'),
        defects: ['chat/foreign-protocol ended @1', 'chat/event-after-end dropped @2'] as const,
        endState: 'not-a-stream' as const,
      })),
    ],
    nearMisses: [
      { when: 'a chunk has a type that is ours', upstream: [role(), changed(text('Hi'), { type: 'message' }), end()] },
      {
        when: 'an object has a type that nobody knows',
        upstream: [role(), data({ type: 'ping' }), end()],
        defects: ['chat/empty-or-null-frames dropped @2'],
      },
      {
        when: 'it is a whole completion',
        upstream: data(completion([])),
        defects: ['chat/non-stream-body rewrote @1', 'chat/empty-200 ended @1'],
      },
    ],
  },
]
