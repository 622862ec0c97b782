/**
 * Judges a `/v1/chat/completions` stream by GRAMMAR.md §1 and §4, less what the vendors' recordings show (FINDINGS A16 to
 * A18) and with D-1, D-6 and D-60 to D-63, with the SHOULD rules that the project repairs.
 *
 * D-61 and D-62 speak of what the upstream meant, D-64 of a list of codes, D-65 of the request: nothing on the wire breaks
 * them. Of CH-5 the half about tools is only observed (A16).
 */
import { type Choice, type ChoiceContext, judgedChoice, readChoices } from './chat-choices.js'
import { isChunk, isFilterChoice, judgeEnvelope } from './chat-chunk.js'
import { type Failure, failureOf, judgeErrorFrame, judgeErrorKey, judgeEventLine } from './chat-errors.js'
import { judgeTail } from './chat-tail.js'
import { isObject, type JsonObject, openLedger, type Verdict } from './verdict.js'
import { readWire, type WireEvent } from './wire.js'

/** How the judge is to look at the stream. */
export interface ChatJudgeOptions {
  /**
   * Leaves out CH-11 and CH-12, which the project observes and does not repair: its output owes them only where its input
   * kept them.
   */
  readonly repairedOnly?: boolean
}

interface Run extends ChoiceContext {
  readonly choices: Choice[]
  id: string | undefined
  error: Failure | undefined
  /** What came first of the error frame and `[DONE]`. */
  terminal: 'error' | 'done' | undefined
  done: boolean
  /** The chunk that had nothing but the usage. */
  usage: boolean
}

/**
 * Judges one whole body.
 *
 * @example judgeChat(new Uint8Array()).ending // 'none'
 */
export function judgeChat(bytes: Uint8Array, options: ChatJudgeOptions = {}): Verdict {
  const ledger = openLedger()
  const events = readWire(bytes, ledger)
  const run: Run = {
    ledger,
    audio: isAudio(events),
    repairedOnly: options.repairedOnly ?? false,
    choices: [],
    id: undefined,
    error: undefined,
    terminal: undefined,
    done: false,
    usage: false,
  }
  for (const event of events) onWireEvent(run, event)
  const frame = events.at(-1)?.frame.number ?? 0
  judgeTail({ ...run, failed: run.terminal === 'error', frame }, ledger)
  return verdictOf(run)
}

/**
 * FINDINGS A17. What speaks tells itself by its deltas; what an audio model writes instead (a tool call), by nothing but
 * the name of the model.
 */
function isAudio(events: readonly WireEvent[]): boolean {
  return events.some(({ value }) => {
    if (value === '[DONE]') return false
    if (typeof value['model'] === 'string' && /\baudio\b/.test(value['model'])) return true
    const entries: readonly unknown[] = Array.isArray(value['choices']) ? value['choices'] : []
    return entries.some((entry) => isObject(entry) && isObject(entry['delta']) && isObject(entry['delta']['audio']))
  })
}

function onWireEvent(run: Run, { frame, value }: WireEvent): void {
  const { ledger } = run
  judgeEventLine(frame.event, frame.number, ledger)
  if (value === '[DONE]') {
    if (run.done) ledger.must('CH-14', frame.number, 'a second [DONE]')
    run.done = true
    run.terminal ??= 'done'
  } else if (run.done) {
    // W-8: the AI SDK goes on reading.
    ledger.must('W-8', frame.number, 'an event comes after [DONE]')
  } else if (run.terminal === 'error') {
    // FINDINGS A17: behind the error of an audio stream the vendor has gone on.
    if (!run.audio) ledger.must('CH-15', frame.number, 'an event comes after the error')
  } else if (value['error']) onError(run, value, frame.number)
  else onChunk(run, value, frame.number)
}

function onError(run: Run, event: JsonObject, frame: number): void {
  judgeErrorFrame(event, frame, run.ledger)
  // D-6: what stands beside the error counts all the same.
  if (Array.isArray(event['choices'])) readChoices(event['choices'], run.choices, frame, run)
  run.error = failureOf(event)
  run.terminal = 'error'
}

function onChunk(run: Run, chunk: JsonObject, frame: number): void {
  const { ledger } = run
  judgeErrorKey(chunk, frame, ledger)
  const choices: readonly unknown[] = Array.isArray(chunk['choices']) ? chunk['choices'] : []
  if (!Array.isArray(chunk['choices'])) {
    // FINDINGS A17: audio streams leave the key out while nothing is said.
    if (!run.audio || Object.hasOwn(chunk, 'choices')) ledger.must('CH-1', frame, 'chunk: choices must be an array')
    // What is not ours to send at all owes nothing more.
    if (!isChunk(chunk)) return
  }
  judgeEnvelope(chunk, choices, frame, ledger)
  judgeId(run, chunk['id'], frame)
  judgeUsagePlace(run, chunk, choices, frame)
  readChoices(choices, run.choices, frame, run)
}

/** CH-13, which the project repairs (D-1): one id. Azure leaves it empty on chunks of its own (FINDINGS A18). */
function judgeId(run: Run, id: unknown, frame: number): void {
  if (typeof id !== 'string' || id === '') return
  run.id ??= id
  if (id !== run.id) run.ledger.should('CH-13', frame, 'the id of a chunk is not the one of the first')
}

/** CH-12: behind the chunk of the usage comes no more of the answer. Usage on other chunks is tolerated. */
function judgeUsagePlace(run: Run, chunk: JsonObject, choices: readonly unknown[], frame: number): void {
  if (run.usage && !run.audio && !run.repairedOnly && choices.some((choice) => !isFilterChoice(choice))) {
    run.ledger.should('CH-12', frame, 'a choice comes after the chunk of the usage')
  }
  if (choices.length === 0 && isObject(chunk['usage'])) run.usage = true
}

function verdictOf(run: Run): Verdict {
  const choices = run.choices.map(judgedChoice)
  return {
    violations: run.ledger.violations,
    ending: run.terminal === 'done' ? 'success' : (run.terminal ?? 'none'),
    newer: run.ledger.newer,
    content: {
      text: choices.map(({ text }) => text).join(''),
      thinking: choices.map(({ thinking }) => thinking).join(''),
      refusal: choices.map(({ refusal }) => refusal).join(''),
      tools: choices.flatMap(({ tools }) => tools),
      errorMessage: run.error?.message,
      errorType: run.error?.type,
      errorCode: run.error?.code,
      stopReason: choices[0]?.finishReasons.at(-1),
      blocks: [],
      choices,
    },
  }
}
