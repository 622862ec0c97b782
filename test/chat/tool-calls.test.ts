import { describe, expect, it } from 'vitest'
import { isJsonObject, type JsonObject } from '../../src/defects/protocol.js'
import { judge } from '../oracle/index.js'
import { conform, type Options } from './conform.js'
import { argumentsOf, choicesOf, deltaOf, entriesOf } from './holds.js'
import {
  args,
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
  eventIn,
  type Frames,
  finish,
  first,
  framesOf,
  more,
  role,
  text,
  textOf,
  usage,
} from './stream.js'

/** A call as a client puts it together that goes by the index and by nothing else: id, name, arguments. */
type Call = readonly [id: string, name: string, args: string]

const index = 'chat/tool-index-missing-or-wrong'
const id = 'chat/tool-id-missing'
const name = 'chat/tool-name-repeated-split-late'
const type = 'chat/tool-type-missing'
const shape = 'chat/tool-args-shape'
const cut = 'chat/truncated-tool-args'

function callsIn(output: string, at = 0): Call[] {
  const found: { id: unknown; name: unknown; args: string }[] = []
  const events = output.split(/(?<=\n\n)/).filter((each) => each.includes('"choices"'))
  for (const one of events.map(eventIn).flatMap(choicesOf)) {
    if (one['index'] !== at) continue
    for (const entry of entriesOf(deltaOf(one))) {
      const own = Number(entry['index'])
      // Who goes by the index needs them dense.
      expect(own).toBeLessThanOrEqual(found.length)
      const inner = (entry['custom'] ?? entry['function']) as JsonObject | undefined
      const call = found[own] ?? { id: entry['id'], name: inner?.['name'], args: '' }
      call.args += argumentsOf(entry)
      found[own] = call
    }
  }
  return found.map((call) => [String(call.id), String(call.name), call.args])
}

/** Runs the deltas of calls, behind a role and in front of an ending, and says what a client makes of them. */
function assemble(deltas: Frames, options: Options = {}, ended: Frames = end('tool_calls')) {
  const upstream = [role(), deltas, ended]
  const { output, defects, observations, report } = conform(upstream, options)
  const legacy = (options['request'] as { tools?: readonly string[] } | undefined)?.tools?.length === 0
  if (!legacy) expect(judge('chat', Buffer.from(output), { repairedOnly: true }).violations).toEqual([])
  expect(conform(upstream, options, 'eof', 1)).toEqual({ output, defects, observations, report })
  const again = conform(output, options)
  expect([again.output, again.defects]).toEqual([output, []])
  return {
    calls: legacy ? [] : callsIn(output),
    codes: [...new Set(defects.map((line) => line.slice(0, line.indexOf(' '))))],
    defects,
    observations,
    endState: report.endState,
    output,
  }
}

const whole = '{"a":1}'
const other = '{"b":2}'
const one: Call = ['call_0', 'look', whole]
const two: Call = ['call_1', 'look', other]
/** An entry that says its function, and what else is given. */
const entry = (members: JsonObject, inner: JsonObject): JsonObject => ({ ...members, function: inner })
const named = (json: string, members: JsonObject = {}): JsonObject => entry(members, { name: 'look', arguments: json })
const each = (...entries: readonly JsonObject[]): Frames => entries.map((entry) => calls([entry]))

interface Case {
  readonly when: string
  readonly deltas: Frames
  readonly calls: readonly Call[]
  readonly codes: readonly string[]
}

function shows(cases: readonly Case[]): void {
  it.each(cases)('$when', ({ deltas, calls: wanted, codes }) => {
    expect(assemble(deltas)).toMatchObject({ calls: wanted, codes, endState: 'complete', observations: [] })
  })
}

/** What is added where an id had to be derived. */
const derived = (at: number): string => `call_1_0_${at}`

