import {
  blockStart,
  blockStop,
  end,
  inputDelta,
  messageDelta,
  messageStop,
  start,
  textBlock,
  toolBlock,
} from '../stream.js'
import type { Rule } from './rule.js'

/** Stop reasons that the blocks or the protocol belie. */
export const stopReasonsRules: readonly Rule[] = [
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
          'messages/block-delta-without-start dropped @2',
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
]
