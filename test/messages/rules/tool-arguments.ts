import {
  blockStop,
  comment,
  end,
  error,
  failure,
  inputDelta,
  messageStop,
  start,
  toolBlock,
  toolStart,
} from '../stream.js'
import type { Rule } from './rule.js'

/** The arguments of tool calls. */
export const toolArgumentsRules: readonly Rule[] = [
  {
    code: 'messages/tool-args-concatenated',
    violations: [
      {
        when: 'an empty object stands in front of the real arguments',
        upstream: [start(), toolBlock(0, '{}', '{"a":', '1}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":', '1}'), end('tool_use')],
        defects: ['messages/tool-args-concatenated dropped @3'],
        endState: 'complete',
      },
      {
        when: 'null stands in front of them',
        upstream: [start(), toolBlock(0, 'null', '{"a":1}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), end('tool_use')],
        defects: ['messages/tool-args-concatenated dropped @3'],
        endState: 'complete',
      },
      {
        when: 'two quotes stand in front of them',
        upstream: [start(), toolBlock(0, '""', '{"a":1}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), end('tool_use')],
        defects: ['messages/tool-args-concatenated dropped @3'],
        endState: 'complete',
      },
      {
        when: 'the whole comes again behind the pieces',
        upstream: [start(), toolBlock(0, '{"a":', '1}', '{ "a": 1 }'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":', '1}'), end('tool_use')],
        defects: ['messages/tool-args-concatenated dropped @5'],
        endState: 'complete',
      },
      {
        when: 'the last piece has the whole behind it',
        upstream: [start(), toolBlock(0, '{"a":', '1}{"a":1}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":', '1}'), end('tool_use')],
        defects: ['messages/tool-args-concatenated dropped @4'],
        endState: 'complete',
      },
      {
        when: 'the whole comes again behind the stop',
        upstream: [start(), toolBlock(0, '{"a":1}'), inputDelta(0, '{"a":1}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), end('tool_use')],
        defects: ['messages/tool-args-concatenated dropped @5'],
        endState: 'complete',
      },
      {
        when: 'other arguments follow, which belong to no call',
        upstream: [start(), toolBlock(0, '{"a":1}', '{"b":2}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), failure('dropped')],
        defects: [
          'messages/tool-args-concatenated dropped @4',
          'messages/truncated-stream dropped @6 message_delta',
          'messages/truncated-stream ended @7',
        ],
        endState: 'truncated',
      },
      {
        when: 'other arguments follow behind the stop',
        upstream: [start(), toolBlock(0, '{"a":1}'), inputDelta(0, '{"b":2}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), failure('dropped')],
        defects: [
          'messages/tool-args-concatenated dropped @5',
          'messages/truncated-stream dropped @6 message_delta',
          'messages/truncated-stream ended @7',
        ],
        endState: 'truncated',
      },
      {
        when: 'other arguments begin and the block stops inside them',
        upstream: [start(), toolBlock(0, '{"a":1}', '{"b":'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), failure('dropped')],
        defects: [
          'messages/tool-args-concatenated dropped @5',
          'messages/truncated-stream dropped @6 message_delta',
          'messages/truncated-stream ended @7',
        ],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      { when: 'an empty object is all there is', upstream: [start(), toolBlock(0, '{}'), end('tool_use')] },
      { when: 'blanks follow the arguments', upstream: [start(), toolBlock(0, '{"a":1}', ' \n'), end('tool_use')] },
      {
        when: 'an empty object stands inside the arguments',
        upstream: [start(), toolBlock(0, '{"a":', '{}', '}'), end('tool_use')],
      },
      {
        when: 'a word follows the arguments, as the model wrote it',
        upstream: [start(), toolBlock(0, '{"a":1}x'), end('tool_use')],
      },
      {
        when: 'two tools have the same arguments',
        upstream: [start(), toolBlock(0, '{"a":1}'), toolBlock(1, '{"a":1}'), end('tool_use')],
      },
      {
        when: 'the upstream fails before it shows what the empty object stood for',
        upstream: [start(), toolStart(0), inputDelta(0, '{}'), comment(), error()],
      },
    ],
  },
  {
    code: 'messages/tool-args-bad-json',
    violations: [
      {
        when: 'the arguments are malformed, as the model wrote them',
        upstream: [start(), toolBlock(0, '{"a":1]'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1]'), end('tool_use')],
        defects: [],
        observations: ['messages/tool-args-bad-json @4'],
        endState: 'complete',
      },
      {
        when: 'they come as an object in the place of text',
        upstream: [start(), toolStart(0), inputDelta(0, { a: 1 }), blockStop(0), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), end('tool_use')],
        defects: ['messages/tool-args-bad-json rewrote @3 delta.partial_json'],
        endState: 'complete',
      },
      {
        when: 'they are cut, and the stop reason claims a whole call',
        upstream: [start(), toolBlock(0, '{"a":'), end('tool_use')],
        output: [start(), toolStart(0), inputDelta(0, '{"a":'), failure('truncated')],
        defects: [
          'messages/tool-args-bad-json dropped @5 message_delta',
          'messages/tool-args-bad-json ended @5',
          'messages/event-after-end dropped @6',
        ],
        endState: 'truncated',
      },
      {
        when: 'they are cut, without a stop, and the stop reason claims a whole call',
        upstream: [start(), toolStart(0), inputDelta(0, '{"a":'), end('tool_use')],
        output: [start(), toolStart(0), inputDelta(0, '{"a":'), failure('truncated')],
        defects: ['messages/tool-args-bad-json dropped @4 message_delta', 'messages/tool-args-bad-json ended @5'],
        endState: 'truncated',
      },
      {
        when: 'they are cut, and a bare message_stop follows',
        upstream: [start(), toolBlock(0, '{"a":'), messageStop()],
        output: [start(), toolStart(0), inputDelta(0, '{"a":'), failure('truncated')],
        defects: ['messages/tool-args-bad-json ended @5'],
        endState: 'truncated',
      },
      ...(['null', '""'] as const).map((blank) => ({
        when: `${blank} is all that came, which means no arguments`,
        upstream: [start(), toolBlock(0, blank), end('tool_use')],
        output: [start(), toolBlock(0, '{}'), end('tool_use')],
        defects: ['messages/tool-args-bad-json rewrote @3 delta.partial_json'] as const,
        endState: 'complete' as const,
      })),
    ],
    nearMisses: [
      { when: 'they are whole', upstream: [start(), toolBlock(0, '{"a":1}'), end('tool_use')] },
      { when: 'they are cut under max_tokens', upstream: [start(), toolBlock(0, '{"a":'), end('max_tokens')] },
      { when: 'they are cut under refusal', upstream: [start(), toolBlock(0, '{"a":'), end('refusal')] },
      {
        when: 'they are cut under model_context_window_exceeded',
        upstream: [start(), toolBlock(0, '{"a":'), end('model_context_window_exceeded')],
      },
      {
        when: 'they are cut in front of an error of the upstream',
        upstream: [start(), toolStart(0), inputDelta(0, '{"a":'), error()],
      },
      { when: 'there are none, which means an empty object', upstream: [start(), toolBlock(0), end('tool_use')] },
    ],
  },
  {
    code: 'messages/first-delta-dropped',
    violations: [
      {
        when: 'the arguments begin in the middle',
        upstream: [start(), toolBlock(0, '"a.txt"}'), end('tool_use')],
        output: [start(), toolBlock(0, '"a.txt"}'), end('tool_use')],
        defects: [],
        observations: ['messages/first-delta-dropped @4'],
        endState: 'complete',
      },
      {
        when: 'they begin with a colon, which is malformed besides',
        upstream: [start(), toolBlock(0, ':1}'), end('tool_use')],
        output: [start(), toolBlock(0, ':1}'), end('tool_use')],
        defects: [],
        observations: ['messages/first-delta-dropped @4', 'messages/tool-args-bad-json @4'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'they begin like an object', upstream: [start(), toolBlock(0, ' {"a":1}'), end('tool_use')] },
      { when: 'there are none', upstream: [start(), toolBlock(0, ''), end('tool_use')] },
      { when: 'they are malformed further on', upstream: [start(), toolBlock(0, '{"a":1]'), end('tool_use')] },
    ],
  },
]
