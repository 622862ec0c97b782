import { describe, expect, it } from 'vitest'
import { plainDelta } from '../../src/chat/flow.js'
import { ChatMachine } from '../../src/chat/machine.js'
import type { ChatOptions } from '../../src/chat/options.js'
import { Reporter } from '../../src/defects/reporter.js'
import type { Report } from '../../src/defects/types.js'
import { Decode } from '../../src/sse/decode.js'
import { Encode } from '../../src/sse/encode.js'
import { PlainDelta } from '../../src/sse/plain-delta.js'
import { compose } from '../../src/stage/compose.js'
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
  custom,
  data,
  delta,
  done,
  end,
  error,
  type Frames,
  finish,
  first,
  framesOf,
  more,
  opening,
  role,
  text,
  textOf,
  usage,
} from './stream.js'

/** Learns no form, so that every chunk goes the long way. */
class Unlearned extends PlainDelta {
  override learn(): boolean {
    return false
  }
}

/** Counts the chunks that went the short way. */
class Counting extends PlainDelta {
  taken = 0

  override written(slot?: string, value?: string): string {
    this.taken++
    return super.written(slot, value)
  }

  override text(slot: string): string {
    this.taken++
    return super.text(slot)
  }
}

interface Outcome {
  readonly output: string
  readonly heard: readonly unknown[]
  readonly report: Report
}

const members = ['id', 'content', 'arguments', 'obfuscation']

/** The pipeline, with what recognises deltas given: the one part by which the two ways differ. */
function run(upstream: Frames | Uint8Array, plain: PlainDelta, options: ChatOptions = {}, size?: number): Outcome {
  const bytes = upstream instanceof Uint8Array ? upstream : new TextEncoder().encode(textOf(upstream))
  const heard: unknown[] = []
  const hear = (finding: unknown): void => void heard.push(finding)
  const all = { ...options, onDefect: hear, onObservation: hear }
  const reporter = new Reporter('chat', all)
  const machine = new ChatMachine(all, reporter, plain)
  const stage = compose(compose(new Decode(all, reporter, plain.recognises), machine), new Encode(reporter))
  const parts: Uint8Array[] = []
  const emit = (part: Uint8Array): void => void parts.push(part.slice())
  const step = size ?? bytes.length
  for (let at = 0; at < bytes.length; at += step) stage.push(bytes.slice(at, at + step), emit)
  stage.end('eof', emit)
  return { output: Buffer.concat(parts).toString(), heard, report: reporter.report() }
}

/** Both ways must give the same bytes, the same findings in the same order, and the same report. */
function assertSame(upstream: Frames | Uint8Array, options: ChatOptions = {}, name?: string): Outcome {
  const slow = run(upstream, new Unlearned([], []), options)
  expect(run(upstream, plainDelta(), options), name).toEqual(slow)
  return slow
}

const taken = (upstream: Frames, options: ChatOptions = {}): number => {
  const plain = new Counting(members, members.slice(1))
  run(upstream, plain, options)
  return plain.taken
}

