import {
  blockStart,
  blockStop,
  end,
  failure,
  inputDelta,
  messageDelta,
  messageStop,
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

/** Blocks that begin without a start, or more than once. */
export const blockStarts: readonly Rule[] = [
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
          'messages/block-delta-without-start dropped @3',
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
