/** Looks at the first bytes of an input and says what it is if it is no text. */
export interface BinarySniffer {
  /** A sentence to end with, or undefined while nothing speaks against text. */
  push(chunk: Uint8Array): string | undefined
}

const LOOKED_AT = 4096
const LF = 0x0a

const magics: readonly { readonly bytes: readonly number[]; readonly say: string }[] = [
  { bytes: [0x1f, 0x8b], say: 'is gzip-compressed; decompress it first (gzip -dc FILE | sse-conform … -)' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], say: 'is zstd-compressed; decompress it first (zstd -dc FILE | sse-conform … -)' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], say: 'is a zip archive; unpack it first' },
  { bytes: [0xff, 0xfe], say: 'is UTF-16 text; event streams are UTF-8 (iconv -f UTF-16 -t UTF-8)' },
  { bytes: [0xfe, 0xff], say: 'is UTF-16 text; event streams are UTF-8 (iconv -f UTF-16 -t UTF-8)' },
]

/**
 * Tells binary input from text: by the magic numbers of what people store streams in, by NUL bytes, and by how much of
 * it is no UTF-8. It looks no further than the first blank line or 4 KiB: what comes later is the stream's own damage,
 * which the pipeline handles.
 *
 * @example
 * createBinarySniffer().push(Uint8Array.of(0x1f, 0x8b, 8, 0)) // 'is gzip-compressed; …'
 */
export function createBinarySniffer(): BinarySniffer {
  let seen = new Uint8Array(0)
  let settled = false
  return {
    push(chunk) {
      if (settled) return undefined
      const joined = new Uint8Array(Math.min(LOOKED_AT, seen.length + chunk.length))
      joined.set(seen)
      joined.set(chunk.subarray(0, joined.length - seen.length), seen.length)
      seen = joined
      const magic = magics.find(({ bytes }) => bytes.every((byte, at) => seen[at] === byte))
      if (magic !== undefined) return magic.say
      const blankLine = seen.findIndex((byte, at) => byte === LF && seen[at + 1] === LF)
      settled = blankLine !== -1 || seen.length === LOOKED_AT
      return textProblem(blankLine === -1 ? seen : seen.subarray(0, blankLine))
    },
  }
}

function textProblem(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return 'is a binary file (it contains NUL bytes), not an event stream'
  // `stream: true` leaves a character that is cut by the chunk's end out of the count.
  const text = new TextDecoder().decode(bytes, { stream: true })
  const broken = text.split('\ufffd').length - 1
  return broken >= 4 && broken > text.length / 10
    ? 'is a binary file (it is not UTF-8), not an event stream'
    : undefined
}
