import type { Reporter, Where } from '../defects/reporter.js'
import { toBytes, toText } from './bytes.js'
import { bareField, carriesNothing, type Field, fieldOf } from './field.js'
import { JsonScan } from './json-scan.js'
import { CR, LF, type RunSink } from './slice.js'

/** A line of a block. */
export interface Line {
  readonly field: Field
  readonly end: '\n' | '\r\n' | '\r' | ''
  /** The line with its end, as it came. */
  readonly bytes: Uint8Array
}

/** The lines between two blank lines, or what salvage takes for them, and a blank line. */
export interface Block {
  readonly number: number
  readonly offset: number
  readonly lines: readonly Line[]
  /** How the block ended: by its blank line, where the next frame was glued to it, or because the stream was over. */
  readonly end: 'blank' | 'glued' | 'eof'
  /** Nothing of the body was an event stream. */
  readonly body: boolean
}

/** A whole frame that needs no gathering of lines: at most an `event:` and one `data:` line. */
export interface Whole {
  readonly number: number
  readonly offset: number
  /** The text that it stands in, from `start` to `end`, and the rest of its data line behind `data: `. */
  readonly text: string
  readonly start: number
  readonly end: number
  readonly dataFrom: number
  readonly dataTo: number
  /** In front of its data stands what stood in front of that of the one before it. */
  readonly sameHead: boolean
  /** Where what is to be sent on for it lies. */
  readonly source: Uint8Array | string
  readonly from: number
  readonly to: number
}

/** Takes what the assembler finds. */
export interface BlockSink {
  /** How much JSON it holds that is cut over frames, which count as one frame (`maxFrameBytes`). */
  readonly held: number
  block(block: Block): void
  /** A blank line between blocks. */
  filler(number: number, offset: number, raw: Uint8Array | string): void
  /** False where the data is no whole JSON object after all. */
  whole(whole: Whole): boolean
}

const lineEnd = /\r\n?|\n|$/g

/**
 * Gathers lines into blocks.
 *
 * Strict, a block ends at a blank line. Salvaging, it also ends where a data line follows data that is already a whole JSON
 * object, and, once that has happened, at the end of such a line (DESIGN.md, glued frames; T5).
 */
export class BlockAssembler implements RunSink {
  readonly #sink: BlockSink
  readonly #reporter: Reporter
  readonly #salvage: boolean
  readonly #maxFrameBytes: number
  /** A limit was hit; nothing more is read. */
  stopped = false
  #number = 0
  // The block that is open.
  #lines: Line[] = []
  #offset = 0
  #size = 0
  /** How many of its lines come before what stands behind its data. */
  #dataLines = 0
  #bare = false
  #scan = new JsonScan()
  #scanned = 0
  // Glued frames.
  #everGlued = false
  /** The frame before was let go before its blank line, which is taken for nothing where it comes (D-8). */
  #swallow = false
  #unproven: { number: number; offset: number } | undefined
  /** Nothing that an event stream is made of has come yet. */
  #sniffing: boolean
  // The whole frame that was found last, in its text.
  #frameEnd = 0
  #dataFrom = 0
  #dataTo = 0
  /** What stood in front of its data, up to the brace, and whether the same did for the one before it. */
  #head = ''
  #sameHead = false

  constructor(sink: BlockSink, reporter: Reporter, salvage: boolean, maxFrameBytes: number) {
    this.#sink = sink
    this.#reporter = reporter
    this.#salvage = salvage
    this.#sniffing = salvage
    this.#maxFrameBytes = maxFrameBytes
  }

  get endsInCR(): boolean {
    return this.#salvage && this.#lines.at(-1)?.end === '\r'
  }

