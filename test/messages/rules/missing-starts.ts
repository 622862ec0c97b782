import {
  blockStop,
  end,
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
  toolBlock,
  toolStart,
} from '../stream.js'
import type { Rule } from './rule.js'

/** Blocks without a start. */
export const missingStartsRules: readonly Rule[] = [
  {
    code: 'messages/block-delta-without-start',
    violations: [
      {
        when: 'the text of a block comes without its start',
        upstream: [start(), textDelta(0, 'Hi'), blockStop(0), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/block-delta-without-start inserted @2'],
        endState: 'complete',
      },
      {
        when: 'deltas at the index -1 belong to no block, and no stop follows',
        upstream: [
          start(),
          thinkingDelta(-1, 'Hm'),
          signatureDelta(-1),
          textDelta(-1, 'Hi'),
          textDelta(-1, '!'),
          end(),
        ],
        output: [start(), thinkingBlock(0, 'Hm'), textBlock(1, 'Hi', '!'), end()],
        defects: ['messages/block-delta-without-start inserted @2', 'messages/block-delta-type-mismatch inserted @4'],
        endState: 'complete',
      },
      {
        when: 'the start of a tool comes behind its arguments',
        upstream: [start(), inputDelta(0, '{"a":'), inputDelta(0, '1}'), toolStart(0), blockStop(0), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":', '1}'), end('tool_use')],
        defects: ['messages/block-delta-without-start moved @4'],
        endState: 'complete',
      },
      {
        when: 'the start of a tool never comes',
        upstream: [start(), inputDelta(0, '{"a":1}'), blockStop(0), end('tool_use')],
        output: [start(), failure('dropped')],
        defects: [
          'messages/block-delta-without-start dropped @2',
          'messages/truncated-stream dropped @4 message_delta',
          'messages/truncated-stream ended @5',
        ],
        endState: 'truncated',
      },
      {
        when: 'the start of a tool never comes, and no stop either',
        upstream: [start(), inputDelta(0, '{"a":1}'), end('tool_use')],
        output: [start(), failure('dropped')],
        defects: [
          'messages/block-delta-without-start dropped @2',
          'messages/truncated-stream dropped @3 message_delta',
          'messages/truncated-stream ended @4',
        ],
        endState: 'truncated',
      },
      {
        when: 'empty arguments belong to no block, and nothing is lost with them',
        upstream: [start(), inputDelta(0, ''), textBlock(0, 'Hi'), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/block-delta-without-start dropped @2'],
        endState: 'complete',
      },
      {
        when: 'a delta newer than we are belongs to no block, and nothing is known of the one it needs',
        upstream: [start(), newerDelta(0), textBlock(0, 'Hi'), end()],
        output: [start(), textBlock(0, 'Hi'), failure('dropped')],
        defects: [
          'messages/block-delta-without-start dropped @2',
          'messages/truncated-stream dropped @6 message_delta',
          'messages/truncated-stream ended @7',
        ],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      { when: 'the block has its start', upstream: [start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'a delta at -1 can only mean the block that is open',
        upstream: [start(), textStart(0), textDelta(-1, 'Hi'), blockStop(0), end()],
        defects: ['messages/index-missing rewrote @3 index'],
      },
      {
        when: 'the block was closed before',
        upstream: [start(), textBlock(0, 'Hi'), textDelta(0, '!'), end()],
        defects: ['messages/blocks-interleaved inserted @5'],
      },
    ],
  },
]
