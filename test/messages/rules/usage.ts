import { delta, end, madeDelta, messageDelta, messageStop, start, textBlock } from '../stream.js'
import type { Rule } from './rule.js'

/** What was counted. */
export const usageRules: readonly Rule[] = [
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