describe('a call is found by its index and its id (B01)', () => {
  shows([
    ...[-1, '0', null, undefined, 1, 7, 1.5, 'x', {}].map((wrong) => ({
      when: `where its index is ${JSON.stringify(wrong)}`,
      deltas: each(
        first(0, '', { index: wrong }),
        entry({ index: wrong }, { arguments: '{"a":' }),
        entry({ index: wrong }, { arguments: '1}' }),
      ),
      calls: [one],
      codes: [index],
    })),
    ...[-1, undefined, 0, '0'].map((wrong) => ({
      when: `where two with ids have the index ${JSON.stringify(wrong)}`,
      deltas: each(
        first(0, '', { index: wrong }),
        entry({ index: wrong }, { arguments: whole }),
        first(1, '', { index: wrong }),
        entry({ index: wrong }, { arguments: other }),
      ),
      calls: [one, two],
      codes: [index],
    })),
    {
      when: 'where only the first delta has none',
      deltas: each(first(0, '', { index: undefined }), more(0, '{"a":'), more(0, '1}')),
      calls: [one],
      codes: [index],
    },
    {
      when: 'where only the later deltas have none',
      deltas: each(first(0), more(undefined, '{"a":'), more(undefined, '1}')),
      calls: [one],
      codes: [index],
    },
    {
      when: 'where two have neither index nor id, by name and whole arguments',
      deltas: each(named(whole, { type: 'function' }), named(other, { type: 'function' })),
      calls: [
        [derived(0), 'look', whole],
        [derived(1), 'look', other],
      ],
      codes: [index, id],
    },
    {
      when: 'where two that are alike have neither, in one delta',
      deltas: calls([named(whole, { type: 'function' }), named(whole, { type: 'function' })]),
      calls: [
        [derived(0), 'look', whole],
        [derived(1), 'look', whole],
      ],
      codes: [index, id],
    },
    {
      when: 'where two that interleave begin at 1',
      deltas: each(first(1, ''), first(2, ''), more(1, '{"a":'), more(2, '{"b":'), more(1, '1}'), more(2, '2}')),
      calls: [
        ['call_1', 'look', whole],
        ['call_2', 'look', other],
      ],
      codes: [index],
    },
    {
      when: 'where an index is left out',
      deltas: each(first(0, whole), first(2, other)),
      calls: [one, ['call_2', 'look', other]],
      codes: [index],
    },
    {
      when: 'where they come in another order than their indices',
      deltas: each(first(1, other), first(0, whole)),
      calls: [two, one],
      codes: [index],
    },
    {
      when: 'where two share an index and interleave, by the id on each delta',
      deltas: each(
        first(0),
        first(1, '', { index: 0 }),
        { ...more(0, '{"a":'), id: 'call_0' },
        { ...more(0, '{"b":'), id: 'call_1' },
        { ...more(0, '1}'), id: 'call_0' },
        { ...more(0, '2}'), id: 'call_1' },
      ),
      calls: [one, two],
      codes: [index],
    },
    {
      when: 'where two share an index and have no ids, in parts, by the name after whole arguments',
      deltas: each(first(0, '', { id: undefined }), more(0, whole), first(0, '', { id: undefined }), more(0, other)),
      calls: [
        [derived(0), 'look', whole],
        [derived(1), 'look', other],
      ],
      codes: [id, name, index],
    },
    {
      when: 'where two tools share an index, each whole',
      deltas: each(first(0, whole), entry({ index: 0, type: 'function' }, { name: 'run', arguments: other })),
      calls: [one, [derived(1), 'run', other]],
      codes: [index, id],
    },
    {
      when: 'where one is continued under other indices, by its id',
      deltas: each(first(0), { ...more(1, '{"a":'), id: 'call_0' }, { ...more(2, '1}'), id: 'call_0' }),
      calls: [one],
      codes: [index],
    },
    {
      when: 'where three begin under one index in one delta',
      deltas: calls([first(0, whole), first(1, other, { index: 0 }), first(2, whole, { index: 0 })]),
      calls: [one, two, ['call_2', 'look', whole]],
      codes: [index],
    },
  ])

  it('and indices are those of the choice, each of which counts for itself', () => {
    const upstream = [
      role(0),
      role(1),
      callStart(0, whole),
      calls([first(1, other)], { index: 1 }),
      finish('tool_calls'),
      finish('tool_calls', 1),
      done(),
    ]
    const { output, defects } = conform(upstream, { request: { n: 2 } })
    expect([callsIn(output, 0), callsIn(output, 1)]).toEqual([[one], [two]])
    expect(defects).toEqual([`${index} rewrote @4 index`])
  })

  it('and what goes on with one that interleaves never goes to another', () => {
    const letters = [...'abcdefgh']
    const parts = letters.flatMap((letter, at) => [
      more(0, at === 0 ? `"${letter}` : letter),
      more(1, at === 0 ? `"${letter.toUpperCase()}` : letter.toUpperCase()),
    ])
    const { calls: found, codes } = assemble(each(first(0), first(1), ...parts, more(1, '"'), more(0, '"')))
    expect(found).toEqual([
      ['call_0', 'look', '"abcdefgh"'],
      ['call_1', 'look', '"ABCDEFGH"'],
    ])
    expect(codes).toEqual([])
  })
})

