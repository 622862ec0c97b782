import { describe, expect, it } from 'vitest'
import { type Expectation, judge, readsAs, shorten } from './judge.js'
import type { Outcome } from './outcome.js'

const whole: Expectation = {
  endings: ['success'],
  text: 'Good morning',
  thinking: 'Greet.',
  tools: [{ name: 'Look', arguments: '{"at":"clock"}' }],
  stopReason: 'tool_use',
}
const got: Outcome = {
  ended: 'success',
  text: 'Good morning',
  thinking: 'Greet.',
  tools: [{ id: 'toolu_a', name: 'Look', input: { at: 'clock' } }],
  stopReason: 'tool_use',
  errorParts: [],
}
const failed: Expectation = { endings: ['error'], text: 'Good', thinking: '', tools: [], errorMessage: 'Say "please"' }
const threw: Outcome = { ended: 'error', text: 'Good', thinking: '', tools: [], errorParts: [], error: 'Say "please"' }

const kinds = (outcome: Partial<Outcome>, expected: Expectation = whole) =>
  judge({ ...got, ...outcome }, expected).map(({ kind }) => kind)
const words = (outcome: Partial<Outcome>) => judge({ ...got, ...outcome }, whole).map((trouble) => trouble.words)

describe('an answer', () => {
  it('is accepted when the client gave the whole of it', () => expect(judge(got, whole)).toEqual([]))

  it('is refused when text is lost, repeated or another one', () => {
    expect(words({ text: 'Good' })).toEqual(['loses text'])
    expect(words({ text: 'Good morningGood morning' })).toEqual(['repeats text'])
    expect(words({ text: 'Good morning, all' })).toEqual(['adds text'])
    expect(words({ text: 'undefinedGood mo' })).toEqual(['garbles text'])
    expect(words({ thinking: '' })).toEqual(['loses thinking'])
  })

  it('is refused when a tool call is lost, doubled, renamed, or without its arguments or id', () => {
    expect(words({ tools: [] })).toEqual(['loses a tool call'])
    expect(words({ tools: [...got.tools, ...got.tools] })).toEqual(['runs a tool twice'])
    expect(words({ tools: [{ id: 'toolu_a', name: 'Find', input: { at: 'clock' } }] })).toEqual(['another tool name'])
    expect(words({ tools: [{ id: 'toolu_a', name: 'Look', input: {} }] })).toEqual(['loses arguments'])
    expect(words({ tools: [{ id: 'toolu_a', name: 'Look', input: '{}{"at":"clock"}' }] })).toEqual([
      'breaks the arguments',
    ])
    expect(words({ tools: [{ name: 'Look', input: { at: 'clock' } }] })).toEqual(['tool call without id'])
  })

  it('is refused when two calls share an id', () => {
    const twoTools: Expectation = { ...whole, tools: [...whole.tools, { name: 'Wait', arguments: '' }] }
    const tools = [...got.tools, { id: 'toolu_a', name: 'Wait', input: {} }]
    expect(judge({ ...got, tools }, twoTools).map((trouble) => trouble.words)).toEqual(['two tool calls share an id'])
  })

  it('is refused when the client throws, shows an error part, sees no ending or another stop reason', () => {
    expect(kinds({ ended: 'error', error: 'boom' })).toEqual(['throws'])
    expect(kinds({ ended: 'error', error: 'boom', errorParts: ['boom', 'boom'] })).toEqual(['error-part'])
    expect(kinds({ ended: 'silent-truncation' })).toEqual(['unfinished'])
    expect(kinds({ stopReason: 'tool_useend_turn' })).toEqual(['stop-reason'])
  })

  it('is accepted with its refusal told apart or as text', () => {
    const refused: Expectation = { ...whole, text: '', refusal: 'I would rather not.' }
    expect(judge({ ...got, text: '', refusal: 'I would rather not.' }, refused)).toEqual([])
    expect(judge({ ...got, text: 'I would rather not.' }, refused)).toEqual([])
    expect(kinds({ text: '' }, refused)).toEqual(['text'])
  })

  it('is refused when the summary of its thinking is lost or stands where thinking should', () => {
    const summed: Expectation = { ...whole, summary: 'Be kind.' }
    expect(kinds({}, summed)).toEqual(['summary'])
    expect(kinds({ thinking: 'Greet.Be kind.' }, summed)).toEqual(['thinking', 'summary'])
  })

  it('may lose white space that was addressed to a tool (D-31)', () => {
    expect(kinds({ text: '' }, { ...whole, text: '\n' })).toEqual([])
  })
})

describe('a failure', () => {
  it('is accepted when the client shows the words of the upstream, plain or inside JSON', () => {
    expect(judge(threw, failed)).toEqual([])
    expect(judge({ ...threw, error: '{"error":{"message":"Say \\"please\\""}}' }, failed)).toEqual([])
  })

  it('is refused when the client says nothing, or something else', () => {
    expect(judge({ ...threw, ended: 'success' }, failed).map(({ kind }) => kind)).toEqual(['silent'])
    expect(judge({ ...threw, ended: 'silent-truncation' }, failed).map(({ kind }) => kind)).toEqual(['silent'])
    expect(judge({ ...threw, error: 'stream ended' }, failed).map(({ kind }) => kind)).toEqual(['hides-error'])
  })

  it('is refused when what had arrived is lost or a call appears that was never sent', () => {
    expect(judge({ ...threw, text: '' }, failed).map(({ kind }) => kind)).toEqual(['text'])
    expect(judge({ ...threw, tools: got.tools }, failed).map(({ kind }) => kind)).toEqual(['tools'])
  })

  it('may keep back a call that was not whole, or show as much of it as came', () => {
    const cut: Expectation = { ...failed, tools: [{ name: 'Look', arguments: '{"at":"clo' }] }
    expect(judge(threw, cut)).toEqual([])
    expect(judge({ ...threw, tools: [{ name: 'Look', input: { at: 'clo' } }] }, cut)).toEqual([])
    expect(judge({ ...threw, tools: [{ name: 'Look', input: { at: 'clock' } }] }, cut)).not.toEqual([])
  })
})

describe('arguments', () => {
  it('are compared as JSON, and blank ones are an empty object', () => {
    expect(readsAs({ a: 1, b: 2 }, '{ "b": 2, "a": 1 }')).toBe(true)
    expect(readsAs({ a: 1 }, '{"a":2}')).toBe(false)
    expect(readsAs({}, '')).toBe(true)
  })

  it('that are no JSON pass as they are, or as far as a client reads them', () => {
    expect(readsAs('{"a": ls}', '{"a": ls}')).toBe(true)
    expect(readsAs({ a: [1, 'x'] }, '{"a":[1,"xy')).toBe(true)
    expect(readsAs({ a: 'z' }, '{"a":"xy')).toBe(false)
    expect(readsAs('{"a":', '{"a":"xy')).toBe(false)
  })
})

it('shortens a message to one line without what depends on the version of Node', () => {
  expect(shorten('Unexpected token in JSON at position 7 (line 1 column 8)')).toBe(
    'Unexpected token in JSON at position 7',
  )
  expect(shorten('Type validation failed: Value: {"a":1}.\nError message: []')).toBe('Type validation failed')
  expect(shorten('x'.repeat(100))).toHaveLength(59)
})
