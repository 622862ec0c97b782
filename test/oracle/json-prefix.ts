/**
 * Says what a string is as JSON: one value, the beginning of one, or neither. One pass, an explicit stack and no recursion,
 * so that a hundred thousand open brackets are as cheap as their bytes.
 */

/** What a string is as JSON. */
export interface JsonVerdict {
  /**
   * - `empty`: nothing but blanks;
   * - `whole`: exactly one value (a bare number counts as whole, although more digits could follow);
   * - `cut`: no value yet, but some continuation would make it one;
   * - `malformed`: no continuation could make it one;
   * - `trailing`: one value, then something more than blanks.
   */
  readonly kind: 'empty' | 'whole' | 'cut' | 'malformed' | 'trailing'
  /** Whether the (first) value is an object or begins as one. */
  readonly object: boolean
  /** Where the reading stopped: for `trailing` at the first character too many. */
  readonly end: number
}

/** What the grammar allows next, between two tokens. */
type Expect = 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close' | 'nothing'

/** How a token ended: at an offset, with the text, or never as JSON. */
type Token = number | 'cut' | 'malformed'

const LITERALS: ReadonlyMap<string, string> = new Map([
  ['t', 'true'],
  ['f', 'false'],
  ['n', 'null'],
])

/**
 * Classifies one string.
 *
 * @example readJson('{"a":').kind // 'cut'
 */
export function readJson(text: string): JsonVerdict {
  const open: ('[' | '{')[] = []
  let expect: Expect = 'value'
  let object = false
  let seen = false
  let at = 0

  const verdict = (kind: JsonVerdict['kind']): JsonVerdict => ({ kind, object, end: at })
  const afterValue = (): Expect => (open.length === 0 ? 'nothing' : 'comma-or-close')

  while (at < text.length) {
    const char = text.charAt(at)
    if (char === ' ' || char === '\t' || char === '\n' || char === '\r') {
      at++
      continue
    }
    if (expect === 'nothing') return verdict('trailing')
    if (!seen) object = char === '{'
    seen = true

    if (char === '}' || char === ']') {
      const top = open.at(-1)
      const closes: boolean =
        expect === 'comma-or-close' ||
        (char === '}' && expect === 'key-or-close') ||
        (char === ']' && expect === 'value-or-close')
      if (!closes || top !== (char === '}' ? '{' : '[')) return verdict('malformed')
      open.pop()
      expect = afterValue()
      at++
    } else if (expect === 'comma-or-close') {
      if (char !== ',') return verdict('malformed')
      expect = open.at(-1) === '{' ? 'key' : 'value'
      at++
    } else if (expect === 'colon') {
      if (char !== ':') return verdict('malformed')
      expect = 'value'
      at++
    } else if (expect === 'key' || expect === 'key-or-close') {
      if (char !== '"') return verdict('malformed')
      const end = readString(text, at)
      if (typeof end === 'string') return verdict(end)
      expect = 'colon'
      at = end
    } else if (char === '{' || char === '[') {
      open.push(char)
      expect = char === '{' ? 'key-or-close' : 'value-or-close'
      at++
    } else {
      const end = readScalar(text, at)
      if (typeof end === 'string') return verdict(end)
      expect = afterValue()
      at = end
    }
  }
  if (!seen) return verdict('empty')
  return verdict(expect === 'nothing' ? 'whole' : 'cut')
}

function readScalar(text: string, at: number): Token {
  const char = text.charAt(at)
  if (char === '"') return readString(text, at)
  const literal = LITERALS.get(char)
  return literal === undefined ? readNumber(text, at) : readLiteral(text, at, literal)
}

function readLiteral(text: string, at: number, literal: string): Token {
  if (text.startsWith(literal, at)) return at + literal.length
  return literal.startsWith(text.slice(at, at + literal.length)) ? 'cut' : 'malformed'
}

function readString(text: string, at: number): Token {
  for (let i = at + 1; i < text.length; i++) {
    const char = text.charAt(i)
    if (char === '"') return i + 1
    if (char < ' ') return 'malformed'
    if (char !== '\\') continue
    i++
    if (i === text.length) return 'cut'
    const escaped = text.charAt(i)
    if (escaped === 'u') {
      for (let digits = 0; digits < 4; digits++) {
        i++
        if (i === text.length) return 'cut'
        if (!/[0-9a-fA-F]/.test(text.charAt(i))) return 'malformed'
      }
    } else if (!'"\\/bfnrt'.includes(escaped)) return 'malformed'
  }
  return 'cut'
}

function readNumber(text: string, at: number): Token {
  let i = text.charAt(at) === '-' ? at + 1 : at
  if (i === text.length) return 'cut'
  if (text.charAt(i) === '0') i++
  else {
    const end = readDigits(text, i)
    if (end === i) return 'malformed'
    i = end
  }
  if (text.charAt(i) === '.') {
    const end = readDigits(text, i + 1)
    if (end === i + 1) return end === text.length ? 'cut' : 'malformed'
    i = end
  }
  if (text.charAt(i) === 'e' || text.charAt(i) === 'E') {
    const sign = text.charAt(i + 1)
    const from = sign === '+' || sign === '-' ? i + 2 : i + 1
    const end = readDigits(text, from)
    if (end === from) return end === text.length ? 'cut' : 'malformed'
    i = end
  }
  return i
}

function readDigits(text: string, from: number): number {
  let i = from
  while (i < text.length && text.charAt(i) >= '0' && text.charAt(i) <= '9') i++
  return i
}