describe('some call their calls by the names of the tools', () => {
  const look = { id: 'look' }
  const both: readonly Call[] = [
    ['look', 'look', whole],
    ['look_1', 'look', other],
  ]

  shows([
    { when: 'each whole', deltas: each(first(0, whole, look), first(1, other, look)), calls: both, codes: [id] },
    { when: 'in one delta', deltas: calls([first(0, whole, look), first(1, other, look)]), calls: both, codes: [id] },
    {
      when: 'in parts, one after the other',
      deltas: each(first(0, '', look), more(0, whole), first(1, '', look), more(1, other)),
      calls: both,
      codes: [id],
    },
    {
      when: 'in parts that interleave',
      deltas: each(
        first(0, '', look),
        first(1, '', look),
        more(0, '{"a":'),
        more(1, '{"b":'),
        more(0, '1}'),
        more(1, '2}'),
      ),
      calls: both,
      codes: [id],
    },
    {
      when: 'in parts that interleave, with the id on each',
      deltas: each(
        first(0, '', look),
        first(1, '', look),
        { ...more(0, whole), ...look },
        { ...more(1, other), ...look },
      ),
      calls: both,
      codes: [id],
    },
    {
      when: 'under one index',
      deltas: each(first(0, whole, look), first(0, other, look)),
      calls: both,
      codes: [index, id],
    },
    {
      when: 'under no index, in one delta, and alike',
      deltas: calls([first(0, whole, { ...look, index: undefined }), first(0, whole, { ...look, index: undefined })]),
      calls: [
        ['look', 'look', whole],
        ['look_1', 'look', whole],
      ],
      codes: [index, id],
    },
    {
      when: 'and the name is on each delta of one',
      deltas: each(first(0, '', look), named('{"a":', { index: 0, ...look }), named('1}', { index: 0, ...look })),
      calls: [['look', 'look', whole]],
      codes: [name],
    },
    {
      when: 'and {} is only the beginning',
      deltas: each(first(0, '{}', look), named(whole, { index: 0, ...look })),
      calls: [['look', 'look', whole]],
      codes: [name, shape],
    },
  ])
})

describe('an id that is missing is derived, and one that changes is taken out (B03)', () => {
  shows([
    ...[undefined, '', null].map((wrong) => ({
      when: `where the first is ${JSON.stringify(wrong)}`,
      deltas: each(first(0, '', { id: wrong }), more(0, whole)),
      calls: [[derived(0), 'look', whole]] as const,
      codes: [id],
    })),
    {
      when: 'where it is a number',
      deltas: each(first(0, '', { id: 5 }), { ...more(0, whole), id: 5 }),
      calls: [['5', 'look', whole]],
      codes: [id],
    },
    ...['', null, 'call_7', 5].map((wrong) => ({
      when: `where a later one is ${JSON.stringify(wrong)}`,
      deltas: each(first(0), { ...more(0, whole), id: wrong }),
      calls: [one],
      codes: [id],
    })),
    {
      when: 'where each delta has another',
      deltas: each(first(0), { ...more(0, '{"a":'), id: 'x1' }, { ...more(0, '1}'), id: 'x2' }),
      calls: [one],
      codes: [id],
    },
    {
      when: 'where it comes late',
      deltas: each(first(0, '', { id: undefined }), { ...more(0, whole), id: 'late' }),
      calls: [[derived(0), 'look', whole]],
      codes: [id],
    },
    {
      when: 'where two have none',
      deltas: each(first(0, whole, { id: '' }), first(1, other, { id: '' })),
      calls: [
        [derived(0), 'look', whole],
        [derived(1), 'look', other],
      ],
      codes: [id],
    },
    {
      when: 'where the second call has the id of the first',
      deltas: each(first(0, whole), first(1, other, { id: 'call_0' })),
      calls: [one, ['call_0_1', 'look', other]],
      codes: [id],
    },
  ])

  it('passes where each delta repeats it', () => {
    const deltas = each(first(0), { ...more(0, '{"a":'), id: 'call_0' }, { ...more(0, '1}'), id: 'call_0' })
    expect(assemble(deltas)).toMatchObject({ calls: [one], codes: [] })
  })

  it('names the answer, so that two replays and two choices agree on it', () => {
    const nameless = (at: number) => calls([first(0, whole, { id: undefined })], { index: at })
    const upstream = [role(0), role(1), nameless(0), nameless(1), finish('tool_calls'), finish('tool_calls', 1), done()]
    const { output } = conform(
      framesOf(upstream).map((frame) => frame.replace('chatcmpl-1', 'chatcmpl-xyz')),
      { request: { n: 2 } },
    )
    expect([callsIn(output, 0), callsIn(output, 1)]).toEqual([
      [['call_xyz_0_0', 'look', whole]],
      [['call_xyz_1_0', 'look', whole]],
    ])
  })
})

