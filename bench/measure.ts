import { measure } from 'mitata'

/** Something to be timed, and how often in each turn. */
export interface Timed {
  readonly run: () => void | Promise<void>
  readonly samples: number
  /** Collect garbage before each run, the warm-up apart. */
  readonly collect?: boolean | undefined
  /** The clock: the wall's (mitata's own), or the processor time of this process. */
  readonly clock?: 'wall' | 'processor'
}

/** What came of timing two things against each other: nanoseconds per run, and how many times the one is of the other. */
export interface Compared {
  readonly base: number
  readonly measured: number
  readonly ratio: number
}

/**
 * Times two things in turns of a few runs each, so that what else the machine does meets both alike.
 *
 * Each turn gives one ratio, of the medians of its runs; the result is the median of the turns. Who goes first alternates.
 */
export async function compare(base: Timed, measured: Timed, turns: number): Promise<Compared> {
  const bases: number[] = []
  const times: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    if (turn % 2 === 0) bases.push(await timeOf(base))
    times.push(await timeOf(measured))
    if (turn % 2 === 1) bases.push(await timeOf(base))
  }
  return {
    base: median(bases),
    measured: median(times),
    ratio: median(times.map((time, turn) => time / (bases[turn] ?? Number.NaN))),
  }
}

/** The median of one turn, in nanoseconds. mitata runs once to warm up before it begins to count. */
async function timeOf({ run, samples, collect = false, clock = 'wall' }: Timed): Promise<number> {
  const stats = await measure(run, {
    min_samples: samples,
    max_samples: samples,
    min_cpu_time: 0,
    // A single run is long enough for the clock; mitata would otherwise repeat a short one 4,096 times.
    batch_threshold: 0,
    // One run warms up, also where it is a short one.
    warmup_threshold: 0,
    // No collection at the beginning of a turn: a turn is short, and what is measured then is the compiler (README, traps).
    ...(collect ? { inner_gc: true } : { gc: false }),
    // What the neighbours of this process do to a run of 100 ms they do not do to one of 1 ms; its own time they leave alone.
    ...(clock === 'processor' ? { now: processorTime } : {}),
  })
  return stats.p50
}

/** What a call costs, in microseconds of processor time: so many of them, one after the other. */
export async function processorMicroseconds(call: () => Promise<unknown>, calls: number): Promise<number> {
  const before = processorTime()
  for (let i = 0; i < calls; i++) await call()
  return (processorTime() - before) / calls / 1000
}

/** The time that this process has had the processors for, in nanoseconds. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) * 1000
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const high = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? Number.NaN)) / 2
}
