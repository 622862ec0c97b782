/** How much is gathered before it is made one flat string: a rope of tokens costs 4 to 5 bytes a character. */
const flat = 8192

/** The text that was sent of one part or call: the only big memory of the machine. */
export class Transcript {
  #pieces: string[] = []
  #last = ''
  #length = 0

  get length(): number {
    return this.#length
  }

  add(text: string): void {
    this.#last += text
    this.#length += text.length
    if (this.#last.length < flat) return
    this.#pieces.push(flatten(this.#last))
    this.#last = ''
  }

  /** All of it. */
  get text(): string {
    if (this.#pieces.length > 0) {
      this.#pieces.push(this.#last)
      this.#last = flatten(this.#pieces.join(''))
      this.#pieces = []
    }
    return this.#last
  }

  /** Forgets what is kept elsewhere from now on. */
  clear(): void {
    this.#pieces = []
    this.#last = ''
    this.#length = 0
  }
}

/** Where the answer of a search goes that nobody asks for: V8 leaves out searches without one. */
let found = -1

/** A search makes V8 write a rope out: the joints of one cost more than a short text. */
export function flatten(text: string): string {
  found = text.indexOf('\0')
  return found === text.length ? '' : text
}
