import type { EventFrame, Frame } from '../sse/frame.js'
import type { Context } from './context.js'
import { type Meaning, typed, typeOf } from './intake.js'
import type { MessagesOptions } from './options.js'
import type { Tail } from './tail.js'
import type { Turns } from './turns.js'

export function isNoise(meaning: Meaning): boolean {
  return meaning === 'comment' || meaning === 'ping' || meaning === 'newer' || meaning === 'foreign'
}

/** Comments, pings and events that are not ours to read: they keep their place, behind what is held (D-21). */
export class Noise {
  readonly #context: Context
  readonly #unknownEvents: MessagesOptions['unknownEvents']
  readonly #turns: Turns
  readonly #tail: Tail

  constructor(context: Context, unknownEvents: MessagesOptions['unknownEvents'], turns: Turns, tail: Tail) {
    this.#context = context
    this.#unknownEvents = unknownEvents
    this.#turns = turns
    this.#tail = tail
  }

  take(frame: Frame, meaning: Meaning): void {
    const told = this.#unknownEvents
    if (meaning === 'newer' ? told === 'drop' : meaning === 'foreign' && told !== 'pass') {
      this.#context.reporter.defect('messages/unknown-event-type', 'dropped', frame)
    } else this.#queue(frame, this.#tail.holds)
  }

  /** Sends it behind what waits: behind a `message_delta`, else behind the blocks. */
  #queue(frame: Frame, behindTail: boolean): void {
    if (behindTail) this.#tail.behind(frame, () => this.#send(frame))
    else if (!this.#turns.behind(frame, () => this.#queue(frame, false))) this.#send(frame)
  }

  #send(frame: Frame): void {
    const { writer } = this.#context
    const type = frame.kind === 'event' ? typeOf(frame) : undefined
    if (type === undefined) {
      writer.pass(frame)
      return
    }
    const whole = typed(this.#context, frame as EventFrame)
    if (!writer.tooDeep) writer.send(whole, type)
  }
}
