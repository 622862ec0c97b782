import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { kindOf } from '../defects/shape.js'
import type { Context } from './context.js'
import { beginNewer, continueNewer } from './newer-tools.js'
import { isRepeat, isTooLate, takeArguments, withoutArguments } from './tool-arguments.js'
import { argsCode, createCall, indexCode, isBlank, isOver, type ToolCall } from './tool-call.js'
import { isTooDeep, newerType, readEntry, type ToolEntry } from './tool-entry.js'
import { callMeant, newerMeant } from './tool-matching.js'
import { nameCall } from './tool-names.js'
import { announce, announceWaiting, continued } from './tool-output.js'

/** The tool calls of one choice: what the entries of its deltas mean, and what of them may leave. */
export class ToolCalls {
  readonly #context: Context
  /** The index of their choice. */
  readonly choice: number
  readonly all: ToolCall[] = []
  /** Calls that the chunk being read has touched. */
  readonly #touched = new Set<ToolCall>()
  /** All entries of that chunk went on with calls that had been announced. */
  #went = true
  /** Calls whose leading `{}` proves to be a prefix by the chunk being read (D-63). */
  readonly prefixed: ToolCall[] = []
  /** Calls of which that chunk has brought `{}`, and nothing came before (D-63). */
  readonly braced: ToolCall[] = []

  constructor(context: Context, choice: number) {
    this.#context = context
    this.choice = choice
  }

  /** Calls that the protocol's client would wait for: begun and not announced. */
  get waiting(): readonly ToolCall[] {
    return this.all.filter((call) => !call.announced)
  }

  /** The first of them, which is announced before any other. */
  get lowestWaiting(): ToolCall | undefined {
    return this.all.find((call) => !call.announced)
  }

  /** The call that the last delta went on with, where it was one and announced before. */
  get last(): ToolCall | undefined {
    const [call, other] = this.#touched
    return other === undefined && call?.announced === true && this.#went ? call : undefined
  }

  /**
   * Takes the entries of one delta.
   *
   * @returns the entries to send; the list itself where nothing in it changes.
   */
  take(list: readonly unknown[], where: Where): readonly unknown[] {
    this.#touched.clear()
    this.#went = true
    this.prefixed.length = 0
    this.braced.length = 0
    const out: unknown[] = []
    const bracedAt = new Map<ToolCall, number>()
    let same = true
    for (const entry of list) {
      const before = this.lowestWaiting
      const sent = isJsonObject(entry) ? this.#entry(entry, where) : this.#shapeless(entry, where)
      if (sent !== entry) same = false
      const call = this.prefixed.at(-1)
      const place = call === undefined ? undefined : bracedAt.get(call)
      if (call !== undefined && place !== undefined) {
        // Both came in one delta: nothing waits for the next.
        this.#context.reporter.defect(argsCode, 'dropped', where, { path: 'function.arguments' })
        out[place] = withoutArguments(out[place] as JsonObject)
        this.prefixed.pop()
        this.braced.splice(this.braced.indexOf(call), 1)
        bracedAt.delete(call)
        same = false
      }
      const braced = this.braced.at(-1)
      if (braced !== undefined && sent !== undefined && !bracedAt.has(braced)) bracedAt.set(braced, out.length)
      if (sent !== undefined) out.push(sent)
      if (before?.announced === true) {
        for (const late of this.released(where)) {
          out.push(late)
          same = false
        }
      }
    }
    return same && out.length === list.length ? list : out
  }

  /**
   * The first deltas of calls that wait and need not any more.
   *
   * @param last nothing more will come.
   */
  released(where: Where, last = false): JsonObject[] {
    return announceWaiting(this.#context, this, where, last)
  }

  #shapeless(entry: unknown, where: Where): undefined {
    this.#context.reporter.defect(argsCode, 'dropped', where, { path: 'delta.tool_calls', found: kindOf(entry) })
    return undefined
  }

  #entry(entry: JsonObject, where: Where): JsonObject | undefined {
    const context = this.#context
    const { reporter, writer, limits } = context
    if (isTooDeep(entry, limits.maxDepth)) {
      writer.tooDeep = true
      return undefined
    }
    const read = readEntry(entry)
    const newer = newerType(entry)
    const own = 'function' in entry || 'custom' in entry ? undefined : newerMeant(this.all, read, newer)
    if (own !== undefined) return continueNewer(context, own, entry, where)
    if (newer !== undefined) return beginNewer(context, this, read, newer, entry, where)
    if (!isJsonObject(entry['function']) && !read.custom && 'function' in entry && read.id === undefined) {
      reporter.defect(argsCode, 'dropped', where, { path: 'function', found: kindOf(entry['function']) })
      return undefined
    }
    const known = callMeant(this.all, this.#touched, read)
    if (known !== undefined && isRepeat(known, read)) {
      reporter.defect(argsCode, 'dropped', where, { path: 'function' })
      return undefined
    }
    if (known !== undefined && isTooLate(known, read)) {
      // D-63: `{}` has gone out as the whole of it.
      context.lose(argsCode, where, 'function.arguments')
      return undefined
    }
    if (known !== undefined && isBlank(read.args) && read.name === known.name && known.announced && isOver(known)) {
      known.renewed = true
    }
    const call = known ?? this.begin(read)
    this.#touched.add(call)
    if (entry['type'] === (call.custom ? 'custom' : 'function')) call.typed = true
    if (entry['index'] !== call.index) context.rewrote(indexCode, where, 'index', entry['index'], 'dense integer')
    const args = takeArguments(context, this, call, read, where)
    if (call.announced) return continued(context, call, entry, read, args, where)
    this.#went = false
    nameCall(context, call, read.name, where)
    return announce(context, this, call, entry, args, where)
  }

  /**
   * Begins a call.
   *
   * @param newer its type, where that is newer than we are.
   */
  begin(entry: ToolEntry, newer?: string): ToolCall {
    const before = this.all.findLast((one) => one.renewed && one.upstreamIndex === entry.index)
    if (before !== undefined) before.renewed = false
    const call = createCall(this.all.length, entry, newer, before)
    this.all.push(call)
    return call
  }
}
