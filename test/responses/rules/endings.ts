import {
  begin,
  call,
  callItem,
  changed,
  closeMessage,
  comment,
  completed,
  created,
  data,
  done,
  event,
  failed,
  failedPair,
  failure,
  failureAlone,
  hybrid,
  incomplete,
  itemDone,
  madeBegin,
  madeCompleted,
  message,
  messageItem,
  nested,
  numbered,
  openMessage,
  snapshot,
  textDelta,
  usage,
} from '../stream.js'
import type { Rule } from './rule.js'

const hi = [messageItem(0, ['Hi'])]
const { input_tokens_details, output_tokens_details, total_tokens, ...counts } = usage

/** Terminals, what they hold, and what comes in their place. */
export const endingsRules: readonly Rule[] = [
  {
    code: 'responses/completed-output-empty',
    violations: [
      ...([[], null, undefined] as const).map((output) => ({
        when: `the output of the terminal is ${JSON.stringify(output)}`,
        upstream: [begin(), message(0, 'Hi'), completed([], { output })],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/completed-output-empty rewrote @9 response.output'] as const,
        endState: 'complete' as const,
      })),
      {
        when: 'an item is missing in it',
        upstream: [begin(), message(0, 'Hi'), call(1, '{}'), completed([callItem(1, '{}')])],
        output: [begin(), message(0, 'Hi'), call(1, '{}'), completed([messageItem(0, ['Hi']), callItem(1, '{}')])],
        defects: ['responses/completed-output-empty rewrote @13 response.output'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'it lists every item', upstream: [begin(), message(0, 'Hi'), completed(hi)] },
      { when: 'there were none', upstream: [begin(), completed([])] },
      { when: 'the response failed', upstream: [begin(), openMessage(0, 'Hi'), nested(), failed()] },
    ],
  },
  {
    code: 'responses/usage-malformed',
    violations: [
      {
        when: 'it has the names of chat completions',
        upstream: [
          begin(),
          message(0, 'Hi'),
          completed(hi, { usage: { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 } }),
        ],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: [
          'responses/usage-malformed rewrote @9 response.usage.input_tokens',
          'responses/usage-malformed rewrote @9 response.usage.output_tokens',
          'responses/usage-malformed rewrote @9 response.usage.input_tokens_details',
          'responses/usage-malformed rewrote @9 response.usage.output_tokens_details',
        ],
        endState: 'complete',
      },
      {
        when: 'it has neither total nor details',
        upstream: [begin(), message(0, 'Hi'), completed(hi, { usage: counts })],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: [
          'responses/usage-malformed rewrote @9 response.usage.total_tokens',
          'responses/usage-malformed rewrote @9 response.usage.input_tokens_details',
          'responses/usage-malformed rewrote @9 response.usage.output_tokens_details',
        ],
        endState: 'complete',
      },
      {
        when: 'numbers are texts',
        upstream: [begin(), message(0, 'Hi'), completed(hi, { usage: { ...usage, input_tokens: '3' } })],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/usage-malformed rewrote @9 response.usage.input_tokens'],
        endState: 'complete',
      },
      {
        when: 'it is no object, and says nothing',
        upstream: [begin(), message(0, 'Hi'), completed(hi, { usage: 8 })],
        output: [begin(), message(0, 'Hi'), completed(hi, { usage: null })],
        defects: ['responses/usage-malformed rewrote @9 response.usage'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'every count is there', upstream: [begin(), message(0, 'Hi'), completed(hi)] },
      {
        when: 'it has counts that we do not know',
        upstream: [begin(), message(0, 'Hi'), completed(hi, { usage: { ...usage, cost: 1 } })],
      },
      { when: 'there is none', upstream: [begin(), message(0, 'Hi'), completed(hi, { usage: null })] },
    ],
  },
  {
    code: 'responses/usage-missing',
    violations: [
      ...([null, undefined] as const).map((none) => ({
        when: `the usage of a completed response is ${JSON.stringify(none)}`,
        upstream: [begin(), message(0, 'Hi'), completed(hi, { usage: none })],
        output: [begin(), message(0, 'Hi'), completed(hi, { usage: none })],
        defects: [],
        observations: ['responses/usage-missing @9'] as const,
        endState: 'complete' as const,
      })),
    ],
    nearMisses: [
      { when: 'it is there', upstream: [begin(), message(0, 'Hi'), completed(hi)] },
      { when: 'the response failed', upstream: [begin(), nested(), failed()] },
    ],
  },
  {
    code: 'responses/terminal-missing',
    violations: [
      {
        when: '[DONE] comes behind a message that is done',
        upstream: [begin(), message(0, 'Hi'), done()],
        output: [begin(), message(0, 'Hi'), madeCompleted(hi)],
        defects: ['responses/terminal-missing inserted @9'],
        endState: 'complete',
      },
      {
        when: '[DONE] comes behind a call that is done',
        upstream: [begin(), call(0, '{}'), done()],
        output: [begin(), call(0, '{}'), madeCompleted([callItem(0, '{}')])],
        defects: ['responses/terminal-missing inserted @7'],
        endState: 'complete',
      },
      {
        when: '[DONE] comes in the middle of a text',
        upstream: [begin(), openMessage(0, 'Hi'), done()],
        output: [begin(), openMessage(0, 'Hi'), failure('truncated')],
        defects: ['responses/terminal-missing ended @6'],
        endState: 'truncated',
      },
      {
        when: 'the body ends behind a message that is done',
        upstream: [begin(), message(0, 'Hi')],
        output: [begin(), message(0, 'Hi'), failure('truncated')],
        defects: ['responses/terminal-missing ended @8'],
        endState: 'truncated',
      },
      {
        when: 'nothing follows the beginning',
        upstream: [begin()],
        output: [begin(), failure('truncated')],
        defects: ['responses/terminal-missing ended @2'],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      { when: 'the terminal is there', upstream: [begin(), message(0, 'Hi'), completed(hi)] },
      { when: 'the response is incomplete', upstream: [begin(), message(0, 'Hi'), incomplete(hi)] },
      { when: 'the upstream says that it failed', upstream: [begin(), openMessage(0, 'Hi'), nested(), failed()] },
    ],
  },
  {
    code: 'responses/terminal-alias',
    violations: [
      {
        when: 'the terminal is called response.done',
        upstream: [
          begin(),
          message(0, 'Hi'),
          event('done', { response: snapshot('completed', { output: hi, usage }) }),
        ],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/terminal-alias rewrote @9 type'],
        endState: 'complete',
      },
      {
        when: 'it is called response.done and incomplete',
        upstream: [
          begin(),
          message(0, 'Hi'),
          event('done', {
            response: snapshot('incomplete', {
              output: hi,
              usage,
              incomplete_details: { reason: 'max_output_tokens' },
            }),
          }),
        ],
        output: [begin(), message(0, 'Hi'), incomplete(hi)],
        defects: ['responses/terminal-alias rewrote @9 type'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'it is called response.completed', upstream: [begin(), message(0, 'Hi'), completed(hi)] },
      {
        when: 'an event is called almost so',
        upstream: [begin(), event('done_later'), message(0, 'Hi'), completed(hi)],
      },
    ],
  },
  {
    code: 'responses/terminal-status-mismatch',
    violations: [
      {
        when: 'the status is still in_progress',
        upstream: [begin(), message(0, 'Hi'), completed(hi, { status: 'in_progress' })],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/terminal-status-mismatch rewrote @9 response.status'],
        endState: 'complete',
      },
      {
        when: 'an incomplete response is called completed',
        upstream: [begin(), message(0, 'Hi'), incomplete(hi, { status: 'completed' })],
        output: [begin(), message(0, 'Hi'), incomplete(hi)],
        defects: ['responses/terminal-status-mismatch rewrote @9 response.status'],
        endState: 'complete',
      },
      {
        when: 'response.failed is called completed',
        upstream: [begin(), nested(), failed('Down', 'server_error', { status: 'completed' })],
        output: [begin(), nested(), failed()],
        defects: ['responses/terminal-status-mismatch rewrote @4 response.status'],
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      { when: 'it is the name of the event', upstream: [begin(), message(0, 'Hi'), completed(hi)] },
      {
        when: 'an item has another one',
        upstream: [
          begin(),
          openMessage(0, 'Hi'),
          closeMessage(0, 'Hi').slice(0, 2),
          itemDone(0, messageItem(0, ['Hi'], { status: 'incomplete' })),
          incomplete([messageItem(0, ['Hi'], { status: 'incomplete' })]),
        ],
      },
    ],
  },
  {
    code: 'responses/event-after-end',
    violations: [
      {
        when: 'a delta, a second terminal and an error follow it',
        upstream: [begin(), message(0, 'Hi'), completed(hi), textDelta(0, '!'), completed([]), nested()],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: [10, 11, 12].map((at) => `responses/event-after-end dropped @${at}` as const),
        endState: 'complete',
      },
      {
        when: 'the stream goes on behind an error',
        upstream: [begin(), nested(), failed(), message(0, 'Hi').slice(0, 1)],
        output: [begin(), nested(), failed()],
        defects: [5, 6, 7].map((at) => `responses/event-after-end dropped @${at}` as const),
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      {
        when: 'it is [DONE], a comment and a blank line',
        upstream: [begin(), message(0, 'Hi'), completed(hi), done(), comment(), '\n'],
        trailing: 3,
      },
      { when: 'nothing follows', upstream: [begin(), message(0, 'Hi'), completed(hi)] },
    ],
  },
  {
    code: 'responses/failed-missing',
    violations: [
      {
        when: "the body ends behind OpenAI's own error",
        upstream: [begin(), openMessage(0, 'Hi'), nested()],
        output: [begin(), openMessage(0, 'Hi'), nested(), failed()],
        defects: ['responses/failed-missing inserted @6'],
        endState: 'upstream-error',
      },
      {
        when: '[DONE] follows it',
        upstream: [begin(), nested(), done()],
        output: [begin(), nested(), failed()],
        defects: ['responses/failed-missing inserted @4'],
        endState: 'upstream-error',
      },
      {
        when: 'response.completed follows it',
        upstream: [begin(), nested(), completed([])],
        output: [begin(), nested(), failed()],
        defects: ['responses/failed-missing inserted @4', 'responses/event-after-end dropped @4'],
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      { when: 'it follows at once', upstream: [begin(), nested(), failed()] },
      { when: 'a comment stands in between', upstream: [begin(), nested(), comment(), failed()] },
    ],
  },
  {
    code: 'responses/error-missing',
    violations: [
      {
        when: 'response.failed comes alone',
        upstream: [begin(), openMessage(0, 'Hi'), changed(failed(), { sequence_number: undefined })],
        output: [begin(), openMessage(0, 'Hi'), failedPair('Down', 'server_error', 'server_error')],
        defects: ['responses/error-missing inserted @6', 'responses/sequence-number rewrote @6 sequence_number'],
        endState: 'upstream-error',
      },
      {
        when: 'response.cancelled does',
        upstream: [begin(), event('cancelled', { response: snapshot('cancelled') })],
        output: [
          begin(),
          failedPair('The upstream reported an error without a message.', 'server_error', 'server_error'),
        ],
        defects: [
          'responses/terminal-alias rewrote @3 type',
          'responses/error-missing inserted @3',
          'responses/error-code rewrote @3 response.error',
          'responses/sequence-number rewrote @3 sequence_number',
        ],
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      { when: 'an error stands in front of it', upstream: [begin(), nested(), failed()] },
      { when: 'the error of ours does', upstream: [begin(), hybrid('Down'), failed()] },
    ],
  },
  {
    code: 'responses/error-code',
    violations: [
      {
        when: 'a guardrail has a code that reads like a passing failure',
        upstream: [begin(), nested('Blocked', 'content_filter', 'server_error'), failed('Blocked', 'content_filter')],
        output: [begin(), nested('Blocked', 'content_filter', 'server_error'), failed('Blocked', 'invalid_prompt')],
        defects: ['responses/error-code rewrote @4 response.error'],
        endState: 'upstream-error',
      },
      {
        when: 'the code is a number',
        upstream: [begin(), nested(), failed('Down', 500)],
        output: [begin(), nested(), failed()],
        defects: ['responses/error-code rewrote @4 response.error'],
        endState: 'upstream-error',
      },
      {
        when: 'the error of a failed response is null',
        upstream: [begin(), nested(), failed('', '', { error: null })],
        output: [begin(), nested(), failed()],
        defects: ['responses/error-code rewrote @4 response.error'],
        endState: 'upstream-error',
      },
      {
        when: 'the code is none that a client knows, and a retry is no use',
        upstream: [begin(), nested('No', 'no_such_key', 'authentication_error'), failed('No', 'no_such_key')],
        output: [begin(), nested('No', 'no_such_key', 'authentication_error'), failed('No', 'invalid_prompt')],
        defects: ['responses/error-code rewrote @4 response.error'],
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      ...[
        'context_length_exceeded',
        'insufficient_quota',
        'server_is_overloaded',
        'rate_limit_exceeded',
        'bio_policy',
        'cyber_policy',
        'invalid_prompt',
        'server_error',
      ].map((code) => ({
        when: `the code is ${code}`,
        upstream: [begin(), nested('x', code, 'x'), failed('x', code)],
      })),
    ],
  },
  {
    code: 'responses/chat-chunks-on-responses',
    violations: [
      {
        when: 'the first frame is a chunk of chat completions',
        upstream: [
          data({
            id: 'chatcmpl-1',
            object: 'chat.completion.chunk',
            choices: [{ index: 0, delta: { content: 'Hi' } }],
          }),
          done(),
        ],
        output: failureAlone('other-protocol'),
        defects: ['responses/chat-chunks-on-responses ended @1'],
        endState: 'not-a-stream',
      },
      {
        when: 'one comes in the middle',
        upstream: [begin(), data({ id: 'chatcmpl-1', object: 'chat.completion.chunk', choices: [] })],
        output: [begin(), failure('other-protocol')],
        defects: ['responses/chat-chunks-on-responses ended @3'],
        endState: 'not-a-stream',
      },
    ],
    nearMisses: [
      {
        when: 'the backend left the id of one',
        upstream: [created({ id: 'chatcmpl-1' }), begin().slice(1), message(0, 'Hi'), completed(hi)],
        defects: [
          'responses/response-id-mismatch rewrote @2 response.id',
          'responses/response-id-mismatch rewrote @9 response.id',
        ],
      },
      {
        when: 'an object without a type is none',
        upstream: [begin(), data({ choices: 1 }), message(0, 'Hi'), completed(hi)],
        defects: ['responses/unknown-or-keepalive-events dropped @3'],
      },
    ],
  },
  {
    code: 'responses/non-stream-body',
    violations: [
      {
        when: 'the body is a Response',
        upstream: JSON.stringify(snapshot('completed', { output: hi, usage })),
        output: numbered([
          madeBegin('resp_1', { created_at: 7, model: 'test-model' }),
          message(0, 'Hi'),
          completed(hi),
        ]),
        defects: ['sse/raw-ndjson rewrote @1', 'responses/non-stream-body rewrote @1'],
        endState: 'complete',
      },
      {
        when: 'one frame is',
        upstream: data(snapshot('completed', { output: [callItem(0, '{"a":1}')], usage })),
        output: numbered([
          madeBegin('resp_1', { created_at: 7, model: 'test-model' }),
          call(0, '{"a":1}'),
          completed([callItem(0, '{"a":1}')]),
        ]),
        defects: ['responses/non-stream-body rewrote @1'],
        endState: 'complete',
      },
      {
        when: 'the Response is still in progress',
        upstream: JSON.stringify(snapshot('in_progress')),
        output: failureAlone('truncated'),
        defects: [
          'sse/raw-ndjson rewrote @1',
          'responses/non-stream-body rewrote @1',
          'responses/terminal-missing ended @1',
        ],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      { when: 'it is wrapped in its events', upstream: [begin(), message(0, 'Hi'), completed(hi)] },
      {
        when: 'the terminal is all there is',
        upstream: [completed(hi)],
        defects: [
          'responses/created-missing inserted @1',
          'responses/in-progress-missing inserted @1',
          'responses/item-added-missing inserted @1',
          'responses/part-added-missing inserted @1',
          'responses/text-only-at-end inserted @1 text',
          'responses/item-done-missing inserted @1 response.output_text.done',
          'responses/item-done-missing inserted @1 response.content_part.done',
        ],
      },
    ],
  },
  {
    code: 'responses/empty-200',
    violations: [
      {
        when: 'the body is empty',
        upstream: [],
        output: failureAlone('empty'),
        defects: ['responses/empty-200 ended @0'],
        endState: 'empty',
      },
      {
        when: 'it holds nothing but [DONE]',
        upstream: done(),
        output: failureAlone('empty'),
        defects: ['responses/empty-200 ended @1'],
        endState: 'empty',
      },
      {
        when: 'it holds nothing but comments',
        upstream: [comment(), comment()],
        output: [comment(), comment(), failureAlone('empty')],
        defects: ['responses/empty-200 ended @2'],
        endState: 'empty',
      },
    ],
    nearMisses: [
      { when: 'a response without output completes', upstream: [begin(), completed([])] },
      {
        when: 'an error is all there is',
        upstream: data({ error: { message: 'Down' } }),
        defects: [
          'responses/created-missing inserted @1',
          'responses/in-progress-missing inserted @1',
          'errors/error-frame-shape rewrote @1',
          'responses/failed-missing inserted @1',
        ],
      },
    ],
  },
]
