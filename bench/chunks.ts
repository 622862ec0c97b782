const encoder = new TextEncoder()

/** The size of the chunks that a socket usually delivers under load. */
export const socketChunk: number = 16 * 1024

/** Frames as chunks of so many bytes, made one by one, so that a long stream needs no memory of its own. */
export function* chunksOf(frames: Iterable<string>, size: number = socketChunk): Generator<Uint8Array> {
  let rest = ''
  for (const frame of frames) {
    rest += frame
    // Counted in characters, of which none takes more bytes than three: the loop below does the exact cutting.
    if (rest.length < size) continue
    const bytes = encoder.encode(rest)
    const whole = bytes.length - (bytes.length % size)
    for (let at = 0; at < whole; at += size) yield bytes.slice(at, at + size)
    rest = ''
    if (whole < bytes.length) yield bytes.slice(whole)
  }
  if (rest !== '') yield encoder.encode(rest)
}
