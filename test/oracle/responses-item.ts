/** One output item: what its deltas said, and the rules about what its done and the terminal say of it again. */
import { judgeSaying, type Part, textOf } from './responses-parts.js'
import { isKnownPart } from './responses-shapes.js'
import { isObject, type JsonObject, type JudgedBlock, type JudgedTool, type Ledger } from './verdict.js'

/** An item while it is being read. */
export interface Item {
  readonly type: string
  readonly id: string | undefined
  readonly start: JsonObject
  /** False for content that came without an announcement. */
  readonly started: boolean
  /** D-50: announced before the stream that was resumed begins. */
  readonly unseen: boolean
  readonly content: Map<unknown, Part>
  readonly summary: Map<unknown, Part>
  arguments: string
  /** The whole arguments of their own `done` event. */
  argumentsDone: string | undefined
  /** The item as its `output_item.done` has it. */
  final: JsonObject | undefined
  readonly deltas: unknown[]
  /** Reasoning under the name of Open Responses, which comes without parts. */
  loose: string
  closed: boolean
}

/** The field that holds the arguments of a call. */
export const ARGUMENTS_OF: ReadonlyMap<string, string> = new Map([
  ['function_call', 'arguments'],
  ['custom_tool_call', 'input'],
  ['mcp_call', 'arguments'],
])

/** The calls that the client runs: RE-8 holds for them. */
const CLIENT_CALLS: ReadonlySet<string> = new Set(['function_call', 'custom_tool_call'])

/** RE-7, RE-8: a done or a terminal speaks of the item that was announced. */
export function judgeSame(item: Item, later: JsonObject, where: string, frame: number, ledger: Ledger): void {
  const names = CLIENT_CALLS.has(item.type) ? ['id', 'type', 'call_id', 'name'] : ['id', 'type']
  for (const name of names) {
    const rule = name === 'id' || name === 'type' ? 'RE-7' : 'RE-8'
    // What is missing on either side has been reported as a field.
    if (!isFilled(later[name]) || !isFilled(item.start[name])) continue
    if (later[name] !== item.start[name]) ledger.must(rule, frame, `the ${name} of a ${item.type} changes in ${where}`)
  }
}

/** What a snapshot of an item says against its deltas (RE-13, D-1). */
export function judgeStatement(item: Item, later: JsonObject, where: string, frame: number, ledger: Ledger): void {
  if (ARGUMENTS_OF.has(item.type)) {
    judgeArguments(item, stringAt(later, ARGUMENTS_OF.get(item.type) ?? ''), where, frame, ledger)
  }
  if (item.type !== 'message' && item.type !== 'reasoning') return
  for (const name of ['content', 'summary'] as const) {
    const said: readonly unknown[] = Array.isArray(later[name]) ? later[name] : []
    for (let index = 0; index < Math.max(said.length, item[name].size); index++) {
      // A part that is newer than we are has no rules.
      if (isNewer(said[index])) continue
      judgeSaying(item[name].get(index)?.text ?? '', textOf(said[index]), where, frame, ledger)
    }
  }
}

function isNewer(part: unknown): boolean {
  const type = isObject(part) ? part['type'] : undefined
  return typeof type === 'string' && type !== '' && !isKnownPart(type)
}

/** What a done or a terminal says of arguments against their fragments. */
export function judgeArguments(item: Item, said: string, where: string, frame: number, ledger: Ledger): void {
  // The arguments of a hosted call are for show: what only its done says is lost to nobody.
  if (item.type === 'mcp_call' && item.arguments === '') return
  judgeSaying(item.arguments, said, where, frame, ledger)
}

/** RE-11: parts and arguments are done before their item is. */
export function judgeEnded(item: Item, frame: number, ledger: Ledger): void {
  for (const part of [...item.content.values(), ...item.summary.values()]) {
    // What was never announced has been reported where it came (RE-6); what is newer than we are has no rules.
    if (part.announced && !part.done && isKnownPart(part.type))
      ledger.should('RE-11', frame, `a ${item.type} is done before its part is`)
  }
  if (item.type === 'function_call' && item.argumentsDone === undefined) {
    ledger.should('RE-11', frame, 'a function_call is done before its arguments are')
  }
}

/** An item as the verdict shows it. */
export function blockOf(item: Item): JudgedBlock {
  const content = [...item.content.values()]
  const joined = (...types: string[]): string =>
    content
      .filter(({ type }) => types.includes(type))
      .map(({ text }) => text)
      .join('')
  return {
    type: item.type,
    start: item.start,
    started: item.started,
    text: joined('output_text'),
    thinking: joined('reasoning_text') + item.loose,
    summary: [...item.summary.values()].map(({ text }) => text).join(''),
    refusal: joined('refusal'),
    signature: '',
    arguments: item.arguments,
    citations: content.flatMap(({ annotations }) => annotations),
    deltas: item.deltas,
    closed: item.closed,
  }
}

/** The calls among the items. What a done says counts where no fragment came. */
export function toolsOf(items: readonly Item[]): JudgedTool[] {
  return items
    .filter(({ type }) => ARGUMENTS_OF.has(type))
    .map((item) => {
      const said = { ...item.final, ...item.start }
      const whole = item.argumentsDone ?? stringAt(item.final ?? {}, ARGUMENTS_OF.get(item.type) ?? '')
      return {
        id: stringAt(said, 'call_id') || stringAt(said, 'id'),
        name: stringAt(said, 'name'),
        arguments: item.arguments === '' ? whole : item.arguments,
      }
    })
}

/** An item whose announcement is `start`, or that is guessed from an event that names it. */
export function openItem(start: JsonObject, started: boolean, unseen: boolean): Item {
  return {
    type: stringAt(start, 'type'),
    id: isFilled(start['id']) ? start['id'] : undefined,
    start,
    started,
    unseen,
    content: new Map(),
    summary: new Map(),
    arguments: '',
    argumentsDone: undefined,
    final: undefined,
    deltas: [],
    loose: '',
    closed: false,
  }
}

export const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== ''

export const stringAt = (value: JsonObject, name: string): string => {
  const found = value[name]
  return typeof found === 'string' ? found : ''
}
