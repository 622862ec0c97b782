import { concat, toText } from './bytes.js'

const LF = 10
const CR = 13

/** Where a line stands: in a text and in the bytes that the text was decoded from. */
export interface Line {
  /** The text that holds the line, and the line's range in it without its line end. */
  text: string
  from: number
  to: number
  /** The position behind the line end, in the text. */
  next: number
  /** The bytes that hold the line, and the line's range in them with its line end. */
  bytes: Uint8Array
  byteFrom: number
  byteNext: number
  /** Where the line begins in the body, in bytes. */
  offset: number
  /** The line ends in a bare CR, or (`none`) the stream ended inside it. */
  end: 'lf' | 'crlf' | 'cr' | 'none'
}

/** Takes the lines of a body. `leave` says that the text and bytes of the lines so far are about to go away. */
export interface LineSink {
  line(line: Line): void
  leave(): void
  /**
   * Offered the text from a line start on, before the line itself: a sink that can take a whole frame at once says how far it
   * goes in the text. What it takes it is then given by `frame`.
   */
  whole(text: string, at: number): number
  frame(line: Line): void
  /** True while lines of a frame have been taken that no blank line has ended. */
  readonly inFrame: boolean
}

/**
 * Cuts a body into lines at LF, CRLF and CR, also where a line end or a character is split between chunks.
 *
 * A chunk is decoded once; lines are ranges in it. A line that spans chunks is kept in fragments and joined once, so that a
 * line fed byte by byte stays linear.
 */
