import type { Code } from '../defects/codes.js'
import { isJsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { isPresent, isString } from '../defects/shape.js'
import type { EndState } from '../defects/types.js'
import { recognise } from '../errors/recognise.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import type { Context } from './context.js'
import { type Cause, causeError, errorChunk } from './endings.js'
import type { Meaning } from './intake.js'

// The terminal: the error frames with their `[DONE]`, and what comes behind any of them.

/** Ends the stream in an error of ours (D-6). */
export function fail(context: Context, cause: Cause, where: Where, code?: Code): void {
  const { state, error } = causeError(cause)
  const { reporter, writer } = context
  abandon(context, where)
  if (writer.ended) return
  if (code !== undefined) reporter.defect(code, 'ended', where)
  writer.make(errorChunk(error), where)
  writer.done(where)
  terminated(context, state)
}

/** Ends the stream in the upstream's error. */
export function failUpstream(context: Context, frame: EventFrame): void {
  const { writer, reporter } = context
  const { event, value, data } = frame
  const found = recognise(event, value, data)
  if (found === undefined) {
    fail(context, 'malformed', frame, 'sse/data-malformed-json')
    return
  }
  abandon(context, frame)
  const { error, shape } = found
  const guarded = error.kind === 'guardrail' && codeOf(value) !== 400
  const own = isOwnShape(frame, error.status)
  if (own && !guarded) writer.pass(frame)
  else {
    const remains = shape === 'err-event-plain' && data.startsWith('{')
    if (own) reporter.defect('chat/error-code', 'rewrote', frame, { path: 'error.code', wanted: 'integer' })
    else reporter.defect('errors/error-frame-shape', 'rewrote', frame, { found: shape })
    if (remains) reporter.defect('sse/data-malformed-json', 'ended', frame)
    writer.make(errorChunk(error), frame)
  }
  writer.done(frame)
  context.upstreamFailed = true
  terminated(context, 'upstream-error')
}

/** What waits goes out before an error; calls without a name cannot. */
function abandon({ hold, choices, reporter }: Context, where: Where): void {
  hold.abandon()
  for (const { tools } of choices.all) {
    for (const call of tools.waiting) {
      if (call.sent.length > 0) reporter.defect('chat/tool-name-repeated-split-late', 'dropped', where)
    }
  }
}

/** Notes that the terminal has gone out. */
export function terminated({ writer, reporter }: Context, state: EndState): void {
  writer.ended = true
  reporter.ended(state)
}

/** Checks what one push has made of the limits. */
export function guard(context: Context, where: Where): void {
  const { held, writer, reporter, choices } = context
  const path = held.broken(choices.size, writer.tooDeep)
  if (writer.ended || path === undefined) return
  reporter.defect('sse/limit-exceeded', 'ended', where, { path })
  fail(context, 'limit', where)
}

/** After the terminal nothing is emitted, but counted (D-4). */
export function countAfterEnd(context: Context, frame: Frame, meaning: Meaning): void {
  // Behind the mark nothing belongs to the error any more.
  if (meaning === 'done') context.upstreamFailed = false
  if (meaning === 'comment' || meaning === 'done' || meaning === 'cut') return
  const code = context.upstreamFailed ? 'chat/error-then-continue' : 'chat/event-after-end'
  context.reporter.defect(code, 'dropped', frame)
  context.upstreamFailed = false
}

/** An error that clients read as it is: an object with words, and no choices beside it (CH-15). */
function isOwnShape({ event, value }: EventFrame, status: number | undefined): boolean {
  if (event !== undefined || !isJsonObject(value) || 'choices' in value || 'type' in value) return false
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
