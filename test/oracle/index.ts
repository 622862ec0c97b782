/**
 * The oracle: a second reading of the grammar that shares no code with `src` (no import from it, no parser, no schema
 * library). The laws hold the output of the machines against it, because a machine that checks itself can be wrong twice
 * alike.
 */
import { type ChatJudgeOptions, judgeChat } from './chat.js'
import { judgeMessages } from './messages.js'
import { judgeResponses, type ResponsesJudgeOptions } from './responses.js'
import type { Verdict } from './verdict.js'

export { readEventStream } from './sse.js'
export type { Verdict } from './verdict.js'

interface JudgeOptions extends ChatJudgeOptions, ResponsesJudgeOptions {}

const JUDGES: Readonly<Record<JudgedProtocol, (bytes: Uint8Array, options: JudgeOptions) => Verdict>> = {
  messages: judgeMessages,
  responses: judgeResponses,
  chat: judgeChat,
}

/** The protocols that have a judge. */
export type JudgedProtocol = 'messages' | 'responses' | 'chat'

/**
 * Judges one whole output stream.
 *
 * @param options `resume`: the stream was asked for with `starting_after` (D-50); only `responses` looks at it.
 *   `repairedOnly`: without the rules that the project observes and does not repair; only `chat` looks at it.
 * @example judge('messages', bytes).violations // [] for a valid stream
 */
export function judge(protocol: JudgedProtocol, bytes: Uint8Array, options: JudgeOptions = {}): Verdict {
  return JUDGES[protocol](bytes, options)
}
