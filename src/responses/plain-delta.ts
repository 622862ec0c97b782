import type { JsonObject } from '../defects/protocol.js'
import { isCount, isString } from '../defects/shape.js'

/** Members that differ from delta to delta of one text; all else of their JSON stays as it is. */
type Slot = 'item_id' | 'sequence_number' | 'delta' | 'obfuscation'

/** A delta with its slots cut out of it. */
interface Template {
  /** One more than there are slots. */
  readonly literals: readonly string[]
  readonly slots: readonly Slot[]
}

const read: readonly Slot[] = ['item_id', 'sequence_number', 'delta', 'obfuscation']
const written: readonly Slot[] = ['sequence_number', 'delta', 'obfuscation']
/** The inside of a JSON string. */
const string = '([ !#-[\\]-\\uffff]*(?:\\\\(?:["\\\\/bfnrt]|u[\\da-fA-F]{4})[ !#-[\\]-\\uffff]*)*)'
const inside = new RegExp(string, 'y')
const digits = /\d+/y
const mostForms = 16
/** Longer deltas are parsed: what a match costs is to have a bound. */
const longest = 64 * 1024
/** What stays the same becomes a pattern, which has a bound too. */
const longestForm = 4096

/** How a delta is matched. */
interface Form {
  readonly pattern: RegExp
  readonly slots: readonly Slot[]
}

/**
 * Recognises a delta that is the one before it but for its text and number, without `JSON.parse`, which is half of what an
 * event costs. Gateways write their deltas each in a way of its own, so the form is learnt from the first of them.
 *
 * The decode stage asks first and the machine asks again about the same frame, so the last answer is kept.
 */
export class PlainDelta {
  #in: Form | undefined
  readonly #forms = new Map<string, RegExp>()
  #out: Template | undefined
  #data: string | undefined
  #plain = false
  /** The slots of the last delta that was recognised: strings as they stand in the JSON, escapes included. */
  id: string | undefined
  sequence: number | undefined
  text = ''
  #obfuscation = ''

  /** Learns the form of a delta, as it came and as it was sent. */
  learn(data: string, value: JsonObject, sent: string, sentValue: JsonObject): void {
    const form = templateOf(data, value, read)
    if (form !== undefined && form.literals.join('').length > longestForm) {
      this.forget()
      return
    }
    this.#out = form === undefined ? undefined : templateOf(sent, sentValue, written)
    this.#in =
      form === undefined || this.#out === undefined ? undefined : { pattern: this.#pattern(form), slots: form.slots }
    this.id = undefined
    this.sequence = undefined
    this.#data = undefined
  }

  #pattern({ literals, slots }: Template): RegExp {
    const tokens = slots.map((slot) => (slot === 'sequence_number' ? '(0|[1-9]\\d{0,14})' : string))
    const source = literals.map((literal, index) => escaped(literal) + (tokens[index] ?? '')).join('')
    // A pattern costs more to make than many deltas to match, and the items of a stream share theirs.
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
    this.#plain = false
  }

  /** Whether the data is such a delta. */
  readonly recognises = (data: string): boolean => {
    if (data === this.#data) return this.#plain
    this.#data = data
    this.#plain = this.#in !== undefined && data.length <= longest && this.#match(data, this.#in)
    return this.#plain
  }

  #match(data: string, { pattern, slots }: Form): boolean {
    const match = pattern.exec(data)
    if (match === null) return false
    for (let index = 0; index < slots.length; index++) {
      const token = match[index + 1] as string
      const slot = slots[index]
      if (slot === 'delta') this.text = token
      else if (slot === 'sequence_number') this.sequence = Number(token)
      else if (slot === 'item_id') this.id = token
      else this.#obfuscation = token
    }
    return true
  }

  /** The data of the last delta as it must be sent. */
  written(sequence: number | undefined): string {
    const { literals, slots } = this.#out as Template
    let data = literals[0] as string
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index]
      data += slot === 'delta' ? this.text : slot === 'obfuscation' ? this.#obfuscation : String(sequence)
      data += literals[index + 1] as string
    }
    return data
  }
}

/** Cuts the slots out of a delta; undefined where one of them cannot be told beyond doubt. */
function templateOf(data: string, value: JsonObject, names: readonly Slot[]): Template | undefined {
  const found: { readonly slot: Slot; readonly from: number; readonly to: number }[] = []
  for (const slot of names) {
    const held = value[slot]
    if (held === undefined) continue
    const quoted = isString(held)
    if (slot === 'sequence_number' ? !isCount(held) || held < 0 : !quoted) return undefined
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
    found.push({ slot, from, to })
  }
  found.sort((a, b) => a.from - b.from)
  const literals: string[] = []
  let at = 0
  for (const { from, to } of found) {
    literals.push(data.slice(at, from))
    at = to
  }
  literals.push(data.slice(at))
  return { literals, slots: found.map(({ slot }) => slot) }
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
