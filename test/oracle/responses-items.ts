/** The rules about output items: RE-4, RE-5, RE-7, RE-8, RE-11, RE-12, D-45 and, in a stream that was resumed, D-50. */
import type { EventShape } from './responses-events.js'
import {
  ARGUMENTS_OF,
  type Item,
  isFilled,
  judgeArguments,
  judgeEnded,
  judgeSame,
  judgeStatement,
  openItem,
  stringAt,
} from './responses-item.js'
import { onPart } from './responses-parts.js'
import { isKnownItem, judgeItem } from './responses-shapes.js'
import { isObject, type JsonObject, type Ledger } from './verdict.js'

/** The items that must be done before a success; hosted ones may stay open (FINDINGS A8). */
const CLOSABLE: ReadonlySet<string> = new Set(['message', 'reasoning', 'function_call', 'custom_tool_call'])

/** What the items must know of the response they belong to. */
export interface ItemContext {
  readonly ledger: Ledger
  /** D-50: the stream begins in the middle. */
  midway(): boolean
  responseId(): unknown
}

/** The output items of one response. */
export interface Items {
  onAdded(event: JsonObject, frame: number): void
  onDone(event: JsonObject, frame: number): void
  /** Any other event that names an item. */
  onEvent(type: string, shape: EventShape, event: JsonObject, frame: number): void
  /** An event that is newer than we are: it has no rules, but its item keeps it. */
  onNewer(type: string, event: JsonObject): void
  /** RE-11: what a success must not leave open. */
  judgeClosed(frame: number): void
  /** All items in the order in which they began. */
  readonly all: readonly Item[]
}

export function createItems({ ledger, midway, responseId }: ItemContext): Items {
  const all: Item[] = []
  // Keyed by whatever the stream calls an index, so that a wrong one still leads to its item.
  const byIndex = new Map<unknown, Item>()
  const byId = new Map<unknown, Item>()
  let next = 0

  const register = (item: Item, index: unknown): Item => {
    all.push(item)
    byIndex.set(index, item)
    byId.set(item.id, item)
    return item
  }

  /** RE-5: from 0, without gaps, never reused; a resumed stream may begin anywhere. */
  const judgeIndex = (index: unknown, frame: number): void => {
    // A value that is no integer has been reported as a field; it takes the next place.
    if (typeof index !== 'number' || !Number.isInteger(index)) {
      next++
      return
    }
    const fits = midway() ? index >= next && !byIndex.has(index) : index === next
    if (!fits) ledger.must('RE-5', frame, `the item has output_index ${index}, its place is ${next}`)
    // Going on from what was sent reports a gap once and not for every item behind it.
    next = Math.max(next, index + 1)
  }

  /** RE-7: unique, and not the id of the response, which some gateways put there. */
  const judgeId = (id: unknown, frame: number): void => {
    if (typeof id !== 'string' || id === '') return
    if (byId.get(id)?.started) ledger.must('RE-7', frame, 'two items have the same id')
    if (id === responseId() || id.startsWith('resp_')) ledger.must('RE-7', frame, 'the id of the item is of a response')
  }

  const find = (event: JsonObject): Item | undefined => {
    const index = event['output_index']
    return Number.isInteger(index) ? byIndex.get(index) : byId.get(event['item_id'])
  }

  /** RE-4: an item is announced before an event names it. */
  const resolve = (type: string, event: JsonObject, guess: string, id: unknown, frame: number): Item => {
    const found = find(event)
    if (found !== undefined) return found
    if (!midway()) ledger.must('RE-4', frame, `a ${type} for an item that was never announced`)
    return register(openItem({ type: guess, ...(isFilled(id) ? { id } : {}) }, false, midway()), event['output_index'])
  }

  return {
    all,

    onAdded(event, frame) {
      const given = event['item']
      const start = isObject(given) ? given : {}
      judgeIndex(event['output_index'], frame)
      // A missing item has been reported as a field.
      if (isObject(given)) judgeItem(start, 'in added', frame, ledger)
      judgeId(start['id'], frame)
      const field = ARGUMENTS_OF.get(stringAt(start, 'type'))
      // D-45: clients that append the deltas to what was announced have the arguments twice.
      if (field !== undefined && stringAt(start, field) !== '') {
        ledger.must('D-45', frame, `a ${stringAt(start, 'type')} is announced with its ${field}`)
      }
      register(openItem(start, true, false), event['output_index'])
    },

    onDone(event, frame) {
      const final = isObject(event['item']) ? event['item'] : {}
      const item = resolve('response.output_item.done', event, stringAt(final, 'type'), final['id'], frame)
      if (isObject(event['item'])) judgeItem(final, 'in done', frame, ledger, item.unseen)
      // RE-12: an item is done once.
      if (item.closed) ledger.must('RE-12', frame, 'a second output_item.done for an item')
      item.closed = true
      item.final = final
      if (!item.started) return
      judgeSame(item, final, 'done', frame, ledger)
      judgeEnded(item, frame, ledger)
      judgeStatement(item, final, 'the done of an item', frame, ledger)
    },

    onEvent(type, shape, event, frame) {
      const families = shape.items ?? []
      const item = resolve(type, event, families[0] ?? '', event['item_id'], frame)
      const id = event['item_id']
      // RE-7: the id of the announcement on every event, and a family that fits the item.
      if (item.started && isFilled(id) && isFilled(item.id) && id !== item.id) {
        ledger.must('RE-7', frame, `the item_id of a ${type} is not the announced one`)
      }
      if (item.started && isKnownItem(item.type) && !families.includes(item.type)) {
        ledger.must('RE-7', frame, `a ${type} for a ${item.type}`)
      } else if (item.closed) ledger.must('RE-12', frame, `a ${type} for an item that is done`)

      if (shape.part !== undefined) onPart(item, shape.part, type, event, frame, ledger)
      else if (shape.arguments === undefined) {
        if (Object.hasOwn(event, 'delta')) item.deltas.push(event['delta'])
      } else if (shape.arguments.step === 'delta') {
        if (item.argumentsDone !== undefined) ledger.must('RE-12', frame, `a ${type} after its done`)
        item.arguments += stringAt(event, 'delta')
      } else {
        if (item.argumentsDone !== undefined) ledger.must('RE-12', frame, `a second ${type}`)
        item.argumentsDone = stringAt(event, shape.arguments.text)
        if (item.started) judgeArguments(item, item.argumentsDone, 'the done of arguments', frame, ledger)
      }
    },

    onNewer(type, event) {
      const item = find(event)
      if (item === undefined || !Object.hasOwn(event, 'delta')) return
      item.deltas.push(event['delta'])
      // §3.1: the name that Open Responses has for `reasoning_text.delta`; it comes without parts.
      if (type === 'response.reasoning.delta') item.loose += stringAt(event, 'delta')
    },

    judgeClosed(frame) {
      for (const item of all) {
        if (item.started && CLOSABLE.has(item.type) && !item.closed) {
          ledger.must('RE-11', frame, `the response ends while a ${item.type} is open`)
        }
      }
    },
  }
}
