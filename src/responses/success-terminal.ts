import type { Code } from '../defects/codes.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { type Finding, isString, kindOf, memberOf, reportAll } from '../defects/shape.js'
import type { EventFrame } from '../sse/frame.js'
import { madeFrame, restatedFrame } from '../sse/made.js'
import type { Context } from './context.js'
import { terminated } from './endings.js'
import { cutShort, fail, takeFailed } from './error-terminal.js'
import { typeOf } from './intake.js'
import { numberOf } from './opening.js'
import { completeSnapshot, isId } from './shapes.js'
import { settleOutput } from './snapshots.js'

// Success terminals: how a response ends well, only where the evidence allows it (DESIGN.md, success table; D-49).

/** A success terminal: items closed, snapshot filled, usage readable (A01, A06, A09, A13, A20). */
export function takeTerminal(context: Context, frame: EventFrame): void {
  const { reporter, opening } = context
  const given = frame.value as JsonObject
  const findings: Finding[] = []
  const snapshot = opening.unwrap(given, findings)
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
    takeFailed(context, restatedFrame(frame, { ...given, type, response }, type))
    return
  }
  if (snapshot !== undefined && isJsonObject(snapshot['error']) && status === 'failed') {
    reporter.defect('responses/terminal-status-mismatch', 'rewrote', frame, { path: 'type' })
    takeFailed(context, restatedFrame(frame, { ...given, type: 'response.failed' }, 'response.failed'))
    return
  }
  opening.open(frame, snapshot ?? {})
  complete(context, frame, type, snapshot ?? {}, findings)
}

/** @param made the terminal is of our making, and nothing in it is the upstream's fault. */
function complete(
  context: Context,
  frame: EventFrame,
  type: string,
  given: JsonObject,
  findings: Finding[],
  made = false,
): void {
  const { writer, reporter, opening, cutCalls, positions } = context
  if (findings.length > 0 && writer.tooDeepToWrite(frame)) return
  const status = type.slice('response.'.length)
  // A warm-up has no work: it goes from `created` straight to `completed`.
  const worked = type === 'response.incomplete' || (Array.isArray(given['output']) && given['output'].length > 0)
  if (!context.begun && worked) opening.proceed(frame)
  cutCalls.release(status === 'incomplete')
  if (status === 'completed') cutCalls.holdLast(given['output'], frame)
  const output = settleOutput(context, given['output'], status, frame)
  if (writer.tooDeep) return
  const cut = status === 'completed' && positions.all.some((item) => item.cut)
  reporter.quiet = false
  if (output === undefined || cut) {
    fail(context, 'truncated', frame, 'responses/tool-args-cut')
    return
  }
  if (context.lost) {
    fail(context, 'dropped', frame)
    return
  }
  cutCalls.forget()
  const whole = snapshotOf(context, given, status, output, findings)
  if (made) {
    writer.make({ type, response: whole }, frame)
    if (!writer.tooDeep) terminated(context, 'complete', frame)
    return
  }
  if (given['usage'] === undefined || given['usage'] === null) reporter.observe('responses/usage-missing', frame)
  reportAll(reporter, frame, findings)
  const value = frame.value as JsonObject
  const same = whole === given && value['response'] === given && typeOf(frame) === type
  writer.send(frame, type, undefined, same ? undefined : { type, ...numberOf(value), response: whole })
  if (!writer.tooDeep) terminated(context, 'complete', frame)
}

/** The snapshot of a success terminal (A01, A06, A13). */
function snapshotOf(
  context: Context,
  given: JsonObject,
  status: string,
  output: unknown,
  findings: Finding[],
): JsonObject {
  const lifecycle: Code = 'responses/fields-missing-in-lifecycle'
  let whole = context.opening.named(completeSnapshot(given, context.snapshot, findings), findings)
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
  const { onUsage } = context.options
  if (onUsage !== undefined && isJsonObject(usage)) {
    const model = whole['model']
    usage = onUsage(usage, { id: context.responseId, model: isString(model) ? model : '' })
  }
  return usage === whole['usage'] ? whole : { ...whole, usage }
}

/** `[DONE]` before a terminal: a whole answer, or the end of the body (D-49). */
export function takeDoneMark(context: Context, where: EventFrame): void {
  const { reporter, resumed, positions, cutCalls } = context
  cutCalls.release(false)
  const last = positions.all.at(-1)
  const answered = last !== undefined && (last.type === 'message' || last.call?.client === true)
  const whole = answered && last.state === 'done' && memberOf(last.value, 'status') !== 'incomplete'
  const calling = positions.open.some((item) => item.call?.client === true)
  if ((last?.state === 'done' && last.cut) || cutCalls.waiting) {
    fail(context, 'truncated', where, 'responses/tool-args-cut')
    return
  }
  if (!whole || calling || resumed) {
    cutShort(context, 'truncated', where)
    return
  }
  reporter.defect('responses/terminal-missing', 'inserted', where)
  const { snapshot } = context
  const type = 'response.completed'
  const response = { ...snapshot, status: 'completed', usage: null }
  reporter.quiet = true
  complete(context, madeFrame({ type, response }, where), type, response, [], true)
  reporter.quiet = false
}

/** A whole Response where a stream was promised (A26). */
export function takeWhole(context: Context, frame: EventFrame): void {
  const { reporter, writer } = context
  reporter.defect('responses/non-stream-body', 'rewrote', frame)
  if (writer.tooDeepToWrite(frame)) return
  const given = frame.value as JsonObject
  const status = given['status']
  if (status !== undefined && status !== 'completed' && status !== 'incomplete' && status !== 'failed') {
    fail(context, 'truncated', frame, 'responses/terminal-missing')
    return
  }
  const type = `response.${typeof status === 'string' ? status : 'completed'}`
  const made = madeFrame({ type, response: given }, frame)
  if (type === 'response.failed') takeFailed(context, made)
  else {
    reporter.quiet = true
    context.opening.open(made, given)
    context.opening.proceed(made)
    complete(context, made, type, given, [], true)
    reporter.quiet = false
  }
}
