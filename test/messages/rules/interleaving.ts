import {
  blockStart,
  blockStop,
  delta,
  end,
  error,
  failure,
  inputDelta,
  newerDelta,
  start,
  textBlock,
  textDelta,
  textStart,
  thinkingBlock,
  thinkingDelta,
  toolBlock,
  toolStart,
} from '../stream.js'
import type { Rule } from './rule.js'

/** Blocks that overlap. */
export const interleavingRules: readonly Rule[] = [
  {
    code: 'messages/blocks-interleaved',
    violations: [
      {
        when: 'the deltas of two tools alternate',
        upstream: [
          start(),
          toolStart(0),
          inputDelta(0, '{"a":'),
          toolStart(1),
          inputDelta(1, '{"b":2}'),
          inputDelta(0, '1}'),
          blockStop(0),
          blockStop(1),
          end('tool_use'),
        ],
        output: [start(), toolBlock(0, '{"a":', '1}'), toolBlock(1, '{"b":2}'), end('tool_use')],
        defects: ['messages/blocks-interleaved moved @6'],
        endState: 'complete',
      },
      {
        when: 'the rest of the arguments comes behind the stop',
        upstream: [start(), toolBlock(0, '{"a":'), inputDelta(0, '1}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":', '1}'), end('tool_use')],
        defects: ['messages/blocks-interleaved moved @5'],
        endState: 'complete',
      },
      {
        when: 'text comes for a text block that is closed',
        upstream: [start(), textBlock(0, 'Hi'), textDelta(0, '!'), end()],
        output: [start(), textBlock(0, 'Hi'), textBlock(1, '!'), end()],
        defects: ['messages/blocks-interleaved inserted @5'],
        endState: 'complete',
      },
      {
        when: 'thinking comes for a thinking block that is closed',
        upstream: [start(), thinkingBlock(0, 'Hm'), thinkingDelta(0, '!'), end()],
        output: [
          start(),
          thinkingBlock(0, 'Hm'),
          blockStart(1, { type: 'thinking', thinking: '', signature: '' }),
          thinkingDelta(1, '!'),
          blockStop(1),
          end(),
        ],
        defects: ['messages/blocks-interleaved inserted @6'],
        observations: ['messages/thinking-signature-missing @8'],
        endState: 'complete',
      },
      {
        when: 'a newer delta comes for a closed block, where nothing can be made of it',
        upstream: [start(), textBlock(0, 'Hi'), newerDelta(0), end()],
        output: [start(), textBlock(0, 'Hi'), failure('dropped')],
        defects: [
          'messages/blocks-interleaved dropped @5',
          'messages/truncated-stream dropped @6 message_delta',
          'messages/truncated-stream ended @7',
        ],
        endState: 'truncated',
      },
      {
        when: 'a compaction comes for a closed block, which is of none of the kinds that can be begun anew',
        upstream: [start(), textBlock(0, 'Hi'), delta(0, { type: 'compaction_delta', content: 'x' }), end()],
        output: [start(), textBlock(0, 'Hi'), failure('dropped')],
        defects: [
          'messages/blocks-interleaved dropped @5',
          'messages/truncated-stream dropped @6 message_delta',
          'messages/truncated-stream ended @7',
        ],
        endState: 'truncated',
      },
      {
        when: 'blank arguments come for a closed tool, which lacks nothing',
        upstream: [start(), toolBlock(0, '{}'), inputDelta(0, ' '), end('tool_use')],
        output: [start(), toolBlock(0, '{}'), end('tool_use')],
        defects: ['messages/blocks-interleaved dropped @5'],
        endState: 'complete',
      },
      {
        when: 'more arguments come for a closed tool that was malformed',
        upstream: [start(), toolBlock(0, '{]'), inputDelta(0, 'x'), end('tool_use')],
        output: [start(), toolBlock(0, '{]'), failure('dropped')],
        defects: [
          'messages/blocks-interleaved dropped @5',
          'messages/truncated-stream dropped @6 message_delta',
          'messages/truncated-stream ended @7',
        ],
        observations: ['messages/tool-args-bad-json @4'],
        endState: 'truncated',
      },
      {
        when: 'the stream is cut while a block waits behind a tool',
        upstream: [start(), toolStart(0), inputDelta(0, '{"a":'), textStart(1), textDelta(1, 'Hi')],
        output: [start(), toolStart(0), inputDelta(0, '{"a":'), failure('truncated')],
        defects: [
          'messages/blocks-interleaved dropped @4',
          'messages/blocks-interleaved dropped @5',
          'messages/truncated-stream ended @5',
        ],
        endState: 'truncated',
      },
      {
        when: 'the upstream fails while a block waits behind a tool',
        upstream: [start(), toolStart(0), inputDelta(0, '{"a":'), textStart(1), textDelta(1, 'Hi'), error()],
        output: [start(), toolStart(0), inputDelta(0, '{"a":'), error()],
        defects: ['messages/blocks-interleaved dropped @4', 'messages/blocks-interleaved dropped @5'],
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      {
        when: 'one block follows the other',
        upstream: [start(), toolBlock(0, '{"a":', '1}'), toolBlock(1, '{}'), end('tool_use')],
      },
      {
        when: 'the next block waits, and nothing overtakes it',
        upstream: [start(), toolStart(0), inputDelta(0, '{"a":1}'), textBlock(1, 'Hi'), end('tool_use')],
        defects: ['messages/block-stop-missing inserted @4'],
      },
    ],
  },
]
