/**
 * Why the input of a stage is over.
 *
 * - `eof`: the source ended by itself.
 * - `reset`: the source failed (a connection reset, an aborted writable).
 * - `cancel`: the reader went away; nothing more is written.
 * - `timeout`: a shell's clock ran out.
 * - `limit`: an earlier stage hit a limit.
 */
export type EndReason = 'eof' | 'reset' | 'cancel' | 'timeout' | 'limit'

/** Takes one output of a stage. */
export type Emit<Out> = (output: Out) => void

/**
 * A pure, synchronous step of the pipeline: no timers, no clock, no randomness and no I/O inside.
 *
 * `push` takes one input and emits whatever can leave now. `end` is called once, after the last `push`; inputs and ends
 * after it are ignored. A stage never throws on input (law 9): only a caller's mistake throws, such as a callback that throws.
 *
 * @example
 * const stage: Stage<number, string> = {
 *   push: (input, emit) => emit(`${input}`),
 *   end: () => {},
 * }
 */
export interface Stage<In, Out> {
  push(input: In, emit: Emit<Out>): void
  end(reason: EndReason, emit: Emit<Out>): void
  /**
   * Called once after each `push` and after `end` by whoever drives the stage, for a stage that gathers its outputs (encode
   * does, so that a chunk in gives one chunk out and not one per event). `compose` and the shells call it.
   */
  flush?(emit: Emit<Out>): void
  /**
   * True once the protocol's terminal has been emitted. The stage goes on counting what is pushed after it; a shell closes
   * its output. Stages that know no terminal leave it out.
   */
  readonly ended?: boolean
  /**
   * True while an error of the upstream has gone out and only the terminal behind it is still owed (D-47). A shell waits a second
   * for the upstream to send it, and then ends the input. Stages that never owe one leave it out.
   */
  readonly owing?: boolean
  /** Set where the stage itself gave its input up, a limit for instance: what follows it is to be ended with this reason. */
  readonly stopped?: EndReason | undefined
}
