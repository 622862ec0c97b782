import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import type { EventFrame } from '../sse/frame.js'
import type { Choice } from './choices.js'
import type { Context } from './context.js'
import { withFinish } from './revise.js'
import { ownsUp } from './tail.js'
import { fail } from './terminal.js'
import { addArguments, isMalformed } from './tool-call.js'

// What a choice that finishes still owes: names that were none, and blank arguments (D-62, D-63).

/** Sends a chunk; where it finishes a choice, what that choice still owes goes first. */
export function sendFinished(
  context: Context,
  frame: EventFrame,
  chunk: JsonObject,
  finished: readonly Choice[],
): void {
  const { writer, envelope } = context
  if (finished.some((choice) => choice.doubtful) && finished.some(owes)) {
    // The chunk itself begins the call: its finish reason has to go behind it.
    writer.send(frame, unfinished(chunk, finished))
    if (!settle(context, finished, frame)) return
    for (const choice of finished) {
      writer.make(envelope.around([{ index: choice.index, delta: {}, finish_reason: choice.finish }]), frame)
    }
  } else if (finished.length === 0 || settle(context, finished, frame, chunk)) writer.send(frame, chunk)
  for (const choice of finished) choice.doubtful = false
}

/** Whether a choice has calls that must be completed before it may finish, or that make its finish a lie. */
export function isUnsettled(choice: Choice): boolean {
  return owes(choice) || (!ownsUp(choice.finish) && hasCutCall(choice))
}

/** Whether the arguments of a call end in the middle. */
export function hasCutCall({ tools }: Choice): boolean {
  return tools.all.some((call) => !call.custom && call.scan.status === 'cut')
}

function owes({ tools, finish }: Choice): boolean {
  return (
    tools.waiting.length > 0 ||
    (!ownsUp(finish) && tools.all.some((call) => !call.custom && call.scan.status === 'empty'))
  )
}

/**
 * Completes the calls of choices that finish.
 *
 * @param chunk the chunk that finishes them, which has not been sent.
 * @returns false where the finish reason is a lie, and the stream has ended in an error.
 */
export function settle(context: Context, finished: readonly Choice[], where: Where, chunk?: JsonObject): boolean {
  const { reporter, writer, envelope } = context
  for (const choice of finished) {
    const { tools, index, finish } = choice
    const entries: JsonObject[] = tools.released(where, true)
    const nameless = tools.waiting.length > 0
    if (nameless || (!ownsUp(finish) && hasCutCall(choice))) {
      // What it says besides the finish reason is content.
      if (chunk !== undefined && finished.some((one) => one.doubtful)) writer.make(unfinished(chunk, finished), where)
      if (nameless) fail(context, 'dropped', where, 'chat/tool-name-repeated-split-late')
      else fail(context, 'truncated', where, 'chat/truncated-tool-args')
      return false
    }
    completeBlank(context, choice, entries, where)
    if (entries.length > 0) {
      writer.make(envelope.around([{ index, delta: { tool_calls: entries }, finish_reason: null }]), where)
    }
    if (tools.all.length > 0 ? finish === 'stop' : finish === 'tool_calls') {
      reporter.observe('chat/finish-reason-against-tools', where, { path: 'choices.finish_reason' })
    }
  }
  return true
}

/**
 * Blank arguments are whole and mean `{}` (D-63).
 *
 * @param entries what is to be sent of the calls of the choice; the arguments are added to it.
 */
function completeBlank({ reporter }: Context, { tools, finish }: Choice, entries: JsonObject[], where: Where): void {
  for (const call of tools.all) {
    if (call.custom) continue
    const { status } = call.scan
    if (isMalformed(call)) reporter.observe('chat/tool-args-malformed', where)
    if (status !== 'empty' || ownsUp(finish)) continue
    reporter.defect('chat/tool-args-shape', 'inserted', where, { path: 'function.arguments' })
    addArguments(call, '{}')
    call.settled = true
    const begun = entries.findIndex((entry) => entry['index'] === call.index)
    const said = entries[begun]?.['function']
    if (isJsonObject(said)) {
      entries[begun] = { ...entries[begun], function: { ...said, arguments: `${said['arguments']}{}` } }
    } else entries.push({ index: call.index, function: { arguments: '{}' } })
  }
}

/** The chunk without the finish reasons of these choices. */
function unfinished(chunk: JsonObject, finished: readonly Choice[]): JsonObject {
  let open = chunk
  for (const choice of finished) open = withFinish(open, choice.index, null)
  return open
}
