import type { Code } from '../defects/codes.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Noted, Reporter, Where } from '../defects/reporter.js'
import { isPresent, isString, kindOf } from '../defects/shape.js'
import type { EndState } from '../defects/types.js'
import { recognise, saysError } from '../errors/recognise.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import type { PlainDelta } from '../sse/plain-delta.js'
import { HeldCount } from '../stage/held-count.js'
import { resolveLimits } from '../stage/limits.js'
import type { Emit, EndReason, Stage } from '../stage/stage.js'
import { type Choice, Choices } from './choices.js'
import { ChunkReader, type ReadChunk } from './chunk.js'
import { chunksOf } from './completion.js'
import type { Context } from './context.js'
import { saysAnything } from './delta.js'
import { type Cause, causeError, errorChunk } from './endings.js'
import { Envelope } from './envelope.js'
import { Flow, plainDelta } from './flow.js'
import { choicesIn, isFailed, type Meaning, meaningOf } from './intake.js'
import type { ChatOptions } from './options.js'
import { isBlankDelta, type Pending, withArguments, withFinish } from './pending.js'
import { completeUsage, ownsUp, saysUsage } from './tail.js'
import { addArguments, isMalformed } from './tool-calls.js'
import { Writer } from './writer.js'

const finishCode = 'chat/finish-reason-missing-empty-wrong'
const argsCode = 'chat/tool-args-shape'

/**
 * The machine of `/v1/chat/completions`: it reads what the upstream meant (intake), decides what must wait, and has the writer
 * say it as the protocol demands.
 */
export class ChatMachine implements Stage<Frame, Frame> {
  readonly #options: ChatOptions
  readonly #context: Context
  readonly #choices: Choices
  readonly #reader: ChunkReader
  readonly #envelope: Envelope
  readonly #flow: Flow
  #pending: Pending | undefined
  /** A usage was counted, and nothing of the answer has come since: evidence that it is over (DESIGN, success). */
  #counted = false
  /** The hook on the usage has had its turn. */
  #hooked = false
  /** The upstream's error has gone out; what comes behind it is its own fault. */
  #failed = false
  /** A whole completion has come, behind which no `[DONE]` is missed. */
  #body = false
  #over = false
  #last: Where = { number: 0, offset: 0 }

