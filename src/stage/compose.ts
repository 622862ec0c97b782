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
  #emit: Emit<Out> = () => {}
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
    this.#run(emit, () => this.#first.push(input, this.#between))
  }

  end(reason: EndReason, emit: Emit<Out>): void {
    this.#run(emit, () => this.#first.end(reason, this.#between), reason)
  }

  #run(emit: Emit<Out>, first: () => void, reason?: EndReason): void {
    if (this.#over) return
    this.#emit = emit
    first()
    this.#first.flush?.(this.#between)
    // A first stage that gave up (a limit) ends what follows now, not when the source ends: law 8.
    const over = this.#first.stopped ?? reason
    if (over !== undefined) {
      this.#over = true
      this.#second.end(over, emit)
    }
    this.#second.flush?.(emit)
  }
}
