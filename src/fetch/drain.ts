import { drainBytes, drainMilliseconds } from '../stage/drain.js'
import type { Clock } from './clock.js'
import type { Source } from './source.js'

/** What fails behind the end is nobody's concern. */
export function ignore(): void {}

/** Lets go of a source; that it has failed already is no news. */
export function letGo(source: Source, reason?: unknown): void {
  source.cancel(reason).catch(ignore)
}

/** Takes a little of what a source still sends, so that its connection can be used again, and then lets go of it. */
export async function drain(source: Source, clock: Clock): Promise<void> {
  const timer = clock.setTimeout(() => letGo(source), drainMilliseconds)
  try {
    for (let taken = 0; taken <= drainBytes; ) {
      const read = await source.read()
      if (read.done) return
      taken += read.value.length
    }
    letGo(source)
  } catch {
    // The answer is whole; what becomes of the connection is no concern of its reader.
  } finally {
    clock.clearTimeout(timer)
  }
}
