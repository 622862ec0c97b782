import type { Code } from '../defects/codes.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Reporter, Where } from '../defects/reporter.js'
import { complete, type Finding, isString, kindOf, memberOf, reportAll } from '../defects/shape.js'
import type { EndState } from '../defects/types.js'
import { recognise, saysError } from '../errors/recognise.js'
import type { UpstreamError } from '../errors/upstream-error.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import { changedFrame } from '../sse/frames.js'
import { madeFrame, restatedFrame } from '../sse/made.js'
import { PlainDelta } from '../sse/plain-delta.js'
import { HeldCount } from '../stage/held-count.js'
import { resolveLimits } from '../stage/limits.js'
import type { Emit, EndReason, Stage } from '../stage/stage.js'
import { Content } from './content.js'
import type { Context } from './context.js'
import { CutCalls } from './cut-calls.js'
import { type Cause, causeError, errorFields, failedCode } from './endings.js'
import { eventShapes } from './event-shapes.js'
import { type Meaning, meaningOf, ofType, typeOf } from './intake.js'
import { routeOf } from './item-types.js'
import { Opening } from './opening.js'
import type { ResponsesOptions } from './options.js'
import { completeSnapshot, emptySnapshot, isId } from './shapes.js'
import { settleOutput } from './snapshots.js'
import { Writer } from './writer.js'

/**
 * The machine of `/v1/responses`: it reads what the upstream meant (intake), decides what must wait, and has the writer say it
 * as the protocol demands.
 */
export class ResponsesMachine implements Stage<Frame, Frame> {
  readonly #options: ResponsesOptions
  readonly #context: Context
  readonly #opening: Opening
  readonly #content: Content
  readonly #cutCalls: CutCalls
  /** Unknown events before `response.created` (D-41). */
  #early: EventFrame[] = []
  /** An `error` has gone out, and its `response.failed` is owed (D-47). */
  #failing: { readonly error: UpstreamError; readonly state: EndState } | undefined
  #over = false
  /** Where the last frame stood: the frame itself may be big. */
  #number = 0
  #offset = 0

