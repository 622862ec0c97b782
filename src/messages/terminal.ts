import type { Code } from '../defects/codes.js'
import { isJsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { memberOf } from '../defects/shape.js'
import type { EndState } from '../defects/types.js'
import { recognise } from '../errors/recognise.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import type { EndReason } from '../stage/stage.js'
import type { Context } from './context.js'
import { type Cause, causeEvent, errorEvent } from './endings.js'
import { type Meaning, typed } from './intake.js'

// The terminal: how the message ends, well only where the evidence allows it (DESIGN.md, success table; D-24).

/**
 * Ends the message.
 *
 * @param how `message_stop`, or why the input is over.
 * @param prefilled the `message_start` told all of the message, its reason included.
 * @param stop the upstream's `message_stop`, where it came.
 */
export function finish(
  context: Context,
  where: Where,
  how: EndReason | 'message_stop',
  prefilled: boolean,
  stop: EventFrame | undefined,
): void {
  const { writer, reporter, tail, turns } = context
  const told = tail.reason !== undefined
  const evidence = how === 'message_stop' ? told || turns.closed : told && !tail.revoked
  if (!writer.started && !context.begun) {
    const bare = how === 'message_stop' || tail.holds
    const code = bare ? 'messages/message-stop-bare' : 'messages/empty-200'
    if (how === 'timeout') fail(context, 'timeout', where, bare ? code : 'messages/truncated-stream')
    else fail(context, 'empty', where, code)
  } else if (prefilled) succeed(context, where, stop)
  else if (!evidence) fail(context, how === 'timeout' ? 'timeout' : 'truncated', where, 'messages/truncated-stream')
  else if (!turns.finish(where, tail.mayBeCut)) failCut(context, where)
  else if (context.lost) {
    // D-5: what was dropped exists nowhere else, and the message is not the one that was sent.
    fail(context, 'dropped', where, 'messages/truncated-stream')
  } else {
    if (writer.next === 0) reporter.observe('messages/empty-message', where)
    tail.observe(writer.next > 0)
    tail.finish(where)
    if (!writer.tooDeep) succeed(context, where, stop)
  }
}

/** D-22: with a reason at hand it is settled whether a tool call that was stopped short was cut. */
export function settleCut(context: Context, where: Where): void {
  const { tail, turns } = context
  if (tail.reason === undefined || !turns.stoppedShort) return
  if (!tail.mayBeCut) failCut(context, where)
  else {
    turns.close(where)
    turns.drain()
  }
}

function succeed(context: Context, where: Where, stop: EventFrame | undefined): void {
  const { writer, reporter } = context
  if (stop !== undefined) writer.send(typed(context, stop), 'message_stop')
  else {
    reporter.defect('messages/message-stop-missing', 'inserted', where)
    writer.make({ type: 'message_stop' }, where)
  }
  terminated(context, 'complete')
}

function failCut(context: Context, where: Where): void {
  fail(context, 'truncated', where, 'messages/tool-args-bad-json')
}

/** Ends the stream in an error of ours (D-6, D-23). */
export function fail(context: Context, cause: Cause, where: Where, code?: Code): void {
  const { state, event } = causeEvent(cause)
  context.turns.abandon(where, true)
  context.tail.abandon(code ?? 'messages/truncated-stream')
  if (code !== undefined) context.reporter.defect(code, 'ended', where)
  context.writer.fail(event, where)
  terminated(context, state)
}

/** Ends the stream in the upstream's error. */
export function failUpstream(context: Context, frame: EventFrame): void {
  const { writer, reporter, tail, turns } = context
  const found = recognise(frame.event, frame.value, frame.data)
  if (found === undefined) {
    fail(context, 'malformed', frame, 'sse/data-malformed-json')
    return
  }
  turns.abandon(frame, false)
  // A message_delta of a message that never began says nothing.
  tail.abandon(writer.started ? undefined : 'messages/message-stop-bare')
  if (writer.tooDeep) return
  if (found.shape === 'err-anthropic' && isCanonical(frame.value)) writer.send(frame, 'error')
  else {
    reporter.defect('errors/error-frame-shape', 'rewrote', frame, { found: found.shape })
    // The words of the error may be the remains of any event.
    const remains = found.shape === 'err-event-plain' && frame.data.startsWith('{')
    if (remains) reporter.defect('sse/data-malformed-json', 'ended', frame)
    writer.make(errorEvent(found.error), frame)
  }
  context.upstreamFailed = true
  terminated(context, 'upstream-error')
}

function terminated({ writer, reporter }: Context, state: EndState): void {
  writer.ended = true
  reporter.ended(state)
}

/** Checks what one push has made of the limits. */
export function guard(context: Context, where: Where): void {
  const { blocks, held, writer, reporter } = context
  const path = held.broken(blocks.unfinished, writer.tooDeep)
  if (writer.ended || path === undefined) return
  reporter.defect('sse/limit-exceeded', 'ended', where, { path })
  fail(context, 'limit', where)
}

/** After the terminal nothing is emitted, but counted (D-4). */
export function countAfterEnd(context: Context, frame: Frame, meaning: Meaning): void {
  if (meaning === 'comment' || meaning === 'done' || meaning === 'cut') return
  const { reporter, upstreamFailed } = context
  if (upstreamFailed) reporter.defect('messages/error-then-continue', 'dropped', frame)
  context.upstreamFailed = false
  reporter.defect('messages/event-after-end', 'dropped', frame)
}

/** Whether an error event is the one that Anthropic itself sends, which passes by its bytes. */
function isCanonical(value: unknown): boolean {
  const error = memberOf(value, 'error')
  const id = memberOf(value, 'request_id')
  if (id !== undefined && id !== null && typeof id !== 'string') return false
  return isJsonObject(error) && typeof error['type'] === 'string' && typeof error['message'] === 'string'
}
