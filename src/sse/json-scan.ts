/** What a text is, read as JSON: nothing yet, a proper prefix of a value, a whole value, or no prefix of any JSON. */
export type JsonStatus = 'empty' | 'cut' | 'whole' | 'malformed'

const VALUE = 0
const VALUE_OR_CLOSE = 1
const KEY = 2
const KEY_OR_CLOSE = 3
const COLON = 4
const AFTER = 5
const STRING = 6
const ESCAPE = 7
const HEX = 8
const LITERAL = 9
const NUMBER = 10
const DONE = 11
const BAD = 12

// Numbers, by what has been read of them: `-`, `0`, digits, `1.`, `1.5`, `1e`, `1e+`, `1e5`.
const MINUS = 0
const ZERO = 1
const DIGITS = 2
const POINT = 3
const FRACTION = 4
const E = 5
const E_SIGN = 6
const EXPONENT = 7

const OBJECT = 1
const ARRAY = 0

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
  #state = VALUE
  #number = MINUS
  #literal = ''
  #hex = 0
  #key = false
  #started = false
  #object = false
  readonly #stack: number[] = []

  /** What has been read so far is. */
  get status(): JsonStatus {
    if (!this.#started) return 'empty'
    if (this.#state === BAD) return 'malformed'
    if (this.#state === DONE) return 'whole'
    return this.#state === NUMBER && this.#stack.length === 0 && numberMayEnd(this.#number) ? 'whole' : 'cut'
  }

  /** True where the value is an object, complete or not. */
  get isObject(): boolean {
    return this.#object
  }

  /**
   * Reads `text` from `from` to `to`.
   *
   * @returns the position behind the value where it ended in this text (white space after it is left unread), else `to`.
   */
  feed(text: string, from: number = 0, to: number = text.length): number {
    let i = from
    while (i < to) {
      const state = this.#state
      if (state === DONE || state === BAD) return i
      const c = text.charCodeAt(i)
      if (state === STRING) {
        i = this.#string(text, i, to)
        continue
      }
      if (state === NUMBER) {
        if (this.#digit(c)) i++
        else this.#endValue(numberMayEnd(this.#number))
        continue
      }
      i++
      if (state === ESCAPE) this.#escape(c)
      else if (state === HEX) this.#hexDigit(c)
      else if (state === LITERAL) this.#letter(c)
      else if (c !== 32 && c !== 10 && c !== 13 && c !== 9) this.#token(state, c)
    }
    return i
  }

  #token(state: number, c: number): void {
    this.#started = true
    if (state === AFTER) this.#after(c)
    else if (state === COLON) this.#state = c === 58 ? VALUE : BAD
    else if (state === KEY || state === KEY_OR_CLOSE) {
      if (c === 34) {
        this.#key = true
        this.#state = STRING
      } else if (c === 125 && state === KEY_OR_CLOSE) this.#close(OBJECT)
      else this.#state = BAD
    } else if (c === 93 && state === VALUE_OR_CLOSE) this.#close(ARRAY)
    else this.#value(c)
  }

  #value(c: number): void {
    if (c === 123) {
      if (this.#stack.length === 0) this.#object = true
      this.#stack.push(OBJECT)
      this.#state = KEY_OR_CLOSE
    } else if (c === 91) {
      this.#stack.push(ARRAY)
      this.#state = VALUE_OR_CLOSE
    } else if (c === 34) {
      this.#key = false
      this.#state = STRING
    } else if (c === 45 || (c >= 48 && c <= 57)) {
      this.#number = c === 45 ? MINUS : c === 48 ? ZERO : DIGITS
      this.#state = NUMBER
    } else {
      this.#literal = c === 116 ? 'rue' : c === 102 ? 'alse' : c === 110 ? 'ull' : ''
      this.#state = this.#literal === '' ? BAD : LITERAL
    }
  }

  #after(c: number): void {
    const inside = this.#stack[this.#stack.length - 1]
    if (c === 44) this.#state = inside === OBJECT ? KEY : VALUE
    else if (c === 125 && inside === OBJECT) this.#close(OBJECT)
    else if (c === 93 && inside === ARRAY) this.#close(ARRAY)
    else this.#state = BAD
  }

  #close(kind: number): void {
    if (this.#stack.pop() !== kind) this.#state = BAD
    else this.#endValue(true)
  }

  #endValue(well: boolean): void {
    this.#state = !well ? BAD : this.#stack.length === 0 ? DONE : AFTER
  }

  #string(text: string, from: number, to: number): number {
    for (let i = from; i < to; i++) {
      const c = text.charCodeAt(i)
      if (c === 34) {
        if (this.#key) this.#state = COLON
        else this.#endValue(true)
        return i + 1
      }
      if (c === 92) {
        this.#state = ESCAPE
        return i + 1
      }
      if (c < 32) {
        this.#state = BAD
        return i + 1
      }
    }
    return to
  }

  #escape(c: number): void {
    // " \ / b f n r t u
    if (c === 117) {
      this.#hex = 4
      this.#state = HEX
    } else {
      const known = c === 34 || c === 92 || c === 47 || c === 98 || c === 102 || c === 110 || c === 114 || c === 116
      this.#state = known ? STRING : BAD
    }
  }

  #hexDigit(c: number): void {
    const hex = (c >= 48 && c <= 57) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102)
    if (!hex) this.#state = BAD
    else if (--this.#hex === 0) this.#state = STRING
  }

  #letter(c: number): void {
    if (c !== this.#literal.charCodeAt(0)) {
      this.#state = BAD
      return
    }
    this.#literal = this.#literal.slice(1)
    if (this.#literal === '') this.#endValue(true)
  }

  /** Takes one more character of a number, or tells that it is not part of one. */
  #digit(c: number): boolean {
    const digit = c >= 48 && c <= 57
    const was = this.#number
    if (digit && was === MINUS) this.#number = c === 48 ? ZERO : DIGITS
    else if (digit && (was === DIGITS || was === FRACTION || was === EXPONENT)) return true
    else if (digit && was === POINT) this.#number = FRACTION
    else if (digit && (was === E || was === E_SIGN)) this.#number = EXPONENT
    else if (c === 46 && (was === ZERO || was === DIGITS)) this.#number = POINT
    else if ((c === 101 || c === 69) && (was === ZERO || was === DIGITS || was === FRACTION)) this.#number = E
    else if ((c === 43 || c === 45) && was === E) this.#number = E_SIGN
    else return false
    return true
  }
}

function numberMayEnd(number: number): boolean {
  return number === ZERO || number === DIGITS || number === FRACTION || number === EXPONENT
}
