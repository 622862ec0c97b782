import { isCount, isString } from '../defects/shape.js'

/** Values of the members that differ from delta to delta, by the names of the members. */
export type SlotValues = { readonly [name: string]: unknown }

/** A delta with its slots cut out of it. */
interface Template {
  /** One more than there are slots. */
  readonly literals: readonly string[]
  readonly slots: readonly string[]
  readonly numeric: readonly boolean[]
}

/** The inside of a JSON string. */
const string = '([ !#-[\\]-\\uffff]*(?:\\\\(?:["\\\\/bfnrt]|u[\\da-fA-F]{4})[ !#-[\\]-\\uffff]*)*)'
const number = '(0|[1-9]\\d{0,14})'
const inside = new RegExp(string, 'y')
const digits = /\d+/y
const mostForms = 16
/** A stream whose deltas are never alike is not studied for ever. */
const patience = 32
/** Longer deltas are parsed: what a match costs is to have a bound. */
const longest = 64 * 1024
/** What stays the same becomes a pattern, which has a bound too. */
const longestForm = 4096

/** How a delta is matched. */
interface Form {
  readonly pattern: RegExp
  readonly slots: readonly string[]
}

/**
 * Recognises a delta that is the one before it but for its text and the like, without `JSON.parse`, which is half of what an
 * event costs. Gateways write their deltas each in a way of its own, so the form is learnt from the first of them.
 *
 * The decode stage asks first and the machine asks again about the same frame, so the last answer is kept.
 */
export class PlainDelta {
  readonly #read: readonly string[]
  readonly #written: readonly string[]
  readonly #forms = new Map<string, RegExp>()
  #in: Form | undefined
  #out: Template | undefined
  #data: string | undefined
  #match: RegExpExecArray | null = null
  #learnt = 0
  #matched = 0

  /**
   * @param read the members that may differ: strings and counts, found by their names, which must occur once in the text.
   * @param written those of them that are sent on as they came, or with another value.
   */
  constructor(read: readonly string[], written: readonly string[]) {
    this.#read = read
    this.#written = written
  }

  /**
   * Learns the form of a delta, as it came and as it was sent.
   *
   * @returns whether it can be recognised.
   */
  learn(data: string, values: SlotValues, sent: string, sentValues: SlotValues): boolean {
    this.#data = undefined
    this.#in = undefined
    if (++this.#learnt > patience && this.#matched < this.#learnt) return false
    const form = templateOf(data, values, this.#read)
    this.#out = form === undefined ? undefined : templateOf(sent, sentValues, this.#written)
    const bounded = form !== undefined && form.literals.join('').length <= longestForm
    const known = bounded && this.#out !== undefined
    if (known) this.#in = { pattern: this.#pattern(form), slots: form.slots }
    return known
  }

  #pattern({ literals, slots, numeric }: Template): RegExp {
    const tokens = slots.map((_, index) => (numeric[index] === true ? number : string))
    const source = literals.map((literal, index) => escaped(literal) + (tokens[index] ?? '')).join('')
    // A pattern costs more to make than many deltas to match, and the texts of a stream share theirs.
    const known = this.#forms.get(source)
    if (known !== undefined) return known
    const pattern = new RegExp(`^${source}$`)
    if (this.#forms.size >= mostForms) this.#forms.clear()
    this.#forms.set(source, pattern)
    return pattern
  }

  forget(): void {
    this.#in = undefined
    this.#data = undefined
    this.#match = null
  }

  /** Whether the data is such a delta. */
  readonly recognises = (data: string): boolean => {
    if (this.#in === undefined) return false
    if (data !== this.#data) {
      this.#data = data
      this.#match = data.length > longest ? null : this.#in.pattern.exec(data)
      if (this.#match !== null) this.#matched++
    }
    return this.#match !== null
  }

  /** A slot of the last delta that was recognised as it stands in the JSON, escapes included; undefined where it has none. */
  token(slot: string): string | undefined {
    const index = this.#in?.slots.indexOf(slot) ?? -1
    return index === -1 ? undefined : this.#match?.[index + 1]
  }

  /** A string slot of the last delta that was recognised. */
  text(slot: string): string {
    const token = this.token(slot) ?? ''
    return token.includes('\\') ? (JSON.parse(`"${token}"`) as string) : token
  }

  /**
   * The data of the last delta as it must be sent.
   *
   * @param slot a slot with another value than it came with.
   */
  written(slot?: string, value?: string): string {
    const { literals, slots } = this.#out as Template
    let data = literals[0] as string
    for (let index = 0; index < slots.length; index++) {
      const name = slots[index] as string
      data += (name === slot ? value : this.token(name)) ?? ''
      data += literals[index + 1] as string
    }
    return data
  }
}

/** Cuts the slots out of a delta; undefined where one of them cannot be told beyond doubt. */
function templateOf(data: string, values: SlotValues, names: readonly string[]): Template | undefined {
  const found: { readonly slot: string; readonly from: number; readonly to: number; readonly numeric: boolean }[] = []
  for (const slot of names) {
    const held = values[slot]
    if (held === undefined) continue
    const quoted = isString(held)
    if (!quoted && (!isCount(held) || held < 0)) return undefined
    const key = `"${slot}"`
    const at = data.indexOf(key)
    if (at === -1 || data.indexOf(key, at + key.length) !== -1) return undefined
    let from = at + key.length
    while (data[from] === ' ' || data[from] === ':') from++
    if (quoted) from++
    const token = quoted ? inside : digits
    token.lastIndex = from
    if (!token.test(data)) return undefined
    const to = token.lastIndex
    if (JSON.parse(quoted ? `"${data.slice(from, to)}"` : data.slice(from, to)) !== held) return undefined
    found.push({ slot, from, to, numeric: !quoted })
  }
  found.sort((a, b) => a.from - b.from)
  const literals: string[] = []
  let at = 0
  for (const { from, to } of found) {
    literals.push(data.slice(at, from))
    at = to
  }
  literals.push(data.slice(at))
  return { literals, slots: found.map(({ slot }) => slot), numeric: found.map(({ numeric }) => numeric) }
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
