import { setFlagsFromString } from 'node:v8'
import { do_not_optimize } from 'mitata'
import { createPipeline } from '../src/index.js'
import { chunkPerFrame, chunksOf } from './chunks.js'
import type { Figure } from './figure.js'
import { limits } from './limits.js'
import type { BenchProtocol, BenchSet, BenchStream } from './streams.js'

const events = { small: 10_000, large: 100_000 } as const
const mebibyte = 1024 * 1024

type Cut = (frames: Iterable<string>) => Iterable<Uint8Array>

/**
 * What a pipeline keeps: how much the heap grows, after collection, from 10,000 events of a stream to 100,000 of the same one,
 * with the pipeline still open: the most of it over the last events, which repeat the answer, and behind them. The chunks are
 * made one by one and forgotten; what the bench itself keeps of an answer while it makes it is measured alone, and taken off.
 */
export function* memory(sets: readonly BenchSet[]): Generator<Figure> {
  // What the compiler holds on to in the background is let go when it likes, megabytes of it at times.
  setFlagsFromString('--no-concurrent-recompilation')
  for (const { protocol, conformant, conformantToo = [], broken, others } of sets) {
    for (const stream of [conformant, ...conformantToo, ...broken, ...others])
      yield kept(protocol, stream, '16 KiB', chunksOf)
    yield kept(protocol, conformant, '1 event', chunkPerFrame)
  }
}

function kept(protocol: BenchProtocol, stream: BenchStream, chunks: string, cut: Cut): Figure {
  const characters = new KeptCharacters(protocol)
  const own = growth(stream, cut, do_not_optimize)
  const pipeline = createPipeline({ protocol })
  const both = growth(stream, cut, (chunk) => pipeline.push(chunk, do_not_optimize), characters)
  pipeline.end('eof', do_not_optimize)
  do_not_optimize(pipeline.report())
  return {
    protocol,
    name: stream.name,
    chunks,
    subject: 'stage, heap at 100k events',
    base: 'itself, 10k events',
    value: Math.max(...both.map((bytes, at) => bytes - (own[at] ?? Number.NaN))) / mebibyte,
    unit: 'MiB',
    limit: limits.heapMiB + (limits.bytesPerCharacter * characters.grown) / mebibyte,
  }
}

/** By how many bytes the heap has grown while something is fed with a stream, at some places near the end and behind it. */
function growth(
  stream: BenchStream,
  cut: Cut,
  feed: (chunk: Uint8Array) => void,
  characters?: KeptCharacters,
): number[] {
  let seen = 0
  function* counted(): Generator<string> {
    for (const frame of stream.frames(events.large)) {
      yield frame
      seen++
      characters?.take(frame)
    }
  }
  let before = Number.NaN
  let next: number = events.small
  const grown: number[] = []
  for (const chunk of cut(counted())) {
    feed(chunk)
    if (seen < next) continue
    if (Number.isNaN(before)) {
      before = heapAfterCollection()
      characters?.mark()
      next = events.large - 500
    } else {
      grown.push(heapAfterCollection() - before)
      // Then at each chunk that ends among the dones and the terminal.
      next = Math.max(seen + 1, events.large - 6)
    }
  }
  grown.push(heapAfterCollection() - before)
  return grown
}

/** The characters that a machine of `/v1/responses` has to keep for its snapshots: open text, and the items that are done. */
class KeptCharacters {
  readonly #counting: boolean
  #open = 0
  #done = 0
  #marked = 0

  constructor(protocol: BenchProtocol) {
    // The machines of `/v1/messages` and `/v1/chat/completions` keep no text.
    this.#counting = protocol === 'responses'
  }

  /** How many have come since the mark. */
  get grown(): number {
    return this.#open + this.#done - this.#marked
  }

  mark(): void {
    this.#marked = this.#open + this.#done
  }

  take(frame: string): void {
    if (!this.#counting) return
    const data = frame.slice(frame.indexOf('data: ') + 6)
    if (data.startsWith('[DONE]')) return
    const event = JSON.parse(data) as { readonly type: string; readonly delta?: string; readonly item?: unknown }
    if (event.delta !== undefined) this.#open += event.delta.length
    if (event.type !== 'response.output_item.done') return
    // Items that say nothing of their text are filled with it, so that the text counts in either case.
    this.#done += Math.max(JSON.stringify(event.item).length, this.#open)
    this.#open = 0
  }
}

/** Typed arrays lie outside the heap and count as well. */
function heapAfterCollection(): number {
  if (globalThis.gc === undefined) throw new Error('Run the bench with node --expose-gc, as `npm run bench` does.')
  // What the first collection lets go may hold what only the second can take.
  for (let i = 0; i < 3; i++) globalThis.gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
