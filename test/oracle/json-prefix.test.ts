import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson } from './json-prefix.js'

const kindOf = (text: string) => readJson(text).kind

const KINDS = {
  empty: ['', ' ', '\n\t\r '],
  whole: ['{}', '[]', ' {"a":[1,{"b":null}]} ', '"x"', '0', '-1.5e+3', 'true', 'null', '"\\u00e9\\n"', '"\u2028"'],
  cut: [
    '{',
    '[',
    '{"',
    '{"a',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,',
    '[1,',
    '"x',
    '"\\',
    '"\\u0',
    'tr',
    '-',
    '1.',
    '1e',
    '1e+',
    '[-',
  ],
  malformed: [
    '}',
    ']',
    '{]',
    '[}',
    '{,',
    '[,',
    '{a',
    "{'a'",
    '{"a" 1',
    '{"a":}',
    '{"a":1,}',
    '[1,]',
    '[1 2',
    '"\n',
    '"\\x',
    '"\\u00g',
    'trx',
    'ls',
    '.5',
    '+1',
    '1.x',
    '1ex',
    '[01',
    '\uFEFF{}',
    '\u00a0{}',
    '{"a":1]',
  ],
  trailing: ['{}{}', '{} x', '[]]', '{}}', '1 2', 'truefalse', '"a"b', '{},'],
} as const

describe('what a string is as JSON', () => {
  for (const [kind, texts] of Object.entries(KINDS)) {
    for (const text of texts) {
      it(`calls ${JSON.stringify(text)} ${kind}`, () => {
        expect(kindOf(text)).toBe(kind)
      })
    }
  }

  it('says whether the value is an object', () => {
    expect(readJson(' {"a":[1]}')).toMatchObject({ kind: 'whole', object: true })
    expect(readJson('{"a"')).toMatchObject({ kind: 'cut', object: true })
    expect(readJson('[{}]')).toMatchObject({ kind: 'whole', object: false })
    expect(readJson('')).toMatchObject({ kind: 'empty', object: false })
  })

  it('says where the surplus begins', () => {
    expect(readJson('{} {"a":1}')).toEqual({ kind: 'trailing', object: true, end: 3 })
  })

  it('is safe with a hundred thousand open brackets', () => {
    const depth = 100_000
    expect(kindOf('['.repeat(depth))).toBe('cut')
    expect(kindOf('{"a":'.repeat(depth))).toBe('cut')
    expect(kindOf('['.repeat(depth) + ']'.repeat(depth))).toBe('whole')
    expect(kindOf(`${'['.repeat(depth)}}`)).toBe('malformed')
  })
})

const json = fc.json({ maxDepth: 4 })

const parses = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Strings of the characters that JSON gives a meaning to. */
const jsonish = fc.string({ unit: fc.constantFrom(...'{}[]",:1-.e\\untr '), maxLength: 9 })

/** Tries to finish a string in every way that one more token and the closing brackets allow. */
function canBeFinished(text: string): boolean {
  const closers: string[] = []
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    if (quoted && char === '\\') i++
    else if (char === '"') quoted = !quoted
    else if (!quoted && char === '{') closers.unshift('}')
    else if (!quoted && char === '[') closers.unshift(']')
    else if (!quoted && (char === '}' || char === ']')) closers.shift()
  }
  const inString = ['', 'n', '0', '00', '000', '0000', 'u0000'].flatMap((rest) => [`${rest}"`, `${rest}":1`])
  const outside = ['', '1', ':1', '"":1', 'ue', 'e', 'rue', 'ull', 'll', 'l', 'alse']
  return [...inString, ...outside].some((middle) => parses(text + middle + closers.join('')))
}

describe('what a string is as JSON, for any string', () => {
  it('calls it whole exactly when JSON.parse takes it', () => {
    fc.assert(
      fc.property(fc.oneof(json, jsonish), (text) => {
        expect(kindOf(text) === 'whole').toBe(parses(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('never calls the beginning of a JSON text malformed', () => {
    fc.assert(
      fc.property(json, fc.nat(), (text, at) => {
        expect(['empty', 'cut', 'whole']).toContain(kindOf(text.slice(0, at % (text.length + 1))))
      }),
    )
  })

  it('calls it cut exactly when it can be finished and is not whole', () => {
    fc.assert(
      fc.property(jsonish, (text) => {
        const kind = kindOf(text)
        if (kind === 'cut') expect(canBeFinished(text)).toBe(true)
        if (kind === 'malformed' || kind === 'trailing') expect(canBeFinished(text)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it('calls two objects in a row trailing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (first, second) => {
        expect(kindOf(JSON.stringify(first) + JSON.stringify(second))).toBe('trailing')
      }),
    )
  })
})
