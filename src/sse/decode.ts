import { Reporter, type ReportHooks } from '../defects/reporter.js'
import { type Limits, resolveLimits } from '../stage/limits.js'
import type { Emit, EndReason, Stage } from '../stage/stage.js'
import { BlockAssembler } from './block.js'
import type { Frame } from './frame.js'
import { BlockReader } from './salvage.js'
import { Slicer } from './slice.js'

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

/** Bytes to frames: slice, lines, salvage, parse. */
export class Decode implements Stage<Uint8Array, Frame> {
  readonly #reporter: Reporter
  readonly #slicer: Slicer
  readonly #blocks: BlockAssembler
  readonly #reader: BlockReader
  #over = false

  /** @param isWhole tells data that is a whole JSON object without parsing it; it may say no to any. */
  constructor(options: DecodeOptions, reporter: Reporter, isWhole: (data: string) => boolean = () => false) {
    const salvage = options.mode !== 'strict'
    const { maxFrameBytes } = resolveLimits(options.limits)
    this.#reporter = reporter
    this.#reader = new BlockReader(reporter, salvage, isWhole)
    this.#blocks = new BlockAssembler(this.#reader, reporter, salvage, maxFrameBytes)
    // A byte order mark does not count as part of the first line.
    this.#slicer = new Slicer(this.#blocks, maxFrameBytes + 3)
  }

  get stopped(): EndReason | undefined {
    return this.#blocks.stopped ? 'limit' : undefined
  }

  push(chunk: Uint8Array, emit: Emit<Frame>): void {
    if (this.#over || this.#blocks.stopped) return
    this.#reader.emit = emit
    this.#reporter.bytesIn += chunk.length
    this.#slicer.push(chunk)
  }

  end(reason: EndReason, emit: Emit<Frame>): void {
    if (this.#over) return
    this.#over = true
    if (reason === 'cancel' || this.#blocks.stopped) return
    this.#reader.emit = emit
    this.#slicer.end()
    this.#blocks.end()
    if (!this.#blocks.stopped) this.#reader.end()
  }
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