  constructor(options: ResponsesOptions, reporter: Reporter, plain: PlainDelta = plainDelta()) {
    this.#options = options
    const limits = resolveLimits(options.limits)
    let drawn = 0
    this.#context = {
      writer: new Writer(reporter, limits.maxDepth),
      reporter,
      held: new HeldCount(limits),
      limits,
      plain,
      newId: options.newId ?? (() => String(++drawn)),
      responseId: '',
      idMade: false,
      responseIds: new Set(),
      snapshot: {},
      resumed: options.resume === true,
      lost: false,
    }
    this.#opening = new Opening(this.#context, options.request?.model, options.createdAt)
    this.#content = new Content(this.#context)
    this.#cutCalls = new CutCalls(this.#context, this.#content)
    this.#content.holds = (frame) => this.#cutCalls.hold(frame)
  }

  get #last(): Where {
    return { number: this.#number, offset: this.#offset }
  }

  get ended(): boolean {
    return this.#context.writer.ended
  }

  get owing(): boolean {
    return this.#failing !== undefined
  }

  push(frame: Frame, emit: Emit<Frame>): void {
    if (this.#over) return
    const { writer } = this.#context
    writer.bind(emit)
    if (!(frame.kind === 'comment' && frame.filler)) {
      this.#number = frame.number
      this.#offset = frame.offset
    }
    if (frame.kind === 'event' && !writer.ended && this.#failing === undefined) {
      // The next delta of the same text: most of every stream, sent on without further questions.
      if (this.#content.flow(frame)) {
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
    const { writer } = this.#context
    writer.bind(emit)
    if (reason === 'cancel' || writer.ended) return
    if (this.#failing !== undefined) {
      if (reason === 'limit') this.#failing = { ...this.#failing, state: 'limit' }
      this.#failed(this.#last)
    } else if (reason === 'limit') this.#fail('limit', this.#last)
    else this.#cutShort(reason === 'timeout' ? 'timeout' : 'truncated', this.#last)
    this.#guard(this.#last)
  }

  #take(given: Frame, meaning: Meaning): void {
    const { writer } = this.#context
    if (given.kind === 'comment') {
      writer.pass(given)
      return
    }
    if (this.#failing !== undefined && meaning !== 'response.failed') {
      this.#failed(given)
      this.#afterEnd(given, meaning)
      return
    }
    if (meaning === 'newer' || meaning === 'foreign') {
      this.#noise(given, meaning)
      return
    }
    const frame = this.#typed(given)
    if (writer.tooDeep) return
    switch (meaning) {
      case 'opening':
        this.#opening.take(frame, String(typeOf(frame)), this.#content.begun)
        this.#releaseEarly()
        return
      case 'item':
        this.#item(frame)
        return
      case 'terminal':
        this.#terminal(frame)
        return
      case 'response.failed':
        this.#upstreamFailed(frame)
        return
      case 'response':
        this.#wholeResponse(frame)
        return
      case 'done':
        this.#done(frame)
        return
      case 'error':
        this.#upstreamError(frame)
        return
      case 'content and error':
      case 'null error':
        this.#beside(frame, meaning)
        return
      case 'cut':
        return
      case 'not a stream':
        this.#fail('not-a-stream', frame)
        return
      case 'other protocol':
        this.#fail('other-protocol', frame, 'responses/chat-chunks-on-responses')
        return
      default:
        this.#fail(frame.body === undefined ? 'malformed' : 'malformed-body', frame, 'sse/data-malformed-json')
    }
  }

  /** The event with the type that only its `event:` line names (A13). */
  #typed(frame: EventFrame): EventFrame {
    const type = typeOf(frame)
    const { value } = frame
    if (type === undefined || !isJsonObject(value) || value['type'] === type) return frame
    const { reporter, writer } = this.#context
    reporter.defect('responses/fields-missing-in-lifecycle', 'rewrote', frame, { path: 'type' })
    return writer.tooDeepToWrite(frame) ? frame : restatedFrame(frame, { type, ...value })
  }

  // Items

  #item(frame: EventFrame): void {
    const { writer } = this.#context
    const type = String(typeOf(frame))
    if (!isItemEvent(type)) {
      this.#noise(frame, 'newer')
      return
    }
    this.#open(frame)
    this.#opening.proceed(frame)
    if (type === 'response.output_item.done' && this.#cutCalls.hold(frame)) return
    const whole = this.#shaped(frame, type)
    if (!writer.tooDeep && !this.#content.take(whole, type) && !writer.tooDeep) this.#noise(whole, 'newer')
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

  /** Opens the response, where that has not been done: what is called `resp_…` before it is the response (D-41). */
  #open(frame: EventFrame, snapshot?: JsonObject): void {
    const context = this.#context
    const value = frame.value
    if (!context.writer.started && context.responseId === '' && snapshot === undefined) {
      for (const id of [memberOf(value, 'response_id'), memberOf(value, 'item_id')]) {
        if (isString(id) && id.startsWith('resp_') && context.responseId === '') context.responseId = id
      }
    }
    this.#opening.make(frame, snapshot)
    context.writer.started = true
    this.#releaseEarly()
  }

  // Comments apart: what is not ours to read

  #noise(frame: EventFrame, meaning: 'newer' | 'foreign'): void {
    const { unknownEvents } = this.#options
    const { writer, reporter, held, resumed } = this.#context
    const type = typeOf(frame)
    if (meaning === 'newer' ? unknownEvents === 'drop' : unknownEvents !== 'pass' || type === undefined) {
      reporter.defect('responses/unknown-or-keepalive-events', 'dropped', frame)
    } else if (!writer.started && !resumed) {
      this.#early.push(frame)
      held.add(frame.raw.length)
    } else if (type !== undefined) writer.send(this.#typed(frame), type)
  }

  #releaseEarly(): void {
    if (this.#early.length === 0 || !this.#context.writer.started) return
    for (const frame of this.#early.splice(0)) {
      this.#context.held.remove(frame.raw.length)
      const type = typeOf(frame)
      if (type !== undefined) this.#context.writer.send(this.#typed(frame), type)
    }
  }

  // The end

  /** A success terminal: items closed, snapshot filled, usage readable (A01, A06, A09, A13, A20). */
  #terminal(frame: EventFrame): void {
    const { reporter } = this.#context
    const given = frame.value as JsonObject
    const findings: Finding[] = []
    const snapshot = this.#opening.unwrap(given, findings)
    const named = String(typeOf(frame))
    const status = memberOf(snapshot, 'status')
    let type = named
    const ended = status === 'failed' || status === 'cancelled' || named === 'response.cancelled'
    if (named !== 'response.completed' && named !== 'response.incomplete') {
      // A20: the Realtime name; its status tells which terminal it is.
      type = `response.${status === 'incomplete' ? status : ended ? 'failed' : 'completed'}`
      findings.push({ code: 'responses/terminal-alias', action: 'rewrote', path: 'type' })
    }
    if (type === 'response.failed') {
      reportAll(reporter, frame, findings)
      const response = { ...snapshot, status: 'failed' }
      this.#upstreamFailed(restatedFrame(frame, { ...given, type, response }, type))
      return
    }
    if (snapshot !== undefined && isJsonObject(snapshot['error']) && status === 'failed') {
      reporter.defect('responses/terminal-status-mismatch', 'rewrote', frame, { path: 'type' })
      this.#upstreamFailed(restatedFrame(frame, { ...given, type: 'response.failed' }, 'response.failed'))
      return
    }
    this.#open(frame, snapshot ?? {})
    this.#complete(frame, type, snapshot ?? {}, findings)
  }

  /** @param made the terminal is of our making, and nothing in it is the upstream's fault. */
  #complete(frame: EventFrame, type: string, given: JsonObject, findings: Finding[], made = false): void {
    const context = this.#context
    const { writer, reporter } = context
    if (findings.length > 0 && writer.tooDeepToWrite(frame)) return
    const status = type.slice('response.'.length)
    // A warm-up has no work: it goes from `created` straight to `completed`.
    const worked = type === 'response.incomplete' || (Array.isArray(given['output']) && given['output'].length > 0)
    if (!this.#content.begun && worked) this.#opening.proceed(frame)
    this.#cutCalls.release(status === 'incomplete')
    if (status === 'completed') this.#cutCalls.holdLast(given['output'], frame)
    const output = settleOutput(context, this.#content, given['output'], status, frame)
    if (writer.tooDeep) return
    const cut = status === 'completed' && this.#content.positions.all.some((item) => item.cut)
    reporter.quiet = false
    if (output === undefined || cut) {
      this.#fail('truncated', frame, 'responses/tool-args-cut')
      return
    }
    if (context.lost) {
      this.#fail('dropped', frame)
      return
    }
    this.#cutCalls.forget()
    const whole = this.#snapshot(given, status, output, findings)
    if (made) {
      writer.make({ type, response: whole }, frame)
      if (!writer.tooDeep) this.#terminated('complete')
      return
    }
    if (given['usage'] === undefined || given['usage'] === null) reporter.observe('responses/usage-missing', frame)
    reportAll(reporter, frame, findings)
    const value = frame.value as JsonObject
    const same = whole === given && value['response'] === given && typeOf(frame) === type
    writer.send(frame, type, undefined, same ? undefined : { type, ...sequenceOf(value), response: whole })
    if (!writer.tooDeep) this.#terminated('complete')
  }

  /** The snapshot of a success terminal (A01, A06, A13). */
  #snapshot(given: JsonObject, status: string, output: unknown, findings: Finding[]): JsonObject {
    const context = this.#context
    const lifecycle: Code = 'responses/fields-missing-in-lifecycle'
    let whole = named(context, completeSnapshot(given, context.snapshot, findings), findings)
    const change = (name: string, wanted: unknown, code: Code = lifecycle) => {
      findings.push({ code, action: 'rewrote', path: `response.${name}`, found: kindOf(whole[name]) })
      whole = { ...whole, [name]: wanted }
    }
    if (whole['status'] !== status) {
      change('status', status, isString(whole['status']) ? 'responses/terminal-status-mismatch' : lifecycle)
    }
    const details = whole['incomplete_details']
    if (status === 'incomplete' && !isId(memberOf(details, 'reason'))) {
      change('incomplete_details', { ...(isJsonObject(details) ? details : {}), reason: 'max_output_tokens' })
    }
    if (output !== whole['output']) whole = { ...whole, output }
    let usage = whole['usage']
    if (this.#options.onUsage !== undefined && isJsonObject(usage)) {
      const model = whole['model']
      usage = this.#options.onUsage(usage, { id: context.responseId, model: isString(model) ? model : '' })
    }
    return usage === whole['usage'] ? whole : { ...whole, usage }
  }

  /** `[DONE]` before a terminal: a whole answer, or the end of the body (D-49). */
  #done(where: EventFrame): void {
    const { reporter, resumed } = this.#context
    this.#cutCalls.release(false)
    const last = this.#content.positions.all.at(-1)
    const answered = last !== undefined && (last.type === 'message' || last.call?.client === true)
    const whole = answered && last.state === 'done' && memberOf(last.value, 'status') !== 'incomplete'
    const calling = this.#content.positions.open.some((item) => item.call?.client === true)
    if ((last?.state === 'done' && last.cut) || this.#cutCalls.waiting) {
      this.#fail('truncated', where, 'responses/tool-args-cut')
      return
    }
    if (!whole || calling || resumed) {
      this.#cutShort('truncated', where)
      return
    }
    reporter.defect('responses/terminal-missing', 'inserted', where)
    const { snapshot } = this.#context
    const type = 'response.completed'
    const response = { ...snapshot, status: 'completed', usage: null }
    reporter.quiet = true
    this.#complete(madeFrame({ type, response }, where), type, response, [], true)
    reporter.quiet = false
  }

  /** The input is over without a terminal: an error, whatever was done before (D-49). */
  #cutShort(cause: 'truncated' | 'timeout', where: Where): void {
    const { started } = this.#context.writer
    const begun = started || this.#content.begun
    if (!begun && cause === 'truncated') this.#fail('empty', where, 'responses/empty-200')
    else this.#fail(cause, where, 'responses/terminal-missing')
  }

  /** A whole Response where a stream was promised (A26). */
  #wholeResponse(frame: EventFrame): void {
    const { reporter, writer } = this.#context
    reporter.defect('responses/non-stream-body', 'rewrote', frame)
    if (writer.tooDeepToWrite(frame)) return
    const given = frame.value as JsonObject
    const status = given['status']
    if (status !== undefined && status !== 'completed' && status !== 'incomplete' && status !== 'failed') {
      this.#fail('truncated', frame, 'responses/terminal-missing')
      return
    }
    const type = `response.${typeof status === 'string' ? status : 'completed'}`
    const made = madeFrame({ type, response: given }, frame)
    if (type === 'response.failed') this.#upstreamFailed(made)
    else {
      reporter.quiet = true
      this.#open(made, given)
      this.#opening.proceed(made)
      this.#complete(made, type, given, [], true)
      reporter.quiet = false
    }
  }

  /** Ends the stream in an error of ours (D-6). */
  #fail(cause: Cause, where: Where, code?: Code): void {
    const { state, error } = causeError(cause)
    const { reporter, writer } = this.#context
    // That nothing came is told by the code of the cause.
    reporter.quiet = !writer.started && !this.#content.begun
    this.#prepare(where)
    reporter.quiet = false
    if (code !== undefined) reporter.defect(code, 'ended', where)
    writer.make({ type: 'error', ...errorFields(error) }, where)
    this.#failing = { error, state }
    this.#failed(where, false)
  }

  /** What must have gone out before an error. */
  #prepare(where: Where): void {
    if (!this.#context.resumed) {
      this.#opening.make(where)
      this.#releaseEarly()
      this.#opening.proceed(where)
    }
    this.#cutCalls.abandon()
    this.#content.abandon(where)
  }

  /** Sends the `response.failed` that an error owes (D-47). */
  #failed(where: Where, report = true): void {
    const failing = this.#failing
    if (failing === undefined) return
    const { error, state } = failing
    if (report) this.#context.reporter.defect('responses/failed-missing', 'inserted', where)
    // A stream that was resumed, and whose snapshots were not seen (D-50), has none yet.
    this.#opening.identify()
    const response = this.#failure({}, error)
    this.#context.writer.make({ type: 'response.failed', response }, where)
    this.#failing = undefined
    this.#terminated(state)
  }

  #failure(given: JsonObject, error: UpstreamError): JsonObject {
    const { snapshot, responseId } = this.#context
    const base =
      Object.keys(snapshot).length > 0 ? snapshot : emptySnapshot(responseId, this.#options.request?.model ?? '', 0)
    const { code, message } = { code: failedCode(error), message: error.message }
    return { ...base, output: [], usage: null, ...given, id: responseId, status: 'failed', error: { code, message } }
  }

  #terminated(state: EndState): void {
    const { writer, reporter } = this.#context
    if (this.#options.done === 'open-responses') writer.pass(doneFrame(this.#last))
    writer.ended = true
    reporter.ended(state)
    // What comes behind the terminal is only counted (D-4).
    this.#content.forget()
    this.#context.snapshot = {}
  }

  /** Checks what one push has made of the limits. */
  #guard(where: Where): void {
    const { held, writer, limits, reporter } = this.#context
    const crowded = this.#content.openItems > limits.maxOpenBlocks ? 'maxOpenBlocks' : undefined
    const path = writer.tooDeep ? 'maxDepth' : (crowded ?? held.broken)
    if (writer.ended || path === undefined) return
    reporter.defect('sse/limit-exceeded', 'ended', where, { path })
    if (this.#failing === undefined) this.#fail('limit', where)
    else {
      this.#failing = { ...this.#failing, state: 'limit' }
      this.#failed(where)
    }
  }

  // Errors of the upstream

  #upstreamError(frame: EventFrame): void {
    const { writer, reporter } = this.#context
    const found = recognise(frame.event, frame.value, frame.data)
    if (found === undefined) {
      this.#fail('malformed', frame, 'sse/data-malformed-json')
      return
    }
    this.#prepare(frame)
    if (isOwnShape(frame.value)) writer.send(frame, 'error')
    else {
      reporter.defect('errors/error-frame-shape', 'rewrote', frame, { found: found.shape })
      const remains = found.shape === 'err-event-plain' && frame.data.startsWith('{')
      if (remains) reporter.defect('sse/data-malformed-json', 'ended', frame)
      writer.make({ type: 'error', ...errorFields(found.error) }, frame)
    }
    this.#failing = { error: found.error, state: 'upstream-error' }
  }

  /** `response.failed`: behind its error, or alone, which most clients do not show (R-E02). */
  #upstreamFailed(frame: EventFrame): void {
    const { writer, reporter } = this.#context
    const value = frame.value as JsonObject
    const findings: Finding[] = []
    const snapshot = this.#opening.unwrap(value, findings) ?? {}
    const own = isJsonObject(snapshot['error']) ? snapshot['error'] : undefined
    const said = recognise('error', { error: own ?? value['error'] ?? { message: '' } }, '')?.error
    const error = this.#failing?.error ?? said ?? causeError('truncated').error
    const paired = this.#failing !== undefined
    if (!paired && Object.keys(snapshot).every((key) => !snapshotKeys.has(key))) {
      // R-E07: nothing of a response is there, only its error.
      reporter.defect('errors/error-frame-shape', 'rewrote', frame, { found: 'err-failed-noresp' })
      this.#prepare(frame)
      reporter.defect('responses/error-missing', 'inserted', frame)
      writer.make({ type: 'error', ...errorFields(error) }, frame)
      this.#failing = { error, state: 'upstream-error' }
      this.#failed(frame, false)
      return
    }
    const outside = own === undefined && saysError(value['error'])
    if (!paired) {
      this.#opening.learn(snapshot)
      if (!writer.started) this.#opening.make(frame, snapshot)
      this.#opening.proceed(frame)
      this.#prepare(frame)
      reporter.defect('responses/error-missing', 'inserted', frame)
      writer.make({ type: 'error', ...errorFields(error) }, frame)
      this.#failing = { error, state: 'upstream-error' }
    }
    const code = 'responses/fields-missing-in-lifecycle'
    let whole = completeSnapshot(snapshot, { ...emptySnapshot('', '', 0), ...this.#context.snapshot }, findings)
    const change = (name: string, wanted: unknown, why: Code = code) => {
      findings.push({ code: why, action: 'rewrote', path: `response.${name}`, found: kindOf(whole[name]) })
      whole = { ...whole, [name]: wanted }
    }
    whole = named(this.#context, whole, findings)
    if (whole['status'] !== 'failed') change('status', 'failed', 'responses/terminal-status-mismatch')
    if (!Array.isArray(whole['output'])) change('output', [])
    const message = isId(own?.['message']) ? own['message'] : error.message
    // The error in front knows more of its kind than a code alone, whose kind may be a guess.
    const kindred = said === undefined || said.kind === 'server' || error.kind === 'guardrail' ? error : said
    const wanted = isString(own?.['code']) ? failedCode({ ...kindred, code: own['code'] }) : failedCode(error)
    if (own?.['code'] !== wanted || own['message'] !== message) {
      change('error', { ...own, code: wanted, message }, outside ? 'errors/error-frame-shape' : 'responses/error-code')
    }
    reportAll(reporter, frame, findings)
    const { error: _, ...rest } = value
    // An id of our making is not the upstream's fault, and takes its place all the same (RE-9).
    const changed = findings.length > 0 || 'error' in value || whole['id'] !== snapshot['id']
    writer.send(
      frame,
      'response.failed',
      undefined,
      changed ? { type: 'response.failed', ...sequenceOf(rest), response: whole } : undefined,
    )
    if (writer.tooDeep) return
    this.#failing = undefined
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
    const what = ofType(String(typeOf(frame)))
    // A success terminal with an error beside it is none.
    if (meaning === 'null error' || what !== 'terminal') this.#take(rest, what)
    if (meaning === 'null error' || writer.ended) return
    this.#upstreamError(changedFrame(frame, { event: undefined, value: { error }, raw: '' }))
  }

  /** After the terminal nothing is emitted, but counted (D-4). */
  #afterEnd(frame: Frame, meaning: Meaning): void {
    if (meaning === 'comment' || meaning === 'done' || meaning === 'cut') return
    this.#context.reporter.defect('responses/event-after-end', 'dropped', frame)
  }
}

