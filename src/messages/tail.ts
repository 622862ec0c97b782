import type { Code } from '../defects/codes.js'
import type { JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { type Finding, isCount, isString, memberOf, reportAll } from '../defects/shape.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import type { Context } from './context.js'
import { completeMessageDelta, cuttingReasons, openaiReasons, reasonRank } from './shapes.js'

/** A frame behind the blocks; a `message_delta` with the event as it will go out. */
interface Held {
  readonly frame: Frame
  event?: JsonObject
  /** Sends a frame that is no `message_delta`. */
  readonly act?: () => void
}

/**
 * The end of the message: every `message_delta` waits here, with what came behind it, until it is known that no block and no
 * other `message_delta` follows (D-21, D-25, D-26).
 */
export class Tail {
  readonly #context: Context
  #items: Held[] = []
  /** The last `message_delta`. */
  #last: { readonly frame: EventFrame; event: JsonObject } | undefined
  /** The input tokens that something other than a `message_delta` told (11). */
  #learnt = 0
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

  /** The reason allows tool JSON that is cut short. */
  get mayBeCut(): boolean {
    return cuttingReasons.has(this.reason ?? '')
  }

  /** Takes a comment or a ping that came behind a `message_delta`. */
  behind(frame: Frame, act: () => void): void {
    this.#hold({ frame, act })
  }

  /** Takes a `message_delta`, merged with the one before where the two contradict or the later one erases (31). */
  take(frame: EventFrame): void {
    const { reporter } = this.#context
    const findings: Finding[] = []
    const event = inAnthropicWords(completeMessageDelta(frame.value as JsonObject, findings), findings)
    reportAll(this.#context.reporter, frame, findings)
    const before = this.#last
    if (before !== undefined && reasonOf(before.event) !== undefined) {
      reporter.defect('messages/message-delta-duplicate', 'rewrote', frame)
      before.event = merge(before.event, event)
    } else {
      this.#last = { frame, event }
      this.#hold(this.#last)
    }
    this.reason = reasonOf(this.#last?.event) ?? this.reason
  }

  /** Notes what a second `message_start` told of the tokens (4, 11). */
  learn(message: unknown, known: number): void {
    const tokens = memberOf(memberOf(message, 'usage'), 'input_tokens')
    if (isCount(tokens) && tokens > known) this.#learnt = Math.max(tokens, this.#learnt)
  }

  /**
   * Lets go of everything that waits, since an error follows (D-23).
   *
   * @param code why each `message_delta` is dropped: the error is ours. Before the upstream's own they leave.
   */
  abandon(code: Code | undefined): void {
    for (const item of this.#release()) {
      if (item.event === undefined || code === undefined) this.#send(item)
      else this.#context.reporter.defect(code, 'dropped', item.frame, { path: 'message_delta' })
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
    if (last === undefined) {
      reporter.defect('messages/message-delta-malformed', 'inserted', where)
      const usage = this.#told(this.#usage({ output_tokens: 0 }, where))
      writer.make({ type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage }, where)
    } else {
      const delta = last.event['delta'] as JsonObject
      const usage = this.#told(this.#usage(last.event['usage'] as JsonObject, last.frame))
      if (delta['stop_reason'] !== reason || usage !== last.event['usage'])
        last.event = { ...last.event, delta: { ...delta, stop_reason: reason }, usage }
    }
    for (const item of this.#release()) this.#send(item)
  }

  /** 12, 58: endings that look made up, and a stop sequence that is not named. */
  observe(blocks: boolean): void {
    if (this.#last === undefined) return
    const { frame, event } = this.#last
    const { reporter } = this.#context
    const [delta, usage] = [event['delta'] as JsonObject, event['usage'] as JsonObject]
    if (this.reason === 'stop_sequence' && delta['stop_sequence'] === null) {
      reporter.observe('messages/stop-reason-wrong-value', frame, { path: 'delta.stop_sequence' })
    }
    if (this.reason === 'end_turn' && blocks && event === frame.value && usage['output_tokens'] === 0) {
      reporter.observe('messages/truncation-masked-as-success', frame, { path: 'usage.output_tokens' })
    }
  }

  /** The usage as the caller wants it told. */
  #told(usage: JsonObject): JsonObject {
    const { options, messageId, model } = this.#context
    const { onUsage } = options
    return onUsage === undefined ? usage : onUsage(usage, { id: messageId, model })
  }

  #usage(usage: JsonObject, where: Where): JsonObject {
    const tokens = usage['input_tokens']
    if (this.#learnt === 0 || (isCount(tokens) && tokens > 0)) return usage
    this.#context.reporter.defect('messages/usage-zero-or-late', 'rewrote', where, { path: 'usage.input_tokens' })
    return { ...usage, input_tokens: this.#learnt }
  }

  /** The reason held against the blocks that were really sent (7, 33, AN-13). */
  #checked(where: Where): string {
    const tools = this.#context.writer.clientTools > 0
    const [wrong, right] = tools ? (['end_turn', 'tool_use'] as const) : (['tool_use', 'end_turn'] as const)
    if (this.reason !== undefined && this.reason !== wrong) return this.reason
    if (this.reason === undefined && this.#last === undefined) return right
    const code: Code =
      this.reason === undefined
        ? 'messages/message-delta-malformed'
        : tools
          ? 'messages/stop-reason-end-turn-with-tool'
          : 'messages/stop-reason-tool-use-without-tool'
    this.#context.reporter.defect(code, 'rewrote', where, { path: 'delta.stop_reason' })
    return right
  }

  #hold(item: Held): void {
    this.#context.held.add(item.frame.raw.length)
    this.#items.push(item)
  }

  #release(): Held[] {
    for (const { frame } of this.#items) this.#context.held.remove(frame.raw.length)
    return this.#items.splice(0)
  }

  #send({ frame, event, act }: Held): void {
    act?.()
    if (event === undefined) return
    const delta = frame as EventFrame
    this.#context.writer.send(delta, 'message_delta', undefined, event === delta.value ? undefined : event)
  }
}

function reasonOf(event: JsonObject | undefined): string | undefined {
  const reason = memberOf(event?.['delta'], 'stop_reason')
  return isString(reason) && reason !== '' ? reason : undefined
}

function inAnthropicWords(event: JsonObject, findings: Finding[]): JsonObject {
  const stop_reason = openaiReasons.get(reasonOf(event) ?? '')
  if (stop_reason === undefined) return event
  findings.push({ code: 'messages/stop-reason-end-turn-with-tool', action: 'rewrote', path: 'delta.stop_reason' })
  return { ...event, delta: { ...(event['delta'] as JsonObject), stop_reason } }
}

/** One `message_delta` of two (D-26): the reason that ranks first, and of each count the last that is not zero. */
function merge(first: JsonObject, second: JsonObject): JsonObject {
  const [one, two] = [first['delta'] as JsonObject, second['delta'] as JsonObject]
  const reasons = [reasonOf(first), reasonOf(second)]
  const ranked = reasonRank.find((reason) => reasons.includes(reason)) ?? reasons[0]
  const winner = ranked === reasons[1] ? two : one
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
