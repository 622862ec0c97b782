import type { Limits } from './limits.js'

/** Counts what one machine holds back or keeps, over all its holds, against the caller's limits (law 8). */
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

  /** Counts text that is kept for what the end must say again. */
  keep(characters: number): void {
    this.#bytes += characters
  }

  remove(bytes: number): void {
    this.#bytes -= bytes
    this.#frames--
  }

  /**
   * The name of the limit that the machine breaks, if any.
   *
   * @param open how many blocks, items or choices it has open.
   * @param tooDeep something cannot be written anew without leaning on the stack.
   */
  broken(open: number, tooDeep: boolean): keyof Limits | undefined {
    if (tooDeep) return 'maxDepth'
    if (open > this.#limits.maxOpenBlocks) return 'maxOpenBlocks'
    if (this.#bytes > this.#limits.maxHeldBytes) return 'maxHeldBytes'
    return this.#frames > this.#limits.maxHeldFrames ? 'maxHeldFrames' : undefined
  }
}
