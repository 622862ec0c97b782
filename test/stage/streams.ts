import type { Emit, EndReason, Stage } from '../../src/index.js'
import { bytesOf } from '../oracle/streams.js'

/** A source that gives what it is told to and writes down what is done to it. */
export interface WatchedSource {
  readonly stream: ReadableStream<Uint8Array>
  /** How many chunks have been asked for. */
  readonly pulls: () => number
  /** The bytes that have been handed out. */
  readonly taken: () => number
  /** The reasons it was cancelled with. */
  readonly cancelled: readonly unknown[]
}

/** What a source does after its last chunk. */
export type SourceEnding = 'close' | 'stay open' | { readonly fail: unknown }

/** A pull-based source with no queue of its own: a pull is a read of someone behind it. */
export function watchedSource(chunks: Iterable<string | Uint8Array>, ending: SourceEnding = 'close'): WatchedSource {
  const iterator = chunks[Symbol.iterator]()
  const cancelled: unknown[] = []
  let pulls = 0
  let taken = 0
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulls++
        const next = iterator.next()
        if (next.done !== true) {
          const chunk = typeof next.value === 'string' ? bytesOf(next.value) : next.value
          taken += chunk.length
          controller.enqueue(chunk)
        } else if (ending === 'close') controller.close()
        else if (ending === 'stay open') return new Promise<void>(() => {})
        else controller.error(ending.fail)
        return undefined
      },
      cancel(reason) {
        cancelled.push(reason)
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, pulls: () => pulls, taken: () => taken, cancelled }
}

/** Lets every promise that can settle do so. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise<void>((resolve) => setImmediate(resolve))
}

/** Reads a stream to its end and gives its chunks. */
export async function drained<Chunk>(stream: ReadableStream<Chunk>): Promise<Chunk[]> {
  const chunks: Chunk[] = []
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return chunks
    chunks.push(value)
  }
}

/** The text of some chunks. */
export function textOf(chunks: readonly Uint8Array[]): string {
  return Buffer.concat(chunks).toString()
}

/** A stage that hands every input on and says at the end why it ended; what it was called with is written down. */
export interface EchoStage<Value> extends Stage<Value, Value | string> {
  readonly pushed: Value[]
  readonly ends: EndReason[]
}

/** Makes an echo; `silent` inputs give no output. */
export function echo<Value>(silent: (value: Value) => boolean = () => false): EchoStage<Value> {
  const pushed: Value[] = []
  const ends: EndReason[] = []
  return {
    pushed,
    ends,
    push(input: Value, emit: Emit<Value | string>) {
      pushed.push(input)
      if (!silent(input)) emit(input)
    },
    end(reason: EndReason, emit: Emit<Value | string>) {
      ends.push(reason)
      emit(`ended: ${reason}`)
    },
  }
}

/** A source of any values, pulled one by one. */
export function valuesSource<Value>(values: readonly Value[]): {
  stream: ReadableStream<Value>
  pulls: () => number
  cancelled: unknown[]
} {
  const cancelled: unknown[] = []
  let pulls = 0
  const stream = new ReadableStream<Value>(
    {
      pull(controller) {
        const value = values[pulls++]
        if (value === undefined) controller.close()
        else controller.enqueue(value)
      },
      cancel(reason) {
        cancelled.push(reason)
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, pulls: () => pulls, cancelled }
}
