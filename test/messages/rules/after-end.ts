import { done, end, error, messageStop, ping, start, textBlock, textDelta, textStart } from '../stream.js'
import type { Rule } from './rule.js'

/** What comes behind the end. */
export const afterEndRules: readonly Rule[] = [
  {
    code: 'messages/event-after-end',
    violations: [
      {
        when: 'message_stop comes twice',
        upstream: [start(), textBlock(0, 'Hi'), end(), messageStop()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/event-after-end dropped @7'],
        endState: 'complete',
      },
      {
        when: 'a second message follows, and pings count too',
        upstream: [start(), textBlock(0, 'Hi'), end(), start({ id: 'msg_2' }), ping()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/event-after-end dropped @7', 'messages/event-after-end dropped @8'],
        endState: 'complete',
      },
    ],
    nearMisses: [{ when: 'message_stop is the last', upstream: [start(), textBlock(0, 'Hi'), end()] }],
  },
  {
    code: 'messages/error-then-continue',
    violations: [
      {
        when: 'text and an ending follow an error',
        upstream: [start(), textStart(0), error(), textDelta(0, 'Hi'), messageStop()],
        output: [start(), textStart(0), error()],
        defects: [
          'messages/error-then-continue dropped @4',
          'messages/event-after-end dropped @4',
          'messages/event-after-end dropped @5',
        ],
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      { when: 'the error is the last', upstream: [start(), textStart(0), error()] },
      {
        when: 'the error is ours',
        upstream: [start(), textStart(0), done(), messageStop()],
        defects: [
          'messages/done-sentinel dropped @3',
          'messages/truncated-stream ended @3',
          'messages/event-after-end dropped @4',
        ],
      },
    ],
  },
]
