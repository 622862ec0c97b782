import {
  blockStart,
  blockStop,
  end,
  failure,
  inputDelta,
  start,
  textBlock,
  textDelta,
  textStart,
  toolBlock,
  toolStart,
} from '../stream.js'
import type { Rule } from './rule.js'

const serverTool = (index: number, input: object): string =>
  blockStart(index, { type: 'server_tool_use', id: `srvtoolu_${index}`, name: 'web_search', input })

/** The id and the name of tool calls. */
export const toolIdentityRules: readonly Rule[] = [
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
          'messages/tool-name-missing dropped @2',
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
      {
        when: 'the stream is cut before the name could come',
        upstream: [start(), toolStart(0, { name: '' }), inputDelta(0, '{')],
        output: [start(), failure('truncated')],
        defects: ['messages/tool-name-missing dropped @2', 'messages/truncated-stream ended @3'],
        endState: 'truncated',
      },
      {
        when: 'another block takes its index',
        upstream: [start(), toolStart(0, { name: '' }), inputDelta(0, '{}'), textBlock(0, 'Hi'), end()],
        output: [start(), textBlock(0, 'Hi'), failure('dropped')],
        defects: [
          'messages/tool-name-missing dropped @2',
          'messages/block-index-collision rewrote @4 index',
          'messages/truncated-stream dropped @7 message_delta',
          'messages/truncated-stream ended @8',
        ],
        endState: 'truncated',
      },
    ],
    nearMisses: [{ when: 'the name is there', upstream: [start(), toolBlock(0), end('tool_use')] }],
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