  constructor(options: ChatOptions, reporter: Reporter, plain: PlainDelta = plainDelta()) {
    this.#options = options
    const limits = resolveLimits(options.limits)
    let drawn = 0
    this.#context = {
      writer: new Writer(limits.maxDepth),
      reporter,
      held: new HeldCount(limits),
      limits,
      request: options.request ?? {},
      plain,
      newId: options.newId ?? (() => String(++drawn)),
      audio: false,
      lost: false,
    }
    this.#flow = new Flow(this.#context)
    this.#envelope = new Envelope(this.#context, options.createdAt)
    this.#choices = new Choices(this.#context, () => this.#envelope.identity)
    this.#reader = new ChunkReader(this.#context, this.#choices, options)
  }

  get ended(): boolean {
    return this.#context.writer.ended
  }

  push(frame: Frame, emit: Emit<Frame>): void {
    if (this.#over) return
    const { writer } = this.#context
    writer.bind(emit)
    if (!(frame.kind === 'comment' && frame.filler)) this.#last = frame
    if (frame.kind === 'event' && !writer.ended && this.#flow.take(frame, this.#envelope.id)) {
      this.#counted = false
      return
    }
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
    else this.#finished(reason === 'timeout' ? 'timeout' : 'truncated', this.#last)
    this.#guard(this.#last)
  }

  #take(frame: Frame, meaning: Meaning): void {
    if (frame.kind === 'comment') {
      this.#pass(frame)
      return
    }
    switch (meaning) {
      case 'chunk':
        this.#chunk(frame, frame.value as JsonObject)
        return
      case 'noise':
        this.#noise(frame)
        return
      case 'null error':
        this.#withoutError(frame)
        return
      case 'chunk and error':
        this.#chunkAndError(frame)
        return
      case 'completion':
        this.#completion(frame)
        return
      case 'done':
        this.#done(frame)
        return
      case 'error':
        this.#upstreamError(frame, frame.value, frame.data)
        return
      case 'cut':
      case 'comment':
        return
      case 'not a stream':
        this.#fail('not-a-stream', frame)
        return
      case 'other protocol':
        this.#fail('other-protocol', frame, 'chat/foreign-protocol')
        return
      default:
        this.#fail(frame.body === undefined ? 'malformed' : 'malformed-body', frame, 'sse/data-malformed-json')
    }
  }

  /** Sends what is not ours to read, behind what waits. */
  #pass(frame: Frame): void {
    if (this.#pending === undefined) this.#context.writer.pass(frame)
    else {
      this.#behind(this.#pending, frame)
    }
  }

  #behind(pending: Pending, frame: Frame, chunk?: JsonObject): void {
    pending.behind.push(chunk === undefined ? { frame } : { frame, chunk })
    this.#context.held.add(frame.raw.length)
  }

  #noise(frame: EventFrame): void {
    if (this.#options.unknownEvents === 'pass') this.#pass(frame)
    else this.#context.reporter.defect('chat/empty-or-null-frames', 'dropped', frame)
  }

  // Chunks

  #chunk(frame: EventFrame, given: JsonObject): void {
    const { reporter, writer } = this.#context
    this.#flow.forget()
    // What came beside an error, or out of a body, is no chunk of its own.
    const noted: Noted[] | undefined = given === frame.value ? [] : undefined
    reporter.trace = noted
    let chunk = given
    if (!Array.isArray(given['choices'])) {
      // FINDINGS A17: spoken answers have chunks without choices.
      if (!this.#context.audio || 'choices' in given) chunk = { ...given, choices: this.#missingChoices(given, frame) }
    }
    const choices = Array.isArray(chunk['choices']) ? chunk['choices'] : []
    // The id of a call may be derived from it.
    this.#envelope.meet(given['id'])
    const read = this.#reader.read(choices, frame)
    if (read.choices !== choices) chunk = { ...chunk, choices: read.choices }
    chunk = this.#envelope.complete(chunk, frame, read.spare)
    chunk = this.#usage(chunk, read, frame)
    if (frame.event === 'error') reporter.defect('errors/error-frame-shape', 'rewrote', frame, { path: 'event' })
    reporter.trace = undefined
    if (this.#pending !== undefined && this.#tellsNothing(this.#pending, read, chunk)) {
      this.#behind(this.#pending, frame, chunk)
      return
    }
    this.#proceed(read)
    if (writer.ended || writer.tooDeep || (chunk !== given && writer.tooDeepToWrite(frame))) return
    if (isEmptied(chunk, given)) return
    this.#send(frame, chunk, read)
    const [choice, other] = read.spoke
    const simple = other === undefined && read.prefixed.length === 0 && this.#pending === undefined
    if (noted !== undefined && choice !== undefined && simple && !writer.tooDeep && !writer.ended && read.plain) {
      this.#flow.learn(frame, choice, chunk, noted, this.#envelope.id)
    }
  }

  #missingChoices(given: JsonObject, where: Where): readonly unknown[] {
    const { choices, usage } = given
    const code = saysUsage(usage) ? 'chat/usage-chunk-shape' : 'chat/chunk-envelope'
    const detail = { path: 'choices', wanted: 'array', found: kindOf(choices) }
    this.#context.reporter.defect(code, 'rewrote', where, detail)
    return isJsonObject(choices) ? [choices] : []
  }

  /** Sends a chunk now, or has it wait for the next where that tells what it means. */
  #send(frame: EventFrame, chunk: JsonObject, read: ReadChunk): void {
    const doubtful = read.finished.filter((choice) => choice.doubtful)
    if (doubtful.length > 0 || read.braced.length > 0) {
      const sure = read.finished.filter((choice) => !choice.doubtful)
      this.#pending = { frame, chunk, sure, doubtful, braced: read.braced, behind: [] }
      this.#context.held.add(frame.raw.length)
      return
    }
    this.#emit(frame, chunk, read.finished)
  }

  /** Sends a chunk; where it finishes a choice, what that choice still owes goes first (D-63). */
  #emit(frame: EventFrame, chunk: JsonObject, finished: readonly Choice[]): void {
    const { writer } = this.#context
    const blank = finished.some((choice) => this.#owes(choice))
    if (blank && finished.some((choice) => choice.doubtful)) {
      // The chunk itself begins the call: its finish reason has to go behind it.
      let open = chunk
      for (const choice of finished) open = withFinish(open, choice.index, null)
      this.#write(frame, open)
      if (!this.#settle(finished, frame)) return
      for (const choice of finished) {
        writer.make(this.#envelope.around([{ index: choice.index, delta: {}, finish_reason: choice.finish }]), frame)
      }
    } else if (finished.length === 0 || this.#settle(finished, frame, chunk)) this.#write(frame, chunk)
    for (const choice of finished) choice.doubtful = false
  }

  #write(frame: EventFrame, chunk: JsonObject): void {
    this.#context.writer.send(frame, chunk)
  }

  /** Whether a chunk leaves it open what the `{}` of a waiting one was: a blank goes with either (D-63). */
  #tellsNothing({ braced, doubtful }: Pending, { spoke, finished }: ReadChunk, chunk: JsonObject): boolean {
    const [choice, other] = spoke
    const call = other === undefined && finished.length === 0 ? choice?.tools.last : undefined
    return call !== undefined && doubtful.length === 0 && braced.includes(call) && isBlankDelta(chunk)
  }

  /** Lets go what waited for this chunk, now that it is read. */
  #proceed(read: ReadChunk): void {
    const pending = this.#pending
    if (pending === undefined) return
    const { reporter } = this.#context
    for (const choice of pending.doubtful) {
      // It has gone on, or finished once more: it was not over.
      if (!read.spoke.has(choice) && !read.finished.includes(choice)) continue
      reporter.defect(finishCode, 'rewrote', pending.frame, { path: 'choices.finish_reason' })
      pending.chunk = withFinish(pending.chunk, choice.index, null)
      if (!read.finished.includes(choice)) choice.finish = undefined
    }
    for (const { choice, call } of read.prefixed) {
      if (!pending.braced.includes(call)) continue
      reporter.defect(argsCode, 'dropped', pending.frame, { path: 'function.arguments' })
      pending.chunk = withArguments(pending.chunk, choice.index, call.index, '')
    }
    this.#release(read)
  }

  /** @param next the chunk that comes now, where it is one that lets go what waits. */
  #release(next?: ReadChunk): void {
    const pending = this.#pending
    if (pending === undefined) return
    const { held, writer } = this.#context
    this.#pending = undefined
    held.remove(pending.frame.raw.length)
    for (const call of pending.braced) {
      const still = next?.braced.includes(call) === true
      if (call.braces && !still) call.settled = true
      call.braces = still
    }
    const over = pending.doubtful.filter(
      (choice) => choice.finish !== undefined && next?.finished.includes(choice) !== true,
    )
    const finished = [...pending.sure, ...over]
    if (pending.chunk !== pending.frame.value && writer.tooDeepToWrite(pending.frame)) return
    this.#emit(pending.frame, pending.chunk, finished)
    this.#drain(pending)
  }

  #drain({ behind }: Pending): void {
    const { held, writer } = this.#context
    for (const { frame, chunk } of behind) {
      held.remove(frame.raw.length)
      if (chunk === undefined || frame.kind === 'comment') writer.pass(frame)
      else this.#write(frame, chunk)
    }
  }

  // The end of a choice

  /** Whether a choice has calls that must be completed before it may finish. */
  #owes({ tools, finish }: Choice): boolean {
    return (
      tools.waiting.length > 0 ||
      (!ownsUp(finish) && tools.all.some((call) => !call.custom && call.scan.status === 'empty'))
    )
  }

  #isUnsettled(choice: Choice): boolean {
    const { tools, finish } = choice
    return (
      this.#owes(choice) || (!ownsUp(finish) && tools.all.some((call) => !call.custom && call.scan.status === 'cut'))
    )
  }

  /**
   * Completes the calls of choices that finish: names that were none, blank arguments (D-62, D-63).
   *
   * @returns false where the finish reason is a lie, and the stream has ended in an error.
   */
  #settle(finished: readonly Choice[], where: Where, held?: JsonObject): boolean {
    const { reporter, writer } = this.#context
    for (const choice of finished) {
      const { tools, index, finish } = choice
      const entries: JsonObject[] = tools.released(where, true)
      const nameless = tools.waiting.length > 0
      const cut = tools.all.some((call) => !call.custom && call.scan.status === 'cut')
      if (nameless || (cut && !ownsUp(finish))) {
        if (held !== undefined) this.#keep(held, finished, where)
        if (nameless) this.#fail('dropped', where, 'chat/tool-name-repeated-split-late')
        else this.#fail('truncated', where, 'chat/truncated-tool-args')
        return false
      }
      for (const call of tools.all) {
        if (call.custom) continue
        const { status } = call.scan
        if (isMalformed(call)) reporter.observe('chat/tool-args-malformed', where)
        if (status !== 'empty' || ownsUp(finish)) continue
        reporter.defect(argsCode, 'inserted', where, { path: 'function.arguments' })
        addArguments(call, '{}')
        call.settled = true
        const begun = entries.findIndex((entry) => entry['index'] === call.index)
        const said = entries[begun]?.['function']
        if (isJsonObject(said))
          entries[begun] = { ...entries[begun], function: { ...said, arguments: `${said['arguments']}{}` } }
        else entries.push({ index: call.index, function: { arguments: '{}' } })
      }
      if (entries.length > 0) {
        writer.make(this.#envelope.around([{ index, delta: { tool_calls: entries }, finish_reason: null }]), where)
      }
      const calls = tools.all.length > 0
      if (calls ? finish === 'stop' : finish === 'tool_calls') {
        reporter.observe('chat/finish-reason-against-tools', where, { path: 'choices.finish_reason' })
      }
    }
    return true
  }

  /** What a chunk says besides a finish reason that is not sent. */
  #keep(chunk: JsonObject, finished: readonly Choice[], where: Where): void {
    let open = chunk
    for (const choice of finished) open = withFinish(open, choice.index, null)
    if (finished.some((choice) => choice.doubtful)) this.#context.writer.make(open, where)
  }

  // Usage

  #usage(chunk: JsonObject, read: ReadChunk, where: Where): JsonObject {
    const { reporter } = this.#context
    const { usage } = chunk
    if (read.spoke.size > 0) this.#counted = false
    if (usage === undefined || usage === null) return chunk
    if (!saysUsage(usage)) {
      reporter.defect('chat/usage-chunk-shape', 'rewrote', where, { path: 'usage', found: kindOf(usage) })
      return { ...chunk, usage: null }
    }
    let whole = completeUsage(usage)
    if (whole !== usage) reporter.defect('chat/usage-chunk-shape', 'rewrote', where, { path: 'usage' })
    if (read.spoke.size === 0) this.#counted = true
    const { onUsage } = this.#options
    const over = this.#choices.all.length > 0 && this.#choices.all.every((choice) => choice.finish !== undefined)
    if (onUsage !== undefined && !this.#hooked && over) {
      this.#hooked = true
      whole = onUsage(whole, { id: this.#envelope.id, model: this.#envelope.model })
    }
    return whole === usage ? chunk : { ...chunk, usage: whole }
  }

  // Whole completions

  /** A whole completion where chunks were promised (B12, B17). */
  #completion(frame: EventFrame): void {
    const { reporter, writer, request } = this.#context
    reporter.defect('chat/non-stream-body', 'rewrote', frame)
    if (writer.tooDeepToWrite(frame)) return
    // What is wrong with it is told by that one defect.
    reporter.quiet = true
    for (const chunk of chunksOf(frame.value as JsonObject, request.includeUsage === true)) {
      if (!writer.ended) this.#chunk(frame, chunk)
    }
    if (!writer.ended) this.#release()
    reporter.quiet = false
    this.#body = true
  }

  // The end

  #done(frame: EventFrame): void {
    this.#finished('truncated', frame, frame)
  }

  /**
   * The input is over: by `[DONE]`, or by itself.
   *
   * @param mark the frame that says `[DONE]`.
   */
  #finished(cause: 'truncated' | 'timeout', where: Where, mark?: EventFrame): void {
    const { writer, reporter, audio } = this.#context
    this.#release()
    if (writer.ended || writer.tooDeep) return
    const { all } = this.#choices
    if (all.every((choice) => !choice.begun)) {
      if (cause === 'timeout') this.#fail(cause, where, finishCode)
      else this.#fail('empty', where, 'chat/empty-200')
      return
    }
    const open = all.filter((choice) => choice.finish === undefined && choice.begun)
    if (!this.#isWhole(open, mark !== undefined)) {
      const cut = open.some(({ tools }) => tools.all.some((call) => !call.custom && call.scan.status === 'cut'))
      this.#fail(cause, where, cut ? 'chat/truncated-tool-args' : finishCode)
      return
    }
    if (!audio) for (const choice of open) this.#close(choice, where)
    // Calls that came behind the finish reason, or that have none, are no less cut, blank or nameless for that (law 6).
    for (const choice of all) {
      if ((choice.late || audio) && !writer.ended && this.#isUnsettled(choice)) this.#settle([choice], where)
    }
    if (writer.ended) return
    if (this.#context.lost) {
      this.#fail('dropped', where)
      return
    }
    const exact = mark?.data === '[DONE]' && mark.event !== 'error'
    if (mark === undefined && !this.#body) reporter.defect('chat/done-missing-or-mangled', 'inserted', where)
    else if (mark !== undefined && !exact) reporter.defect('chat/done-missing-or-mangled', 'rewrote', where)
    if (exact) writer.pass(mark)
    else writer.done(where)
    this.#terminated('complete')
  }

  /** Whether the answer is whole by the success table (D-60). */
  #isWhole(open: readonly Choice[], marked: boolean): boolean {
    const { audio } = this.#context
    // CH-2: a choice of which nothing came is not whole.
    const all = this.#choices.all.filter((choice) => choice.begun)
    if (all.some((_, index) => !all.some((choice) => choice.index === index))) return false
    if (audio) return marked
    if (!marked) return open.length === 0 && all.every((choice) => !choice.revoked)
    const cut = ({ tools }: Choice) => tools.all.some((call) => !call.custom && call.scan.status === 'cut')
    return open.length === 0 || (this.#counted && !open.some(cut))
  }

  /** Finishes a choice that is whole and was not finished (B02). */
  #close(choice: Choice, where: Where): void {
    const { reporter, writer } = this.#context
    if (writer.ended) return
    choice.finish = choice.tools.all.length > 0 ? 'tool_calls' : 'stop'
    if (!this.#settle([choice], where)) return
    reporter.defect(finishCode, 'inserted', where, { path: 'choices.finish_reason' })
    writer.make(this.#envelope.around([{ index: choice.index, delta: {}, finish_reason: choice.finish }]), where)
  }

  /** Ends the stream in an error of ours (D-6). */
  #fail(cause: Cause, where: Where, code?: Code): void {
    const { state, error } = causeError(cause)
    const { reporter, writer } = this.#context
    this.#abandon(where)
    if (writer.ended) return
    if (code !== undefined) reporter.defect(code, 'ended', where)
    writer.make(errorChunk(error), where)
    writer.done(where)
    this.#terminated(state)
  }

  /** What waits goes out before an error; calls without a name cannot. */
  #abandon(where: Where): void {
    const pending = this.#pending
    const { held, writer, reporter } = this.#context
    if (pending !== undefined) {
      this.#pending = undefined
      held.remove(pending.frame.raw.length)
      if (pending.chunk === pending.frame.value || !writer.tooDeepToWrite(pending.frame)) {
        this.#write(pending.frame, pending.chunk)
      }
      this.#drain(pending)
    }
    for (const { tools } of this.#choices.all) {
      for (const call of tools.waiting) {
        if (call.sent.length > 0) reporter.defect('chat/tool-name-repeated-split-late', 'dropped', where)
      }
    }
  }

  #terminated(state: EndState): void {
    this.#context.writer.ended = true
    this.#context.reporter.ended(state)
  }

  /** Checks what one push has made of the limits. */
  #guard(where: Where): void {
    const { held, writer, limits, reporter } = this.#context
    const crowded = this.#choices.size > limits.maxOpenBlocks ? 'maxOpenBlocks' : undefined
    const path = writer.tooDeep ? 'maxDepth' : (crowded ?? held.broken)
    if (writer.ended || path === undefined) return
    reporter.defect('sse/limit-exceeded', 'ended', where, { path })
    this.#fail('limit', where)
  }

  // Errors of the upstream

  #upstreamError(frame: EventFrame, value: unknown, data: string): void {
    const { writer, reporter } = this.#context
    const found = recognise(frame.event, value, data)
    if (found === undefined) {
      this.#fail('malformed', frame, 'sse/data-malformed-json')
      return
    }
    this.#abandon(frame)
    const { error, shape } = found
    const guarded = error.kind === 'guardrail' && codeOf(value) !== 400
    const own = isOwnShape(frame, value, error.status)
    if (own && !guarded) writer.pass(frame)
    else {
      const remains = shape === 'err-event-plain' && data.startsWith('{')
      if (own) reporter.defect('chat/error-code', 'rewrote', frame, { path: 'error.code', wanted: 'integer' })
      else reporter.defect('errors/error-frame-shape', 'rewrote', frame, { found: shape })
      if (remains) reporter.defect('sse/data-malformed-json', 'ended', frame)
      writer.make(errorChunk(error), frame)
    }
    writer.done(frame)
    this.#failed = true
    this.#terminated('upstream-error')
  }

  /** A chunk with an error beside its choices: what it says leaves first (D-6, C-E04, C-E08). */
  #chunkAndError(frame: EventFrame): void {
    const { writer } = this.#context
    if (writer.tooDeepToWrite(frame)) return
    const { error, ...chunk } = frame.value as JsonObject
    const choices = choicesIn(chunk)
    const failed = choices.find((choice) => isJsonObject(choice) && saysError(choice['error'])) as
      | JsonObject
      | undefined
    const rest = choices.map((choice) => (isFailed(choice) ? withoutFailure(choice as JsonObject) : choice))
    if (rest.some((choice) => isJsonObject(choice) && saysDelta(choice))) {
      // The error is told by its own defect.
      const open = rest.map((choice) => (isJsonObject(choice) ? { ...choice, finish_reason: null } : choice))
      this.#chunk(frame, { ...chunk, choices: open })
      if (writer.ended) return
    }
    const said = saysError(error) ? error : (failed?.['error'] ?? { message: '' })
    this.#upstreamError({ ...plain(frame), event: undefined }, { error: said, choices: [] }, frame.data)
  }

  /** An `error` key that says nothing is removed (D-6, B15). */
  #withoutError(frame: EventFrame): void {
    const { writer, reporter } = this.#context
    if (writer.tooDeepToWrite(frame)) return
    reporter.defect('errors/error-null-key', 'rewrote', frame, { path: 'error' })
    const { error: _, ...rest } = frame.value as JsonObject
    this.#chunk(frame, rest)
  }

  /** After the terminal nothing is emitted, but counted (D-4). */
  #afterEnd(frame: Frame, meaning: Meaning): void {
    // Behind the mark nothing belongs to the error any more.
    if (meaning === 'done') this.#failed = false
    if (meaning === 'comment' || meaning === 'done' || meaning === 'cut') return
    const { reporter } = this.#context
    reporter.defect(this.#failed ? 'chat/error-then-continue' : 'chat/event-after-end', 'dropped', frame)
    this.#failed = false
  }
}

