import { Reporter, type ReportHooks } from '../defects/reporter.js'
import { type Limits, resolveLimits } from '../stage/limits.js'
import type { Emit, EndReason, Stage } from '../stage/stage.js'
import { type Block, BlockAssembler, type BlockSink } from './block.js'
import type { Frame } from './frame.js'
import { eventFrame, loneId } from './frames.js'
import { createBlockReader, parseJson } from './parse.js'
import { Salvage } from './salvage.js'
import { type Line, Slicer } from './slice.js'

/** How bytes are read into frames. */
export interface DecodeOptions extends ReportHooks {
  /**
   * `salvage` (the default) mends framing damage as the docs list it; `strict` reads to the letter of the specification and
   * mends nothing.
   */
  readonly mode?: 'salvage' | 'strict' | undefined
  /** What a frame may cost: `maxFrameBytes`. */
  readonly limits?: Partial<Limits> | undefined
}

/** Reads blocks to the letter. */
class Strict {
  readonly #read = createBlockReader()
  #lastEventId = ''

  block(block: Block, emit: Emit<Frame>): void {
    if (block.end !== 'blank') return
    const dispatched =
      block.dataLines === 0
        ? undefined
        : this.#read(block.bareCR ? block.text.replaceAll(/\r\n|\r/g, '\n') : block.text)
    if (dispatched === undefined) {
      this.#lastEventId = loneId(block) ?? this.#lastEventId
      emit({ kind: 'comment', filler: false, number: block.number, offset: block.offset, raw: block.raw })
      return
    }
    this.#lastEventId = dispatched.id ?? this.#lastEventId
    const value = parseJson(dispatched.data)
    emit(eventFrame(block, dispatched, { value, raw: block.raw, lastEventId: this.#lastEventId }))
  }

  /** Strict reading takes every line by itself. */
  plain(): void {}

  plainGlued(): boolean {
    return false
  }

  end(): void {}
}

/** Bytes to frames: slice, lines, salvage, parse. */
export class Decode implements Stage<Uint8Array, Frame>, BlockSink {
  readonly #reporter: Reporter
  readonly #slicer: Slicer
  readonly #assembler: BlockAssembler
  readonly #reader: Strict | Salvage
  readonly #maxFrameBytes: number
  readonly #salvage: boolean
  #emit: Emit<Frame> = ignore
  #bomSeen = false
  #over = false
  stopped: EndReason | undefined

  constructor(options: DecodeOptions, reporter: Reporter, whole: (data: string) => boolean = never) {
    this.#reporter = reporter
    this.#salvage = options.mode !== 'strict'
    this.#maxFrameBytes = resolveLimits(options.limits).maxFrameBytes
    this.#assembler = new BlockAssembler(this, this.#salvage, this.#maxFrameBytes)
    this.#slicer = new Slicer(this.#assembler)
    this.#reader = this.#salvage ? new Salvage(reporter, whole) : new Strict()
  }

  push(chunk: Uint8Array, emit: Emit<Frame>): void {
    if (this.#over || this.stopped !== undefined) return
    this.#emit = emit
    this.#reporter.bytesIn += chunk.length
    this.#slicer.push(chunk)
    this.#noteBom()
    if (this.stopped === undefined && this.#slicer.pendingLength > this.#maxFrameBytes) {
      this.limit(this.#assembler.count, this.#slicer.offset)
    }
    this.#emit = ignore
  }

  end(reason: EndReason, emit: Emit<Frame>): void {
    if (this.#over) return
    this.#over = true
    if (reason === 'cancel' || this.stopped !== undefined) return
    this.#emit = emit
    this.#slicer.end()
    this.#noteBom()
    this.#assembler.end()
    if (this.stopped === undefined) this.#reader.end(emit)
    this.#emit = ignore
  }

  block(block: Block): void {
    if (this.stopped !== undefined) return
    this.#noteBom()
    this.#reporter.framesIn++
    this.#reader.block(block, this.#emit)
  }

  plain(number: number, line: Line): void {
    if (this.stopped !== undefined) return
    if (!this.#bomSeen) this.#noteBom()
    this.#reporter.framesIn++
    this.#reader.plain(number, line, this.#emit)
  }

  plainGlued(number: number, line: Line): boolean {
    if (this.stopped !== undefined) return true
    if (!this.#reader.plainGlued(number, line, this.#emit)) return false
    this.#reporter.framesIn++
    return true
  }

  filler(raw: Uint8Array | string, offset: number): void {
    if (this.stopped === undefined)
      this.#emit({ kind: 'comment', filler: true, number: this.#assembler.count, offset, raw })
  }

  glued(number: number, offset: number): void {
    this.#noteBom()
    this.#reporter.defect('sse/frame-separator-missing', 'rewrote', { number, offset })
  }

  limit(number: number, offset: number): void {
    if (this.stopped !== undefined) return
    this.stopped = 'limit'
    // The count ends at the byte that broke the limit, however the bytes were cut.
    this.#reporter.bytesIn = offset + this.#maxFrameBytes + 1
    this.#reporter.defect('sse/limit-exceeded', 'ended', { number, offset }, { path: 'maxFrameBytes' })
  }

  #noteBom(): void {
    if (this.#bomSeen || !this.#slicer.bom) return
    this.#bomSeen = true
    // T8: Codex and older SDKs read the mark as part of the first field.
    if (this.#salvage) this.#reporter.defect('sse/bom', 'dropped', { number: 0, offset: 0 })
  }
}

function ignore(): void {}

function never(): boolean {
  return false
}

/**
 * Makes the decode stage: bytes in, frames out.
 *
 * @returns a stage that reads to the letter of the specification (`mode: 'strict'`) or mends framing damage (the default).
 * @throws RangeError where a limit is not a positive integer.
 * @example
 * const frames: Frame[] = []
 * const stage = decode({ onDefect: (defect) => log(defect.code) })
 * stage.push(chunk, (frame) => frames.push(frame))
 * stage.end('eof', (frame) => frames.push(frame))
 */
export function decode(options: DecodeOptions = {}): Stage<Uint8Array, Frame> {
  return new Decode(options, new Reporter(undefined, options))
}
