import type { Code } from '../defects/codes.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import type { Context } from './context.js'
import { type Change, isCount, isString, messageDeltaShape, openaiReasons, reasonRank } from './shapes.js'

interface HeldDelta {
  readonly frame: EventFrame
  /** The event as it will go out, before its reason is held against the blocks. */
  value: JsonObject
}

/**
 * The end of the message: every `message_delta` waits here, with what came behind it, until it is known that no block and no
 * other `message_delta` follows (D-21, D-25, D-26).
 */
export class Tail {
  readonly #context: Context
  #items: (HeldDelta | Frame)[] = []
  #last: HeldDelta | undefined
  /** The input tokens that something other than a `message_delta` told (11). */
  #learnt: number | undefined
  /** The stop reason in Anthropic's words, undefined while none came. */
  reason: string | undefined
  /** Content came behind the reason, which is no evidence any more (D-24). */
  revoked = false

  constructor(context: Context) {
    this.#context = context
  }

  get holds(): boolean {
    return this.#items.length > 0
  }

  /** Takes a comment or a ping that came behind a `message_delta`. */
  behind(frame: Frame): void {
    this.#context.held.add(frame.raw.length)
    this.#items.push(frame)
  }

  /** Takes a `message_delta`, merged with the one before where the two contradict or the later one erases (31). */
  take(frame: EventFrame, event: JsonObject): void {
    const { reporter, held } = this.#context
    const changes: Change[] = []
    const value = this.#inAnthropicWords(frame, messageDeltaShape(event, changes))
    for (const { code, ...detail } of changes) reporter.defect(code, 'rewrote', frame, detail)
    const reason = reasonOf(value)
    const before = this.#last
    if (before !== undefined && reasonOf(before.value) !== undefined) {
      reporter.defect('messages/message-delta-duplicate', 'rewrote', frame)
      before.value = merge(before.value, value)
      this.reason = reasonOf(before.value)
      return
    }
    held.add(frame.raw.length)
    this.#last = { frame, value }
    this.#items.push(this.#last)
    if (reason !== undefined) this.reason = reason
  }

  /** Notes what a second `message_start` told of the tokens (4, 11). */
  learn(usage: unknown, known: number): void {
    const tokens = isJsonObject(usage) ? usage['input_tokens'] : undefined
    if (isCount(tokens) && tokens > known) this.#learnt = Math.max(tokens, this.#learnt ?? 0)
  }

  /** Sends everything that waits, as it is: the upstream's own error follows (D-23). */
  release(): void {
    for (const item of this.#drain()) {
      if ('value' in item && 'frame' in item) this.#send(item, item.value)
      else this.#context.writer.pass(item)
    }
  }

  /** Drops every `message_delta`, since an error of ours follows (D-23); comments and pings leave. */
  drop(code: Code): void {
    for (const item of this.#drain()) {
      if ('frame' in item) this.#context.reporter.defect(code, 'dropped', item.frame, { path: 'message_delta' })
      else this.#context.writer.pass(item)
    }
  }

  /**
   * Sends everything that waits with the reason that the blocks call for, and makes a `message_delta` where none came (32).
   *
   * @param where the frame that ends the message.
   */
  finish(where: Where): void {
    const { reporter, writer } = this.#context
    const last = this.#last
    const reason = this.#checked(last?.frame ?? where)
    const items = this.#drain()
    if (last === undefined) {
      reporter.defect('messages/message-delta-malformed', 'inserted', where)
      writer.make(
        {
          type: 'message_delta',
          delta: { stop_reason: reason, stop_sequence: null },
          usage: this.#usage({ output_tokens: 0 }, where),
        },
        where,
      )
    }
    for (const item of items) {
      if (!('frame' in item)) writer.pass(item)
      else if (item === last) this.#send(item, this.#final(item, reason))
      else this.#send(item, item.value)
    }
  }

  /** 12, 58: endings that look made up, and a stop sequence that is not named. */
  observe(blocks: boolean): void {
    const last = this.#last
    if (last === undefined) return
    const { reporter } = this.#context
    const [delta, usage] = [last.value['delta'] as JsonObject, last.value['usage'] as JsonObject]
    if (this.reason === 'stop_sequence' && delta['stop_sequence'] === null) {
      reporter.observe('messages/stop-reason-wrong-value', last.frame, { path: 'delta.stop_sequence' })
    }
    const counted = last.value === last.frame.value
    if (this.reason === 'end_turn' && blocks && counted && usage['output_tokens'] === 0) {
      reporter.observe('messages/truncation-masked-as-success', last.frame, { path: 'usage.output_tokens' })
    }
  }