/** An error that clients read as it is: an object with words, and no choices beside it (CH-15). */
function isOwnShape(frame: EventFrame, value: unknown, status: number | undefined): boolean {
  if (frame.event !== undefined || !isJsonObject(value) || 'choices' in value || 'type' in value) return false
  const { error } = value
  if (!isJsonObject(error) || !isString(error['message']) || error['message'].trim() === '') return false
  const { type, code } = error
  const typed = type === undefined || type === null || (isString(type) && type !== 'None')
  // A status under another name is one that clients do not see, and retry by.
  return typed && (isString(code) || typeof code === 'number' || (!isPresent(code) && status === undefined))
}

function codeOf(value: unknown): unknown {
  const error = isJsonObject(value) ? value['error'] : undefined
  return isJsonObject(error) ? error['code'] : undefined
}

function withoutFailure(choice: JsonObject): JsonObject {
  const { error: _, ...rest } = choice
  return { ...rest, finish_reason: null }
}

/** Whether a choice carries content of the answer. */
function saysDelta({ delta, message }: JsonObject): boolean {
  const said = isJsonObject(delta) ? delta : message
  return isJsonObject(said) && saysAnything(said)
}

/** Whether a chunk has nothing left to say that was not taken out of it. */
function isEmptied(chunk: JsonObject, given: JsonObject): boolean {
  if (chunk === given || saysUsage(chunk['usage'])) return false
  const choices = chunk['choices']
  if (!Array.isArray(choices) || choices.length === 0)
    return Array.isArray(given['choices']) && given['choices'].length > 0
  return false
}

function plain(frame: EventFrame): EventFrame {
  const { kind, number, offset, data, lastEventId, value, cut, body, raw, event } = frame
  return { kind, number, offset, data, lastEventId, value, plain: true, cut, body, raw, event }
}
