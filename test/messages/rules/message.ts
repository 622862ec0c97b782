import {
  blockStart,
  blockStop,
  comment,
  data,
  delta,
  end,
  failure,
  frame,
  inputDelta,
  madeDelta,
  madeStart,
  messageDelta,
  messageStop,
  ping,
  signatureDelta,
  start,
  textBlock,
  textDelta,
  textStart,
  thinkingBlock,
  thinkingDelta,
  toolBlock,
  toolStart,
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

/** `message_start`, and messages that come whole. */
export const message: readonly Rule[] = [
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
  {
    code: 'messages/required-field-omitted',
    violations: [
      {
        when: 'message_start has none of its fixed fields',
        upstream: [
          frame({ type: 'message_start', message: { usage: { input_tokens: 42, output_tokens: 1 } } }),
          textBlock(0, 'Hi'),
          end(),
        ],
        output: [
          frame({
            type: 'message_start',
            message: {
              usage: { input_tokens: 42, output_tokens: 1 },
              id: 'msg_1',
              type: 'message',
              role: 'assistant',
              model: 'unknown',
              content: [],
              stop_reason: null,
              stop_sequence: null,
            },
          }),
          textBlock(0, 'Hi'),
          end(),
        ],
        defects: [
          'messages/required-field-omitted rewrote @1 message.id',
          'messages/required-field-omitted rewrote @1 message.type',
          'messages/required-field-omitted rewrote @1 message.role',
          'messages/required-field-omitted rewrote @1 message.model',
          'messages/required-field-omitted rewrote @1 message.content',
          'messages/required-field-omitted rewrote @1 message.stop_reason',
          'messages/required-field-omitted rewrote @1 message.stop_sequence',
        ],
        endState: 'complete',
      },
      {
        when: 'the fields of block starts are left out',
        upstream: [
          start(),
          blockStart(0, { type: 'thinking' }),
          thinkingDelta(0, 'Hm'),
          signatureDelta(0),
          blockStop(0),
          blockStart(1, { type: 'text' }),
          textDelta(1, 'Hi'),
          blockStop(1),
          toolStart(2, { input: undefined }),
          inputDelta(2, '{}'),
          blockStop(2),
          end('tool_use'),
        ],
        output: [
          start(),
          blockStart(0, { type: 'thinking', thinking: '' }),
          thinkingDelta(0, 'Hm'),
          signatureDelta(0),
          blockStop(0),
          textBlock(1, 'Hi'),
          toolBlock(2, '{}'),
          end('tool_use'),
        ],
        defects: [
          'messages/required-field-omitted rewrote @2 content_block.thinking',
          'messages/required-field-omitted rewrote @6 content_block.text',
          'messages/required-field-omitted rewrote @9 content_block.input',
        ],
        endState: 'complete',
      },
      {
        when: 'they are null',
        upstream: [
          start(),
          blockStart(0, { type: 'thinking', thinking: '', signature: null }),
          signatureDelta(0),
          blockStop(0),
          blockStart(1, { type: 'text', text: null }),
          textDelta(1, 'Hi'),
          blockStop(1),
          end(),
        ],
        output: [start(), thinkingBlock(0), textBlock(1, 'Hi'), end()],
        defects: [
          'messages/required-field-omitted rewrote @2 content_block.signature',
          'messages/required-field-omitted rewrote @5 content_block.text',
        ],
        endState: 'complete',
      },
      {
        when: 'the input is a string of JSON, which becomes a delta',
        upstream: [start(), toolStart(0, { input: '{"a":1}' }), blockStop(0), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), end('tool_use')],
        defects: ['messages/required-field-omitted rewrote @2 content_block.input'],
        endState: 'complete',
      },
      {
        when: 'a block names no type, and its name tells that it is a tool',
        upstream: [start(), blockStart(0, { id: 'toolu_0', name: 'look', input: {} }), blockStop(0), end('tool_use')],
        output: [
          start(),
          blockStart(0, { id: 'toolu_0', name: 'look', input: {}, type: 'tool_use' }),
          blockStop(0),
          end('tool_use'),
        ],
        defects: ['messages/required-field-omitted rewrote @2 content_block.type'],
        endState: 'complete',
      },
      {
        when: 'message_delta has no stop_sequence',
        upstream: [
          start(),
          textBlock(0, 'Hi'),
          messageDelta('', { delta: { stop_reason: 'end_turn' } }),
          messageStop(),
        ],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/required-field-omitted rewrote @5 delta.stop_sequence'],
        endState: 'complete',
      },
      {
        when: 'only the event line names the types',
        upstream: [
          `event: message_start\n${data(JSON.parse(start().slice(start().indexOf('{'))))}`,
          `event: content_block_start\n${data({ index: 0, content_block: { type: 'text', text: '' } })}`,
          `event: content_block_delta\n${data({ index: 0, delta: { type: 'text_delta', text: 'Hi' } })}`,
          `event: content_block_stop\n${data({ index: 0 })}`,
          `event: message_delta\n${data({ delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 7 } })}`,
          `event: message_stop\n${data({})}`,
        ],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: [
          'messages/required-field-omitted rewrote @2 type',
          'messages/required-field-omitted rewrote @3 type',
          'messages/required-field-omitted rewrote @4 type',
          'messages/required-field-omitted rewrote @5 type',
          'messages/required-field-omitted rewrote @6 type',
        ],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'a thinking start has no signature key, as in early 2025',
        upstream: [
          start(),
          blockStart(0, { type: 'thinking', thinking: '' }),
          thinkingDelta(0, 'Hm'),
          signatureDelta(0),
          blockStop(0),
          end(),
        ],
      },
      {
        when: 'fields that we do not know are null',
        upstream: [start({ container: null }), textBlock(0, 'Hi'), end()],
      },
    ],
  },
  {
    code: 'messages/usage-missing',
    violations: [
      {
        when: 'message_start has no usage',
        upstream: [start({ usage: undefined }), textBlock(0, 'Hi'), end()],
        output: [start({ usage: { input_tokens: 0, output_tokens: 0 } }), textBlock(0, 'Hi'), end()],
        defects: ['messages/usage-missing rewrote @1 message.usage'],
        endState: 'complete',
      },
      {
        when: 'its usage lacks both numbers and keeps what else it has',
        upstream: [start({ usage: { service_tier: 'x' } }), textBlock(0, 'Hi'), end()],
        output: [start({ usage: { service_tier: 'x', input_tokens: 0, output_tokens: 0 } }), textBlock(0, 'Hi'), end()],
        defects: [
          'messages/usage-missing rewrote @1 message.usage.input_tokens',
          'messages/usage-missing rewrote @1 message.usage.output_tokens',
        ],
        endState: 'complete',
      },
      {
        when: 'message_delta has no usage',
        upstream: [start(), textBlock(0, 'Hi'), messageDelta('end_turn', { usage: undefined }), messageStop()],
        output: [start(), textBlock(0, 'Hi'), madeDelta('end_turn'), messageStop()],
        defects: ['messages/usage-missing rewrote @5 usage'],
        endState: 'complete',
      },
      {
        when: 'its usage has no output tokens',
        upstream: [
          start(),
          textBlock(0, 'Hi'),
          messageDelta('end_turn', { usage: { output_tokens: '7' } }),
          messageStop(),
        ],
        output: [start(), textBlock(0, 'Hi'), madeDelta('end_turn'), messageStop()],
        defects: ['messages/usage-missing rewrote @5 usage.output_tokens'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'message_delta counts only the output', upstream: [start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'the counts of the cache are null',
        upstream: [
          start({ usage: { input_tokens: 42, output_tokens: 1, cache_read_input_tokens: null } }),
          textBlock(0, 'Hi'),
          messageDelta('end_turn', { usage: { input_tokens: null, output_tokens: 7 } }),
          messageStop(),
        ],
      },
    ],
  },
  {
    code: 'messages/usage-zero-or-late',
    violations: [
      {
        when: 'message_start counts no input',
        upstream: [start({ usage: { input_tokens: 0, output_tokens: 0 } }), textBlock(0, 'Hi'), end()],
        output: [start({ usage: { input_tokens: 0, output_tokens: 0 } }), textBlock(0, 'Hi'), end()],
        defects: [],
        observations: ['messages/usage-zero-or-late @1 message.usage.input_tokens'],
        endState: 'complete',
      },
      {
        when: 'the usage has the names of another protocol',
        upstream: [
          start({ usage: { prompt_tokens: 42, completion_tokens: 1 } }),
          textBlock(0, 'Hi'),
          messageDelta('end_turn', { usage: { completion_tokens: 7 } }),
          messageStop(),
        ],
        output: [
          start({ usage: { prompt_tokens: 42, completion_tokens: 1, input_tokens: 42, output_tokens: 1 } }),
          textBlock(0, 'Hi'),
          messageDelta('end_turn', { usage: { completion_tokens: 7, output_tokens: 7 } }),
          messageStop(),
        ],
        defects: [
          'messages/usage-zero-or-late rewrote @1 message.usage.input_tokens',
          'messages/usage-zero-or-late rewrote @1 message.usage.output_tokens',
          'messages/usage-zero-or-late rewrote @5 usage.output_tokens',
        ],
        endState: 'complete',
      },
      {
        when: 'a second message_start brings the numbers, and is dropped',
        upstream: [start({ usage: { input_tokens: 0, output_tokens: 0 } }), start(), textBlock(0, 'Hi'), end()],
        output: [
          start({ usage: { input_tokens: 0, output_tokens: 0 } }),
          textBlock(0, 'Hi'),
          messageDelta('end_turn', { usage: { output_tokens: 7, input_tokens: 42 } }),
          messageStop(),
        ],
        defects: [
          'messages/message-start-duplicate dropped @2',
          'messages/usage-zero-or-late rewrote @6 usage.input_tokens',
        ],
        observations: ['messages/usage-zero-or-late @1 message.usage.input_tokens'],
        endState: 'complete',
      },
      {
        when: 'a second message_start brings the numbers, and message_delta has to be made',
        upstream: [start({ usage: { input_tokens: 1, output_tokens: 0 } }), start(), textBlock(0, 'Hi'), messageStop()],
        output: [
          start({ usage: { input_tokens: 1, output_tokens: 0 } }),
          textBlock(0, 'Hi'),
          messageDelta('end_turn', { usage: { output_tokens: 0, input_tokens: 42 } }),
          messageStop(),
        ],
        defects: [
          'messages/message-start-duplicate dropped @2',
          'messages/message-delta-malformed inserted @6',
          'messages/usage-zero-or-late rewrote @6 usage.input_tokens',
        ],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'message_start counts the input', upstream: [start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'message_delta knows the numbers itself',
        upstream: [
          start(),
          start({ usage: { input_tokens: 50, output_tokens: 0 } }),
          textBlock(0, 'Hi'),
          messageDelta('end_turn', { usage: { input_tokens: 50, output_tokens: 7 } }),
          messageStop(),
        ],
        defects: ['messages/message-start-duplicate dropped @2'],
      },
      {
        when: 'the second message_start has the same numbers',
        upstream: [start(), start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/message-start-duplicate dropped @2'],
      },
      {
        when: 'a field of another protocol is null beside the right one',
        upstream: [
          start({ usage: { input_tokens: 42, output_tokens: 1, prompt_tokens: 9 } }),
          textBlock(0, 'Hi'),
          end(),
        ],
      },
      {
        when: 'a delta of usage is all that lies between',
        upstream: [start(), delta(0, undefined), end()],
        defects: ['messages/delta-malformed dropped @2 delta'],
      },
    ],
  },
]