/** Recognises the deltas of this protocol: all that one of a text differs in from the one before it. */
export function plainDelta(): PlainDelta {
  const numbered = ['sequence_number', 'delta', 'obfuscation']
  return new PlainDelta(['item_id', ...numbered], numbered)
}

/** The snapshot under the one id that the response has downstream (RE-9). */
function named({ responseId, idMade, responseIds }: Context, snapshot: JsonObject, findings: Finding[]): JsonObject {
  const given = snapshot['id']
  if (isId(given)) responseIds.add(given)
  if (responseId === '' || given === responseId) return snapshot
  const code = isId(given) ? 'responses/response-id-mismatch' : 'responses/fields-missing-in-lifecycle'
  if (!idMade || !isId(given)) findings.push({ code, action: 'rewrote', path: 'response.id', found: kindOf(given) })
  return { ...snapshot, id: responseId }
}

const snapshotKeys = new Set(['id', 'object', 'status', 'output', 'created_at', 'model'])

/** What is newer than we are opens nothing (D-41). */
function isItemEvent(type: string): boolean {
  return type === 'response.output_item.added' || type === 'response.output_item.done' || routeOf(type) !== undefined
}

function sequenceOf(value: JsonObject): JsonObject {
  return 'sequence_number' in value ? { sequence_number: value['sequence_number'] } : {}
}

/** OpenAI's own nested error, or the one of ours, which every client understands: both pass by their bytes (D-47). */
function isOwnShape(value: unknown): boolean {
  const error = memberOf(value, 'error')
  if (!isJsonObject(error) || memberOf(value, 'type') !== 'error') return false
  if (!isString(error['message']) || error['message'] === '') return false
  return isId(error['code']) && isString(error['type']) && (error['param'] === null || isString(error['param']))
}

function doneFrame(where: Where): EventFrame {
  return {
    ...madeFrame({ type: '' }, where),
    event: undefined,
    data: '[DONE]',
    value: undefined,
    raw: 'data: [DONE]\n\n',
  }
}