describe('a call has its type on its first delta (B07)', () => {
  shows([
    ...[undefined, '', null, 'custom', 5].map((wrong) => ({
      when: `where it is ${JSON.stringify(wrong)}`,
      deltas: callStart(0, whole, { type: wrong }),
      calls: [one],
      codes: [type],
    })),
    ...['', null, 'custom'].map((wrong) => ({
      when: `where a later one is ${JSON.stringify(wrong)}`,
      deltas: each(first(0), { ...more(0, whole), type: wrong }),
      calls: [one],
      codes: [type],
    })),
    {
      when: 'where it comes late',
      deltas: each(first(0, '', { type: undefined }), { ...more(0, whole), type: 'function' }),
      calls: [one],
      codes: [type],
    },
  ])

  it('and may repeat it', () => {
    expect(assemble(each(first(0), { ...more(0, whole), type: 'function' }))).toMatchObject({ calls: [one], codes: [] })
  })
})

describe('a call has its name once, on its first delta (B04, D-62)', () => {
  const nameless = (json: string) => first(0, '', { function: { arguments: json } })
  const request = { tools: ['look', 'lookup', 'run'] }
  const part = (words: string, json = '') => entry({ index: 0 }, { name: words, arguments: json })
  const begun = (words: string) => first(0, '', { function: { name: words, arguments: '' } })

  shows([
    {
      when: 'where each delta repeats it',
      deltas: each(first(0), part('look', '{"a":'), part('look', '1}')),
      calls: [one],
      codes: [name],
    },
    {
      when: 'where it comes again at the end',
      deltas: each(first(0, whole), part('look')),
      calls: [one],
      codes: [name],
    },
    { when: 'where later ones are empty', deltas: each(first(0), part('', whole)), calls: [one], codes: [name] },
    {
      when: 'where later ones are null',
      deltas: each(first(0), entry({ index: 0 }, { name: null, arguments: whole })),
      calls: [one],
      codes: [name],
    },
    {
      when: 'where it is a number',
      deltas: each(first(0, '', { function: { name: 5, arguments: whole } })),
      calls: [['call_0', '5', whole]],
      codes: [name],
    },
    { when: 'where it comes late', deltas: each(nameless(''), part('look', whole)), calls: [one], codes: [name] },
    {
      when: 'where it comes late, behind arguments',
      deltas: each(nameless('{"a":'), more(0, '1'), part('look', '}')),
      calls: [one],
      codes: [name],
    },
    {
      when: 'where it comes late, and a whole call behind its beginning waits for it',
      deltas: each(nameless('{"a":'), first(1, other), part('look', '1}')),
      calls: [one, two],
      codes: [name],
    },
    {
      when: 'where two come late, the second first',
      deltas: each(
        nameless(whole),
        first(1, '', { function: { arguments: other } }),
        entry({ index: 1 }, { name: 'look' }),
        part('look'),
      ),
      calls: [one, two],
      codes: [name],
    },
  ])

  it('joined out of parts where the tools of the request say so', () => {
    expect(assemble(each(begun('lo'), part('ok'), more(0, whole)), { request: { tools: ['look'] } })).toMatchObject({
      calls: [one],
      codes: [name],
    })
    expect(assemble(each(begun('l'), part('oo'), part('k'), more(0, whole)), { request })).toMatchObject({
      calls: [one],
      codes: [name],
    })
    expect(assemble(each(begun('lo'), part('okup', whole)), { request })).toMatchObject({
      calls: [['call_0', 'lookup', whole]],
    })
  })

  it('not waiting where the first part is a tool, or no tool begins so', () => {
    expect(assemble(each(begun('look'), more(0, whole)), { request })).toMatchObject({ calls: [one], codes: [] })
    expect(assemble(each(begun('other'), more(0, whole)), { request })).toMatchObject({
      calls: [['call_0', 'other', whole]],
      codes: [],
    })
  })

  it('under its first part where arguments come, or the finish', () => {
    expect(assemble(each(begun('lo'), more(0, whole)), { request })).toMatchObject({
      calls: [['call_0', 'lo', whole]],
      endState: 'complete',
    })
    expect(assemble(each(begun('lo')), { request })).toMatchObject({
      calls: [['call_0', 'lo', '{}']],
      endState: 'complete',
    })
  })

  it.each([
    ['two parts, where the tools are not known', each(begun('lo'), part('ok'), more(0, whole)), {}],
    ['two parts, of which the first is a tool', each(begun('look'), part('up'), more(0, whole)), { request }],
    ['another name before any arguments', each(first(0), part('run'), more(0, whole)), {}],
    ['another name in the middle of the arguments', each(first(0, '{"a":'), part('run', '1}')), {}],
    ['no name at all', each(nameless(whole)), {}],
    ['no name at all, and another call behind it', each(nameless(whole), first(1, other)), {}],
    ['a name that is an object', each(first(0, '', { function: { name: {}, arguments: whole } })), {}],
  ] as const)('or the stream ends in an error: %s', (_, deltas, options) => {
    const { endState, codes, output } = assemble(deltas, options)
    expect(endState).toBe('truncated')
    expect(codes).toEqual([name])
    expect(output).toContain('could not be delivered')
  })

  it('or the arguments are reported as dropped, where the upstream ends in an error', () => {
    const { defects } = assemble(each(nameless(whole)), {}, error())
    expect(defects).toEqual([`${name} moved @2 function.name`, `${name} dropped @3`])
  })

  it('or it is told that the finish is missing, and no finish is made', () => {
    const { codes, output } = assemble(each(nameless(whole)), {}, [usage(), done()])
    expect(codes).toEqual([name])
    expect(output).not.toContain('"finish_reason":"')
  })
})

