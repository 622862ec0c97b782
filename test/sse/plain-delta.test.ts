import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PlainDelta } from '../../src/messages/plain-delta.js'

/** A delta as Anthropic writes it (and pads it), and as Python's `json.dumps` does. */
function compact(index: number, family: 'text' | 'thinking', text: string, padding = ''): string {
  return `{"type":"content_block_delta","index":${index},"delta":{"type":"${family}_delta","${family}":${text}}${padding}}`
}
function spaced(index: number, family: 'text' | 'thinking', text: string): string {
  return `{"type": "content_block_delta", "index": ${index}, "delta": {"type": "${family}_delta", "${family}": ${text}}}`
}

/** That what was recognised is what `JSON.parse` reads, with nothing beside it. */
function expectToAgree(plain: PlainDelta, data: string): void {
  const { family, index, indexFrom, indexTo, text } = plain
  expect(JSON.parse(data)).toEqual({
    type: 'content_block_delta',
    index,
    delta: { type: `${family}_delta`, [family]: JSON.parse(`"${text}"`) },
  })
  expect(JSON.parse(data.slice(indexFrom, indexTo))).toBe(index)
}

describe('PlainDelta', () => {
  it.each([
    ['as Anthropic writes it', compact(0, 'text', '"hi"')],
    ['padded as Anthropic pads it', `${compact(0, 'text', '"hi"', '   ')}    `],
    ['as Python writes it', spaced(12, 'text', '"hi"')],
    ['with thinking', compact(3, 'thinking', '"hm"')],
    ['with thinking as Python writes it', spaced(3, 'thinking', '"hm"')],
    ['with a negative index', compact(-1, 'text', '"hi"')],
    ['without a word', compact(0, 'text', '""')],
    ['with escapes', compact(0, 'text', '"a\\n\\"}}\\\\\\u00e9\\/"')],
    ['with names of its own members in the text', compact(0, 'thinking', '"\\"text\\":\\"a\\",\\"index\\":5"')],
    ['with characters beyond ASCII', compact(0, 'text', '"é𝄞\u2028"')],
  ])('recognises a delta %s', (_, data) => {
    const plain = new PlainDelta()
    expect(plain.recognises(data)).toBe(true)
    expectToAgree(plain, data)
  })

  it.each([
    ['another event', compact(0, 'text', '"hi"').replace('block_delta', 'block_stop')],
    ['another delta', compact(0, 'text', '"hi"').replace('text_delta', 'input_json_delta')],
    ['a text under a thinking delta', compact(0, 'text', '"hi"').replace('text_delta', 'thinking_delta')],
    ['another member of the delta', compact(0, 'text', '"hi","citations":[]')],
    ['another member of the event', `${compact(0, 'text', '"hi"').slice(0, -1)},"error":null}`],
    ['the same member twice', compact(0, 'text', '"hi","text":"ho"')],
    ['another order', '{"index":0,"type":"content_block_delta","delta":{"type":"text_delta","text":"hi"}}'],
    ['an index that is no integer', compact(0.5, 'text', '"hi"')],
    ['an index with a leading zero', compact(0, 'text', '"hi"').replace(':0,', ':00,')],
    ['a negative index with a leading zero', compact(0, 'text', '"hi"').replace(':0,', ':-01,')],
    ['an index beyond nine digits', compact(10_000_000_000, 'text', '"hi"')],
    ['an index that is a string', compact(0, 'text', '"hi"').replace(':0,', ':"0",')],
    ['a text that is null', compact(0, 'text', 'null')],
    ['a text that is an object', compact(0, 'text', '{"a":"b"}')],
    ['a text with a line end in it', compact(0, 'text', '"a\nb"')],
    ['a text with an unknown escape', compact(0, 'text', '"\\x"')],
    ['a text with half an escape', compact(0, 'text', '"\\u00e"')],
    ['a text that does not end', compact(0, 'text', '"hi').slice(0, -2)],
    ['a brace too few', compact(0, 'text', '"hi"').slice(0, -1)],
    ['a brace too many', `${compact(0, 'text', '"hi"')}}`],
    ['something behind it', `${compact(0, 'text', '"hi"')}{}`],
    ['something before it', ` ${compact(0, 'text', '"hi"')}`],
    ['nothing', ''],
  ])('leaves %s to JSON.parse', (_, data) => {
    expect(new PlainDelta().recognises(data)).toBe(false)
  })

  it('answers for the data it is asked about, also after the same question', () => {
    const plain = new PlainDelta()
    const [yes, no] = [compact(4, 'text', '"hi"'), compact(5, 'text', 'null')]
    expect([yes, yes, no, no, yes].map(plain.recognises)).toEqual([true, true, false, false, true])
    expectToAgree(plain, yes)
  })

  it('recognises every plain delta and reads it as JSON.parse does', () => {
    fc.assert(
      fc.property(deltas, (data) => {
        const plain = new PlainDelta()
        expect(plain.recognises(data)).toBe(true)
        expectToAgree(plain, data)
      }),
    )
  })

  it('never takes a damaged delta for anything else than JSON.parse does', () => {
    fc.assert(
      fc.property(deltas, fc.array(damage, { minLength: 1, maxLength: 3 }), (delta, damages) => {
        const plain = new PlainDelta()
        const data = damages.reduce((text, { at, cut, put }) => {
          const from = at % (text.length + 1)
          return text.slice(0, from) + put + text.slice(from + cut)
        }, delta)
        if (plain.recognises(data)) expectToAgree(plain, data)
      }),
      { numRuns: 10 * Number(process.env['SSE_CONFORM_RUNS'] ?? 150) },
    )
  })

  it('never takes one with a character changed, put in or left out for anything else than JSON.parse does', () => {
    for (const delta of [compact(10, 'text', '"a\\u00e9\\n"', ' '), spaced(-7, 'thinking', '"b\\\\"')]) {
      for (let at = 0; at <= delta.length; at++) {
        for (const put of [
          '',
          '"',
          '\\',
          '{',
          '}',
          ',',
          ':',
          '0',
          '1',
          '-',
          '.',
          'e',
          ' ',
          '\n',
          '\t',
          '\u0001',
          'u',
        ]) {
          for (const cut of [0, 1]) {
            const plain = new PlainDelta()
            const data = delta.slice(0, at) + put + delta.slice(at + cut)
            if (plain.recognises(data)) expectToAgree(plain, data)
          }
        }
      }
    }
  })
})

const words = fc
  .oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 8 }))
  .map((text) => JSON.stringify(text))
const deltas = fc
  .tuple(
    fc.integer({ min: -3, max: 999_999_999 }),
    fc.constantFrom('text' as const, 'thinking' as const),
    words,
    fc.constantFrom(undefined, '', ' ', '      '),
  )
  .map(([index, family, text, padding]) =>
    padding === undefined ? spaced(index, family, text) : `${compact(index, family, text, padding)}${padding}`,
  )
const damage = fc.record({
  at: fc.nat(),
  cut: fc.nat(2),
  put: fc.oneof(
    fc.constantFrom('', '"', '\\', '{', '}', ',', '0', '-', ' ', '\n', '\\u', '","text":"'),
    fc.string({ maxLength: 2 }),
  ),
})
