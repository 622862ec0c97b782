const encoder = new TextEncoder()

/** The size of the chunks that a socket delivers under load, in bytes. */
export const socketChunk: number = 16 * 1024

/** Frames as chunks of so many bytes, made one after the other, so that a long stream takes no memory of its own. */
export function* chunksOf(frames: Iterable<string>, size: number = socketChunk): Generator<Uint8Array> {
  let chunk = new Uint8Array(size)
  let used = 0
  for (const frame of frames) {
    const bytes = encoder.encode(frame)
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + size - used)
      chunk.set(part, used)
      used += part.length
      at += part.length
      if (used < size) continue
      yield chunk
      chunk = new Uint8Array(size)
      used = 0
    }
  }
  if (used > 0) yield chunk.subarray(0, used)
}

/** One chunk for each frame: what a reader gets from a model that is slower than the network. */
export function* chunkPerFrame(frames: Iterable<string>): Generator<Uint8Array> {
  for (const frame of frames) yield encoder.encode(frame)
}
