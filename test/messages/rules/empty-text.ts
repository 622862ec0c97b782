import {
  blockStop,
  delta,
  end,
  error,
  failure,
  inputDelta,
  messageStop,
  start,
  textBlock,
  textStart,
  toolBlock,
  toolStart,
} from '../stream.js'
import type { Rule } from './rule.js'

/** Text blocks without text. */
export const emptyTextRules: readonly Rule[] = [
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
      {
        when: "the stream is cut before it could fill, under emptyText: 'drop'",
        upstream: [start(), textStart(0)],
        output: [start(), failure('truncated')],
        defects: ['messages/empty-text-block dropped @2', 'messages/truncated-stream ended @2'],
        endState: 'truncated',
        options: { emptyText: 'drop' },
      },
      {
        when: "the upstream fails before it could fill, under emptyText: 'drop'",
        upstream: [start(), textStart(0), error()],
        output: [start(), error()],
        defects: ['messages/empty-text-block dropped @2'],
        endState: 'upstream-error',
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
        when: 'no block came at all',
        upstream: [start(), end(), messageStop()],
        defects: ['messages/event-after-end dropped @4'],
      },
    ],
  },
]
