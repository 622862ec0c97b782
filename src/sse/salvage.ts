import type { Code } from '../defects/codes.js'
import { isJsonObject } from '../defects/protocol.js'
import type { Reporter } from '../defects/reporter.js'
import type { Repair } from '../defects/types.js'
import type { Emit } from '../stage/stage.js'
import type { Block } from './block.js'
import { toBytes } from './bytes.js'
import { frameText } from './encode.js'
import { fieldValue, salvageKind } from './field.js'
import type { EventFrame, Frame } from './frame.js'
import { changedFrame, eventFrame, loneId, ReadFrame, unread } from './frames.js'
import { JsonScan } from './json-scan.js'
import { createBlockReader, type Dispatched, parseJson } from './parse.js'
import type { Line } from './slice.js'

/** Words that some gateways send as data to keep a connection open. They carry nothing. */
const keepAliveWord = /^"?(?:ping|pong|heartbeat|keep-?alive|ok)"?$/i

/** A frame whose JSON is not whole, waiting for one more frame (T11, D-3), and the comments that came behind it. */
interface Broken {
  readonly frame: EventFrame
  readonly scan: JsonScan
  readonly pieces: string[]
  readonly behind: Frame[]
}

/** Reads blocks into frames, and mends what real servers do to them. */
export class Salvage {
  readonly #reporter: Reporter
  readonly #read = createBlockReader()
  #lastEventId = ''
  #broken: Broken | undefined

  /** A cheap test of a protocol's that tells whether data is a whole JSON object; `JSON.parse` decides where it says no. */
  readonly #whole: (data: string) => boolean

  constructor(reporter: Reporter, whole: (data: string) => boolean) {
    this.#reporter = reporter
    this.#whole = whole
  }

  block(block: Block, emit: Emit<Frame>): void {
    if (block.body && !block.bare) this.#body(block, emit)
    else if (block.dataLines === 0 && !block.bare) this.#withoutData(block, emit)
    else this.#withData(block, emit)
  }

