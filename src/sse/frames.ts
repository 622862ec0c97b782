import type { Whole } from './block.js'
import type { EventFrame } from './frame.js'
import type { Dispatched } from './parse.js'

/** What of a frame may be other than what was read. */
export interface FrameChanges {
  readonly event?: string | undefined
  readonly data?: string
  readonly value?: unknown
  readonly raw: string
}

/** In the place of a value that nobody has asked for yet. */
export const unread: unique symbol = Symbol('unread')

/**
 * A frame as it was read, which keeps the range of its bytes (or its text, where frames were glued) and makes an array of its
 * own only when one is asked for: one typed array per event would cost more than reading the event.
 */
export class ReadFrame implements EventFrame {
  readonly number: number
  readonly offset: number
  readonly event: string | undefined
  readonly data: string
  readonly lastEventId: string
  readonly source: Uint8Array | string
  readonly from: number
  readonly to: number
  #value: unknown

  constructor(whole: Whole, { event, data }: Dispatched, lastEventId: string, value: unknown) {
    this.number = whole.number
    this.offset = whole.offset
    this.event = event
    this.data = data
    this.lastEventId = lastEventId
    this.source = whole.source
    this.from = whole.from
    this.to = whole.to
    this.#value = value
  }

  get kind(): 'event' {
    return 'event'
  }

  get plain(): boolean {
    return true
  }

  get cut(): boolean {
    return false
  }

  get body(): undefined {
    return undefined
  }

  /** Parsed only when it is asked for, where the data is known to be a whole object. */
  get value(): unknown {
    if (this.#value === unread) this.#value = JSON.parse(this.data)
    return this.#value
  }

  get raw(): Uint8Array | string {
    return typeof this.source === 'string' ? this.source : this.source.subarray(this.from, this.to)
  }
}

/** A frame with another name or index in its text; its value is read only when one is asked for. */
export class RewrittenFrame implements EventFrame {
  readonly raw: string
  readonly event: string | undefined
  readonly data: string
  readonly #frame: EventFrame

  constructor(frame: EventFrame, event: string | undefined, data: string, raw: string) {
    this.raw = raw
    this.event = event
    this.data = data
    this.#frame = frame
  }

  get kind(): 'event' {
    return 'event'
  }

  get number(): number {
    return this.#frame.number
  }

  get offset(): number {
    return this.#frame.offset
  }

  get lastEventId(): string {
    return this.#frame.lastEventId
  }

  get plain(): boolean {
    return this.#frame.plain
  }

  get cut(): boolean {
    return false
  }

  get body(): undefined {
    return undefined
  }

  get value(): unknown {
    return JSON.parse(this.data)
  }
}

/** The same frame with something changed in it, and the text that is sent for it. */
export function changedFrame(frame: EventFrame, changes: FrameChanges & Partial<EventFrame>): EventFrame {
  const { kind, number, offset, event, data, lastEventId, value, plain, cut, body } = frame
  return { kind, number, offset, event, data, lastEventId, value, plain, cut, body, ...changes }
}
