import { describe, expect, it } from 'vitest'
import { judge } from '../oracle/index.js'
import { conform, type Options } from './conform.js'
import { fixtures } from './fixtures.js'
import {
  args,
  call,
  callStart,
  calls,
  changed,
  choice,
  chunk,
  comment,
  counts,
  custom,
  delta,
  done,
  type Frames,
  failed,
  finish,
  first,
  framesOf,
  more,
  role,
  text,
  textOf,
  usage,
} from './stream.js'

const azure = { id: '', object: '', created: 0, model: '' }
const scores = { content: [{ token: 'A', logprob: -0.1, bytes: [65], top_logprobs: [] }], refusal: null }

/** What one choice says, behind its role. */
const parts: Readonly<Record<string, Frames>> = {
  'a text': [text('A'), text(''), text('B')],
  'a text with its scores': delta({ content: 'A' }, { logprobs: scores }),
  'a refusal': [delta({ refusal: 'No' }), delta({ refusal: '.' })],
  'reasoning under the one name': [delta({ reasoning_content: 'R' }), delta({ content: null, reasoning_content: 'S' })],
  'reasoning under the other name': delta({
    reasoning: 'R',
    reasoning_details: [{ type: 'reasoning.text', text: 'R' }],
  }),
  'a cited text': delta({ content: 'A', annotations: [{ type: 'url_citation', url_citation: { url: 'u' } }] }),
  'what a filter found': [
    text('A'),
    chunk([{ index: 0, content_filter_results: {}, content_filter_offsets: {}, finish_reason: null }], azure),
  ],
  'a padded text': changed(text('A'), { obfuscation: 'xxxx' }),
  'a text without finish reasons': delta({ content: 'A' }, { finish_reason: undefined }),
  'empty deltas': [delta({}), delta({ content: null }), chunk([])],
  'usage on each chunk': [changed(text('A'), { usage: counts }), changed(text('B'), { usage: counts })],
  'members that are newer than we are': [
    delta({ content: 'A', later: [1] }, { later: 2 }),
    changed(text('B'), { later: { x: null } }),
  ],
}

/** Calls, behind the role of a choice; indices go on where another part has had some. */
const called: Readonly<Record<string, Frames>> = {
  'a call': call(0, '{"a":', '1}'),
  'a call in one delta': callStart(0, '{"a":1}'),
  'a call with an empty object': call(0, '{}'),
  'a call with blanks around its arguments': call(0, ' {"a":1}', '\n'),
  'a call that repeats its id and type': [
    callStart(0),
    calls([{ ...more(0, '{"a":1}'), id: 'call_0', type: 'function' }]),
  ],
  'two calls': [call(0, '{"a":1}'), call(1, '{"b":2}')],
  'two calls that interleave': [
    callStart(0),
    callStart(1),
    args('{"a":', 0),
    args('{"b":', 1),
    args('1}', 0),
    args('2}', 1),
  ],
  'two calls in one delta': [calls([first(0), first(1)]), calls([more(0, '{"a":1}'), more(1, '{"b":2}')])],
  'two calls that are alike': [callStart(0, '{"a":1}'), callStart(1, '{"a":1}')],
  'two calls with empty objects': [callStart(0, '{}'), callStart(1, '{}')],
  'a custom call': custom(0, 'ls', ' -l'),
  'a custom call and a call': [custom(0, '{]'), call(1, '{"a":1}')],
  'a text and a call in one delta': delta({ content: 'A', tool_calls: [first(0, '{"a":1}')] }),
}

/** How an answer ends. */
const endings: Readonly<Record<string, (reason: string) => Frames>> = {
  'a finish': (reason) => [finish(reason), done()],
  'a finish and usage': (reason) => [finish(reason), usage(), done()],
  'a finish with usage': (reason) => [changed(finish(reason), { usage: counts }), done()],
  'a finish of length': () => [finish('length'), done()],
  'a finish with a filter': () => [delta({}, { finish_reason: 'content_filter', content_filter_results: {} }), done()],
  'an error': () => failed(),
  'an error behind the finish': (reason) => [finish(reason), failed('Down', 'x', 500)],
}

/** Noise that may stand anywhere in front of [DONE]. */
const noise = (): Frames => [comment(), 'id: 7\n\n', chunk([]), ': more\n: of it\n\n']

function assertIdentity(upstream: Frames, options: Options = {}): void {
  const stream = textOf(upstream)
  // Who writes a stream here that is not legal shall hear of it.
  expect(judge('chat', Buffer.from(stream)).violations).toEqual([])
  const { output, defects } = conform(upstream, options)
  expect(defects).toEqual([])
  expect(output).toBe(stream)
}

