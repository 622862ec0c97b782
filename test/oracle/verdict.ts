/** What the oracle says about one stream, and the ledger in which its rules write. */

/** A JSON object, as `JSON.parse` gives it. */
export type JsonObject = { readonly [key: string]: unknown }

/** `must`: a MUST rule. `should`: a SHOULD rule that the project repairs (D-1), so that its own output owes it too. */
export type Severity = 'must' | 'should'

/** One broken rule. */
interface Violation {
  /**
   * The rule of GRAMMAR.md (`AN-5`, `RE-7`, `CH-4`, `W-2`), its table (`2.1`, `3.1`, `4.1` fields of events, `2.2`, `3.2`
   * fields of blocks, snapshots, items and parts, `4.2` usage), a decision (`D-28`), or a law of DESIGN.md (`law 6`).
   */
  readonly rule: string
  readonly severity: Severity
  /** The block of the stream, counted from 1, comment blocks included; 0 where the stream as a whole is meant. */
  readonly frame: number
  readonly message: string
}

/** A tool call of any family (client, server, MCP) as it was sent. */
export interface JudgedTool {
  /** On responses the `call_id`, or the id of an item that has none. */
  readonly id: string
  readonly name: string
  /** The joined fragments; where none came, the JSON of an input that was not empty (responses: what a done said); else ''. */
  readonly arguments: string
}

/** One content block (responses: one output item) with everything its deltas said. */
export interface JudgedBlock {
  readonly type: string
  /** The `content_block` or `item` as it was sent; for a delta without a start, an object that holds only the guessed type. */
  readonly start: JsonObject
  /** False for content that came without a start: it is kept so that the verdict can still tell what was said. */
  readonly started: boolean
  readonly text: string
  readonly thinking: string
  /** Only on responses: the summary of the reasoning, and what a refusal says. */
  readonly summary?: string
  readonly refusal?: string
  /** Always '' on responses. */
  readonly signature: string
  readonly arguments: string
  readonly citations: readonly unknown[]
  /** Deltas that are none of the kinds above: `compaction_delta`, code and shell commands, and what is newer than we are. */
  readonly deltas: readonly unknown[]
  readonly closed: boolean
}

/** One choice of a chat stream with everything its deltas said. */
export interface JudgedChoice {
  /** As it was sent; a number where CH-2 is kept. */
  readonly index: unknown
  readonly text: string
  readonly thinking: string
  readonly refusal: string
  readonly tools: readonly JudgedTool[]
  /** All of them; one where CH-4 is kept. */
  readonly finishReasons: readonly string[]
}

/** What the stream says, up to its terminal. */
interface Content {
  /** The text of all blocks (chat: of all choices), in the order in which they began. */
  readonly text: string
  /** On responses the raw reasoning alone; its summaries stand beside it. On chat `reasoning_content` or `reasoning`. */
  readonly thinking: string
  /** Only on responses. */
  readonly summary?: string
  /** Always '' on messages, where a refusal is a stop reason. */
  readonly refusal: string
  readonly tools: readonly JudgedTool[]
  readonly errorMessage: string | undefined
  readonly errorType: string | undefined
  /** Not on messages: the code of the error; on responses also the one of `response.failed` that decides about a retry (D-48). */
  readonly errorCode?: string | undefined
  readonly failedCode?: string | undefined
  /**
   * The last stop reason that was not null. On responses the reason of an incomplete answer, else the terminal's status; on
   * chat the one of the first choice that came.
   */
  readonly stopReason: string | undefined
  /** Always empty on chat, which has choices. */
  readonly blocks: readonly JudgedBlock[]
  /** Only on chat. */
  readonly choices?: readonly JudgedChoice[]
}

/** The judgement on one stream. */
export interface Verdict {
  readonly violations: readonly Violation[]
  /** The first terminal decides; `none` where the stream has no terminal. */
  readonly ending: 'success' | 'error' | 'none'
  readonly content: Content
  /** Shapes that pass because they may be newer than we are, as in `event message_ack`, `block voice`, `delta voice_delta`. */
  readonly newer: readonly string[]
}

/** Where the rules of one judgement write. */
export interface Ledger {
  readonly violations: Violation[]
  readonly newer: string[]
  must(rule: string, frame: number, message: string): void
  should(rule: string, frame: number, message: string): void
  passAsNewer(shape: string): void
}

/** An empty ledger. */
export function openLedger(): Ledger {
  const violations: Violation[] = []
  const newer: string[] = []
  return {
    violations,
    newer,
    must: (rule, frame, message) => void violations.push({ rule, severity: 'must', frame, message }),
    should: (rule, frame, message) => void violations.push({ rule, severity: 'should', frame, message }),
    passAsNewer: (shape) => void newer.push(shape),
  }
}

/** Whether a value is a JSON object: no array, not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
