import type { JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { type Finding, isString, kindOf, memberOf, reportAll } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import { nestedDeeper } from '../sse/nesting.js'
import type { Context } from './context.js'
import { typed, typeOf } from './intake.js'
import { completeSnapshot, emptySnapshot, isId, statusOf } from './shapes.js'

/** The beginning of a response: `response.created`, then `response.in_progress` (RE-1, RE-2). */
export class Opening {
  readonly #context: Context
  /** `response.in_progress` or `response.queued` has gone out. */
  #underWay = false
  /** `response.in_progress` has. */
  #running = false
  /** Unknown events before `response.created` (D-41). */
  readonly #early: EventFrame[] = []

  constructor(context: Context) {
    this.#context = context
  }

  get #model(): string {
    return this.#context.options.request?.model ?? ''
  }

  get #createdAt(): number {
    return this.#context.options.createdAt ?? 0
  }

  /** The snapshot of an event, taken out of it where a gateway forgot to wrap it (A13). */
  unwrap(value: JsonObject, findings: Finding[]): JsonObject | undefined {
    const response = value['response']
    if (typeof response === 'object' && response !== null && !Array.isArray(response)) return response as JsonObject
    const { type: _, sequence_number: __, response: ___, ...rest } = value
    const wrapped = 'id' in rest || 'object' in rest || 'status' in rest || 'output' in rest
    findings.push({
      code: 'responses/fields-missing-in-lifecycle',
      action: 'rewrote',
      path: 'response',
      found: kindOf(response),
    })
    return wrapped ? rest : undefined
  }

  /** Learns from the first snapshot what the response is called. */
  learn(snapshot: JsonObject | undefined): void {
    const context = this.#context
    const id = snapshot?.['id']
    if (isId(id)) context.responseIds.add(id)
    if (!context.writer.started && context.responseId === '' && isId(id)) context.responseId = id
  }

  /** `response.created`, `response.queued`, `response.in_progress`. */
  take(frame: EventFrame, type: string): void {
    this.#take(frame, type)
    this.#release()
  }

  #take(frame: EventFrame, type: string): void {
    const { writer, reporter, begun } = this.#context
    const value = frame.value as JsonObject
    const created = type === 'response.created'
    if (created ? writer.started : begun || (this.#underWay && type === 'response.in_progress' && this.#running)) {
      reporter.defect('responses/duplicate-or-late-events', 'dropped', frame)
      return
    }
    const findings: Finding[] = []
    const { resumed } = this.#context
    // D-50: a stream that begins at its beginning was not resumed, whatever was asked for.
    if (created) this.#context.resumed = false
    const given = this.unwrap(value, findings)
    if (!writer.started && !created) {
      if (given?.['background'] === true) this.#context.resumed = true
      if (!this.#context.resumed) this.make(frame, given)
    }
    this.learn(given)
    if (!writer.started) this.identify()
    const snapshot = this.#complete(given ?? {}, statusOf.get(type) ?? 'in_progress', frame, findings)
    reportAll(reporter, frame, findings)
    const changed = findings.length > 0
    const wrapped = given !== undefined && given === value['response']
    const restated = { ...(wrapped ? value : numberOf(value)), type, response: snapshot }
    if (!changed || !writer.tooDeepToWrite(frame)) writer.send(frame, type, undefined, changed ? restated : undefined)
    if (writer.tooDeep) {
      // What cannot be written anew has not begun anything.
      if (!writer.started) this.#context.resumed = resumed
      return
    }
    // A stream that was resumed learns from its first snapshot what the later ones leave out.
    const first = created || Object.keys(this.#context.snapshot).length === 0
    writer.started = true
    if (first) this.#context.snapshot = this.#writable(snapshot)
    if (created) return
    this.#underWay = true
    if (type === 'response.in_progress') this.#running = true
  }

  /** What of a snapshot can be written anew without leaning on the stack (law 9). */
  #writable(snapshot: JsonObject): JsonObject {
    const { maxDepth } = this.#context.limits
    // Two levels are the event and the snapshot themselves.
    const kept = Object.entries(snapshot).filter(([, member]) => !nestedDeeper(member, Math.max(0, maxDepth - 2)))
    return kept.length === Object.keys(snapshot).length ? snapshot : Object.fromEntries(kept)
  }

  /** Has an unknown event wait for `response.created` (D-41). */
  wait(frame: EventFrame): void {
    this.#early.push(frame)
    this.#context.held.add(frame.raw.length)
  }

  #release(): void {
    const { writer, held } = this.#context
    if (this.#early.length === 0 || !writer.started) return
    for (const frame of this.#early.splice(0)) {
      held.remove(frame.raw.length)
      const type = typeOf(frame)
      if (type !== undefined) writer.send(typed(this.#context, frame), type)
    }
  }

  /** Opens the response, where that has not been done: what is called `resp_…` before it is the response (D-41). */
  open(frame: EventFrame, snapshot?: JsonObject): void {
    const context = this.#context
    const { value } = frame
    if (!context.writer.started && context.responseId === '' && snapshot === undefined) {
      for (const id of [memberOf(value, 'response_id'), memberOf(value, 'item_id')]) {
        if (isString(id) && id.startsWith('resp_') && context.responseId === '') context.responseId = id
      }
    }
    this.make(frame, snapshot)
    context.writer.started = true
    this.#release()
  }

  /** Sends what must have gone out before an error. */
  prepare(where: Where): void {
    if (this.#context.resumed) return
    this.make(where)
    this.#release()
    this.proceed(where)
  }

  /** Sends `response.created`, where the upstream left it out. */
  make(where: Where, snapshot?: JsonObject): void {
    const { writer, reporter } = this.#context
    if (writer.started || this.#context.resumed) return
    this.learn(snapshot)
    this.identify()
    const empty = emptySnapshot(this.#context.responseId, this.#model, this.#createdAt)
    const {
      status: _,
      output: __,
      usage: ___,
      error: ____,
      incomplete_details: _____,
      completed_at: ______,
      ...known
    } = snapshot ?? {}
    const response = completeSnapshot({ ...empty, ...this.#writable(known), id: this.#context.responseId }, empty, [])
    reporter.defect('responses/created-missing', 'inserted', where)
    this.#context.snapshot = response
    writer.started = true
    writer.make({ type: 'response.created', response }, where)
  }

  /** Sends `response.in_progress`, where the upstream left it out (RE-2, D-1). */
  proceed(where: Where): void {
    const { writer, reporter, resumed, snapshot } = this.#context
    if (this.#underWay || resumed) return
    this.#underWay = true
    this.#running = true
    reporter.defect('responses/in-progress-missing', 'inserted', where)
    writer.make({ type: 'response.in_progress', response: snapshot }, where)
  }

  /** Gives the response an id where the upstream has given none. */
  identify(): void {
    const context = this.#context
    if (context.responseId !== '') return
    context.responseId = `resp_${context.newId()}`
    context.idMade = true
  }

  /** The snapshot under the one id that the response has downstream (RE-9). */
  named(snapshot: JsonObject, findings: Finding[]): JsonObject {
    const given = snapshot['id']
    // D-50: a stream that was resumed may have had none so far.
    if (!isId(given)) this.identify()
    const { responseId, idMade, responseIds } = this.#context
    if (isId(given)) responseIds.add(given)
    if (responseId === '' || given === responseId) return snapshot
    const code = isId(given) ? 'responses/response-id-mismatch' : 'responses/fields-missing-in-lifecycle'
    if (!idMade || !isId(given)) findings.push({ code, action: 'rewrote', path: 'response.id', found: kindOf(given) })
    return { ...snapshot, id: responseId }
  }

  #complete(given: JsonObject, status: string, where: Where, findings: Finding[]): JsonObject {
    const context = this.#context
    const code = 'responses/fields-missing-in-lifecycle'
    const known = { model: this.#model, created_at: this.#createdAt }
    const first = !context.writer.started
    let whole = completeSnapshot(given, first ? known : { ...known, ...context.snapshot }, findings)
    const change = (name: string, wanted: unknown) => {
      findings.push({ code, action: 'rewrote', path: `response.${name}`, found: kindOf(whole[name]) })
      whole = { ...whole, [name]: wanted }
    }
    if (whole['id'] !== context.responseId) {
      const missing = !isId(whole['id'])
      findings.push({
        code: missing ? code : 'responses/response-id-mismatch',
        action: 'rewrote',
        path: 'response.id',
        found: kindOf(whole['id']),
      })
      whole = { ...whole, id: context.responseId }
    }
    if (!isString(whole['status']) || (whole['status'] !== status && whole['status'] !== 'queued'))
      change('status', status)
    const output = whole['output']
    if (!Array.isArray(output)) change('output', [])
    else if (output.length > 0 && !context.resumed) {
      context.lose(code, where)
      whole = { ...whole, output: [] }
      findings.push({ code, action: 'rewrote', path: 'response.output' })
    }
    return whole
  }
}

/** What is left of an event whose snapshot was taken out of it. */
export function numberOf(value: JsonObject): JsonObject {
  return 'sequence_number' in value ? { sequence_number: value['sequence_number'] } : {}
}
