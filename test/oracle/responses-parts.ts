/** The rules about content parts and summary parts: RE-6, RE-7, RE-11, RE-12, RE-13 and D-1. */
import type { PartStep } from './responses-events.js'
import { isKnownPart, judgeAnnotation, judgePart } from './responses-shapes.js'
import { isObject, type JsonObject, type Ledger } from './verdict.js'

/** One part while it is being read. */
export interface Part {
  readonly type: string
  text: string
  textDone: boolean
  done: boolean
  readonly annotations: unknown[]
  readonly announced: boolean
  /** D-50: the beginning of its item lies before the stream, and what was said of it may as well. */
  readonly unseen: boolean
}

/** The item whose parts these are, keyed by whatever the stream calls an index. */
export interface PartHost {
  readonly type: string
  readonly started: boolean
  readonly unseen: boolean
  readonly content: Map<unknown, Part>
  readonly summary: Map<unknown, Part>
}

/** The parts an item may hold; parts that are newer than we are fit everywhere. */
const PARTS_OF: ReadonlyMap<string, readonly string[]> = new Map([
  ['message content', ['output_text', 'refusal']],
  ['reasoning content', ['reasoning_text']],
  ['reasoning summary', ['summary_text']],
])

/** Applies one event to a part of an item. */
export function onPart(
  host: PartHost,
  step: PartStep,
  type: string,
  event: JsonObject,
  frame: number,
  ledger: Ledger,
): void {
  const list = host[step.list]
  const index = event[step.list === 'summary' ? 'summary_index' : 'content_index']
  if (step.step === 'added') {
    list.set(index, announce(host, step, index, event['part'], frame, ledger))
    return
  }
  let part = list.get(index)
  if (part === undefined) {
    // RE-6: a part is announced before anything is said of it. For an item that was not announced, RE-4 has spoken.
    if (host.started) ledger.must('RE-6', frame, `a ${type} for a part that was never announced`)
    part = openPart(step.part ?? typeOf(event['part']), false, host.unseen)
    list.set(index, part)
  } else judgeOrder(part, step, type, frame, ledger)
  apply(part, step, event, frame, ledger)
}

function announce(
  host: PartHost,
  step: PartStep,
  index: unknown,
  announced: unknown,
  frame: number,
  ledger: Ledger,
): Part {
  const list = host[step.list]
  // D-50: nothing is filled in at an item whose start was not seen, its later parts included.
  const part = openPart(typeOf(announced), true, host.unseen)
  // A missing part has been reported as a field.
  if (isObject(announced)) judgePart(announced, 'an announcement', frame, ledger)
  if (host.started && Number.isInteger(index)) {
    if (list.has(index)) ledger.must('RE-6', frame, `the ${step.list} index ${index} is announced twice`)
    else if (index !== list.size) {
      ledger.must('RE-6', frame, `the part has ${step.list} index ${index}, its place is ${list.size}`)
    }
  }
  // Of an item that was not announced the type is a guess.
  const fitting = host.started ? PARTS_OF.get(`${host.type} ${step.list}`) : undefined
  if (fitting !== undefined && isKnownPart(part.type) && !fitting.includes(part.type)) {
    ledger.must('RE-7', frame, `a ${part.type} part in the ${step.list} of a ${host.type}`)
  }
  // D-1: clients that open the part empty lose this text, clients that append to it say it twice.
  if (!part.unseen && textOf(announced) !== '') ledger.must('D-1', frame, 'a part is announced with its text')
  return part
}

/** RE-12: nothing is said of a part that is done, and nothing is appended to a text that is done. */
function judgeOrder(part: Part, step: PartStep, type: string, frame: number, ledger: Ledger): void {
  const ended = part.done || (part.textDone && (step.step === 'delta' || step.step === 'text-done'))
  if (ended) ledger.must('RE-12', frame, `a ${type} for a part that is done`)
  if (step.part !== undefined && isKnownPart(part.type) && part.type !== step.part) {
    ledger.must('RE-7', frame, `a ${type} for a ${part.type} part`)
  }
}

function apply(part: Part, step: PartStep, event: JsonObject, frame: number, ledger: Ledger): void {
  if (step.step === 'delta') part.text += stringOf(event['delta'])
  else if (step.step === 'annotation') {
    const index = event['annotation_index']
    if (!part.unseen && typeof index === 'number' && index > part.annotations.length) {
      ledger.must('RE-6', frame, `the annotation_index ${index} leaves a gap`)
    }
    if (isObject(event['annotation'])) judgeAnnotation(event['annotation'], frame, ledger)
    part.annotations.push(event['annotation'])
  } else if (step.step === 'text-done') {
    part.textDone = true
    const said = event[step.text ?? '']
    if (!part.unseen && typeof said === 'string') judgeSaying(part.text, said, 'the done of a text', frame, ledger)
  } else {
    // RE-11: the text is done before its part is.
    if (!part.textDone && !part.unseen && isKnownPart(part.type)) {
      ledger.should('RE-11', frame, `a ${part.type} part is done before its text is`)
    }
    part.done = true
    if (!isObject(event['part'])) return
    judgePart(event['part'], 'a done', frame, ledger)
    if (!part.unseen) judgeSaying(part.text, textOf(event['part']), 'the done of a part', frame, ledger)
  }
}

/** What a `done` or a terminal says against the deltas: each may be all that some client looks at. */
export function judgeSaying(emitted: string, said: string, where: string, frame: number, ledger: Ledger): void {
  // RE-13 is a SHOULD that the project leaves alone, but an empty snapshot erases the answer (A01, RE-14).
  if (emitted !== '' && said === '') ledger.must('RE-13', frame, `${where} is empty, the deltas were not`)
  // D-1: clients that show the deltas lose what exists only here (A10, A15).
  if (emitted === '' && said !== '') ledger.must('D-1', frame, `${where} says what no delta said`)
}

/** The text of a part of any kind. */
export function textOf(part: unknown): string {
  if (!isObject(part)) return ''
  return stringOf(part['type'] === 'refusal' ? part['refusal'] : part['text'])
}

const openPart = (type: string, announced: boolean, unseen: boolean): Part => ({
  type,
  announced,
  text: '',
  textDone: false,
  done: false,
  annotations: [],
  unseen,
})

const typeOf = (part: unknown): string => (isObject(part) ? stringOf(part['type']) : '')
const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '')
