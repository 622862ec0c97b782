import { strict as assert } from 'node:assert'
import type { Defect, Observation, Report } from '../../src/defects/types.js'
import type { EndReason } from '../../src/stage/stage.js'
import { type Chunking, cut } from './arbitraries/chunking.js'
import type { LawProtocol, Pipeline, PipelineOptions } from './protocol.js'

/** One run of the pipeline, with everything a law may ask about. */
export interface Run {
  readonly output: Uint8Array
  /** How many bytes had come out after each push. */
  readonly after: readonly number[]
  readonly defects: readonly Defect[]
  /** Those of them that were found before the terminal was out. */
  readonly early: readonly Defect[]
  readonly observations: readonly Observation[]
  readonly report: Report
}

export interface RunOptions {
  readonly limits?: PipelineOptions['limits']
  readonly end?: EndReason
}

/** Pushes chunks through a new pipeline and ends it. Ids come from a counter, so that runs can be compared. */
export function runChunks(protocol: LawProtocol, chunks: readonly Uint8Array[], options: RunOptions = {}): Run {
  const defects: Defect[] = []
  const early: Defect[] = []
  const observations: Observation[] = []
  let drawn = 0
  const pipeline: Pipeline = protocol.createPipeline({
    onDefect: (defect) => {
      defects.push(defect)
      if (!pipeline.ended) early.push(defect)
    },
    onObservation: (observation) => void observations.push(observation),
    newId: () => String(++drawn),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  })
  const parts: Uint8Array[] = []
  let size = 0
  const emit = (part: Uint8Array): void => {
    parts.push(part.slice())
    size += part.length
  }
  const after = chunks.map((chunk) => {
    pipeline.push(chunk, emit)
    pipeline.flush?.(emit)
    return size
  })
  pipeline.end(options.end ?? 'eof', emit)
  pipeline.flush?.(emit)
  return { output: Buffer.concat(parts), after, defects, early, observations, report: pipeline.report() }
}

/** The same with a whole body in one chunk. */
export function run(protocol: LawProtocol, bytes: Uint8Array, options: RunOptions = {}): Run {
  return runChunks(protocol, [bytes], options)
}

/** The same with the body cut up. */
export function runCut(protocol: LawProtocol, bytes: Uint8Array, chunking: Chunking, options: RunOptions = {}): Run {
  return runChunks(protocol, cut(bytes, chunking), options)
}

/** Compares bytes, and shows the place of the first difference as text. */
export function assertSameBytes(actual: Uint8Array, expected: Uint8Array, what: string): void {
  if (Buffer.compare(actual, expected) === 0) return
  const shorter = Math.min(actual.length, expected.length)
  let place = 0
  while (place < shorter && actual[place] === expected[place]) place += 1
  assert.fail(
    `${what}: byte ${place} of ${expected.length} differs.\nwanted: ${near(expected, place)}\nfound:  ${near(actual, place)}`,
  )
}

/** A prefix of the other, shown likewise. */
export function assertPrefix(prefix: Uint8Array, whole: Uint8Array, what: string): void {
  assertSameBytes(prefix, whole.subarray(0, prefix.length), what)
}

function near(bytes: Uint8Array, place: number): string {
  return JSON.stringify(Buffer.from(bytes.subarray(Math.max(0, place - 120), place + 160)).toString('utf8'))
}