export class Slicer {
  readonly #sink: LineSink
  readonly #line: Line = {
    text: '',
    from: 0,
    to: 0,
    next: 0,
    bytes: new Uint8Array(0),
    byteFrom: 0,
    byteNext: 0,
    offset: 0,
    end: 'lf',
  }
  #pending: Uint8Array[] = []
  #pendingLength = 0
  /** The pending line ends in a CR whose LF may still come. */
  #pendingCR = false
  /** The last line end was a bare CR, and an LF right behind a line end already taken belongs to it (D-7). */
  #lastWasCR = false
  #skipLF = false
  /** The first bytes of the body, until it is known whether they are a byte order mark. */
  #head: Uint8Array | undefined = new Uint8Array(0)
  #bom = false
  #offset = 0

  constructor(sink: LineSink) {
    this.#sink = sink
  }

  /** True where the body began with a byte order mark, which was taken off. */
  get bom(): boolean {
    return this.#bom
  }

  /** The bytes of the line that has not ended yet. */
  get pendingLength(): number {
    return this.#pendingLength
  }

  /** Where that line begins in the body, in bytes. */
  get offset(): number {
    return this.#offset
  }

  push(chunk: Uint8Array): void {
    const body = this.#head === undefined ? chunk : this.#withoutBom(chunk)
    if (body === undefined || body.length === 0) return
    this.#slice(body)
  }

  /** Takes what is left as a last line. */
  end(): void {
    if (this.#head !== undefined) {
      const head = this.#head
      this.#head = undefined
      if (head.length > 0) this.#slice(head)
    }
    if (this.#pendingLength === 0) return
    const bytes = concat(this.#takePending())
    this.#single(bytes, bytes.length - (this.#pendingCR ? 1 : 0), this.#pendingCR ? 'cr' : 'none')
    this.#pendingCR = false
  }

  #withoutBom(chunk: Uint8Array): Uint8Array | undefined {
    const head = concat([this.#head ?? chunk, chunk])
    const mark = [0xef, 0xbb, 0xbf]
    const matches = mark.every((byte, i) => i >= head.length || head[i] === byte)
    if (matches && head.length < 3) {
      this.#head = head.slice()
      return undefined
    }
    this.#head = undefined
    this.#bom = matches
    if (matches) this.#offset = 3
    return matches ? head.subarray(3) : head
  }

  #slice(chunk: Uint8Array): void {
    if (this.#skipLF) {
      this.#skipLF = false
      if (chunk[0] === LF) {
        this.#lastWasCR = false
        this.#offset++
        if (chunk.length === 1) return
        this.#slice(chunk.subarray(1))
        return
      }
    }
    if (this.#pureLF(chunk)) this.#sliceAtLF(chunk)
    else this.#sliceAtAny(chunk)
  }

  /** True where every CR is followed by LF, so that cutting at LF is enough. */
  #pureLF(chunk: Uint8Array): boolean {
    if (this.#pendingCR && chunk[0] !== LF) return false
    for (let cr = chunk.indexOf(CR); cr !== -1; cr = chunk.indexOf(CR, cr + 1)) {
      if (cr === chunk.length - 1) return cr > 0 || !this.#endsFrameAtOnce()
      if (chunk[cr + 1] !== LF) return false
    }
    return true
  }

  #sliceAtLF(chunk: Uint8Array): void {
    let from = 0
    if (this.#pendingLength > 0) {
      const lf = chunk.indexOf(LF)
      if (lf === -1) {
        this.#keep(chunk, 0)
        return
      }
      this.#pending.push(chunk.subarray(0, lf + 1))
      const bytes = concat(this.#takePending())
      const crlf = bytes.length > 1 && bytes[bytes.length - 2] === CR
      this.#pendingCR = false
      this.#single(bytes, bytes.length - (crlf ? 2 : 1), crlf ? 'crlf' : 'lf')
      from = lf + 1
    }
    const last = chunk.lastIndexOf(LF)
    if (last >= from) this.#region(chunk, from, last + 1)
    if (last + 1 < chunk.length) this.#keep(chunk, Math.max(from, last + 1))
  }

  /** Takes the lines of a range that ends at a line end, decoded once. */
  #region(bytes: Uint8Array, from: number, to: number): void {
    const text = toText(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to))
    // Each byte beyond ASCII makes the text shorter than the bytes, so equal lengths mean equal positions. Otherwise line
    // ends are found in both: no byte of a longer character is an LF.
    const ascii = text.length === to - from
    const line = this.#line
    line.text = text
    line.bytes = bytes
    let textAt = 0
    let byteAt = from
    this.#lastWasCR = false
    while (byteAt < to) {
      const end = this.#sink.whole(text, textAt)
      if (end !== -1) {
        line.from = textAt
        line.next = end
        line.byteFrom = byteAt
        line.byteNext = ascii ? from + end : byteAt + byteLength(text, textAt, end, bytes, byteAt)
        line.offset = this.#offset
        this.#offset += line.byteNext - byteAt
        this.#sink.frame(line)
        textAt = end
        byteAt = line.byteNext
        continue
      }
      const lf = text.indexOf('\n', textAt)
      const byteNext = ascii ? from + lf + 1 : bytes.indexOf(LF, byteAt) + 1
      const crlf = lf > textAt && text.charCodeAt(lf - 1) === CR
      line.from = textAt
      line.to = crlf ? lf - 1 : lf
      line.next = lf + 1
      line.byteFrom = byteAt
      line.byteNext = byteNext
      line.offset = this.#offset
      line.end = crlf ? 'crlf' : 'lf'
      this.#offset += byteNext - byteAt
      this.#sink.line(line)
      textAt = lf + 1
      byteAt = byteNext
    }
    this.#sink.leave()
  }

  /** The slow way, for bodies with bare CR: each line is decoded by itself. */
  #sliceAtAny(chunk: Uint8Array): void {
    let from = 0
    if (this.#pendingCR) {
      this.#pendingCR = false
      const bytes = concat(this.#takePending())
      const lf = chunk[0] === LF
      if (lf) from = 1
      this.#single(lf ? concat([bytes, chunk.subarray(0, 1)]) : bytes, bytes.length - 1, lf ? 'crlf' : 'cr')
    }
    for (;;) {
      const end = nextEnd(chunk, from)
      if (end === -1) break
      const cr = chunk[end] === CR
      const last = end === chunk.length - 1
      // D-7: a CR at the end of a chunk waits for the next byte, unless the lines so far ended in bare CR and this one
      // ends a frame, which is then let go at once.
      if (cr && last && !(end === from && this.#endsFrameAtOnce())) break
      const crlf = cr && chunk[end + 1] === LF
      const next = crlf ? end + 2 : end + 1
      this.#pending.push(chunk.subarray(from, next))
      this.#pendingLength += next - from
      const bytes = concat(this.#takePending())
      this.#skipLF = cr && last
      this.#single(bytes, bytes.length - (crlf ? 2 : 1), crlf ? 'crlf' : cr ? 'cr' : 'lf')
      from = next
    }
    if (from < chunk.length) this.#keep(chunk, from)
  }

  /** Whether a blank line that ends here in a CR lets a frame go although its LF might still come. */
  #endsFrameAtOnce(): boolean {
    return this.#pendingLength === 0 && this.#lastWasCR && this.#sink.inFrame
  }

  #single(bytes: Uint8Array, byteTo: number, end: Line['end']): void {
    const line = this.#line
    line.text = toText(bytes)
    line.from = 0
    line.to = line.text.length - (bytes.length - byteTo)
    line.next = line.text.length
    line.bytes = bytes
    line.byteFrom = 0
    line.byteNext = bytes.length
    line.offset = this.#offset
    line.end = end
    this.#offset += bytes.length
    this.#lastWasCR = end === 'cr'
    this.#sink.line(line)
    this.#sink.leave()
  }

  #keep(chunk: Uint8Array, from: number): void {
    // A copy, so that a held line does not pin its chunk.
    this.#pending.push(chunk.slice(from))
    this.#pendingLength += chunk.length - from
    this.#pendingCR = chunk[chunk.length - 1] === CR
  }

  #takePending(): Uint8Array[] {
    const pending = this.#pending
    this.#pending = []
    this.#pendingLength = 0
    return pending
  }
}

/** How many bytes a range of whole lines has: as many as lie before the same number of line ends. */
function byteLength(text: string, from: number, to: number, bytes: Uint8Array, byteFrom: number): number {
  let byteAt = byteFrom
  for (let at = from; at < to; at = text.indexOf('\n', at) + 1) byteAt = bytes.indexOf(LF, byteAt) + 1
  return byteAt - byteFrom
}

function nextEnd(chunk: Uint8Array, from: number): number {
  for (let i = from; i < chunk.length; i++) {
    const byte = chunk[i]
    if (byte === LF || byte === CR) return i
  }
  return -1
}
