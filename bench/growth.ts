import { chunkPerFrame, chunksOf } from './chunks.js'
import type { Figure } from './figure.js'
import { limits } from './limits.js'
import { compare } from './measure.js'
import type { BenchSet } from './streams.js'
import { pair, reference, type Subject, stage } from './subjects.js'
import { argumentOf } from './words.js'

/** Something that grows: the same body at two sizes. */
interface Growing {
  readonly name: string
  readonly chunks: string
  readonly sizes: readonly [small: string, large: string]
  readonly subject: readonly [name: string, run: Subject]
  readonly body: (size: 'small' | 'large') => Iterable<Uint8Array>
  readonly turns: number
  /** Runs per turn: the small body is run more often, so that both turns see the collector. */
  readonly samples: readonly [small: number, large: number]
  /** For information only. */
  readonly unlimited?: boolean
}

const ours = ['stage', stage] as const
const events = { small: 10_000, large: 100_000 } as const
const argument = { small: argumentOf(100 * 1024), large: argumentOf(1024 * 1024) } as const

/** A long answer, in events. */
function byEvents({ conformant, broken, others }: BenchSet): Growing[] {
  const whole = [conformant, ...broken, ...others.slice(-1)].map((stream): Growing => {
    return {
      name: stream.name,
      chunks: '16 KiB',
      sizes: ['10k events', '100k events'],
      subject: ours,
      body: (size) => chunksOf(stream.frames(events[size])),
      turns: 5,
      samples: [9, 3],
    }
  })
  const through: Growing = {
    name: conformant.name,
    chunks: '1 event',
    sizes: ['10k events', '100k events'],
    subject: ['normalize()', pair],
    body: (size) => chunkPerFrame(conformant.frames(events[size])),
    turns: 3,
    samples: [4, 2],
  }
  return [...whole, through]
}

/** A long tool argument, in one delta and in many. */
function byArgument({ toolFrames }: BenchSet): Growing[] {
  const rows = [
    { whole: true, chunks: '16 KiB', turns: 9, samples: [20, 9] as const, cut: undefined },
    { whole: true, chunks: '16 bytes', turns: 7, samples: [9, 3] as const, cut: 16 },
    { whole: true, chunks: '1 byte', turns: 4, samples: [4, 2] as const, cut: 1 },
    { whole: false, chunks: '16 KiB', turns: 5, samples: [9, 3] as const, cut: undefined },
    { whole: false, chunks: '1 event', turns: 5, samples: [9, 3] as const, cut: 0 },
  ]
  return rows.map(({ whole, chunks, turns, samples, cut }) => ({
    name: whole ? 'tool argument in one delta' : 'tool argument in deltas of 16 bytes',
    chunks,
    sizes: ['100 KiB', '1 MiB'],
    subject: ours,
    body: (size) => {
      const frames = toolFrames(argument[size], whole ? argument[size].length : 16)
      return cut === 0 ? chunkPerFrame(frames) : chunksOf(frames, cut)
    },
    turns,
    samples,
  }))
}

/** R over the same body: how far the machine itself is from linear, its caches and the allocation of large strings. */
function referenceByArgument({ toolFrames }: BenchSet): Growing {
  return {
    name: 'tool argument in one delta',
    chunks: '16 KiB',
    sizes: ['100 KiB', '1 MiB'],
    subject: ['R', reference],
    body: (size) => chunksOf(toolFrames(argument[size], argument[size].length)),
    turns: 9,
    samples: [20, 9],
    unlimited: true,
  }
}

/** How the time grows when the input is ten times as long. */
export async function* growth(sets: readonly BenchSet[]): AsyncGenerator<Figure> {
  for (const set of sets) {
    const { protocol } = set
    for (const growing of [...byEvents(set), ...byArgument(set), referenceByArgument(set)]) {
      const [small, large] = [[...growing.body('small')], [...growing.body('large')]]
      const run = growing.subject[1]
      const { ratio } = await compare(
        { run: () => run(small, protocol), samples: growing.samples[0], clock: 'processor' },
        { run: () => run(large, protocol), samples: growing.samples[1], clock: 'processor' },
        growing.turns,
      )
      yield {
        protocol,
        name: growing.name,
        chunks: growing.chunks,
        subject: `${growing.subject[0]}, ${growing.sizes[1]}`,
        base: `itself, ${growing.sizes[0]}`,
        value: ratio,
        unit: '×',
        limit: growing.unlimited ? undefined : limits.growth,
      }
    }
  }
}
