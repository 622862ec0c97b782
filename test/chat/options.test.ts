import { describe, expect, it } from 'vitest'
import { type ChatOptions, chat } from '../../src/chat/index.js'
import {
  compose,
  createPipeline,
  type Defect,
  decode,
  type Frame,
  type Report,
  type UsageHook,
} from '../../src/index.js'
import { conform, eventsOf, type Options } from './conform.js'
import {
  allChanged,
  answer,
  calling,
  callStart,
  calls,
  changed,
  choice,
  chunk,
  comment,
  completion,
  counts,
  data,
  delta,
  done,
  end,
  eventIn,
  type Frames,
  failure,
  finish,
  first,
  framesOf,
  opening,
  role,
  text,
  textOf,
  usage,
} from './stream.js'

const encoder = new TextEncoder()
const same = (output: string, ...frames: readonly Frames[]) =>
  expect(eventsOf(output)).toEqual(eventsOf(textOf(...frames)))

describe('request.n', () => {
  const upstream = [role(1), text('A', 1), finish('stop', 1), done()]
  const split = [role(0), text('A', 0), text('B', 1), finish('stop', 0), done()]

  it('1 folds every choice into the first', () => {
    same(conform(upstream, { request: { n: 1 } }).output, role(), text('A'), finish(), done())
    same(conform(split, { request: { n: 1 } }).output, role(), text('A'), text('B'), finish(), done())
  })

  it('more than 1 folds none', () => {
    const both = [upstream.slice(0, 3), role(0), finish('stop', 0), done()]
    expect(conform(both, { request: { n: 2 } })).toMatchObject({ output: textOf(both), defects: [] })
    // CH-2: of the first choice nothing ever came.
    expect(conform(upstream, { request: { n: 2 } }).report.endState).toBe('truncated')
    expect(conform(split, { request: { n: 2 } }).report.endState).toBe('truncated')
  })

  it('left out folds where the first index is not 0', () => {
    same(conform(upstream).output, role(), text('A'), finish(), done())
    expect(conform(split).report.endState).toBe('truncated')
  })
})

describe('request.tools', () => {
  const part = calls([first(0, '', { function: { name: 'lo', arguments: '' } })])
  const rest = calls([{ index: 0, function: { name: 'ok', arguments: '{"a":1}' } }])
  const upstream = [role(), part, rest, end('tool_calls')]

  it('says whether two parts of a name are one', () => {
    expect(conform(upstream, { request: { tools: ['look'] } })).toMatchObject({ report: { endState: 'complete' } })
    expect(conform(upstream, { request: { tools: ['other'] } })).toMatchObject({ report: { endState: 'truncated' } })
    expect(conform(upstream)).toMatchObject({ report: { endState: 'truncated' } })
  })

  it('renames no call, whatever it is called', () => {
    expect(conform(calling(callStart(0, '{"a":1}')), { request: { tools: ['other'] } }).output).toContain(
      '"name":"look"',
    )
  })

  it('that is empty leaves the old function_call', () => {
    const old = [role(), delta({ function_call: { name: 'look', arguments: '{}' } }), end('function_call')]
    expect(conform(old, { request: { tools: [] } })).toMatchObject({ output: textOf(old), defects: [] })
    expect(conform(old, { request: { tools: ['look'] } }).output).toContain('"tool_calls"')
  })
})

describe('request.includeUsage', () => {
  const body = data(completion([{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }]))
  const said = delta({ role: 'assistant', content: 'Hi' })

  it('true has the usage of a whole completion in a chunk of its own (D-65)', () => {
    same(conform(body, { request: { includeUsage: true } }).output, said, finish(), usage(), done())
  })

  it('false, and left out, has it on the finish', () => {
    for (const request of [{}, { includeUsage: false }]) {
      same(conform(body, { request }).output, said, changed(finish(), { usage: counts }), done())
    }
  })

  it('moves no usage that comes in a stream', () => {
    const upstream = [opening('Hi'), changed(finish(), { usage: counts }), done()]
    expect(conform(upstream, { request: { includeUsage: true } })).toMatchObject({
      output: textOf(upstream),
      defects: [],
    })
  })
})

describe('request.model', () => {
  it('stands where the upstream names none, and replaces none', () => {
    const request = { model: 'asked' }
    const { output } = conform(allChanged(opening('Hi'), { model: undefined }), { request })
    expect(output.match(/"model":"asked"/g)).toHaveLength(2)
    expect(conform(answer('Hi'), { request }).output).toBe(textOf(answer('Hi')))
    expect(conform(allChanged(opening('Hi'), { model: undefined })).output).toContain('"model":""')
  })

  it('gives way to the one that the upstream has named before', () => {
    const late = [role(), changed(text('Hi'), { model: null }), end()]
    same(conform(late, { request: { model: 'asked' } }).output, role(), text('Hi'), end())
  })
})

