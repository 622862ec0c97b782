import type { Code } from '../defects/codes.js'
import type { JsonObject } from '../defects/protocol.js'
import type { Detail } from '../defects/reporter.js'
import { isCount, isString, kindOf } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import { PlainDelta } from '../sse/plain-delta.js'
import type { Context } from './context.js'
import type { Item } from './item.js'
import type { Part } from './part.js'
import { isCall } from './tool-calls.js'
import type { Place } from './writer.js'

/** Recognises the deltas of this protocol: all that one of a text differs in from the one before it. */
export function plainDelta(): PlainDelta {
  const numbered = ['sequence_number', 'delta', 'obfuscation']
  return new PlainDelta(['item_id', ...numbered], numbered)
}

/** What the deltas of one text have in common. */
interface Course {
  readonly item: Item
  readonly part: Part | undefined
  readonly type: string
  /** What they say of their place, as it stands in the JSON. */
  readonly id: string | undefined
  readonly index: number | undefined
  /** The id that the item has downstream, likewise. */
  readonly own: string
  /** What is wrong with that, each time. */
  readonly misplaced: readonly { readonly code: Code; readonly detail: Detail }[]
}

const otherName: Detail = { path: 'item_id', found: 'string' }

/** Takes the next delta of one text without further questions: most of every stream. */
export class Flow {
  readonly #context: Context
  /** The text that the last delta went to. */
  #course: Course | undefined

  constructor(context: Context) {
    this.#context = context
  }

  forget(): void {
    this.#course = undefined
    this.#context.plain.forget()
  }

  /** False where the frame is not the next delta of the same text; nothing has been done then. */
  take(frame: EventFrame): boolean {
    const course = this.#course
    const { plain, writer, reporter, held, positions, calls } = this.#context
    if (course === undefined || !plain.recognises(frame.data)) return false
    const { item, part, type, index, id, own } = course
    // An id that no item has is another name for the item at that index (D-40).
    const said = plain.token('item_id')
    const other = said !== id
    if (other && (index === undefined || item.upstreamIndex !== index || positions.knows(plain.text('item_id'))))
      return false
    const text = plain.text('delta')
    for (const { code, detail } of course.misplaced) reporter.defect(code, 'rewrote', frame, detail)
    const misnamed = said !== undefined && said !== own
    if (misnamed) reporter.defect('responses/item-id-mismatch', 'rewrote', frame, otherName)
    if (part !== undefined) {
      part.sent.add(text)
      held.keep(text.length)
    } else if (isCall(item)) calls.take(item, text)
    writer.sendPlain(frame, type, plain, course.misplaced.length === 0 && !misnamed)
    return true
  }

  /** Learns from a delta that was sent what the next ones of the same text look like. */
  learn(item: Item, part: Part | undefined, frame: EventFrame, type: string): void {
    const { plain, writer } = this.#context
    const value = frame.value as JsonObject
    const sent = writer.takeLast()
    this.#course = undefined
    // A number that came as text is rewritten each time: the next ones are not alike.
    if (sent === undefined || value['type'] !== type || isString(value['sequence_number'])) return
    const place = part?.place ?? item.place
    const numbered = writer.sequence === undefined ? {} : { sequence_number: writer.sequence }
    plain.learn(frame.data, value, sent, { ...value, ...place, ...numbered })
    const misplaced: Course['misplaced'][number][] = []
    for (const path in place) {
      if (value[path] === place[path as keyof Place] || (path === 'item_id' && value[path] !== undefined)) continue
      const code: Code = path === 'item_id' ? 'responses/item-id-mismatch' : 'responses/indices-missing-or-wrong'
      misplaced.push({ code, detail: { path, found: kindOf(value[path]) } })
    }
    const index = value['output_index']
    const id = value['item_id']
    this.#course = {
      item,
      part,
      type,
      misplaced,
      index: isCount(index) ? index : undefined,
      id: isString(id) ? escaped(id) : undefined,
      own: escaped(item.id),
    }
  }
}

/** A string as it stands in JSON. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
