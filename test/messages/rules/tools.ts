import {
  blockStart,
  blockStop,
  comment,
  end,
  error,
  failure,
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

const serverTool = (index: number, input: object): string =>
  blockStart(index, { type: 'server_tool_use', id: `srvtoolu_${index}`, name: 'web_search', input })

/** Tool calls: their id, their name and their arguments. */
export const tools: readonly Rule[] = [
  {
    code: 'messages/tool-args-concatenated',
    violations: [
      {
        when: 'an empty object stands in front of the real arguments',
        upstream: [start(), toolBlock(0, '{}', '{"a":', '1}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":', '1}'), end('tool_use')],
        defects: ['messages/tool-args-concatenated dropped @3'],
        endState: 'complete',
      },
      {
        when: 'null stands in front of them',
        upstream: [start(), toolBlock(0, 'null', '{"a":1}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), end('tool_use')],
        defects: ['messages/tool-args-concatenated dropped @3'],
        endState: 'complete',
      },
      {
        when: 'two quotes stand in front of them',
        upstream: [start(), toolBlock(0, '""', '{"a":1}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), end('tool_use')],
        defects: ['messages/tool-args-concatenated dropped @3'],
        endState: 'complete',
      },
      {
        when: 'the whole comes again behind the pieces',
        upstream: [start(), toolBlock(0, '{"a":', '1}', '{ "a": 1 }'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":', '1}'), end('tool_use')],
        defects: ['messages/tool-args-concatenated dropped @5'],
        endState: 'complete',
      },
      {
        when: 'the last piece has the whole behind it',
        upstream: [start(), toolBlock(0, '{"a":', '1}{"a":1}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":', '1}'), end('tool_use')],
        defects: ['messages/tool-args-concatenated dropped @4'],
        endState: 'complete',
      },
      {
        when: 'the whole comes again behind the stop',
        upstream: [start(), toolBlock(0, '{"a":1}'), inputDelta(0, '{"a":1}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), end('tool_use')],
        defects: ['messages/tool-args-concatenated dropped @5'],
        endState: 'complete',
      },
      {
        when: 'other arguments follow, which belong to no call',
        upstream: [start(), toolBlock(0, '{"a":1}', '{"b":2}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), failure('dropped')],
        defects: [
          'messages/tool-args-concatenated dropped @4',
          'messages/truncated-stream dropped @6 message_delta',
          'messages/truncated-stream ended @7',
        ],
        endState: 'truncated',
      },
      {
        when: 'other arguments follow behind the stop',
        upstream: [start(), toolBlock(0, '{"a":1}'), inputDelta(0, '{"b":2}'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), failure('dropped')],
        defects: [
          'messages/tool-args-concatenated dropped @5',
          'messages/truncated-stream dropped @6 message_delta',
          'messages/truncated-stream ended @7',
        ],
        endState: 'truncated',
      },
      {
        when: 'other arguments begin and the block stops inside them',
        upstream: [start(), toolBlock(0, '{"a":1}', '{"b":'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), failure('dropped')],
        defects: [
          'messages/tool-args-concatenated dropped @5',
          'messages/truncated-stream dropped @6 message_delta',
          'messages/truncated-stream ended @7',
        ],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      { when: 'an empty object is all there is', upstream: [start(), toolBlock(0, '{}'), end('tool_use')] },
      { when: 'blanks follow the arguments', upstream: [start(), toolBlock(0, '{"a":1}', ' \n'), end('tool_use')] },
      {
        when: 'an empty object stands inside the arguments',
        upstream: [start(), toolBlock(0, '{"a":', '{}', '}'), end('tool_use')],
      },
      {
        when: 'a word follows the arguments, as the model wrote it',
        upstream: [start(), toolBlock(0, '{"a":1}x'), end('tool_use')],
      },
      {
        when: 'two tools have the same arguments',
        upstream: [start(), toolBlock(0, '{"a":1}'), toolBlock(1, '{"a":1}'), end('tool_use')],
      },
      {
        when: 'the upstream fails before it shows what the empty object stood for',
        upstream: [start(), toolStart(0), inputDelta(0, '{}'), comment(), error()],
      },
    ],
  },
  {
    code: 'messages/tool-args-bad-json',
    violations: [
      {
        when: 'the arguments are malformed, as the model wrote them',
        upstream: [start(), toolBlock(0, '{"a":1]'), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1]'), end('tool_use')],
        defects: [],
        observations: ['messages/tool-args-bad-json @4'],
        endState: 'complete',
      },
      {
        when: 'they come as an object in the place of text',
        upstream: [start(), toolStart(0), inputDelta(0, { a: 1 }), blockStop(0), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), end('tool_use')],
        defects: ['messages/tool-args-bad-json rewrote @3 delta.partial_json'],
        endState: 'complete',
      },
      {
        when: 'they are cut, and the stop reason claims a whole call',
        upstream: [start(), toolBlock(0, '{"a":'), end('tool_use')],
        output: [start(), toolStart(0), inputDelta(0, '{"a":'), failure('truncated')],
        defects: [
          'messages/tool-args-bad-json dropped @5 message_delta',
          'messages/tool-args-bad-json ended @5',
          'messages/event-after-end dropped @6',
        ],
        endState: 'truncated',
      },
      {
        when: 'they are cut, without a stop, and the stop reason claims a whole call',
        upstream: [start(), toolStart(0), inputDelta(0, '{"a":'), end('tool_use')],
        output: [start(), toolStart(0), inputDelta(0, '{"a":'), failure('truncated')],
        defects: ['messages/tool-args-bad-json dropped @4 message_delta', 'messages/tool-args-bad-json ended @5'],
        endState: 'truncated',
      },
      {
        when: 'they are cut, and a bare message_stop follows',
        upstream: [start(), toolBlock(0, '{"a":'), messageStop()],
        output: [start(), toolStart(0), inputDelta(0, '{"a":'), failure('truncated')],
        defects: ['messages/tool-args-bad-json ended @5'],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      { when: 'they are whole', upstream: [start(), toolBlock(0, '{"a":1}'), end('tool_use')] },
      { when: 'they are cut under max_tokens', upstream: [start(), toolBlock(0, '{"a":'), end('max_tokens')] },
      { when: 'they are cut under refusal', upstream: [start(), toolBlock(0, '{"a":'), end('refusal')] },
      {
        when: 'they are cut under model_context_window_exceeded',
        upstream: [start(), toolBlock(0, '{"a":'), end('model_context_window_exceeded')],
      },
      {
        when: 'they are cut in front of an error of the upstream',
        upstream: [start(), toolStart(0), inputDelta(0, '{"a":'), error()],
      },
      { when: 'there are none, which means an empty object', upstream: [start(), toolBlock(0), end('tool_use')] },
    ],
  },
  {
    code: 'messages/first-delta-dropped',
    violations: [
      {
        when: 'the arguments begin in the middle',
        upstream: [start(), toolBlock(0, '"a.txt"}'), end('tool_use')],
        output: [start(), toolBlock(0, '"a.txt"}'), end('tool_use')],
        defects: [],
        observations: ['messages/first-delta-dropped @4'],
        endState: 'complete',
      },
      {
        when: 'they begin with a colon, which is malformed besides',
        upstream: [start(), toolBlock(0, ':1}'), end('tool_use')],
        output: [start(), toolBlock(0, ':1}'), end('tool_use')],
        defects: [],
        observations: ['messages/first-delta-dropped @4', 'messages/tool-args-bad-json @4'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'they begin like an object', upstream: [start(), toolBlock(0, ' {"a":1}'), end('tool_use')] },
      { when: 'there are none', upstream: [start(), toolBlock(0, ''), end('tool_use')] },
      { when: 'they are malformed further on', upstream: [start(), toolBlock(0, '{"a":1]'), end('tool_use')] },
    ],
  },
  {
    code: 'messages/tool-id-bad',
    violations: [
      {
        when: 'a tool has no id',
        upstream: [start(), toolStart(0, { id: undefined }), blockStop(0), end('tool_use')],
        output: [
          start(),
          blockStart(0, { type: 'tool_use', name: 'look', input: {}, id: 'toolu_msg_1_0' }),
          blockStop(0),
          end('tool_use'),
        ],
        defects: ['messages/tool-id-bad rewrote @2 content_block.id'],
        endState: 'complete',
      },
      {
        when: 'its id is empty',
        upstream: [start({ id: 'msg/1' }), textBlock(0, 'Hi'), toolStart(1, { id: '' }), blockStop(1), end('tool_use')],
        output: [
          start({ id: 'msg/1' }),
          textBlock(0, 'Hi'),
          toolStart(1, { id: 'toolu_msg1_1' }),
          blockStop(1),
          end('tool_use'),
        ],
        defects: ['messages/tool-id-bad rewrote @5 content_block.id'],
        endState: 'complete',
      },
      {
        when: 'its id is a number',
        upstream: [start(), toolStart(0, { id: 7 }), blockStop(0), end('tool_use')],
        output: [start(), toolStart(0, { id: 'toolu_msg_1_0' }), blockStop(0), end('tool_use')],
        defects: ['messages/tool-id-bad rewrote @2 content_block.id'],
        endState: 'complete',
      },
      {
        when: 'two tools share an id',
        upstream: [start(), toolBlock(0), toolStart(1, { id: 'toolu_0' }), blockStop(1), end('tool_use')],
        output: [start(), toolBlock(0), toolStart(1, { id: 'toolu_0_1' }), blockStop(1), end('tool_use')],
        defects: ['messages/tool-id-bad rewrote @4 content_block.id'],
        endState: 'complete',
      },
      {
        when: 'its id holds characters that Anthropic does not take back, which have to find their way to the upstream',
        upstream: [start(), toolStart(0, { id: 'functions.look:0' }), blockStop(0), end('tool_use')],
        output: [start(), toolStart(0, { id: 'functions.look:0' }), blockStop(0), end('tool_use')],
        defects: [],
        observations: ['messages/tool-id-bad @2 content_block.id'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'each has one of its own', upstream: [start(), toolBlock(0), toolBlock(1), end('tool_use')] },
      { when: 'a text block has none', upstream: [start(), textBlock(0, 'Hi'), end()] },
    ],
  },
  {
    code: 'messages/tool-name-missing',
    violations: [
      {
        when: 'a second start brings the name',
        upstream: [
          start(),
          toolStart(0, { name: '' }),
          inputDelta(0, '{"a":'),
          toolStart(0, { id: undefined }),
          inputDelta(0, '1}'),
          blockStop(0),
          end('tool_use'),
        ],
        output: [
          start(),
          blockStart(0, { type: 'tool_use', name: 'look', input: {}, id: 'toolu_0' }),
          inputDelta(0, '{"a":'),
          inputDelta(0, '1}'),
          blockStop(0),
          end('tool_use'),
        ],
        defects: ['messages/tool-name-missing moved @4'],
        endState: 'complete',
      },
      {
        when: 'the block stops without a name',
        upstream: [start(), toolStart(0, { name: '' }), inputDelta(0, '{}'), blockStop(0), end('tool_use')],
        output: [start(), failure('dropped')],
        defects: [
          'messages/tool-name-missing dropped @4',
          'messages/truncated-stream dropped @5 message_delta',
          'messages/truncated-stream ended @6',
        ],
        endState: 'truncated',
      },
      {
        when: 'the name never comes, and no stop',
        upstream: [start(), toolStart(0, { name: undefined }), inputDelta(0, '{}'), end('tool_use')],
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
      { when: 'the name is there', upstream: [start(), toolBlock(0), end('tool_use')] },
      {
        when: 'the stream is cut before the name could come',
        upstream: [start(), toolStart(0, { name: '' }), inputDelta(0, '{')],
        defects: ['messages/truncated-stream ended @3'],
      },
    ],
  },
  {
    code: 'messages/content-in-block-start',
    violations: [
      {
        when: 'a start holds text',
        upstream: [start(), blockStart(0, { type: 'text', text: 'Hi' }), textDelta(0, '!'), blockStop(0), end()],
        output: [start(), textBlock(0, 'Hi', '!'), end()],
        defects: ['messages/content-in-block-start moved @2 content_block.text'],
        endState: 'complete',
      },
      {
        when: 'a start holds thinking and its signature',
        upstream: [
          start(),
          blockStart(0, { type: 'thinking', thinking: 'Hm', signature: 'c2ln' }),
          blockStop(0),
          end(),
        ],
        output: [start(), thinkingBlock(0, 'Hm'), end()],
        defects: ['messages/content-in-block-start moved @2 content_block.thinking'],
        endState: 'complete',
      },
      {
        when: 'a start holds the whole input, and no delta follows',
        upstream: [start(), toolStart(0, { input: { a: 1 } }), blockStop(0), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), end('tool_use')],
        defects: ['messages/content-in-block-start moved @2 content_block.input'],
        endState: 'complete',
      },
      {
        when: 'a start holds the input, and deltas bring it again',
        upstream: [start(), toolStart(0, { input: { a: 1 } }), inputDelta(0, '{"a":1}'), blockStop(0), end('tool_use')],
        output: [start(), toolBlock(0, '{"a":1}'), end('tool_use')],
        defects: ['messages/content-in-block-start moved @2 content_block.input'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'the starts are empty', upstream: [start(), textBlock(0, 'Hi'), toolBlock(1, '{}'), end('tool_use')] },
      {
        when: 'the tool was called by a program, whose input Anthropic sends in the start',
        upstream: [
          start(),
          toolStart(0, { input: { a: 1 }, caller: { type: 'direct' } }),
          blockStop(0),
          end('tool_use'),
        ],
      },
      { when: 'the tool runs on the server', upstream: [start(), serverTool(0, { query: 'x' }), blockStop(0), end()] },
      {
        when: 'a text start has citations to come',
        upstream: [
          start(),
          blockStart(0, { type: 'text', text: '', citations: [] }),
          textDelta(0, 'Hi'),
          blockStop(0),
          end(),
        ],
      },
    ],
  },
  {
    code: 'messages/server-tool-orphan-result',
    violations: [
      {
        when: 'a result has no call in front of it',
        upstream: [
          start(),
          blockStart(0, { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_9', content: [] }),
          blockStop(0),
          end(),
        ],
        output: [
          start(),
          blockStart(0, { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_9', content: [] }),
          blockStop(0),
          end(),
        ],
        defects: [],
        observations: ['messages/server-tool-orphan-result @2 content_block.tool_use_id'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'its call came before',
        upstream: [
          start(),
          serverTool(0, {}),
          blockStop(0),
          blockStart(1, { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_0', content: [] }),
          blockStop(1),
          textStart(2),
          textDelta(2, 'Hi'),
          blockStop(2),
          end(),
        ],
      },
    ],
  },
]
