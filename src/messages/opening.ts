import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { type Finding, isCount, isString, memberOf, reportAll } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import type { Context } from './context.js'
import { completeMessage } from './shapes.js'

/** A `message_start` that already holds content or a stop reason (56, D-28). */
export interface Prefilled {
  readonly frame: EventFrame
  /** The event to send instead of the one that came, where something in it had to be completed. */
  readonly restated: JsonObject | undefined
  readonly message: JsonObject
}

/** The beginning of the message: the one `message_start` that goes out, the upstream's or ours. */
export class Opening {
  readonly #context: Context
  readonly #model: string
  /** The `message_start` is ours, so that the upstream's own only comes late (28). */
  #made = false
  inputTokens = 0

  constructor(context: Context, model: string | undefined) {
    this.#context = context
    this.#model = model ?? 'unknown'
  }

  /** Sends the upstream's `message_start`, completed; hands one back that is prefilled. */
  take(frame: EventFrame): Prefilled | undefined {
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
      return { frame, restated, message }
    this.send(frame, restated)
    return undefined
  }

  send(frame: EventFrame, restated: JsonObject | undefined): void {
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
  again(frame: EventFrame, begun: boolean): boolean {
    const id = memberOf(memberOf(frame.value, 'message'), 'id')
    const other = isString(id) && id !== '' && id !== this.#context.messageId && !this.#made
    if (this.#made && isString(id)) this.#context.messageId = id
    this.#made = false
    if (other && begun) return false
    this.#context.reporter.defect('messages/message-start-duplicate', 'dropped', frame)
    return true
  }

  #complete(message: JsonObject, findings: Finding[]): JsonObject {
    const context = this.#context
    const known = {
      get id() {
        return `msg_${context.newId()}`
      },
      model: this.#model,
    }
    const whole = completeMessage(message, known, findings)
    context.messageId = String(whole['id'])
    context.model = String(whole['model'])
    return whole
  }
}
