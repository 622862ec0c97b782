import { drainBytes, drainMilliseconds, owingMilliseconds } from './drain.js'
import type { Stage } from './stage.js'

/**
 * Drives a stage from anything that can be iterated, a `ReadableStream` or an async generator for instance.
 *
 * The source's failure ends the stage (`reset`) and the iteration ends well, the protocol's ending being its last output. To
 * leave the loop cancels the source. After the terminal the iteration is over at once; what the source still sends is taken
 * for at most 64 KiB or one second, and then the source is let go.
 *
 * @throws what a callback of the caller throws.
 * @example
 * for await (const chunk of iterate(response.body, messagesPipeline())) socket.write(chunk)
 */
export async function* iterate<In, Out>(
  source: AsyncIterable<In> | ReadableStream<In>,
  stage: Stage<In, Out>,
): AsyncGenerator<Out, void, undefined> {
  const iterator = iteratorOf(source)
  const outputs: Out[] = []
  const emit = (output: Out) => {
    outputs.push(output)
  }
  let open = true
  let second: Second | undefined
  try {
    for (;;) {
      let next: IteratorResult<In> | undefined
      try {
        const coming = iterator.next()
        if (stage.owing === true) second ??= startSecond()
        if (second !== undefined && (await second.runsOutBefore(coming))) {
          open = false
          stage.end('eof', emit)
          stage.flush?.(emit)
          yield* outputs.splice(0)
          void iterator.return?.().catch(ignore)
          return
        }
        next = await coming
      } catch {
        next = undefined
      }
      if (next === undefined || next.done === true) {
        open = false
        stage.end(next === undefined ? 'reset' : 'eof', emit)
      } else stage.push(next.value, emit)
      stage.flush?.(emit)
      const over = stage.ended === true || stage.stopped !== undefined
      if (open && over) {
        open = false
        void drain(iterator)
        stage.end('eof', emit)
        stage.flush?.(emit)
      }
      yield* outputs.splice(0)
      if (!open) return
    }
  } finally {
    second?.stop()
    if (open) {
      stage.end('cancel', emit)
      await iterator.return?.()
    }
  }
}

/** The second that an upstream has for the terminal it owes (D-47), whatever else it sends in it. */
interface Second {
  /** Whether the second is over before something comes. */
  runsOutBefore(coming: Promise<unknown>): Promise<boolean>
  stop(): void
}

function startSecond(): Second {
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), owingMilliseconds)
  })
  return {
    runsOutBefore: (coming) => {
      coming.catch(ignore)
      return Promise.race([over, coming.then(() => false)])
    },
    stop: () => clearTimeout(timer),
  }
}

/** What fails behind the end is nobody's concern. */
function ignore(): void {}

/** Takes a little of what the source still sends, so that its connection can be used again. Nothing is heard of it. */
async function drain<In>(iterator: AsyncIterator<In>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), drainMilliseconds)
  })
  try {
    for (let taken = 0; taken <= drainBytes; ) {
      const next = await Promise.race([iterator.next(), late])
      if (next === undefined || next.done === true) break
      taken += next.value instanceof Uint8Array ? next.value.length : 1
    }
    await iterator.return?.()
  } catch {
    // The answer is whole; what becomes of the connection is no concern of its reader.
  } finally {
    clearTimeout(timer)
  }
}

/** The iterator of a source. That of a stream is ours: its `return` need not wait for a read that never ends. */
function iteratorOf<In>(source: AsyncIterable<In> | ReadableStream<In>): AsyncIterator<In> {
  if (!('getReader' in source)) return source[Symbol.asyncIterator]()
  const reader = source.getReader()
  return {
    next: async () => {
      const { done, value } = await reader.read()
      return done ? { done: true, value: undefined } : { done: false, value }
    },
    return: async () => {
      await reader.cancel()
      return { done: true, value: undefined }
    },
  }
}
