import {
  blockStart,
  blockStop,
  delta,
  end,
  inputDelta,
  messageStop,
  start,
  textBlock,
  textDelta,
  textStart,
  thinkingBlock,
  toolBlock,
  toolStart,
} from '../stream.js'
import type { Rule } from './rule.js'

/** Stops that are missing, or come too often. */
export const blockStops: readonly Rule[] = [
  {
    code: 'messages/duplicate-block-stop',
    violations: [
      {
        when: 'a closed tool is stopped again',
        upstream: [start(), toolBlock(0, '{}'), blockStop(0), end('tool_use')],
        output: [start(), toolBlock(0, '{}'), end('tool_use')],
        defects: ['messages/duplicate-block-stop dropped @5'],
        endState: 'complete',
      },
      {
        when: 'the second stop comes inside the next block',
        upstream: [start(), textBlock(0, 'Hi'), textStart(1), blockStop(0), textDelta(1, '!'), blockStop(1), end()],
        output: [start(), textBlock(0, 'Hi'), textBlock(1, '!'), end()],
        defects: ['messages/duplicate-block-stop dropped @6'],
        endState: 'complete',
      },
      {
        when: 'a cut tool is stopped twice while its stop waits',
        upstream: [start(), toolBlock(0, '{"a":'), blockStop(0), end('max_tokens')],
        output: [start(), toolBlock(0, '{"a":'), end('max_tokens')],
        defects: ['messages/duplicate-block-stop dropped @5'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'two blocks are stopped once each',
        upstream: [start(), textBlock(0, 'Hi'), toolBlock(1, '{}'), end('tool_use')],
      },
      {
        when: 'the block was closed by us, and its own stop comes late',
        upstream: [start(), textStart(0), textDelta(0, 'Hi'), textBlock(1, '!'), blockStop(0), end()],
        defects: ['messages/block-stop-missing inserted @4', 'messages/stop-order moved @7'],
      },
    ],
  },
  {
    code: 'messages/orphan-block-stop',
    violations: [
      {
        when: 'a stop names a block that never was',
        upstream: [start(), textBlock(0, 'Hi'), blockStop(1), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/orphan-block-stop dropped @5'],
        endState: 'complete',
      },
      {
        when: 'a stop without an index finds no open block',
        upstream: [start(), textBlock(0, 'Hi'), blockStop(), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/index-missing rewrote @5 index', 'messages/orphan-block-stop dropped @5'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'the block was started', upstream: [start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'the block was left out, and its stop with it',
        upstream: [start(), blockStart(0, { type: 'redacted_thinking' }), blockStop(0), end()],
        defects: ['messages/redacted-thinking dropped @2'],
      },
    ],
  },
  {
    code: 'messages/block-stop-missing',
    violations: [
      {
        when: 'the next block begins inside a text block',
        upstream: [start(), textStart(0), textDelta(0, 'Hi'), toolBlock(1, '{}'), end('tool_use')],
        output: [start(), textBlock(0, 'Hi'), toolBlock(1, '{}'), end('tool_use')],
        defects: ['messages/block-stop-missing inserted @4'],
        endState: 'complete',
      },
      {
        when: 'the message ends inside a tool with whole arguments',
        upstream: [start(), toolStart(0), inputDelta(0, '{"a":1}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), end('tool_use')],
        defects: ['messages/block-stop-missing inserted @5'],
        endState: 'complete',
      },
      {
        when: 'a block of a newer type is never stopped',
        upstream: [start(), blockStart(0, { type: 'later_block' }), end()],
        output: [start(), blockStart(0, { type: 'later_block' }), blockStop(0), end()],
        defects: ['messages/block-stop-missing inserted @4'],
        observations: ['messages/block-type-unknown @2'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'every block has its stop', upstream: [start(), thinkingBlock(0, 'Hm'), textBlock(1, 'Hi'), end()] },
      {
        when: 'the start was ours, and the stop may be as well',
        upstream: [start(), textDelta(0, 'Hi'), end()],
        defects: ['messages/block-delta-without-start inserted @2'],
      },
      {
        when: 'the stream ends in an error, where what is open stays open',
        upstream: [start(), textStart(0), textDelta(0, 'Hi')],
        defects: ['messages/truncated-stream ended @3'],
      },
    ],
  },
  {
    code: 'messages/empty-text-block',
    violations: [
      {
        when: 'a text block holds no text',
        upstream: [start(), textBlock(0), end()],
        output: [start(), textBlock(0), end()],
        defects: [],
        observations: ['messages/empty-text-block @3'],
        endState: 'complete',
      },
      {
        when: 'all its deltas are empty',
        upstream: [start(), textBlock(0, '', ''), end()],
        output: [start(), textBlock(0, '', ''), end()],
        defects: [],
        observations: ['messages/empty-text-block @5'],
        endState: 'complete',
      },
      {
        when: "it is left out under emptyText: 'drop', and a tool behind it moves down",
        upstream: [start(), textBlock(0), toolBlock(1, '{}'), end('tool_use')],
        output: [start(), toolStart(0, { id: 'toolu_1' }), inputDelta(0, '{}'), blockStop(0), end('tool_use')],
        defects: ['messages/empty-text-block dropped @2'],
        endState: 'complete',
        options: { emptyText: 'drop' },
      },
      {
        when: "only empty deltas came, under emptyText: 'drop'",
        upstream: [start(), textBlock(0, '', ''), textBlock(1, 'Hi'), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/empty-text-block dropped @2'],
        endState: 'complete',
        options: { emptyText: 'drop' },
      },
      {
        when: "nothing else came, and it has no stop, under emptyText: 'drop'",
        upstream: [start(), textStart(0), end()],
        output: [start(), end()],
        defects: ['messages/empty-text-block dropped @2'],
        observations: ['messages/empty-message @4'],
        endState: 'complete',
        options: { emptyText: 'drop' },
      },
    ],
    nearMisses: [
      { when: 'one of its deltas has text', upstream: [start(), textBlock(0, '', ' '), end()] },
      {
        when: "it holds text, under emptyText: 'drop'",
        upstream: [start(), textBlock(0, 'Hi'), end()],
        options: { emptyText: 'drop' },
      },
      {
        when: "it holds nothing but a citation, under emptyText: 'drop'",
        upstream: [
          start(),
          textStart(0),
          delta(0, { type: 'citations_delta', citation: { type: 'char_location', cited_text: 'x' } }),
          blockStop(0),
          end(),
        ],
        options: { emptyText: 'drop' },
      },
      {
        when: "the stream is cut before it could fill, under emptyText: 'drop'",
        upstream: [start(), textStart(0)],
        defects: ['messages/truncated-stream ended @2'],
        options: { emptyText: 'drop' },
      },
      {
        when: 'no block came at all',
        upstream: [start(), end(), messageStop()],
        defects: ['messages/event-after-end dropped @4'],
      },
    ],
  },
]
