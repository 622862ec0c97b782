import type { Readable } from 'node:stream'
import type { Drain } from './terminal.js'

/** Reads a stream chunk by chunk, and can be told to stop soon. */
export interface Reader {
  /** The next chunk; undefined at the end, or once the limit is used up. Throws what the stream throws. */
  next(): Promise<Uint8Array | undefined>
  /** From now on reads so many bytes, for so long; a later call counts anew. */
  limit(drain: Drain): void
  /** Ends the reading and lets go of the stream. */
  close(): void
}

/** Begins to read a stream. Nothing is read ahead of `next` but what the stream itself buffers. */
export function createReader(stream: Readable): Reader {
  const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  let left = Number.POSITIVE_INFINITY
  let late: Promise<{ done: true; value: undefined }> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    async next() {
      if (left === 0) return undefined
      const read = iterator.next()
      // `close` destroys the stream while this read may be outstanding; nobody waits for its rejection then.
      read.catch(() => {})
      const result = await (late === undefined ? read : Promise.race([read, late]))
      if (result.done) return undefined
      const chunk = result.value.length > left ? result.value.subarray(0, left) : result.value
      left -= chunk.length
      return chunk
    },
    limit({ bytes, milliseconds }) {
      clearTimeout(timer)
      left = bytes
      late = new Promise((resolve) => {
        timer = setTimeout(() => resolve({ done: true, value: undefined }), milliseconds)
      })
    },
    close() {
      clearTimeout(timer)
      stream.destroy()
    },
  }
}
