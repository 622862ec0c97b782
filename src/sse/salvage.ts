import type { Code } from '../defects/codes.js'
import { isJsonObject } from '../defects/protocol.js'
import type { Reporter } from '../defects/reporter.js'
import type { Repair } from '../defects/types.js'
import type { Emit } from '../stage/stage.js'
import type { Block, BlockSink, Whole } from './block.js'
import { concat, toBytes, toText } from './bytes.js'
import { frameText } from './encode.js'
import { carriesNothing, type Field, isKept, keepAliveWord } from './field.js'
import type { EventFrame, Frame } from './frame.js'
import { changedFrame, ReadFrame, unread } from './frames.js'
import { JsonScan } from './json-scan.js'
import { createBlockReader, type Dispatched, parseJson } from './parse.js'

/** The sentinel, with nothing behind it. */
const doneAlone = /^\[done\]\s*$/i

/** What stands in the last line of a stream that was cut before anything of it could be told. */
const cutField = /^(?:d|da|dat|e|ev|eve|even|r|re|ret|retr|i)$/

/** A frame whose JSON is not whole, waiting for one more frame (T11, D-3). Comments pass it. */
interface Broken {
  readonly frame: EventFrame
  readonly scan: JsonScan
  data: string
}

/** Reads blocks into frames, to the letter or mending what real servers do to them. */
export class BlockReader implements BlockSink {
  readonly #reporter: Reporter
  readonly #salvage: boolean
  readonly #read = createBlockReader()
  /** A cheap test of a protocol's that tells whether data is a whole JSON object; `JSON.parse` decides where it says no. */
  readonly #isWhole: (data: string) => boolean
  /** The event of the last whole frame. */
  #wholeEvent: string | undefined
  #lastEventId = ''
  #broken: Broken | undefined
  /** Where frames go. */
  emit: Emit<Frame> = () => {}

  constructor(reporter: Reporter, salvage: boolean, isWhole: (data: string) => boolean) {
    this.#reporter = reporter
    this.#salvage = salvage
    this.#isWhole = isWhole
  }

  get held(): number {
    return this.#broken?.data.length ?? 0
  }

  filler(number: number, offset: number, raw: Uint8Array | string): void {
    this.emit({ kind: 'comment', filler: true, number, offset, raw })
  }

  /** One `JSON.parse` of one line decides about most frames. */
  whole(whole: Whole): boolean {
    const got = this.#dispatched(whole)
    if (got === undefined) return false
    const value = this.#isWhole(got.data) ? unread : parseJson(got.data)
    if (value === undefined) return false
    this.#reporter.framesIn++
    this.#event(new ReadFrame(whole, got, this.#lastEventId, value))
    return true
  }

  /**
   * What a whole frame dispatches. Mostly all that stands in front of its data stood in front of that of the frame before, and then
   * the parser need not be asked again: the data is the rest of its line.
   */
  #dispatched({ text, start, end, dataFrom, dataTo, sameHead }: Whole): Dispatched | undefined {
    if (sameHead) return { id: undefined, event: this.#wholeEvent, data: text.slice(dataFrom, dataTo) }
    // A blank line is missing where frames are glued, and one too many is none.
    const got = this.#read(`${text.slice(start, end)}\n`)
    // A copy: what the parser read is a slice, and would keep all of the text.
    this.#wholeEvent = got?.event && toText(toBytes(got.event))
    return got
  }

