import { concat } from './bytes.js'
import { type FieldKind, fieldKind, fieldValue, type LineKind, salvageKind } from './field.js'
import { JsonScan } from './json-scan.js'
import type { Line, LineSink } from './slice.js'

/** The lines between two blank lines, or what salvage takes for them. */
export interface Block {
  readonly number: number
  readonly offset: number
  /** All lines with their line ends. */
  readonly text: string
  readonly raw: Uint8Array
  readonly dataLines: number
  readonly eventLines: number
  /** Comment, `id:` and `retry:` lines. */
  readonly keptLines: number
  /** Some line needs salvage before the block can be read. */
  readonly odd: boolean
  readonly bareCR: boolean
  /** JSON without `data:`. */
  readonly bare: boolean
  /** How the block ended: by its blank line, where the next frame was glued to it, or because the stream was over. */
  readonly end: 'blank' | 'glued' | 'eof'
  /** Nothing of the body so far was an event stream. */
  readonly body: boolean
}

/** Takes what the assembler finds. */
export interface BlockSink {
  block(block: Block): void
  /** A blank line between blocks. */
  filler(raw: Uint8Array | string, offset: number): void
  /** A data line has proved that the block before it was let go without its blank line (D-8). */
  glued(number: number, offset: number): void
  limit(number: number, offset: number): void
  /** A whole frame of at most an `event:` and one `data:` line, read at once. */
  plain(number: number, line: Line): void
  /** The same without its blank line, where frames are glued. False where its data is no whole object after all. */
  plainGlued(number: number, line: Line): boolean
}

/**
 * Gathers lines into blocks.
 *
 * Strict, a block ends at a blank line. Salvaging, it also ends where a data line follows data that is already a whole JSON
 * object, and, once that has happened, at the end of such a line (DESIGN.md, glued frames; T5).
 */
export class BlockAssembler implements LineSink {
  readonly #sink: BlockSink
  readonly #salvage: boolean
  readonly #maxFrameBytes: number
  #number = 0
  #offset = 0
  #inFrame = false
  // What the block has from buffers that are gone, and where it lies in the one at hand.
  #text = ''
  #parts: Uint8Array[] = []
  #size = 0
  #textFrom = -1
  #textTo = 0
  #byteFrom = 0
  #byteTo = 0
  #line: Line | undefined
  // What the block is made of.
  #data = 0
  #events = 0
  #kept = 0
  #odd = false
  #bareCR = false
  #bare = false
  #blanks = false
  // Glued frames.
  #scan: JsonScan | undefined
  #dataTextEnd = 0
  #dataByteEnd = 0
  #everGlued = false
  #swallow = false
  #unproven: { number: number; offset: number } | undefined
  /** Nothing that an event stream is made of has come yet. */
  #sniffing: boolean

  constructor(sink: BlockSink, salvage: boolean, maxFrameBytes: number) {
    this.#sink = sink
    this.#salvage = salvage
    this.#sniffing = salvage
    this.#maxFrameBytes = maxFrameBytes
  }

  get inFrame(): boolean {
    return this.#inFrame
  }

  /** How many blocks have begun. */
  get count(): number {
    return this.#number
  }

