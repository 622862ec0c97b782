import type { JsonObject } from '../defects/protocol.js'
import type { EventFrame } from '../sse/frame.js'
import { JsonScan } from '../sse/json-scan.js'
import { type Call, calls, channels, type PartKind } from './item-types.js'
import { Transcript } from './transcript.js'
import type { Place } from './writer.js'

/** One part of an item as it stands downstream. */
export class Part {
  readonly kind: PartKind
  /** Where it stands downstream, as its events say it. */
  readonly place: Place
  /** The index that the upstream gave it; undefined where it gave none. */
  readonly upstreamIndex: unknown
  /** The upstream announced it. */
  announced: boolean
  /** The part as it was announced, or as it is done. */
  value: JsonObject
  /** Its text, until that is done and stands in the value. */
  readonly sent: Transcript = new Transcript()
  /** Text that its announcement held, which goes out only if nothing else comes. */
  owed = ''
  /** Its text is done, and then the part itself. */
  textDone = false
  done = false
  /** How many annotations it has been given. */
  annotated = 0
  /** How much of its text has come again behind its done (D-46), and where what its deltas had not said begins. */
  again = 0
  untold = 0

  constructor(kind: PartKind, place: Place, upstreamIndex: unknown, announced: boolean, value: JsonObject) {
    this.kind = kind
    this.place = place
    this.upstreamIndex = upstreamIndex
    this.announced = announced
    this.value = value
  }

  get text(): string {
    return this.textDone ? String(this.value[channels[this.kind].field]) : this.sent.text
  }

  /** The part with all the text that was sent of it. */
  get whole(): JsonObject {
    return this.textDone ? this.value : { ...this.value, [channels[this.kind].field]: this.sent.text }
  }
}

/** The arguments of a call as they were sent. */
export class Arguments {
  readonly sent: Transcript = new Transcript()
  scan: JsonScan = new JsonScan()
  /** Something that is no blank stands behind the JSON. */
  overflowing = false
  /** Arguments that the announcement held, which go out only if nothing else comes (D-45). */
  owed = ''
  /** Deltas that do not begin like JSON wait for the clear text (A21). */
  readonly obscure: EventFrame[] = []
  done = false
  again = 0
}

/** One output item. */
export class Item {
  readonly type: string
  readonly call: Call | undefined
  /** What the upstream calls it, and where it puts it; undefined where it does not say. */
  upstreamId: string | undefined
  upstreamIndex: number | undefined
  /** Its id and place downstream, as its events say them. */
  id = ''
  place: Place = {}
  /** The upstream announced it. */
  announced = false
  /** It waits for its name or `call_id`; it is open; it is done. */
  state: 'waiting' | 'open' | 'done' = 'waiting'
  /** Its start was not seen, because the stream began behind it (D-50). */
  unseen = false
  /** The item as it was announced, or as it is done. */
  value: JsonObject
  readonly content: Part[] = []
  readonly summary: Part[] = []
  readonly args: Arguments | undefined
  /** Content that its announcement held, which goes out only if nothing else comes. */
  prefilled: JsonObject | undefined
  /** What waits with it. */
  held: EventFrame[] = []

  constructor(type: string, value: JsonObject) {
    this.type = type
    this.value = value
    this.call = calls.get(type)
    this.args = this.call === undefined ? undefined : new Arguments()
  }

  parts(kind: PartKind): Part[] {
    return this[channels[kind].list]
  }

  /** The item with all that was sent of it. */
  get whole(): JsonObject {
    if (this.state === 'done') return this.value
    const { value, call, args } = this
    let whole: JsonObject = { ...value, id: this.id }
    if (this.content.length > 0) whole = { ...whole, content: this.content.map((part) => part.whole) }
    if (this.summary.length > 0) whole = { ...whole, summary: this.summary.map((part) => part.whole) }
    if (call !== undefined && args !== undefined && args.sent.length > 0)
      whole = { ...whole, [call.field]: args.sent.text }
    return whole
  }

  /** Whether it is a call whose arguments are a proper prefix of JSON. */
  get cut(): boolean {
    return this.call?.client === true && this.call.json && this.args?.scan.status === 'cut'
  }
}
