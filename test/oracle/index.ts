/**
 * The oracle: a second reading of the grammar that shares no code with `src` (no import from it, no parser, no schema
 * library). The laws hold the output of the machines against it, because a machine that checks itself can be wrong twice
 * alike.
 */
import { judgeMessages } from './messages.js'
import { judgeResponses, type ResponsesJudgeOptions } from './responses.js'
import type { Verdict } from './verdict.js'

export { readEventStream } from './sse.js'
export type { Verdict } from './verdict.js'

const JUDGES = { messages: judgeMessages, responses: judgeResponses } satisfies Record<
  string,
  (bytes: Uint8Array, options?: ResponsesJudgeOptions) => Verdict
>

/** The protocols that have a judge; `chat` gets its own with its machine. */
export type JudgedProtocol = keyof typeof JUDGES

/**
 * Judges one whole output stream.
 *
 * @param options `resume`: the stream was asked for with `starting_after` (D-50); only `responses` looks at it.
 * @example judge('messages', bytes).violations // [] for a valid stream
 */
export function judge(protocol: JudgedProtocol, bytes: Uint8Array, options: ResponsesJudgeOptions = {}): Verdict {
  return JUDGES[protocol](bytes, options)
}
