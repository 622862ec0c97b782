import type { JsonObject } from '../defects/protocol.js'
import type { Reporter, Where } from '../defects/reporter.js'
import { memberOf } from '../defects/shape.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import { changedFrame } from '../sse/frames.js'
import { type MadeEvent, madeFrame, restatedFrame } from '../sse/made.js'
import { HeldCount } from '../stage/held-count.js'
import { resolveLimits } from '../stage/limits.js'
import type { Emit, EndReason, Stage } from '../stage/stage.js'
import { Blocks } from './blocks.js'
import { Content } from './content.js'
import type { Context } from './context.js'
import { flow } from './flow.js'
import { type BlockMeaning, type Meaning, meaningOf, typed } from './intake.js'
import { isNoise, Noise } from './noise.js'
import { Opening } from './opening.js'
import type { MessagesOptions } from './options.js'
import { PlainDelta } from './plain-delta.js'
import { Tail } from './tail.js'
import { Terminal } from './terminal.js'
import { Turns } from './turns.js'
import { blockEvents, emptied, endEvents } from './whole-message.js'
import { Writer } from './writer.js'

/**
 * The machine of `/v1/messages`: it reads what the upstream meant (intake), decides what must wait, and has the writer say it
 * as the protocol demands.
 */
export class MessagesMachine implements Stage<Frame, Frame> {
  readonly #context: Context
  readonly #blocks: Blocks
  readonly #turns: Turns
  readonly #opening: Opening
  readonly #content: Content
  readonly #tail: Tail
  readonly #noise: Noise
  readonly #terminal: Terminal
  /** A block start that came before any `message_start` (D-30). */
  #early: EventFrame | undefined
  #over = false
  #last: Where = { number: 0, offset: 0 }

