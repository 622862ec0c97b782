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
  let over = false
  let outlet: Emit<Out> = () => {}
  const between: Emit<Mid> = (mid) => second.push(mid, outlet)
  const run = (emit: Emit<Out>, step: () => void, reason?: EndReason) => {
    if (over) return
    outlet = emit
    step()
    first.flush?.(between)
    // A first stage that gave up (a limit) ends what follows now, not when the source ends: law 8.
    const end = first.stopped ?? reason
    if (end !== undefined) {
      over = true
      second.end(end, emit)
    }
    second.flush?.(emit)
  }
  return {
    get ended() {
      return first.ended === true || second.ended === true
    },
    get owing() {
      return first.owing === true || second.owing === true
    },
    get stopped() {
      return first.stopped ?? second.stopped
    },
    push: (input, emit) => run(emit, () => first.push(input, between)),
    end: (reason, emit) => run(emit, () => first.end(reason, between), reason),
  }
}
