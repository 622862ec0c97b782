import { describe, expect, it } from 'vitest'
import { STREAM_CASES } from './chat-cases.js'
import {
  answer,
  bytes,
  call,
  calling,
  chunk,
  DONE,
  failure,
  filter,
  finish,
  frames,
  opening,
  promptFilter,
  say,
  spoken,
  start,
  text,
  tools,
  usage,
  wire,
} from './chat-streams.js'
import { TOOL_CASES } from './chat-tool-cases.js'
import { judge } from './index.js'

const verdictOf = (stream: string) => judge('chat', bytes(stream))
const rulesOf = (stream: string) => verdictOf(stream).violations.map(({ rule, severity }) => `${rule} (${severity})`)
const CASES = [...STREAM_CASES, ...TOOL_CASES]

const LEGAL: readonly (readonly [string, string])[] = [
  ['a text', wire(answer(text('hel'), text('lo')))],
  ['an empty text', wire(answer())],
  [
    'everything in one chunk',
    wire([chunk([{ index: 0, delta: { role: 'assistant', content: 'x' }, finish_reason: 'stop' }])]),
  ],
  ['a refusal', wire(answer(say({ refusal: 'no' })))],
  ['reasoning under both names', wire(answer(say({ reasoning_content: 'hm', reasoning: 'hm' })))],
  ['calls', wire(calling(...call(0, '{"a":', '1}'), ...call(1, '{}')))],
  ['a call under stop', wire(answer(...call(0, '{}')))],
  ['a call behind a text', wire(calling(text('x'), ...call(0, '{}')))],
  ['tool_calls as its finish and no call', wire(calling(text('x')))],
  ['an end before its time', wire([start(), text('hel'), ...call(0, '{"a'), finish('length')])],
  ['two choices', wire([start(0), start(1), text('a', 1), text('b', 0), finish('stop', 0), finish('length', 1)])],
  ['a usage', wire([...answer(text('x')), usage])],
  ['the chunks of Azure', wire([promptFilter, filter(), ...answer(text('x'), filter()), filter(), usage])],
  ['audio', wire(spoken)],
  ['comments between all events', frames(answer(text('x'))).replaceAll('data: ', ': hi\n\ndata: ') + DONE],
  ['JSON padded with blanks', wire(answer(text('x'))).replaceAll('}\n\n', '   }\n\n')],
  ['line ends as of HTTP', wire(answer(text('x'))).replaceAll('\n', '\r\n')],
]

describe('the rules of /v1/chat/completions', () => {
  for (const { rule, severity, when, breaks, unless, passes } of CASES) {
    it(`${rule} is broken (${severity}), and nothing else is, when ${when}`, () => {
      expect([...new Set(rulesOf(breaks))]).toEqual([`${rule} (${severity})`])
    })
    it(`${rule} is kept, and so is all else, when ${unless}`, () => {
      expect(rulesOf(passes)).toEqual([])
    })
  }

  it('are all those of the grammar', () => {
    const rules = new Set(CASES.map(({ rule }) => rule))
    for (let number = 1; number <= 16; number++) expect(rules).toContain(`CH-${number}`)
  })

  for (const [name, stream] of LEGAL) {
    it(`finds nothing in a stream with ${name}`, () => {
      expect(verdictOf(stream)).toMatchObject({ violations: [], newer: [], ending: 'success' })
    })
  }

  it('finds nothing in a failure, wherever it comes', () => {
    for (const events of [[], [start()], answer(text('x')), [start(), ...call(0, '{"a')]]) {
      expect(verdictOf(wire([...events, failure]))).toMatchObject({ violations: [], newer: [], ending: 'error' })
    }
  })

  it('names the frame of a violation, comment blocks counted', () => {
    expect(verdictOf(`: hello\n\n${wire(answer(say({ content: 7 })))}`).violations).toEqual([
      {
        rule: '4.1',
        severity: 'must',
        frame: 3,
        message: 'choice: delta.content must be a string, or null, or nothing',
      },
    ])
  })

  it('can leave out what the project only observes', () => {
    for (const { rule, breaks } of CASES) {
      const { violations } = judge('chat', bytes(breaks), { repairedOnly: true })
      expect(violations.length > 0, `${rule} counts`).toBe(rule !== 'CH-11' && rule !== 'CH-12')
    }
  })
})

describe('a model of audio', () => {
  const named = (model: string) => [start(), ...call(0, '{}'), usage].map((event) => ({ ...event, model }))

  it('tells itself by its name where it calls a tool', () => {
    expect(rulesOf(wire(named('gpt-audio-2025-08-28')))).toEqual([])
    expect(rulesOf(wire(named('gpt-4o-audio-preview')))).toEqual([])
  })

  it('is no other model', () => {
    expect(rulesOf(wire(named('gpt-4o')))).toEqual(['CH-4 (must)'])
    expect(rulesOf(wire(named('claudio')))).toEqual(['CH-4 (must)'])
  })

  it('still owes all other rules', () => {
    expect(rulesOf(frames(spoken))).toEqual(['CH-14 (must)'])
    expect(rulesOf(wire([...spoken, chunk([{ index: 0, delta: null }])]))).toEqual(['CH-6 (must)'])
  })
})

