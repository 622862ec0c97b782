import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { isString } from '../defects/shape.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import type { Choice } from './choices.js'
import type { ReadChunk } from './chunk.js'
import type { Context } from './context.js'
import { saysAnything } from './delta.js'
import { withArguments, withFinish } from './revise.js'
import { sendFinished } from './settle.js'
import type { ToolCall } from './tool-call.js'

/** A chunk that waits for the next one, which tells what it meant. */
interface Pending {
  readonly frame: EventFrame
  chunk: JsonObject
  /** Choices that it finishes beyond doubt. */
  readonly sure: readonly Choice[]
  /** Choices whose finish reason came with content, or before any: the next chunk may go on with them (B02). */
  readonly doubtful: readonly Choice[]
  /** Calls of which only `{}` has come (D-63). */
  readonly braced: readonly ToolCall[]
  /** What came behind it: comments, noise, and chunks that add nothing but a blank to such a call. */
  readonly behind: { readonly frame: Frame; readonly chunk?: JsonObject }[]
}

/** The only hold of whole frames: one chunk, and what must stay behind it (law 7, docs/holds.md). */
export class Hold {
  readonly #context: Context
  #pending: Pending | undefined

  constructor(context: Context) {
    this.#context = context
  }

  /** A chunk waits. */
  get waits(): boolean {
    return this.#pending !== undefined
  }

  /** Sends a chunk now, or has it wait for the next where that tells what it means. */
  send(frame: EventFrame, chunk: JsonObject, { finished, braced }: ReadChunk): void {
    const doubtful = finished.filter((choice) => choice.doubtful)
    if (doubtful.length > 0 || braced.length > 0) {
      const sure = finished.filter((choice) => !choice.doubtful)
      this.#pending = { frame, chunk, sure, doubtful, braced, behind: [] }
      this.#context.held.add(frame.raw.length)
    } else sendFinished(this.#context, frame, chunk, finished)
  }

  /** Sends what is not ours to read, behind what waits. */
  pass(frame: Frame): void {
    if (this.#pending === undefined) this.#context.writer.pass(frame)
    else this.#behind(this.#pending, { frame })
  }

  #behind(pending: Pending, item: Pending['behind'][number]): void {
    pending.behind.push(item)
    this.#context.held.add(item.frame.raw.length)
  }

  /** Has a chunk wait that leaves it open what the `{}` of the waiting one was: a blank goes with either (D-63). */
  keeps(frame: EventFrame, chunk: JsonObject, { spoke, finished }: ReadChunk): boolean {
    const pending = this.#pending
    if (pending === undefined) return false
    const [choice, other] = spoke
    const call = other === undefined && finished.length === 0 ? choice?.tools.last : undefined
    if (call === undefined || pending.doubtful.length > 0) return false
    if (!pending.braced.includes(call) || !isBlankDelta(chunk)) return false
    this.#behind(pending, { frame, chunk })
    return true
  }

  /** Lets go what waited for this chunk, now that it is read. */
  proceed(read: ReadChunk): void {
    const pending = this.#pending
    if (pending === undefined) return
    const { reporter } = this.#context
    for (const choice of pending.doubtful) {
      // It has gone on, or finished once more: it was not over.
      if (!read.spoke.has(choice) && !read.finished.includes(choice)) continue
      const detail = { path: 'choices.finish_reason' }
      reporter.defect('chat/finish-reason-missing-empty-wrong', 'rewrote', pending.frame, detail)
      pending.chunk = withFinish(pending.chunk, choice.index, null)
      if (!read.finished.includes(choice)) choice.finish = undefined
    }
    for (const { choice, call } of read.prefixed) {
      if (!pending.braced.includes(call)) continue
      reporter.defect('chat/tool-args-shape', 'dropped', pending.frame, { path: 'function.arguments' })
      pending.chunk = withArguments(pending.chunk, choice.index, call.index, '')
    }
    this.release(read)
  }

  /**
   * Lets go what waits.
   *
   * @param next the chunk that comes now, where it is one that does so.
   */
  release(next?: ReadChunk): void {
    const pending = this.#pending
    if (pending === undefined) return
    const { held, writer } = this.#context
    this.#pending = undefined
    held.remove(pending.frame.raw.length)
    for (const call of pending.braced) {
      const still = next?.braced.includes(call) === true
      if (call.braces && !still) call.settled = true
      call.braces = still
    }
    const over = pending.doubtful.filter(
      (choice) => choice.finish !== undefined && next?.finished.includes(choice) !== true,
    )
    if (pending.chunk !== pending.frame.value && writer.tooDeepToWrite(pending.frame)) return
    sendFinished(this.#context, pending.frame, pending.chunk, [...pending.sure, ...over])
    this.#drain(pending)
  }

  /** What waits goes out before an error, and nothing is made of it. */
  abandon(): void {
    const pending = this.#pending
    if (pending === undefined) return
    const { held, writer } = this.#context
    this.#pending = undefined
    held.remove(pending.frame.raw.length)
    if (pending.chunk === pending.frame.value || !writer.tooDeepToWrite(pending.frame)) {
      writer.send(pending.frame, pending.chunk)
    }
    this.#drain(pending)
  }

  #drain({ behind }: Pending): void {
    const { held, writer } = this.#context
    for (const { frame, chunk } of behind) {
      held.remove(frame.raw.length)
      if (chunk === undefined || frame.kind === 'comment') writer.pass(frame)
      else writer.send(frame, chunk)
    }
  }
}

/** Whether a chunk says nothing but that the arguments of one call go on with a blank. */
function isBlankDelta({ choices, usage }: JsonObject): boolean {
  const choice: unknown = Array.isArray(choices) && choices.length === 1 ? choices[0] : undefined
  const delta = isJsonObject(choice) ? choice['delta'] : undefined
  if (isJsonObject(usage) || !isJsonObject(delta)) return false
  const { tool_calls: calls, ...rest } = delta
  const call: unknown = Array.isArray(calls) && calls.length === 1 ? calls[0] : undefined
  if (!isJsonObject(call) || 'custom' in call || saysAnything(rest)) return false
  // No arguments at all are no more than a blank (B08).
  const args = isJsonObject(call['function']) ? call['function']['arguments'] : undefined
  return args === undefined || (isString(args) && args.trim() === '')
}