const many = (count: number, frame: (at: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => frame(at))

/** Deltas in the ways in which gateways write them. */
const forms: Readonly<Record<string, (at: number) => Frames>> = {
  'a text': (at) => text(`t${at}`),
  'an empty text': () => text(''),
  'a text with escapes': (at) => text(`"\\\n\t\u0001${at}`),
  'a text in escapes': (at) => chunk([choice({ content: 'X' })]).replace('"X"', `"\\u0041\\ud83d\\ude00${at}"`),
  'a lone surrogate in escapes': () => chunk([choice({ content: 'X' })]).replace('"X"', '"\\ud83d"'),
  'a text of other characters': (at) => text(`Grüße 😀 \u2028${at}`),
  'a text that looks like JSON': (at) => text(`{"content":"x","id":"y"}${at}`),
  'a text of blanks': () => text(' '),
  'a text with a padding': (at) =>
    delta({ content: 'x' }).replace('"model"', `"obfuscation":"${'p'.repeat(at)}","model"`),
  'a text of another choice': (at) => text(`o${at}`, 1),
  'a text with an id of its own': (at) => changed(text('i'), { id: `chatcmpl-r${at}` }),
  'a text without an id': () => changed(text('i'), { id: undefined }),
  'a text with an empty id': () => changed(text('i'), { id: '' }),
  'a text without an object': () => changed(text('o'), { object: undefined }),
  'a text with another object': () => changed(text('o'), { object: 'completion.chunk' }),
  'a text and the role': (at) => delta({ role: 'assistant', content: `r${at}` }),
  'a text and an empty finish reason': (at) => delta({ content: `f${at}` }, { finish_reason: '' }),
  'a text and a finish reason': (at) => delta({ content: `f${at}` }, { finish_reason: 'stop' }),
  'a text without a finish reason': (at) => delta({ content: `f${at}` }, { finish_reason: undefined }),
  'a text and usage': (at) =>
    changed(text('u'), { usage: { prompt_tokens: 1, completion_tokens: at, total_tokens: at + 1 } }),
  'a text and null usage': (at) => changed(text(`u${at}`), { usage: null }),
  'a text and usage as text': () => changed(text('u'), { usage: { prompt_tokens: '1', completion_tokens: '1' } }),
  'a text and a null error': (at) => changed(text(`e${at}`), { error: null }),
  'a text in parts': (at) => text([{ type: 'text', text: `p${at}` }]),
  'a text under message': (at) => chunk([{ index: 0, message: { content: `m${at}` }, finish_reason: null }]),
  'a text in another order of members': (at) =>
    data({
      choices: [choice({ content: `w${at}` })],
      model: 'm',
      created: 7,
      object: 'chat.completion.chunk',
      id: 'chatcmpl-1',
    }),
  'a text under an event line': (at) => `event: message\n${text(`l${at}`)}`,
  'a text under event: error': (at) => `event: error\n${text(`l${at}`)}`,
  'a text with an id line': (at) => `id: ${at}\n${text(`l${at}`)}`,
  'a text in two lines': (at) => text(`l${at}`).replace('"choices"', '\ndata: "choices"'),
  'a text in CRLF': (at) => text(`c${at}`).replaceAll('\n', '\r\n'),
  reasoning: (at) => delta({ reasoning_content: `r${at}` }),
  'reasoning and an empty text': (at) => delta({ content: '', reasoning_content: `r${at}` }),
  'a call that begins': () => callStart(0),
  'a second call that begins': () => callStart(1),
  arguments: (at) => args(at === 0 ? '{"a":"' : `a${at}`),
  'arguments with escapes': (at) => args(`\\"\n${at}`),
  'arguments that end': () => args('"}'),
  'arguments of a second call': (at) => args(`b${at}`, 1),
  'arguments with the id again': (at) => calls([{ ...more(0, `i${at}`), id: 'call_0' }]),
  'arguments with an empty id': (at) => calls([{ ...more(0, `i${at}`), id: '', type: null }]),
  'arguments with the name again': (at) => calls([{ index: 0, function: { name: 'look', arguments: `n${at}` } }]),
  'arguments under no index': (at) => calls([more(undefined, `x${at}`)]),
  'arguments in braces': () => args('{}'),
  'arguments as an object': () => args({ a: 1 }),
  'arguments of two calls': (at) => calls([more(0, `x${at}`), more(1, `y${at}`)]),
  'a text and arguments': (at) => delta({ content: `x${at}`, tool_calls: [more(0, `y${at}`)] }),
  'a custom call': (at) => custom(2, `z${at}`),
  'an empty delta': () => delta({}),
  'a finish': () => finish('tool_calls'),
  'a usage chunk': () => usage(),
  'a filter chunk': () =>
    chunk([{ index: 0, content_filter_results: {}, finish_reason: null }], {
      id: '',
      object: '',
      model: '',
      created: 0,
    }),
  'a comment': () => comment(),
  noise: () => data({}),
  'an error': () => error(),
  'an error beside a text': (at) => changed(text(`x${at}`), { error: { message: 'Down', code: 500 } }),
  'a mark of the end': () => done(),
}

describe('the short way gives what the long way gives', () => {
  const names = Object.keys(forms)

  it.each(names)('where %s comes again and again', (name) => {
    const form = forms[name] as (at: number) => Frames
    for (const start of [role(), [], [role(), callStart(0), args('{"a":"')], [role(), callStart(0), callStart(1)]]) {
      for (const ended of [end(), end('tool_calls'), done(), []]) {
        assertSame([start, many(6, (at) => textOf(form(at))), ended], {}, name)
      }
    }
  })

  it.each(names)('where %s alternates with each form behind it in the list', (name) => {
    const one = forms[name] as (at: number) => Frames
    for (const [other, form] of Object.entries(forms).slice(names.indexOf(name))) {
      const turns = many(12, (at) => textOf((at % 4 < 2 ? one : form)(at)))
      assertSame([role(), turns, end()], {}, `${name}, and ${other}`)
      assertSame(
        [callStart(0), args('{"a":"'), callStart(1), args('{"b":"', 1), turns, end()],
        {},
        `${name}, and ${other}`,
      )
    }
  })

  it('of each fixture', () => {
    for (const { name, file, upstream } of fixtures) {
      const { protocol: _, ...options } = (file.options ?? {}) as ChatOptions & { protocol?: unknown }
      assertSame(upstream, options, name)
    }
  })

  it('of each fixture, cut anywhere between two of its lines', () => {
    for (const { name, upstream } of fixtures) {
      for (let at = upstream.indexOf(10); at !== -1 && at < 8000; at = upstream.indexOf(10, at + 1)) {
        assertSame(upstream.slice(0, at + 1), {}, `${name}, cut at ${at}`)
      }
    }
  })

  it('where the options change what is sent', () => {
    const turns = framesOf(Object.values(forms).map((form) => [form(1), form(2), form(3)])).filter(
      (each) => !each.includes('[DONE]'),
    )
    for (const options of [
      { unknownEvents: 'pass' },
      { reasoning: 'reasoning' },
      { finishReason: 'from-tools' },
      { request: { n: 1, tools: ['look', 'run'], model: 'asked' } },
      { request: { n: 2 } },
      { limits: { maxOpenBlocks: 2 } },
      { limits: { maxDepth: 3 } },
    ] as const satisfies readonly ChatOptions[]) {
      for (let at = 0; at < turns.length; at += 3) {
        const some = turns.slice(at, at + 3)
        assertSame([role(), some, some, end()], options, JSON.stringify(options))
      }
    }
  })
})

describe('the short way is taken', () => {
  const tokens = (frame: (at: number) => string): Frames => [role(), many(20, frame), end()]

  it('for the texts of one choice, all but the first', () => {
    expect(taken(tokens((at) => text(`t${at}`)))).toBeGreaterThanOrEqual(18)
  })

  it('for padded ones, and ones with an id each', () => {
    expect(
      taken(tokens((at) => delta({ content: 'x' }).replace('"model"', `"obfuscation":"${at}","model"`))),
    ).toBeGreaterThanOrEqual(18)
    expect(taken(tokens((at) => changed(text('x'), { id: `chatcmpl-${at + 2}` })))).toBeGreaterThanOrEqual(18)
  })

  it('for the arguments of one call', () => {
    expect(
      taken([role(), call(0, '{"a":"', ...many(20, (at) => `x${at}`), '"}'), end('tool_calls')]),
    ).toBeGreaterThanOrEqual(18)
  })

  it('for deltas that are all wrong in the same way, and each of them is reported', () => {
    const upstream = tokens((at) => delta({ role: 'assistant', content: `t${at}` }, { finish_reason: '' }))
    expect(taken(upstream)).toBeGreaterThanOrEqual(18)
    const { heard, report } = assertSame(upstream)
    expect(heard).toHaveLength(40)
    expect(report.defects.map(({ code, count }) => [code, count])).toEqual([
      ['chat/role-missing-or-invalid', 20],
      ['chat/finish-reason-missing-empty-wrong', 20],
    ])
  })

  it('never for what says nothing, begins a choice, or stands behind its finish', () => {
    expect(taken([many(1, () => text('a')), many(9, () => text(''))])).toBe(0)
    expect(taken([role(), finish(), many(9, (at) => text(`t${at}`))])).toBe(0)
    expect(taken([opening(), many(9, (at) => text(`t${at}`, at % 2))])).toBe(0)
    expect(taken([role(), calls([first(0), first(1)]), many(9, (at) => args('x', at % 2))])).toBe(0)
  })

  it('where the bytes come one by one, and then gives the same', () => {
    const upstream = tokens((at) => text(`t${at}`))
    expect(run(upstream, plainDelta(), {}, 1)).toEqual(run(upstream, new Unlearned([], [])))
  })
})
