import {
  blockStart,
  blockStop,
  delta,
  end,
  error,
  failure,
  inputDelta,
  newerDelta,
  signatureDelta,
  start,
  textBlock,
  textDelta,
  textStart,
  thinkingBlock,
  thinkingDelta,
  thinkingStart,
  toolBlock,
  toolStart,
} from '../stream.js'
import type { Rule } from './rule.js'

/** Blocks that share an index, skip one, or overlap. */
export const blockOrder: readonly Rule[] = [
  {
    code: 'messages/block-index-collision',
    violations: [
      {
        when: 'a stopped block lends its index to the next one',
        upstream: [start(), textBlock(0, 'Hi'), toolBlock(0, '{}'), end('tool_use')],
        output: [
          start(),
          textBlock(0, 'Hi'),
          blockStart(1, { type: 'tool_use', id: 'toolu_0', name: 'look', input: {} }),
          inputDelta(1, '{}'),
          blockStop(1),
          end('tool_use'),
        ],
        defects: ['messages/block-index-collision rewrote @5 index'],
        endState: 'complete',
      },
      {
        when: 'a block begins at the index of the one that is open',
        upstream: [start(), [thinkingStart(0), thinkingDelta(0, 'Hm'), signatureDelta(0)], textBlock(0, 'Hi'), end()],
        output: [start(), thinkingBlock(0, 'Hm'), textBlock(1, 'Hi'), end()],
        defects: ['messages/block-index-collision rewrote @5 index'],
        endState: 'complete',
      },
      {
        when: 'the indices go on from the one used twice',
        upstream: [start(), textBlock(0, 'A'), textBlock(0, 'B'), textBlock(1, 'C'), end()],
        output: [start(), textBlock(0, 'A'), textBlock(1, 'B'), textBlock(2, 'C'), end()],
        defects: ['messages/block-index-collision rewrote @5 index'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'the indices count up', upstream: [start(), textBlock(0, 'A'), textBlock(1, 'B'), end()] },
      {
        when: 'the start of the open block comes again',
        upstream: [start(), textStart(0), textBlock(0, 'A'), end()],
        defects: ['messages/duplicate-block-start dropped @3'],
      },
    ],
  },
  {
    code: 'messages/index-non-contiguous',
    violations: [
      {
        when: 'an index is left out',
        upstream: [start(), textBlock(0, 'A'), textBlock(2, 'B'), textBlock(3, 'C'), end()],
        output: [start(), textBlock(0, 'A'), textBlock(1, 'B'), textBlock(2, 'C'), end()],
        defects: ['messages/index-non-contiguous rewrote @5 index'],
        endState: 'complete',
      },
      {
        when: 'the first index is 1',
        upstream: [start(), textBlock(1, 'A'), end()],
        output: [start(), textBlock(0, 'A'), end()],
        defects: ['messages/index-non-contiguous rewrote @2 index'],
        endState: 'complete',
      },
      {
        when: 'a start has the index -1',
        upstream: [start(), textBlock(-1, 'A'), end()],
        output: [start(), textBlock(0, 'A'), end()],
        defects: ['messages/index-non-contiguous rewrote @2 index'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'the indices count up from 0', upstream: [start(), textBlock(0, 'A'), textBlock(1, 'B'), end()] },
      {
        when: 'a block was left out, and the indices before it fit',
        upstream: [start(), blockStart(0, { type: 'redacted_thinking' }), blockStop(0), textBlock(1, 'A'), end()],
        defects: ['messages/redacted-thinking dropped @2'],
      },
      {
        when: 'a block of ours stands for the one that was never started',
        upstream: [start(), textDelta(0, 'A'), blockStop(0), textBlock(1, 'B'), end()],
        defects: ['messages/block-delta-without-start inserted @2'],
      },
    ],
  },
  {
    code: 'messages/index-missing',
    violations: [
      {
        when: 'no event of a block has an index',
        upstream: [start(), [textStart(undefined), textDelta(undefined, 'Hi'), blockStop()], end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: [
          'messages/index-missing rewrote @2 index',
          'messages/index-missing rewrote @3 index',
          'messages/index-missing rewrote @4 index',
        ],
        endState: 'complete',
      },
      {
        when: 'the index is a string of digits',
        upstream: [start(), textStart('0'), textDelta('0', 'Hi'), blockStop('0'), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: [
          'messages/index-missing rewrote @2 index',
          'messages/index-missing rewrote @3 index',
          'messages/index-missing rewrote @4 index',
        ],
        endState: 'complete',
      },
      {
        when: 'the index of a delta is null, which means the open block',
        upstream: [start(), textStart(0), textDelta(null, 'Hi'), blockStop(0), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/index-missing rewrote @3 index'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'each has its number', upstream: [start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'the number is -1',
        upstream: [start(), textDelta(-1, 'Hi'), end()],
        defects: ['messages/block-delta-without-start inserted @2'],
      },
    ],
  },
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
