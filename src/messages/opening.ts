import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { type Finding, isCount, isString, memberOf, reportAll } from '../defects/shape.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import type { Context } from './context.js'
import type { Meaning } from './intake.js'
import { completeMessage } from './shapes.js'
import { emptied, isWholeCall } from './whole-message.js'

/** A `message_start` that already holds content or a stop reason (56, D-28). */
interface Prefilled {
  readonly frame: EventFrame
  /** The event to send instead of the one that came, where something in it had to be completed. */
  readonly restated: JsonObject | undefined
  readonly message: JsonObject
}

/** The beginning of the message: the one `message_start` that goes out, the upstream's or ours. */
export class Opening {
  readonly #context: Context
  /** The `message_start` is ours, so that the upstream's own only comes late (28). */
  #made = false
  /** A prefilled start waits for the event that follows it (D-28). */
  prefilled: Prefilled | undefined
  /** A prefilled start was sent on as it came, and no block followed: its reason is evidence (D-24). */
  told = false
  inputTokens = 0

  constructor(context: Context) {
    this.#context = context
  }

  /** Sends the upstream's `message_start`, completed; one that is prefilled waits. */
  take(frame: EventFrame): void {
    const { reporter } = this.#context
    const event = frame.value as JsonObject
    const given = isJsonObject(event['message']) ? event['message'] : undefined
    const findings: Finding[] = []
    const message = this.#complete(given ?? {}, findings)
    if (given === undefined) reporter.defect('messages/message-start-missing', 'rewrote', frame, { path: 'message' })
    else reportAll(this.#context.reporter, frame, findings)
    const tokens = (message['usage'] as JsonObject)['input_tokens']
    if (isCount(tokens)) this.inputTokens = tokens
    if (this.inputTokens === 0 && findings.every(({ code }) => code !== 'messages/usage-missing')) {
      reporter.observe('messages/usage-zero-or-late', frame, { path: 'message.usage.input_tokens' })
    }
    const restated = message === given ? undefined : { ...event, message }
    if ((message['content'] as unknown[]).length > 0 || message['stop_reason'] !== null)
      this.prefilled = { frame, restated, message }
    else this.#send(frame, restated)
  }

  /**
   * Sends a prefilled start: a tool call before the end passes as Anthropic sends it; what else a start holds leaves as blocks
   * (D-28).
   *
   * @param next the event that follows it, where one does.
   * @returns the blocks that are to leave as events of their own.
   */
  release({ frame, restated, message }: Prefilled, next: Frame | undefined, meaning: Meaning): readonly unknown[] {
    const { reporter, writer, tail } = this.#context
    const content = message['content'] as unknown[]
    const reason = message['stop_reason'] as string | null
    const ends = meaning === 'message_stop' || meaning === 'done'
    const ids = new Set(content.map((block) => memberOf(block, 'id')))
    const calls = content.length > 0 && content.every(isWholeCall) && ids.size === content.length
    this.told = ends && calls && reason !== null
    if (this.told) {
      this.#send(frame, restated)
      return []
    }
    reporter.defect('messages/message-prefilled', 'rewrote', frame, { path: 'message.content' })
    if (writer.tooDeepToWrite(frame)) return []
    const event = restated ?? (frame.value as JsonObject)
    this.#send(frame, { ...event, message: emptied(message) })
    if (ends) tail.reason = reason ?? undefined
    const followed = meaning === 'content_block_start' || meaning === 'content_block_delta'
    const index = followed ? ((next as EventFrame).value as JsonObject)['index'] : undefined
    // Blocks that begin at 0 bring the content again.
    return index === undefined || (content.length > 0 && Number(index) >= content.length) ? content : []
  }

  #send(frame: EventFrame, restated: JsonObject | undefined): void {
    this.#context.writer.send(frame, 'message_start', undefined, restated)
    this.#context.writer.started = true
  }

  /** Makes the `message_start` that never came (28). */
  make(where: Where): void {
    const { writer, reporter } = this.#context
    if (writer.started) return
    reporter.defect('messages/message-start-missing', 'inserted', where)
    this.#made = true
    writer.make({ type: 'message_start', message: this.#complete({}, []) }, where)
    writer.started = true
  }

  /** Learns from a second `message_start`. False where it begins another message (D-32). */
  again(frame: EventFrame): boolean {
    const id = memberOf(memberOf(frame.value, 'message'), 'id')
    const other = isString(id) && id !== '' && id !== this.#context.messageId && !this.#made
    if (this.#made && isString(id)) this.#context.messageId = id
    this.#made = false
    if (other && this.#context.begun) return false
    this.#context.reporter.defect('messages/message-start-duplicate', 'dropped', frame)
    return true
  }

  #complete(message: JsonObject, findings: Finding[]): JsonObject {
    const context = this.#context
    const known = {
      get id() {
        return `msg_${context.newId()}`
      },
      model: context.options.request?.model ?? 'unknown',
    }
    const whole = completeMessage(message, known, findings)
    context.messageId = String(whole['id'])
    context.model = String(whole['model'])
    return whole
  }
}
