/** One way to cut the same bytes into chunks. */
export interface Chunking {
  readonly name: 'whole' | 'byte by byte' | 'frame by frame'
  readonly chunks: (bytes: Uint8Array) => Iterable<Uint8Array>
}

/** The ways in which the runner feeds every case. By law 4 all of them must give one result. */
export const chunkings: readonly [Chunking, ...Chunking[]] = [
  { name: 'whole', chunks: (bytes) => [bytes] },
  { name: 'byte by byte', chunks: eachByte },
  { name: 'frame by frame', chunks: splitFrames },
]

function* eachByte(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at++) yield bytes.subarray(at, at + 1)
}

const LF = 0x0a
const CR = 0x0d

/**
 * Cuts a body behind every blank line. It shares no code with `src/sse`: the runner and the diff must not be wrong in
 * the way in which the slicer is wrong.
 *
 * @returns the frames with their blank lines, and what is left behind the last one; together they are the input
 * @example
 * splitFrames(new TextEncoder().encode('data: 1\n\ndata: 2')) // 'data: 1\n\n', 'data: 2'
 */
export function splitFrames(bytes: Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = []
  let start = 0
  let lineStart = 0
  let lines = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte !== LF && byte !== CR) continue
    const blank = at === lineStart
    if (!blank) lines++
    if (byte === CR && bytes[at + 1] === LF) at++
    lineStart = at + 1
    // Blank lines before the first line of a frame end nothing.
    if (blank && lines > 0) {
      lines = 0
      frames.push(bytes.subarray(start, lineStart))
      start = lineStart
    }
  }
  if (start < bytes.length) frames.push(bytes.subarray(start))
  return frames
}
