const LF = 10
const CR = 13
const COLON = 58

/** Tells chunks that carry nothing but comments and blank lines: they are no sign of an answer (D-73). */
export class CommentLines {
  /** Where the next chunk begins: at a line, or inside a comment or another line. */
  #inside: 'line start' | 'comment' | 'line' = 'line start'

  /** Whether a chunk carries something else than comments. Mostly its first byte tells. */
  endsSilence(chunk: Uint8Array): boolean {
    let found = false
    let at = 0
    while (at < chunk.length && !found) {
      const byte = chunk[at]
      const ends = byte === LF || byte === CR
      if (this.#inside === 'line start' && !ends) this.#inside = byte === COLON ? 'comment' : 'line'
      if (ends) this.#inside = 'line start'
      found = this.#inside === 'line'
      at++
    }
    if (found) this.#inside = insideAtEnd(chunk)
    return found
  }
}

/** Where a chunk ends, by its last line. */
function insideAtEnd(chunk: Uint8Array): 'line start' | 'comment' | 'line' {
  const lineEnd = Math.max(chunk.lastIndexOf(LF), chunk.lastIndexOf(CR))
  if (lineEnd === chunk.length - 1) return 'line start'
  return chunk[lineEnd + 1] === COLON && lineEnd !== -1 ? 'comment' : 'line'
}
