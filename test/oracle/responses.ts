/**
 * Judges a `/v1/responses` stream by GRAMMAR.md §1 and §3, less what the vendor's recordings show (FINDINGS A8 to A15) and
 * with D-40 to D-51, with the SHOULD rules that the project repairs (D-1).
 *
 * Rules that nothing on the wire can break have no code here: RE-15, RE-27 to RE-29. RE-10 is D-42; RE-20 is RE-22.
 */
import {
  createErrorPair,
  type ErrorPair,
  type Failure,
  failureOf,
  failureOfResponse,
  judgeErrorEvent,
  judgeFailedResponse,
} from './responses-errors.js'
import { judgeEventFields, judgeUnknownEvent, shapeOf } from './responses-events.js'
import { blockOf, toolsOf } from './responses-item.js'
import { createItems, type Items } from './responses-items.js'
import { createLifecycle, type Lifecycle } from './responses-lifecycle.js'
import { createSequence, type Sequence } from './responses-sequence.js'
import { judgeStatus, judgeSuccess, type Tail } from './responses-tail.js'
import { isObject, type JsonObject, type Ledger, openLedger, type Verdict } from './verdict.js'
import { readWire, type WireEvent } from './wire.js'

/** What the judge must know of the request. */
export interface ResponsesJudgeOptions {
  /** The stream was asked for with `starting_after`, so that it may begin anywhere (D-50). */
  readonly resume?: boolean
}

interface Run {
  readonly ledger: Ledger
  readonly sequence: Sequence
  readonly lifecycle: Lifecycle
  readonly items: Items
  readonly pair: ErrorPair
  error: Failure | undefined
  failed: Failure | undefined
  terminal: string | undefined
  stopReason: string | undefined
  sentinel: boolean
}

const TERMINALS: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete', 'response.failed'])

/**
 * Judges one whole body.
 *
 * @example judgeResponses(new Uint8Array()).ending // 'none'
 */
export function judgeResponses(bytes: Uint8Array, options: ResponsesJudgeOptions = {}): Verdict {
  const ledger = openLedger()
  const lifecycle = createLifecycle(ledger, options.resume ?? false)
  const run: Run = {
    ledger,
    sequence: createSequence(ledger),
    lifecycle,
    items: createItems({ ledger, midway: () => lifecycle.midway, responseId: () => lifecycle.id }),
    pair: createErrorPair(ledger),
    error: undefined,
    failed: undefined,
    terminal: undefined,
    stopReason: undefined,
    sentinel: false,
  }
  let last = 0
  for (const wire of readWire(bytes, ledger)) {
    last = wire.frame.number
    onWireEvent(run, wire)
  }
  run.pair.onEnd(last)
  // RE-16: there is a terminal. Behind an error it is the pair that is incomplete.
  if (run.terminal === undefined && !run.pair.seen) ledger.must('RE-16', last, 'the stream ends without a terminal')
  return verdictOf(run)
}

function onWireEvent(run: Run, { frame, value }: WireEvent): void {
  const { ledger } = run
  if (value === '[DONE]') {
    onSentinel(run, frame.number)
    return
  }
  const type = value['type']
  if (typeof type !== 'string' || type === '') {
    ledger.must('RE-22', frame.number, 'the event has no type')
    return
  }
  judgeEventLine(frame.event, type, frame.number, ledger)
  // W-8: the terminal is the last event.
  if (run.terminal !== undefined) {
    ledger.must('W-8', frame.number, `${type} comes after the terminal`)
    return
  }
  onEvent(run, type, value, frame.number)
}

/** RE-23: the sentinel of Open Responses may follow the terminal, once. */
function onSentinel(run: Run, frame: number): void {
  if (run.terminal === undefined) run.ledger.must('RE-23', frame, '[DONE] before the terminal')
  else if (run.sentinel) run.ledger.must('RE-23', frame, 'a second [DONE]')
  run.sentinel = true
}

