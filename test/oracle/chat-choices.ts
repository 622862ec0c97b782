/** The choices of a stream, each with what its deltas said: CH-2 to CH-5 and CH-11. */
import { isFilterChoice, judgeChoice } from './chat-chunk.js'
import { type Call, readCalls, toolOf } from './chat-tools.js'
import { type Field, field, judgeFields, nullable, optional, string } from './fields.js'
import { isObject, type JsonObject, type JudgedChoice, type Ledger } from './verdict.js'

/** One choice while it is being read. */
export interface Choice {
  readonly index: unknown
  /** The frame of its first delta. */
  readonly frame: number
  /** Which of its deltas had the role, counted from 0. */
  role: number | undefined
  deltas: number
  readonly text: string[]
  readonly thinking: string[]
  readonly refusal: string[]
  readonly calls: Call[]
  /** A call in the shape that tool calls have replaced. */
  readonly legacy: Call[]
  readonly finishes: string[]
  /** The frame of its last finish. */
  finishFrame: number
}

/** What the rules of a choice write in, and what they must know of the stream. */
export interface ChoiceContext {
  readonly ledger: Ledger
  /** FINDINGS A17. */
  readonly audio: boolean
  /** Whether rules that the project only observes are left out. */
  readonly repairedOnly: boolean
}

const TEXTS: readonly Field[] = ['content', 'refusal'].map((name) =>
  field('4.1', `delta.${name}`, optional(nullable(string))),
)

const FINISH_REASONS: ReadonlySet<string> = new Set(['stop', 'length', 'tool_calls', 'content_filter', 'function_call'])

/** Words of other vendors for the same. They are not newer than we are: agent loops do not know them (B02). */
const ALIASES: ReadonlySet<string> = new Set(['eos', 'STOP', 'end_turn', 'max_tokens', 'SAFETY', 'tool_use'])

/** Reads the `choices` of one chunk. */
export function readChoices(
  entries: readonly unknown[],
  choices: Choice[],
  frame: number,
  context: ChoiceContext,
): void {
  const { ledger } = context
  const seen: unknown[] = []
  for (const entry of entries) {
    if (!isObject(entry)) {
      ledger.must('CH-2', frame, 'choice: must be an object')
      continue
    }
    judgeChoice(entry, frame, ledger)
    judgeChoiceError(entry, frame, ledger)
    if (isFilterChoice(entry)) continue
    // D-1: the AI SDK reads the first entry of a chunk alone, so that what a second one says of the same choice is lost.
    if (seen.includes(entry['index'])) ledger.should('D-1', frame, 'a chunk has two entries for one choice')
    seen.push(entry['index'])
    const choice = choiceOf(entry['index'], choices, frame)
    readDelta(choice, entry, frame, context)
    readFinish(choice, entry, frame, ledger)
  }
}

/** C-E08: no client looks for an error here. */
function judgeChoiceError(choice: JsonObject, frame: number, ledger: Ledger): void {
  if (choice['error']) ledger.must('CH-15', frame, 'a choice with an error in it')
}

function choiceOf(index: unknown, choices: Choice[], frame: number): Choice {
  const found = choices.find((choice) => choice.index === index)
  if (found !== undefined) return found
  const opened: Choice = {
    index,
    frame,
    role: undefined,
    deltas: 0,
    text: [],
    thinking: [],
    refusal: [],
    calls: [],
    legacy: [],
    finishes: [],
    finishFrame: frame,
  }
  choices.push(opened)
  return opened
}

function readDelta(choice: Choice, entry: JsonObject, frame: number, context: ChoiceContext): void {
  const delta = isObject(entry['delta']) ? entry['delta'] : {}
  const { ledger } = context
  judgeFields(TEXTS, { delta }, 'choice', frame, ledger)
  readRole(choice, delta, frame, context)
  choice.deltas++
  if (choice.finishes.length > 0 && saysSomething(delta) && !context.repairedOnly && !context.audio) {
    ledger.should('CH-11', frame, 'a choice goes on after its finish_reason')
  }
  push(choice.text, delta['content'])
  push(choice.refusal, delta['refusal'])
  // One thought may come under both names at once.
  push(choice.thinking, isFilled(delta['reasoning_content']) ? delta['reasoning_content'] : delta['reasoning'])
  const calls = delta['tool_calls']
  if (Array.isArray(calls)) readCalls(calls, choice.calls, frame, ledger)
  else if (calls !== undefined && calls !== null)
    ledger.must('CH-10', frame, 'choice: delta.tool_calls must be an array')
  readLegacy(choice, delta['function_call'], frame, ledger)
}

/** CH-3, which the project repairs where it is said again (D-1). FINDINGS A17: audio streams say it twice. */
function readRole(choice: Choice, delta: JsonObject, frame: number, { ledger, audio }: ChoiceContext): void {
  const role = delta['role']
  // OpenAI sends null where another says nothing.
  if (role === undefined || role === null) return
  if (role !== 'assistant') ledger.must('CH-3', frame, 'the role of a delta is not "assistant"')
  else if (choice.role === undefined) choice.role = choice.deltas
  else if (!audio) ledger.should('CH-3', frame, 'a choice says its role again')
}

/** D-1: no client looks at the call of before tool calls, so that it is lost (B08). */
function readLegacy(choice: Choice, call: unknown, frame: number, ledger: Ledger): void {
  if (call === undefined || call === null) return
  ledger.should('D-1', frame, 'a call as function_call')
  if (!isObject(call)) return
  if (choice.legacy.length === 0) choice.legacy.push({ index: 0, id: '', type: 'function', name: '', fragments: [] })
  for (const legacy of choice.legacy) {
    if (isFilled(call['name'])) legacy.name += call['name']
    push(legacy.fragments, call['arguments'])
  }
}

/** CH-4: one finish_reason. CH-5: of the enum, an open list for consumers. */
function readFinish(choice: Choice, entry: JsonObject, frame: number, ledger: Ledger): void {
  const reason = entry['finish_reason']
  // Many upstreams leave the key out where nothing finishes, and no client minds.
  if (reason === undefined || reason === null) return
  if (!isFilled(reason)) {
    ledger.must('CH-4', frame, 'choice: finish_reason must be a word, or null')
    return
  }
  if (choice.finishes.length > 0) ledger.must('CH-4', frame, 'a choice has a second finish_reason')
  choice.finishes.push(reason)
  choice.finishFrame = frame
  // C-E08: an error that no client shows.
  if (reason === 'error') ledger.must('CH-15', frame, 'an error as a finish_reason')
  else if (ALIASES.has(reason)) ledger.should('CH-5', frame, 'the finish_reason is not of this protocol')
  else if (!FINISH_REASONS.has(reason)) ledger.passAsNewer(`finish_reason ${reason}`)
}

function saysSomething(delta: JsonObject): boolean {
  const calls = delta['tool_calls']
  return (
    ['content', 'refusal', 'reasoning_content', 'reasoning'].some((name) => isFilled(delta[name])) ||
    (Array.isArray(calls) && calls.length > 0) ||
    isObject(delta['function_call'])
  )
}

/** A choice as the verdict shows it. */
export const judgedChoice = (choice: Choice): JudgedChoice => ({
  index: choice.index,
  text: choice.text.join(''),
  thinking: choice.thinking.join(''),
  refusal: choice.refusal.join(''),
  tools: [...choice.calls, ...choice.legacy].map(toolOf),
  finishReasons: choice.finishes,
})

function push(to: string[], value: unknown): void {
  if (isFilled(value)) to.push(value)
}

const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== ''
