import {
  blockStart,
  blockStop,
  end,
  inputDelta,
  start,
  textBlock,
  textDelta,
  thinkingBlock,
  toolBlock,
  toolStart,
} from '../stream.js'
import type { Rule } from './rule.js'

const serverTool = (index: number, input: object): string =>
  blockStart(index, { type: 'server_tool_use', id: `srvtoolu_${index}`, name: 'web_search', input })

/** Content in block starts. */
export const startContentRules: readonly Rule[] = [
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
]
