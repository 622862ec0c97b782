/**
 * Judges a `/v1/messages` stream by GRAMMAR.md §1 and §2, less what the vendor's recordings show (FINDINGS A1 to A7), with
 * the SHOULD rules that the project repairs (D-1).
 *
 * Rules that nothing on the wire can break have no code here: AN-17 (a ping may stand anywhere) and AN-23 (usage replaces).
 * AN-16 (a thinking block ends with a signature) is left out because a signature is never invented.
 */
import { type Blocks, createBlocks, toolsOf } from './messages-blocks.js'
import { isKnownEvent, judgeEventFields } from './messages-shapes.js'
import { judgeMessage, judgeStopReason, judgeSuccess, type MessageDelta, type Tail } from './messages-tail.js'
import { isObject, type JsonObject, type Ledger, openLedger, type Verdict } from './verdict.js'
import { readWire, type WireEvent } from './wire.js'

interface Run {
  readonly ledger: Ledger
  readonly blocks: Blocks
  start: { readonly message: JsonObject; readonly frame: number } | undefined
  readonly deltas: MessageDelta[]
  stopReason: string | undefined
  terminal: { readonly kind: 'success' | 'error'; readonly frame: number } | undefined
  error: JsonObject
}

/**
 * Judges one whole body.
 *
 * @example judgeMessages(new Uint8Array()).ending // 'none'
 */
export function judgeMessages(bytes: Uint8Array): Verdict {
  const ledger = openLedger()
  const run: Run = {
    ledger,
    blocks: createBlocks(ledger),
    start: undefined,
    deltas: [],
    stopReason: undefined,
    terminal: undefined,
    error: {},
  }
  let last = 0
  for (const wire of readWire(bytes, ledger)) {
    last = wire.frame.number
    onWireEvent(run, wire)
  }
  judgeEnding(run, last)
  return verdictOf(run)
}

function onWireEvent(run: Run, { frame, value }: WireEvent): void {
  const { ledger } = run
  // AN-21: the sentinel is not part of this protocol.
  if (value === '[DONE]') {
    ledger.must('AN-21', frame.number, '[DONE] is not part of the protocol')
    return
  }
  const type = value['type']
  if (typeof type !== 'string' || type === '') {
    ledger.must('2.1', frame.number, 'the event has no type')
    return
  }
  judgeEventLine(frame.event, type, frame.number, ledger)
  if (isAfterTerminal(run, type, frame.number)) return
  if (!isKnownEvent(type)) {
    judgeUnknownEvent(type, frame.number, ledger)
    return
  }
  judgeErrorKey(type, value, frame.number, ledger)
  judgeEventFields(type, value, frame.number, ledger)
  judgeOrder(run, type, frame.number)
  onEvent(run, type, value, frame.number)
}

/** AN-1: each frame names its event, and the name is the type. */
function judgeEventLine(name: string | undefined, type: string, frame: number, ledger: Ledger): void {
  if (name === undefined) ledger.must('AN-1', frame, `a ${type} without an event line`)
  else if (name !== type) ledger.must('AN-1', frame, `the event line of a ${type} names another event`)
}

/** AN-12, AN-20, W-8: one terminal, and no event after it. Comments may follow, and so may blank lines. */
function isAfterTerminal(run: Run, type: string, frame: number): boolean {
  if (run.terminal === undefined) return false
  const again = type === 'message_stop' && run.terminal.kind === 'success'
  const rule = run.terminal.kind === 'error' ? 'AN-20' : again ? 'AN-12' : 'W-8'
  run.ledger.must(rule, frame, `a ${type} after the terminal`)
  return true
}

/** AN-18: what belongs to the families of the protocol may be newer than we are; anything else is not ours to send. */
function judgeUnknownEvent(type: string, frame: number, ledger: Ledger): void {
  if (type.startsWith('message_') || type.startsWith('content_block_')) ledger.passAsNewer(`event ${type}`)
  else ledger.must('AN-18', frame, 'an event of no known family')
}

