import type { Code } from '../defects/codes.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Reporter, Where } from '../defects/reporter.js'
import type { EndState } from '../defects/types.js'
import { recognise } from '../errors/recognise.js'
import { frameText, keptLines } from '../sse/encode.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import { changedFrame } from '../sse/frames.js'
import { HeldCount, Hold } from '../stage/hold.js'
import { resolveLimits } from '../stage/limits.js'
import type { Emit, EndReason, Stage } from '../stage/stage.js'
import type { Key } from './blocks.js'
import { Content } from './content.js'
import type { Context } from './context.js'
import { type Cause, causeEvent, errorEvent } from './endings.js'
import { blockFrames, messageFrames } from './expand.js'
import { type Meaning, meaningOf, typeOf } from './intake.js'
import type { MessagesOptions } from './options.js'
import { PlainDelta } from './plain-delta.js'
import { type Change, cuttingReasons, isCount, messageShape } from './shapes.js'
import { Tail } from './tail.js'
import { Writer } from './writer.js'

/** A block start, delta or stop, and the key it is filed under while it waits. */
type BlockMeaning = 'content_block_start' | 'content_block_delta' | 'content_block_stop'

/**
 * The machine of `/v1/messages`: it reads what the upstream meant (intake), decides what must wait, and has the writer say it
 * as the protocol demands.
 */