  constructor(options: MessagesOptions, reporter: Reporter, plain: PlainDelta = new PlainDelta()) {
    const limits = resolveLimits(options.limits)
    let drawn = 0
    this.#context = {
      writer: new Writer(reporter, limits.maxDepth),
      reporter,
      held: new HeldCount(limits),
      limits,
      plain,
      emptyText: options.emptyText ?? 'keep',
      newId: options.newId ?? (() => String(++drawn)),
      onUsage: options.onUsage,
      model: '',
      messageId: '',
      lost: false,
    }
    this.#opening = new Opening(this.#context, options.request?.model)
    this.#blocks = new Blocks(this.#context)
    this.#turns = new Turns(this.#context, this.#blocks)
    this.#content = new Content(this.#context, this.#blocks, this.#turns)
    this.#tail = new Tail(this.#context)
    this.#noise = new Noise(this.#context, options.unknownEvents, this.#turns, this.#tail)
    this.#terminal = new Terminal(this.#context, this.#content, this.#turns, this.#tail)
  }

  get ended(): boolean {
    return this.#context.writer.ended
  }

  push(frame: Frame, emit: Emit<Frame>): void {
    if (this.#over) return
    const { writer } = this.#context
    writer.bind(emit)
    if (!(frame.kind === 'comment' && frame.filler)) this.#last = frame
    // The next plain delta of the open block, with nothing held: most of every stream, sent on without further questions.
    if (frame.kind === 'event' && !writer.ended && !this.#tail.holds && flow(this.#context, this.#turns, frame)) return
    const meaning = meaningOf(frame)
    if (writer.ended) this.#terminal.after(frame, meaning)
    else this.#take(frame, meaning)
    this.#guard(frame)
  }

  end(reason: EndReason, emit: Emit<Frame>): void {
    if (this.#over) return
    this.#over = true
    const { writer } = this.#context
    writer.bind(emit)
    if (reason === 'cancel' || writer.ended) return
    if (reason === 'limit') this.#terminal.fail('limit', this.#last)
    else this.#finish(this.#last, reason)
    this.#guard(this.#last)
  }

  #take(given: Frame, meaning: Meaning): void {
    if (this.#settle(given, meaning) || this.#turns.settleThinking(given)) return
    if (given.kind === 'comment' || isNoise(meaning)) {
      this.#noise.take(given, meaning)
      return
    }
    const frame = typed(this.#context, given)
    if (this.#context.writer.tooDeep) return
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
        this.#tail.take(frame)
        this.#terminal.settleCut(frame)
        return
      case 'message_stop':
        this.#finish(frame, 'message_stop', frame)
        return
      case 'message':
        this.#wholeMessage(frame)
        return
      case 'done':
        this.#context.reporter.defect('messages/done-sentinel', 'dropped', frame)
        this.#finish(frame, 'eof')
        return
      case 'error':
        this.#terminal.failUpstream(frame)
        return
      case 'content and error':
      case 'null error':
        this.#beside(frame, meaning)
        return
      case 'cut':
        // What is left of a frame says at most that content was under way (D-24).
        if (beganContent(frame)) this.#tail.revoked = true
        return
      case 'not a stream':
        this.#terminal.fail('not-a-stream', frame)
        return
      case 'other protocol':
        this.#terminal.fail('other-protocol', frame, 'messages/raw-openai-chunks')
        return
      default:
        this.#terminal.fail(frame.body === undefined ? 'malformed' : 'malformed-body', frame, 'sse/data-malformed-json')
    }
  }

  /** Decides what waited for just one more frame (D-28, D-30). True where that took the frame itself. */
  #settle(frame: Frame | undefined, meaning: Meaning): boolean {
    const early = this.#early
    if (this.#opening.waits) {
      // What is left of a frame tells nothing, unless it began a block.
      if (meaning === 'cut' && !beganContent(frame as EventFrame)) return true
      if (frame !== undefined && isNoise(meaning)) {
        this.#opening.hold(frame)
        return true
      }
      this.#openPrefilled(frame, meaning)
    } else if (early !== undefined) {
      this.#early = undefined
      const late = frame !== undefined && meaning === 'message_start'
      if (late) {
        this.#context.reporter.defect('messages/message-start-missing', 'moved', frame)
        this.#messageStart(typed(this.#context, frame as EventFrame))
      } else this.#opening.make(early)
      this.#take(early, 'content_block_start')
      return late
    }
    return false
  }

  // message_start

  #messageStart(frame: EventFrame): void {
    const { started } = this.#context.writer
    if (!started && this.#tail.holds) this.#context.reporter.defect('messages/stop-order', 'moved', frame)
    if (!started) this.#opening.take(frame)
    else if (this.#opening.again(frame, this.#content.begun)) {
      this.#tail.learn(memberOf(frame.value, 'message'), this.#opening.inputTokens)
    } else {
      // D-32: a gateway that retried began again; the two halves make no message.
      this.#terminal.fail('spliced', frame, 'messages/message-spliced-retry')
    }
  }

  /** Sends a prefilled start, and the blocks that it holds (D-28). */
  #openPrefilled(next: Frame | undefined, meaning: Meaning): void {
    const expansion = this.#opening.release(next, meaning)
    if (expansion === undefined) return
    const { frame, content, ending, noise } = expansion
    this.#expand(content, frame)
    if (ending !== undefined) this.#tail.reason = ending.reason
    for (const item of noise) this.#noise.take(item, meaningOf(item))
  }

  /** Acts on the blocks that a message carries whole (45, 56). */
  #expand(content: readonly unknown[], where: Where): void {
    this.#content.whole = true
    for (const event of blockEvents(content)) this.#takeMade(event, where)
    this.#content.whole = false
  }

  #takeMade(event: MadeEvent, where: Where): void {
    this.#take(madeFrame(event, where), event.type as Meaning)
  }

  /** A whole Message in one frame (45). */
  #wholeMessage(frame: EventFrame): void {
    const { writer, reporter } = this.#context
    if (this.#content.begun) {
      this.#terminal.fail('spliced', frame, 'messages/message-spliced-retry')
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
    const { writer, reporter } = this.#context
    if (!writer.started && meaning === 'content_block_start') {
      this.#early = frame
      return
    }
    if (meaning === 'content_block_delta') this.#opening.make(frame)
    this.#content.take(frame, meaning)
    if (!this.#tail.holds) return
    // D-24, D-25: the message_delta came too early and leaves behind what came after it.
    reporter.defect('messages/stop-order', 'moved', frame)
    if (meaning !== 'content_block_stop') this.#tail.revoked = true
  }

  // The end

  #finish(where: Where, how: EndReason | 'message_stop', stop?: EventFrame): void {
    this.#settle(undefined, 'message_stop')
    if (!this.#context.writer.tooDeep) this.#terminal.finish(where, how, this.#opening.told, stop)
  }

  /** Checks what one push has made of the limits. */
  #guard(where: Where): void {
    const { held, writer, limits, reporter } = this.#context
    const crowded = this.#blocks.unfinished > limits.maxOpenBlocks ? 'maxOpenBlocks' : undefined
    const path = writer.tooDeep ? 'maxDepth' : (crowded ?? held.broken)
    if (writer.ended || path === undefined) return
    reporter.defect('sse/limit-exceeded', 'ended', where, { path })
    this.#terminal.fail('limit', where)
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
    this.#terminal.failUpstream(changedFrame(frame, { event: undefined, value: { error }, raw: '' }))
  }
}

/** Whether a frame that was cut short was to bring content. */
function beganContent({ event }: EventFrame): boolean {
  return event === 'content_block_start' || event === 'content_block_delta'
}
