import type { Code } from '../defects/codes.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Reporter, Where } from '../defects/reporter.js'
import { memberOf } from '../defects/shape.js'
import type { EndState } from '../defects/types.js'
import { recognise } from '../errors/recognise.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import { changedFrame } from '../sse/frames.js'
import { type MadeEvent, madeFrame, restatedFrame } from '../sse/made.js'
import { HeldCount } from '../stage/held-count.js'
import { resolveLimits } from '../stage/limits.js'
import type { Emit, EndReason, Stage } from '../stage/stage.js'
import { Content } from './content.js'
import type { Context } from './context.js'
import { type Cause, causeEvent, errorEvent } from './endings.js'
import { type BlockMeaning, type Meaning, meaningOf, typeOf } from './intake.js'
import { Opening, type Prefilled } from './opening.js'
import type { MessagesOptions } from './options.js'
import { PlainDelta } from './plain-delta.js'
import { cuttingReasons } from './shapes.js'
import { Tail } from './tail.js'
import { Writer } from './writer.js'

/** What a message holds before anything of it was said. */
const unsaid = { content: [], stop_reason: null, stop_sequence: null }

/**
 * The machine of `/v1/messages`: it reads what the upstream meant (intake), decides what must wait, and has the writer say it
 * as the protocol demands.
 */
export class MessagesMachine implements Stage<Frame, Frame> {
  readonly #options: MessagesOptions
  readonly #context: Context
  readonly #opening: Opening
  readonly #content: Content
  readonly #tail: Tail
  /** A block start that came before any `message_start` (D-30). */
  #early: EventFrame | undefined
  /** A `message_start` with content of its own, and the noise behind it. */
  #prefilled: Prefilled | undefined
  #noise: Frame[] = []
  /** A prefilled start was sent on as it came, and no block followed: its reason is evidence (D-24). */
  #told = false
  #upstreamFailed = false
  #over = false
  #last: Where = { number: 0, offset: 0 }