export class MessagesMachine implements Stage<Frame, Frame> {
  readonly #options: MessagesOptions
  readonly #context: Context
  readonly #content: Content
  readonly #tail: Tail
  /** What waits behind an unfinished tool call (D-20, D-21). */
  readonly #waiting: Hold<Frame>
  /** A block start that came before any `message_start` (D-30). */
  #early: EventFrame | undefined
  /** A `message_start` with content or a stop reason of its own (D-28), and the noise behind it. */
  #prefilled: EventFrame | undefined
  #noise: Frame[] = []
  /** A prefilled start was sent on as it came, and no block followed: its reason is evidence (D-24). */
  #prefilledReason = false
  /** The `message_start` is ours, so that the upstream's own only comes late (28). */
  #madeStart = false
  #inputTokens = 0
  #upstreamFailed = false
  #bypassed = false
  #draining = false
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
      messageId: '',
      lost: false,
    }
    this.#content = new Content(this.#context)
    this.#tail = new Tail(this.#context)
    this.#waiting = new Hold(this.#context.held)
  }

  get ended(): boolean {
    return this.#context.writer.ended
  }

  push(frame: Frame, emit: Emit<Frame>): void {
    if (this.#over) return
    const { writer } = this.#context
    writer.bind(emit)
    if (frame.kind === 'event' && this.#flows(frame)) {
      this.#last = frame
      return
    }
    if (!(frame.kind === 'comment' && frame.filler)) this.#last = frame
    const meaning = meaningOf(frame)
    if (writer.ended) this.#afterEnd(frame, meaning)
    else this.#take(frame, meaning)
    this.#guard(frame)
  }

  /** The next plain delta of the open block, with nothing held: most of every stream, sent on without further questions. */
  #flows(frame: EventFrame): boolean {
    return this.#waiting.size === 0 && !this.#tail.holds && !this.#context.writer.ended && this.#content.flow(frame)
  }

  end(reason: EndReason, emit: Emit<Frame>): void {
    if (this.#over) return
    this.#over = true
    const { writer } = this.#context
    writer.bind(emit)
    if (reason === 'cancel' || writer.ended) return
    if (reason === 'limit') this.#fail('limit', 'limit', this.#last)
    else this.#finish(this.#last, reason)
    this.#guard(this.#last)
  }

  #take(frame: Frame, meaning: Meaning): void {
    if (this.#settlePending(frame, meaning)) return
    switch (meaning) {
      case 'comment':
      case 'ping':
      case 'newer':
      case 'foreign':
        this.#noiseFrame(frame, meaning)
        return
      case 'content_block_delta':
      case 'content_block_start':
      case 'content_block_stop':
        this.#blockFrame(frame as EventFrame, meaning)
        return
      default:
        this.#other(frame as EventFrame, meaning)
    }
  }

  #other(frame: EventFrame, meaning: Meaning): void {
    const { reporter } = this.#context
    switch (meaning) {
      case 'message_start':
        this.#messageStart(frame)
        return
      case 'message_delta':
        this.#messageDelta(frame)
        return
      case 'message_stop':
        this.#finish(frame, 'message_stop', frame)
        return
      case 'message':
        this.#wholeMessage(frame)
        return
      case 'done':
        reporter.defect('messages/done-sentinel', 'dropped', frame)
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
        if (frame.event?.startsWith('content_block_')) this.#tail.revoked = true
        return
      case 'not a stream':
        this.#fail('not-a-stream', 'not-a-stream', frame)
        return
      case 'other protocol':
        this.#fail('other-protocol', 'not-a-stream', frame, 'messages/raw-openai-chunks')
        return
      default:
        this.#fail(
          'malformed',
          frame.body === undefined ? 'truncated' : 'not-a-stream',
          frame,
          'sse/data-malformed-json',
        )
    }
  }

  /** Decides what was waiting for just one more frame. True where that took the frame itself. */
  #settlePending(frame: Frame, meaning: Meaning): boolean {
    if (this.#prefilled !== undefined) return this.#settlePrefilled(frame, meaning)
    if (this.#early !== undefined) {
      const early = this.#early
      this.#early = undefined
      if (meaning === 'message_start') {
        this.#context.reporter.defect('messages/message-start-missing', 'moved', frame)
        this.#messageStart(frame as EventFrame)
        this.#take(early, 'content_block_start')
        return true
      }
      this.#makeStart(early)
      this.#take(early, 'content_block_start')
    }
    return this.#content.settleThinking(frame.kind === 'event' ? frame : undefined, frame)
  }

  // message_start

  #messageStart(frame: EventFrame): void {
    const { writer, reporter } = this.#context
    const event = frame.value as JsonObject
    const message = isJsonObject(event['message']) ? event['message'] : undefined
    if (writer.started) {
      this.#secondStart(frame, message)
      return
    }
    const changes: Change[] = []
    const shaped = messageShape(message ?? {}, () => `msg_${this.#context.newId()}`, this.#model(), changes)
    if (message === undefined)
      reporter.defect('messages/message-start-missing', 'rewrote', frame, { path: 'message', wanted: 'object' })
    else for (const { code, ...detail } of changes) reporter.defect(code, 'rewrote', frame, detail)
    this.#context.messageId = String(shaped['id'])
    const usage = shaped['usage'] as JsonObject
    if (isCount(usage['input_tokens'])) this.#inputTokens = usage['input_tokens']
    if (this.#inputTokens === 0 && changes.every(({ code }) => code !== 'messages/usage-missing')) {
      reporter.observe('messages/usage-zero-or-late', frame, { path: 'message.usage.input_tokens' })
    }
    const restated =
      shaped === message && event['type'] === 'message_start'
        ? event
        : { ...event, type: 'message_start', message: shaped }
    if ((shaped['content'] as unknown[]).length > 0 || shaped['stop_reason'] !== null) {
      this.#prefilled = restated === event ? frame : changedFrame(frame, { value: restated, data: '', raw: '' })
      return
    }
    writer.send(frame, 'message_start', undefined, restated === event ? undefined : restated)
    writer.started = true
  }

  #secondStart(frame: EventFrame, message: JsonObject | undefined): void {
    const { reporter, messageId } = this.#context
    const id = message?.['id']
    const other = typeof id === 'string' && id !== '' && id !== messageId && !this.#madeStart
    if (this.#madeStart && typeof id === 'string') this.#context.messageId = id
    this.#madeStart = false
    if (other && this.#content.begun) {
      // D-32: a gateway that retried began again; the two halves make no message.
      this.#fail('spliced', 'truncated', frame, 'messages/message-spliced-retry')
      return
    }
    reporter.defect('messages/message-start-duplicate', 'dropped', frame)
    this.#tail.learn(message?.['usage'], this.#inputTokens)
  }

  #model(): string {
    return this.#options.request?.model ?? 'unknown'
  }

  #makeStart(where: Where): void {
    const { writer, reporter } = this.#context
    if (writer.started) return
    reporter.defect('messages/message-start-missing', 'inserted', where)
    this.#madeStart = true
    const message = messageShape(
      { usage: { input_tokens: 0, output_tokens: 0 } },
      () => `msg_${this.#context.newId()}`,
      this.#model(),
      [],
    )
    this.#context.messageId = String(message['id'])
    const { id, type, role, model, content, stop_reason, stop_sequence, usage } = message
    writer.make(
      { type: 'message_start', message: { id, type, role, model, content, stop_reason, stop_sequence, usage } },
      where,
    )
    writer.started = true
  }

  // A message_start that already holds content (56, D-28)

  #settlePrefilled(frame: Frame, meaning: Meaning): boolean {
    if (meaning === 'comment' || meaning === 'ping' || meaning === 'newer' || meaning === 'foreign') {
      this.#noise.push(frame)
      this.#context.held.add(frame.raw.length)
      return true
    }
    const followed = meaning === 'content_block_start' || meaning === 'content_block_delta'
    const index =
      followed && isJsonObject((frame as EventFrame).value)
        ? ((frame as EventFrame).value as JsonObject)['index']
        : undefined
    this.#openPrefilled(meaning === 'message_stop' || meaning === 'done', followed ? index : undefined)
    return false
  }

  /**
   * @param ending nothing but the end follows, so that a prefilled tool call passes as Anthropic sends it.
   * @param index the index of the block that follows, where one does: 0 means that the content comes again as blocks.
   */
  #openPrefilled(ending: boolean, index: unknown): void {
    const { writer, reporter } = this.#context
    const start = this.#prefilled
    if (start === undefined) return
    this.#prefilled = undefined
    const event = start.value as JsonObject
    const message = event['message'] as JsonObject
    const content = message['content'] as readonly unknown[]
    const tools = content.length > 0 && content.every((block) => isJsonObject(block) && block['type'] === 'tool_use')
    if (ending && tools && message['stop_reason'] !== null) {
      writer.send(start, 'message_start', undefined, start.data === '' ? event : undefined)
      writer.started = true
      this.#content.skip(content.length)
      this.#prefilledReason = true
      this.#letNoiseGo()
      return
    }
    reporter.defect('messages/message-prefilled', 'rewrote', start, { path: 'message.content' })
    if (writer.tooDeepToWrite(start)) return
    writer.send(start, 'message_start', undefined, {
      ...event,
      message: { ...message, content: [], stop_reason: null, stop_sequence: null },
    })
    writer.started = true
    if (index === undefined || (typeof index === 'number' && index >= content.length && content.length > 0)) {
      for (const block of blockFrames(content, start)) this.#take(block, block.event as Meaning)
    }
    if (ending && message['stop_reason'] !== null) this.#tail.reason = String(message['stop_reason'])
    this.#letNoiseGo()
  }

  #letNoiseGo(): void {
    const noise = this.#noise
    this.#noise = []
    for (const frame of noise) {
      this.#context.held.remove(frame.raw.length)
      this.#noiseFrame(frame, meaningOf(frame))
    }
  }

  // Comments, pings and events that are not ours to read

  #noiseFrame(frame: Frame, meaning: Meaning): void {
    if (frame.kind === 'event' && this.#drops(meaning)) {
      this.#context.reporter.defect('messages/unknown-event-type', 'dropped', frame)
      return
    }
    if (this.#waiting.size > 0 && !this.#draining) this.#waiting.pushLast(frame)
    else if (this.#content.live?.placeholder !== undefined) this.#waiting.pushLast(frame)
    else if (this.#tail.holds) this.#tail.behind(frame)
    else this.#sendNoise(frame)
  }

  #sendNoise(frame: Frame): void {
    const { writer } = this.#context
    const type = frame.kind === 'event' ? typeOf(frame) : undefined
    if (frame.kind === 'comment' || type === undefined) {
      writer.pass(frame)
      return
    }
    const value = frame.value as JsonObject
    writer.send(frame, type, undefined, value['type'] === type ? undefined : { type, ...value })
  }

  #drops(meaning: Meaning): boolean {
    const { unknownEvents } = this.#options
    if (meaning === 'newer') return unknownEvents === 'drop'
    return meaning === 'foreign' && unknownEvents !== 'pass'
  }

  // Content blocks

  #blockFrame(given: EventFrame, meaning: BlockMeaning): void {
    const { writer } = this.#context
    const frame = this.#typed(given, meaning)
    if (!writer.started) {
      if (meaning === 'content_block_start') {
        this.#early = frame
        return
      }
      if (meaning === 'content_block_delta') this.#makeStart(frame)
    }
    const key = this.#content.keyOf(frame)
    if (this.#mustWait(frame, meaning, key)) this.#wait(frame, meaning, key)
    else {
      this.#act(frame, meaning)
      this.#drain(frame)
    }
  }

  /** The event with the type that its `event:` line names, where it names none itself (23). */
  #typed(frame: EventFrame, type: string): EventFrame {
    const value = frame.value as JsonObject
    if (value['type'] === type) return frame
    this.#context.reporter.defect('messages/required-field-omitted', 'rewrote', frame, {
      path: 'type',
      wanted: 'string',
      found: 'nothing',
    })
    return retyped(frame, type)
  }

  #mustWait(frame: EventFrame, meaning: BlockMeaning, key: Key): boolean {
    const content = this.#content
    if (this.#waiting.size === 0 && !content.unfinished) return false
    const filed = meaning === 'content_block_delta' ? content.sideKey(frame, key) : key
    if (this.#waiting.has(filed) && !this.#draining) return true
    if (meaning === 'content_block_stop') return false
    return (
      content.unfinished &&
      content.opens(frame, key) &&
      !(meaning === 'content_block_delta' && filed === key && content.isForLive(frame, key))
    )
  }

  #wait(frame: EventFrame, meaning: BlockMeaning, key: Key): void {
    const filed = meaning === 'content_block_delta' ? this.#content.sideKey(frame, key) : key
    const fresh = meaning === 'content_block_start' && !this.#continues(frame, filed)
    this.#waiting.push(frame, filed, fresh)
    if (this.#waiting.size + this.#content.openBlocks > this.#context.limits.maxOpenBlocks)
      this.#limit('maxOpenBlocks', frame)
  }

  /** Whether a start says again what a waiting block is, rather than beginning another at the same index (26, 15). */
  #continues(frame: EventFrame, key: Key): boolean {
    const first = this.#waiting
      .of(key)
      .find((item) => item.kind === 'event' && meaningOf(item) === 'content_block_start')
    const stopped = this.#waiting
      .of(key)
      .some((item) => item.kind === 'event' && meaningOf(item) === 'content_block_stop')
    if (first === undefined || first.kind !== 'event' || stopped) return false
    const [one, two] = [blockOf(first), blockOf(frame)]
    if (one?.['type'] !== two?.['type']) return false
    return one?.['type'] === 'text' || one?.['type'] === 'thinking' || one?.['id'] === two?.['id'] || !two?.['id']
  }

  #act(frame: EventFrame, meaning: BlockMeaning): void {
    const content = this.#content
    const tailHeld = this.#tail.holds
    if (meaning === 'content_block_start') content.start(frame)
    else if (meaning === 'content_block_delta') {
      if (
        this.#waiting.headIsKeyed &&
        !this.#draining &&
        !this.#bypassed &&
        content.isForLive(frame, content.keyOf(frame))
      ) {
        this.#bypassed = true
        this.#context.reporter.defect('messages/blocks-interleaved', 'moved', frame)
      }
      content.delta(frame)
    } else content.stop(frame)
    if (tailHeld) {
      // D-24, D-25: the message_delta came too early and leaves behind what came after it.
      this.#context.reporter.defect('messages/stop-order', 'moved', frame)
      if (meaning !== 'content_block_stop') this.#tail.revoked = true
    }
    const { live } = content
    // D-22: the arguments are whole now, and the stop that came before them may leave.
    if (live?.family === 'tool' && live.heldStop !== undefined && !content.unfinished) content.close(frame)
    if (content.openBlocks > this.#context.limits.maxOpenBlocks) this.#limit('maxOpenBlocks', frame)
  }

  /** Lets go what waits, block by block, as far as the open block allows. */
  #drain(where: Where): void {
    if (this.#draining) return
    const content = this.#content
    while (this.#waiting.size > 0 && !this.#context.writer.ended) {
      const noiseOnly = !this.#waiting.headIsKeyed
      if (content.unfinished || (noiseOnly && content.live?.placeholder !== undefined)) return
      content.interleaved = this.#bypassed
      this.#bypassed = false
      this.#draining = true
      for (const frame of this.#waiting.shift()) {
        const meaning = meaningOf(frame)
        if (frame.kind === 'comment' || !isBlockMeaning(meaning)) this.#noiseFrame(frame, meaning)
        else {
          content.settleThinking(undefined, where)
          this.#act(frame, meaning)
        }
      }
      this.#draining = false
      content.interleaved = false
    }
  }

  // The end

  #messageDelta(frame: EventFrame): void {
    const event = this.#typed(frame, 'message_delta')
    this.#tail.take(event, event.value as JsonObject)
    const { reason } = this.#tail
    const { live } = this.#content
    // D-22: with a reason at hand it is settled whether a stopped tool call was cut.
    if (reason === undefined || live?.heldStop === undefined || !this.#content.unfinished) return
    if (cuttingReasons.has(reason)) {
      this.#content.close(frame)
      this.#drain(frame)
    } else this.#failCut(frame)
  }

  /**
   * Ends the message, well where the evidence allows it (DESIGN.md, success table; D-24).
   *
   * @param how `message_stop`, or why the input is over.
   * @param stop the upstream's `message_stop`, where it came.
   */
  #finish(where: Where, how: EndReason | 'message_stop', stop?: EventFrame): void {
    const { writer } = this.#context
    if (this.#prefilled !== undefined) this.#openPrefilled(true, undefined)
    if (this.#early !== undefined) {
      const early = this.#early
      this.#early = undefined
      this.#makeStart(early)
      this.#take(early, 'content_block_start')
    }
    this.#content.settleThinking(undefined, where)
    const reason = this.#tail.reason
    if (!writer.started && !this.#content.begun) {
      const bare = how === 'message_stop' || this.#tail.holds
      this.#fail('empty', 'empty', where, bare ? 'messages/message-stop-bare' : 'messages/empty-200')
      return
    }
    if (this.#prefilledReason) {
      this.#succeed(where, stop)
      return
    }
    const told = reason !== undefined && !this.#tail.revoked
    const closed = this.#content.live === undefined || this.#content.live.stopped
    const evidence = how === 'message_stop' ? reason !== undefined || closed : told
    if (!evidence) {
      this.#fail(
        how === 'timeout' ? 'timeout' : 'truncated',
        how === 'timeout' ? 'timed-out' : 'truncated',
        where,
        'messages/truncated-stream',
      )
      return
    }
    if (!this.#settleBlocks(where, reason)) return
    this.#content.dropUnnamed(where)
    if (this.#context.lost) {
      // D-5: what was dropped exists nowhere else, and the message is not the one that was sent.
      this.#fail('dropped', 'truncated', where, 'messages/truncated-stream')
      return
    }
    this.#observeEnd(where)
    this.#tail.finish(where)
    if (writer.tooDeep) return
    this.#succeed(where, stop)
  }

  /** Closes every block, those that wait included. False where a tool call is cut and the reason does not allow that. */
  #settleBlocks(where: Where, reason: string | undefined): boolean {
    const content = this.#content
    for (;;) {
      if (content.cut && !(reason !== undefined && cuttingReasons.has(reason))) {
        this.#failCut(where)
        return false
      }
      content.closeFor(where)
      if (this.#waiting.size === 0) return true
      this.#drain(where)
      if (this.#context.writer.ended) return false
    }
  }

  #succeed(where: Where, stop: EventFrame | undefined): void {
    const { writer, reporter } = this.#context
    if (stop === undefined) {
      reporter.defect('messages/message-stop-missing', 'inserted', where)
      writer.make({ type: 'message_stop' }, where)
    } else {
      const typed = this.#typed(stop, 'message_stop')
      writer.send(stop, 'message_stop', undefined, typed === stop ? undefined : (typed.value as JsonObject))
    }
    writer.ended = true
    reporter.ended('complete')
  }

  #observeEnd(where: Where): void {
    const { writer, reporter } = this.#context
    if (writer.next === 0) reporter.observe('messages/empty-message', where)
    this.#tail.observe(writer.next > 0)
  }

  #failCut(where: Where): void {
    this.#fail('truncated', 'truncated', where, 'messages/tool-args-bad-json')
  }

  /** Ends the stream in an error of ours (D-6, D-23). */
  #fail(cause: Cause, state: EndState, where: Where, code?: Code): void {
    const { writer, reporter } = this.#context
    this.#content.abandon()
    while (this.#waiting.size > 0) {
      for (const frame of this.#waiting.shift()) {
        if (frame.kind === 'comment') writer.pass(frame)
        else reporter.defect('messages/blocks-interleaved', 'dropped', frame)
      }
    }
    this.#tail.drop(code ?? 'messages/truncated-stream')
    if (code !== undefined) reporter.defect(code, 'ended', where)
    writer.make(causeEvent(cause), where)
    writer.ended = true
    reporter.ended(state)
  }

  #limit(path: string, where: Where): void {
    if (this.#context.writer.ended) return
    this.#context.reporter.defect('sse/limit-exceeded', 'ended', where, { path })
    this.#fail('limit', 'limit', where)
  }

  /** Checks what one push has made of the limits. */
  #guard(where: Where): void {
    const { held, writer } = this.#context
    if (writer.ended) return
    if (writer.tooDeep) this.#limit('maxDepth', where)
    else if (held.broken !== undefined) this.#limit(held.broken, where)
  }

  // Errors of the upstream

  #upstreamError(frame: EventFrame): void {
    const { writer, reporter } = this.#context
    const found = recognise(frame.event, frame.value, frame.data)
    if (found === undefined) {
      this.#fail('malformed', 'truncated', frame, 'sse/data-malformed-json')
      return
    }
    if (this.#prefilled !== undefined) this.#openPrefilled(false, undefined)
    this.#content.abandon()
    while (this.#waiting.size > 0) {
      for (const item of this.#waiting.shift()) {
        if (item.kind === 'comment') writer.pass(item)
        else reporter.defect('messages/blocks-interleaved', 'dropped', item)
      }
    }
    this.#tail.release()
    const event = errorEvent(found.error)
    if (found.shape === 'err-anthropic' && isCanonical(frame.value)) writer.send(frame, 'error')
    else {
      reporter.defect('errors/error-frame-shape', 'rewrote', frame, { found: found.shape })
      writer.make(event, frame)
    }
    writer.ended = true
    this.#upstreamFailed = true
    reporter.ended('upstream-error')
  }

  /** Content with an error in the same frame leaves first (D-6); an `error` key that says nothing is removed. */
  #beside(frame: EventFrame, meaning: 'content and error' | 'null error'): void {
    const { writer, reporter } = this.#context
    if (writer.tooDeepToWrite(frame)) return
    const { error, ...event } = frame.value as JsonObject
    const code = meaning === 'null error' ? 'errors/error-null-key' : 'errors/error-frame-shape'
    reporter.defect(code, 'rewrote', frame, { path: 'error' })
    const data = JSON.stringify(event)
    const rest = changedFrame(frame, {
      value: event,
      data,
      raw: `event: ${frame.event ?? typeOf(frame)}\ndata: ${data}\n\n`,
    })
    this.#take(rest, meaningOf(rest))
    if (meaning === 'null error' || writer.ended) return
    this.#upstreamError(changedFrame(frame, { event: undefined, value: { error }, raw: '' }))
  }

  // A whole Message in one frame (45)

  #wholeMessage(frame: EventFrame): void {
    const { writer, reporter } = this.#context
    if (this.#content.begun || this.#early !== undefined) {
      this.#fail('spliced', 'truncated', frame, 'messages/message-spliced-retry')
      return
    }
    if (writer.tooDeepToWrite(frame)) return
    reporter.defect('messages/content-type-wrong', 'rewrote', frame)
    for (const event of messageFrames(frame.value as JsonObject, frame)) {
      if (writer.ended) return
      if (event.event === 'message_start' && writer.started) continue
      this.#take(event, event.event as Meaning)
    }
  }

  // After the terminal nothing is emitted, but counted (D-4)

  #afterEnd(frame: Frame, meaning: Meaning): void {
    if (meaning === 'comment' || meaning === 'done' || meaning === 'cut') return
    const { reporter } = this.#context
    if (this.#upstreamFailed) {
      this.#upstreamFailed = false
      reporter.defect('messages/error-then-continue', 'dropped', frame)
    }
    reporter.defect('messages/event-after-end', 'dropped', frame)
  }
}

function isBlockMeaning(meaning: Meaning): meaning is BlockMeaning {
  return meaning === 'content_block_start' || meaning === 'content_block_delta' || meaning === 'content_block_stop'
}

function blockOf(frame: EventFrame): JsonObject | undefined {
  const block = isJsonObject(frame.value) ? frame.value['content_block'] : undefined
  return isJsonObject(block) ? block : undefined
}

function retyped(frame: EventFrame, type: string): EventFrame {
  const value = { type, ...(frame.value as JsonObject) }
  const data = JSON.stringify(value)
  return changedFrame(frame, { event: type, value, data, raw: frameText(type, data, keptLines(frame)) })
}

/** Whether an error event is the one that Anthropic itself sends, which passes by its bytes. */
function isCanonical(value: unknown): boolean {
  if (!isJsonObject(value) || !isJsonObject(value['error'])) return false
  return typeof value['error']['type'] === 'string' && typeof value['error']['message'] === 'string'
}
