import { blockStop, data, end, error, frame, start, textBlock, textDelta, textStart } from '../stream.js'
import type { Rule } from './rule.js'

const shaped = (when: string, upstream: string, output: string) => ({
  when,
  upstream: [start(), upstream],
  output: [start(), output],
  defects: ['errors/error-frame-shape rewrote @2'] as const,
  endState: 'upstream-error' as const,
})

/** Errors of the upstream, whatever their shape. */
export const errors: readonly Rule[] = [
  {
    code: 'errors/error-frame-shape',
    violations: [
      shaped(
        'it is an error as on chat completions',
        data({ error: { message: 'Blocked', type: 'guardrail', code: 400 } }),
        error('Blocked', 'invalid_request_error'),
      ),
      shaped('it is a string', data({ error: 'Broken' }), error('Broken', 'api_error')),
      shaped('it is a detail', data({ detail: [{ msg: 'a' }, { msg: 'b' }] }), error('a; b', 'api_error')),
      shaped(
        'it is an object of that name',
        data({ object: 'error', message: 'Gone', code: 404 }),
        error('Gone', 'not_found_error'),
      ),
      shaped('it is plain text', 'event: error\ndata: Too busy\n\n', error('Too busy', 'api_error')),
      shaped(
        'only its event line says so',
        `event: error\n${data({ message: 'Slow', status: 504 })}`,
        error('Slow', 'timeout_error'),
      ),
      shaped(
        'only its type says so',
        frame({ type: 'error', message: 'Slow', code: 429 }),
        error('Slow', 'rate_limit_error'),
      ),
      shaped('it is nothing but a message', data({ message: 'No', status_code: 403 }), error('No', 'permission_error')),
      shaped('its error is true', data({ error: true, message: 'No' }), error('No', 'api_error')),
      shaped(
        'its key is error_message',
        data({ error_message: 'No', error_type: 'overloaded' }),
        error('No', 'overloaded_error'),
      ),
      shaped(
        'it lacks its own type',
        frame({ type: 'error', error: { message: 'No' }, request_id: 'req_1' }),
        frame({ type: 'error', error: { type: 'api_error', message: 'No' }, request_id: 'req_1' }),
      ),
      shaped(
        'it has no words',
        frame({ type: 'error', error: { type: 'overloaded_error' } }),
        error('The upstream reported an error without a message.'),
      ),
      {
        when: 'text stands beside it in one frame, and leaves first',
        upstream: [
          start(),
          textStart(0),
          frame({
            type: 'content_block_delta',
            index: 0,
            delta: { type: 'text_delta', text: 'Hi' },
            error: { message: 'Blocked' },
          }),
        ],
        output: [start(), textStart(0), textDelta(0, 'Hi'), error('Blocked', 'api_error')],
        defects: ['errors/error-frame-shape rewrote @3 error', 'errors/error-frame-shape rewrote @3'],
        endState: 'upstream-error',
      },
      {
        when: 'the event line of a delta with a message says that it is one',
        upstream: [
          start(),
          textStart(0),
          `event: error\n${data({ type: 'content_block_delta', index: 0, message: 'Broken' })}`,
        ],
        output: [start(), textStart(0), error('Broken', 'api_error')],
        defects: ['errors/error-frame-shape rewrote @3'],
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      { when: 'it is as Anthropic sends it', upstream: [start(), textStart(0), error()] },
      {
        when: 'it has a request id and fields that we do not know',
        upstream: [
          frame({ type: 'error', error: { type: 'api_error', message: 'x', details: null }, request_id: 'req_1' }),
        ],
      },
      {
        when: 'only its event line is missing',
        upstream: [start(), data({ type: 'error', error: { type: 'api_error', message: 'x' } })],
        defects: ['sse/event-line-missing rewrote @2 event'],
      },
      {
        when: 'the key is null',
        upstream: [start(), data({ error: null }), textBlock(0, 'Hi'), end()],
        defects: ['messages/unknown-event-type dropped @2'],
      },
      {
        when: 'the event line of a whole text delta says error',
        upstream: [
          start(),
          textStart(0),
          `event: error\n${data({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } })}`,
          blockStop(0),
          end(),
        ],
        defects: ['sse/event-line-missing rewrote @3 event'],
      },
    ],
  },
  {
    code: 'errors/err-field-old',
    violations: [
      {
        when: 'the error stands in a field called error',
        upstream: [start(), 'error: {"message":"Blocked","code":400}\n\n'],
        output: [start(), error('Blocked', 'invalid_request_error')],
        defects: ['errors/err-field-old rewrote @2', 'errors/error-frame-shape rewrote @2'],
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      { when: 'the event line says error', upstream: [start(), error()] },
      { when: 'a comment says error', upstream: [start(), ': error: none\n\n', textBlock(0, 'Hi'), end()] },
      { when: 'a text says error', upstream: [start(), textBlock(0, 'error: {}'), end()] },
    ],
  },
  {
    code: 'errors/error-null-key',
    violations: [
      ...([null, '', {}, false] as const).map((empty) => ({
        when: `a text delta has the error ${JSON.stringify(empty)} beside it`,
        upstream: [
          start(),
          textStart(0),
          frame({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' }, error: empty }),
          blockStop(0),
          end(),
        ],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['errors/error-null-key rewrote @3 error'] as const,
        endState: 'complete' as const,
      })),
    ],
    nearMisses: [
      {
        when: 'the key stands further down',
        upstream: [start({ error: null }), textBlock(0, 'Hi'), end()],
      },
      {
        when: 'a result of a server tool is an error',
        upstream: [
          start(),
          frame({
            type: 'content_block_start',
            index: 0,
            content_block: { type: 'mcp_tool_result', tool_use_id: 'x', is_error: true, content: [] },
          }),
          blockStop(0),
          end(),
        ],
      },
    ],
  },
]
