import { do_not_optimize } from 'mitata'
import { createPipeline } from '../src/index.js'
import { chunkPerFrame, chunksOf } from './chunks.js'
import type { Figure } from './figure.js'
import { limits } from './limits.js'
import { type BenchStream, broken, conformant, others } from './streams.js'

const events = { small: 10_000, large: 100_000 } as const

/**
 * What a pipeline keeps: the heap after collection at 10,000 events of a stream and at 100,000 of the same one, with the
 * pipeline still open. The chunks are made one by one and forgotten, so that none of it is the bench's.
 */
export function* memory(): Generator<Figure> {
  for (const stream of [conformant, ...broken, ...others]) yield grown(stream, '16 KiB', chunksOf)
  yield grown(conformant, '1 event', chunkPerFrame)
}

function grown(stream: BenchStream, chunks: string, cut: (frames: Iterable<string>) => Iterable<Uint8Array>): Figure {
  const pipeline = createPipeline({ protocol: 'messages' })
  let seen = 0
  let before = Number.NaN
  function* counted(): Generator<string> {
    for (const frame of stream.frames(events.large)) {
      yield frame
      seen++
    }
  }
  for (const chunk of cut(counted())) {
    pipeline.push(chunk, do_not_optimize)
    if (Number.isNaN(before) && seen >= events.small) before = heapAfterCollection()
  }
  const after = heapAfterCollection()
  pipeline.end('eof', do_not_optimize)
  do_not_optimize(pipeline.report())
  return {
    name: stream.name,
    chunks,
    subject: 'stage, heap at 100k events',
    base: 'itself, 10k events',
    value: (after - before) / (1024 * 1024),
    unit: 'MiB',
    limit: limits.heapMiB,
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
