/** What a stream may cost. Hitting one ends the stream in-band with the end state `limit` (law 8). */
export interface Limits {
  /** The bytes of one frame, complete or not. Images and documents are real: 64 MiB. */
  readonly maxFrameBytes: number
  /** The bytes of all frames held back at one time, and the characters kept for the terminal of a response. 64 MiB. */
  readonly maxHeldBytes: number
  /** The frames held back at one time. 100,000. */
  readonly maxHeldFrames: number
  /** The content blocks known at one time: waiting, unnamed or open. 1,024. */
  readonly maxOpenBlocks: number
  /** How deep the JSON of an event may be nested where the event has to be written anew. 500. */
  readonly maxDepth: number
}

/** The limits that hold where the caller names none. */
export const defaultLimits: Limits = {
  maxFrameBytes: 64 * 1024 * 1024,
  maxHeldBytes: 64 * 1024 * 1024,
  maxHeldFrames: 100_000,
  maxOpenBlocks: 1024,
  maxDepth: 500,
}

/**
 * Fills the limits that the caller left out.
 *
 * @throws RangeError where a limit is not a positive integer: a caller's mistake.
 */
export function resolveLimits(limits: Partial<Limits> | undefined): Limits {
  const resolved = { ...defaultLimits, ...limits }
  for (const [name, value] of Object.entries(resolved)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`limits.${name} must be a positive integer; leave it out for the default.`)
    }
  }
  return resolved
}
