import type { JsonObject } from '../defects/protocol.js'
import type { Reporter, Where } from '../defects/reporter.js'
import { complete, type Finding, reportAll } from '../defects/shape.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import { changedFrame } from '../sse/frames.js'
import { restatedFrame } from '../sse/made.js'
import type { PlainDelta } from '../sse/plain-delta.js'
import type { Emit, EndReason, Stage } from '../stage/stage.js'
import { Context } from './context.js'
import { cutShort, fail, failLimit, sendFailed, takeError, takeFailed } from './error-terminal.js'
import { eventShapes } from './event-shapes.js'
import { plainDelta } from './flow.js'
import { type Meaning, meaningOf, ofType, typed, typeOf } from './intake.js'
import { isItemEvent } from './item-types.js'
import { takeNoise } from './noise.js'
import type { ResponsesOptions } from './options.js'
import { takeDoneMark, takeTerminal, takeWhole } from './success-terminal.js'

/**
 * The machine of `/v1/responses`: it reads what the upstream meant (intake), decides what must wait, and has the writer say it
 * as the protocol demands.
 */
export class ResponsesMachine implements Stage<Frame, Frame> {
  readonly #context: Context
  #over = false
  /** Where the last frame stood: the frame itself may be big. */
  #number = 0
  #offset = 0

  constructor(options: ResponsesOptions, reporter: Reporter, plain: PlainDelta = plainDelta()) {
    this.#context = new Context(options, reporter, plain)
  }

  get #last(): Where {
    return { number: this.#number, offset: this.#offset }
  }

  get ended(): boolean {
    return this.#context.writer.ended
  }

  get owing(): boolean {
    return this.#context.failing !== undefined
  }

  push(frame: Frame, emit: Emit<Frame>): void {
    if (this.#over) return
    const context = this.#context
    const { writer } = context
    writer.bind(emit)
    if (!(frame.kind === 'comment' && frame.filler)) {
      this.#number = frame.number
      this.#offset = frame.offset
    }
    if (frame.kind === 'event' && !writer.ended && context.failing === undefined) {
      // The next delta of the same text: most of every stream, sent on without further questions.
      if (context.flow.take(frame)) {
        this.#guard(frame)
        return
      }
    }
    const meaning = meaningOf(frame)
    if (writer.ended) this.#afterEnd(frame, meaning)
    else this.#take(frame, meaning)
    this.#guard(frame)
  }

  end(reason: EndReason, emit: Emit<Frame>): void {
    if (this.#over) return
    this.#over = true
    const context = this.#context
    const { writer } = context
    writer.bind(emit)
    if (reason === 'cancel' || writer.ended) return
    if (reason === 'limit') failLimit(context, this.#last)
    else if (context.failing !== undefined) sendFailed(context, this.#last)
    else cutShort(context, reason === 'timeout' ? 'timeout' : 'truncated', this.#last)
    this.#guard(this.#last)
  }

  #take(given: Frame, meaning: Meaning): void {
    const context = this.#context
    const { writer } = context
    if (given.kind === 'comment') {
      writer.pass(given)
      return
    }
    if (context.failing !== undefined && meaning !== 'response.failed') {
      sendFailed(context, given)
      this.#afterEnd(given, meaning)
      return
    }
    if (meaning === 'newer' || meaning === 'foreign') {
      takeNoise(context, given, meaning)
      return
    }
    const frame = typed(context, given)
    if (writer.tooDeep) return
    switch (meaning) {
      case 'opening':
        context.opening.take(frame, String(typeOf(frame)))
        return
      case 'item':
        this.#item(frame)
        return
      case 'terminal':
        takeTerminal(context, frame)
        return
      case 'response.failed':
        takeFailed(context, frame)
        return
      case 'response':
        takeWhole(context, frame)
        return
      case 'done':
        takeDoneMark(context, frame)
        return
      case 'error':
        takeError(context, frame)
        return
      case 'content and error':
      case 'null error':
        this.#beside(frame, meaning)
        return
      case 'cut':
        return
      case 'not a stream':
        fail(context, 'not-a-stream', frame)
        return
      case 'other protocol':
        fail(context, 'other-protocol', frame, 'responses/chat-chunks-on-responses')
        return
      default:
        fail(context, frame.body === undefined ? 'malformed' : 'malformed-body', frame, 'sse/data-malformed-json')
    }
  }

  #item(frame: EventFrame): void {
    const context = this.#context
    const { writer, opening, content, cutCalls } = context
    const type = String(typeOf(frame))
    if (!isItemEvent(type)) {
      takeNoise(context, frame, 'newer')
      return
    }
    opening.open(frame)
    opening.proceed(frame)
    if (type === 'response.output_item.done' && cutCalls.hold(frame)) return
    const whole = this.#shaped(frame, type)
    if (!writer.tooDeep && !content.take(whole, type) && !writer.tooDeep) takeNoise(context, whole, 'newer')
  }

  /** The event with what clients read of it besides its place in the types that they read (A27). */
  #shaped(frame: EventFrame, type: string): EventFrame {
    const shape = eventShapes.get(type)
    if (shape === undefined) return frame
    const findings: Finding[] = []
    const value = frame.value as JsonObject
    const whole = complete(value, shape, '', findings, 'responses/built-in-tool-events-incomplete')
    reportAll(this.#context.reporter, frame, findings)
    return whole === value || this.#context.writer.tooDeepToWrite(frame) ? frame : restatedFrame(frame, whole)
  }

  /** Checks what one push has made of the limits. */
  #guard(where: Where): void {
    const { held, writer, reporter, positions } = this.#context
    const path = held.broken(positions.open.length, writer.tooDeep)
    if (writer.ended || path === undefined) return
    reporter.defect('sse/limit-exceeded', 'ended', where, { path })
    failLimit(this.#context, where)
  }

  /** Content with an error in the same frame leaves first (D-6); an `error` key that says nothing is removed. */
  #beside(frame: EventFrame, meaning: 'content and error' | 'null error'): void {
    const { writer, reporter } = this.#context
    if (writer.tooDeepToWrite(frame)) return
    const { error, ...event } = frame.value as JsonObject
    const code = meaning === 'null error' ? 'errors/error-null-key' : 'errors/error-frame-shape'
    reporter.defect(code, 'rewrote', frame, { path: 'error' })
    const rest = restatedFrame(frame, event)
    const what = ofType(String(typeOf(frame)))
    // A success terminal with an error beside it is none.
    if (meaning === 'null error' || what !== 'terminal') this.#take(rest, what)
    if (meaning === 'null error' || writer.ended) return
    takeError(this.#context, changedFrame(frame, { event: undefined, value: { error }, raw: '' }))
  }

  /** After the terminal nothing is emitted, but counted (D-4). */
  #afterEnd(frame: Frame, meaning: Meaning): void {
    if (meaning === 'comment' || meaning === 'done' || meaning === 'cut') return
    this.#context.reporter.defect('responses/event-after-end', 'dropped', frame)
  }
}
