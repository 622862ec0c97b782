import {
  begin,
  changed,
  closeMessage,
  completed,
  data,
  event,
  type Frames,
  failed,
  failedPair,
  frame,
  hybrid,
  madeBegin,
  madeSnapshot,
  message,
  messageItem,
  nested,
  numbered,
  openMessage,
  textDelta,
} from '../stream.js'
import type { Rule } from './rule.js'

const hi = [messageItem(0, ['Hi'])]

/** An error of some shape in the middle of a text, and what clients are told of it. */
const shaped = (when: string, upstream: string, output: Frames) => ({
  when,
  upstream: [begin(), openMessage(0, 'Hi'), upstream],
  output: [begin(), openMessage(0, 'Hi'), output],
  defects: ['errors/error-frame-shape rewrote @6', 'responses/failed-missing inserted @6'] as const,
  endState: 'upstream-error' as const,
})

/** Errors of the upstream in any shape but OpenAI's own (R-E01 to R-E16). */
export const errorsRules: readonly Rule[] = [
  {
    code: 'errors/error-frame-shape',
    violations: [
      shaped(
        'it is flat',
        frame({ type: 'error', code: 'server_error', message: 'Down', param: null }),
        failedPair('Down', 'server_error', 'server_error'),
      ),
      shaped(
        'its code is a number',
        frame({ type: 'error', code: 503, message: 'Down', param: null }),
        failedPair('Down', '503', 'server_error', 'server_error'),
      ),
      shaped(
        'it is nested and has no code',
        frame({ type: 'error', error: { type: 'server_error', message: 'Down' } }),
        failedPair('Down', 'server_error', 'server_error'),
      ),
      shaped(
        'it is one of chat completions',
        data({ error: { message: 'Slow down', type: 'rate_limit_error', param: null, code: 429 } }),
        failedPair('Slow down', '429', 'rate_limit_error', 'rate_limit_exceeded'),
      ),
      shaped(
        'a guardrail says by its type that it blocked',
        data({ error: { message: 'Blocked', type: 'guardrail_violation', code: 400 } }),
        failedPair('Blocked', '400', 'invalid_request_error', 'invalid_prompt'),
      ),
      shaped('it is a string', data({ error: 'Down' }), failedPair('Down', 'server_error', 'server_error')),
      shaped('it is a detail', data({ detail: 'Down' }), failedPair('Down', 'server_error', 'server_error')),
      shaped(
        'it is an object that calls itself an error',
        data({ object: 'error', message: 'Down', type: 'InternalServerError', code: 500 }),
        failedPair('Down', '500', 'InternalServerError', 'server_error'),
      ),
      shaped(
        'it is plain text under event: error',
        'event: error\ndata: Down\n\n',
        failedPair('Down', 'server_error', 'server_error'),
      ),
      shaped(
        "it is Anthropic's",
        frame({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
        failedPair('Overloaded', 'server_error', 'overloaded_error'),
      ),
      {
        when: 'it is the first thing that comes',
        upstream: data({ error: { message: 'Down', type: 'server_error', code: 500 } }),
        output: numbered([
          madeBegin(),
          changed(hybrid('Down', '500', 'server_error'), { sequence_number: undefined }),
          event('failed', {
            response: { ...madeSnapshot(), status: 'failed', error: { code: 'server_error', message: 'Down' } },
          }),
        ]),
        defects: [
          'responses/created-missing inserted @1',
          'responses/in-progress-missing inserted @1',
          'errors/error-frame-shape rewrote @1',
          'responses/failed-missing inserted @1',
        ],
        endState: 'upstream-error',
      },
      {
        when: 'it stands beside a delta, which leaves first',
        upstream: [begin(), openMessage(0), changed(textDelta(0, 'Hi'), { error: { message: 'Down', code: 500 } })],
        output: [begin(), openMessage(0, 'Hi'), failedPair('Down', '500', 'server_error', 'server_error')],
        defects: [
          'errors/error-frame-shape rewrote @5 error',
          'errors/error-frame-shape rewrote @5',
          'responses/failed-missing inserted @5',
        ],
        endState: 'upstream-error',
      },
      {
        when: 'response.failed has its error beside the response',
        upstream: [
          begin(),
          event('failed', {
            response: { ...(madeSnapshot('resp_1', { model: 'test-model' }) as object), status: 'failed', error: null },
            error: { message: 'Down', code: 'server_error' },
          }),
        ],
        output: [
          begin(),
          hybrid('Down'),
          event('failed', {
            sequence_number: 1,
            response: {
              ...(madeSnapshot('resp_1', { model: 'test-model' }) as object),
              status: 'failed',
              error: { code: 'server_error', message: 'Down' },
            },
          }),
        ],
        defects: [
          'responses/error-missing inserted @3',
          'errors/error-frame-shape rewrote @3 response.error',
          'responses/sequence-number rewrote @3 sequence_number',
        ],
        endState: 'upstream-error',
      },
      {
        when: 'response.failed holds no response at all',
        upstream: [begin(), event('failed', { error: { message: 'Down', code: 'server_error' } })],
        output: [begin(), failedPair('Down', 'server_error', 'server_error')],
        defects: ['errors/error-frame-shape rewrote @3', 'responses/error-missing inserted @3'],
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      { when: "it is OpenAI's own pair", upstream: [begin(), openMessage(0, 'Hi'), nested(), failed()] },
      { when: 'it is the pair of ours', upstream: [begin(), openMessage(0, 'Hi'), hybrid('Down'), failed()] },
      {
        when: 'it has fields that we do not know',
        upstream: [begin(), changed(nested(), { request_id: 'req_1' }), failed()],
      },
      {
        when: 'a text speaks of an error',
        upstream: [begin(), message(0, '{"error":"x"}'), completed([messageItem(0, ['{"error":"x"}'])])],
      },
    ],
  },
  {
    code: 'errors/err-field-old',
    violations: [
      {
        when: 'the error stands in a field called error',
        upstream: [begin(), 'error: {"message":"Down","code":500}\n\n'],
        output: [begin(), failedPair('Down', '500', 'server_error', 'server_error')],
        defects: [
          'errors/err-field-old rewrote @3',
          'errors/error-frame-shape rewrote @3',
          'responses/failed-missing inserted @3',
        ],
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      { when: 'a comment says error', upstream: [': error: none\n\n', begin(), message(0, 'Hi'), completed(hi)] },
      { when: 'the event line says error', upstream: [begin(), nested(), failed()] },
    ],
  },
  {
    code: 'errors/error-null-key',
    violations: ([null, '', {}, false] as const).map((empty) => ({
      when: `a delta has the error ${JSON.stringify(empty)} beside it`,
      upstream: [
        begin(),
        openMessage(0),
        changed(textDelta(0, 'Hi'), { error: empty }),
        closeMessage(0, 'Hi'),
        completed(hi),
      ],
      output: [begin(), message(0, 'Hi'), completed(hi)],
      defects: ['errors/error-null-key rewrote @5 error'] as const,
      endState: 'complete' as const,
    })),
    nearMisses: [
      {
        when: 'the key stands in the snapshot, where it belongs',
        upstream: [begin(), message(0, 'Hi'), completed(hi)],
      },
      {
        when: 'the key stands in an item',
        upstream: [
          begin(),
          event('output_item.added', {
            output_index: 0,
            item: { id: 'mcp_0', type: 'mcp_call', name: 'x', server_label: 's', arguments: '', error: null },
          }),
          event('output_item.done', {
            output_index: 0,
            item: { id: 'mcp_0', type: 'mcp_call', name: 'x', server_label: 's', arguments: '', error: null },
          }),
          completed([{ id: 'mcp_0', type: 'mcp_call', name: 'x', server_label: 's', arguments: '', error: null }]),
        ],
      },
    ],
  },
]
