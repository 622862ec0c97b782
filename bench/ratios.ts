import { chunkPerFrame, chunksOf } from './chunks.js'
import type { Figure } from './figure.js'
import { limits } from './limits.js'
import { compare } from './measure.js'
import { sets, streamsOf } from './sets.js'
import type { BenchProtocol, BenchSet, BenchStream } from './streams.js'
import {
  identityThenReference,
  pair,
  pairThenReference,
  parserAlone,
  reference,
  type Subject,
  stage,
} from './subjects.js'

/** One comparison of two subjects over bodies of the same number of events. */
interface Contest {
  readonly stream: BenchStream
  readonly subject: readonly [name: string, run: Subject]
  readonly base: readonly [name: string, run: Subject]
  /** What the base reads, where that is another stream. */
  readonly baseStream?: BenchStream
  readonly limit?: number
  /** Collect garbage before each run. */
  readonly collect?: boolean
}

const R = ['R', reference] as const
const ours = ['stage', stage] as const
const through = ['normalize()', pair] as const
const hop = ['identity + R', identityThenReference] as const

/** In chunks of 16 KiB: the pipeline as a stage, against R. */
function atSocketChunks(set: BenchSet): Contest[] {
  const { conformant, conformantToo = [], broken, others, otherDamage, reader } = set
  const against = ({ of = conformant }: BenchStream) => of
  return [
    ...[conformant, ...conformantToo].map((stream) => ({ stream, subject: ours, base: R, limit: limits.conformant })),
    ...broken.map((stream) => {
      return { stream, subject: ours, base: R, baseStream: against(stream), limit: limits.broken }
    }),
    { stream: conformant, subject: ['eventsource-parser', parserAlone], base: R },
    { stream: conformant, subject: reader, base: R },
    { stream: conformant, subject: through, base: R },
    { stream: conformant, subject: ['stage, after a collection', stage], base: R, collect: true },
    ...others.map((stream) => ({ stream, subject: ours, base: R })),
    ...otherDamage.map((stream) => ({ stream, subject: ours, base: R, baseStream: against(stream) })),
  ]
}

/** In one chunk per event: a stream pair, against the cheapest stream pair there is. */
function atEventChunks({ conformant, broken, reader }: BenchSet): Contest[] {
  const limit = limits.eventPerChunk
  return [
    { stream: conformant, subject: through, base: hop, limit },
    ...broken.map((stream) => {
      return { stream, subject: through, base: hop, baseStream: stream.of ?? conformant, limit }
    }),
    { stream: conformant, subject: ['normalize() + R', pairThenReference], base: hop },
    { stream: conformant, subject: reader, base: hop },
    { stream: conformant, subject: ours, base: R },
  ]
}

/** The ratios to R, in both kinds of chunks. What is not chosen is warmed up all the same. */
export async function* ratios(chosen: readonly BenchSet[]): AsyncGenerator<Figure> {
  for (const set of sets) await warmUp(set)
  for (const set of chosen) {
    const { protocol } = set
    for (const contest of atSocketChunks(set)) yield await hold(protocol, contest, '16 KiB', chunksOf, 10_000, 15, 3)
    for (const contest of atEventChunks(set)) yield await hold(protocol, contest, '1 event', chunkPerFrame, 5_000, 9, 2)
  }
}

/** Runs everything on every kind of stream first, so that no figure depends on what the engine has seen before it. */
async function warmUp(set: BenchSet): Promise<void> {
  for (const stream of streamsOf(set)) {
    const chunks = [...chunksOf(stream.frames(2_000))]
    // R is for the conformant ones: glued frames are more than it can read.
    const readable = stream.codes.length === 0 ? [reference, identityThenReference, pairThenReference] : []
    for (const subject of [stage, pair, ...readable]) await subject(chunks, set.protocol)
  }
}

async function hold(
  protocol: BenchProtocol,
  contest: Contest,
  chunks: string,
  cut: (frames: Iterable<string>) => Iterable<Uint8Array>,
  events: number,
  turns: number,
  samples: number,
): Promise<Figure> {
  const { stream, subject, base, limit, collect } = contest
  const body = [...cut(stream.frames(events))]
  const baseBody = contest.baseStream === undefined ? body : [...cut(contest.baseStream.frames(events))]
  const { measured, ratio } = await compare(
    { run: () => base[1](baseBody, protocol), samples, collect },
    { run: () => subject[1](body, protocol), samples, collect },
    turns,
  )
  return {
    protocol,
    name: stream.name,
    chunks,
    subject: subject[0],
    base: base[0],
    value: ratio,
    unit: '×',
    limit,
    perEvent: measured / events / 1000,
  }
}