describe('what is newer than we are', () => {
  it('is listed and no violation', () => {
    const stream = wire([start(), tools(opening(0, { type: 'duet', function: undefined })), finish('tired')])
    expect(verdictOf(stream)).toMatchObject({
      violations: [],
      newer: ['tool duet', 'finish_reason tired'],
      ending: 'success',
    })
  })

  it('may have other fields everywhere', () => {
    const delta = { content: 'x', mood: 1 }
    const stream = wire(answer(chunk([{ index: 0, delta, finish_reason: null, weight: 2 }], { agent: {} })))
    expect(verdictOf(stream)).toMatchObject({ violations: [], newer: [] })
  })

  it('does not include words that are names of inherited properties', () => {
    expect(verdictOf(wire([start(), finish('constructor')]))).toMatchObject({
      violations: [],
      newer: ['finish_reason constructor'],
    })
  })
})

describe('the ending', () => {
  it('is the first terminal', () => {
    expect(verdictOf(wire(answer())).ending).toBe('success')
    expect(verdictOf(frames(answer())).ending).toBe('none')
    expect(verdictOf('').ending).toBe('none')
    expect(verdictOf(wire([start(), failure])).ending).toBe('error')
    expect(verdictOf(frames([failure])).ending).toBe('error')
    expect(verdictOf(wire([...answer(), failure])).ending).toBe('error')
    expect(verdictOf(wire(answer()) + frames([failure])).ending).toBe('success')
  })
})

describe('the content of chat', () => {
  it('is told choice by choice', () => {
    const stream = [
      start(1),
      start(0),
      text('b', 1),
      say({ reasoning_content: 'why ' }),
      say({ reasoning: 'not' }),
      text('hel', 0),
      text('lo', 0),
      say({ refusal: 'no' }, 1),
      ...call(0, '{"a":', '1}'),
      tools({ index: 1, id: 'call_x', type: 'custom', custom: { name: 'run', input: 'ls' } }),
      finish('tool_calls', 0),
      finish('stop', 1),
    ]
    const called = [
      { id: 'call_0', name: 'look', arguments: '{"a":1}' },
      { id: 'call_x', name: 'run', arguments: 'ls' },
    ]
    expect(verdictOf(wire(stream))).toMatchObject({
      violations: [],
      content: {
        text: 'bhello',
        thinking: 'why not',
        refusal: 'no',
        tools: called,
        errorMessage: undefined,
        stopReason: 'stop',
        choices: [
          { index: 1, text: 'b', thinking: '', refusal: 'no', tools: [], finishReasons: ['stop'] },
          { index: 0, text: 'hello', thinking: 'why not', refusal: '', tools: called, finishReasons: ['tool_calls'] },
        ],
      },
    })
  })

  it('has one thought once that comes under both names', () => {
    const stream = answer(say({ reasoning_content: 'hm', reasoning: 'hm' }))
    expect(verdictOf(wire(stream)).content.thinking).toBe('hm')
  })

  it('has the error as its frame tells it', () => {
    const error = { message: 'it broke', type: 'guardrail_violation', param: null, code: 400 }
    expect(verdictOf(wire([start(), text('x'), { error }])).content).toMatchObject({
      text: 'x',
      errorMessage: 'it broke',
      errorType: 'guardrail_violation',
      errorCode: '400',
    })
    expect(verdictOf(wire([{ error: 'it broke' }])).content.errorMessage).toBe('it broke')
  })

  it('has what stands beside an error, and nothing that stands behind it', () => {
    const beside = { ...text('y'), ...failure }
    expect(verdictOf(wire([start(), text('x'), beside, text('z')])).content.text).toBe('xy')
  })

  it('ends at [DONE]', () => {
    expect(verdictOf(wire(answer(text('x'))) + frames([text('late')])).content.text).toBe('x')
  })

  it('is told even where the calls are wrong', () => {
    const nameless = { function: { arguments: '{}' } }
    const stream = [
      start(),
      tools(opening(undefined)),
      tools(nameless),
      tools(opening(undefined, { id: 'b' })),
      tools(nameless),
    ]
    expect(verdictOf(wire(stream)).content.tools).toEqual([
      { id: 'call_undefined', name: 'look', arguments: '{}' },
      { id: 'b', name: 'look', arguments: '{}' },
    ])
    const late = [tools(opening(0, { function: {} })), tools({ index: 0, function: { name: 'look', arguments: '{}' } })]
    expect(verdictOf(wire([start(), ...late])).content.tools[0]?.name).toBe('look')
    const legacy = say({ function_call: { name: 'look', arguments: '{' } })
    expect(verdictOf(wire([start(), legacy, say({ function_call: { arguments: '}' } })])).content.tools).toEqual([
      { id: '', name: 'look', arguments: '{}' },
    ])
  })

  it('is told even where the choices are wrong', () => {
    const bare = chunk([{ delta: { content: 'a' } }])
    expect(verdictOf(wire([bare, bare, text('b', 7)])).content.text).toBe('aab')
  })

  it('is read from a body of a hundred thousand deltas', () => {
    const { violations, content } = verdictOf(wire(answer(...Array.from({ length: 100_000 }, () => text('x')))))
    expect(violations).toEqual([])
    expect(content.text).toHaveLength(100_000)
  })
})
