/** Tells whether a text is the one that was sent before, without keeping that: two sums over its UTF-16 units, and its length. */
export class Fingerprint {
  length = 0
  #a = 0x811c9dc5
  #b = 5381

  add(text: string): void {
    let a = this.#a
    let b = this.#b
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      a = Math.imul(a ^ unit, 0x01000193)
      b = (Math.imul(b, 33) + unit) | 0
    }
    this.#a = a
    this.#b = b
    this.length += text.length
  }

  matches(text: string): boolean {
    if (text.length !== this.length) return false
    const other = new Fingerprint()
    other.add(text)
    return other.#a === this.#a && other.#b === this.#b
  }
}