describe('reasoning', () => {
  const both = (fields: Readonly<Record<string, unknown>>) => [role(), delta(fields), text('Hi'), end()]

  it('pass, or left out, leaves it where it is', () => {
    for (const options of [{}, { reasoning: 'pass' }] as const) {
      for (const fields of [
        { reasoning: 'R' },
        { reasoning_content: 'R' },
        { reasoning: 'R', reasoning_content: 'R' },
      ]) {
        expect(conform(both(fields), options as Options)).toMatchObject({ output: textOf(both(fields)), defects: [] })
      }
    }
  })

  it.each([
    ['reasoning_content', 'reasoning'],
    ['reasoning', 'reasoning_content'],
  ] as const)('%s has it under that name alone', (wanted, other) => {
    const options = { reasoning: wanted }
    same(conform(both({ [other]: 'R' }), options).output, both({ [wanted]: 'R' }))
    same(conform(both({ [other]: 'R', [wanted]: 'R' }), options).output, both({ [wanted]: 'R' }))
    same(conform(both({ [other]: 'R', [wanted]: '' }), options).output, both({ [wanted]: 'R' }))
    expect(conform(both({ [wanted]: 'R' }), options).output).toBe(textOf(both({ [wanted]: 'R' })))
    expect(conform(both({ [other]: 'R' }), options).defects).toEqual([])
  })

  it('has thinking out of parts under that name too', () => {
    const thought = text([
      { type: 'thinking', thinking: [{ type: 'text', text: 'R' }] },
      { type: 'text', text: 'Hi' },
    ])
    expect(
      eventIn(conform([role(), thought], { reasoning: 'reasoning' }, 'cancel').output.split('\n\n')[1] ?? ''),
    ).toMatchObject({
      choices: [{ delta: { reasoning: 'R', content: 'Hi' } }],
    })
  })

  it('leaves what is null, and details', () => {
    const upstream = both({ reasoning: null, reasoning_details: [{ text: 'R' }] })
    expect(conform(upstream, { reasoning: 'reasoning_content' }).output).toBe(textOf(upstream))
  })
})

describe('finishReason', () => {
  const upstream = [role(), callStart(0, '{"a":1}'), end()]
  const code = 'chat/finish-reason-against-tools'

  it('pass, or left out, leaves stop behind calls, and observes it', () => {
    for (const options of [{}, { finishReason: 'pass' }] as const) {
      const { output, observations, defects } = conform(upstream, options as Options)
      expect([output, observations, defects]).toEqual([textOf(upstream), [`${code} @3 choices.finish_reason`], []])
    }
  })

  it('from-tools makes it tool_calls', () => {
    const { output, observations, defects } = conform(upstream, { finishReason: 'from-tools' })
    same(output, role(), callStart(0, '{"a":1}'), end('tool_calls'))
    expect([observations, defects]).toEqual([[], [`${code} rewrote @3 choices.finish_reason`]])
  })

  it('from-tools changes nothing else', () => {
    for (const frames of [
      answer('Hi'),
      calling(callStart(0, '{"a":1}')),
      [role(), callStart(0, '{"a":'), end('length')],
      [role(), end('tool_calls')],
    ]) {
      expect(conform(frames, { finishReason: 'from-tools' })).toMatchObject({ output: textOf(frames), defects: [] })
    }
  })

  it('from-tools knows whatever means stop', () => {
    same(
      conform([role(), callStart(0, '{"a":1}'), end('eos')], { finishReason: 'from-tools' }).output,
      calling(callStart(0, '{"a":1}')),
    )
  })
})

describe('unknownEvents', () => {
  const noise = [data({}), data({ type: 'ping' }), data({ hook_results: [] })]
  const upstream = [noise[0] ?? '', role(), noise.slice(1), text('Hi'), end()]

  it('left out, or drop, drops what is no chunk', () => {
    for (const options of [{}, { unknownEvents: 'drop' }] as const) {
      const { output, defects } = conform(upstream, options as Options)
      expect(output).toBe(textOf(answer('Hi')))
      expect(defects).toEqual([1, 3, 4].map((at) => `chat/empty-or-null-frames dropped @${at}`))
    }
  })

  it('pass lets it through by its bytes', () => {
    expect(conform(upstream, { unknownEvents: 'pass' })).toMatchObject({ output: textOf(upstream), defects: [] })
    expect(conform([answer('Hi'), data({})], { unknownEvents: 'pass' })).toMatchObject({ output: textOf(answer('Hi')) })
  })

  it('says nothing of members that are newer, which always pass', () => {
    const newer = [role(), delta({ content: 'Hi', later: 1 }, { later: 2 }), changed(text('!'), { later: 3 }), end()]
    expect(conform(newer, { unknownEvents: 'drop' })).toMatchObject({ output: textOf(newer), defects: [] })
  })
})

