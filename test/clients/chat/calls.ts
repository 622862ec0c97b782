import { isDeepStrictEqual } from 'node:util'
import { type Expectation, readsAs, type Trouble } from '../judge.js'
import { type Outcome, parsed } from '../outcome.js'
import { callsOf, choicesOf, hasFailed, type SentCall, type StreamEvent } from './stream-events.js'

/** The calls of all choices that a stream holds, each with whether the model came to the end of its arguments. */
function callsOfStream(events: readonly StreamEvent[]): readonly (SentCall & { readonly finished: boolean })[] {
  const failed = hasFailed(events)
  return choicesOf(events)
    .flatMap(callsOf)
    .map((call) => ({ ...call, finished: call.custom ? !failed : isFinished(call.arguments, failed) }))
}

/** D-63: blank arguments are whole, once nothing can follow them. Malformed ones are the model's own. */
function isFinished(sent: string, failed: boolean): boolean {
  if (sent.trim() === '') return !failed
  return typeof parsed(sent) !== 'string'
}

/**
 * Adds the calls that the expectation does not name because their arguments are cut, no object, or those of a call that
 * could not be named. What was received of them has gone out, and a client may hand it over as it is.
 */
export function withOtherCalls(expected: Expectation, events: readonly StreamEvent[]): Expectation {
  const named = (call: SentCall) =>
    expected.tools.some((tool) => tool.name === call.name && readsAs(parsed(call.arguments || '{}'), tool.arguments))
  const isObject = (call: SentCall) => {
    const value = parsed(call.arguments || '{}')
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  }
  const others = callsOfStream(events).filter((call) => !named(call) && (hasFailed(events) || !isObject(call)))
  return {
    ...expected,
    tools: [...expected.tools, ...others.map(({ name, arguments: sent }) => ({ name, arguments: sent }))],
  }
}

/**
 * Calls that a program would run although the model did not finish their arguments. The text of arguments is no such
 * call: it cannot be run before it is read, and reading it fails.
 */
export function unfinishedCalls(outcome: Outcome, events: readonly StreamEvent[]): Trouble[] {
  const calls = callsOfStream(events)
  const ran = outcome.tools.filter(({ input }) => typeof input !== 'string')
  const unfinished = ran.filter(
    ({ input }) =>
      !calls.some((call) => call.finished && isDeepStrictEqual(parsed(call.arguments || '{}'), input)) &&
      calls.some((call) => !call.finished && readsAs(input, call.arguments)),
  )
  return unfinished.length > 0 ? [{ kind: 'unfinished-call', words: 'runs an unfinished call' }] : []
}
