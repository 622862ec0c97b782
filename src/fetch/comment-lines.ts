const LF = 10
const CR = 13
const COLON = 58

/**
 * Makes a watch over silence: it is given chunk after chunk and tells whether one carries something else than comments and
 * blank lines, which are no sign of an answer (D-73).
 */
export function silenceWatch(): (chunk: Uint8Array) => boolean {
  /** The byte that the line began with in which the last chunk ended; an LF where it ended with a line. */
  let first = LF
  return (chunk) => {
    let speaks = false
    // Mostly the first byte tells, and only the last line is of interest then.
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? LF
      const ends = byte === LF || byte === CR
      if (ends || first === LF) first = ends ? LF : byte
      if (first === LF || first === COLON) continue
      speaks = true
      const lineEnd = Math.max(chunk.lastIndexOf(LF), chunk.lastIndexOf(CR))
      if (lineEnd < at) break
      at = lineEnd - 1
    }
    return speaks
  }
}
