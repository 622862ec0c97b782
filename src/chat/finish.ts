import type { Where } from '../defects/reporter.js'
import type { EventFrame } from '../sse/frame.js'
import type { EndReason } from '../stage/stage.js'
import type { Choice } from './choices.js'
import type { Context } from './context.js'
import { hasCutCall, isUnsettled, settle } from './settle.js'
import { fail, terminated } from './terminal.js'

// How the answer ends: well only where the evidence allows it (DESIGN, success table; D-60).

const finishCode = 'chat/finish-reason-missing-empty-wrong'

/**
 * Ends the answer.
 *
 * @param how why the input is over; `eof` where it is by `[DONE]`.
 * @param mark the frame that says `[DONE]`, where it came.
 */
export function finish(context: Context, where: Where, how: EndReason, mark?: EventFrame): void {
  const { writer, reporter, audio, choices, hold } = context
  hold.release()
  if (writer.ended || writer.tooDeep) return
  const { all } = choices
  if (all.every((choice) => !choice.begun)) {
    if (how === 'timeout') fail(context, 'timeout', where, finishCode)
    else fail(context, 'empty', where, 'chat/empty-200')
    return
  }
  const open = all.filter((choice) => choice.finish === undefined && choice.begun)
  if (!isWhole(context, open, mark !== undefined)) {
    const code = open.some(hasCutCall) ? 'chat/truncated-tool-args' : finishCode
    fail(context, how === 'timeout' ? 'timeout' : 'truncated', where, code)
    return
  }
  if (!audio) for (const choice of open) close(context, choice, where)
  // Calls that came behind the finish reason, or that have none, are no less cut, blank or nameless for that (law 6).
  for (const choice of all) {
    if ((choice.late || audio) && !writer.ended && isUnsettled(choice)) settle(context, [choice], where)
  }
  if (writer.ended) return
  if (context.lost) {
    fail(context, 'dropped', where)
    return
  }
  const exact = mark?.data === '[DONE]' && mark.event !== 'error'
  if (mark === undefined && !context.whole) reporter.defect('chat/done-missing-or-mangled', 'inserted', where)
  else if (mark !== undefined && !exact) reporter.defect('chat/done-missing-or-mangled', 'rewrote', where)
  if (exact) writer.pass(mark)
  else writer.done(where)
  terminated(context, 'complete')
}

/**
 * Whether the answer is whole.
 *
 * @param open the choices without a finish reason.
 * @param marked `[DONE]` came.
 */
function isWhole({ audio, choices, usage }: Context, open: readonly Choice[], marked: boolean): boolean {
  // CH-2: a choice of which nothing came is not whole.
  const all = choices.all.filter((choice) => choice.begun)
  if (all.some((_, index) => !all.some((choice) => choice.index === index))) return false
  if (audio) return marked
  if (!marked) return open.length === 0 && all.every((choice) => !choice.revoked)
  return open.length === 0 || (usage.counted && !open.some(hasCutCall))
}

/** Finishes a choice that is whole and was not finished (B02). */
function close(context: Context, choice: Choice, where: Where): void {
  const { reporter, writer, envelope } = context
  if (writer.ended) return
  choice.finish = choice.tools.all.length > 0 ? 'tool_calls' : 'stop'
  if (!settle(context, [choice], where)) return
  reporter.defect(finishCode, 'inserted', where, { path: 'choices.finish_reason' })
  writer.make(envelope.around([{ index: choice.index, delta: {}, finish_reason: choice.finish }]), where)
}
