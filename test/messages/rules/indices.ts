import {
  blockStart,
  blockStop,
  end,
  frame,
  inputDelta,
  signatureDelta,
  start,
  textBlock,
  textDelta,
  textStart,
  thinkingBlock,
  thinkingDelta,
  thinkingStart,
  toolBlock,
} from '../stream.js'
import type { Rule } from './rule.js'

/** Blocks that share an index, skip one, or have none. */
export const indicesRules: readonly Rule[] = [
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
        upstream: [start(), textStart(undefined), textDelta(undefined, 'Hi'), blockStop(), end()],
        output: [
          start(),
          frame({ type: 'content_block_start', content_block: { type: 'text', text: '' }, index: 0 }),
          frame({ type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hi' }, index: 0 }),
          blockStop(0),
          end(),
        ],
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
]
