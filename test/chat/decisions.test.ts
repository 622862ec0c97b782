import { describe, expect, it } from 'vitest'
import { guardrailMarks } from '../../src/index.js'
import { conform, eventsOf, type Outcome } from './conform.js'
import {
  answer,
  args,
  calling,
  callStart,
  calls,
  changed,
  choice,
  chunk,
  comment,
  completion,
  counts,
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
  sentences,
  text,
  textOf,
  usage,
} from './stream.js'

const codes = ({ defects }: Outcome): string[] => defects.map((line) => line.slice(0, line.indexOf(' ')))

/** What comes out, whatever the order of the members in it. */
function expectOutput({ output }: Outcome, ...frames: readonly Frames[]): void {
  expect(eventsOf(output)).toEqual(eventsOf(textOf(...frames)))
}

describe('for all protocols', () => {
  it('D-1: a SHOULD rule that is repaired is a defect, one that is not is an observation', () => {
    expect(codes(conform([role(), delta({ role: 'assistant', content: 'Hi' }), end()]))).toEqual([
      'chat/role-missing-or-invalid',
    ])
    const observed = conform([opening('Hi'), finish(), text('!'), done()])
    expect([observed.defects, observed.observations]).toEqual([[], ['chat/content-after-finish @4 choices.delta']])
  })

  it('D-2: codes of framing begin with sse/, of error shapes with errors/, the rest with chat/', () => {
    const found = codes(conform(['data: \n\n', text('Hi'), data({ error: 'Down' })]))
    expect(found).toEqual(['sse/data-empty-or-null', 'chat/role-missing-or-invalid', 'errors/error-frame-shape'])
  })

  it('D-4: what comes behind the terminal is one defect for each event, and none for marks and comments', () => {
    const { defects } = conform([answer('Hi'), text('!'), done(), comment(), usage()])
    expect(defects).toEqual(['chat/event-after-end dropped @5', 'chat/event-after-end dropped @8'])
  })

  it('D-5: empty is only what never began, an error of the upstream is upstream-error', () => {
    expect(conform([usage(), done()]).report.endState).toBe('empty')
    expect(conform(error()).report.endState).toBe('upstream-error')
    expect(conform(role()).report.endState).toBe('truncated')
  })

  it('D-5: a drop of content that exists nowhere else puts an error in the place of [DONE]', () => {
    const { output, report } = conform([role(), text([{ type: 'audio', audio: 'x' }]), text('Hi'), end()])
    expect(output.endsWith(textOf(text('Hi'), finish(), failure('dropped')))).toBe(true)
    expect(report.endState).toBe('truncated')
  })

  it('D-6: an error of ours has one sentence for each cause, and the type server_error', () => {
    for (const [cause, upstream, reason, options] of [
      ['truncated', opening('Hi'), 'eof', {}],
      ['dropped', [role(), delta({ tool_calls: 5 }), end()], 'eof', {}],
      ['empty', [], 'eof', {}],
      ['not-a-stream', '<html>', 'eof', {}],
      ['other-protocol', data({ type: 'response.created', response: {} }), 'eof', {}],
      ['malformed', [role(), data('[]')], 'eof', {}],
      ['timeout', opening('Hi'), 'timeout', {}],
      ['limit', [role(), callStart(0), callStart(1)], 'eof', { limits: { maxOpenBlocks: 1 } }],
    ] as const) {
      const { output } = conform(upstream, options, reason)
      expect(output.endsWith(textOf(failure(cause))), cause).toBe(true)
      expect(output).toContain(sentences[cause])
    }
  })

  it('D-6: what stands beside an error leaves first, its finish reason does not', () => {
    const beside = changed(delta({ content: 'Hi' }, { finish_reason: 'stop' }), {
      error: { message: 'Down', type: 'x', code: 'y' },
    })
    expectOutput(conform([role(), beside]), opening('Hi'), failed('Down', 'x', 'y'))
    const silent = changed(delta({ role: 'assistant', content: '' }), {
      error: { message: 'Down', type: 'x', code: 'y' },
    })
    expectOutput(conform(silent), failed('Down', 'x', 'y'))
  })

  it('D-10: a guardrail is one by its codes, types and keys, never by its words', () => {
    expect(guardrailMarks.values).toContain('guardrail_violation')
    expect(conform(error('guardrail content_filter blocked', 'server_error', 500)).defects).toEqual([])
    expect(codes(conform(error('x', 'guardrail_violation', 500)))).toEqual(['chat/error-code'])
  })

  it('D-11: what the client cancels has no ending written', () => {
    expect(conform([opening('Hi'), delta({ content: '!' }, { finish_reason: 'stop' })], {}, 'cancel').output).toBe(
      textOf(opening('Hi')),
    )
  })

  it('D-12: bare JSON is one frame, which the protocol expands', () => {
    const body = completion([{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }], {
      usage: undefined,
    })
    const chunks = [delta({ role: 'assistant', content: 'Hi' }), end()]
    expectOutput(conform(JSON.stringify(body)), chunks)
    expectOutput(conform(JSON.stringify(body, undefined, 2)), chunks)
    expectOutput(conform(data(body)), chunks)
  })
})

