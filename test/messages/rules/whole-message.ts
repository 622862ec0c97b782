import {
  comment,
  data,
  end,
  madeDelta,
  messageDelta,
  messageStop,
  ping,
  start,
  textBlock,
  thinkingBlock,
  toolBlock,
} from '../stream.js'
import type { Rule } from './rule.js'

const cited = { type: 'text', text: 'Hi' }
const called = { type: 'tool_use', id: 'toolu_0', name: 'look', input: { a: 1 } }
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
const expanded = [
  start({ usage: whole.usage }),
  textBlock(0, 'Hi'),
  messageDelta('end_turn', { usage: whole.usage }),
  messageStop(),
]

/** Messages that come whole. */
export const wholeMessageRules: readonly Rule[] = [
  {
    code: 'messages/message-prefilled',
    violations: [
      {
        when: 'the finished text stands in the start',
        upstream: [start({ content: [cited], stop_reason: 'end_turn' }), messageStop()],
        output: [start(), textBlock(0, 'Hi'), madeDelta('end_turn'), messageStop()],
        defects: [
          'messages/message-prefilled rewrote @1 message.content',
          'messages/message-delta-malformed inserted @2',
        ],
        endState: 'complete',
      },
      {
        when: 'the text in the start comes again as a block',
        upstream: [start({ content: [cited] }), textBlock(0, 'Hi'), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/message-prefilled rewrote @1 message.content'],
        endState: 'complete',
      },
      {
        when: 'the blocks go on behind those in the start',
        upstream: [start({ content: [cited] }), textBlock(1, '!'), end()],
        output: [start(), textBlock(0, 'Hi'), textBlock(1, '!'), end()],
        defects: ['messages/message-prefilled rewrote @1 message.content'],
        endState: 'complete',
      },
      {
        when: 'the start has a reason and no content',
        upstream: [start({ stop_reason: 'end_turn' }), ping(), textBlock(0, 'Hi'), end()],
        output: [start(), ping(), textBlock(0, 'Hi'), end()],
        defects: ['messages/message-prefilled rewrote @1 message.content'],
        endState: 'complete',
      },
      {
        when: 'the tool in the start has a message_delta behind it',
        upstream: [start({ content: [called] }), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), end('tool_use')],
        defects: ['messages/message-prefilled rewrote @1 message.content'],
        endState: 'complete',
      },
      {
        when: 'thinking in the start has its signature',
        upstream: [start({ content: [{ type: 'thinking', thinking: 'Hm', signature: 'c2ln' }] }), end()],
        output: [start(), thinkingBlock(0, 'Hm'), end()],
        defects: ['messages/message-prefilled rewrote @1 message.content'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'it is a tool with its reason, and message_stop follows, as Anthropic does',
        upstream: [start({ content: [called], stop_reason: 'tool_use' }), comment(), messageStop()],
      },
      { when: 'the content is empty', upstream: [start(), textBlock(0, 'Hi'), end()] },
    ],
  },
  {
    code: 'messages/content-type-wrong',
    violations: [
      {
        when: 'the whole message comes in one frame',
        upstream: [data(whole)],
        output: expanded,
        defects: ['messages/content-type-wrong rewrote @1'],
        endState: 'complete',
      },
      {
        when: 'the whole message comes as a JSON body',
        upstream: [JSON.stringify(whole, undefined, 2)],
        output: expanded,
        defects: ['sse/raw-ndjson rewrote @1', 'messages/content-type-wrong rewrote @1'],
        endState: 'complete',
      },
      {
        when: 'it comes behind a start of its own',
        upstream: [start(), data(whole)],
        output: [start(), expanded.slice(1)],
        defects: ['messages/content-type-wrong rewrote @2'],
        endState: 'complete',
      },
      {
        when: 'it has no reason, which is derived from the blocks',
        upstream: [data({ ...whole, content: [called], stop_reason: null, usage: undefined })],
        output: [
          start({ usage: { input_tokens: 0, output_tokens: 0 } }),
          toolBlock(0, '{"a":1}'),
          madeDelta('tool_use'),
          messageStop(),
        ],
        defects: [
          'messages/content-type-wrong rewrote @1',
          'messages/usage-missing rewrote @1 message.usage',
          'messages/usage-missing rewrote @1 usage',
          'messages/message-delta-malformed rewrote @1 delta.stop_reason',
        ],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'the message comes in pieces', upstream: [start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'it comes behind content',
        upstream: [start(), textBlock(0, 'Hi'), data(whole)],
        defects: ['messages/message-spliced-retry ended @5'],
      },
      {
        when: 'a gateway tells of something else with that type',
        upstream: [start(), data({ type: 'message', words: 'x' }), textBlock(0, 'Hi'), end()],
        defects: ['messages/unknown-event-type dropped @2'],
      },
    ],
  },
]
