import type { Limits } from './limits.js'

/** Counts what one machine holds back, over all its holds, against the caller's limits (law 8). */
export class HeldCount {
  readonly #limits: Limits
  #bytes = 0
  #frames = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  add(bytes: number): void {
    this.#bytes += bytes
    this.#frames++
  }

  remove(bytes: number): void {
    this.#bytes -= bytes
    this.#frames--
  }

  /** The name of the limit that what is held breaks, if any. */
  get broken(): 'maxHeldBytes' | 'maxHeldFrames' | undefined {
    if (this.#bytes > this.#limits.maxHeldBytes) return 'maxHeldBytes'
    return this.#frames > this.#limits.maxHeldFrames ? 'maxHeldFrames' : undefined
  }
}
