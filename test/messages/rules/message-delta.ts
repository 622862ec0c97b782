import {
  blockStop,
  comment,
  end,
  madeDelta,
  messageDelta,
  messageStop,
  ping,
  start,
  textBlock,
  textDelta,
  textStart,
  toolBlock,
} from '../stream.js'
import type { Rule } from './rule.js'

/** `message_delta`: its place, its shape and its number. */
export const messageDeltaRules: readonly Rule[] = [
  {
    code: 'messages/message-delta-duplicate',
    violations: [
      {
        when: 'two events name different reasons, of which the one that says less good ranks first',
        upstream: [start(), textBlock(0, 'Hi'), messageDelta('end_turn'), messageDelta('max_tokens'), messageStop()],
        output: [start(), textBlock(0, 'Hi'), messageDelta('max_tokens'), messageStop()],
        defects: ['messages/message-delta-duplicate rewrote @6'],
        endState: 'complete',
      },
      {
        when: 'two events name the same reason, and the usage of the second is zero in one field',
        upstream: [
          start(),
          textBlock(0, 'Hi'),
          messageDelta('end_turn', { usage: { input_tokens: 42, output_tokens: 3 } }),
          messageDelta('end_turn', { usage: { input_tokens: 0, output_tokens: 9 } }),
          messageStop(),
        ],
        output: [
          start(),
          textBlock(0, 'Hi'),
          messageDelta('end_turn', { usage: { input_tokens: 42, output_tokens: 9 } }),
          messageStop(),
        ],
        defects: ['messages/message-delta-duplicate rewrote @6'],
        endState: 'complete',
      },
      {
        when: 'a later event erases the reason',
        upstream: [
          start(),
          textBlock(0, 'Hi'),
          messageDelta('end_turn', { usage: { output_tokens: 0 } }),
          messageDelta(null),
          messageStop(),
        ],
        output: [start(), textBlock(0, 'Hi'), messageDelta('end_turn'), messageStop()],
        defects: ['messages/message-delta-duplicate rewrote @6'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'there is one', upstream: [start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'only the last one names a reason',
        upstream: [
          start(),
          textBlock(0, 'Hi'),
          messageDelta(null, { usage: { output_tokens: 3 } }),
          ping(),
          messageDelta('end_turn'),
          messageStop(),
        ],
      },
    ],
  },
  {
    code: 'messages/message-delta-malformed',
    violations: [
      {
        when: 'message_stop comes without it',
        upstream: [start(), textBlock(0, 'Hi'), messageStop()],
        output: [start(), textBlock(0, 'Hi'), madeDelta('end_turn'), messageStop()],
        defects: ['messages/message-delta-malformed inserted @5'],
        endState: 'complete',
      },
      {
        when: 'message_stop comes without it behind a tool',
        upstream: [start(), toolBlock(0, '{}'), messageStop()],
        output: [start(), toolBlock(0, '{}'), madeDelta('tool_use'), messageStop()],
        defects: ['messages/message-delta-malformed inserted @5'],
        endState: 'complete',
      },
      {
        when: 'it has no delta',
        upstream: [start(), textBlock(0, 'Hi'), messageDelta('end_turn', { delta: undefined }), messageStop()],
        output: [
          start(),
          textBlock(0, 'Hi'),
          'event: message_delta\ndata: {"type":"message_delta","usage":{"output_tokens":7},"delta":{"stop_reason":"end_turn","stop_sequence":null}}\n\n',
          messageStop(),
        ],
        defects: [
          'messages/message-delta-malformed rewrote @5 delta',
          'messages/message-delta-malformed rewrote @5 delta.stop_reason',
        ],
        endState: 'complete',
      },
      {
        when: 'its reason is null to the end',
        upstream: [start(), toolBlock(0, '{}'), end(null)],
        output: [start(), toolBlock(0, '{}'), end('tool_use')],
        defects: ['messages/message-delta-malformed rewrote @5 delta.stop_reason'],
        endState: 'complete',
      },
      {
        when: 'its reason is a number',
        upstream: [start(), textBlock(0, 'Hi'), end(7)],
        output: [start(), textBlock(0, 'Hi'), end('end_turn')],
        defects: [
          'messages/message-delta-malformed rewrote @5 delta.stop_reason',
          'messages/message-delta-malformed rewrote @5 delta.stop_reason',
        ],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'it is whole', upstream: [start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'an early one has no reason yet',
        upstream: [start(), textBlock(0, 'Hi'), messageDelta(null), messageDelta('end_turn'), messageStop()],
      },
      {
        when: 'it has no reason and no message_stop follows, which is truncation',
        upstream: [start(), textBlock(0, 'Hi'), messageDelta(null)],
        defects: ['messages/truncated-stream dropped @5 message_delta', 'messages/truncated-stream ended @5'],
      },
    ],
  },
  {
    code: 'messages/stop-order',
    violations: [
      {
        when: 'a block is stopped behind message_delta',
        upstream: [start(), textStart(0), textDelta(0, 'Hi'), messageDelta('end_turn'), blockStop(0), messageStop()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/stop-order moved @5'],
        endState: 'complete',
      },
      {
        when: 'text comes behind message_delta',
        upstream: [start(), textStart(0), messageDelta('end_turn'), textDelta(0, 'Hi'), blockStop(0), messageStop()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/stop-order moved @4', 'messages/stop-order moved @5'],
        endState: 'complete',
      },
      {
        when: 'all stops come at the end',
        upstream: [
          start(),
          textStart(0),
          textDelta(0, 'A'),
          textStart(1),
          textDelta(1, 'B'),
          blockStop(0),
          blockStop(1),
          end(),
        ],
        output: [start(), textBlock(0, 'A'), textBlock(1, 'B'), end()],
        defects: ['messages/block-stop-missing inserted @4', 'messages/stop-order moved @6'],
        endState: 'complete',
      },
      {
        when: 'message_start comes behind message_delta',
        upstream: [messageDelta('end_turn'), start(), messageStop()],
        output: [start(), end()],
        defects: ['messages/stop-order moved @2'],
        observations: ['messages/empty-message @3'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'the block stands behind a tool that was cut under max_tokens',
        upstream: [start(), toolBlock(0, '{"a":'), textBlock(1, 'Hi'), end('max_tokens')],
      },
      {
        when: 'only noise stands between message_delta and message_stop',
        upstream: [start(), textBlock(0, 'Hi'), messageDelta('end_turn'), ping(), comment(), messageStop()],
      },
      {
        when: 'the block is never stopped',
        upstream: [start(), textStart(0), textDelta(0, 'Hi'), end()],
        defects: ['messages/block-stop-missing inserted @5'],
      },
    ],
  },
]
