import {
  blockStart,
  blockStop,
  comment,
  data,
  done,
  end,
  error,
  failure,
  frame,
  inputDelta,
  messageDelta,
  messageStop,
  ping,
  start,
  textBlock,
  textDelta,
  textStart,
  toolStart,
} from '../stream.js'
import type { Rule } from './rule.js'

const chat = data({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'Hi' } }] })
const foreign = frame({ type: 'vertex_event' })
const newer = frame({ type: 'message_later', later: 1 })

/** Endings that are missing, doubled or in another protocol's words, and events that are not ours. */
export const endings: readonly Rule[] = [
  {
    code: 'messages/truncated-stream',
    violations: [
      {
        when: 'the stream ends in the middle of a text',
        upstream: [start(), textStart(0), textDelta(0, 'Hi')],
        output: [start(), textStart(0), textDelta(0, 'Hi'), failure('truncated')],
        defects: ['messages/truncated-stream ended @3'],
        endState: 'truncated',
      },
      {
        when: 'the stream ends behind a block, and nothing says that it was the last one',
        upstream: [start(), textBlock(0, 'Hi'), comment()],
        output: [start(), textBlock(0, 'Hi'), comment(), failure('truncated')],
        defects: ['messages/truncated-stream ended @5'],
        endState: 'truncated',
      },
      {
        when: 'the stream ends behind message_start',
        upstream: [start()],
        output: [start(), failure('truncated')],
        defects: ['messages/truncated-stream ended @1'],
        endState: 'truncated',
      },
      {
        when: 'message_delta has no reason and the stream ends, with a ping held behind it',
        upstream: [start(), textBlock(0, 'Hi'), messageDelta(null), ping()],
        output: [start(), textBlock(0, 'Hi'), ping(), failure('truncated')],
        defects: ['messages/truncated-stream dropped @5 message_delta', 'messages/truncated-stream ended @6'],
        endState: 'truncated',
      },
      {
        when: 'content that exists nowhere else had to be dropped, although the ending is there',
        upstream: [start(), toolStart(0, { name: '' }), blockStop(0), end('tool_use')],
        output: [start(), failure('dropped')],
        defects: [
          'messages/tool-name-missing dropped @3',
          'messages/truncated-stream dropped @4 message_delta',
          'messages/truncated-stream ended @5',
        ],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      { when: 'the ending is there', upstream: [start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'the upstream says itself that it failed',
        upstream: [start(), textStart(0), textDelta(0, 'Hi'), error()],
      },
      {
        when: 'the reason came',
        upstream: [start(), textBlock(0, 'Hi'), messageDelta('end_turn')],
        defects: ['messages/message-stop-missing inserted @5'],
      },
    ],
  },
  {
    code: 'messages/message-stop-missing',
    violations: [
      {
        when: 'the stream ends behind a reason',
        upstream: [start(), textBlock(0, 'Hi'), messageDelta('end_turn')],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/message-stop-missing inserted @5'],
        endState: 'complete',
      },
      {
        when: '[DONE] stands in its place, and a block is open',
        upstream: [start(), textStart(0), textDelta(0, 'Hi'), messageDelta('end_turn'), done()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: [
          'messages/done-sentinel dropped @5',
          'messages/block-stop-missing inserted @5',
          'messages/message-stop-missing inserted @5',
        ],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'it is there', upstream: [start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'no reason came',
        upstream: [start(), textBlock(0, 'Hi')],
        defects: ['messages/truncated-stream ended @4'],
      },
    ],
  },
  {
    code: 'messages/empty-200',
    violations: [
      {
        when: 'the body is empty',
        upstream: [],
        output: [failure('empty')],
        defects: ['messages/empty-200 ended @0'],
        endState: 'empty',
      },
      {
        when: 'the body holds nothing but noise',
        upstream: [ping(), comment()],
        output: [ping(), comment(), failure('empty')],
        defects: ['messages/empty-200 ended @2'],
        endState: 'empty',
      },
      {
        when: 'the body holds nothing but [DONE]',
        upstream: [done()],
        output: [failure('empty')],
        defects: ['messages/done-sentinel dropped @1', 'messages/empty-200 ended @1'],
        endState: 'empty',
      },
    ],
    nearMisses: [
      { when: 'a message without blocks came', upstream: [start(), end()] },
      { when: 'an error came', upstream: [error()] },
      {
        when: 'message_start came',
        upstream: [start()],
        defects: ['messages/truncated-stream ended @1'],
      },
    ],
  },
  {
    code: 'messages/done-sentinel',
    violations: [
      {
        when: '[DONE] stands between message_delta and message_stop',
        upstream: [start(), textBlock(0, 'Hi'), messageDelta('end_turn'), done(), messageStop()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: [
          'messages/done-sentinel dropped @6',
          'messages/message-stop-missing inserted @6',
          'messages/event-after-end dropped @7',
        ],
        endState: 'complete',
      },
      {
        when: 'it stands in the middle, where it means the end',
        upstream: [start(), textStart(0), textDelta(0, 'Hi'), done()],
        output: [start(), textStart(0), textDelta(0, 'Hi'), failure('truncated')],
        defects: ['messages/done-sentinel dropped @4', 'messages/truncated-stream ended @4'],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      { when: 'it is not there', upstream: [start(), textBlock(0, 'Hi'), end()] },
      { when: 'a text says it', upstream: [start(), textBlock(0, '[DONE]'), end()] },
    ],
  },
  {
    code: 'messages/event-after-end',
    violations: [
      {
        when: 'message_stop comes twice',
        upstream: [start(), textBlock(0, 'Hi'), end(), messageStop()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/event-after-end dropped @7'],
        endState: 'complete',
      },
      {
        when: 'a second message follows, and pings count too',
        upstream: [start(), textBlock(0, 'Hi'), end(), start({ id: 'msg_2' }), ping()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/event-after-end dropped @7', 'messages/event-after-end dropped @8'],
        endState: 'complete',
      },
    ],
    nearMisses: [{ when: 'message_stop is the last', upstream: [start(), textBlock(0, 'Hi'), end()] }],
  },
  {
    code: 'messages/error-then-continue',
    violations: [
      {
        when: 'text and an ending follow an error',
        upstream: [start(), textStart(0), error(), textDelta(0, 'Hi'), messageStop()],
        output: [start(), textStart(0), error()],
        defects: [
          'messages/error-then-continue dropped @4',
          'messages/event-after-end dropped @4',
          'messages/event-after-end dropped @5',
        ],
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      { when: 'the error is the last', upstream: [start(), textStart(0), error()] },
      {
        when: 'the error is ours',
        upstream: [start(), textStart(0), done(), messageStop()],
        defects: [
          'messages/done-sentinel dropped @3',
          'messages/truncated-stream ended @3',
          'messages/event-after-end dropped @4',
        ],
      },
    ],
  },
  {
    code: 'messages/raw-openai-chunks',
    violations: [
      {
        when: 'the upstream speaks chat completions',
        upstream: [chat, chat, done()],
        output: [failure('other-protocol')],
        defects: ['messages/raw-openai-chunks ended @1', 'messages/event-after-end dropped @2'],
        endState: 'not-a-stream',
      },
      {
        when: 'it speaks responses',
        upstream: [frame({ type: 'response.created', response: {} })],
        output: [failure('other-protocol')],
        defects: ['messages/raw-openai-chunks ended @1'],
        endState: 'not-a-stream',
      },
      {
        when: 'it changes over in the middle',
        upstream: [start(), textStart(0), textDelta(0, 'Hi'), chat],
        output: [start(), textStart(0), textDelta(0, 'Hi'), failure('other-protocol')],
        defects: ['messages/raw-openai-chunks ended @4'],
        endState: 'not-a-stream',
      },
    ],
    nearMisses: [
      { when: 'it speaks messages', upstream: [start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'an event has a member of that name',
        upstream: [start({ object: 'chat.completion.chunk' }), textBlock(0, 'Hi'), end()],
      },
      {
        when: 'an event is of no protocol',
        upstream: [start(), foreign, textBlock(0, 'Hi'), end()],
        defects: ['messages/unknown-event-type dropped @2'],
      },
    ],
  },
  {
    code: 'messages/unknown-event-type',
    violations: [
      {
        when: 'the gateway sends an event of its own',
        upstream: [start(), foreign, textBlock(0, 'Hi'), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/unknown-event-type dropped @2'],
        endState: 'complete',
      },
      {
        when: 'an event is an empty object',
        upstream: [start(), data({}), textBlock(0, 'Hi'), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/unknown-event-type dropped @2'],
        endState: 'complete',
      },
      {
        when: "an event is newer than we are, under unknownEvents: 'drop'",
        upstream: [start(), newer, foreign, textBlock(0, 'Hi'), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/unknown-event-type dropped @2', 'messages/unknown-event-type dropped @3'],
        endState: 'complete',
        options: { unknownEvents: 'drop' },
      },
    ],
    nearMisses: [
      { when: 'it is newer than we are', upstream: [start(), newer, textBlock(0, 'Hi'), end()] },
      {
        when: 'it is a newer event of blocks',
        upstream: [start(), textStart(0), frame({ type: 'content_block_later', index: 0 }), blockStop(0), end()],
      },
      {
        when: "it is asked for, under unknownEvents: 'pass'",
        upstream: [start(), foreign, newer, textBlock(0, 'Hi'), end()],
        options: { unknownEvents: 'pass' },
      },
      {
        when: "it is a ping, under unknownEvents: 'drop'",
        upstream: [start(), ping(), textBlock(0, 'Hi'), end()],
        options: { unknownEvents: 'drop' },
      },
      {
        when: 'the block in it is what we do not know',
        upstream: [start(), blockStart(0, { type: 'later_block' }), blockStop(0), end()],
      },
      {
        when: 'arguments are what it holds',
        upstream: [start(), toolStart(0), inputDelta(0, '{}'), blockStop(0), end('tool_use')],
      },
    ],
  },
]