/** RE-21, which the project repairs (D-1): each frame names its event, and the name is the type. */
function judgeEventLine(name: string | undefined, type: string, frame: number, ledger: Ledger): void {
  if (name === undefined) ledger.should('RE-21', frame, `a ${type} without an event line`)
  else if (name !== type) ledger.should('RE-21', frame, `the event line of a ${type} names another event`)
}

function onEvent(run: Run, type: string, event: JsonObject, frame: number): void {
  const { ledger } = run
  const shape = shapeOf(type)
  const known = shape !== undefined || type === 'error' || type === 'keepalive'
  if (!known) judgeUnknownEvent(type, frame, ledger)
  // What is not ours to send at all owes nothing more.
  if (!known && (!type.startsWith('response.') || type === 'response.done' || type === 'response.cancelled')) return
  run.sequence.onEvent(type, event, frame)
  judgeErrorKey(type, event, frame, ledger)
  run.lifecycle.onEvent(type, event, frame, known)
  if (type === 'keepalive') return
  run.pair.onEvent(type, frame)
  if (shape === undefined) {
    if (type === 'error') onError(run, event, frame)
    else run.items.onNewer(type, event)
    return
  }
  judgeEventFields(type, event, frame, ledger)
  if (type === 'response.output_item.added') run.items.onAdded(event, frame)
  else if (type === 'response.output_item.done') run.items.onDone(event, frame)
  else if (shape.items !== undefined) run.items.onEvent(type, shape, event, frame)
  else if (TERMINALS.has(type)) onTerminal(run, type, event, frame)
}

/** W-7 and D-6: clients throw on an `error` key in any frame; an empty one is removed as well. */
function judgeErrorKey(type: string, event: JsonObject, frame: number, ledger: Ledger): void {
  if (type === 'error' || !Object.hasOwn(event, 'error')) return
  if (event['error']) ledger.must('W-7', frame, `a ${type} with an error in it`)
  else ledger.should('D-6', frame, `a ${type} with an empty error key`)
}

function onError(run: Run, event: JsonObject, frame: number): void {
  judgeErrorEvent(event, frame, run.ledger)
  run.error ??= failureOf(event)
}

function onTerminal(run: Run, type: string, event: JsonObject, frame: number): void {
  run.terminal = type
  const response = isObject(event['response']) ? event['response'] : undefined
  if (response === undefined) return
  const tail: Tail = { type, response, items: run.items.all, midway: run.lifecycle.midway }
  judgeStatus(tail, frame, run.ledger)
  run.stopReason = reasonOf(response)
  if (type === 'response.failed') {
    judgeFailedResponse(event, frame, run.ledger)
    run.failed = failureOfResponse(response)
    return
  }
  run.items.judgeClosed(frame)
  judgeSuccess(tail, frame, run.ledger)
}

function reasonOf(response: JsonObject): string | undefined {
  const details = response['incomplete_details']
  return stringOf(isObject(details) ? details['reason'] : undefined) ?? stringOf(response['status'])
}

function verdictOf(run: Run): Verdict {
  const blocks = run.items.all.map(blockOf)
  const failure = run.error ?? run.failed
  // R-E16: whatever comes behind an error, clients have shown the error.
  const failed = run.pair.seen || run.terminal === 'response.failed'
  return {
    violations: run.ledger.violations,
    ending: failed ? 'error' : run.terminal === undefined ? 'none' : 'success',
    newer: run.ledger.newer,
    content: {
      text: blocks.map((block) => block.text).join(''),
      thinking: blocks.map((block) => block.thinking).join(''),
      summary: blocks.map((block) => block.summary ?? '').join(''),
      refusal: blocks.map((block) => block.refusal ?? '').join(''),
      tools: toolsOf(run.items.all),
      errorMessage: failure?.message,
      errorType: failure?.type,
      errorCode: failure?.code,
      failedCode: run.failed?.code,
      stopReason: run.stopReason,
      blocks,
    },
  }
}

const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
