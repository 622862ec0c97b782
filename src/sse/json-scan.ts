/** What a text is, read as JSON: nothing yet, a proper prefix of a value, a whole value, or no prefix of any JSON. */
export type JsonStatus = 'empty' | 'cut' | 'whole' | 'malformed'

/** What may come next; `first` is a value, a key or the end of what has just been opened. */
type Expected = 'first' | 'value' | 'key' | 'colon' | 'comma' | 'string' | 'token' | 'nothing'

// A token is a number, a literal or an escape that has begun, each run of digits shortened to one digit.
const tokenStart =
  /^(?:t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?|-?(?:(?:0|1)(?:\.(?:1(?:[eE][+-]?1?)?)?|[eE][+-]?1?)?)?)$/
const wholeToken = /^(?:true|false|null|-?[01](?:\.1)?(?:[eE][+-]?1)?)$/
const escapeStart = /^(?:["\\/bfnrt]|u[\da-fA-F]{0,4})$/
const wholeEscape = /^(?:[^u]|u.{4})$/
// Everything but quotes, backslashes and control characters.
const stringPart = /[ !#-[\]-\uffff]*/y

/**
 * Reads one JSON value in pieces and always knows how far it has come, in time linear in the text and without recursion.
 *
 * This is what tells a tool call that was cut short from one that is whole and from one the model wrote wrongly, and what
 * parts glued frames: repeated `JSON.parse` would be quadratic.
 *
 * @example
 * const scan = new JsonScan()
 * scan.feed('{"path":')
 * scan.status // 'cut'
 * scan.feed('"a.txt"}')
 * scan.status // 'whole'
 */
export class JsonScan {
  #started = false
  #malformed = false
  #expected: Expected = 'value'
  #token = ''
  #key = false
  /** What closes each object and array that is open. */
  readonly #closers: string[] = []
  /** True where the value is an object, complete or not. */
  isObject = false

  /** What has been read so far is. */
  get status(): JsonStatus {
    if (this.#malformed) return 'malformed'
    if (!this.#started) return 'empty'
    const whole = this.#expected === 'nothing' || (this.#closers.length === 0 && wholeToken.test(this.#token))
    return whole ? 'whole' : 'cut'
  }

  /**
   * Reads `text` from `from` to `to`.
   *
   * @returns the position behind the value where it ended in this text (white space after it is left unread), else `to`.
   */
  feed(text: string, from = 0, to: number = text.length): number {
    let at = from
    while (at < to && !this.#malformed && this.#expected !== 'nothing') {
      const c = text[at] ?? ''
      if (this.#expected === 'token') {
        // What does not go on with the token ends it and is read again.
        if (this.#goesOn(c)) at++
        else this.#ended(wholeToken.test(this.#token))
      } else if (this.#expected === 'string') at = this.#string(text, at, to)
      else {
        at++
        if (c !== ' ' && c !== '\n' && c !== '\r' && c !== '\t') this.#mark(c)
      }
    }
    return at
  }

  #mark(c: string): void {
    this.#started = true
    const closer = this.#closers.at(-1)
    const expected = this.#expected
    if (c === closer && (expected === 'first' || expected === 'comma')) {
      this.#closers.pop()
      this.#ended(true)
    } else if (expected === 'colon' || expected === 'comma') {
      this.#malformed = c !== (expected === 'colon' ? ':' : ',')
      this.#expected = expected === 'comma' && closer === '}' ? 'key' : 'value'
    } else {
      this.#key = expected === 'key' || (expected === 'first' && closer === '}')
      if (c === '"') this.#expected = 'string'
      else if (this.#key) this.#malformed = true
      else if (c === '{' || c === '[') {
        if (closer === undefined) this.isObject = c === '{'
        this.#closers.push(c === '{' ? '}' : ']')
        this.#expected = 'first'
      } else {
        this.#expected = 'token'
        this.#malformed = !this.#goesOn(c)
      }
    }
  }

  /** Whether a number or a literal may go on with a character, which it then does. */
  #goesOn(c: string): boolean {
    const digit = c >= '0' && c <= '9'
    if (digit && this.#token.endsWith('1')) return true
    const leadingZero = c === '0' && (this.#token === '' || this.#token === '-')
    const token = this.#token + (digit && !leadingZero ? '1' : c)
    if (!tokenStart.test(token)) return false
    this.#token = token
    return true
  }

  #string(text: string, from: number, to: number): number {
    if (this.#token === '') {
      stringPart.lastIndex = from
      stringPart.test(text)
      const at = stringPart.lastIndex
      if (at >= to) return to
      if (text[at] === '"') this.#ended(true)
      else if (text[at] === '\\') this.#token = '\\'
      else this.#malformed = true
      return at + 1
    }
    const escaped = this.#token.slice(1) + text[from]
    this.#malformed = !escapeStart.test(escaped)
    this.#token = wholeEscape.test(escaped) ? '' : `\\${escaped}`
    return from + 1
  }

  #ended(well: boolean): void {
    this.#malformed = !well
    this.#token = ''
    if (this.#key && this.#expected === 'string') this.#expected = 'colon'
    else this.#expected = this.#closers.length === 0 ? 'nothing' : 'comma'
    this.#key = false
  }
}
