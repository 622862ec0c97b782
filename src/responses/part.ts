import type { JsonObject } from '../defects/protocol.js'
import { channels, type PartKind } from './item-types.js'
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
