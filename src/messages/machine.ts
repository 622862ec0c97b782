import type { JsonObject } from '../defects/protocol.js'
import type { Reporter, Where } from '../defects/reporter.js'
import { memberOf } from '../defects/shape.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import { changedFrame } from '../sse/frames.js'
import { type MadeEvent, madeFrame, restatedFrame } from '../sse/made.js'
import type { Emit, EndReason, Stage } from '../stage/stage.js'
import { takeContent } from './content.js'
import { Context } from './context.js'
import { flow } from './flow.js'
import { type BlockMeaning, type Meaning, meaningOf, typed } from './intake.js'
import { isNoise, takeNoise } from './noise.js'
import { Opening } from './opening.js'
import type { MessagesOptions } from './options.js'
import { PlainDelta } from './plain-delta.js'
import { countAfterEnd, fail, failUpstream, finish, guard, settleCut } from './terminal.js'
import { blockEvents, emptied, endEvents } from './whole-message.js'

/**
 * The machine of `/v1/messages`: it reads what the upstream meant (intake), decides what must wait, and has the writer say it
 * as the protocol demands.
 */
export class MessagesMachine implements Stage<Frame, Frame> {
  readonly #context: Context
  readonly #opening: Opening
  /** A block start that came before any `message_start` (D-30). */
  #early: EventFrame | undefined
  /** The noise behind a prefilled start. */
  readonly #noise: Frame[] = []
  #over = false
  #last: Where = { number: 0, offset: 0 }

  constructor(options: MessagesOptions, reporter: Reporter, plain: PlainDelta = new PlainDelta()) {
    this.#context = new Context(options, reporter, plain)
    this.#opening = new Opening(this.#context)
  }

  get ended(): boolean {
    return this.#context.writer.ended
  }