describe('the arguments are a string of JSON (B08, D-63)', () => {
  const withArgs = (json: string): readonly Call[] => [['call_0', 'look', json]]

  shows([
    { when: 'where they are an object', deltas: callStart(0, { a: 1 }), calls: [one], codes: [shape] },
    {
      when: 'where a later delta has them as an object',
      deltas: [callStart(0), args({ a: 1 })],
      calls: [one],
      codes: [shape],
    },
    { when: 'where they are an array', deltas: callStart(0, [1]), calls: withArgs('[1]'), codes: [shape] },
    { when: 'where they are a number', deltas: callStart(0, 5), calls: withArgs('5'), codes: [shape] },
    { when: 'where they are an empty object', deltas: callStart(0, {}), calls: withArgs('{}'), codes: [shape] },
    { when: 'where they are null', deltas: [callStart(0, null), args(whole)], calls: [one], codes: [shape] },
    { when: 'where later ones are null', deltas: [callStart(0, whole), args(null)], calls: [one], codes: [shape] },
    {
      when: 'where the first delta has none',
      deltas: [callStart(0, undefined, { function: { name: 'look' } }), args(whole)],
      calls: [one],
      codes: [shape],
    },
    { when: 'where they are blank to the end', deltas: callStart(0), calls: withArgs('{}'), codes: [shape] },
    { when: 'where they are blanks to the end', deltas: callStart(0, ' '), calls: withArgs(' {}'), codes: [shape] },
    {
      when: 'where those of the first of two are blank',
      deltas: [callStart(0), callStart(1, other)],
      calls: [['call_0', 'look', '{}'], two],
      codes: [shape],
    },
    {
      when: 'where {} comes in front of them',
      deltas: [callStart(0), args('{}'), args('{"a":'), args('1}')],
      calls: [one],
      codes: [shape],
    },
    {
      when: 'where {} comes in front of them in the first delta',
      deltas: [callStart(0, '{}'), args(whole)],
      calls: [one],
      codes: [shape],
    },
    {
      when: 'where {} comes as an object in front of them',
      deltas: [callStart(0, {}), args(whole)],
      calls: [one],
      codes: [shape],
    },
    {
      when: 'where {}, comments and blanks come in front of them',
      deltas: [callStart(0, '{}'), args(''), comment(), args(''), args(whole)],
      calls: [one],
      codes: [shape],
    },
    { when: 'where {} comes twice', deltas: [callStart(0, '{}'), args('{}')], calls: withArgs('{}'), codes: [shape] },
    {
      when: 'where {} comes again behind a text',
      deltas: [callStart(0, '{}'), text('x'), args('{}')],
      calls: withArgs('{}'),
      codes: [shape],
    },
    {
      when: 'where the whole call comes again',
      deltas: [callStart(0), args(whole), callStart(0, whole)],
      calls: [one],
      codes: [shape],
    },
    {
      when: 'where the whole call comes again without its id',
      deltas: [callStart(0), args(whole), calls([named(whole, { index: 0 })])],
      calls: [one],
      codes: [shape],
    },
    {
      when: 'where the whole arguments come again',
      deltas: [callStart(0), args('{"a":'), args('1}'), args(whole)],
      calls: [one],
      codes: [shape],
    },
    {
      when: 'where two whole calls come again',
      deltas: [callStart(0, whole), callStart(1, other), calls([first(0, whole), first(1, other)])],
      calls: [one, two],
      codes: [shape],
    },
    {
      when: 'where a later function is null',
      deltas: [callStart(0, whole), calls([{ index: 0, function: null }])],
      calls: [one],
      codes: [shape],
    },
    {
      when: 'where a later function is null beside the id',
      deltas: [callStart(0, whole), calls([{ index: 0, id: 'call_0', function: null }])],
      calls: [one],
      codes: [shape],
    },
    {
      when: 'where tool_calls is one call',
      deltas: delta({ tool_calls: first(0, whole) }),
      calls: [one],
      codes: [shape],
    },
    {
      when: 'where tool_calls is an object of calls',
      deltas: delta({ tool_calls: { 0: first(0, whole), 1: first(1, other) } }),
      calls: [one, two],
      codes: [shape],
    },
    {
      when: 'where there is no call among the calls',
      deltas: [calls([null, first(0, whole)]), calls(['x'])],
      calls: [one],
      codes: [shape],
    },
    {
      when: 'where {} is all of each of two',
      deltas: [callStart(0, {}), callStart(1, {})],
      calls: [
        ['call_0', 'look', '{}'],
        ['call_1', 'look', '{}'],
      ],
      codes: [shape],
    },
  ])

  it('passes where nothing is wrong with it', () => {
    for (const fragments of [
      [whole],
      ['', whole],
      ['{', '"a":', '1', '}'],
      ['{}'],
      ['{}', ''],
      ['{', '}'],
      [' {"a":1} '],
      ['[]'],
      ['null'],
      ['"x"'],
    ]) {
      const { calls: found, defects } = assemble([callStart(0), fragments.map((json) => args(json))])
      expect(found).toEqual(withArgs(fragments.join('')))
      expect(defects).toEqual([])
    }
  })

  it('passes where it is no JSON, and is observed', () => {
    for (const json of ['{]', 'no JSON', '{}{}', `${whole}${other}`, '<tool>']) {
      const found = assemble(callStart(0, json))
      expect(found).toMatchObject({ calls: withArgs(json), defects: [], endState: 'complete' })
      expect(found.observations).toEqual(['chat/tool-args-malformed @3'])
    }
  })

  it('behind a finish are no less cut, blank or nameless for that', () => {
    const late = (frames: Frames) => assemble([text('Hi'), finish(), frames], {}, [finish(), done()])
    expect(late(callStart(0, '{"a":'))).toMatchObject({ endState: 'truncated', codes: expect.arrayContaining([cut]) })
    expect(late(calls([first(0, '', { function: { arguments: whole } })]))).toMatchObject({ endState: 'truncated' })
    expect(late(callStart(0))).toMatchObject({ endState: 'complete', calls: withArgs('{}') })
    expect(late(callStart(0, whole))).toMatchObject({ endState: 'complete', calls: [one] })
    const { calls: found, endState } = assemble([callStart(0), finish('tool_calls'), args('1}')], {}, done())
    expect([found, endState]).toEqual([withArgs('{}'), 'truncated'])
  })

  it('comes once where {} comes three times in front of it, or with it', () => {
    expect(assemble([callStart(0, '{}'), args('{}'), args(whole)])).toMatchObject({ calls: [one], codes: [shape] })
    expect(assemble([callStart(0, '{}'), args(whole), callStart(0, whole)])).toMatchObject({
      calls: [one],
      codes: [shape],
    })
  })

  it('cannot go on behind a {} that was taken for all of it', () => {
    const { endState, defects, calls: found } = assemble([callStart(0, '{}'), text('x'), args(whole)])
    expect([endState, defects]).toEqual(['truncated', [`${shape} dropped @4 function.arguments`]])
    expect(found).toEqual(withArgs('{}'))
  })

  it('is not repeated by what only begins or ends like it', () => {
    const twice = assemble([callStart(0, whole), callStart(1, whole)])
    expect(twice).toMatchObject({ calls: [one, ['call_1', 'look', whole]], defects: [] })
    expect(assemble([callStart(0), args('[1,'), args('1,'), args('1]')])).toMatchObject({
      calls: withArgs('[1,1,1]'),
      defects: [],
    })
  })

  it('cut off ends the stream in an error, unless the finish owns up to it', () => {
    for (const reason of ['tool_calls', 'stop', 'later']) {
      const { endState, codes, calls: found } = assemble([callStart(0, whole), callStart(1, '{"b":')], {}, end(reason))
      expect([endState, codes]).toEqual(['truncated', [cut]])
      expect(found).toEqual([one, ['call_1', 'look', '{"b":']])
    }
    for (const reason of ['length', 'content_filter']) {
      expect(assemble(callStart(0, '{"b":'), {}, end(reason))).toMatchObject({ endState: 'complete', defects: [] })
      expect(assemble(callStart(0), {}, end(reason))).toMatchObject({
        calls: withArgs(''),
        endState: 'complete',
        defects: [],
      })
    }
  })

  it('lost where the calls are no calls at all, which forbids a success', () => {
    expect(assemble(delta({ tool_calls: 'x' }))).toMatchObject({ endState: 'truncated', codes: [shape] })
  })
})

