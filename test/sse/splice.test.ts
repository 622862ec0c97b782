import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deeperThan, memberRange, spliceMember } from '../../src/sse/splice.js'

describe('spliceMember', () => {
  it.each([
    ['{"index":3}', '{"index":0}'],
    ['{"type":"x","index":3,"delta":{"index":7}}', '{"type":"x","index":0,"delta":{"index":7}}'],
    ['{"delta":{"index":7,"a":[{"index":8}]},"index":3}', '{"delta":{"index":7,"a":[{"index":8}]},"index":0}'],
    ['{ "index" : 3 , "a":1}', '{ "index" : 0 , "a":1}'],
    ['{"index":"3"}', '{"index":0}'],
    ['{"index":null}', '{"index":0}'],
    ['{"index":{"a":"}"},"b":1}', '{"index":0,"b":1}'],
    ['{"index":[1,[2]]}', '{"index":0}'],
    ['{"index":-1.5e3}', '{"index":0}'],
    ['{"a":"\\"index\\":5,","index":3}', '{"a":"\\"index\\":5,","index":0}'],
    ['{"a":"index","index":3}', '{"a":"index","index":0}'],
    ['{"a":"x\\\\","index":3}', '{"a":"x\\\\","index":0}'],
    ['{"index":1,"index":2}', '{"index":1,"index":0}'],
    ['{"index":"\\"","b":"index"}', '{"index":0,"b":"index"}'],
  ])('%s becomes %s', (text, spliced) => {
    expect(spliceMember(text, 'index', '0')).toBe(spliced)
  })

  it.each(['{}', '{"a":{"index":1}}', '{"a":[{"index":1}]}', '{"a":"index"}', '{"Index":1}', '{"a":"\\"index\\":1"}'])(
    'is undefined for %s, which has no such member',
    (text) => {
      expect(spliceMember(text, 'index', '0')).toBeUndefined()
    },
  )

  it('does with the text what setting the parsed member does, and leaves the rest to the letter', () => {
    fc.assert(
      fc.property(objects, fc.constantFrom('index', 'a', ''), fc.jsonValue(), (text, name, value) => {
        const before = JSON.parse(text) as Record<string, unknown>
        const json = JSON.stringify(value)
        const spliced = spliceMember(text, name, json)
        expect(spliced === undefined).toBe(!Object.hasOwn(before, name))
        if (spliced === undefined) return
        expect(JSON.parse(spliced)).toEqual({ ...before, [name]: JSON.parse(json) })
        const { from, to } = memberRange(text, name) ?? { from: 0, to: 0 }
        expect(spliced).toBe(text.slice(0, from) + json + text.slice(to))
        expect(JSON.parse(text.slice(from, to))).toEqual(before[name])
      }),
    )
  })
})

describe('deeperThan', () => {
  it('counts what is open and not what stands in strings', () => {
    expect(deeperThan('{"a":[{}]}', 2)).toBe(true)
    expect(deeperThan('{"a":[{}]}', 3)).toBe(false)
    expect(deeperThan('{"a":"[[[[[\\"[["}', 1)).toBe(false)
    expect(deeperThan('[[],[],[]]', 2)).toBe(false)
  })

  it('agrees with the depth of what JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(6), (value, limit) => {
        expect(deeperThan(JSON.stringify(value), limit)).toBe(depthOf(value) > limit)
      }),
    )
  })
})

/** Objects as servers write them: compact, with blanks, with the same name twice, with names of members in strings and below. */
const objects: fc.Arbitrary<string> = fc
  .record({
    members: fc.array(
      fc.tuple(
        fc.oneof(fc.constantFrom('index', 'a', '', 'type'), fc.string({ maxLength: 4 })),
        fc.oneof(
          fc.jsonValue({ maxDepth: 3 }),
          fc.constantFrom('"index":1', 'index', '\\', '"', '}'),
          fc.record({ index: fc.nat(), a: fc.array(fc.record({ index: fc.nat() })) }),
        ),
      ),
      { maxLength: 6 },
    ),
    blank: fc.constantFrom('', ' ', '\n', '\r\n\t '),
  })
  .map(({ members, blank }) => {
    const written = members.map(([name, value]) => `${JSON.stringify(name)}${blank}:${blank}${JSON.stringify(value)}`)
    return `{${blank}${written.join(`${blank},${blank}`)}${blank}}`
  })

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}