  #final(item: HeldDelta, reason: string): JsonObject {
    const delta = item.value['delta'] as JsonObject
    const usage = this.#usage(item.value['usage'] as JsonObject, item.frame)
    if (delta['stop_reason'] === reason && usage === item.value['usage']) return item.value
    return { ...item.value, delta: { ...delta, stop_reason: reason }, usage }
  }

  #usage(usage: JsonObject, where: Where): JsonObject {
    const tokens = usage['input_tokens']
    if (this.#learnt === undefined || (isCount(tokens) && tokens > 0)) return usage
    this.#context.reporter.defect('messages/usage-zero-or-late', 'rewrote', where, { path: 'usage.input_tokens' })
    return { ...usage, input_tokens: this.#learnt }
  }

  /** The reason held against the blocks that were really sent (7, 33, AN-13). */
  #checked(where: Where): string {
    const { reporter, writer } = this.#context
    const tools = writer.clientTools > 0
    if (this.reason === undefined) {
      if (this.#last !== undefined)
        reporter.defect('messages/message-delta-malformed', 'rewrote', where, { path: 'delta.stop_reason' })
      return tools ? 'tool_use' : 'end_turn'
    }
    if (tools && this.reason === 'end_turn') {
      reporter.defect('messages/stop-reason-end-turn-with-tool', 'rewrote', where, { path: 'delta.stop_reason' })
      return 'tool_use'
    }
    if (!tools && this.reason === 'tool_use') {
      reporter.defect('messages/stop-reason-tool-use-without-tool', 'rewrote', where, { path: 'delta.stop_reason' })
      return 'end_turn'
    }
    return this.reason
  }

  #inAnthropicWords(frame: EventFrame, event: JsonObject): JsonObject {
    const reason = reasonOf(event)
    const ours = reason !== undefined && Object.hasOwn(openaiReasons, reason) ? openaiReasons[reason] : undefined
    if (ours === undefined) return event
    this.#context.reporter.defect('messages/stop-reason-end-turn-with-tool', 'rewrote', frame, {
      path: 'delta.stop_reason',
      found: "OpenAI's word",
    })
    return { ...event, delta: { ...(event['delta'] as JsonObject), stop_reason: ours } }
  }

  #send(item: HeldDelta, value: JsonObject): void {
    this.#context.writer.send(item.frame, 'message_delta', undefined, value === item.frame.value ? undefined : value)
  }

  #drain(): (HeldDelta | Frame)[] {
    const items = this.#items
    this.#items = []
    this.#last = undefined
    for (const item of items) this.#context.held.remove(('frame' in item ? item.frame : item).raw.length)
    return items
  }
}

function reasonOf(event: JsonObject): string | undefined {
  const delta = event['delta']
  const reason = isJsonObject(delta) ? delta['stop_reason'] : undefined
  return isString(reason) && reason !== '' ? reason : undefined
}

/** One `message_delta` of two (D-26): the reason that ranks first, and of each count the last that is not zero. */
function merge(first: JsonObject, second: JsonObject): JsonObject {
  const [one, two] = [first['delta'] as JsonObject, second['delta'] as JsonObject]
  const reasons = [reasonOf(first), reasonOf(second)].filter((reason) => reason !== undefined)
  const ranked = reasonRank.find((reason) => reasons.includes(reason)) ?? reasons[0] ?? null
  const winner = ranked === reasonOf(second) ? two : one
  const usage: Record<string, unknown> = { ...(first['usage'] as JsonObject) }
  for (const [name, value] of Object.entries(second['usage'] as JsonObject)) {
    if (usage[name] === undefined || usage[name] === null || (value !== null && value !== 0)) usage[name] = value
  }
  return {
    ...first,
    ...second,
    delta: { ...one, ...two, stop_reason: ranked, stop_sequence: winner['stop_sequence'] ?? null },
    usage,
  }
}