  /** A frame of at most an `event:` and one `data:` line, with its blank line. */
  plain(number: number, line: Line, emit: Emit<Frame>): void {
    const text = line.text.slice(line.from, line.next)
    const dispatched = this.#read(text)
    const value = this.#valueOf(dispatched)
    if (dispatched === undefined || value === undefined) {
      this.block(plainBlock(number, line, text), emit)
      return
    }
    const { bytes, byteFrom, byteNext } = line
    const frame = new ReadFrame(number, line.offset, dispatched, this.#lastEventId, value, bytes, byteFrom, byteNext)
    if (this.#broken === undefined) emit(frame)
    else this.#event(frame, emit)
  }

  /**
   * The same without its blank line, where frames are glued: one `JSON.parse` of one line decides. False where the line is not
   * a whole object.
   */
  plainGlued(number: number, line: Line, emit: Emit<Frame>): boolean {
    const text = `${line.text.slice(line.from, line.next)}\n`
    const dispatched = this.#read(text)
    const value = this.#valueOf(dispatched)
    if (dispatched === undefined || value === undefined) return false
    this.#event(new ReadFrame(number, line.offset, dispatched, this.#lastEventId, value, text, 0, text.length), emit)
    return true
  }

  #valueOf(dispatched: Dispatched | undefined): unknown {
    if (dispatched === undefined) return undefined
    return this.#whole(dispatched.data) ? unread : parseJson(dispatched.data)
  }

  /** Lets go what still waits. */
  end(emit: Emit<Frame>): void {
    this.#release(emit)
  }

  #withData(block: Block, emit: Emit<Frame>): void {
    let text = block.text
    let changed = false
    if (block.odd || block.bareCR) {
      text = this.#canonical(block)
      changed = true
    }
    if (block.end !== 'blank') {
      text = terminated(text)
      if (block.end === 'eof' && !block.bare) changed = true
    }
    const dispatched = this.#read(text)
    if (dispatched === undefined) return
    if (dispatched.id !== undefined) this.#lastEventId = dispatched.id
    const value = parseJson(dispatched.data)
    const raw = changed ? text : block.end === 'blank' ? block.raw : toBytes(text)
    if (typeof value === 'object' && value !== null) {
      if (changed && block.end === 'eof' && !block.bare) this.#defect('sse/no-final-blank-line', 'rewrote', block)
      this.#event(
        eventFrame(block, dispatched, {
          value,
          raw: this.#raw(block, dispatched, raw),
          lastEventId: this.#lastEventId,
        }),
        emit,
      )
    } else this.#odd(block, dispatched, value, raw, emit, 0)
  }

  /** JSON that stood without `data:` is written on one line; everything else keeps the lines it has. */
  #raw(block: Block, dispatched: Dispatched, raw: Uint8Array | string): Uint8Array | string {
    return block.bare ? frameText(dispatched.event, dispatched.data) : raw
  }

  /** Data that is no JSON object, or has something in front of it. */
  #odd(
    block: Block,
    got: Dispatched,
    value: unknown,
    raw: Uint8Array | string,
    emit: Emit<Frame>,
    depth: number,
  ): void {
    const { data } = got
    const text = data.trim()
    const cutOff = block.end === 'eof'
    const frame = (rest: Partial<EventFrame>, data = got.data) =>
      eventFrame(block, { event: got.event, data }, { value, raw, lastEventId: this.#lastEventId, ...rest })
    if (/^\[done\]$/i.test(text)) {
      // W-3: `[DONE]` is the sentinel only to the letter.
      const exact = data === '[DONE]'
      if (!exact) this.#defect('sse/sse-whitespace', 'rewrote', block)
      if (cutOff) this.#defect('sse/no-final-blank-line', 'rewrote', block)
      this.#event(exact ? frame({}) : frame({ raw: frameText(got.event, '[DONE]') }, '[DONE]'), emit)
    } else if (cutOff && (text === '' || startsJson(text) || '[DONE]'.startsWith(text))) {
      this.#defect('sse/no-final-blank-line', 'dropped', block)
      this.#event(frame({ value: undefined, cut: true }), emit)
    } else if (text === '' || value === null) {
      this.#defect('sse/data-empty-or-null', 'dropped', block)
    } else if (text.startsWith(':')) {
      // D-9: `data: : comment` becomes a comment again; what is glued to it is data still.
      this.#defect('sse/data-comment', 'rewrote', block)
      const [comment = ''] = /^(?:\s*:.*\n?)+/.exec(data) ?? []
      this.#comment({ ...placed(block), raw: `${comment.replace(/^\s+|\s+$/gm, '')}\n\n` }, emit)
      const rest = { event: got.event, data: data.slice(comment.length) }
      if (rest.data === '') return
      const value = parseJson(rest.data)
      const text = frameText(rest.event, rest.data)
      if (typeof value === 'object' && value !== null) {
        this.#event(eventFrame(block, rest, { value, raw: text, lastEventId: this.#lastEventId }), emit)
      } else this.#odd(block, rest, value, text, emit, depth)
    } else if (depth < 4 && /^(?:data|event|id|retry):/.test(text)) this.#prefixed(block, got, emit, depth)
    else if (startsJson(text)) this.#json(block, got, emit)
    else if (keepAliveWord.test(text)) this.#defect('sse/data-malformed-json', 'dropped', block)
    else {
      if (cutOff) this.#defect('sse/no-final-blank-line', 'rewrote', block)
      this.#event(frame({ value: undefined }), emit)
    }
  }

  /** `data: data: {…}` and `data: event: name`: a block inside the data of a block (T6). */
  #prefixed(block: Block, outer: Dispatched, emit: Emit<Frame>, depth: number): void {
    this.#defect('sse/double-data-prefix', 'rewrote', block)
    const read = this.#read(`${outer.data.trim()}\n\n`)
    if (read === undefined) return
    const inner = { ...read, event: read.event ?? outer.event }
    const value = parseJson(inner.data)
    const raw = frameText(inner.event, inner.data)
    if (typeof value === 'object' && value !== null) {
      this.#event(eventFrame(block, inner, { value, raw, lastEventId: this.#lastEventId, plain: true }), emit)
    } else this.#odd(block, inner, value, raw, emit, depth + 1)
  }

  /** Data that begins like JSON and is none: several objects in one frame, or one that is not whole. */
  #json(block: Block, got: Dispatched, emit: Emit<Frame>): void {
    let first = true
    for (let at = 0; at < got.data.length; ) {
      const scan = new JsonScan()
      const end = scan.feed(got.data, at)
      const piece = got.data.slice(at, scan.status === 'whole' ? end : undefined)
      if (piece.trim() === '') break
      const value = scan.status === 'whole' ? parseJson(piece) : undefined
      // The one `event:` line named one of them; what named the others is the `type` that each has.
      const event = first || got.event === undefined ? got.event : typeNamed(value)
      const frame = eventFrame(
        block,
        { event, data: piece },
        {
          value,
          raw: frameText(event, piece),
          lastEventId: this.#lastEventId,
          plain: true,
        },
      )
      if (!first) this.#defect('sse/frame-separator-missing', 'rewrote', block)
      if (scan.status === 'whole') this.#event(frame, emit)
      else {
        this.#unwhole(frame, scan, emit)
        break
      }
      first = false
      at = end
    }
  }

  /** One JSON cut over two frames, or more, is joined; what cannot be joined goes on as it is, and the machine ends. */
  #unwhole(frame: EventFrame, scan: JsonScan, emit: Emit<Frame>): void {
    if (scan.status !== 'cut') {
      this.#event(frame, emit)
      return
    }
    const broken = this.#broken
    if (broken !== undefined && this.#join(frame, emit)) return
    this.#release(emit)
    this.#broken = { frame, scan, pieces: [frame.data], behind: [] }
  }

  /** Tries to take a frame as the continuation of the broken one. */
  #join(frame: EventFrame, emit: Emit<Frame>): boolean {
    const broken = this.#broken
    if (broken === undefined || isObject(frame.value) || frame.cut || frame.data === '[DONE]') return false
    const end = broken.scan.feed(frame.data)
    broken.pieces.push(frame.data)
    if (broken.scan.status === 'cut') return true
    const data = broken.pieces.join('')
    const value = broken.scan.status === 'whole' && frame.data.slice(end).trim() === '' ? parseJson(data) : undefined
    if (!isObject(value)) {
      // What came is no JSON however it is put together: the first piece is handed on as the broken frame it is.
      this.#release(emit)
      return false
    }
    this.#broken = undefined
    this.#defect('sse/data-malformed-json', 'rewrote', { number: broken.frame.number, offset: broken.frame.offset })
    const event = broken.frame.event ?? frame.event
    emit(changedFrame(broken.frame, { event, data, value, raw: frameText(event, data) }))
    for (const behind of broken.behind) emit(behind)
    return true
  }

  #event(frame: EventFrame, emit: Emit<Frame>): void {
    if (this.#broken !== undefined) {
      if (this.#join(frame, emit)) return
      this.#release(emit)
    }
    emit(frame)
  }

  #comment(comment: { number: number; offset: number; raw: Uint8Array | string }, emit: Emit<Frame>): void {
    const frame: Frame = { kind: 'comment', filler: false, ...comment }
    if (this.#broken === undefined) emit(frame)
    else this.#broken.behind.push(frame)
  }

  #release(emit: Emit<Frame>): void {
    const broken = this.#broken
    if (broken === undefined) return
    this.#broken = undefined
    emit(broken.frame)
    for (const behind of broken.behind) emit(behind)
  }

  #withoutData(block: Block, emit: Emit<Frame>): void {
    if (block.end === 'eof') {
      this.#defect('sse/no-final-blank-line', 'dropped', block)
      return
    }
    if (block.eventLines > 0) {
      this.#defect('sse/data-empty-or-null', 'dropped', block)
      return
    }
    const id = loneId(block)
    if (id !== undefined) this.#lastEventId = id
    if (block.bareCR) this.#defect('sse/sse-whitespace', 'rewrote', block)
    this.#comment({ ...placed(block), raw: block.bareCR ? block.text.replaceAll(/\r\n|\r/g, '\n') : block.raw }, emit)
  }

  /** A body that is no event stream at all: handed over as one frame, whose data is the body. */
  #body(block: Block, emit: Emit<Frame>): void {
    const text = block.text.trim()
    // The first bytes of an event stream that was cut there say nothing yet.
    if (/^(?:d|da|dat|e|ev|eve|even|r|re|ret|retr|i)$/.test(text)) {
      this.#defect('sse/no-final-blank-line', 'dropped', block)
      return
    }
    this.#defect('sse/not-a-stream', 'ended', block)
    emit(
      eventFrame(
        block,
        { event: undefined, data: text },
        { value: undefined, raw: '', lastEventId: '', body: 'text', cut: true },
      ),
    )
  }

  /** The lines of a block as they should have been sent. */
  #canonical(block: Block): string {
    let text = ''
    let blanks = block.bareCR
    let bare = ''
    for (const line of block.text.split(/\r\n|\n|\r/)) {
      const { kind, from } = salvageKind(line, 0, line.length)
      // From its first line on, JSON without `data:` is JSON to the end of the block.
      if (block.bare && (bare !== '' || kind === 'bare')) {
        bare += `${line}\n`
        continue
      }
      if (kind === 'error') {
        this.#defect('errors/err-field-old', 'rewrote', block)
        text += `event: error\ndata: ${fieldValue(line.slice(from))}\n`
      } else if (line !== '') text += `${line.slice(from)}\n`
      if (from > 0 && kind !== 'error') blanks = true
    }
    if (blanks) this.#defect('sse/sse-whitespace', 'rewrote', block)
    if (block.bare) {
      this.#defect('sse/raw-ndjson', 'rewrote', block)
      text += `data: ${bare.trim().replaceAll('\n', '')}\n`
    }
    return `${text}\n`
  }

  #defect(code: Code, action: Repair, where: { number: number; offset: number }): void {
    this.#reporter.defect(code, action, where)
  }
}

function plainBlock(number: number, line: Line, text: string): Block {
  return {
    number,
    offset: line.offset,
    text,
    raw: line.bytes.subarray(line.byteFrom, line.byteNext),
    dataLines: 1,
    eventLines: text.startsWith('e') ? 1 : 0,
    keptLines: 0,
    odd: false,
    bareCR: false,
    bare: false,
    end: 'blank',
    body: false,
  }
}

function placed(block: Block): { number: number; offset: number } {
  return { number: block.number, offset: block.offset }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function typeNamed(value: unknown): string | undefined {
  const type = isJsonObject(value) ? value['type'] : undefined
  return typeof type === 'string' ? type : undefined
}

function startsJson(text: string): boolean {
  return text.startsWith('{')
}

/** The block with the line end and the blank line that it lacks. */
function terminated(text: string): string {
  if (/(?:\r\n|\n|\r(?!\n))(?:\r\n|\n|\r)$/.test(text)) return text
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  return /[\r\n]$/.test(text) ? text + lineEnd : text + lineEnd + lineEnd
}
