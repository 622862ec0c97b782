import { drainBytes, drainMilliseconds } from './drain.js'
import type { EndReason, Stage } from './stage.js'

/** A readable and a writable side, accepted wherever a `TransformStream` is. */
export interface TransformPair<In, Out> {
  readonly readable: ReadableStream<Out>
  readonly writable: WritableStream<In>
}

/**
 * Makes a stream pair of a stage.
 *
 * A native `TransformStream` cannot do the job: when its source fails it calls no `flush` and throws away what is queued, so
 * that a connection reset could not end in-band. Here the source's failure ends the stage (`reset`) and closes the readable
 * after the last frame. Backpressure is kept: nothing is read before the reader asks. The reader's `cancel` reaches the source.
 *
 * Once the stage has emitted the protocol's terminal the readable closes at once; at most 64 KiB or one second of what the
 * source still sends is taken and forgotten, so that its connection can be used again, and then the source is cancelled.
 *
 * @throws what a callback of the caller throws, to both sides.
 * @example
 * response.body.pipeThrough(toTransformStream(messagesPipeline()))
 */
export function toTransformStream<In, Out>(stage: Stage<In, Out>): TransformPair<In, Out> {
  const pair = new Pair(stage)
  return { readable: pair.readable, writable: pair.writable }
}

class Pair<In, Out> {
  readonly readable: ReadableStream<Out>
  readonly writable: WritableStream<In>
  readonly #stage: Stage<In, Out>
  #reader: ReadableStreamDefaultController<Out> | undefined
  #writer: WritableStreamDefaultController | undefined
  /** The reader has asked for more; resolved by the next `pull`. */
  #wanted: Promise<void>
  #want: () => void = ignore
  #over = false
  #drained = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(stage: Stage<In, Out>) {
    this.#stage = stage
    this.#wanted = this.#nextWant()
    this.readable = new ReadableStream<Out>(
      {
        start: (controller) => {
          this.#reader = controller
        },
        pull: () => {
          this.#want()
        },
        cancel: (reason) => this.#cancel(reason),
      },
      { highWaterMark: 0 },
    )
    this.writable = new WritableStream<In>(
      {
        start: (controller) => {
          this.#writer = controller
        },
        write: (chunk) => this.#write(chunk),
        close: () => this.#close('eof'),
        abort: () => this.#close('reset'),
      },
      { highWaterMark: 1 },
    )
  }

  #nextWant(): Promise<void> {
    return new Promise((resolve) => {
      this.#want = resolve
    })
  }

  async #write(chunk: In): Promise<void> {
    if (this.#over) {
      this.#drain(chunk)
      return
    }
    await this.#wanted
    if (this.#over) return
    this.#run(() => {
      let sent = false
      const emit = (output: Out) => {
        sent = true
        this.#reader?.enqueue(output)
      }
      this.#stage.push(chunk, emit)
      this.#stage.flush?.(emit)
      // What was asked for is served; the next chunk waits for the next pull.
      if (sent && (this.#reader?.desiredSize ?? 0) <= 0) this.#wanted = this.#nextWant()
    })
    if (this.#stage.ended === true || this.#stage.stopped !== undefined) {
      this.#finish('eof')
      this.#timer = setTimeout(() => this.#letGo(), drainMilliseconds)
    }
  }

  #close(reason: EndReason): void {
    clearTimeout(this.#timer)
    if (!this.#over) this.#finish(reason)
  }

  /** Ends the stage and closes the readable behind its last output. */
  #finish(reason: EndReason): void {
    this.#over = true
    this.#run(() => {
      const emit = (output: Out) => this.#reader?.enqueue(output)
      this.#stage.end(reason, emit)
      this.#stage.flush?.(emit)
      this.#reader?.close()
    })
  }

  #cancel(reason: unknown): void {
    if (this.#over) return
    this.#over = true
    this.#want()
    // The writable's failure is what reaches the source: pipeTo cancels it with this reason.
    this.#writer?.error(reason)
    this.#stage.end('cancel', ignore)
  }

  /** After the terminal: takes a little more and forgets it, then lets go of the source. */
  #drain(chunk: In): void {
    this.#drained += chunk instanceof Uint8Array ? chunk.length : 1
    if (this.#drained > drainBytes) this.#letGo()
  }

  #letGo(): void {
    clearTimeout(this.#timer)
    this.#writer?.error(new DOMException('The protocol has ended; the rest of the body is not wanted.', 'AbortError'))
  }

  /** Runs a step; what a caller's callback throws goes to both sides. */
  #run(step: () => void): void {
    try {
      step()
    } catch (error) {
      this.#over = true
      this.#reader?.error(error)
      this.#writer?.error(error)
      throw error
    }
  }
}

function ignore(): void {}