describe('newId', () => {
  it('is asked once, where no chunk has an id', () => {
    let asked = 0
    const newId = () => `drawn${++asked}`
    conform(answer('Hi'), { newId })
    conform(calling(callStart(0, '{"a":1}', { id: undefined })), { newId })
    expect(asked).toBe(0)
    const { output } = conform([allChanged([opening('Hi'), finish()], { id: '' }), done()], { newId })
    expect(output.match(/"id":"chatcmpl-drawn1"/g)).toHaveLength(3)
    expect(asked).toBe(1)
  })

  it('left out counts, so that two runs agree', () => {
    const run = () => {
      let output = ''
      const pipeline = createPipeline({ protocol: 'chat' })
      const emit = (bytes: Uint8Array) => {
        output += Buffer.from(bytes).toString()
      }
      pipeline.push(encoder.encode(changed(text('Hi'), { id: undefined })), emit)
      pipeline.end('eof', emit)
      return output
    }
    expect(run()).toContain('"id":"chatcmpl-1"')
    expect(run()).toBe(run())
  })
})

describe('createdAt', () => {
  it('stands in chunks that have none, 0 where it is left out', () => {
    const upstream = allChanged(opening('Hi'), { created: undefined })
    expect(conform(upstream, { createdAt: 99 }).output.match(/"created":99/g)).toHaveLength(2)
    expect(conform(upstream).output.match(/"created":0/g)).toHaveLength(2)
  })

  it('gives way to what the upstream says', () => {
    same(conform([role(), changed(text('Hi'), { created: undefined }), end()], { createdAt: 99 }).output, answer('Hi'))
    expect(conform([changed(role(), { created: '8' }), text('Hi'), end()], { createdAt: 99 }).output).toContain(
      '"created":8',
    )
  })
})

describe('onUsage', () => {
  const cost: UsageHook = (given, { id, model }) => ({ ...given, cost: `${id} ${model}` })
  const counted = { ...counts, cost: 'chatcmpl-1 test-model' }

  it('changes the usage of the answer, in a chunk of its own or on the finish', () => {
    same(
      conform([opening('Hi'), finish(), usage(), done()], { onUsage: cost }).output,
      opening('Hi'),
      finish(),
      usage({ usage: counted }),
      done(),
    )
    const beside = changed(finish(), { usage: counts })
    same(
      conform([opening('Hi'), beside, done()], { onUsage: cost }).output,
      opening('Hi'),
      changed(finish(), { usage: counted }),
      done(),
    )
  })

  it('is no defect, and is asked once, behind the finish', () => {
    let asked = 0
    const onUsage: UsageHook = (given) => {
      asked++
      return given
    }
    const upstream = [role(), changed(text('Hi'), { usage: counts }), finish(), usage(), usage(), done()]
    expect(conform(upstream, { onUsage })).toMatchObject({ output: textOf(upstream), defects: [] })
    expect(asked).toBe(1)
  })

  it('sees what was repaired', () => {
    const seen: unknown[] = []
    const onUsage: UsageHook = (given) => {
      seen.push(given)
      return given
    }
    conform(
      [answer('Hi').slice(0, 1), finish(), usage({ usage: { prompt_tokens: '3', completion_tokens: 5 } }), done()],
      { onUsage },
    )
    expect(seen).toEqual([counts])
  })
})

describe("mode: 'strict'", () => {
  it('mends no framing, and still has the machine repair the protocol', () => {
    const indented = text('lost').replaceAll(/^(?=.)/gm, ' ')
    const { output, defects } = conform([opening('Hi'), indented, text('!'), finish()], { mode: 'strict' })
    expect(output).toContain(indented)
    expect(defects).toEqual(['chat/done-missing-or-mangled inserted @5'])
    expect(conform(answer('Hi'), { mode: 'strict' }).output).toBe(textOf(answer('Hi')))
  })
})

describe('limits', () => {
  const both = delta({ content: 'Hi' }, { finish_reason: 'stop' })

  it.each([
    ['maxFrameBytes', 300, [text('x'.repeat(400))]],
    ['maxHeldBytes', 10, [both]],
    ['maxHeldFrames', 1, [both, comment()]],
    [
      'maxHeldFrames',
      1,
      [calls([first(0, '', { function: {} })]), calls([{ index: 0, function: { arguments: '{' } }])],
    ],
    ['maxOpenBlocks', 2, [callStart(0), callStart(1)]],
    ['maxOpenBlocks', 1, [role(1)]],
    ['maxDepth', 3, [delta({ role: 'assistant', later: { a: { b: {} } } })]],
  ] as const)('%s ends the stream in-band', (path, value, frames) => {
    const { output, defects, report } = conform([role(), frames, text('!')], {
      limits: { [path]: value },
      request: { n: 2 },
    })
    expect(report.endState).toBe('limit')
    expect(defects.some((line) => line.startsWith('sse/limit-exceeded ended ') && line.endsWith(` ${path}`))).toBe(true)
    expect(output.endsWith(textOf(failure('limit')))).toBe(true)
  })

  it('that are no positive integer are a mistake of the caller', () => {
    for (const wrong of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => createPipeline({ protocol: 'chat', limits: { maxHeldBytes: wrong } })).toThrow(RangeError)
    }
  })
})