  constructor(options: MessagesOptions, reporter: Reporter, plain: PlainDelta = new PlainDelta()) {
    this.#options = options
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
    this.#content = new Content(this.#context)
    this.#tail = new Tail(this.#context)
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
    if (frame.kind === 'event' && !writer.ended && !this.#tail.holds && this.#content.flow(frame)) return
    const meaning = meaningOf(frame)
    if (writer.ended) this.#afterEnd(frame, meaning)
    else this.#take(frame, meaning)
    this.#guard(frame)
  }

  end(reason: EndReason, emit: Emit<Frame>): void {
    if (this.#over) return
    this.#over = true
    const { writer } = this.#context
    writer.bind(emit)
    if (reason === 'cancel' || writer.ended) return
    if (reason === 'limit') this.#fail('limit', this.#last)
    else this.#finish(this.#last, reason)
    this.#guard(this.#last)
  }

  #take(given: Frame, meaning: Meaning): void {
    if (this.#settle(given, meaning) || this.#content.settleThinking(given)) return
    if (given.kind === 'comment' || isNoise(meaning)) {
      this.#noiseFrame(given, meaning)
      return
    }
    const frame = this.#typed(given)
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
        // D-22: with a reason at hand it is settled whether a stopped tool call was cut.
        if (this.#tail.reason === undefined || !this.#content.stoppedShort) return
        if (this.#mayBeCut) this.#content.closeShort(frame)
        else this.#failCut(frame)
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
        this.#upstreamError(frame)
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
        this.#fail('not-a-stream', frame)
        return
      case 'other protocol':
        this.#fail('other-protocol', frame, 'messages/raw-openai-chunks')
        return
      default:
        this.#fail(frame.body === undefined ? 'malformed' : 'malformed-body', frame, 'sse/data-malformed-json')
    }
  }

  /** The event with the type that only its `event:` line names (23). */
  #typed(frame: EventFrame): EventFrame {
    const type = typeOf(frame)
    const value = frame.value as JsonObject
    if (type === undefined || value['type'] === type) return frame
    const { reporter, writer } = this.#context
    reporter.defect('messages/required-field-omitted', 'rewrote', frame, { path: 'type' })
    return writer.tooDeepToWrite(frame) ? frame : restatedFrame(frame, { ...value, type })
  }

  /** Decides what waited for just one more frame (D-28, D-30). True where that took the frame itself. */
  #settle(frame: Frame | undefined, meaning: Meaning): boolean {
    const early = this.#early
    const prefilled = this.#prefilled
    if (prefilled !== undefined) {
      // What is left of a frame tells nothing, unless it began a block.
      if (meaning === 'cut' && !beganContent(frame as EventFrame)) return true
      if (frame !== undefined && isNoise(meaning)) {
        this.#noise.push(frame)
        this.#context.held.add(frame.raw.length)
        return true
      }
      this.#prefilled = undefined
      this.#openPrefilled(prefilled, frame, meaning)
    } else if (early !== undefined) {
      this.#early = undefined
      const late = frame !== undefined && meaning === 'message_start'
      if (late) {
        this.#context.reporter.defect('messages/message-start-missing', 'moved', frame)
        this.#messageStart(this.#typed(frame as EventFrame))
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
    if (!started) this.#prefilled = this.#opening.take(frame)
    else if (this.#opening.again(frame, this.#content.begun)) {
      this.#tail.learn(memberOf(frame.value, 'message'), this.#opening.inputTokens)
    } else {
      // D-32: a gateway that retried began again; the two halves make no message.
      this.#fail('spliced', frame, 'messages/message-spliced-retry')
    }
  }

  /** A prefilled tool call before the end passes as Anthropic sends it; what else a start holds leaves as blocks (D-28). */
  #openPrefilled(prefilled: Prefilled, next: Frame | undefined, meaning: Meaning): void {
    const { frame, restated, message } = prefilled
    const content = message['content'] as unknown[]
    const reason = message['stop_reason'] as string | null
    const ending = meaning === 'message_stop' || meaning === 'done'
    const tools = content.length > 0 && content.every(isWholeCall)
    this.#told = ending && tools && reason !== null
    if (this.#told) this.#opening.send(frame, restated)
    else {
      this.#context.reporter.defect('messages/message-prefilled', 'rewrote', frame, { path: 'message.content' })
      if (this.#context.writer.tooDeepToWrite(frame)) return
      const event = restated ?? (frame.value as JsonObject)
      this.#opening.send(frame, { ...event, message: { ...message, ...unsaid } })
      const followed = meaning === 'content_block_start' || meaning === 'content_block_delta'
      const index = followed ? ((next as EventFrame).value as JsonObject)['index'] : undefined
      // Blocks that begin at 0 bring the content again.
      if (index === undefined || (content.length > 0 && Number(index) >= content.length)) this.#expand(content, frame)
      if (ending) this.#tail.reason = reason ?? undefined
    }
    for (const item of this.#noise.splice(0)) {
      this.#context.held.remove(item.raw.length)
      this.#noiseFrame(item, meaningOf(item))
    }
  }

  /** The blocks that a message carries whole (45, 56): what their starts hold is parted like that of any start. */
  #expand(content: readonly unknown[], where: Where): void {
    this.#content.whole = true
    content.forEach((block, index) => {
      this.#takeMade({ type: 'content_block_start', index, content_block: block }, where)
      this.#takeMade({ type: 'content_block_stop', index }, where)
    })
    this.#content.whole = false
  }

  #takeMade(event: MadeEvent, where: Where): void {
    this.#take(madeFrame(event, where), event.type as Meaning)
  }

  /** A whole Message in one frame (45). */
  #wholeMessage(frame: EventFrame): void {
    const { writer, reporter } = this.#context
    if (this.#content.begun) {
      this.#fail('spliced', frame, 'messages/message-spliced-retry')
      return
    }
    if (writer.tooDeepToWrite(frame)) return
    reporter.defect('messages/content-type-wrong', 'rewrote', frame)
    const message = frame.value as JsonObject
    const { usage, stop_reason = null, stop_sequence = null } = message
    if (!writer.started) this.#takeMade({ type: 'message_start', message: { ...message, ...unsaid } }, frame)
    this.#expand(message['content'] as unknown[], frame)
    this.#takeMade({ type: 'message_delta', delta: { stop_reason, stop_sequence }, usage }, frame)
    this.#takeMade({ type: 'message_stop' }, frame)
  }

  // Comments, pings and events that are not ours to read

  #noiseFrame(frame: Frame, meaning: Meaning): void {
    const { unknownEvents } = this.#options
    if (meaning === 'newer' ? unknownEvents === 'drop' : meaning === 'foreign' && unknownEvents !== 'pass') {
      this.#context.reporter.defect('messages/unknown-event-type', 'dropped', frame)
    } else this.#queue(frame, this.#tail.holds)
  }

  /** Sends what is not ours to read, behind what waits: behind a `message_delta`, else behind the blocks. */
  #queue(frame: Frame, behindTail: boolean): void {
    if (behindTail) this.#tail.behind(frame, () => this.#sendNoise(frame))
    else if (!this.#content.behind(frame, () => this.#queue(frame, false))) this.#sendNoise(frame)
  }

  #sendNoise(frame: Frame): void {
    const { writer } = this.#context
    const type = frame.kind === 'event' ? typeOf(frame) : undefined
    if (frame.kind === 'comment' || type === undefined) {
      writer.pass(frame)
      return
    }
    const typed = this.#typed(frame)
    if (!writer.tooDeep) writer.send(typed, type)
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

