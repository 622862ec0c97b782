/**
 * The oracle: a second reading of the grammar that shares no code with `src` (no import from it, no parser, no schema
 * library). The laws hold the output of the machines against it, because a machine that checks itself can be wrong twice
 * alike.
 */
import { judgeMessages } from './messages.js'
import type { Verdict } from './verdict.js'

export { readEventStream } from './sse.js'
export type { Verdict } from './verdict.js'

const JUDGES = { messages: judgeMessages } satisfies Record<string, (bytes: Uint8Array) => Verdict>

/** The protocols that have a judge; `responses` and `chat` get theirs with their machines. */
export type JudgedProtocol = keyof typeof JUDGES

/**
 * Judges one whole output stream.
 *
 * @example judge('messages', bytes).violations // [] for a valid stream
 */
export function judge(protocol: JudgedProtocol, bytes: Uint8Array): Verdict {
  return JUDGES[protocol](bytes)
}
