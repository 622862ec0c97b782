import type { Clock } from '../../src/index.js'
import { settled } from '../stage/streams.js'

interface Timer {
  readonly at: number
  readonly callback: () => void
}

/** A clock that stands still until it is told otherwise. */
export class TestClock implements Clock {
  #now = 0
  readonly #timers = new Set<Timer>()

  now(): number {
    return this.#now
  }

  setTimeout(callback: () => void, milliseconds: number): unknown {
    const timer = { at: this.#now + milliseconds, callback }
    this.#timers.add(timer)
    return timer
  }

  clearTimeout(timer: unknown): void {
    this.#timers.delete(timer as Timer)
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#timers.size
  }

  /** Lets time pass, timer by timer, with everything that each of them causes. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds
    await settled()
    for (;;) {
      const [next] = [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
      if (next === undefined) break
      this.#timers.delete(next)
      this.#now = Math.max(next.at, this.#now)
      next.callback()
      await settled()
    }
    this.#now = until
  }
}