describe('the old function_call', () => {
  const parts = [
    delta({ function_call: { name: 'look', arguments: '' } }),
    delta({ function_call: { arguments: whole } }),
  ]

  it('becomes a call, and its finish reason that of calls', () => {
    const { calls: found, codes, endState, output } = assemble(parts, {}, end('function_call'))
    expect(found).toEqual([[derived(0), 'look', whole]])
    expect(codes).toEqual([shape, id, 'chat/finish-reason-missing-empty-wrong'])
    expect(endState).toBe('complete')
    expect(output).toContain('"finish_reason":"tool_calls"')
    expect(output).not.toContain('function_call')
  })

  it('stays where the request is known to offer no tools', () => {
    const { output, defects } = assemble(parts, { request: { tools: [] } }, end('function_call'))
    expect(output).toBe(textOf(role(), parts, end('function_call')))
    expect(defects).toEqual([])
  })

  it('is nothing where it is null', () => {
    const { output, defects } = assemble([delta({ content: 'Hi', function_call: null })], {}, end())
    expect(output).toBe(textOf(role(), delta({ content: 'Hi', function_call: null }), end()))
    expect(defects).toEqual([])
  })
})

describe('a call of a custom tool', () => {
  const input = (members: JsonObject, inner: JsonObject): JsonObject => ({ ...members, custom: inner })
  const run = { name: 'run', input: 'x' }

  shows([
    {
      when: 'has an index',
      deltas: each(input({ index: -1, id: 'c', type: 'custom' }, run), input({ index: -1 }, { input: 'y' })),
      calls: [['c', 'run', 'xy']],
      codes: [index],
    },
    {
      when: 'has an id',
      deltas: each(input({ index: 0, type: 'custom' }, run)),
      calls: [[derived(0), 'run', 'x']],
      codes: [id],
    },
    { when: 'has a type', deltas: each(input({ index: 0, id: 'c' }, run)), calls: [['c', 'run', 'x']], codes: [type] },
    {
      when: 'has a name',
      deltas: each(
        input({ index: 0, id: 'c', type: 'custom' }, { input: 'x' }),
        input({ index: 0 }, { name: 'run', input: 'y' }),
      ),
      calls: [['c', 'run', 'xy']],
      codes: [name],
    },
    {
      when: 'has its input as a string',
      deltas: each(input({ index: 0, id: 'c', type: 'custom' }, { ...run, input: { a: 1 } })),
      calls: [['c', 'run', whole]],
      codes: [shape],
    },
    {
      when: 'is another one under another id',
      deltas: [custom(0, 'x'), each(input({ index: 0, id: 'd', type: 'custom' }, { name: 'run', input: 'y' }))],
      calls: [
        ['call_0', 'run', 'x'],
        ['d', 'run', 'y'],
      ],
      codes: [index],
    },
  ])

  it('stays one where later deltas speak of a function', () => {
    const { calls: found, codes, endState } = assemble([custom(0, 'x'), args({ a: 1 })])
    expect([found, codes, endState]).toEqual([[['call_0', 'run', `x${whole}`]], [shape], 'complete'])
  })

  it('passes whatever its input is, blank, cut, repeated or no JSON', () => {
    for (const fragments of [[], ['ls', ' -l'], ['{"a":'], ['{]'], ['{}', '{"a":1}'], ['x', 'x']]) {
      const found = assemble([custom(0, ...fragments), callStart(1, other)])
      expect(found).toMatchObject({
        calls: [['call_0', 'run', fragments.join('')], two],
        defects: [],
        observations: [],
        endState: 'complete',
      })
    }
  })
})

