import type { Code } from '../defects/codes.js'
import { isJsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { memberOf } from '../defects/shape.js'
import type { EndState } from '../defects/types.js'
import { recognise } from '../errors/recognise.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import type { EndReason } from '../stage/stage.js'
import type { Content } from './content.js'
import type { Context } from './context.js'
import { type Cause, causeEvent, errorEvent } from './endings.js'
import { type Meaning, typed } from './intake.js'
import type { Tail } from './tail.js'
import type { Turns } from './turns.js'

/** The terminal: how the message ends, well only where the evidence allows it (DESIGN.md, success table; D-24). */
export class Terminal {
  readonly #context: Context
  readonly #content: Content
  readonly #turns: Turns
  readonly #tail: Tail
  #upstreamFailed = false

  constructor(context: Context, content: Content, turns: Turns, tail: Tail) {
    this.#context = context
    this.#content = content
    this.#turns = turns
    this.#tail = tail
  }

  /**
   * Ends the message.
   *
   * @param how `message_stop`, or why the input is over.
   * @param prefilled the `message_start` told all of the message, its reason included.
   * @param stop the upstream's `message_stop`, where it came.
   */
  finish(where: Where, how: EndReason | 'message_stop', prefilled: boolean, stop?: EventFrame): void {
    const { writer, reporter } = this.#context
    const turns = this.#turns
    const tail = this.#tail
    const told = tail.reason !== undefined
    const evidence = how === 'message_stop' ? told || turns.closed : told && !tail.revoked
    if (!writer.started && !this.#content.begun) {
      const bare = how === 'message_stop' || tail.holds
      const code = bare ? 'messages/message-stop-bare' : 'messages/empty-200'
      if (how === 'timeout') this.fail('timeout', where, bare ? code : 'messages/truncated-stream')
      else this.fail('empty', where, code)
    } else if (prefilled) this.#succeed(where, stop)
    else if (!evidence) this.fail(how === 'timeout' ? 'timeout' : 'truncated', where, 'messages/truncated-stream')
    else if (!turns.finish(where, tail.mayBeCut)) this.#failCut(where)
    else if (this.#context.lost) {
      // D-5: what was dropped exists nowhere else, and the message is not the one that was sent.
      this.fail('dropped', where, 'messages/truncated-stream')
    } else {
      if (writer.next === 0) reporter.observe('messages/empty-message', where)
      tail.observe(writer.next > 0)
      tail.finish(where)
      if (!writer.tooDeep) this.#succeed(where, stop)
    }
  }

  /** D-22: with a reason at hand it is settled whether a tool call that was stopped short was cut. */
  settleCut(where: Where): void {
    if (this.#tail.reason === undefined || !this.#turns.stoppedShort) return
    if (this.#tail.mayBeCut) this.#turns.closeShort(where)
    else this.#failCut(where)
  }

  #succeed(where: Where, stop: EventFrame | undefined): void {
    const { writer, reporter } = this.#context
    if (stop !== undefined) writer.send(typed(this.#context, stop), 'message_stop')
    else {
      reporter.defect('messages/message-stop-missing', 'inserted', where)
      writer.make({ type: 'message_stop' }, where)
    }
    this.#terminated('complete')
  }

  #failCut(where: Where): void {
    this.fail('truncated', where, 'messages/tool-args-bad-json')
  }

  /** Ends the stream in an error of ours (D-6, D-23). */
  fail(cause: Cause, where: Where, code?: Code): void {
    const { state, event } = causeEvent(cause)
    this.#turns.abandon(where, true)
    this.#tail.abandon(code ?? 'messages/truncated-stream')
    if (code !== undefined) this.#context.reporter.defect(code, 'ended', where)
    this.#context.writer.make(event, where)
    this.#terminated(state)
  }

  /** Ends the stream in the upstream's error. */
  failUpstream(frame: EventFrame): void {
    const { writer, reporter } = this.#context
    const found = recognise(frame.event, frame.value, frame.data)
    if (found === undefined) {
      this.fail('malformed', frame, 'sse/data-malformed-json')
      return
    }
    this.#turns.abandon(frame, false)
    // A message_delta of a message that never began says nothing.
    this.#tail.abandon(writer.started ? undefined : 'messages/message-stop-bare')
    if (found.shape === 'err-anthropic' && isCanonical(frame.value)) writer.send(frame, 'error')
    else {
      reporter.defect('errors/error-frame-shape', 'rewrote', frame, { found: found.shape })
      // The words of the error may be the remains of any event.
      const remains = found.shape === 'err-event-plain' && frame.data.startsWith('{')
      if (remains) reporter.defect('sse/data-malformed-json', 'ended', frame)
      writer.make(errorEvent(found.error), frame)
    }
    this.#upstreamFailed = true
    this.#terminated('upstream-error')
  }

  #terminated(state: EndState): void {
    this.#context.writer.ended = true
    this.#context.reporter.ended(state)
  }

  /** After the terminal nothing is emitted, but counted (D-4). */
  after(frame: Frame, meaning: Meaning): void {
    if (meaning === 'comment' || meaning === 'done' || meaning === 'cut') return
    const { reporter } = this.#context
    if (this.#upstreamFailed) reporter.defect('messages/error-then-continue', 'dropped', frame)
    this.#upstreamFailed = false
    reporter.defect('messages/event-after-end', 'dropped', frame)
  }
}

/** Whether an error event is the one that Anthropic itself sends, which passes by its bytes. */
function isCanonical(value: unknown): boolean {
  const error = memberOf(value, 'error')
  const id = memberOf(value, 'request_id')
  if (id !== undefined && id !== null && typeof id !== 'string') return false
  return isJsonObject(error) && typeof error['type'] === 'string' && typeof error['message'] === 'string'
}
