/** The rules about tool calls: CH-7 to CH-10, D-63 and law 6. */
import { type Field, field, filled, judgeFields, object } from './fields.js'
import { readJson } from './json-prefix.js'
import { isObject, type JsonObject, type JudgedTool, type Ledger } from './verdict.js'

/** A tool call while it is being read. */
export interface Call {
  readonly index: unknown
  readonly id: unknown
  readonly type: unknown
  /** The name as the first delta has it, and as a later one that should not have had one. */
  name: string
  readonly fragments: string[]
}

const IDENTITY: readonly Field[] = [field('CH-8', 'id', filled), field('CH-8', 'type', filled)]
const FUNCTION: readonly Field[] = [field('CH-8', 'function', object), field('CH-8', 'function.name', filled)]
const CUSTOM: readonly Field[] = [field('CH-8', 'custom', object), field('CH-8', 'custom.name', filled)]

/** Under these a call may be cut short (DESIGN.md, validity set). */
const CUTTING_REASONS: ReadonlySet<string> = new Set(['length', 'content_filter'])

/** Reads the `tool_calls` of one delta. */
export function readCalls(entries: readonly unknown[], calls: Call[], frame: number, ledger: Ledger): void {
  for (const entry of entries) {
    if (!isObject(entry)) {
      ledger.must('CH-7', frame, 'tool call: must be an object')
      continue
    }
    const index = entry['index']
    const placed = Number.isInteger(index) && Number(index) >= 0
    if (!placed) ledger.must('CH-7', frame, 'tool call: index must be an integer from 0')
    const call = callOf(entry, placed, calls)
    if (call === undefined) {
      // What has no place at all has been reported.
      if (placed && index !== calls.length) {
        ledger.must('CH-7', frame, `a tool call has index ${index}, its place is ${calls.length}`)
      }
      calls.push(openCall(entry, frame, ledger))
    } else continueCall(call, entry, frame, ledger)
  }
}

/** The call that an entry goes on with. Without an index, one that names itself is new. */
function callOf(entry: JsonObject, placed: boolean, calls: readonly Call[]): Call | undefined {
  if (placed) return calls.find(({ index }) => index === entry['index'])
  const names = isFilled(entry['id']) || isFilled(bodyOf(entry)['name'])
  return names ? undefined : calls.at(-1)
}

/** CH-8: the first delta says everything about the call. */
function openCall(entry: JsonObject, frame: number, ledger: Ledger): Call {
  judgeFields(IDENTITY, entry, 'first delta of a tool call', frame, ledger)
  const type = entry['type']
  const newer = isFilled(type) && type !== 'function' && type !== 'custom'
  if (newer) ledger.passAsNewer(`tool ${type}`)
  else {
    judgeFields(type === 'custom' ? CUSTOM : FUNCTION, entry, 'first delta of a tool call', frame, ledger)
    const body = bodyOf(entry)
    if (bodyHolder(entry) !== undefined && body[argumentsName(entry)] === undefined) {
      ledger.must('CH-8', frame, `first delta of a tool call: ${argumentsName(entry)} must be a string`)
    }
  }
  const call: Call = {
    index: entry['index'],
    id: entry['id'],
    type,
    name: stringAt(bodyOf(entry), 'name'),
    fragments: [],
  }
  readArguments(call, entry, frame, ledger)
  return call
}

/** CH-9: later deltas carry arguments only. The same id and the same type again are tolerated. */
function continueCall(call: Call, entry: JsonObject, frame: number, ledger: Ledger): void {
  for (const name of ['id', 'type'] as const) {
    const said = entry[name]
    if (!Object.hasOwn(entry, name) || said === call[name]) {
      if (Object.hasOwn(entry, name) && !isFilled(said)) reportAgain(name, frame, ledger)
    } else if (name === 'id' && isFilled(said) && isFilled(call.id)) {
      // CH-7: clients join the arguments of both.
      ledger.must('CH-7', frame, 'two tool calls share one index')
    } else reportAgain(name, frame, ledger)
  }
  const body = bodyOf(entry)
  if (Object.hasOwn(body, 'name')) {
    // Whatever it says: agents add it to the first one, strict clients refuse null and "".
    reportAgain('name', frame, ledger)
    if (call.name === '') call.name = stringAt(body, 'name')
  }
  for (const holder of ['function', 'custom']) {
    if (Object.hasOwn(entry, holder) && !isObject(entry[holder])) {
      ledger.must('CH-10', frame, `later delta of a tool call: ${holder} must be an object, or nothing`)
    }
  }
  readArguments(call, entry, frame, ledger)
}

function reportAgain(name: string, frame: number, ledger: Ledger): void {
  ledger.must('CH-9', frame, `later delta of a tool call: ${name} must be nothing`)
}

/** CH-10: arguments are a string, always. */
function readArguments(call: Call, entry: JsonObject, frame: number, ledger: Ledger): void {
  const said = bodyOf(entry)[argumentsName(entry)]
  if (typeof said === 'string') call.fragments.push(said)
  else if (said !== undefined) ledger.must('CH-10', frame, `tool call: ${argumentsName(entry)} must be a string`)
}

/** What the arguments of a choice's calls owe under its finish reason. */
export function judgeArguments(calls: readonly Call[], reason: string, frame: number, ledger: Ledger): void {
  for (const call of calls) {
    // The input of a custom tool is free text; what a newer one is given is not ours to know.
    if (isFilled(call.type) && call.type !== 'function') continue
    judgeRepeats(call, frame, ledger)
    if (CUTTING_REASONS.has(reason)) continue
    const { kind } = readJson(call.fragments.join(''))
    // Law 6: malformed arguments are the model's content, cut ones are a truncation that the finish denies.
    if (kind === 'cut') ledger.must('law 6', frame, `the arguments of a tool call are cut short under ${reason}`)
    // D-63: a call without arguments has `{}`.
    else if (kind === 'empty') ledger.must('D-63', frame, 'a tool call has no arguments at all')
  }
}

/** CH-10, D-63: a `{}` before the real arguments, and the whole arguments sent again, both listed in the catalogue (B08). */
function judgeRepeats(call: Call, frame: number, ledger: Ledger): void {
  const spoken = call.fragments.filter((fragment) => fragment.trim() !== '')
  const [first = '', second = ''] = spoken
  if (first.trim() === '{}' && second.trimStart().startsWith('{')) {
    ledger.must('CH-10', frame, 'the arguments of a tool call begin with an empty object')
    return
  }
  let joined = ''
  for (const fragment of spoken) {
    if (fragment === joined && isWholeObject(fragment)) {
      ledger.must('CH-10', frame, 'the arguments of a tool call are sent twice')
      return
    }
    joined += fragment
  }
}

function isWholeObject(text: string): boolean {
  const { kind, object: braces } = readJson(text)
  return kind === 'whole' && braces
}

export const toolOf = (call: Call): JudgedTool => ({
  id: typeof call.id === 'string' ? call.id : '',
  name: call.name,
  arguments: call.fragments.join(''),
})

const bodyHolder = (entry: JsonObject): JsonObject | undefined =>
  [entry['function'], entry['custom']].find((body) => isObject(body))

const bodyOf = (entry: JsonObject): JsonObject => bodyHolder(entry) ?? {}

/** A custom tool has its free text under another name. */
const argumentsName = (entry: JsonObject): string =>
  !isObject(entry['function']) && isObject(entry['custom']) ? 'input' : 'arguments'

const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== ''

const stringAt = (value: JsonObject, name: string): string => {
  const found = value[name]
  return typeof found === 'string' ? found : ''
}
