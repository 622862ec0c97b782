import { describe, expect, it } from 'vitest'
import type { EndState } from '../../src/defects/types.js'
import type { EndReason } from '../../src/index.js'
import { conform, eventsOf } from './conform.js'
import {
  answer,
  call,
  callStart,
  calls,
  chunk,
  comment,
  completion,
  custom,
  data,
  delta,
  done,
  end,
  error,
  type Frames,
  failed,
  failure,
  finish,
  first,
  opening,
  role,
  text,
  textOf,
  usage,
} from './stream.js'

const nameless = calls([first(0, '', { function: { arguments: '{}' } })])
const filters = chunk([], { id: '', object: '', created: 0, model: '', prompt_filter_results: [] })
/** Spoken answers, which finish without a word (FINDINGS A17). */
const spoken: Frames = [role(), delta({ audio: { id: 'a', transcript: 'Hi' } }), delta({ audio: { data: 'AA==' } })]

/** How it may end. */
const endings = ['eof', 'reset', 'timeout', '[DONE]'] as const
type States = readonly [eof: EndState, reset: EndState, timeout: EndState, done: EndState]

const empty: States = ['empty', 'empty', 'timed-out', 'empty']
const no: States = ['truncated', 'truncated', 'timed-out', 'truncated']
/** D-60: evidence outranks how the body ends. */
const yes: States = ['complete', 'complete', 'complete', 'complete']
/** What only `[DONE]` makes whole. */
const marked: States = ['truncated', 'truncated', 'timed-out', 'complete']
/** What has ended in an error before the body does. */
const over: States = ['truncated', 'truncated', 'truncated', 'truncated']
/** What would be whole, had nothing of it been dropped (D-5). */
const lost: States = ['truncated', 'truncated', 'truncated', 'truncated']

/** What the upstream has said when it ends, and DESIGN.md's "When is a stream a success?" for each ending. */
const table: Readonly<Record<string, readonly [said: Frames, states: States]>> = {
  nothing: [[], empty],
  'nothing but comments and noise': [[comment(), data({}), data({ type: 'ping' })], empty],
  'nothing but usage': [usage(), empty],
  'nothing but what a filter found in the prompt': [filters, empty],
  'a role alone': [role(), no],
  'half a text': [opening('Hi'), no],
  'half a text of reasoning': [[role(), delta({ reasoning_content: 'R' })], no],
  'a text, and what a filter found in it': [[opening('Hi'), chunk([{ index: 0, content_filter_results: {} }])], no],
  'a text and usage': [[opening('Hi'), usage()], marked],
  'a text and usage on its last chunk': [
    [
      role(),
      chunk([{ index: 0, delta: { content: 'Hi' }, finish_reason: null }], {
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      }),
    ],
    no,
  ],
  'a text, usage, and more text': [[opening('Hi'), usage(), text('!')], no],
  'a text and null usage': [[opening('Hi'), usage({ usage: null })], no],
  'a finish': [[opening('Hi'), finish()], yes],
  'a finish of length': [[opening('Hi'), finish('length')], yes],
  'a finish with a word that we do not know': [[opening('Hi'), finish('later')], yes],
  'a finish that is empty': [[opening('Hi'), finish('')], no],
  'a finish and usage': [[opening('Hi'), finish(), usage()], yes],
  'a finish beside the last text': [[role(), delta({ content: 'Hi' }, { finish_reason: 'stop' })], yes],
  'a finish on each chunk': [
    [
      delta({ role: 'assistant', content: 'Hi' }, { finish_reason: 'stop' }),
      delta({ content: '!' }, { finish_reason: 'stop' }),
    ],
    yes,
  ],
  'a finish beside a text, and more text': [
    [role(), delta({ content: 'Hi' }, { finish_reason: 'stop' }), text('!')],
    no,
  ],
  'a finish, and more text': [[opening('Hi'), finish(), text('!')], marked],
  'a finish, more text, and a finish': [[opening('Hi'), finish(), text('!'), finish()], yes],
  'a finish, and that it was length after all': [[opening('Hi'), finish(), finish('length')], lost],
  'an empty answer that is finished': [[role(), finish()], yes],
  'a finish and nothing else': [finish(), yes],
  'a whole call': [[role(), call(0, '{"a":1}')], no],
  'a whole call and usage': [[role(), call(0, '{"a":1}'), usage()], marked],
  'a whole call and its finish': [[role(), call(0, '{"a":1}'), finish('tool_calls')], yes],
  'a whole call and the finish of a text': [[role(), call(0, '{"a":1}'), finish()], yes],
  'a blank call and its finish': [[role(), callStart(0), finish('tool_calls')], yes],
  'a blank call and usage': [[role(), callStart(0), usage()], marked],
  'a malformed call and its finish': [[role(), callStart(0, '{]'), finish('tool_calls')], yes],
  'a cut call': [[role(), call(0, '{"a":')], no],
  'a cut call and usage': [[role(), call(0, '{"a":'), usage()], no],
  'a cut call and its finish': [[role(), call(0, '{"a":'), finish('tool_calls')], over],
  'a cut call and a finish of length': [[role(), call(0, '{"a":'), finish('length')], yes],
  'a cut call behind a whole one, and usage': [[role(), call(0, '{}'), call(1, '{'), usage()], no],
  'a cut input of a custom tool, and its finish': [[role(), custom(0, '{"a":'), finish('tool_calls')], yes],
  'a call without a name': [[role(), nameless], no],
  'a call without a name, and its finish': [[role(), nameless, finish('tool_calls')], over],
  'a call without a name, and a finish of length': [[role(), nameless, finish('length')], over],
  'calls that are none, and a finish': [[role(), delta({ tool_calls: 'x' }), finish()], lost],
  'two choices, both finished': [[role(0), role(1), finish('stop', 1), finish('stop', 0)], yes],
  'two choices, one finished': [[role(0), role(1), text('Hi', 1), finish('stop', 0)], no],
  'two choices, one finished, and usage': [[role(0), role(1), text('Hi', 1), finish('stop', 0), usage()], marked],
  'two choices, one finished, the other with a cut call, and usage': [
    [role(0), role(1), calls([first(0, '{')], { index: 1 }), finish('stop', 0), usage()],
    no,
  ],
  'two choices, both finished, one with more text': [
    [role(0), role(1), finish('stop', 1), finish('stop', 0), text('!', 1)],
    marked,
  ],
  'a spoken answer': [spoken, marked],
  'a spoken answer and usage': [[spoken, usage()], marked],
  'a whole completion': [
    data(completion([{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }])),
    yes,
  ],
  'a whole completion without a finish': [
    data(completion([{ index: 0, message: { role: 'assistant', content: 'Hi' } }])),
    marked,
  ],
}

