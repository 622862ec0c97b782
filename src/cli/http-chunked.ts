/** Undoes the chunked transfer coding of a body (RFC 9112, 7.1). */
export interface Dechunker {
  /** Takes bytes as they were on the wire and gives those of the body; throws where the coding is broken, behind what came before. */
  push(bytes: Uint8Array): Iterable<Uint8Array>
  /** True once the last chunk and its trailers have come. */
  readonly over: boolean
  /** The bytes are over: gives what was held back. Throws where the last chunk has not come. */
  end(): Iterable<Uint8Array>
}

const LF = 0x0a
/** Sizes with their extensions, and trailers; nobody writes longer ones. */
const longestLine = 8192
const sizeLine = /^([0-9a-f]{1,13})[ \t]*(?:;.*)?$/i
const beginsLikeSize = /^[0-9a-f]{0,13}[ \t]*(?:;.*)?$/i

/**
 * Makes a dechunker. `curl -i` shows the header and undoes the coding all the same, unless it is told `--raw`: a body that does not
 * begin with the size of a chunk is passed on as it is.
 */
export function createDechunker(): Dechunker {
  /** `unknown` until it is clear whether the body is coded; `plain` where it is not. */
  let state: 'unknown' | 'plain' | 'size' | 'data' | 'end of data' | 'trailer' | 'over' = 'unknown'
  /** A line that is not whole. */
  let line = ''
  let left = 0

  const take = (text: string): void => {
    if (state === 'trailer') {
      if (text === '') state = 'over'
      return
    }
    if (state === 'end of data') {
      if (text !== '') throw new Error('A chunk is longer than it says.')
      state = 'size'
      return
    }
    const size = sizeLine.exec(text)?.[1]
    if (size === undefined) throw new Error('A chunk has no size.')
    left = Number.parseInt(size, 16)
    state = left === 0 ? 'trailer' : 'data'
  }

  function* push(bytes: Uint8Array): Generator<Uint8Array> {
    let at = 0
    while (at < bytes.length && state !== 'over') {
      if (state === 'plain') {
        yield bytes
        return
      }
      if (state === 'data') {
        const part = bytes.subarray(at, at + left)
        at += part.length
        left -= part.length
        if (left === 0) state = 'end of data'
        yield part
        continue
      }
      const end = bytes.indexOf(LF, at)
      const rest = latin1(bytes.subarray(at, end === -1 ? bytes.length : end))
      if (state === 'unknown') {
        const begun = (line + rest).replace(/\r$/, '')
        const coded = end === -1 ? beginsLikeSize.test(begun) && begun.length <= longestLine : sizeLine.test(begun)
        if (!coded) {
          state = 'plain'
          yield Buffer.from(line + latin1(bytes), 'latin1')
          return
        }
        if (end !== -1) state = 'size'
      }
      line += rest
      if (line.length > longestLine) throw new Error('A chunk has no size.')
      at = end === -1 ? bytes.length : end + 1
      if (end === -1) continue
      const text = line.replace(/\r$/, '')
      line = ''
      take(text)
    }
  }

  return {
    push,
    get over() {
      return state === 'over'
    },
    end() {
      if (state === 'unknown') return [Buffer.from(line, 'latin1')]
      if (state !== 'plain' && state !== 'over') throw new Error('The last chunk is missing.')
      return []
    },
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}
