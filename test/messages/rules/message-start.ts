import {
  blockStop,
  comment,
  data,
  end,
  failure,
  frame,
  madeStart,
  ping,
  start,
  textBlock,
  textDelta,
  textStart,
} from '../stream.js'
import type { Rule } from './rule.js'

const cited = { type: 'text', text: 'Hi' }
const whole = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'test-model',
  content: [cited],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 42, output_tokens: 7 },
}
/** `message_start` that is missing, comes twice, or begins another message. */
export const messageStartRules: readonly Rule[] = [
  {
    code: 'messages/message-start-missing',
    violations: [
      {
        when: 'the stream begins with a delta, which does not wait',
        upstream: [textDelta(0, 'Hi'), blockStop(0), end()],
        output: [madeStart(), textBlock(0, 'Hi'), end()],
        defects: ['messages/message-start-missing inserted @1', 'messages/block-delta-without-start inserted @1'],
        endState: 'complete',
      },
      {
        when: 'the stream begins with a block',
        upstream: [textBlock(0, 'Hi'), end()],
        output: [madeStart(), textBlock(0, 'Hi'), end()],
        defects: ['messages/message-start-missing inserted @1'],
        endState: 'complete',
      },
      {
        when: 'it comes one frame behind the first block start',
        upstream: [textStart(0), start(), textDelta(0, 'Hi'), blockStop(0), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/message-start-missing moved @2'],
        endState: 'complete',
      },
      {
        when: 'it holds no message',
        upstream: [frame({ type: 'message_start' }), textBlock(0, 'Hi'), end()],
        output: [
          frame({
            type: 'message_start',
            message: {
              id: 'msg_1',
              type: 'message',
              role: 'assistant',
              model: 'unknown',
              content: [],
              stop_reason: null,
              stop_sequence: null,
              usage: { input_tokens: 0, output_tokens: 0 },
            },
          }),
          textBlock(0, 'Hi'),
          end(),
        ],
        defects: ['messages/message-start-missing rewrote @1 message'],
        endState: 'complete',
      },
      {
        when: 'the stream is a block start and nothing else',
        upstream: [textStart(0)],
        output: [madeStart(), textStart(0), failure('truncated')],
        defects: ['messages/message-start-missing inserted @1', 'messages/truncated-stream ended @1'],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      { when: 'noise stands in front of it', upstream: [ping(), comment(), start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'an error is all there is',
        upstream: [frame({ type: 'error', error: { type: 'api_error', message: 'x' } })],
      },
      {
        when: 'a stop is all that comes before it',
        upstream: [blockStop(0), start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/orphan-block-stop dropped @1'],
      },
    ],
  },
  {
    code: 'messages/message-start-duplicate',
    violations: [
      {
        when: 'it comes again in the middle',
        upstream: [start(), textStart(0), start(), textDelta(0, 'Hi'), blockStop(0), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/message-start-duplicate dropped @3'],
        endState: 'complete',
      },
      {
        when: 'it comes again with another id before any block',
        upstream: [start(), start({ id: 'msg_2' }), textBlock(0, 'Hi'), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/message-start-duplicate dropped @2'],
        endState: 'complete',
      },
      {
        when: 'it comes late, when one had to be made',
        upstream: [textDelta(0, 'Hi'), start({ usage: { input_tokens: 0, output_tokens: 0 } }), blockStop(0), end()],
        output: [madeStart(), textBlock(0, 'Hi'), end()],
        defects: [
          'messages/message-start-missing inserted @1',
          'messages/block-delta-without-start inserted @1',
          'messages/message-start-duplicate dropped @2',
        ],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'it comes once', upstream: [start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'it comes with another id behind content',
        upstream: [start(), textBlock(0, 'Hi'), start({ id: 'msg_2' })],
        defects: ['messages/message-spliced-retry ended @5'],
      },
    ],
  },
  {
    code: 'messages/message-spliced-retry',
    violations: [
      {
        when: 'another message begins behind content',
        upstream: [start(), textStart(0), textDelta(0, 'Hi'), start({ id: 'msg_2' }), textBlock(0, 'Hi'), end()],
        output: [start(), textStart(0), textDelta(0, 'Hi'), failure('spliced')],
        defects: [
          'messages/message-spliced-retry ended @4',
          'messages/event-after-end dropped @5',
          'messages/event-after-end dropped @6',
          'messages/event-after-end dropped @7',
          'messages/event-after-end dropped @8',
          'messages/event-after-end dropped @9',
        ],
        endState: 'truncated',
      },
      {
        when: 'a whole message comes behind content',
        upstream: [start(), textBlock(0, 'Hi'), data(whole)],
        output: [start(), textBlock(0, 'Hi'), failure('spliced')],
        defects: ['messages/message-spliced-retry ended @5'],
        endState: 'truncated',
      },
      {
        when: 'a whole message comes behind a block start that waits for message_start',
        upstream: [textStart(0), data(whole)],
        output: [madeStart(), textStart(0), failure('spliced')],
        defects: ['messages/message-start-missing inserted @1', 'messages/message-spliced-retry ended @2'],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      {
        when: 'the message begins again with the same id',
        upstream: [start(), textBlock(0, 'Hi'), start(), end()],
        defects: ['messages/message-start-duplicate dropped @5'],
      },
      {
        when: 'the second start has no id',
        upstream: [start(), textBlock(0, 'Hi'), start({ id: undefined }), end()],
        defects: ['messages/message-start-duplicate dropped @5'],
      },
    ],
  },
]
