/** All limits of the bench in one place. Ratios, but for the heap: they hold on any machine. */
export const limits = {
  /** A conformant stream in chunks of 16 KiB, against R. */
  conformant: 1.3,
  /** Each broken stream in chunks of 16 KiB, against R over the conformant one. */
  broken: 2,
  /** One event per chunk through `normalize()`, against an identity `TransformStream` and R. */
  eventPerChunk: 1.5,
  /** One event per chunk through `conformFetch`, against the same pipeline in a bare pull-based stream. */
  fetchHop: 1.3,
  /** What `conformFetch` may cost a request that is no stream and has a body of under 4 KiB, in microseconds of processor time. */
  fetchMicroseconds: 20,
  /** Ten times the input may take twelve times as long, and not more. */
  growth: 12,
  /** What the heap may gain from 10,000 events to 100,000, after collection, in MiB. */
  heapMiB: 1,
  /** What it may gain beyond that for each character of text and of items that the machine has to keep (responses only). */
  bytesPerCharacter: 4,
} as const
