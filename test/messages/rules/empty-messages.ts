import { comment, done, end, error, failure, messageDelta, messageStop, ping, start, textBlock } from '../stream.js'
import type { Rule } from './rule.js'

/** Messages, and streams, with nothing in them. */
export const emptyMessagesRules: readonly Rule[] = [
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
  {
    code: 'messages/empty-200',
    violations: [
      {
        when: 'the body is empty',
        upstream: [],
        output: [failure('empty')],
        defects: ['messages/empty-200 ended @0'],
        endState: 'empty',
      },
      {
        when: 'the body holds nothing but noise',
        upstream: [ping(), comment()],
        output: [ping(), comment(), failure('empty')],
        defects: ['messages/empty-200 ended @2'],
        endState: 'empty',
      },
      {
        when: 'the body holds nothing but [DONE]',
        upstream: [done()],
        output: [failure('empty')],
        defects: ['messages/done-sentinel dropped @1', 'messages/empty-200 ended @1'],
        endState: 'empty',
      },
    ],
    nearMisses: [
      { when: 'a message without blocks came', upstream: [start(), end()] },
      { when: 'an error came', upstream: [error()] },
      {
        when: 'message_start came',
        upstream: [start()],
        defects: ['messages/truncated-stream ended @1'],
      },
    ],
  },
]
