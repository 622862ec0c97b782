import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { isString, memberOf } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import { madeFrame, restatedFrame } from '../sse/made.js'
import type { Context } from './context.js'
import type { Item } from './item.js'
import { mentionOf } from './positions.js'
import { inferItemType, isId } from './shapes.js'
import { type CallItem, isCall, statusOf } from './tool-calls.js'

const done = 'response.output_item.done'
const added = 'response.output_item.added'

/**
 * The dones of calls whose arguments are cut. Clients run a call when it is done, so its done waits for the terminal: it goes
 * out where that says `incomplete`, and never in front of an error. A done that says `incomplete` itself does not wait.
 */
export class CutCalls {
  readonly #context: Context
  readonly #held: { readonly item: CallItem; readonly frame: EventFrame }[] = []

  constructor(context: Context) {
    this.#context = context
  }

  get waiting(): boolean {
    return this.#held.length > 0
  }

  /** Keeps an `output_item.done` if it is such a one. */
  hold(frame: EventFrame): boolean {
    const { held, plain, resumed } = this.#context
    const given = memberOf(frame.value, 'item')
    if (resumed || !isJsonObject(given) || given['status'] === 'incomplete') return false
    const item = this.#itemOf(frame, given)
    if (item === undefined || !isCall(item)) return false
    const said = given[item.call.field]
    if (!this.#context.calls.wouldBeCut(item, said)) return false
    // What it says beyond the deltas has been received, and goes out.
    const more = isString(said) && said.length > item.args.sent.length
    if (more && item.state === 'open' && !item.args.done) this.#context.calls.settle(item, said, frame)
    plain.forget()
    held.add(frame.raw.length)
    this.#held.push({ item, frame })
    return true
  }

  /** The call that a done speaks of. One that nothing has announced is announced now (A03), if it would be held. */
  #itemOf(frame: EventFrame, given: JsonObject): Item | undefined {
    const { reporter, responseIds, positions } = this.#context
    const value = frame.value as JsonObject
    const type = inferItemType(given)
    const mention = mentionOf(value, responseIds)
    const fits = (item: Item) => item.type === type
    const found = positions.findItem(given, mention, fits)
    const said = given['arguments']
    if (found !== undefined || type !== 'function_call' || !isString(said) || statusOf(said) !== 'cut') return found
    if (positions.findDone(mention, fits) !== undefined) return undefined
    const { quiet } = reporter
    reporter.defect('responses/item-added-missing', 'inserted', frame)
    reporter.quiet = true
    const item = { ...given, status: 'in_progress', arguments: '' }
    this.#context.content.take(madeFrame({ ...value, type: added, item }, frame), added)
    reporter.quiet = quiet
    return positions.all.at(-1)
  }

  /** Keeps the calls that nothing but a success terminal tells of, and that are cut there. */
  holdLast(output: unknown, frame: EventFrame): void {
    const items: readonly unknown[] = Array.isArray(output) ? output : []
    for (const item of items.filter(isJsonObject)) {
      const { id, call_id } = item as { readonly id?: unknown; readonly call_id?: unknown }
      const known = this.#context.positions.all.some(
        ({ upstreamId, value }) => (isId(id) && upstreamId === id) || (isId(call_id) && value['call_id'] === call_id),
      )
      if (!known) this.hold(madeFrame({ type: done, item }, frame))
    }
  }

  /** Sends at the end what may be sent: all of it where the response is incomplete, else what came to be whole. */
  release(incomplete: boolean): void {
    for (const each of this.#held.splice(0)) {
      const { item, frame } = each
      const said = memberOf(memberOf(frame.value, 'item'), item.call.field)
      if (!incomplete && this.#context.calls.wouldBeCut(item, said)) this.#held.push(each)
      else {
        this.#context.held.remove(frame.raw.length)
        this.#context.content.take(incomplete ? this.#incomplete(frame) : frame, done)
      }
    }
  }

  /** The done of a call that is cut: where it has no status, that of its response, so that nobody has to wait for it again. */
  #incomplete(frame: EventFrame): EventFrame {
    const value = frame.value as JsonObject
    const given = value['item'] as JsonObject
    if (isId(given['status']) || this.#context.writer.tooDeepToWrite(frame)) return frame
    const item = { ...given, status: 'incomplete' }
    const detail = { path: 'item.status', wanted: 'incomplete' }
    this.#context.reporter.defect('responses/item-shape-incomplete', 'rewrote', frame, detail)
    return restatedFrame(frame, { ...value, item })
  }

  /** Lets go of what the terminal told whole, and was closed with that (D-44). */
  forget(): void {
    this.#letGo('responses/tool-args-in-wrong-event', 'moved')
  }

  /** Lets go of what waits in front of an error: a call that is cut stays open. */
  abandon(): void {
    this.#letGo('responses/tool-args-cut', 'dropped')
  }

  #letGo(code: 'responses/tool-args-in-wrong-event' | 'responses/tool-args-cut', action: 'moved' | 'dropped'): void {
    for (const { frame } of this.#held.splice(0)) {
      this.#context.held.remove(frame.raw.length)
      this.#context.reporter.defect(code, action, frame)
    }
  }
}