describe('/v1/chat/completions', () => {
  describe('D-60: the terminal is [DONE] or the error frame', () => {
    it('and every choice needs its finish reason', () => {
      const both = [role(0), role(1), finish('stop', 0)]
      expect(conform([both, done()], { request: { n: 2 } }).report.endState).toBe('truncated')
      expect(conform([both, finish('stop', 1), done()], { request: { n: 2 } }).report.endState).toBe('complete')
    })

    it('and without [DONE] content behind a finish reason revokes it', () => {
      const more = [opening('Hi'), finish(), text('!')]
      expect(conform(more).report.endState).toBe('truncated')
      expect(conform([more, done()]).report.endState).toBe('complete')
      expect(conform([opening('Hi'), finish(), delta({}), delta({ content: '' })]).report.endState).toBe('complete')
    })

    it('and evidence outranks eof, reset and timeout', () => {
      for (const reason of ['eof', 'reset', 'timeout'] as const) {
        const { output, defects, report } = conform([opening('Hi'), finish()], {}, reason)
        expect([output, report.endState, report.endReason]).toEqual([textOf(answer('Hi')), 'complete', reason])
        expect(defects).toEqual(['chat/done-missing-or-mangled inserted @3'])
      }
    })

    it('and an error behind the finish still ends in error', () => {
      const late = conform([opening('Hi'), finish(), usage(), error()])
      expectOutput(late, opening('Hi'), finish(), usage(), failed())
      expect(late.report.endState).toBe('upstream-error')
    })

    it('and a finish reason that comes again is no second one, unless it owns up to a cut', () => {
      expectOutput(conform([opening('Hi'), finish(), finish(), done()]), opening('Hi'), finish(), delta({}), done())
      expect(conform([opening('Hi'), finish(), finish('length'), done()]).report.endState).toBe('truncated')
    })

    it('and a finish reason comes behind the usage where it is made', () => {
      const { output } = conform([opening('Hi'), usage(), done()])
      expect(output).toBe(textOf(opening('Hi'), usage(), finish(), done()))
    })
  })

  describe('D-61: choices are folded and indices changed', () => {
    const other = [role(1), text('Hi', 1), finish('stop', 1), done()]
    const split = [role(0), text('A'), text('B', 1), finish('stop', 0), done()]

    it('where n is known to be 1', () => {
      expectOutput(conform(other, { request: { n: 1 } }), answer('Hi'))
      expectOutput(conform(split, { request: { n: 1 } }), answer('A', 'B'))
    })

    it('where n is unknown and the first index is not 0', () => {
      expectOutput(conform(other), answer('Hi'))
      expectOutput(conform([role(2), text('A', 2), text('B', 5), finish('stop', 2), done()]), answer('A', 'B'))
    })

    it('and nowhere else', () => {
      expect(codes(conform(other, { request: { n: 2 } }))).not.toContain('chat/split-choices')
      expect(conform(split).output).toContain('"index":1')
      const two = [role(0), role(1), text('A', 1), finish('stop', 0), finish('stop', 1), done()]
      expect(conform(two)).toMatchObject({ output: textOf(two), defects: [] })
    })

    it('with the calls of both, and one finish', () => {
      const one = [role(), callStart(0, '{"a":1}'), calls([first(0, '{"b":2}', { id: 'x' })], { index: 1 })]
      expectOutput(conform([one, finish('tool_calls', 0), finish('tool_calls', 1), done()], { request: { n: 1 } }), [
        role(),
        callStart(0, '{"a":1}'),
        callStart(1, '{"b":2}', { id: 'x' }),
        finish('tool_calls'),
        delta({}),
        done(),
      ])
    })

    it('where the choices of one chunk are two, they become one', () => {
      const both = chunk([
        choice({ content: 'A' }),
        choice({ tool_calls: [first(0, '{"a":1}')] }, { index: 1, finish_reason: 'tool_calls' }),
      ])
      expectOutput(conform([role(), both, done()], { request: { n: 1 } }), [
        role(),
        delta({ content: 'A', tool_calls: [first(0, '{"a":1}')] }, { finish_reason: 'tool_calls' }),
        done(),
      ])
    })
  })

  describe('D-62: a second, different name before any argument', () => {
    const part = (name: string) => calls([first(0, '', { function: { name, arguments: '' } })])
    const rest = (name: string) => calls([{ index: 0, function: { name } }])
    const upstream = (...names: readonly string[]) => [
      role(),
      part(names[0] ?? ''),
      names.slice(1).map(rest),
      args('{"a":1}'),
      end('tool_calls'),
    ]

    it('joins the first where the tools contain the join and not the first part', () => {
      const { output, report } = conform(upstream('lo', 'ok'), { request: { tools: ['look'] } })
      expect(report.endState).toBe('complete')
      expect(output).toContain('"name":"look"')
      expect(output).not.toContain('"lo"')
    })

    it.each([
      ['nothing is known of the tools', upstream('lo', 'ok'), undefined],
      ['no tool is the join', upstream('lo', 'op'), ['look']],
      ['the first part is a tool', upstream('look', 'up'), ['look', 'lookup']],
      ['it is whole another name', upstream('look', 'run'), ['look', 'run']],
    ] as const)('else ends the stream in an error: %s', (_, frames, tools) => {
      const { output, report } = conform(frames, { request: { tools } })
      expect(report.endState).toBe('truncated')
      expect(output.endsWith(textOf(failure('dropped')))).toBe(true)
    })

    it('is waited for while the name is no known tool, and no longer', () => {
      const held = (names: string, tools?: readonly string[]) =>
        !conform([role(), part(names)], { request: { tools } }, 'cancel').output.includes('tool_calls')
      expect(held('lo', ['look'])).toBe(true)
      expect(held('look', ['look'])).toBe(false)
      expect(held('ru', ['look'])).toBe(false)
      expect(held('lo')).toBe(false)
    })
  })

  describe('D-63: blank arguments are whole and mean {}', () => {
    it('written before the finish', () => {
      expectOutput(conform(calling(callStart(0))), calling(callStart(0), args('{}')))
      expectOutput(conform(calling(callStart(0), args(' '))), calling(callStart(0), args(' '), args('{}')))
      expectOutput(
        conform([role(), callStart(0), usage(), done()]),
        role(),
        callStart(0),
        usage(),
        args('{}'),
        finish('tool_calls'),
        done(),
      )
    })

    it('written in front of a finish that came with the call', () => {
      const both = calls([first(0)], { finish_reason: 'tool_calls' })
      expectOutput(conform([role(), both, done()]), role(), callStart(0), args('{}'), finish('tool_calls'), done())
    })

    it('but not where the answer was cut, filtered, or failed, nor for a custom tool', () => {
      for (const frames of [
        [role(), callStart(0), end('length')],
        [role(), callStart(0), end('content_filter')],
        [role(), callStart(0), failed()],
        calling(custom(0)),
      ]) {
        expect(conform(frames)).toMatchObject({ output: textOf(frames), defects: [] })
      }
    })

    it('and a leading {} waits for the next delta', () => {
      expect(conform([role(), callStart(0, '{}')], {}, 'cancel').output).toBe(textOf(role()))
      expectOutput(conform(calling(callStart(0, '{}'), args('{"a":1}'))), calling(callStart(0, ''), args('{"a":1}')))
      const alone = calling(callStart(0, '{}'))
      expect(conform(alone)).toMatchObject({ output: textOf(alone), defects: [] })
    })

    it('also where blanks come in between', () => {
      expectOutput(
        conform(calling(callStart(0, '{}'), args(''), args('{"a":1}'))),
        calling(callStart(0, ''), args(''), args('{"a":1}')),
      )
      const blank = calling(callStart(0, '{}'), args(''), args(''))
      expect(conform(blank)).toMatchObject({ output: textOf(blank), defects: [] })
    })

    it('and once one character came nothing is completed', () => {
      expect(conform([role(), callStart(0, '{'), end('tool_calls')]).report.endState).toBe('truncated')
    })
  })

  describe("D-64: a guardrail's code is 400", () => {
    it.each([
      ['a word', error('No', 'invalid_request_error', 'content_filter')],
      ['another status', error('No', 'guardrail_violation', 500)],
      ['a status as text', error('No', 'guardrail_violation', '400')],
      ['none', error('No', 'guardrail_violation')],
    ])('where it was %s', (_, frame) => {
      const { output, report } = conform(frame)
      expect(output).toContain('"code":400}')
      expect(output).toContain('"message":"No"')
      expect(report.endState).toBe('upstream-error')
    })

    it('also where the whole error has another shape', () => {
      const { output } = conform(data({ type: 'error', error: { type: 'guardrail_violation', message: 'No' } }))
      expect(output).toBe(textOf(failed('No', 'guardrail_violation', 400)))
    })

    it('and no other error has its code changed', () => {
      for (const code of [429, 'rate_limit_exceeded', null, 500]) {
        expect(conform(failed('Down', 'server_error', code)).output).toBe(textOf(failed('Down', 'server_error', code)))
      }
    })
  })

  describe('D-65: usage of a stream that we make', () => {
    const body = data(completion([{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }]))
    const said = delta({ role: 'assistant', content: 'Hi' })

    it('rides on the finish chunk', () => {
      expectOutput(conform(body), said, changed(finish(), { usage: counts }), done())
      expectOutput(
        conform(body, { request: { includeUsage: false } }),
        said,
        changed(finish(), { usage: counts }),
        done(),
      )
    })

    it('unless it is known to have been asked for', () => {
      expectOutput(conform(body, { request: { includeUsage: true } }), said, finish(), usage(), done())
    })
  })
})
