import type { Block } from './block.js'
import { fieldKind, fieldValue } from './field.js'
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
 * A frame as it was read, which keeps the range of its bytes (or its text, where frames were glued) and makes an array of its own only when one is asked for: one
 * typed array per event would cost more than reading the event.
 */
export class ReadFrame implements EventFrame {
  readonly number: number
  readonly offset: number
  readonly event: string | undefined
  readonly data: string
  readonly lastEventId: string
  #value: unknown
  readonly source: Uint8Array | string
  readonly from: number
  readonly to: number

  constructor(
    number: number,
    offset: number,
    dispatched: Dispatched,
    lastEventId: string,
    value: unknown,
    source: Uint8Array | string,
    from: number,
    to: number,
  ) {
    this.number = number
    this.offset = offset
    this.event = dispatched.event
    this.data = dispatched.data
    this.lastEventId = lastEventId
    this.#value = value
    this.source = source
    this.from = from
    this.to = to
  }

  get kind(): 'event' {
    return 'event'
  }

  /** Parsed only when it is asked for, where the data is known to be a whole object. */
  get value(): unknown {
    if (this.#value === unread) this.#value = JSON.parse(this.data)
    return this.#value
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

  get raw(): Uint8Array | string {
    return typeof this.source === 'string' ? this.source : this.source.subarray(this.from, this.to)
  }
}

/** A frame with another name or index in its text; its value is put together only when one is asked for. */
export class RenamedFrame implements EventFrame {
  readonly kind = 'event'
  readonly raw: string
  readonly event: string
  readonly data: string
  readonly #frame: EventFrame
  readonly #index: number | undefined

  constructor(frame: EventFrame, event: string, data: string, raw: string, index?: number) {
    this.raw = raw
    this.event = event
    this.data = data
    this.#frame = frame
    this.#index = index
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

  get value(): unknown {
    return this.#index === undefined ? this.#frame.value : { ...(this.#frame.value as object), index: this.#index }
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
}

/** The same frame with something changed in it, and the text that is sent for it. */
export function changedFrame(frame: EventFrame, changes: FrameChanges): EventFrame {
  return {
    kind: 'event',
    number: frame.number,
    offset: frame.offset,
    raw: changes.raw,
    event: 'event' in changes ? changes.event : frame.event,
    data: changes.data ?? frame.data,
    lastEventId: frame.lastEventId,
    value: 'value' in changes ? changes.value : frame.value,
    plain: frame.plain,
    cut: frame.cut,
    body: frame.body,
  }
}

/** A frame of a block that dispatches something. */
export function eventFrame(
  block: Pick<Block, 'number' | 'offset' | 'keptLines'>,
  dispatched: { readonly event?: string | undefined; readonly data: string },
  rest: Pick<EventFrame, 'value' | 'raw' | 'lastEventId'> & Partial<EventFrame>,
): EventFrame {
  return {
    kind: 'event',
    number: block.number,
    offset: block.offset,
    raw: rest.raw,
    event: dispatched.event,
    data: dispatched.data,
    lastEventId: rest.lastEventId,
    value: rest.value,
    plain: rest.plain ?? block.keptLines === 0,
    cut: rest.cut ?? false,
    body: rest.body,
  }
}

/** The `id:` of a block that dispatches nothing, which the parser does not tell; undefined where it has none that counts. */
export function loneId(block: Block): string | undefined {
  if (block.keptLines === 0) return undefined
  let id: string | undefined
  for (const line of block.text.split(/\r\n|\n|\r/)) {
    if (fieldKind(line, 0, line.length) !== 'id') continue
    const value = fieldValue(line)
    if (!value.includes('\0')) id = value
  }
  return id
}