describe('a conformant stream comes out byte for byte', () => {
  const all = [
    ...Object.entries(parts).map(([name, frames]) => ({ name, frames, reason: 'stop' })),
    ...Object.entries(called).map(([name, frames]) => ({ name, frames, reason: 'tool_calls' })),
  ]

  for (const [ending, ended] of Object.entries(endings)) {
    it.each(all)(`with $name, and ${ending}`, ({ frames, reason }) => assertIdentity([role(), frames, ended(reason)]))

    it.each(all)(`with $name, ${ending}, and noise anywhere`, ({ frames, reason }) => {
      const stream = framesOf(role(), frames, ended(reason))
      // CH-15: behind an error comes nothing but the mark.
      const last = stream.length - (ending.startsWith('an error') ? 2 : 1)
      for (let at = 0; at <= last; at++) assertIdentity([stream.slice(0, at), noise(), stream.slice(at)])
    })
  }

  it.each(all)('with $name behind each text', ({ frames, reason }) => {
    for (const before of Object.values(parts)) assertIdentity([role(), before, frames, finish(reason), done()])
  })

  it.each(all)('with $name in the second of two choices, and a text in the first', ({ frames, reason }) => {
    const second = framesOf(frames).map((each) => each.replaceAll('"choices":[{"index":0', '"choices":[{"index":1'))
    const stream = [role(0), role(1), text('A'), second, text('B'), finish('stop', 0), finish(reason, 1), done()]
    assertIdentity(stream, { request: { n: 2 } })
    assertIdentity(stream)
  })

  it('with the role in the first delta of a text, or of a call', () => {
    assertIdentity([delta({ role: 'assistant', content: 'A' }), finish(), done()])
    assertIdentity([
      delta({ role: 'assistant', content: null, tool_calls: [first(0, '{"a":1}')] }),
      finish('tool_calls'),
      done(),
    ])
    assertIdentity([delta({ role: 'assistant', content: 'A' }, { finish_reason: 'stop' }), done()])
  })

  it('with the finish on the last text', () => {
    assertIdentity([role(), text('A'), delta({ content: 'B' }, { finish_reason: 'stop' }), usage(), done()])
    assertIdentity([role(), callStart(0), calls([more(0, '{"a":1}')], { finish_reason: 'tool_calls' }), done()])
  })

  it('with two choices in one chunk', () => {
    const both = (one: object, two: object, reason: string | null = null) =>
      chunk([choice(one, { finish_reason: reason }), choice(two, { index: 1, finish_reason: reason })])
    const roles = both({ role: 'assistant', content: '' }, { role: 'assistant', content: '' })
    assertIdentity([roles, both({ content: 'A' }, { content: 'B' }), both({}, {}, 'stop'), done()], {
      request: { n: 2 },
    })
  })

  it('with line ends in CRLF, without a blank behind the colon, and over two lines', () => {
    const stream = textOf(role(), text('Grüße 😀'), finish(), done())
    for (const written of [
      stream.replaceAll('\n', '\r\n'),
      stream.replaceAll('data: ', 'data:'),
      stream.replaceAll('"choices"', '\ndata: "choices"'),
    ]) {
      expect(conform(written)).toMatchObject({ output: written, defects: [] })
      expect(conform(written, {}, 'eof', 1)).toEqual(conform(written))
    }
  })
})

describe('a fixture without defects comes out byte for byte', () => {
  const conformant = fixtures.filter(({ file }) => file.defects.length === 0)

  it('which are those that are called conformant, and those that show an observation, an option or an error', () => {
    const others = conformant.map(({ name }) => name).filter((name) => !name.startsWith('conformant-'))
    expect(others).toEqual([
      'content-after-finish',
      'error-without-done',
      'finish-stop-with-tools',
      'finish-tool-calls-without-tools',
      'finish-unknown',
      'guardrail-after-200-mid-text',
      'guardrail-after-finish',
      'guardrail-first',
      'guardrail-mid-tool',
      'guardrail-without-done',
      'hook-results-pass',
      'reasoning-content-to-reasoning',
      'reasoning-to-reasoning-content',
      'tool-args-malformed',
    ])
    expect(fixtures.filter(({ name, file }) => name.startsWith('conformant-') && file.defects.length > 0)).toEqual([])
  })

  it.each(conformant)('$name', ({ file, upstream }) => {
    const stream = Buffer.from(upstream).toString('utf8')
    const { output, defects } = conform(upstream, file.options)
    expect(defects).toEqual([])
    if (file.options?.reasoning !== undefined) {
      // The caller's wish, which is no repair: but for the name of one member, nothing changes.
      expect(output.replaceAll(/"reasoning(?:_content)?"/g, '')).toBe(
        stream.replaceAll(/"reasoning(?:_content)?"/g, ''),
      )
      return
    }
    // CH-15: the mark behind an error is optional, and comes always.
    expect(output).toBe(/data: ?\[DONE\]/.test(stream) ? stream : textOf(stream, done()))
  })
})
