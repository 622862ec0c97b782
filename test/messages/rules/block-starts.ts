import {
  blockStart,
  blockStop,
  end,
  inputDelta,
  messageDelta,
  messageStop,
  newerDelta,
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

/** Starts that come again, or of blocks that cannot be sent. */
export const blockStartsRules: readonly Rule[] = [
  {
    code: 'messages/duplicate-block-start',
    violations: [
      {
        when: 'the start of an open text block comes again',
        upstream: [start(), textStart(0), textDelta(0, 'Hi'), textStart(0), textDelta(0, '!'), blockStop(0), end()],
        output: [start(), textBlock(0, 'Hi', '!'), end()],
        defects: ['messages/duplicate-block-start dropped @4'],
        endState: 'complete',
      },
      {
        when: 'the second start carries text, which becomes a delta',
        upstream: [start(), textStart(0), blockStart(0, { type: 'text', text: 'Hi' }), blockStop(0), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/duplicate-block-start dropped @3'],
        endState: 'complete',
      },
      {
        when: 'the second start carries the signature, which leaves with the stop',
        upstream: [
          start(),
          thinkingStart(0),
          thinkingDelta(0, 'Hm'),
          blockStart(0, { type: 'thinking', thinking: '', signature: 'c2ln' }),
          blockStop(0),
          end(),
        ],
        output: [start(), thinkingBlock(0, 'Hm'), end()],
        defects: ['messages/duplicate-block-start dropped @4'],
        endState: 'complete',
      },
      {
        when: 'a tool is started again with the same id, and with its input',
        upstream: [start(), toolStart(0), toolStart(0, { input: { a: 1 } }), blockStop(0), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), end('tool_use')],
        defects: ['messages/duplicate-block-start dropped @3'],
        endState: 'complete',
      },
      {
        when: 'a tool is started again without an id',
        upstream: [
          start(),
          toolStart(0),
          inputDelta(0, '{}'),
          toolStart(0, { id: undefined }),
          blockStop(0),
          end('tool_use'),
        ],
        output: [start(), toolBlock(0, '{}'), end('tool_use')],
        defects: ['messages/duplicate-block-start dropped @4'],
        endState: 'complete',
      },
      {
        when: 'a tool without a name is started again without a name',
        upstream: [
          start(),
          toolStart(0, { name: '' }),
          toolStart(0, { name: '' }),
          toolStart(0),
          inputDelta(0, '{}'),
          blockStop(0),
          end('tool_use'),
        ],
        output: [start(), toolBlock(0, '{}'), end('tool_use')],
        defects: ['messages/duplicate-block-start dropped @3', 'messages/tool-name-missing moved @4'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'each block has an index of its own', upstream: [start(), textBlock(0, 'Hi'), textBlock(1, '!'), end()] },
      {
        when: 'another tool begins at the same index',
        upstream: [
          start(),
          toolBlock(0, '{}'),
          blockStart(0, { type: 'tool_use', id: 'b', name: 'look', input: {} }),
          blockStop(0),
          end('tool_use'),
        ],
        defects: ['messages/block-index-collision rewrote @5 index'],
      },
      {
        when: 'the block was stopped before',
        upstream: [start(), textBlock(0, 'Hi'), textBlock(0, '!'), end()],
        defects: ['messages/block-index-collision rewrote @5 index'],
      },
    ],
  },
  {
    code: 'messages/block-type-unknown',
    violations: [
      {
        when: 'a block is of a type we do not know, which passes',
        upstream: [start(), blockStart(0, { type: 'later_block', later: 1 }), newerDelta(0), blockStop(0), end()],
        output: [start(), blockStart(0, { type: 'later_block', later: 1 }), newerDelta(0), blockStop(0), end()],
        defects: [],
        observations: ['messages/block-type-unknown @2'],
        endState: 'complete',
      },
      {
        when: 'a start has no block, so that the next delta begins one of its kind',
        upstream: [start(), blockStart(0, undefined), textDelta(0, 'Hi'), blockStop(0), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: [
          'messages/block-type-unknown dropped @2 content_block',
          'messages/block-delta-without-start inserted @3',
        ],
        endState: 'complete',
      },
      {
        when: 'nothing in a block tells its type',
        upstream: [start(), blockStart(0, { id: 'x' }), textDelta(0, 'Hi'), blockStop(0), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: [
          'messages/block-type-unknown dropped @2 content_block',
          'messages/block-delta-without-start inserted @3',
        ],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'the block is a rare one of today',
        upstream: [start(), blockStart(0, { type: 'container_upload', file_id: 'file_1' }), blockStop(0), end()],
      },
      {
        when: 'one field of the block tells its type',
        upstream: [start(), blockStart(0, { text: '' }), textDelta(0, 'Hi'), blockStop(0), end()],
        defects: ['messages/required-field-omitted rewrote @2 content_block.type'],
      },
    ],
  },
  {
    code: 'messages/redacted-thinking',
    violations: [
      {
        when: 'a redacted block has no data, so that the next index moves down',
        upstream: [start(), blockStart(0, { type: 'redacted_thinking' }), blockStop(0), textBlock(1, 'Hi'), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/redacted-thinking dropped @2'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'it has its data',
        upstream: [
          start(),
          blockStart(0, { type: 'redacted_thinking', data: 'ZGF0YQ' }),
          blockStop(0),
          messageDelta('end_turn'),
          messageStop(),
        ],
      },
    ],
  },
]
