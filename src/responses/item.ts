import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { EventFrame } from '../sse/frame.js'
import { JsonScan } from '../sse/json-scan.js'
import { nestedDeeper } from '../sse/nesting.js'
import { type Call, calls, channels, type PartKind } from './item-types.js'
import { Part } from './part.js'
import { flatten, Transcript } from './transcript.js'
import type { Place } from './writer.js'

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

/** A part that is newer than we are: where it stands downstream. */
export interface Newer {
  readonly index: number
  readonly done: boolean
  /** What was said of it last. */
  readonly part: unknown
}

/** What an item says, and what waits with it. */
interface Said {
  value: JsonObject
  readonly content: Part[]
  readonly summary: Part[]
  readonly args: Arguments | undefined
  readonly newer: Map<unknown, Newer>
  readonly held: EventFrame[]
  prefilled: JsonObject | undefined
}

function said(call: Call | undefined, value: JsonObject): Said {
  const args = call === undefined ? undefined : new Arguments()
  return { value, content: [], summary: [], args, newer: new Map(), held: [], prefilled: undefined }
}

/** Longer texts are big enough for what stands around them not to count. */
const largest = 4096
const packable = 100

/** Whether a part is the one at its place in the item, as it was announced there and done. */
function isPlain(part: Part, index: number, held: readonly unknown[]): boolean {
  const { upstreamIndex, announced, done, again, untold, value, text, annotated } = part
  const same = upstreamIndex === index && announced && done && again === 0 && untold === 0 && annotated === 0
  return same && value === held[index] && text.length < largest && kindOfPart(value) === part.kind
}

function kindOfPart({ type }: JsonObject): PartKind {
  return String(type) as PartKind
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
  /** Its `call_id` is of our making, so that the upstream's own is no other call's (D-45). */
  callIdMade = false
  /** Its start was not seen, because the stream began behind it (D-50). */
  unseen = false
  #said: Said | undefined
  /** What it says as JSON, where it is done and small: objects cost many times their text. */
  #packed = ''

  constructor(type: string, value: JsonObject) {
    this.type = type
    this.call = calls.get(type)
    this.#said = said(this.call, value)
  }

  get done(): boolean {
    return this.state === 'done'
  }

  /** The item as it was announced, or as it is done. */
  get value(): JsonObject {
    return this.#content.value
  }

  set value(value: JsonObject) {
    this.#content.value = value
  }

  get content(): Part[] {
    return this.#content.content
  }

  get summary(): Part[] {
    return this.#content.summary
  }

  get args(): Arguments | undefined {
    return this.#content.args
  }

  /** Parts of its content that are newer than we are: where the upstream put them, and where they stand. */
  get newer(): Map<unknown, Newer> {
    return this.#content.newer
  }

  /** What waits with it. */
  get held(): EventFrame[] {
    return this.#content.held
  }

  /** Content that its announcement held, which goes out only if nothing else comes. */
  get prefilled(): JsonObject | undefined {
    return this.#content.prefilled
  }

  set prefilled(value: JsonObject) {
    this.#content.prefilled = value
  }

  parts(kind: PartKind): Part[] {
    return this.#content[channels[kind].list]
  }

  get #content(): Said {
    this.#said ??= this.#unpacked()
    return this.#said
  }

  /** The item is done: what its parts hold is what it holds, kept once. */
  settle(): void {
    for (const list of ['content', 'summary'] as const) {
      const held = this.value[list]
      this[list].forEach((part, index) => {
        part.sent.clear()
        const same = Array.isArray(held) ? (held as unknown[])[index] : undefined
        if (part.done && isJsonObject(same) && same[channels[part.kind].field] === part.text) part.value = same
      })
    }
    if (!this.#mayBePacked() || nestedDeeper(this.value, packable)) return
    this.#packed = flatten(JSON.stringify(this.value))
    this.#said = undefined
  }

  /** Whether its parts and arguments can be read out of the item again, just as they are. */
  #mayBePacked(): boolean {
    const { value, content, summary, args, newer, held, prefilled } = this.#content
    if (this.unseen || prefilled !== undefined || held.length > 0 || newer.size > 0) return false
    const inItem = (list: 'content' | 'summary', parts: readonly Part[]) => {
      const held = value[list]
      const many = Array.isArray(held) ? held.length : 0
      return many === parts.length && parts.every((part, index) => isPlain(part, index, held as unknown[]))
    }
    if (!inItem('content', content) || !inItem('summary', summary)) return false
    if (args === undefined || this.call === undefined) return true
    const { sent, scan, done, again, overflowing, obscure } = args
    const plain = done && again === 0 && !overflowing && obscure.length === 0 && sent.length < largest
    return plain && scan.status !== 'cut' && value[this.call.field] === sent.text
  }

  #unpacked(): Said {
    const whole = said(this.call, JSON.parse(this.#packed) as JsonObject)
    this.#packed = ''
    for (const list of ['content', 'summary'] as const) {
      const held = whole.value[list]
      for (const [index, value] of (Array.isArray(held) ? (held as JsonObject[]) : []).entries()) {
        const kind = kindOfPart(value)
        const part = new Part(kind, { ...this.place, [channels[kind].index]: index }, index, true, value)
        part.textDone = true
        part.done = true
        whole[list].push(part)
      }
    }
    if (whole.args !== undefined && this.call !== undefined) {
      const text = String(whole.value[this.call.field])
      whole.args.done = true
      whole.args.sent.add(text)
      if (this.call.json) whole.args.scan.feed(text)
    }
    return whole
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