describe('calls and text', () => {
  it('leave together where they came together', () => {
    const mixed = delta({ content: 'x', reasoning_content: 'y', tool_calls: [first(0, whole)] })
    expect(assemble(mixed).output).toBe(textOf(role(), mixed, end('tool_calls')))
  })

  it('keep what we do not know, on each entry', () => {
    const deltas = each({ ...first(0), later: 1 }, { index: '0', later: 2, function: { arguments: whole, later: 3 } })
    const { output, calls: found } = assemble(deltas)
    expect(found).toEqual([one])
    expect(output.match(/"later":\d/g)).toEqual(['"later":1', '"later":2', '"later":3'])
  })

  it('of a whole completion become calls with indices', () => {
    const message = {
      role: 'assistant',
      content: null,
      tool_calls: [first(0, whole, { index: undefined }), first(1, other, { index: undefined })],
    }
    const body = {
      ...eventIn(chunk([])),
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: 'tool_calls' }],
    }
    const { output, report } = conform(data(body))
    expect(callsIn(output)).toEqual([one, two])
    expect(report.endState).toBe('complete')
  })

  it('are told apart in every way at once', () => {
    const rotten = changed(
      chunk([
        choice({ tool_calls: [entry({ index: '1', type: '', id: null }, { name: 'look', arguments: { a: 1 } })] }),
      ]),
      { id: 'chatcmpl-2', object: '' },
    )
    const { calls: found, endState, codes } = assemble([rotten, calls([{ index: 1, id: '', function: { name: '' } }])])
    expect(found).toEqual([[derived(0), 'look', whole]])
    expect(endState).toBe('complete')
    expect(codes).toEqual([index, id, type, shape, 'chat/chunk-envelope', name])
    expect(isJsonObject(eventIn(rotten))).toBe(true)
  })
})
