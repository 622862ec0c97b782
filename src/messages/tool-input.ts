import { JsonScan, type JsonStatus } from '../sse/json-scan.js'

/** What is to be done with one fragment of tool arguments. */
export interface Fragment {
  /** What of it belongs to the arguments. */
  readonly send: string
  /**
   * What the rest is: nothing (yet), the same arguments (or `{}`) once more, or other arguments, which exist nowhere else.
   * Told when the rest is a whole value.
   */
  readonly rest: 'none' | 'same' | 'other'
}

/** A first fragment that may be a placeholder for arguments still to come (20). */
export function isPlaceholder(fragment: string): boolean {
  return fragment.length <= 16 && /^\s*(?:\{\}|null|"")\s*$/.test(fragment)
}

/** The arguments of one tool call, read as they come (AN-14, 20). */
export class ToolInput {
  readonly #scan = new JsonScan()
  /** What stands behind the arguments: a second set of them. */
  #again: ToolInput | undefined
  // Two sets are held against each other without the white space between tokens and in constant memory, by hash and
  // length: keeping the arguments would double what a large tool call costs.
  #hash = 0
  #length = 0
  #inString = false
  #escaped = false

  /** `empty` means `{}`. */
  get status(): JsonStatus {
    return this.#scan.status
  }

  /** True where the arguments begin like an object, as they must. */
  get isObject(): boolean {
    return this.#scan.isObject
  }

  /** True where something stands behind the arguments that is not whole itself. */
  get restPending(): boolean {
    return this.#again !== undefined && this.#again.status !== 'empty'
  }

  feed(fragment: string): Fragment {
    const end = this.#again === undefined ? this.#read(fragment) : 0
    const rest = fragment.slice(end)
    // Only an object behind an object is a second set of arguments; anything else is the model's malformed JSON.
    const second = this.status === 'whole' && this.isObject && rest.trimStart().startsWith('{')
    if (this.#again === undefined && !second) return { send: fragment, rest: 'none' }
    return { send: fragment.slice(0, end), rest: this.#repeat(rest) }
  }

  #repeat(text: string): Fragment['rest'] {
    let found: Fragment['rest'] = 'none'
    let rest = text
    while (rest.trim() !== '') {
      this.#again ??= new ToolInput()
      const again = this.#again
      rest = rest.slice(again.#read(rest))
      if (again.status === 'malformed') return 'other'
      if (again.status !== 'whole') return found
      const same = again.#length === 2 || (again.#length === this.#length && again.#hash === this.#hash)
      if (found !== 'other') found = same ? 'same' : 'other'
      this.#again = new ToolInput()
    }
    return found
  }

  /** Reads as far as the value reaches, and tells how far that is. */
  #read(text: string): number {
    const end = this.#scan.feed(text)
    // In locals: a private field that is written for every character costs several times as much.
    let hash = this.#hash
    let length = this.#length
    let inString = this.#inString
    let escaped = this.#escaped
    for (let i = 0; i < end; i++) {
      const c = text.charCodeAt(i)
      if (escaped) escaped = false
      else if (c === 92) escaped = true
      else if (c === 34) inString = !inString
      else if (c <= 32 && !inString) continue
      hash = Math.imul(hash ^ c, 0x01000193)
      length++
    }
    this.#hash = hash
    this.#length = length
    this.#inString = inString
    this.#escaped = escaped
    return end
  }
}
