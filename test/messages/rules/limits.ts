import {
  blockStop,
  end,
  failure,
  frame,
  inputDelta,
  ping,
  start,
  textBlock,
  textDelta,
  textStart,
  toolBlock,
  toolStart,
} from '../stream.js'
import type { Rule } from './rule.js'

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

/** Limits. */
export const limitsRules: readonly Rule[] = [
  {
    code: 'sse/limit-exceeded',
    violations: [
      {
        when: 'a frame is larger than maxFrameBytes',
        upstream: [ping(), `: ${'x'.repeat(80)}\n\n`],
        output: [ping(), failure('limit')],
        defects: ['sse/limit-exceeded ended @2 maxFrameBytes'],
        endState: 'limit',
        options: { limits: { maxFrameBytes: 64 } },
      },
      {
        when: 'what waits is larger than maxHeldBytes',
        upstream: [start(), toolStart(0), inputDelta(0, '{"a":'), textStart(1), textDelta(1, 'Hi')],
        output: [start(), toolStart(0), inputDelta(0, '{"a":'), failure('limit')],
        defects: [
          'sse/limit-exceeded ended @5 maxHeldBytes',
          'messages/blocks-interleaved dropped @4',
          'messages/blocks-interleaved dropped @5',
        ],
        endState: 'limit',
        options: { limits: { maxHeldBytes: 150 } },
      },
      {
        when: 'more frames wait than maxHeldFrames',
        upstream: [start(), toolStart(0), inputDelta(0, '{"a":'), textStart(1), textDelta(1, 'Hi')],
        output: [start(), toolStart(0), inputDelta(0, '{"a":'), failure('limit')],
        defects: [
          'sse/limit-exceeded ended @5 maxHeldFrames',
          'messages/blocks-interleaved dropped @4',
          'messages/blocks-interleaved dropped @5',
        ],
        endState: 'limit',
        options: { limits: { maxHeldFrames: 1 } },
      },
      {
        when: 'more blocks wait than maxOpenBlocks',
        upstream: [start(), toolStart(0), inputDelta(0, '{"a":'), textStart(1), textStart(2)],
        output: [start(), toolStart(0), inputDelta(0, '{"a":'), failure('limit')],
        defects: [
          'sse/limit-exceeded ended @5 maxOpenBlocks',
          'messages/blocks-interleaved dropped @4',
          'messages/blocks-interleaved dropped @5',
        ],
        endState: 'limit',
        options: { limits: { maxOpenBlocks: 2 } },
      },
      {
        when: 'more tools without a name are known than maxOpenBlocks',
        upstream: [start(), toolStart(0, { name: '' }), toolStart(1, { name: '' })],
        output: [start(), failure('limit')],
        defects: [
          'sse/limit-exceeded ended @3 maxOpenBlocks',
          'messages/tool-name-missing dropped @2',
          'messages/tool-name-missing dropped @3',
        ],
        endState: 'limit',
        options: { limits: { maxOpenBlocks: 1 } },
      },
      {
        when: 'an event that has to be written anew is nested deeper than maxDepth',
        upstream: [start(), toolStart(0, { input: JSON.parse(nested(9)) }), blockStop(0), end('tool_use')],
        output: [start(), failure('limit')],
        defects: [
          'messages/content-in-block-start moved @2 content_block.input',
          'sse/limit-exceeded ended @2 maxDepth',
          'messages/event-after-end dropped @3',
          'messages/event-after-end dropped @4',
          'messages/event-after-end dropped @5',
        ],
        endState: 'limit',
        options: { limits: { maxDepth: 8 } },
      },
      {
        when: 'a block that waited cannot be written anew, which leaves nothing of it to stop',
        upstream: [
          start(),
          toolStart(0),
          inputDelta(0, '{"a":'),
          toolStart(1, { input: undefined, caller: { type: 'direct', deep: JSON.parse(nested(9)) } }),
          blockStop(1),
          inputDelta(0, '1}'),
        ],
        output: [start(), toolStart(0), inputDelta(0, '{"a":'), inputDelta(0, '1}'), blockStop(0), failure('limit')],
        defects: [
          'messages/required-field-omitted rewrote @4 content_block.input',
          'messages/blocks-interleaved moved @6',
          'sse/limit-exceeded ended @6 maxDepth',
        ],
        endState: 'limit',
        options: { limits: { maxDepth: 8 } },
      },
    ],
    nearMisses: [
      {
        when: 'the largest frame is just as large as maxFrameBytes',
        upstream: [start(), textBlock(0, 'Hi'), end()],
        options: { limits: { maxFrameBytes: start().length } },
      },
      {
        when: 'what is nested deeper than maxDepth passes by its bytes',
        upstream: [
          start(),
          frame({ type: 'message_later', later: JSON.parse(nested(9)) }),
          toolBlock(0, nested(9)),
          end('tool_use'),
        ],
        options: { limits: { maxDepth: 8 } },
      },
      {
        when: 'one block is open at a time',
        upstream: [start(), textBlock(0, 'A'), textBlock(1, 'B'), end()],
        options: { limits: { maxOpenBlocks: 1 } },
      },
    ],
  },
]
