import { drainBytes, drainMilliseconds, owingMilliseconds } from './drain.js'
import type { Emit, EndReason, Stage } from './stage.js'

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
  let reader: ReadableStreamDefaultController<Out>
  let writer: WritableStreamDefaultController
  /** The reader has asked for more. */
  let wanted = false
  /** Lets the chunk go on that waits for the reader to ask. */
  let resume: (() => void) | undefined
  const want = () => {
    wanted = true
    resume?.()
    resume = undefined
  }
  let over = false
  let drained = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Runs a step and hands its output on, if any; what a caller's callback throws goes to both sides. */
  const run = (step: (emit: Emit<Out>) => void): boolean => {
    let sent = false
    try {
      const emit = (output: Out) => {
        sent = true
        reader.enqueue(output)
      }
      step(emit)
      stage.flush?.(emit)
    } catch (error) {
      over = true
      reader.error(error)
      writer.error(error)
      throw error
    }
    return sent
  }
  /** Ends the stage and closes the readable behind its last output. */
  const finish = (reason: EndReason) => {
    clearTimeout(timer)
    if (over) return
    over = true
    run((emit) => stage.end(reason, emit))
    reader.close()
  }
  const letGo = () => {
    clearTimeout(timer)
    writer.error(new DOMException('The protocol has ended; the rest of the body is not wanted.', 'AbortError'))
  }
  const take = (chunk: In) => {
    if (over) {
      // After the terminal: takes a little more and forgets it, then lets go of the source.
      drained += chunk instanceof Uint8Array ? chunk.length : 1
      if (drained > drainBytes) letGo()
      return
    }
    const sent = run((emit) => stage.push(chunk, emit))
    // What was asked for is served; the next chunk waits for the next pull.
    if (sent && (reader.desiredSize ?? 0) <= 0) wanted = false
    if (stage.ended === true || stage.stopped !== undefined) {
      finish('eof')
      timer = setTimeout(letGo, drainMilliseconds)
    } else if (stage.owing === true) {
      // One second for all that may come: comments do not start it again.
      timer ??= setTimeout(() => {
        finish('eof')
        // A chunk that waits for the reader would keep the source from hearing of it.
        want()
        letGo()
      }, owingMilliseconds)
    }
  }

  const readable = new ReadableStream<Out>(
    {
      start: (controller) => {
        reader = controller
      },
      pull: () => want(),
      cancel: (reason) => {
        if (over) return
        over = true
        clearTimeout(timer)
        want()
        // The writable's failure is what reaches the source: pipeTo cancels it with this reason.
        writer.error(reason)
        stage.end('cancel', () => {})
      },
    },
    { highWaterMark: 0 },
  )
  const writable = new WritableStream<In>({
    start: (controller) => {
      writer = controller
    },
    write: (chunk) => {
      // Most chunks come when they are asked for: no promise for those.
      if (over || wanted) return take(chunk)
      const asked = new Promise<void>((resolve) => {
        resume = resolve
      })
      return asked.then(() => take(chunk))
    },
    close: () => finish('eof'),
    abort: () => finish('reset'),
  })
  return { readable, writable }
}
