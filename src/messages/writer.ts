import type { JsonObject } from '../defects/protocol.js'
import type { Reporter, Where } from '../defects/reporter.js'
import { memberOf } from '../defects/shape.js'
import { frameText, keptLines } from '../sse/encode.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import { RewrittenFrame } from '../sse/frames.js'
import { type MadeEvent, madeFrame, restatedFrame } from '../sse/made.js'
import { deeperThan, spliceMember } from '../sse/splice.js'
import type { Emit } from '../stage/stage.js'
import { clientTool } from './shapes.js'

/**
 * The only emitter of the machine. It knows only what has gone downstream, numbers the blocks, and lets nothing out behind a
 * terminal.
 */
export class Writer {
  readonly #reporter: Reporter
  readonly #maxDepth: number
  #emit: Emit<Frame> = ignore
  /** `message_start` has gone out. */
  started = false
  /** The terminal has gone out. */
  ended = false
  /** The index of the next block. */
  next = 0
  /** Client tools that have gone out (AN-13). */
  clientTools = 0
  /** An event was nested too deeply to be written anew: what came behind it is not sent either, but the error that tells so. */
  tooDeep = false

  constructor(reporter: Reporter, maxDepth: number) {
    this.#reporter = reporter
    this.#maxDepth = maxDepth
  }

  /** Takes the outlet of one push. */
  bind(emit: Emit<Frame>): void {
    this.#emit = emit
  }

  /** Sends a comment, or an event that is not ours to read, as it is. */
  pass(frame: Frame): void {
    if (!this.ended && !this.tooDeep) this.#emit(frame)
  }

  /**
   * Sends an event with its original bytes where nothing in it changes, else spliced or written anew.
   *
   * @param index the downstream index it must carry; undefined where it has none.
   * @param restated the event to send instead, where more than its index changes.
   * @param data its data with that index; undefined where it has no member to put it in.
   */
  send(
    frame: EventFrame,
    type: string,
    index?: number,
    restated?: JsonObject,
    data: string | undefined = index === undefined || memberOf(frame.value, 'index') === index
      ? frame.data
      : spliceMember(frame.data, 'index', String(index)),
  ): void {
    if (this.ended || this.tooDeep) return
    const named = frame.event === type
    if (!named) this.#reporter.defect('sse/event-line-missing', 'rewrote', frame, { path: 'event', wanted: type })
    const numbered = index === undefined ? {} : { index }
    if (restated !== undefined || data === undefined) {
      if (!this.tooDeepToWrite(frame))
        this.#emit(restatedFrame(frame, { ...(restated ?? (frame.value as JsonObject)), ...numbered }, type))
    } else if (named && data === frame.data) this.#emit(frame)
    else this.#emit(new RewrittenFrame(frame, type, data, frameText(type, data, keptLines(frame))))
  }

  /** Sends an event of our own making. */
  make(event: MadeEvent, where: Where): void {
    this.pass(madeFrame(event, where))
  }

  /** Sends an error of ours as the terminal. */
  fail(event: MadeEvent, where: Where): void {
    if (!this.ended) this.#emit(madeFrame(event, where))
  }

  /** Notes a block that is being opened and gives it its index. */
  openBlock(type: string): number {
    if (type === clientTool) this.clientTools++
    return this.next++
  }

  /** Whether what a frame carries cannot be written anew without leaning on the stack (law 9). */
  tooDeepToWrite(frame: EventFrame): boolean {
    if (frame.data.length > this.#maxDepth && deeperThan(frame.data, this.#maxDepth)) this.tooDeep = true
    return this.tooDeep
  }
}

function ignore(): void {}
