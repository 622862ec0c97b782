import { JsonScan, type JsonStatus } from '../sse/json-scan.js'

/** What is to be done with one fragment of tool arguments. */
export interface Fragment {
  /** What of it belongs to the arguments. */
  readonly send: string
  /**
   * What the rest is: nothing, the same arguments (or `{}`) once more, or other arguments, which exist nowhere else. Told when
   * the rest is a whole value.
   */
  readonly rest: 'none' | 'pending' | 'same' | 'other'
}

/** A first fragment that may be a placeholder for arguments still to come (20): `{}`, `null` or `""`. */
export function isPlaceholder(fragment: string): boolean {
  const text = fragment.length > 16 ? '' : fragment.trim()
  return text === '{}' || text === 'null' || text === '""'
}

/** The arguments of one tool call, read as they come (AN-14, 20). */
export class ToolInput {
  readonly #scan = new JsonScan()
  readonly #digest = new Digest()
  #again: { scan: JsonScan; digest: Digest } | undefined

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
    return this.#again !== undefined && this.#again.scan.status !== 'empty'
  }

  /** Reads a fragment that does not reach beyond the arguments; false, and nothing read, where it might. */
  feedWithin(fragment: string): boolean {
    const last = fragment.charCodeAt(fragment.length - 1)
    // What holds no brace at all, or just one as its last character, ends no object before its own end.
    const brace = fragment.indexOf('}')
    if (brace !== -1 && (brace !== fragment.length - 1 || last !== 125)) return false
    this.#scan.feed(fragment)
    this.#digest.feed(fragment, 0, fragment.length)
    return true
  }

  feed(fragment: string): Fragment {
    if (this.#again !== undefined) return { send: '', rest: this.#repeat(fragment) }
    const end = this.#scan.feed(fragment)
    this.#digest.feed(fragment, 0, end)
    if (end === fragment.length || this.#scan.status !== 'whole' || !this.#scan.isObject)
      return { send: fragment, rest: 'none' }
    const rest = fragment.slice(end)
    if (rest.trim() === '') return { send: fragment, rest: 'none' }
    // Only an object behind an object is a second set of arguments; anything else is the model's malformed JSON.
    if (!rest.trimStart().startsWith('{')) return { send: fragment, rest: 'none' }
    this.#again = { scan: new JsonScan(), digest: new Digest() }
    return { send: fragment.slice(0, end), rest: this.#repeat(rest) }
  }

  #repeat(text: string): Fragment['rest'] {
    let at = 0
    let found: Fragment['rest'] = 'pending'
    while (at < text.length) {
      const again = this.#again ?? { scan: new JsonScan(), digest: new Digest() }
      this.#again = again
      const end = again.scan.feed(text, at)
      again.digest.feed(text, at, end)
      if (again.scan.status === 'malformed') return 'other'
      if (again.scan.status !== 'whole') return found
      const same = again.digest.equals(this.#digest) || again.digest.length === 2
      if (found !== 'other') found = same ? 'same' : 'other'
      this.#again = { scan: new JsonScan(), digest: new Digest() }
      if (text.slice(end).trim() === '') return found
      at = end
    }
    return found
  }
}

/**
 * Tells whether two JSON texts are the same but for white space between tokens, in constant memory: two 32-bit hashes and the
 * length. Keeping the arguments would double what a large tool call costs.
 */
class Digest {
  #a = 0x811c9dc5
  #b = 0x9747b28c
  #inString = false
  #escaped = false
  length = 0

  feed(text: string, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const c = text.charCodeAt(i)
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false
        else if (c === 92) this.#escaped = true
        else if (c === 34) this.#inString = false
      } else if (c === 32 || c === 10 || c === 13 || c === 9) continue
      else if (c === 34) this.#inString = true
      this.#a = Math.imul(this.#a ^ c, 0x01000193)
      this.#b = Math.imul(this.#b ^ c, 0x5bd1e995) ^ (this.#b >>> 15)
      this.length++
    }
  }

  equals(other: Digest): boolean {
    return this.length === other.length && this.#a === other.#a && this.#b === other.#b
  }
}
