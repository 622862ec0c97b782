/**
 * A strict reader of the WHATWG event stream format, written from the standard and on bytes. It shares no code with `src`
 * and no parser with it either: a decoder that reads its own encoder's mistakes as correct would prove nothing.
 */

/** One block of lines between blank lines: an event, or comments and fields that dispatch nothing. */
export interface Frame {
  /** Which block of the stream this is, counted from 1; blank lines alone are no block. */
  readonly number: number
  /** The last `event:` field; undefined where there was none, or an empty one. */
  readonly event: string | undefined
  /** The `data:` lines joined with LF; undefined where no `data` field came, so that nothing is dispatched. */
  readonly data: string | undefined
  /** The last event id as it stands after this block: `id:` persists from block to block. */
  readonly lastEventId: string
  /** Where the block begins and where it ends (its blank line included), in bytes. */
  readonly start: number
  readonly end: number
  /** False where the stream ended before the blank line; a standard reader discards such a block. */
  readonly terminated: boolean
  /** True where any line of it ended in a CR without LF. */
  readonly bareCr: boolean
  /** True where the `event` field was there at all, whatever its value. */
  readonly named: boolean
}

/** What a stream holds. */
export interface Reading {
  /** Whether the body began with a byte order mark (which is no part of the first line). */
  readonly bom: boolean
  readonly frames: readonly Frame[]
}

interface Line {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly ending: 'lf' | 'crlf' | 'cr' | 'eof'
}

const LF = 0x0a
const CR = 0x0d
// The mark is taken off by hand, once and only at the beginning; a later one is data.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Reads a whole body.
 *
 * @example readEventStream(new TextEncoder().encode('data: {}\n\n')).frames[0]?.data // '{}'
 */
export function readEventStream(bytes: Uint8Array): Reading {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const frames: Frame[] = []
  let lines: Line[] = []
  let lastEventId = ''

  const close = (blank: Line | undefined): void => {
    const terminated = blank !== undefined
    const bareCr = [...lines, ...(terminated ? [blank] : [])].some((line) => line.ending === 'cr')
    const place = { number: frames.length + 1, start: lines[0]?.start ?? 0, end: blank?.end ?? bytes.length }
    const frame = { ...readBlock(lines, lastEventId), ...place, terminated, bareCr }
    // The standard takes the id over at dispatch, so a block that never ended does not set it.
    if (terminated) lastEventId = frame.lastEventId
    frames.push(frame)
    lines = []
  }

  for (const line of splitLines(bytes, bom ? 3 : 0)) {
    if (line.text !== '') lines.push(line)
    else if (lines.length > 0) close(line)
  }
  if (lines.length > 0) close(undefined)
  return { bom, frames }
}

function* splitLines(bytes: Uint8Array, from: number): Generator<Line> {
  let start = from
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte !== LF && byte !== CR) continue
    const text = decoder.decode(bytes.subarray(start, at))
    const ending = byte === LF ? 'lf' : bytes[at + 1] === LF ? 'crlf' : 'cr'
    if (ending === 'crlf') at++
    yield { text, start, end: at + 1, ending }
    start = at + 1
  }
  // A rest without a line end is no blank line, whatever it holds.
  if (start < bytes.length) {
    yield { text: decoder.decode(bytes.subarray(start)), start, end: bytes.length, ending: 'eof' }
  }
}

type Fields = Pick<Frame, 'event' | 'data' | 'lastEventId' | 'named'>

function readBlock(lines: readonly Line[], idBefore: string): Fields {
  const data: string[] = []
  let event: string | undefined
  let named = false
  let lastEventId = idBefore
  for (const { text } of lines) {
    const colon = text.indexOf(':')
    if (colon === 0) continue
    const name = colon < 0 ? text : text.slice(0, colon)
    const rest = colon < 0 ? '' : text.slice(colon + 1)
    const value = rest.startsWith(' ') ? rest.slice(1) : rest
    if (name === 'data') data.push(value)
    else if (name === 'event') {
      event = value === '' ? undefined : value
      named = true
    } else if (name === 'id' && !value.includes('\0')) lastEventId = value
  }
  return { event, data: data.length === 0 ? undefined : data.join('\n'), lastEventId, named }
}