  line(line: Line): void {
    this.#line = line
    if (line.byteNext - line.byteFrom > this.#maxFrameBytes) {
      this.#sink.limit(this.#number, line.offset)
      return
    }
    if (line.from === line.to) this.#blank(line)
    else if (this.#salvage) this.#salvaging(line)
    else this.#take(line, fieldKind(line.text, line.from, line.to))
    if (this.#inFrame && this.#length() > this.#maxFrameBytes) {
      this.#sink.limit(this.#number, line.offset)
    }
  }

  /**
   * The common frames, `event:` and `data: {…}` and a blank line, need no gathering of lines. Where frames are glued the blank
   * line is missing.
   */
  whole(text: string, at: number): number {
    if (this.#inFrame || !this.#salvage) return -1
    const glued = this.#everGlued
    if (!glued && (this.#swallow || this.#unproven !== undefined)) return -1
    let data = at
    if (text.charCodeAt(at) === 101) {
      if (!text.startsWith('event: ', at)) return -1
      data = text.indexOf('\n', at) + 1
      if (data === 0 || text.charCodeAt(data - 2) === 13) return -1
    }
    if (!text.startsWith('data: {', data)) return -1
    const lf = text.indexOf('\n', data)
    if (lf === -1 || text.charCodeAt(lf - 1) === 13) return -1
    if (glued) return text.charCodeAt(lf - 1) === 125 ? lf + 1 : -1
    return text.charCodeAt(lf + 1) === 10 ? lf + 2 : -1
  }

  frame(line: Line): void {
    this.#line = line
    if (line.byteNext - line.byteFrom > this.#maxFrameBytes) {
      // Which line breaks the limit must not depend on how the bytes were cut.
      this.#linesOf(line)
      return
    }
    this.#sniffing = false
    this.#number++
    if (!this.#everGlued) {
      this.#sink.plain(this.#number, line)
      return
    }
    this.#prove()
    this.#swallow = false
    if (this.#sink.plainGlued(this.#number, line)) {
      this.#unproven = { number: this.#number, offset: line.offset }
      this.#swallow = true
    } else {
      this.#number--
      this.#linesOf(line)
    }
  }

  /** Takes the lines of a range one by one after all. */
  #linesOf(range: Line): void {
    const { text, next, bytes, byteNext, offset } = range
    const line = { ...range }
    for (let at = range.from, byteAt = range.byteFrom; at < next; at = line.next, byteAt = line.byteNext) {
      line.from = at
      line.to = text.indexOf('\n', at)
      line.next = line.to + 1
      line.byteFrom = byteAt
      line.byteNext = Math.min(bytes.indexOf(10, byteAt) + 1, byteNext)
      line.offset = offset + byteAt - range.byteFrom
      line.end = 'lf'
      this.line(line)
    }
    this.#line = range
  }

  leave(): void {
    if (!this.#inFrame || this.#textFrom === -1 || this.#line === undefined) return
    this.#text += this.#line.text.slice(this.#textFrom, this.#textTo)
    // A copy, so that a held block does not pin its chunk.
    this.#parts.push(this.#line.bytes.slice(this.#byteFrom, this.#byteTo))
    this.#size += this.#byteTo - this.#byteFrom
    this.#textFrom = -1
  }

  /** Lets the last block go that no blank line has ended. */
  end(): void {
    if (this.#inFrame) this.#finish('eof')
  }

  #salvaging(line: Line): void {
    let kind: LineKind = fieldKind(line.text, line.from, line.to)
    let odd = false
    let from = line.from
    if (kind === 'unknown') {
      const salvaged = salvageKind(line.text, line.from, line.to)
      kind = salvaged.kind
      from = salvaged.from
      odd = kind !== 'unknown'
    }
    this.#swallow = false
    if (this.#bare) {
      // Inside JSON without `data:` every line is JSON, until the event stream goes on or the value is whole.
      if ((kind !== 'data' && kind !== 'event') || odd) {
        this.#takeBare(line)
        return
      }
      this.#finish('glued')
    }
    if (kind !== 'unknown') this.#known()
    if (kind === 'bare') {
      if (this.#data > 0) this.#finish('glued')
      this.#prove()
      this.#bare = true
      this.#odd = true
      this.#takeBare(line)
      return
    }
    const data = kind === 'data' || kind === 'error'
    if (data) {
      this.#prove()
      if (this.#data > 0 && this.#wholeObject()) this.#part()
    }
    this.#take(line, kind === 'error' ? 'data' : kind)
    if (odd) this.#odd = true
    if (!data) return
    if (this.#scan !== undefined) this.#scan.feed(`${fieldValue(line.text.slice(from, line.to))}\n`)
    if (this.#everGlued && this.#wholeObject()) {
      this.#unproven = { number: this.#number, offset: this.#offset }
      this.#finish('glued')
      this.#swallow = true
    }
  }

  #takeBare(line: Line): void {
    this.#take(line, 'unknown')
    this.#scan ??= new JsonScan()
    this.#scan.feed(line.text, line.from, line.next)
    const { status } = this.#scan
    if (status === 'whole' || status === 'malformed') {
      this.#finish('glued')
      this.#swallow = true
    }
  }

  /** The first line of an event stream has come: what stood before it was no body of another kind. */
  #known(): void {
    if (!this.#sniffing) return
    this.#sniffing = false
    if (this.#blanks) this.#finish('blank')
  }

  #blank(line: Line): void {
    if (this.#bare) return
    if (this.#swallow) {
      this.#swallow = false
      this.#unproven = undefined
      return
    }
    if (!this.#inFrame) {
      this.#sink.filler(line.end === 'cr' ? '\n' : line.bytes.subarray(line.byteFrom, line.byteNext), line.offset)
      return
    }
    this.#take(line, undefined)
    if (this.#sniffing) this.#blanks = true
    else this.#finish('blank')
  }

  #take(line: Line, kind: FieldKind | undefined): void {
    if (!this.#inFrame) {
      this.#inFrame = true
      this.#number++
      this.#offset = line.offset
    }
    if (this.#textFrom === -1) {
      this.#textFrom = line.from
      this.#byteFrom = line.byteFrom
    }
    this.#textTo = line.next
    this.#byteTo = line.byteNext
    if (line.end === 'cr') this.#bareCR = true
    if (kind === 'data') {
      this.#data++
      this.#dataTextEnd = this.#text.length + this.#textTo - this.#textFrom
      this.#dataByteEnd = this.#length()
    } else if (kind === 'event') this.#events++
    else if (kind !== undefined && kind !== 'unknown') this.#kept++
  }

  /** Whether the data so far is a whole JSON object. Scanned from the second data line on, each line once. */
  #wholeObject(): boolean {
    if (this.#scan === undefined) {
      this.#scan = new JsonScan()
      for (const line of this.#blockText().split(/\r\n|\n|\r/)) {
        const { kind, from } = salvageKind(line, 0, line.length)
        if (kind === 'data' || kind === 'error') this.#scan.feed(`${fieldValue(line.slice(from))}\n`)
      }
    }
    return this.#scan.status === 'whole' && this.#scan.isObject
  }

  /** Lets go the frame whose data is whole; the lines behind its data begin the next one. */
  #part(): void {
    const text = this.#blockText()
    const raw = this.#blockBytes()
    const { number, offset } = { number: this.#number, offset: this.#offset }
    const [textEnd, byteEnd] = [this.#dataTextEnd, this.#dataByteEnd]
    const rest = text.slice(textEnd)
    const events = rest.split(/\r\n|\n|\r/).filter((line) => salvageKind(line, 0, line.length).kind === 'event').length
    this.#everGlued = true
    this.#sink.glued(number, offset)
    this.#text = text.slice(0, textEnd)
    this.#parts = [raw.slice(0, byteEnd)]
    this.#textFrom = -1
    this.#events -= events
    const { odd, bareCR } = { odd: this.#odd, bareCR: this.#bareCR }
    this.#finish('glued')
    if (rest === '') return
    this.#inFrame = true
    this.#number++
    this.#offset = offset + byteEnd
    this.#text = rest
    this.#parts = [raw.slice(byteEnd)]
    this.#size = raw.length - byteEnd
    this.#events = events
    this.#kept = rest.split(/\r\n|\n|\r/).length - 1 - events
    this.#odd = odd
    this.#bareCR = bareCR
  }

  #prove(): void {
    if (this.#unproven === undefined) return
    this.#sink.glued(this.#unproven.number, this.#unproven.offset)
    this.#unproven = undefined
  }

  #length(): number {
    return this.#size + (this.#textFrom === -1 ? 0 : this.#byteTo - this.#byteFrom)
  }

  #blockText(): string {
    const line = this.#line
    return this.#textFrom === -1 || line === undefined
      ? this.#text
      : this.#text + line.text.slice(this.#textFrom, this.#textTo)
  }

  #blockBytes(): Uint8Array {
    const line = this.#line
    if (this.#textFrom === -1 || line === undefined) return concat(this.#parts)
    const here = line.bytes.subarray(this.#byteFrom, this.#byteTo)
    return this.#parts.length === 0 ? here : concat([...this.#parts, here])
  }

  #finish(end: Block['end']): void {
    const block: Block = {
      number: this.#number,
      offset: this.#offset,
      text: this.#blockText(),
      raw: this.#blockBytes(),
      dataLines: this.#data,
      eventLines: this.#events,
      keptLines: this.#kept,
      odd: this.#odd,
      bareCR: this.#bareCR,
      bare: this.#bare,
      end,
      body: this.#sniffing,
    }
    this.#inFrame = false
    this.#text = ''
    this.#parts = []
    this.#size = 0
    this.#textFrom = -1
    this.#data = 0
    this.#events = 0
    this.#kept = 0
    this.#odd = false
    this.#bareCR = false
    this.#bare = false
    this.#blanks = false
    this.#scan = undefined
    this.#sink.block(block)
  }
}