describe('the request', () => {
  it('names its tools; whole ones are a mistake of the caller', () => {
    const tools = [{ type: 'function', function: { name: 'look' } }] as unknown as string[]
    expect(() => createPipeline({ protocol: 'chat', request: { tools } })).toThrow(TypeError)
    expect(() => createPipeline({ protocol: 'chat', request: { tools: ['look'] } })).not.toThrow()
  })
})

describe('the callbacks', () => {
  /** What a caller sees of a stream, frame by frame, in the order in which it sees it. */
  function log(upstream: readonly string[]): string[] {
    const seen: string[] = []
    const options: ChatOptions = {
      onDefect: ({ code, frame: at }) => void seen.push(`${code} @${at}`),
      onObservation: ({ code, frame: at }) => void seen.push(`(${code}) @${at}`),
      onEnd: ({ endState }) => void seen.push(`end: ${endState}`),
    }
    const stage = compose(decode(), chat(options))
    const emit = (out: Frame): void =>
      void seen.push(out.kind === 'event' ? `out: ${out.data.length}` : 'out: a comment')
    for (const each of upstream) stage.push(encoder.encode(each), emit)
    stage.end('eof', emit)
    stage.end('eof', emit)
    return seen.map((line) => line.replace(/^out: \d+$/, 'out'))
  }

  it('come before the frames that show what they tell of, and onEnd comes last and once (D-3)', () => {
    const upstream = [text('Hi'), comment(), callStart(0, '', { type: undefined }), finish(), usage({ choices: null })]
    expect(log(framesOf(upstream))).toEqual([
      'chat/role-missing-or-invalid @1',
      'out',
      'out: a comment',
      'chat/tool-type-missing @3',
      'out',
      'chat/tool-args-shape @4',
      'out',
      '(chat/finish-reason-against-tools) @4',
      'out',
      'chat/usage-chunk-shape @5',
      'out',
      'chat/done-missing-or-mangled @5',
      'out',
      'end: complete',
    ])
  })

  it('hear each defect, not only the first of its code', () => {
    const heard: Defect[] = []
    const { report } = conform([role(), data({}), data({})], { onDefect: (defect) => void heard.push(defect) })
    const code = 'chat/empty-or-null-frames'
    expect(heard.slice(0, 2)).toEqual([
      { code, action: 'dropped', frame: 2, offset: role().length },
      { code, action: 'dropped', frame: 3, offset: (role() + data({})).length },
    ])
    expect(report.defects[0]).toEqual({ code, count: 2, first: heard[0] })
  })

  it('get what was wanted and found, and no content', () => {
    const heard: Defect[] = []
    conform(chunk([choice({ role: 'assistant', content: ['x'] })]), { onDefect: (defect) => void heard.push(defect) })
    const detail = { path: 'delta.content', wanted: 'string', found: 'array' }
    expect(heard[0]).toEqual({ code: 'chat/content-not-string', action: 'rewrote', frame: 1, offset: 0, ...detail })
  })

  it('that throw are the caller’s own fault: what they throw is thrown on', () => {
    const onDefect = () => {
      throw new Error('mine')
    }
    const pipeline = createPipeline({ protocol: 'chat', onDefect })
    expect(() => pipeline.push(encoder.encode(text('Hi')), () => {})).toThrow('mine')
    const onUsage = () => {
      throw new Error('my hook')
    }
    const hooked = createPipeline({ protocol: 'chat', onUsage })
    expect(() => hooked.push(encoder.encode(textOf(role(), finish(), usage())), () => {})).toThrow('my hook')
  })

  it('give onEnd the final report, the one that report() gives', () => {
    const reports: Report[] = []
    const { report } = conform(answer('Hi'), { onEnd: (final) => void reports.push(final) })
    expect(reports).toEqual([report])
    expect(report.endState).toBe('complete')
  })

  it('are kept by the machine alone, without bytes around it', () => {
    const ends: Report[] = []
    const stage = chat({ onEnd: (report) => void ends.push(report) })
    stage.end('eof', () => {})
    stage.end('eof', () => {})
    expect(ends.map(({ endState, protocol }) => [endState, protocol])).toEqual([['empty', 'chat']])
  })
})
