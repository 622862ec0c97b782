/** The rules about how a message ends: AN-7, AN-9, AN-10, AN-13, AN-14, D-26 and D-28. */
import { readJson } from './json-prefix.js'
import { CALL_TYPES, isKnownBlock } from './messages-shapes.js'
import { isObject, type JsonObject, type JudgedBlock, type Ledger } from './verdict.js'

/** What one `message_delta` says. */
export interface MessageDelta {
  readonly frame: number
  readonly stopReason: string | undefined
}

/** What the rules of the ending look at. */
export interface Tail {
  readonly message: JsonObject
  /** The frame of `message_start`. */
  readonly startFrame: number
  readonly streamed: readonly JudgedBlock[]
  readonly all: readonly JudgedBlock[]
  readonly deltas: readonly MessageDelta[]
  readonly stopReason: string | undefined
}

const STOP_REASONS: ReadonlySet<string> = new Set([
  'end_turn',
  'max_tokens',
  'stop_sequence',
  'tool_use',
  'pause_turn',
  'refusal',
  'model_context_window_exceeded',
  'compaction',
])

/** Words of the chat protocol. They are not newer than we are: they are a leak, and agent loops stop on them. */
const CHAT_REASONS: ReadonlySet<string> = new Set([
  '',
  'stop',
  'length',
  'tool_calls',
  'function_call',
  'content_filter',
])

/** Under these a call may be cut short. */
const CUTTING_REASONS: ReadonlySet<string> = new Set([
  'max_tokens',
  'model_context_window_exceeded',
  'refusal',
  'pause_turn',
])

/** AN-13, the vocabulary; an open list for consumers, so an unknown word passes as newer. */
export function judgeStopReason(reason: string | undefined, frame: number, ledger: Ledger): void {
  if (reason === undefined || STOP_REASONS.has(reason)) return
  if (CHAT_REASONS.has(reason)) ledger.must('AN-13', frame, 'the stop_reason is not of this protocol')
  else ledger.passAsNewer(`stop_reason ${reason}`)
}

/** Rules that hold however the stream ends. */
export function judgeMessage(tail: Tail, ledger: Ledger): void {
  judgePrefilled(tail, ledger)
  judgeContradiction(tail, ledger)
}

/** Rules that only a success owes. */
export function judgeSuccess(tail: Tail, frame: number, ledger: Ledger): void {
  judgeClosed(tail, frame, ledger)
  judgeMessageDelta(tail, frame, ledger)
  judgeReasonAgainstBlocks(tail, frame, ledger)
  judgeToolJson(tail, frame, ledger)
}

/** FINDINGS A1: programmatic tool calling sends the message whole in its start and then only `message_stop`. */
function endsPrefilled(tail: Tail): boolean {
  return typeof tail.message['stop_reason'] === 'string' && tail.streamed.length === 0 && tail.deltas.length === 0
}

/** D-28: content in `message_start` is legal only in that form and only for calls; clients lose any other. */
function judgePrefilled(tail: Tail, ledger: Ledger): void {
  const content = tail.message['content']
  if (!Array.isArray(content) || content.length === 0) return
  if (content.some((entry) => !isObject(entry) || entry['type'] !== 'tool_use')) {
    ledger.must('D-28', tail.startFrame, 'the message_start holds content that is no tool_use')
  } else if (!endsPrefilled(tail)) {
    ledger.must('D-28', tail.startFrame, 'the message_start holds content, but more than a terminal follows')
  }
}

/** D-26: several `message_delta` pass when they agree. */
function judgeContradiction(tail: Tail, ledger: Ledger): void {
  const reasons = tail.deltas.filter((delta) => delta.stopReason !== undefined)
  const other = reasons.find((delta) => delta.stopReason !== reasons[0]?.stopReason)
  if (other !== undefined) ledger.should('D-26', other.frame, 'two message_delta contradict each other')
}

/** AN-7: every block is stopped before a success. */
function judgeClosed(tail: Tail, frame: number, ledger: Ledger): void {
  // What never started has been reported where its content came (AN-4).
  if (tail.streamed.some((block) => block.started && !block.closed)) {
    ledger.must('AN-7', frame, 'the message stops while a block is open')
  }
}

/** AN-9: at least one `message_delta`. AN-10: the last one carries the stop_reason. */
function judgeMessageDelta(tail: Tail, frame: number, ledger: Ledger): void {
  const last = tail.deltas.at(-1)
  if (last === undefined) {
    if (!endsPrefilled(tail)) ledger.must('AN-9', frame, 'the message stops without a message_delta')
  } else if (last.stopReason === undefined) {
    ledger.must('AN-10', last.frame, 'the last message_delta has no stop_reason')
  }
}

/** AN-13: `tool_use` exactly when the client has a tool to run. Other reasons may override a tool, `end_turn` may not. */
function judgeReasonAgainstBlocks(tail: Tail, frame: number, ledger: Ledger): void {
  const hasTool = tail.all.some((block) => block.type === 'tool_use')
  if (tail.stopReason === 'end_turn' && hasTool) {
    ledger.should('AN-13', frame, 'the stop_reason is end_turn, but there is a tool_use block')
  }
  // A block newer than we are may be a tool of the client.
  const maybeTool = tail.all.some((block) => !isKnownBlock(block.type))
  if (tail.stopReason === 'tool_use' && !hasTool && !maybeTool) {
    ledger.should('AN-13', frame, 'the stop_reason is tool_use, but there is no tool_use block')
  }
}

/**
 * AN-14, less what DESIGN.md takes out of it: malformed JSON, and JSON that is no object, is the model's content; cut JSON is a
 * truncation.
 * Calls joined into one (catalogue 20) are malformed too, but a listed defect (D-1), so that no output may hold them.
 */
function judgeToolJson(tail: Tail, frame: number, ledger: Ledger): void {
  if (tail.stopReason !== undefined && CUTTING_REASONS.has(tail.stopReason)) return
  for (const block of tail.streamed) {
    if (!CALL_TYPES.has(block.type)) continue
    const { kind, object, end } = readJson(block.arguments)
    if (kind === 'cut') ledger.must('AN-14', frame, `the arguments of a ${block.type} block are cut short`)
    else if (kind === 'trailing' && object && beginsWithObject(block.arguments.slice(end))) {
      ledger.should('AN-14/joined', frame, `the arguments of a ${block.type} block are several objects`)
    }
  }
}

function beginsWithObject(text: string): boolean {
  const { kind, object } = readJson(text)
  return object && (kind === 'whole' || kind === 'trailing')
}
