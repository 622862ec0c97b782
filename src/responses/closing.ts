import type { Code } from '../defects/codes.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { type Finding, isString, kindOf, memberOf, reportAll } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import { madeFrame } from '../sse/made.js'
import type { Context } from './context.js'
import type { Item } from './item.js'
import { closeParts, tellOwed } from './part-closing.js'
import { completeItem, isId } from './shapes.js'
import { isCall } from './tool-calls.js'
import { hold, letGo, restatedMember } from './waiting.js'

const type = 'response.output_item.done'
const partial = 'responses/tool-added-missing-or-partial'

/** The ends of items: closed by what their done says of them, or for an upstream that left them open. */
export class Closing {
  readonly #context: Context

  constructor(context: Context) {
    this.#context = context
  }

  /**
   * Closes an item with what its done says.
   *
   * @param frame the done event; where the terminal says it, one that is made of it.
   */
  done(item: Item, given: JsonObject, frame: EventFrame, made = false): void {
    const { reporter, writer } = this.#context
    const value = frame.value as JsonObject
    if (item.unseen) {
      if (!made) this.#context.unseen.done(item, given, frame)
      return
    }
    if (item.state === 'waiting') {
      this.#context.announcements.identify(item, given, frame, true)
      if ((item.state as string) === 'waiting') {
        if (!made) hold(this.#context, item, frame)
        return
      }
      // What waited with it may have left it cut.
      if (!made && this.#context.cutCalls.hold(frame)) return
    }
    if (isCall(item) && !made && this.#context.calls.isBlank(item, given[item.call.field])) {
      // Its done comes again before anything tells its arguments.
      const again = item.held.some((other) => memberOf(other.value, 'type') === type)
      if (again) reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
      else hold(this.#context, item, frame)
      return
    }
    for (const held of letGo(this.#context, item)) {
      if (memberOf(held.value, 'type') === type) reporter.defect('responses/tool-args-in-wrong-event', 'moved', held)
      else if (isCall(item)) {
        const said = given[item.call.field]
        const filled = restatedMember(held, item.call.field, said)
        reporter.defect('responses/tool-args-in-wrong-event', 'rewrote', held, { path: item.call.field })
        this.#context.calls.argumentsDone(item, filled, `${item.call.events}.done`)
      }
    }
    const whole = this.#finished(item, given, frame)
    const place = { output_index: item.place.output_index ?? 0 }
    item.value = whole
    this.closed(item)
    if (made) writer.make({ type, ...place, item: whole }, frame)
    else writer.sendAt(frame, type, place, whole === given ? undefined : { ...value, item: whole })
  }

  /** The item as it is done: its parts and arguments closed, what is blank filled from what was sent. */
  #finished(item: Item, given: JsonObject, where: Where): JsonObject {
    const { reporter } = this.#context
    const findings: Finding[] = []
    let whole = given
    const change = (name: string, wanted: unknown, code: Code) => {
      if (whole[name] === wanted) return
      findings.push({ code, action: 'rewrote', path: `item.${name}`, found: kindOf(whole[name]) })
      whole = { ...whole, [name]: wanted }
    }
    change('type', item.type, 'responses/item-shape-incomplete')
    change('id', item.id, 'responses/item-id-mismatch')
    whole = completeItem(whole, 'item', 'completed', findings)
    if (item.type === 'message' || item.type === 'reasoning') {
      const source =
        item.prefilled !== undefined && item.content.length + item.summary.length === 0 ? item.prefilled : whole
      for (const list of ['content', 'summary'] as const) {
        const said = Array.isArray(whole[list]) && (whole[list] as unknown[]).length > 0 ? whole[list] : source[list]
        const merged = closeParts(this.#context, item, list, said, where)
        if (merged !== whole[list]) whole = { ...whole, [list]: merged }
      }
    }
    if (item.call?.client === true) {
      for (const name of ['name', 'call_id']) {
        change(
          name,
          item.value[name],
          isId(whole[name])
            ? 'responses/item-id-mismatch'
            : name === 'name'
              ? 'responses/item-shape-incomplete'
              : partial,
        )
      }
    }
    reportAll(reporter, where, findings)
    if (!isCall(item)) return whole
    const said = whole[item.call.field]
    // A hosted call need not say its arguments, but what was said of them is not taken back.
    const told = item.call.client || isString(said) || isJsonObject(said) || item.args.sent.length > 0
    // What a done item did not say cannot be told any more.
    const owed = item.state === 'done' ? item.args.done : told
    const final = owed ? this.#context.calls.close(item, said, where) : said
    return final === said ? whole : { ...whole, [item.call.field]: final }
  }

  /** The item is done. */
  closed(item: Item): void {
    item.state = 'done'
    // What waited with it may just have been learned from.
    this.#context.flow.forget()
    this.#context.positions.close(item)
    item.settle()
  }

  /**
   * Closes an item that the upstream left open (A09), where its kind may be closed for it.
   *
   * @param said what the terminal says of it.
   * @param mayBeCut the response is incomplete, and says so.
   * @returns false where it is a call that is cut.
   */
  close(item: Item, where: Where, said?: JsonObject, mayBeCut = false, status = 'completed'): boolean {
    if (item.unseen || item.state === 'done') return true
    if (item.state === 'waiting' && said !== undefined)
      this.#context.announcements.identify(item, said, asFrame(where), true)
    // What waited for the name was its done.
    if (item.done) return true
    if (item.state === 'waiting' || !closable.has(item.type)) return true
    if (!mayBeCut && isCall(item) && this.#context.calls.wouldBeCut(item, said?.[item.call.field])) return false
    this.#context.reporter.defect('responses/item-done-missing', 'inserted', where, { path: type })
    const given = said ?? { ...item.whole, ...(item.type === 'reasoning' ? {} : { status }) }
    this.done(item, given, asFrame(where), true)
    return true
  }

  /** D-43: what was never announced, or whose index is used again, is over where the next item is announced. */
  next(where: Where, index: number | undefined): void {
    this.settleBlanks(where)
    for (const item of this.#context.positions.open) {
      if (item.unseen || item.state !== 'open') continue
      if (!item.announced || (index !== undefined && item.upstreamIndex === index)) this.close(item, where)
    }
  }

  /** What a terminal says of an item that is done: its values win, but for ids, blanks and cut arguments (D-44). */
  against(item: Item, said: JsonObject, where: Where): JsonObject {
    if (item.unseen) return said
    return this.#finished(item, said, where)
  }

  /**
   * Sends the dones of calls without arguments that waited for the next item, or the terminal (D-45).
   *
   * @param find the item as the terminal says it.
   */
  settleBlanks(where: Where, find: (item: Item) => unknown = () => undefined): void {
    for (const item of [...this.#context.positions.open]) {
      if (item.state !== 'open' || item.held.length === 0 || !isCall(item)) continue
      const said = memberOf(find(item), item.call.field)
      if (this.#context.calls.wouldBeCut(item, said)) continue
      const held = letGo(this.#context, item)
      this.#context.calls.settle(item, said, where)
      for (const frame of held) {
        const done = memberOf(frame.value, 'item')
        if (isJsonObject(done)) this.done(item, done, frame)
        else this.#context.calls.argumentsDone(item, frame, `${item.call.events}.done`)
      }
    }
  }

  /** Lets go what waits before an error: what is open stays open, what cannot be sent is dropped. */
  abandon(where: Where): void {
    this.settleBlanks(where)
    for (const item of [...this.#context.positions.open]) {
      if (item.state === 'open') this.#tell(item, where)
      for (const frame of letGo(this.#context, item)) this.#context.reporter.defect(partial, 'dropped', frame)
    }
  }

  /** What an announcement held and nothing else has said goes out before an error: partial content is never lost. */
  #tell(item: Item, where: Where): void {
    if (isCall(item)) this.#context.calls.abandon(item, where)
    else if (item.prefilled !== undefined && item.content.length + item.summary.length === 0) {
      for (const list of ['content', 'summary'] as const)
        closeParts(this.#context, item, list, item.prefilled[list], where)
    } else for (const part of [...item.content, ...item.summary]) tellOwed(this.#context, part, where)
  }
}

/** Items that may be closed for the upstream at the terminal (DESIGN.md). */
const closable = new Set(['message', 'reasoning', 'function_call', 'custom_tool_call'])

function asFrame(where: Where): EventFrame {
  return madeFrame({ type: '' }, where)
}