  lines(run: Uint8Array, offset: number, last: boolean): number {
    let byteAt = 0
    if (offset === 0 && run[0] === 0xef && run[1] === 0xbb && run[2] === 0xbf) {
      byteAt = 3
      // T8: Codex and older SDKs read the mark as part of the first field.
      if (this.#salvage) this.#reporter.defect('sse/bom', 'dropped', { number: 0, offset: 0 })
    }
    const source = byteAt === 0 ? run : run.subarray(byteAt)
    return byteAt + this.#read(source, toText(source), offset + byteAt, last)
  }

  #read(source: Uint8Array, text: string, offset: number, last: boolean): number {
    // Each byte beyond ASCII makes the text shorter than the bytes, so equal lengths mean equal positions. Otherwise line ends
    // are found in both: no byte of a longer character is an LF or CR.
    const ascii = text.length === source.length
    // The plain search is many times faster than the expression, and most streams have no CR.
    const regular = this.#salvage && !(text.includes('\r') && bareCR.test(text))
    let from = 0
    for (let at = 0; at < text.length && !this.stopped; ) {
      if (regular && this.#isWhole(text, at)) {
        const frameEnd = this.#frameEnd
        const to = ascii ? frameEnd : bytesBefore(text, at, frameEnd, source, from)
        if (this.#whole(text, at, source, from, to, offset + from)) {
          at = frameEnd
          from = to
          continue
        }
      }
      // Together with what follows it this may be a whole frame.
      if (regular && !last && this.#isLoneName(text, at)) return from
      lineEnd.lastIndex = at
      const found = lineEnd.exec(text)
      const lineTo = found?.index ?? text.length
      const end = (found?.[0] ?? '') as Line['end']
      const next = lineTo + end.length
      const to = ascii ? next : end === '' ? source.length : source.indexOf(end === '\r' ? CR : LF, from) + 1
      this.#line(text.slice(at, lineTo), end, source.subarray(from, to), offset + from)
      at = next
      from = to
    }
    return source.length
  }

  /** Whether nothing but an `event:` line is left, in front of which nothing waits. */
  #isLoneName(text: string, at: number): boolean {
    if (this.#lines.length > 0 || this.#sniffing || this.#bare || !text.startsWith('event: ', at)) return false
    return text.indexOf('\n', at) === text.length - 1
  }

  /** Lets the last block go that no blank line has ended. */
  end(): void {
    if (this.#lines.length > 0 && !this.stopped) this.#finish('eof')
  }

  /**
   * Whether the common frame stands here, `event:` and `data: {…}` and a blank line. Where frames are glued the blank line is
   * missing.
   */
  #isWhole(text: string, at: number): boolean {
    if (this.#lines.length > 0) return false
    this.#sameHead = this.#head !== '' && text.startsWith(this.#head, at)
    if (this.#sameHead) this.#dataFrom = at + this.#head.length - 1
    else {
      const data = text.startsWith('event: ', at) ? text.indexOf('\n', at) + 1 : at
      if (!text.startsWith('data: {', data)) return false
      this.#dataFrom = data + 'data: '.length
    }
    const lf = text.indexOf('\n', this.#dataFrom)
    if (lf === -1) return false
    this.#dataTo = text[lf - 1] === '\r' ? lf - 1 : lf
    if (this.#everGlued) {
      this.#frameEnd = lf + 1
      // A frame that is sent on as text must not have had bytes that are no UTF-8, which its own bytes keep.
      return text[lf - 1] === '}' && !text.slice(at, lf).includes('\uFFFD')
    }
    this.#frameEnd = text[lf + 1] === '\n' ? lf + 2 : text.startsWith('\r\n', lf + 1) ? lf + 3 : -1
    return this.#frameEnd !== -1
  }

  #whole(text: string, start: number, source: Uint8Array, from: number, to: number, offset: number): boolean {
    if (to - from > this.#maxFrameBytes) return false
    const glued = this.#everGlued
    const number = this.#number + 1
    const end = this.#frameEnd
    this.#prove()
    const dataFrom = this.#dataFrom
    const dataTo = this.#dataTo
    const sent = glued ? `${text.slice(start, end)}\n` : source
    const sameHead = this.#sameHead
    const whole = { number, offset, text, start, end, dataFrom, dataTo, sameHead, source: sent, from, to }
    // A copy: a slice would keep all of the text.
    if (!sameHead) this.#head = toText(toBytes(text.slice(start, dataFrom + 1)))
    if (!this.#sink.whole(whole)) return false
    this.#number++
    this.#sniffing = false
    this.#swallow = glued
    if (glued) this.#unproven = { number, offset }
    return true
  }

  #line(text: string, end: Line['end'], bytes: Uint8Array, offset: number): void {
    if (bytes.length <= this.#maxFrameBytes) {
      if (text === '') this.#blank(end, bytes, offset)
      else this.#field({ field: fieldOf(text, this.#salvage), end, bytes: bytes.slice() }, text, offset)
      if (this.#size <= this.#maxFrameBytes) return
    }
    // A line that is too long by itself is the first of a frame that has no number yet.
    const number = this.#lines.length === 0 ? this.#number + 1 : this.#number
    this.#stop({ number, offset }, offset + this.#maxFrameBytes + 1)
  }

  /** The count of bytes ends at the one that broke the limit, however the bytes were cut. */
  #stop(where: Where, bytesIn: number): void {
    this.stopped = true
    this.#reporter.bytesIn = bytesIn
    this.#reporter.defect('sse/limit-exceeded', 'ended', where, { path: 'maxFrameBytes' })
  }

  #blank(end: Line['end'], bytes: Uint8Array, offset: number): void {
    if (this.#bare) return
    if (this.#swallow) {
      this.#swallow = false
      this.#unproven = undefined
    } else if (this.#lines.length === 0)
      this.#sink.filler(this.#number, offset, this.#salvage && end === '\r' ? '\n' : bytes)
    else {
      this.#add({ field: fieldOf(''), end, bytes: bytes.slice() }, offset)
      if (!this.#sniffing) this.#finish('blank')
    }
  }

  #field(line: Line, text: string, offset: number): void {
    const { kind, odd } = line.field
    this.#swallow = false
    if (this.#bare) {
      // Inside JSON without `data:` every line is JSON, until the event stream goes on or the value is whole.
      if ((kind !== 'data' && kind !== 'event') || odd !== undefined) {
        this.#add({ ...line, field: bareField(text) }, offset)
        this.#endAtWhole()
        return
      }
      this.#finish('glued')
    }
    if (this.#sniffing && kind !== 'unknown') {
      // The first line of an event stream has come: what stood before it was no body of another kind.
      this.#sniffing = false
      if (this.#lines.some(({ field }) => field.text === '')) this.#finish('blank')
    }
    if (!this.#salvage || (kind !== 'data' && kind !== 'bare')) {
      this.#add(line, offset)
      return
    }
    this.#prove()
    if (this.#dataLines > 0) {
      if (kind === 'bare') this.#finish('glued')
      else if (this.#wholeObject()) this.#part()
    }
    this.#bare = kind === 'bare'
    this.#add(line, offset)
    this.#dataLines = this.#lines.length
    this.#endAtWhole()
  }

  #add(line: Line, offset: number): void {
    if (this.#lines.length === 0) {
      this.#number++
      this.#offset = offset
    }
    this.#lines.push(line)
    this.#size += line.bytes.length
  }

  /** Lets a frame go at the end of its data, where no blank line can be counted on. */
  #endAtWhole(): void {
    if (this.#bare) {
      this.#wholeObject()
      if (this.#scan.status !== 'whole' && this.#scan.status !== 'malformed') return
    } else {
      if (!this.#everGlued || !this.#wholeObject()) return
      this.#unproven = { number: this.#number, offset: this.#offset }
    }
    this.#finish('glued')
    this.#swallow = true
  }

  /** Whether the data so far is a whole JSON object. Each line is scanned once, and none where this is never asked. */
  #wholeObject(): boolean {
    for (const { field, end } of this.#lines.slice(this.#scanned)) {
      const said = field.value.trim()
      // What stands in front of an object and says nothing is no part of it (T5, D-9).
      if (this.#scan.status === 'empty' && (said.startsWith(':') || carriesNothing(said))) continue
      // A line that the stream was cut in has no line end that could break a string.
      if (field.kind === 'data' || field.kind === 'bare') this.#scan.feed(end === '' ? field.value : `${field.value}\n`)
    }
    this.#scanned = this.#lines.length
    return this.#scan.status === 'whole' && this.#scan.isObject
  }

  /** Lets go the frame whose data is whole; the lines behind its data begin the next one. */
  #part(): void {
    const behind = this.#lines.splice(this.#dataLines)
    let offset = this.#offset
    for (const { bytes } of this.#lines) offset += bytes.length
    this.#everGlued = true
    this.#reporter.defect('sse/frame-separator-missing', 'rewrote', { number: this.#number, offset: this.#offset })
    this.#finish('glued')
    for (const line of behind) this.#add(line, offset)
  }

  /** D-8: a data line has proved that the frame before it was let go without its blank line. */
  #prove(): void {
    if (this.#unproven !== undefined) this.#reporter.defect('sse/frame-separator-missing', 'rewrote', this.#unproven)
    this.#unproven = undefined
  }

  #finish(end: Block['end']): void {
    const lines = this.#lines
    const to = this.#offset + this.#size
    const block: Block = { number: this.#number, offset: this.#offset, lines, end, body: this.#sniffing }
    if (end !== 'blank') {
      const last = lines.at(-1)?.end
      const ending = (last === '' ? lines[0]?.end : last) === '\r\n' ? '\r\n' : '\n'
      const missing = last === '' ? ending + ending : ending
      lines.push({ field: fieldOf(''), end: '', bytes: toBytes(missing) })
    }
    this.#lines = []
    this.#size = 0
    this.#dataLines = 0
    this.#bare = false
    this.#scan = new JsonScan()
    this.#scanned = 0
    this.#sink.block(block)
    if (this.#sink.held > this.#maxFrameBytes) this.#stop(block, to)
  }
}

const bareCR = /\r(?!\n)/

/** The position behind whole lines of a text in its bytes: as many line ends lie before it. */
function bytesBefore(text: string, from: number, to: number, bytes: Uint8Array, byteFrom: number): number {
  let byteAt = byteFrom
  for (let at = from; at < to; at = text.indexOf('\n', at) + 1) byteAt = bytes.indexOf(LF, byteAt) + 1
  return byteAt
}