  push(frame: Frame, emit: Emit<Frame>): void {
    if (this.#over) return
    const context = this.#context
    const { writer, tail } = context
    writer.bind(emit)
    if (!(frame.kind === 'comment' && frame.filler)) this.#last = frame
    // The next plain delta of the open block, with nothing held: most of every stream, sent on without further questions.
    if (frame.kind === 'event' && !writer.ended && !tail.holds && flow(context, frame)) return
    const meaning = meaningOf(frame)
    if (writer.ended) countAfterEnd(context, frame, meaning)
    else this.#take(frame, meaning)
    guard(context, frame)
  }

  end(reason: EndReason, emit: Emit<Frame>): void {
    if (this.#over) return
    this.#over = true
    const context = this.#context
    const { writer } = context
    writer.bind(emit)
    if (reason === 'cancel' || writer.ended) return
    if (reason === 'limit') fail(context, 'limit', this.#last)
    else this.#finish(this.#last, reason)
    guard(context, this.#last)
  }

  #take(given: Frame, meaning: Meaning): void {
    const context = this.#context
    if (this.#settle(given, meaning) || context.turns.settleThinking(given)) return
    if (given.kind === 'comment' || isNoise(meaning)) {
      takeNoise(context, given, meaning)
      return
    }
    const frame = typed(context, given)
    if (context.writer.tooDeep) return
    switch (meaning) {
      case 'content_block_delta':
      case 'content_block_start':
      case 'content_block_stop':
        this.#blockFrame(frame, meaning)
        return
      case 'message_start':
        this.#messageStart(frame)
        return
      case 'message_delta':
        context.tail.take(frame)
        settleCut(context, frame)
        return
      case 'message_stop':
        this.#finish(frame, 'message_stop', frame)
        return
      case 'message':
        this.#wholeMessage(frame)
        return
      case 'done':
        context.reporter.defect('messages/done-sentinel', 'dropped', frame)
        this.#finish(frame, 'eof')
        return
      case 'error':
        failUpstream(context, frame)
        return
      case 'content and error':
      case 'null error':
        this.#beside(frame, meaning)
        return
      case 'cut':
        // What is left of a frame says at most that content was under way (D-24).
        if (beganContent(frame)) context.tail.revoked = true
        return
      case 'not a stream':
        fail(context, 'not-a-stream', frame)
        return
      case 'other protocol':
        fail(context, 'other-protocol', frame, 'messages/raw-openai-chunks')
        return
      default:
        fail(context, frame.body === undefined ? 'malformed' : 'malformed-body', frame, 'sse/data-malformed-json')
    }
  }

  /** Decides what waited for just one more frame (D-28, D-30). True where that took the frame itself. */
  #settle(frame: Frame | undefined, meaning: Meaning): boolean {
    const early = this.#early
    const opening = this.#opening
    const { prefilled } = opening
    const { held, reporter } = this.#context
    if (prefilled !== undefined) {
      // What is left of a frame tells nothing, unless it began a block.
      if (meaning === 'cut' && !beganContent(frame as EventFrame)) return true
      if (frame !== undefined && isNoise(meaning)) {
        this.#noise.push(frame)
        held.add(frame.raw.length)
        return true
      }
      opening.prefilled = undefined
      this.#expand(opening.release(prefilled, frame, meaning), prefilled.frame)
      for (const item of this.#noise.splice(0)) {
        held.remove(item.raw.length)
        takeNoise(this.#context, item, meaningOf(item))
      }
    } else if (early !== undefined) {
      this.#early = undefined
      const late = frame !== undefined && meaning === 'message_start'
      if (late) {
        reporter.defect('messages/message-start-missing', 'moved', frame)
        this.#messageStart(typed(this.#context, frame as EventFrame))
      } else opening.make(early)
      this.#take(early, 'content_block_start')
      return late
    }
    return false
  }

  // message_start

  #messageStart(frame: EventFrame): void {
    const context = this.#context
    const { reporter, tail, writer } = context
    const { started } = writer
    if (!started && tail.holds) reporter.defect('messages/stop-order', 'moved', frame)
    if (!started) this.#opening.take(frame)
    else if (this.#opening.again(frame)) {
      tail.learn(memberOf(frame.value, 'message'), this.#opening.inputTokens)
    } else {
      // D-32: a gateway that retried began again; the two halves make no message.
      fail(this.#context, 'spliced', frame, 'messages/message-spliced-retry')
    }
  }

  /** Acts on the blocks that a message carries whole (45, 56). */
  #expand(content: readonly unknown[], where: Where): void {
    this.#context.whole = true
    for (const event of blockEvents(content)) this.#takeMade(event, where)
    this.#context.whole = false
  }

  #takeMade(event: MadeEvent, where: Where): void {
    this.#take(madeFrame(event, where), event.type as Meaning)
  }

  /** A whole Message in one frame (45). */
  #wholeMessage(frame: EventFrame): void {
    const { writer, reporter, begun } = this.#context
    if (begun) {
      fail(this.#context, 'spliced', frame, 'messages/message-spliced-retry')
      return
    }
    if (writer.tooDeepToWrite(frame)) return
    reporter.defect('messages/content-type-wrong', 'rewrote', frame)
    const message = frame.value as JsonObject
    if (!writer.started) this.#takeMade({ type: 'message_start', message: emptied(message) }, frame)
    this.#expand(message['content'] as unknown[], frame)
    for (const event of endEvents(message)) this.#takeMade(event, frame)
  }

  // Content blocks

  #blockFrame(frame: EventFrame, meaning: BlockMeaning): void {
    const { writer, reporter, tail } = this.#context
    if (!writer.started && meaning === 'content_block_start') {
      this.#early = frame
      return
    }
    if (meaning === 'content_block_delta') this.#opening.make(frame)
    takeContent(this.#context, frame, meaning)
    if (!tail.holds) return
    // D-24, D-25: the message_delta came too early and leaves behind what came after it.
    reporter.defect('messages/stop-order', 'moved', frame)
    if (meaning === 'content_block_stop') settleCut(this.#context, frame)
    else tail.revoked = true
  }

  // The end

  #finish(where: Where, how: EndReason | 'message_stop', stop?: EventFrame): void {
    this.#settle(undefined, 'message_stop')
    if (!this.#context.writer.tooDeep) finish(this.#context, where, how, this.#opening.told, stop)
  }

  /** Content with an error in the same frame leaves first (D-6); an `error` key that says nothing is removed. */
  #beside(frame: EventFrame, meaning: 'content and error' | 'null error'): void {
    const { writer, reporter } = this.#context
    if (writer.tooDeepToWrite(frame)) return
    const { error, ...event } = frame.value as JsonObject
    const code = meaning === 'null error' ? 'errors/error-null-key' : 'errors/error-frame-shape'
    reporter.defect(code, 'rewrote', frame, { path: 'error' })
    const rest = restatedFrame(frame, event)
    // A success terminal with an error beside it is none.
    if (meaning === 'null error' || meaningOf(rest) !== 'message_stop') this.#take(rest, meaningOf(rest))
    if (meaning === 'null error' || writer.ended) return
    failUpstream(this.#context, changedFrame(frame, { event: undefined, value: { error }, raw: '' }))
  }
}

/** Whether a frame that was cut short was to bring content. */
function beganContent({ event }: EventFrame): boolean {
  return event === 'content_block_start' || event === 'content_block_delta'
}
