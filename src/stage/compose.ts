import type { Emit, EndReason, Stage } from './stage.js'

/**
 * Joins two stages into one: what the first emits is pushed into the second, in the same call.
 *
 * The result is driven like any stage and calls the `flush` of its parts itself. For more than two, compose again.
 *
 * @example
 * const pipeline = compose(compose(decode(), messages()), encode())
 */
export function compose<In, Mid, Out>(first: Stage<In, Mid>, second: Stage<Mid, Out>): Stage<In, Out> {
  return new Composed(first, second)
}

class Composed<In, Mid, Out> implements Stage<In, Out> {
  readonly #first: Stage<In, Mid>
  readonly #second: Stage<Mid, Out>
  #over = false
  #emit: Emit<Out> = ignore
  readonly #between: Emit<Mid> = (mid) => this.#second.push(mid, this.#emit)

  constructor(first: Stage<In, Mid>, second: Stage<Mid, Out>) {
    this.#first = first
    this.#second = second
  }

  get ended(): boolean {
    return this.#first.ended === true || this.#second.ended === true
  }

  get stopped(): EndReason | undefined {
    return this.#first.stopped ?? this.#second.stopped
  }

  push(input: In, emit: Emit<Out>): void {
    if (this.#over) return
    this.#emit = emit
    this.#first.push(input, this.#between)
    this.#first.flush?.(this.#between)
    // A first stage that gave up (a limit) ends what follows now, not when the source ends: law 8.
    if (this.#first.stopped !== undefined) this.#finish(this.#first.stopped)
    this.#second.flush?.(emit)
    this.#emit = ignore
  }

  end(reason: EndReason, emit: Emit<Out>): void {
    if (this.#over) return
    this.#emit = emit
    this.#first.end(reason, this.#between)
    this.#first.flush?.(this.#between)
    this.#finish(reason)
    this.#second.flush?.(emit)
    this.#emit = ignore
  }

  #finish(reason: EndReason): void {
    this.#over = true
    this.#second.end(reason, this.#emit)
  }
}

function ignore(): void {}
