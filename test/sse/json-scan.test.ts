import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonScan, type JsonStatus } from '../../src/sse/json-scan.js'

/** What the scanner says of a text, read in the given pieces, and whether anything but blanks was left behind the value. */
function scanned(pieces: readonly string[]): { status: JsonStatus; rest: string; isObject: boolean } {
  const scan = new JsonScan()
  let rest = ''
  for (const piece of pieces) rest += piece.slice(scan.feed(piece))
  return { status: scan.status, rest, isObject: scan.isObject }
}

/** Whether the scanner takes the text for one whole value: text behind the value is left unread, so it is looked at here. */
function takesAsWhole(text: string): boolean {
  const { status, rest } = scanned([text])
  return status === 'whole' && /^[ \t\r\n]*$/.test(rest)
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('JsonScan', () => {
  it.each<[string, JsonStatus]>([
    ['', 'empty'],
    [' \t\r\n', 'empty'],
    ['{', 'cut'],
    ['{"', 'cut'],
    ['{"a', 'cut'],
    ['{"a"', 'cut'],
    ['{"a":', 'cut'],
    ['{"a":1', 'cut'],
    ['{"a":1,', 'cut'],
    ['{"a":1}', 'whole'],
    ['{"a":1} ', 'whole'],
    ['[', 'cut'],
    ['[1,', 'cut'],
    ['[]', 'whole'],
    ['"', 'cut'],
    ['"\\', 'cut'],
    ['"\\u00', 'cut'],
    ['"\\u00e9"', 'whole'],
    ['tr', 'cut'],
    ['true', 'whole'],
    ['-', 'cut'],
    ['0', 'whole'],
    ['12', 'whole'],
    ['1.', 'cut'],
    ['1.5', 'whole'],
    ['1e', 'cut'],
    ['1e+', 'cut'],
    ['1E+5', 'whole'],
    ['{a', 'malformed'],
    ['{,', 'malformed'],
    ['{"a":1,}', 'malformed'],
    ['{"a" 1', 'malformed'],
    ['{"a":}', 'malformed'],
    ['[1,]', 'malformed'],
    ['[1}', 'malformed'],
    ['}', 'malformed'],
    ['01', 'whole'],
    ['[01', 'malformed'],
    ['[-a', 'malformed'],
    ['[1.a', 'malformed'],
    ['[1e5.', 'malformed'],
    ['trux', 'malformed'],
    ['nul ', 'malformed'],
    ['"\\x', 'malformed'],
    ['"\\u00g', 'malformed'],
    ['"a\nb', 'malformed'],
    ["{'a'", 'malformed'],
    ['\ufeff{}', 'malformed'],
    ['\u00a0{}', 'malformed'],
    ['NaN', 'malformed'],
    ['undefined', 'malformed'],
  ])('%j is %s', (text, status) => {
    expect(scanned([text]).status).toBe(status)
  })

  it('leaves what stands behind the value unread', () => {
    const scan = new JsonScan()
    expect(scan.feed('{"a":1}{"b":2}')).toBe(7)
    expect(scan.status).toBe('whole')
    expect(scan.feed('x')).toBe(0)
  })

  it('reads a range of a text', () => {
    const scan = new JsonScan()
    expect(scan.feed('xx{"a":1}yy', 2, 5)).toBe(5)
    expect(scan.status).toBe('cut')
    expect(scan.feed('xx{"a":1}yy', 5, 9)).toBe(9)
    expect(scan.status).toBe('whole')
  })

  it('tells objects from other values', () => {
    expect(scanned(['{"a":[1']).isObject).toBe(true)
    expect(scanned(['[{"a":1}']).isObject).toBe(false)
    expect(scanned(['"{"']).isObject).toBe(false)
  })

  it('takes whatever JSON.parse takes for whole', () => {
    fc.assert(
      fc.property(texts, blanks, (text, blank) => {
        expect(takesAsWhole(text + blank)).toBe(true)
      }),
    )
  })

  it('takes every proper prefix of an object for cut, or for empty before its brace', () => {
    fc.assert(
      fc.property(objectTexts, (text) => {
        for (let end = 0; end < text.trimEnd().length; end++) {
          const prefix = text.slice(0, end)
          expect(scanned([prefix]).status).toBe(prefix.trim() === '' ? 'empty' : 'cut')
        }
      }),
    )
  })

  it('takes a damaged text for whole if and only if JSON.parse does', () => {
    fc.assert(
      fc.property(fc.oneof(damaged, soup), (text) => {
        expect(takesAsWhole(text)).toBe(parses(text))
      }),
    )
  })

  it('calls malformed only what no ending could make JSON', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.string({ maxLength: 3 }), (text, at, junk) => {
        const start = text.slice(0, at % (text.length + 1))
        if (scanned([start + junk]).status === 'malformed') {
          expect(parses(start + junk + text.slice(start.length))).toBe(false)
        }
      }),
    )
  })

  it('says the same however the text is cut', () => {
    fc.assert(
      fc.property(fc.oneof(texts, damaged, soup), fc.array(fc.nat(60), { maxLength: 8 }), (text, at) => {
        const bounds = [0, ...at.map((n) => Math.min(n, text.length)).sort((a, b) => a - b), text.length]
        const pieces = bounds.slice(1).map((end, i) => text.slice(bounds[i], end))
        expect(scanned(pieces)).toEqual(scanned([text]))
        expect(scanned([...text].flatMap((c) => c.split('')))).toEqual(scanned([text]))
      }),
    )
  })

  it('has no stack to overflow', () => {
    const deep = 100_000
    expect(scanned(['['.repeat(deep)]).status).toBe('cut')
    expect(scanned(['['.repeat(deep), ']'.repeat(deep)]).status).toBe('whole')
    expect(scanned(['{"a":'.repeat(deep), '1', '}'.repeat(deep)]).status).toBe('whole')
  })
})

const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom('\\"', '\u2028', '\u0000', 'é𝄞', -0.5, 1e-7, 1e300, 'true'),
)
const indents = fc.constantFrom<string | number | undefined>(undefined, 1, 2, '\t')
const blanks = fc.constantFrom('', ' ', '\n', '\r\n\t')
const texts = fc
  .tuple(value, indents, blanks)
  .map(([json, indent, blank]) => blank + JSON.stringify(json, null, indent))
const objectTexts = fc
  .tuple(fc.dictionary(fc.string({ maxLength: 5 }), value, { maxKeys: 4 }), indents)
  .map(([json, indent]) => JSON.stringify(json, null, indent))
const damaged = fc
  .tuple(
    texts,
    fc.nat(),
    fc.nat(3),
    fc.oneof(fc.constantFrom('"', '\\', '{', '}', ',', ':', '0', '-', 'e', '\n'), fc.string({ maxLength: 2 })),
  )
  .map(([text, at, cut, put]) => {
    const from = at % (text.length + 1)
    return text.slice(0, from) + put + text.slice(from + cut)
  })
const soup = fc
  .array(
    fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '1', '0', '-', '.', 'e', 'true', 'null', '\\', 'u', ' ', 'a'),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''))