/** Where the row is about `n` choices, the request has asked for them. */
const optionsOf = (said: string) => ({ request: { n: said.startsWith('two choices') ? 2 : 1 } })

const endedBy = (said: string, upstream: Frames, ending: (typeof endings)[number]) =>
  ending === '[DONE]' ? conform([upstream, done()], optionsOf(said)) : conform(upstream, optionsOf(said), ending)

describe('a stream that said', () => {
  for (const [said, [upstream, states]] of Object.entries(table)) {
    for (const [at, ending] of endings.entries()) {
      const endState = states[at]

      it(`${said} and ends by ${ending} is ${endState}`, () => {
        const { output, report, defects } = endedBy(said, upstream, ending)
        expect(report.endState).toBe(endState)
        const events = eventsOf(output)
        expect(events.at(-1)).toBe('data: [DONE]\n\n')
        expect(events.filter((event) => event === 'data: [DONE]\n\n')).toHaveLength(1)
        expect(output.match(/^data: \{"error":/gm) ?? []).toHaveLength(endState === 'complete' ? 0 : 1)
        if (endState !== 'complete') {
          expect(events.at(-2)).toMatchObject({ value: { error: { code: null, param: null } } })
          expect(defects.some((line) => / (?:ended|dropped) @/.test(line)) || said.includes('length after all')).toBe(
            true,
          )
        }
      })
    }
  }

  it('nothing comes out as an error alone', () => {
    expect(conform([]).output).toBe(textOf(failure('empty')))
    expect(conform(done()).output).toBe(textOf(failure('empty')))
    expect(conform([], {}, 'timeout').output).toBe(textOf(failure('timeout')))
  })

  it('half a text keeps it', () => {
    expect(conform(opening('Hi')).output).toBe(textOf(opening('Hi'), failure('truncated')))
    expect(conform([opening('Hi'), done()]).output).toBe(textOf(opening('Hi'), failure('truncated')))
    expect(conform(opening('Hi'), {}, 'timeout').output).toBe(textOf(opening('Hi'), failure('timeout')))
  })

  it('a text, its usage and [DONE] gets the finish that it lacks in front of [DONE]', () => {
    const { output, defects } = conform([opening('Hi'), usage(), done()])
    expect(eventsOf(output)).toEqual(eventsOf(textOf(opening('Hi'), usage(), finish(), done())))
    expect(defects).toEqual(['chat/finish-reason-missing-empty-wrong inserted @4 choices.finish_reason'])
    const calling = conform([role(), call(0, '{}'), usage(), done()])
    expect(eventsOf(calling.output)).toEqual(
      eventsOf(textOf(role(), call(0, '{}'), usage(), finish('tool_calls'), done())),
    )
  })

  it('that it failed, in any way, is an error of the upstream, finished or not', () => {
    for (const frame of [error(), data({ error: 'Down' }), data({ detail: 'Down' }), 'event: error\ndata: Down\n\n']) {
      for (const upstream of [[], opening('Hi'), [opening('Hi'), finish()], [opening('Hi'), finish(), usage()]]) {
        for (const behind of [[], done(), end(), text('!')]) {
          const { output, report } = conform([upstream, frame, behind])
          expect(report.endState).toBe('upstream-error')
          expect(output.match(/^data: \{"error":/gm)).toHaveLength(1)
          expect(output.endsWith('data: [DONE]\n\n')).toBe(true)
        }
      }
    }
  })

  it('something that is no stream of chunks is none', () => {
    expect(conform('<html>502</html>').report.endState).toBe('not-a-stream')
    expect(conform(data({ type: 'message_start', message: {} })).report.endState).toBe('not-a-stream')
    expect(conform('{"error":{"message":"Down"}}').report.endState).toBe('upstream-error')
  })
})

describe('the end reason', () => {
  it('cancel writes nothing, whatever waits, and the stream is cancelled', () => {
    for (const [said, [upstream, states]] of Object.entries(table)) {
      if (states === over) continue
      const { output, defects, report } = conform(upstream, optionsOf(said), 'cancel')
      expect(conform(upstream, optionsOf(said)).output.startsWith(output), said).toBe(true)
      expect(output).not.toMatch(/^data: (?:\[DONE\]|\{"error")/m)
      expect(defects.filter((line) => line.includes(' ended '))).toEqual([])
      expect([report.endState, report.endReason]).toEqual(['cancelled', 'cancel'])
    }
  })

  it('limit ends the stream in-band, evidence or not', () => {
    for (const [said, [upstream, states]] of Object.entries(table)) {
      if (states === over) continue
      const { output, report } = conform(upstream, optionsOf(said), 'limit')
      expect(output.endsWith(textOf(failure('limit')))).toBe(true)
      expect([report.endState, report.endReason]).toEqual(['limit', 'limit'])
    }
  })

  it('is told by the report and changes nothing behind a terminal', () => {
    for (const reason of ['eof', 'reset', 'cancel', 'timeout', 'limit'] satisfies EndReason[]) {
      const whole = conform(answer('Hi'), {}, reason)
      expect(whole.output).toBe(textOf(answer('Hi')))
      expect([whole.report.endState, whole.report.endReason]).toEqual(['complete', reason])
      const down = conform([opening('Hi'), failed()], {}, reason)
      expect(down.output).toBe(textOf(opening('Hi'), failed()))
      expect([down.report.endState, down.report.endReason]).toEqual(['upstream-error', reason])
      expect([...whole.defects, ...down.defects]).toEqual([])
    }
  })
})

describe('a spoken answer is left as it is', () => {
  const ends = delta({ audio: { expires_at: 9 } }, { finish_reason: undefined })
  const silent = chunk(undefined, { usage: null })

  it('with two roles, chunks without choices, no finish, and chunks behind its usage', () => {
    const upstream = [spoken, silent, delta({ role: 'assistant', audio: { data: 'AA==' } }), usage(), ends, done()]
    expect(conform(upstream)).toMatchObject({ output: textOf(upstream), defects: [], observations: [] })
  })

  it('but for the error in which it ends, where it does', () => {
    const { output, report } = conform([spoken, data({ error: 'Down' }), silent])
    expect(output).toBe(textOf(spoken, failed()))
    expect(report.endState).toBe('upstream-error')
  })

  it('by the name of its model too, where what comes is a call', () => {
    const spoke = [role(), silent, call(0, '{}'), usage(), done()].map((frames) =>
      textOf(frames).replaceAll('test-model', 'gpt-audio-mini'),
    )
    expect(conform(spoke)).toMatchObject({ output: textOf(spoke), defects: [] })
  })

  it('and its error goes unanswered by what comes behind', () => {
    expect(conform([spoken, error(), spoken, done()]).defects).toEqual([
      'chat/error-then-continue dropped @5',
      'chat/event-after-end dropped @6',
      'chat/event-after-end dropped @7',
    ])
  })
})
