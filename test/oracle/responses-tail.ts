/** The rules about the terminal: RE-13 to RE-17, D-45 and law 6. */
import { readJson } from './json-prefix.js'
import { ARGUMENTS_OF, type Item, judgeSame, judgeStatement, stringAt } from './responses-item.js'
import { judgeItem } from './responses-shapes.js'
import { isObject, type JsonObject, type Ledger } from './verdict.js'

/** What the rules of the ending look at. */
export interface Tail {
  readonly type: string
  readonly response: JsonObject
  readonly items: readonly Item[]
  /** D-50: the stream begins in the middle. */
  readonly midway: boolean
}

/** RE-16: the status of a terminal is its suffix. */
export function judgeStatus({ type, response }: Tail, frame: number, ledger: Ledger): void {
  const status = response['status']
  // A missing one has been reported as a field.
  if (typeof status === 'string' && `response.${status}` !== type) {
    ledger.must('RE-16', frame, `the status of a ${type} is ${status}`)
  }
}

/** What a success owes. */
export function judgeSuccess(tail: Tail, frame: number, ledger: Ledger): void {
  const output = tail.response['output']
  if (Array.isArray(output)) judgeOutput(tail, output, frame, ledger)
  if (tail.type === 'response.incomplete') judgeReason(tail.response, frame, ledger)
  else judgeWholeCalls(tail, Array.isArray(output) ? output : [], frame, ledger)
}

/** RE-14: every item in the order of output_index, with the ids that were announced. */
function judgeOutput(tail: Tail, output: readonly unknown[], frame: number, ledger: Ledger): void {
  const started = tail.items.filter((item) => item.started)
  // What was never announced has been reported where it was named (RE-4), and may stand here all the same.
  const orphans = tail.items.some((item) => !item.started)
  for (const [place, entry] of output.entries()) {
    if (!isObject(entry)) {
      ledger.must('3.2', frame, 'an item in the terminal must be an object')
      continue
    }
    // D-50: a resumed stream did not see the items before its own, so that places say nothing there.
    const item = itemOf(started, entry['id'], place) ?? (orphans || tail.midway ? undefined : started[place])
    judgeItem(entry, 'in the terminal', frame, ledger, tail.midway && item === undefined)
    if (item === undefined) {
      if (!orphans && !tail.midway) ledger.must('RE-14', frame, 'the terminal lists an item that was never announced')
      continue
    }
    judgeSame(item, entry, 'the terminal', frame, ledger)
    judgeStatement(item, entry, 'the terminal', frame, ledger)
  }
  judgeOrder(started, output, frame, ledger)
}

/** The item with that id; where two share one (RE-7), the one whose place it is. */
function itemOf(started: readonly Item[], id: unknown, place: number): Item | undefined {
  return started[place]?.id === id ? started[place] : started.find((item) => item.id === id)
}

function judgeOrder(started: readonly Item[], output: readonly unknown[], frame: number, ledger: Ledger): void {
  const ids = output.flatMap((entry) => (isObject(entry) ? [entry['id']] : []))
  if (started.length > output.length) {
    ledger.must('RE-14', frame, 'the terminal does not list every item')
    return
  }
  const listed = started.map(({ id }) => ids.indexOf(id)).filter((place) => place >= 0)
  if (listed.some((place, index) => index > 0 && place < (listed[index - 1] ?? 0))) {
    ledger.must('RE-14', frame, 'the terminal lists the items in another order')
  }
}

/** RE-17: an incomplete response says why. */
function judgeReason(response: JsonObject, frame: number, ledger: Ledger): void {
  const details = isObject(response['incomplete_details']) ? response['incomplete_details'] : {}
  if (stringAt(details, 'reason') === '') ledger.should('RE-17', frame, 'a response.incomplete gives no reason')
}

/**
 * Law 6, by the success table: no cut arguments in a completed response. Malformed ones are the model's content. Where the
 * upstream's snapshot says other than the fragments (RE-13), what it says counts, for that is what clients run.
 */
function judgeWholeCalls(tail: Tail, output: readonly unknown[], frame: number, ledger: Ledger): void {
  for (const item of tail.items) {
    if (item.type !== 'function_call' || item.unseen) continue
    const name = ARGUMENTS_OF.get(item.type) ?? ''
    const listed = output.find((entry) => isObject(entry) && entry['id'] === item.id)
    const said = [item.argumentsDone, item.final?.[name], isObject(listed) ? listed[name] : undefined]
      .filter((value) => typeof value === 'string')
      .filter((value) => value !== '')
    const statements = said.length === 0 ? [item.arguments] : said
    const kinds = statements.map((text) => readJson(text).kind)
    if (kinds.includes('cut')) ledger.must('law 6', frame, 'the arguments of a function_call are cut short')
    // D-45: a call without arguments has `{}`.
    else if (kinds.includes('empty')) ledger.must('D-45', frame, 'a function_call has no arguments at all')
  }
}
