import type { JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { frameText, keptLines } from '../sse/encode.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import { changedFrame, RewrittenFrame } from '../sse/frames.js'
import { deeperThan } from '../sse/splice.js'
import type { Emit } from '../stage/stage.js'

/** The only emitter of the machine: it lets nothing out behind the terminal. */
export class Writer {
  readonly #maxDepth: number
  #emit: Emit<Frame> = ignore
  /** The terminal has gone out. */
  ended = false
  /** Something that a chunk is made of is nested too deeply to be written anew (law 9). */
  tooDeep = false
  /** The data of the chunk that was sent last. */
  last = ''

  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth
  }

  /** Takes the outlet of one push. */
  bind(emit: Emit<Frame>): void {
    this.#emit = emit
  }

  /** Sends a frame as it is. */
  pass(frame: Frame): void {
    if (!this.ended) this.#emit(frame)
  }

  /** Sends a chunk: with its original bytes where it is the value that came, else written anew. */
  send(frame: EventFrame, chunk: JsonObject): void {
    if (this.ended) return
    if (chunk === frame.value && frame.event !== 'error') {
      this.last = frame.data
      this.#emit(frame)
    } else if (!this.tooDeepToWrite(frame)) {
      const data = JSON.stringify(chunk)
      this.last = data
      const event = frame.event === 'error' ? undefined : frame.event
      this.#emit(changedFrame(frame, { event, data, value: chunk, raw: frameText(event, data, keptLines(frame)) }))
    }
  }

  /** Sends a chunk that is known by its form, with the data that it must have. */
  sendData(frame: EventFrame, data: string): void {
    this.#emit(new RewrittenFrame(frame, frame.event, data, frameText(frame.event, data, keptLines(frame))))
  }

  /** Sends a chunk, or an error, of our own making. */
  make(value: JsonObject, where: Where): void {
    if (!this.ended) this.#emit(dataFrame(JSON.stringify(value), value, where))
  }

  /** Sends `[DONE]`, the last of every stream (CH-14). */
  done(where: Where): void {
    this.pass(dataFrame('[DONE]', undefined, where))
  }

  /** Whether what a frame carries cannot be written anew without leaning on the stack (law 9). */
  tooDeepToWrite(frame: EventFrame): boolean {
    if (frame.data.length > this.#maxDepth && deeperThan(frame.data, this.#maxDepth)) this.tooDeep = true
    return this.tooDeep
  }
}

/** A frame without a name, as all of this protocol are. */
function dataFrame(data: string, value: unknown, { number, offset }: Where): EventFrame {
  const raw = frameText(undefined, data)
  const plain = { event: undefined, lastEventId: '', plain: true, cut: false, body: undefined }
  return { kind: 'event', number, offset, raw, data, value, ...plain }
}

function ignore(): void {}