  /**
   * Ends the message, well where the evidence allows it (DESIGN.md, success table; D-24).
   *
   * @param how `message_stop`, or why the input is over.
   * @param stop the upstream's `message_stop`, where it came.
   */
  #finish(where: Where, how: EndReason | 'message_stop', stop?: EventFrame): void {
    const { writer, reporter } = this.#context
    const content = this.#content
    const tail = this.#tail
    this.#settle(undefined, 'message_stop')
    if (writer.tooDeep) return
    const told = tail.reason !== undefined
    const evidence = how === 'message_stop' ? told || content.closed : told && !tail.revoked
    if (!writer.started && !content.begun) {
      const bare = how === 'message_stop' || tail.holds
      const code = bare ? 'messages/message-stop-bare' : 'messages/empty-200'
      if (how === 'timeout') this.#fail('timeout', where, bare ? code : 'messages/truncated-stream')
      else this.#fail('empty', where, code)
    } else if (this.#told) this.#succeed(where, stop)
    else if (!evidence) this.#fail(how === 'timeout' ? 'timeout' : 'truncated', where, 'messages/truncated-stream')
    else if (!content.finish(where, this.#mayBeCut)) this.#failCut(where)
    else if (this.#context.lost) {
      // D-5: what was dropped exists nowhere else, and the message is not the one that was sent.
      this.#fail('dropped', where, 'messages/truncated-stream')
    } else {
      if (writer.next === 0) reporter.observe('messages/empty-message', where)
      tail.observe(writer.next > 0)
      tail.finish(where)
      if (!writer.tooDeep) this.#succeed(where, stop)
    }
  }

  #succeed(where: Where, stop: EventFrame | undefined): void {
    const { writer, reporter } = this.#context
    if (stop !== undefined) writer.send(this.#typed(stop), 'message_stop')
    else {
      reporter.defect('messages/message-stop-missing', 'inserted', where)
      writer.make({ type: 'message_stop' }, where)
    }
    this.#terminated('complete')
  }

  get #mayBeCut(): boolean {
    return cuttingReasons.has(this.#tail.reason ?? '')
  }

  #failCut(where: Where): void {
    this.#fail('truncated', where, 'messages/tool-args-bad-json')
  }

  /** Ends the stream in an error of ours (D-6, D-23). */
  #fail(cause: Cause, where: Where, code?: Code): void {
    const { state, event } = causeEvent(cause)
    this.#content.abandon(where, true)
    this.#tail.abandon(code ?? 'messages/truncated-stream')
    if (code !== undefined) this.#context.reporter.defect(code, 'ended', where)
    this.#context.writer.make(event, where)
    this.#terminated(state)
  }

  #terminated(state: EndState): void {
    this.#context.writer.ended = true
    this.#context.reporter.ended(state)
  }

  /** Checks what one push has made of the limits. */
  #guard(where: Where): void {
    const { held, writer, limits, reporter } = this.#context
    const crowded = this.#content.openBlocks > limits.maxOpenBlocks ? 'maxOpenBlocks' : undefined
    const path = writer.tooDeep ? 'maxDepth' : (crowded ?? held.broken)
    if (writer.ended || path === undefined) return
    reporter.defect('sse/limit-exceeded', 'ended', where, { path })
    this.#fail('limit', where)
  }

  // Errors of the upstream

  #upstreamError(frame: EventFrame): void {
    const { writer, reporter } = this.#context
    const found = recognise(frame.event, frame.value, frame.data)
    if (found === undefined) {
      this.#fail('malformed', frame, 'sse/data-malformed-json')
      return
    }
    this.#content.abandon(frame, false)
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
    this.#upstreamError(changedFrame(frame, { event: undefined, value: { error }, raw: '' }))
  }

  /** After the terminal nothing is emitted, but counted (D-4). */
  #afterEnd(frame: Frame, meaning: Meaning): void {
    if (meaning === 'comment' || meaning === 'done' || meaning === 'cut') return
    const { reporter } = this.#context
    if (this.#upstreamFailed) reporter.defect('messages/error-then-continue', 'dropped', frame)
    this.#upstreamFailed = false
    reporter.defect('messages/event-after-end', 'dropped', frame)
  }
}

/** A call as Anthropic itself sends it in a `message_start`. */
function isWholeCall(block: unknown): boolean {
  const named = [memberOf(block, 'id'), memberOf(block, 'name')].every(
    (word) => typeof word === 'string' && word !== '',
  )
  return memberOf(block, 'type') === 'tool_use' && named && isJsonObject(memberOf(block, 'input'))
}

/** Whether a frame that was cut short was to bring content. */
function beganContent({ event }: EventFrame): boolean {
  return event === 'content_block_start' || event === 'content_block_delta'
}

function isNoise(meaning: Meaning): boolean {
  return meaning === 'comment' || meaning === 'ping' || meaning === 'newer' || meaning === 'foreign'
}

/** Whether an error event is the one that Anthropic itself sends, which passes by its bytes. */
function isCanonical(value: unknown): boolean {
  const error = memberOf(value, 'error')
  const id = memberOf(value, 'request_id')
  if (id !== undefined && id !== null && typeof id !== 'string') return false
  return isJsonObject(error) && typeof error['type'] === 'string' && typeof error['message'] === 'string'
}
