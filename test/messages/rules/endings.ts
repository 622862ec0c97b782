import {
  blockStop,
  comment,
  done,
  end,
  error,
  failure,
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

/** Endings that are missing or in the words of another protocol. */
export const endingsRules: readonly Rule[] = [
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
          'messages/tool-name-missing dropped @2',
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
]