  block(block: Block): void {
    const { number, offset, lines } = block
    const fields = lines.map(({ field }) => field)
    this.#reporter.framesIn++
    if (block.body) {
      this.#body(block, fields.map(({ text }) => text).join('\n'))
      return
    }
    for (const { kind, value } of fields) if (kind === 'id' && !value.includes('\0')) this.#lastEventId = value
    const bareCR = lines.some(({ end }) => end === '\r')
    const text = asItShouldBe(fields)
    const got = this.#read(text)
    const bytes = concat(lines.map((line) => line.bytes))
    const eof = block.end === 'eof'
    if (!this.#salvage && eof) return
    if (got === undefined) {
      if (this.#salvage && eof) this.#defect('sse/no-final-blank-line', 'dropped', block)
      else if (this.#salvage && fields.some(({ kind }) => kind === 'event')) {
        this.#defect('sse/data-empty-or-null', 'dropped', block)
      } else {
        const mended = this.#salvage && bareCR
        if (mended) this.#defect('sse/sse-whitespace', 'rewrote', block)
        this.#comment(block, mended ? text : bytes)
      }
      return
    }
    const odd = new Set(fields.map((field) => field.odd))
    if (this.#salvage && bareCR) odd.add('sse/sse-whitespace')
    odd.delete(undefined)
    for (const code of odd) if (code !== undefined) this.#defect(code, 'rewrote', block)
    const raw = odd.size > 0 ? text : bytes
    const plain = !fields.some(isKept)
    const place = {
      kind: 'event',
      number,
      offset,
      lastEventId: this.#lastEventId,
      plain,
      cut: false,
      body: undefined,
    } as const
    const frame: EventFrame = { ...place, event: got.event, data: got.data, value: parseJson(got.data), raw }
    if (this.#salvage) this.#data(frame, eof, 0)
    else this.emit(frame)
  }

  /** Lets go what still waits. */
  end(): void {
    this.#release()
  }

  #data(frame: EventFrame, eof: boolean, depth: number): void {
    if (isObject(frame.value)) {
      if (eof) this.#defect('sse/no-final-blank-line', 'rewrote', frame)
      this.#event(frame)
    } else this.#odd(frame, eof, depth)
  }

  /**
   * Takes off the front of data the lines that carry nothing and were glued there (T5), and those that are comments (D-9).
   *
   * @returns where the rest begins; 0 where there are none.
   */
  #leading(frame: EventFrame): number {
    const { data } = frame
    let comment = ''
    let at = 0
    while (at < data.length) {
      const lf = data.indexOf('\n', at)
      const line = data.slice(at, lf === -1 ? undefined : lf).trim()
      if (line.startsWith(':')) comment += `${line}\n`
      else if (lf !== -1 && carriesNothing(line)) this.#defect('sse/data-empty-or-null', 'dropped', frame)
      else break
      at = lf === -1 ? data.length : lf + 1
    }
    if (comment !== '') {
      this.#defect('sse/data-comment', 'rewrote', frame)
      this.#comment(frame, `${comment}\n`)
    }
    return at
  }

  /** Data that is no JSON object, or has something in front of it. */
  #odd(frame: EventFrame, eof: boolean, depth: number): void {
    const { event, data, value } = frame
    const text = data.trim()
    const rest = value === undefined && text !== '' ? this.#leading(frame) : 0
    if (rest > 0) {
      if (rest < data.length) this.#data(withData(frame, event, data.slice(rest)), eof, depth)
    } else if (/^\[done\]$/i.test(text)) {
      // W-3: `[DONE]` is the sentinel only to the letter.
      const exact = data === '[DONE]'
      if (!exact) this.#defect('sse/sse-whitespace', 'rewrote', frame)
      if (eof) this.#defect('sse/no-final-blank-line', 'rewrote', frame)
      this.#event(exact ? frame : changedFrame(frame, { data: '[DONE]', raw: frameText(event, '[DONE]') }))
    } else if (eof && '[DONE]'.startsWith(text)) this.#cut(frame)
    else if (text === '' || value === null) this.#defect('sse/data-empty-or-null', 'dropped', frame)
    else if (depth < 4 && /^(?:data|event|id|retry):/.test(text)) {
      // T6: `data: data: {…}` and `data: event: name` are a block inside the data of a block.
      this.#defect('sse/double-data-prefix', 'rewrote', frame)
      const inner = this.#read(`${text}\n\n`)
      if (inner === undefined) return
      this.#data(withData(frame, inner.event ?? event, inner.data), eof, depth + 1)
    } else if (text.startsWith('{')) this.#json(frame, eof)
    else if (keepAliveWord.test(text)) this.#defect('sse/data-malformed-json', 'dropped', frame)
    else {
      if (eof) this.#defect('sse/no-final-blank-line', 'rewrote', frame)
      this.#event({ ...frame, value: undefined })
    }
  }

  /** What is left of a frame in which the stream ended: handed on, but never sent on. */
  #cut(frame: EventFrame): void {
    this.#defect('sse/no-final-blank-line', 'dropped', frame)
    this.#event({ ...frame, value: undefined, cut: true })
  }

