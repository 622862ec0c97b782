import type { Code } from '../defects/codes.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { type Finding, isString, kindOf, memberOf, reportAll } from '../defects/shape.js'
import { recognise, saysError } from '../errors/recognise.js'
import type { UpstreamError } from '../errors/upstream-error.js'
import type { EventFrame } from '../sse/frame.js'
import type { Context } from './context.js'
import { type Cause, causeError, errorFields, failedCode, terminated } from './endings.js'
import { numberOf } from './opening.js'
import { completeSnapshot, emptySnapshot, isId } from './shapes.js'

// Error terminals: `error`, then `response.failed` (D-47), be the error ours or the upstream's.

/** The input is over without a terminal: an error, whatever was done before (D-49). */
export function cutShort(context: Context, cause: 'truncated' | 'timeout', where: Where): void {
  const begun = context.writer.started || context.begun
  if (!begun && cause === 'truncated') fail(context, 'empty', where, 'responses/empty-200')
  else fail(context, cause, where, 'responses/terminal-missing')
}

/** Ends the stream in an error of ours (D-6). */
export function fail(context: Context, cause: Cause, where: Where, code?: Code): void {
  const { state, error } = causeError(cause)
  const { reporter, writer } = context
  // That nothing came is told by the code of the cause.
  reporter.quiet = !writer.started && !context.begun
  prepare(context, where)
  reporter.quiet = false
  if (code !== undefined) reporter.defect(code, 'ended', where)
  writer.make({ type: 'error', ...errorFields(error) }, where)
  context.failing = { error, state }
  sendFailed(context, where, false)
}

/** Ends the stream at a limit, in the error that it is already ending in, where there is one. */
export function failLimit(context: Context, where: Where): void {
  const { failing } = context
  if (failing === undefined) {
    fail(context, 'limit', where)
    return
  }
  context.failing = { error: failing.error, state: 'limit' }
  sendFailed(context, where)
}

/** What must have gone out before an error. */
function prepare(context: Context, where: Where): void {
  context.opening.prepare(where)
  context.cutCalls.abandon()
  context.closing.abandon(where)
}

/** Sends the `response.failed` that an error owes (D-47). */
export function sendFailed(context: Context, where: Where, report = true): void {
  const { failing } = context
  if (failing === undefined) return
  const { error, state } = failing
  if (report) context.reporter.defect('responses/failed-missing', 'inserted', where)
  // A stream that was resumed, and whose snapshots were not seen (D-50), has none yet.
  context.opening.identify()
  const response = failedSnapshot(context, error)
  context.writer.make({ type: 'response.failed', response }, where)
  context.failing = undefined
  terminated(context, state, where)
}

function failedSnapshot({ snapshot, responseId, options }: Context, error: UpstreamError): JsonObject {
  const base = Object.keys(snapshot).length > 0 ? snapshot : emptySnapshot(responseId, options.request?.model ?? '', 0)
  const { code, message } = { code: failedCode(error), message: error.message }
  return { ...base, output: [], usage: null, id: responseId, status: 'failed', error: { code, message } }
}

export function takeError(context: Context, frame: EventFrame): void {
  const { writer, reporter } = context
  const found = recognise(frame.event, frame.value, frame.data)
  if (found === undefined) {
    fail(context, 'malformed', frame, 'sse/data-malformed-json')
    return
  }
  prepare(context, frame)
  if (isOwnShape(frame.value)) writer.send(frame, 'error')
  else {
    reporter.defect('errors/error-frame-shape', 'rewrote', frame, { found: found.shape })
    const remains = found.shape === 'err-event-plain' && frame.data.startsWith('{')
    if (remains) reporter.defect('sse/data-malformed-json', 'ended', frame)
    writer.make({ type: 'error', ...errorFields(found.error) }, frame)
  }
  context.failing = { error: found.error, state: 'upstream-error' }
}

/** `response.failed`: behind its error, or alone, which most clients do not show (R-E02). */
export function takeFailed(context: Context, frame: EventFrame): void {
  const { writer, reporter, opening } = context
  const value = frame.value as JsonObject
  const findings: Finding[] = []
  const snapshot = opening.unwrap(value, findings) ?? {}
  const own = isJsonObject(snapshot['error']) ? snapshot['error'] : undefined
  const said = recognise('error', { error: own ?? value['error'] ?? { message: '' } }, '')?.error
  const error = context.failing?.error ?? said ?? causeError('truncated').error
  const paired = context.failing !== undefined
  if (!paired && Object.keys(snapshot).every((key) => !snapshotKeys.has(key))) {
    // R-E07: nothing of a response is there, only its error.
    reporter.defect('errors/error-frame-shape', 'rewrote', frame, { found: 'err-failed-noresp' })
    prepare(context, frame)
    reporter.defect('responses/error-missing', 'inserted', frame)
    writer.make({ type: 'error', ...errorFields(error) }, frame)
    context.failing = { error, state: 'upstream-error' }
    sendFailed(context, frame, false)
    return
  }
  const outside = own === undefined && saysError(value['error'])
  if (!paired) {
    opening.learn(snapshot)
    if (!writer.started) opening.make(frame, snapshot)
    opening.proceed(frame)
    prepare(context, frame)
    reporter.defect('responses/error-missing', 'inserted', frame)
    writer.make({ type: 'error', ...errorFields(error) }, frame)
    context.failing = { error, state: 'upstream-error' }
  }
  const code = 'responses/fields-missing-in-lifecycle'
  let whole = completeSnapshot(snapshot, { ...emptySnapshot('', '', 0), ...context.snapshot }, findings)
  const change = (name: string, wanted: unknown, why: Code = code) => {
    findings.push({ code: why, action: 'rewrote', path: `response.${name}`, found: kindOf(whole[name]) })
    whole = { ...whole, [name]: wanted }
  }
  whole = opening.named(whole, findings)
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
    changed ? { type: 'response.failed', ...numberOf(rest), response: whole } : undefined,
  )
  if (writer.tooDeep) return
  context.failing = undefined
  terminated(context, 'upstream-error', frame)
}

const snapshotKeys = new Set(['id', 'object', 'status', 'output', 'created_at', 'model'])

/** OpenAI's own nested error, or the one of ours, which every client understands: both pass by their bytes (D-47). */
function isOwnShape(value: unknown): boolean {
  const error = memberOf(value, 'error')
  if (!isJsonObject(error) || memberOf(value, 'type') !== 'error') return false
  if (!isString(error['message']) || error['message'] === '') return false
  // The fields that stand flat as well must say the same.
  const flat = ['code', 'message', 'param'].map((name) => memberOf(value, name))
  if (flat.some((said) => said !== undefined)) {
    const [code, message, param] = flat
    if (code !== error['code'] || message !== error['message'] || param !== error['param']) return false
  }
  return isId(error['code']) && isString(error['type']) && (error['param'] === null || isString(error['param']))
}