/** W-7 and D-6: clients throw on an `error` key in any frame; an empty one is removed as well. */
function judgeErrorKey(type: string, event: JsonObject, frame: number, ledger: Ledger): void {
  if (type === 'error' || !Object.hasOwn(event, 'error')) return
  if (event['error']) ledger.must('W-7', frame, `a ${type} with an error in it`)
  else ledger.should('D-6', frame, `a ${type} with an empty error key`)
}

/** AN-2: one `message_start`, before everything but noise and errors. AN-11: no block after the first `message_delta`. */
function judgeOrder(run: Run, type: string, frame: number): void {
  if (type === 'ping' || type === 'error') return
  if (type === 'message_start') {
    if (run.start !== undefined) run.ledger.must('AN-2', frame, 'a second message_start')
    return
  }
  if (run.start === undefined) run.ledger.must('AN-2', frame, `a ${type} before message_start`)
  if (type.startsWith('content_block_') && run.deltas.length > 0) {
    run.ledger.should('AN-11', frame, `a ${type} after message_delta`)
  }
}

function onEvent(run: Run, type: string, event: JsonObject, frame: number): void {
  if (type === 'message_start') onMessageStart(run, event, frame)
  else if (type === 'content_block_start') run.blocks.onStart(event, frame)
  else if (type === 'content_block_delta') run.blocks.onDelta(event, frame)
  else if (type === 'content_block_stop') run.blocks.onStop(event, frame)
  else if (type === 'message_delta') onMessageDelta(run, event, frame)
  else if (type === 'message_stop') run.terminal = { kind: 'success', frame }
  else if (type === 'error') {
    run.terminal = { kind: 'error', frame }
    run.error = isObject(event['error']) ? event['error'] : {}
  }
}

function onMessageStart(run: Run, event: JsonObject, frame: number): void {
  if (run.start !== undefined) return
  const message = isObject(event['message']) ? event['message'] : {}
  run.start = { message, frame }
  if (Array.isArray(message['content'])) run.blocks.begin(message['content'], frame)
  // AN-22: the id is there for something.
  if (message['id'] === '') run.ledger.should('AN-22', frame, 'the id of the message is empty')
  run.stopReason = stringOf(message['stop_reason'])
  judgeStopReason(run.stopReason, frame, run.ledger)
}

function onMessageDelta(run: Run, event: JsonObject, frame: number): void {
  const stopReason = isObject(event['delta']) ? stringOf(event['delta']['stop_reason']) : undefined
  judgeStopReason(stopReason, frame, run.ledger)
  run.deltas.push({ frame, stopReason })
  if (stopReason !== undefined) run.stopReason = stopReason
}

/** AN-12: there is a terminal; then the rules of the tail. */
function judgeEnding(run: Run, last: number): void {
  const { ledger, start, terminal } = run
  if (terminal === undefined) ledger.must('AN-12', last, 'the stream ends without a terminal')
  // Without a start AN-2 has spoken, and nothing more can be said of the message.
  if (start === undefined) return
  const tail: Tail = {
    message: start.message,
    startFrame: start.frame,
    streamed: run.blocks.streamed,
    all: run.blocks.all,
    deltas: run.deltas,
    stopReason: run.stopReason,
  }
  judgeMessage(tail, ledger)
  if (terminal?.kind === 'success') judgeSuccess(tail, terminal.frame, ledger)
}

function verdictOf(run: Run): Verdict {
  const blocks = run.blocks.all
  return {
    violations: run.ledger.violations,
    ending: run.terminal?.kind ?? 'none',
    newer: run.ledger.newer,
    content: {
      text: blocks.map((block) => block.text).join(''),
      thinking: blocks.map((block) => block.thinking).join(''),
      refusal: '',
      tools: toolsOf(blocks),
      errorMessage: stringOf(run.error['message']),
      errorType: stringOf(run.error['type']),
      stopReason: run.stopReason,
      blocks,
    },
  }
}

const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