  /** Data that begins like JSON and is none: several objects in one frame, or one that is not whole. */
  #json(frame: EventFrame, eof: boolean): void {
    const { data: all } = frame
    for (let at = 0; at < all.length; ) {
      if (at > 0 && doneAlone.test(all.slice(at, at + 16))) {
        this.#defect('sse/frame-separator-missing', 'rewrote', frame)
        this.#event(withData(frame, undefined, '[DONE]'))
        break
      }
      const scan = new JsonScan()
      const end = scan.feed(all, at)
      const whole = scan.status === 'whole'
      const data = all.slice(at, whole ? end : undefined)
      if (eof && !whole) {
        this.#cut(frame)
        break
      }
      if (eof && at === 0) this.#defect('sse/no-final-blank-line', 'rewrote', frame)
      const value = whole ? parseJson(data) : undefined
      // The one `event:` line named one of them; what named the others is the `type` that each has.
      const event = at === 0 || frame.event === undefined ? frame.event : typeNamed(value)
      if (at > 0) this.#defect('sse/frame-separator-missing', 'rewrote', frame)
      this.#event({ ...frame, event, data, value, raw: frameText(event, data), plain: true }, scan)
      if (!whole) break
      at = this.#behindNothing(frame, end)
    }
  }

  /** Where what stands behind an object begins: white space and lines that carry nothing are passed over. */
  #behindNothing(frame: EventFrame, from: number): number {
    const { data } = frame
    for (let at = from; at < data.length; ) {
      const lf = data.indexOf('\n', at)
      const line = data.slice(at, lf === -1 ? undefined : lf)
      const said = line.trim()
      if (!carriesNothing(said)) return at + line.length - line.trimStart().length
      if (said !== '') this.#defect('sse/data-empty-or-null', 'dropped', frame)
      at = lf === -1 ? data.length : lf + 1
    }
    return data.length
  }

  /** Sends a frame; one whose JSON is cut waits. What cannot be joined goes on as it is, and the machine ends. */
  #event(frame: EventFrame, scan?: JsonScan): void {
    if (this.#broken !== undefined) {
      if (this.#join(this.#broken, frame)) return
      this.#release()
    }
    if (scan?.status === 'cut') this.#broken = { frame, scan, data: frame.data }
    else this.emit(frame)
  }

  /** Takes a frame as the continuation of the broken one (T11), where it can be. */
  #join(broken: Broken, frame: EventFrame): boolean {
    if (isObject(frame.value) || frame.cut || frame.data === '[DONE]') return false
    const end = broken.scan.feed(frame.data)
    broken.data += frame.data
    if (broken.scan.status === 'cut') return true
    const { data } = broken
    const value = frame.data.slice(end).trim() === '' ? parseJson(data) : undefined
    if (!isObject(value)) return false
    this.#defect('sse/data-malformed-json', 'rewrote', broken.frame)
    const event = broken.frame.event ?? frame.event
    this.#release(changedFrame(broken.frame, { event, data, value, raw: frameText(event, data) }))
    return true
  }

  #comment(place: { readonly number: number; readonly offset: number }, raw: Uint8Array | string): void {
    this.emit({ kind: 'comment', filler: false, number: place.number, offset: place.offset, raw })
  }

  #release(joined?: EventFrame): void {
    const broken = this.#broken
    if (broken === undefined) return
    this.#broken = undefined
    this.emit(joined ?? broken.frame)
  }

  /** A body that is no event stream at all: handed over as one frame, whose data is the body. */
  #body(block: Block, body: string): void {
    const data = body.trim()
    if (cutField.test(data)) {
      this.#defect('sse/no-final-blank-line', 'dropped', block)
      return
    }
    this.#defect('sse/not-a-stream', 'ended', block)
    const { number, offset } = block
    const read = { event: undefined, data, value: undefined, lastEventId: '', raw: '' }
    this.emit({ kind: 'event', number, offset, ...read, plain: true, cut: true, body: 'text' })
  }

  #defect(code: Code, action: Repair, where: { readonly number: number; readonly offset: number }): void {
    this.#reporter.defect(code, action, where)
  }
}

/** The frame with other data, and no other line. */
function withData(frame: EventFrame, event: string | undefined, data: string): EventFrame {
  return { ...frame, event, data, value: parseJson(data), raw: frameText(event, data), plain: true }
}

/** The text of a block as it should have been sent; JSON without `data:` (T7) gets one line of data. */
function asItShouldBe(fields: readonly Field[]): string {
  const hasBare = fields.some(({ kind }) => kind === 'bare')
  let text = ''
  let bare = ''
  for (const field of fields) {
    if (field.kind === 'bare') bare += field.text
    else if (field.text !== '') text += `${field.text}\n`
  }
  return hasBare ? `${text}data: ${bare.trim()}\n\n` : `${text}\n`
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function typeNamed(value: unknown): string | undefined {
  const type = isJsonObject(value) ? value['type'] : undefined
  return typeof type === 'string' ? type : undefined
}
