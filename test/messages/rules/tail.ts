import {
  blockStart,
  blockStop,
  comment,
  end,
  failure,
  inputDelta,
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

/** `message_delta`: its place, its shape and its reason. */
export const tail: readonly Rule[] = [
  {
    code: 'messages/stop-reason-end-turn-with-tool',
    violations: [
      {
        when: 'a tool was called and the reason is end_turn',
        upstream: [start(), toolBlock(0, '{}'), end('end_turn')],
        output: [start(), toolBlock(0, '{}'), end('tool_use')],
        defects: ['messages/stop-reason-end-turn-with-tool rewrote @5 delta.stop_reason'],
        endState: 'complete',
      },
      ...(
        [
          ['stop', 'end_turn'],
          ['length', 'max_tokens'],
          ['content_filter', 'refusal'],
        ] as const
      ).map(([openai, anthropic]) => ({
        when: `the reason is ${openai}, a word of another protocol`,
        upstream: [start(), textBlock(0, 'Hi'), end(openai)],
        output: [start(), textBlock(0, 'Hi'), end(anthropic)],
        defects: ['messages/stop-reason-end-turn-with-tool rewrote @5 delta.stop_reason'] as const,
        endState: 'complete' as const,
      })),
      ...(['tool_calls', 'function_call'] as const).map((openai) => ({
        when: `the reason is ${openai}, a word of another protocol`,
        upstream: [start(), toolBlock(0, '{}'), end(openai)],
        output: [start(), toolBlock(0, '{}'), end('tool_use')],
        defects: ['messages/stop-reason-end-turn-with-tool rewrote @5 delta.stop_reason'] as const,
        endState: 'complete' as const,
      })),
      {
        when: 'the reason is stop although a tool was called, which is two faults of one kind',
        upstream: [start(), toolBlock(0, '{}'), end('stop')],
        output: [start(), toolBlock(0, '{}'), end('tool_use')],
        defects: [
          'messages/stop-reason-end-turn-with-tool rewrote @5 delta.stop_reason',
          'messages/stop-reason-end-turn-with-tool rewrote @5 delta.stop_reason',
        ],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'the reason is tool_use', upstream: [start(), toolBlock(0, '{}'), end('tool_use')] },
      { when: 'no tool was called', upstream: [start(), textBlock(0, 'Hi'), end('end_turn')] },
      {
        when: 'the tool ran on the server',
        upstream: [
          start(),
          blockStart(0, { type: 'server_tool_use', id: 'srvtoolu_0', name: 'web_search', input: {} }),
          blockStop(0),
          end('end_turn'),
        ],
      },
      { when: 'the reason overrides the call', upstream: [start(), toolBlock(0, '{}'), end('max_tokens')] },
      { when: 'the reason is a word newer than we are', upstream: [start(), toolBlock(0, '{}'), end('later_reason')] },
    ],
  },
  {
    code: 'messages/stop-reason-tool-use-without-tool',
    violations: [
      {
        when: 'the reason is tool_use and no tool was called',
        upstream: [start(), textBlock(0, 'Hi'), end('tool_use')],
        output: [start(), textBlock(0, 'Hi'), end('end_turn')],
        defects: ['messages/stop-reason-tool-use-without-tool rewrote @5 delta.stop_reason'],
        endState: 'complete',
      },
      {
        when: 'only a server tool was called',
        upstream: [
          start(),
          blockStart(0, { type: 'server_tool_use', id: 'srvtoolu_0', name: 'web_search', input: {} }),
          blockStop(0),
          end('tool_use'),
        ],
        output: [
          start(),
          blockStart(0, { type: 'server_tool_use', id: 'srvtoolu_0', name: 'web_search', input: {} }),
          blockStop(0),
          end('end_turn'),
        ],
        defects: ['messages/stop-reason-tool-use-without-tool rewrote @4 delta.stop_reason'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'a tool was called', upstream: [start(), toolBlock(0, '{}'), end('tool_use')] },
      {
        when: 'a tool was called and had to be dropped',
        upstream: [start(), inputDelta(0, '{}'), blockStop(0), end('tool_use')],
        defects: [
          'messages/block-delta-without-start dropped @3',
          'messages/truncated-stream dropped @4 message_delta',
          'messages/truncated-stream ended @5',
        ],
      },
    ],
  },
  {
    code: 'messages/stop-reason-wrong-value',
    violations: [
      {
        when: 'a stop sequence matched and is not named',
        upstream: [start(), textBlock(0, 'Hi'), end('stop_sequence')],
        output: [start(), textBlock(0, 'Hi'), end('stop_sequence')],
        defects: [],
        observations: ['messages/stop-reason-wrong-value @5 delta.stop_sequence'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'the sequence is named',
        upstream: [
          start(),
          textBlock(0, 'Hi'),
          messageDelta('stop_sequence', { delta: { stop_reason: 'stop_sequence', stop_sequence: '##' } }),
          messageStop(),
        ],
      },
      { when: 'the reason is another one', upstream: [start(), textBlock(0, 'Hi'), end('end_turn')] },
    ],
  },
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
    ],
    nearMisses: [
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
  {
    code: 'messages/truncation-masked-as-success',
    violations: [
      {
        when: 'text came, and the usage says that none was written',
        upstream: [
          start(),
          textBlock(0, 'Hi'),
          messageDelta('end_turn', { usage: { output_tokens: 0 } }),
          messageStop(),
        ],
        output: [start(), textBlock(0, 'Hi'), messageDelta('end_turn', { usage: { output_tokens: 0 } }), messageStop()],
        defects: [],
        observations: ['messages/truncation-masked-as-success @5 usage.output_tokens'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'the usage counts the text', upstream: [start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'no block came',
        upstream: [start(), messageDelta('end_turn', { usage: { output_tokens: 0 } }), messageStop()],
      },
      {
        when: 'the zero is of our own making',
        upstream: [start(), textBlock(0, 'Hi'), messageStop()],
        defects: ['messages/message-delta-malformed inserted @5'],
      },
    ],
  },
  {
    code: 'messages/empty-message',
    violations: [
      {
        when: 'nothing stands between start and end',
        upstream: [start(), end()],
        output: [start(), end()],
        defects: [],
        observations: ['messages/empty-message @3'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'a block stands there, be it empty', upstream: [start(), textBlock(0), end()] },
      {
        when: 'the start never came either',
        upstream: [end()],
        defects: ['messages/message-stop-bare dropped @1 message_delta', 'messages/message-stop-bare ended @2'],
      },
    ],
  },
  {
    code: 'messages/message-stop-bare',
    violations: [
      {
        when: 'only message_stop comes',
        upstream: [messageStop()],
        output: [failure('empty')],
        defects: ['messages/message-stop-bare ended @1'],
        endState: 'empty',
      },
      {
        when: 'only the two events of the end come',
        upstream: [end()],
        output: [failure('empty')],
        defects: ['messages/message-stop-bare dropped @1 message_delta', 'messages/message-stop-bare ended @2'],
        endState: 'empty',
      },
      {
        when: 'only message_delta comes',
        upstream: [messageDelta('end_turn')],
        output: [failure('empty')],
        defects: ['messages/message-stop-bare dropped @1 message_delta', 'messages/message-stop-bare ended @1'],
        endState: 'empty',
      },
    ],
    nearMisses: [
      { when: 'message_start came', upstream: [start(), end()] },
      {
        when: 'a block came, for which a start can be made',
        upstream: [textBlock(0, 'Hi'), end()],
        defects: ['messages/message-start-missing inserted @1'],
      },
    ],
  },
]
