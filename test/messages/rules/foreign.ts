import {
  blockStart,
  blockStop,
  data,
  done,
  end,
  failure,
  frame,
  inputDelta,
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

/** Events of other protocols and of none. */
export const foreignRules: readonly Rule[] = [
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
