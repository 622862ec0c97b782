import {
  answer,
  call,
  calling,
  callStart,
  changed,
  comment,
  counts,
  data,
  delta,
  done,
  end,
  failed,
  failure,
  finish,
  opening,
  role,
  text,
  usage,
} from '../stream.js'
import type { Rule, Violation } from './rule.js'

const finishCode = 'chat/finish-reason-missing-empty-wrong'
const said = (when: string, given: string, wanted: string): Violation => ({
  when,
  upstream: [opening('Hi'), end(given)],
  output: [opening('Hi'), end(wanted)],
  defects: [`${finishCode} rewrote @3 choices.finish_reason`],
  endState: 'complete',
})
const mark = (given: string): Violation => ({
  when: `it is ${JSON.stringify(given)}`,
  upstream: [opening('Hi'), finish(), data(given)],
  output: answer('Hi'),
  defects: ['chat/done-missing-or-mangled rewrote @4'],
  endState: 'complete',
})

/** How answers end: finish reasons, `[DONE]`, and what stands behind them. */
export const endingRules: readonly Rule[] = [
  {
    code: finishCode,
    violations: [
      said('it is eos', 'eos', 'stop'),
      said('it is STOP', 'STOP', 'stop'),
      said('it is end_turn', 'end_turn', 'stop'),
      said('it is max_tokens', 'max_tokens', 'length'),
      said('it is SAFETY', 'SAFETY', 'content_filter'),
      {
        when: 'it is tool_use',
        upstream: [role(), call(0, '{"a":1}'), end('tool_use')],
        output: calling(call(0, '{"a":1}')),
        defects: [`${finishCode} rewrote @4 choices.finish_reason`],
        endState: 'complete',
      },
      {
        when: 'it is empty on a chunk that finishes nothing',
        upstream: [role(), delta({ content: 'Hi' }, { finish_reason: '' }), end()],
        output: answer('Hi'),
        defects: [`${finishCode} rewrote @2 choices.finish_reason`],
        endState: 'complete',
      },
      {
        when: 'it stands on every chunk',
        upstream: [
          delta({ role: 'assistant', content: 'Hi' }, { finish_reason: 'stop' }),
          delta({ content: '!' }, { finish_reason: 'stop' }),
          done(),
        ],
        output: [
          delta({ role: 'assistant', content: 'Hi' }),
          delta({ content: '!' }, { finish_reason: 'stop' }),
          done(),
        ],
        defects: [`${finishCode} rewrote @1 choices.finish_reason`],
        endState: 'complete',
      },
      {
        when: 'it comes twice',
        upstream: [opening('Hi'), finish(), changed(finish(), { usage: counts }), done()],
        output: [opening('Hi'), finish(), changed(delta({}), { usage: counts }), done()],
        defects: [`${finishCode} rewrote @4 choices.finish_reason`],
        endState: 'complete',
      },
      {
        when: 'it never comes, and usage and [DONE] tell that the answer is over',
        upstream: [opening('Hi'), usage(), done()],
        output: [opening('Hi'), usage(), finish(), done()],
        defects: [`${finishCode} inserted @4 choices.finish_reason`],
        endState: 'complete',
      },
      {
        when: 'it never comes, and [DONE] does',
        upstream: [opening('Hi'), done()],
        output: [opening('Hi'), failure('truncated')],
        defects: [`${finishCode} ended @3`],
        endState: 'truncated',
      },
      {
        when: 'it never comes, and the body ends',
        upstream: opening('Hi'),
        output: [opening('Hi'), failure('truncated')],
        defects: [`${finishCode} ended @2`],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      {
        when: 'it is missing on chunks that finish nothing',
        upstream: [role(), delta({ content: 'Hi' }, { finish_reason: undefined }), end()],
      },
      ...['stop', 'length', 'content_filter'].map((reason) => ({
        when: `it is ${reason}`,
        upstream: [opening('Hi'), end(reason)],
      })),
      {
        when: 'it comes with the last text',
        upstream: [role(), delta({ content: 'Hi' }, { finish_reason: 'stop' }), done()],
      },
      { when: 'it is a word that we do not know', upstream: [opening('Hi'), end('later')] },
      { when: 'the upstream ends in an error', upstream: [opening('Hi'), failed()] },
    ],
  },
  {
    code: 'chat/finish-reason-unknown',
    violations: [
      {
        when: 'it stands in no table',
        upstream: [opening('Hi'), end('later')],
        output: [opening('Hi'), end('later')],
        defects: [],
        observations: ['chat/finish-reason-unknown @3 choices.finish_reason'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'it is of the protocol', upstream: answer('Hi') },
      {
        when: 'it is the word of others for it',
        upstream: [opening('Hi'), end('eos')],
        defects: [`${finishCode} rewrote @3 choices.finish_reason`],
      },
    ],
  },
  {
    code: 'chat/finish-reason-against-tools',
    violations: [
      {
        when: 'the choice called tools and says stop',
        upstream: [role(), call(0, '{"a":1}'), end()],
        output: [role(), call(0, '{"a":1}'), end()],
        defects: [],
        observations: ['chat/finish-reason-against-tools @4 choices.finish_reason'],
        endState: 'complete',
      },
      {
        when: 'the choice called none and says tool_calls',
        upstream: [opening('Hi'), end('tool_calls')],
        output: [opening('Hi'), end('tool_calls')],
        defects: [],
        observations: ['chat/finish-reason-against-tools @3 choices.finish_reason'],
        endState: 'complete',
      },
      {
        when: 'stop is not to stand behind tools',
        upstream: [role(), call(0, '{"a":1}'), end()],
        output: calling(call(0, '{"a":1}')),
        defects: ['chat/finish-reason-against-tools rewrote @4 choices.finish_reason'],
        endState: 'complete',
        options: { finishReason: 'from-tools' },
      },
    ],
    nearMisses: [
      { when: 'tools were called and it says so', upstream: calling(call(0, '{"a":1}')) },
      { when: 'none was called and it says stop', upstream: answer('Hi'), options: { finishReason: 'from-tools' } },
      { when: 'tools were called and the answer was cut', upstream: [role(), call(0, '{"a":1}'), end('length')] },
    ],
  },
  {
    code: 'chat/content-after-finish',
    violations: [
      {
        when: 'a text stands behind the finish',
        upstream: [opening('Hi'), finish(), text('!'), done()],
        output: [opening('Hi'), finish(), text('!'), done()],
        defects: [],
        observations: ['chat/content-after-finish @4 choices.delta'],
        endState: 'complete',
      },
      {
        when: 'it is all the evidence that there was',
        upstream: [opening('Hi'), finish(), text('!')],
        output: [opening('Hi'), finish(), text('!'), failure('truncated')],
        defects: [`${finishCode} ended @4`],
        observations: ['chat/content-after-finish @4 choices.delta'],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      { when: 'an empty delta stands there', upstream: [opening('Hi'), finish(), delta({}), text(''), done()] },
      { when: 'usage stands there', upstream: [opening('Hi'), finish(), usage(), done()] },
      {
        when: 'it is of another choice',
        upstream: [role(0), role(1), finish('stop', 0), text('Hi', 1), finish('stop', 1), done()],
      },
    ],
  },
  {
    code: 'chat/done-missing-or-mangled',
    violations: [
      mark('DONE'),
      mark('[ DONE ]'),
      mark('done'),
      {
        when: 'it is missing behind a finish',
        upstream: [opening('Hi'), finish()],
        output: answer('Hi'),
        defects: ['chat/done-missing-or-mangled inserted @3'],
        endState: 'complete',
      },
      {
        when: 'it is missing behind usage',
        upstream: [opening('Hi'), finish(), usage(), comment()],
        output: [opening('Hi'), finish(), usage(), comment(), done()],
        defects: ['chat/done-missing-or-mangled inserted @5'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'it is as it must be', upstream: answer('Hi') },
      { when: 'it has no blank in front', upstream: [opening('Hi'), finish(), 'data:[DONE]\n\n'] },
      {
        when: 'it is in lower case, which the framing mends',
        upstream: [opening('Hi'), finish(), data('[done]')],
        defects: ['sse/sse-whitespace rewrote @4'],
      },
      { when: 'a text is the mark', upstream: answer('[DONE]') },
      {
        when: 'it comes in the middle of a text',
        upstream: [opening('Hi'), done()],
        defects: [`${finishCode} ended @3`],
      },
    ],
  },
  {
    code: 'chat/event-after-end',
    violations: [
      {
        when: 'more text stands behind [DONE]',
        upstream: [answer('Hi'), text('!')],
        output: answer('Hi'),
        defects: ['chat/event-after-end dropped @5'],
        endState: 'complete',
      },
      {
        when: 'usage stands behind [DONE]',
        upstream: [answer('Hi'), usage(), data({ hook_results: [] })],
        output: answer('Hi'),
        defects: ['chat/event-after-end dropped @5', 'chat/event-after-end dropped @6'],
        endState: 'complete',
      },
      {
        when: 'the upstream goes on behind an error of ours',
        upstream: [role(), callStart(0, '{'), finish('tool_calls'), usage(), done()],
        output: [role(), callStart(0, '{'), failure('truncated')],
        defects: ['chat/truncated-tool-args ended @3', 'chat/event-after-end dropped @4'],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      {
        when: 'comments and another mark stand behind [DONE]',
        upstream: [opening('Hi'), finish(), done(), comment(), done()],
        trailing: 2,
      },
      { when: 'usage stands behind the finish', upstream: [opening('Hi'), finish(), usage(), done()] },
    ],
  },
]
