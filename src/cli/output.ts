import type { Writable } from 'node:stream'
import { Failure, systemProblem } from './failure.js'

/** Writes to a stream at once, says when it may go on, and knows when the reader went away. */
export interface Output {
  /** True once the reader has closed its end (EPIPE): nothing more can arrive, and that is no error. */
  readonly gone: boolean
  /** Writes now. What the stream cannot take yet is kept by the stream; `ready` waits for it. */
  write(chunk: Uint8Array | string): void
  /** Resolves once more may be written, or the reader is gone. Throws a Failure where writing failed. */
  ready(): Promise<void>
  /** Resolves once everything written has been handed to the system, or the reader is gone. */
  flushed(): Promise<void>
}

/** Takes charge of one output stream of the process, its errors included. */
export function createOutput(stream: Writable): Output {
  let gone = false
  let failure: Failure | undefined
  let full = false
  let pending = 0
  let wake: (() => void) | undefined
  const settle = () => {
    wake?.()
    wake = undefined
  }
  const fail = (error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code
    // EOF is what libuv says on Windows; the others follow when something is written behind the first error.
    if (code === 'EPIPE' || code === 'EOF' || code === 'ERR_STREAM_DESTROYED' || code === 'ECONNRESET') gone = true
    else failure ??= new Failure(`the output cannot be written: ${systemProblem(error)}`)
    settle()
  }
  stream.on('error', fail)
  stream.on('close', () => {
    gone ||= pending > 0
    settle()
  })
  stream.on('drain', () => {
    full = false
    settle()
  })
  const until = async (done: () => boolean) => {
    while (!done() && !gone && failure === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    if (failure !== undefined) throw failure
  }
  return {
    get gone() {
      return gone
    },
    write(chunk) {
      if (gone || failure !== undefined || chunk.length === 0) return
      pending++
      full = !stream.write(chunk, (error) => {
        pending--
        if (error) fail(error)
        else settle()
      })
    },
    ready: () => until(() => !full),
    flushed: () => until(() => pending === 0),
  }
}
