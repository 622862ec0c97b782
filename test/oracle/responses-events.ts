/** GRAMMAR.md §3.1 as a table: what each event must hold, and which items it may speak of. */
import { array, type Field, field, filled, integer, judgeFields, nullable, object, optional, string } from './fields.js'
import type { JsonObject, Ledger } from './verdict.js'

/** What an event does to one part of an item. */
export interface PartStep {
  readonly list: 'content' | 'summary'
  readonly step: 'added' | 'delta' | 'annotation' | 'text-done' | 'done'
  /** The type of the parts it fits, and the field that repeats the whole text. */
  readonly part?: string
  readonly text?: string
}

/** What an event does to the arguments of a call. */
interface ArgumentStep {
  readonly step: 'delta' | 'done'
  readonly text: string
}

/** What the grammar says of one event type. */
export interface EventShape {
  readonly fields: readonly Field[]
  /** The item types it may name; undefined for events that name no item. */
  readonly items: readonly string[] | undefined
  readonly part?: PartStep
  readonly arguments?: ArgumentStep
}

/** The routing letters of §3.1. */
const ROUTES: Readonly<Record<string, Field>> = {
  I: field('RE-7', 'item_id', filled),
  O: field('RE-5', 'output_index', integer),
  C: field('RE-6', 'content_index', integer),
  S: field('RE-6', 'summary_index', integer),
}

const delta = field('RE-26', 'delta', string)
const says = (name: string): Field => field('3.1', name, string)
const logprobs = field('3.1', 'logprobs', optional(nullable(array)))

/** Names no item: lifecycle events, whose snapshot has rules of its own, and audio. */
const bare = (type: string, ...fields: Field[]): [string, EventShape] => [
  `response.${type}`,
  { fields, items: undefined },
]

/** Names an item of one of the given types (separated by spaces). */
function about(items: string, type: string, routes: string, ...fields: Field[]): [string, EventShape] {
  const routing = [...routes].flatMap((letter) => ROUTES[letter] ?? [])
  return [`response.${type}`, { fields: [...routing, ...fields], items: items === '' ? [] : items.split(' ') }]
}

function onPart([type, shape]: [string, EventShape], part: PartStep): [string, EventShape] {
  return [type, { ...shape, part }]
}

/** The two or three events through which the text of a part comes. */
function texts(item: string, type: string, routes: string, part: string, text: string): [string, EventShape][] {
  const list = routes.includes('S') ? 'summary' : 'content'
  const extra = part === 'output_text' ? [logprobs] : []
  return [
    onPart(about(item, `${type}.delta`, routes, delta, ...extra), { list, step: 'delta', part }),
    onPart(about(item, `${type}.done`, routes, says(text), ...extra), { list, step: 'text-done', part, text }),
  ]
}

/** The arguments of a call, in fragments and whole. */
function fragments(item: string, type: string, text: string): [string, EventShape][] {
  const [deltaType, deltaShape] = about(item, `${type}.delta`, 'IO', delta)
  const [doneType, doneShape] = about(item, `${type}.done`, 'IO', says(text))
  return [
    [deltaType, { ...deltaShape, arguments: { step: 'delta', text } }],
    [doneType, { ...doneShape, arguments: { step: 'done', text } }],
  ]
}

/** Events that only say how far a hosted tool is. */
const phases = (item: string, ...names: string[]): [string, EventShape][] =>
  names.map((name) => about(item, `${item}.${name}`, 'IO'))

const command = field('3.1', 'command_index', integer)
const part = field('3.1', 'part', object)

const EVENTS: ReadonlyMap<string, EventShape> = new Map([
  bare('created'),
  bare('queued'),
  bare('in_progress'),
  bare('completed'),
  bare('incomplete'),
  bare('failed'),
  bare('audio.delta', delta),
  bare('audio.done'),
  bare('audio.transcript.delta', delta),
  bare('audio.transcript.done'),
  about('', 'output_item.added', 'O', field('3.1', 'item', object)),
  about('', 'output_item.done', 'O', field('3.1', 'item', object)),
  onPart(about('message reasoning', 'content_part.added', 'IOC', part), { list: 'content', step: 'added' }),
  onPart(about('message reasoning', 'content_part.done', 'IOC', part), { list: 'content', step: 'done' }),
  ...texts('message', 'output_text', 'IOC', 'output_text', 'text'),
  onPart(
    about(
      'message',
      'output_text.annotation.added',
      'IOC',
      field('RE-6', 'annotation_index', integer),
      field('3.1', 'annotation', nullable(object)),
    ),
    { list: 'content', step: 'annotation', part: 'output_text' },
  ),
  ...texts('message', 'refusal', 'IOC', 'refusal', 'refusal'),
  ...texts('reasoning', 'reasoning_text', 'IOC', 'reasoning_text', 'text'),
  onPart(about('reasoning', 'reasoning_summary_part.added', 'IOS', part), { list: 'summary', step: 'added' }),
  onPart(about('reasoning', 'reasoning_summary_part.done', 'IOS', part), { list: 'summary', step: 'done' }),
  ...texts('reasoning', 'reasoning_summary_text', 'IOS', 'summary_text', 'text'),
  ...fragments('function_call', 'function_call_arguments', 'arguments'),
  ...fragments('custom_tool_call', 'custom_tool_call_input', 'input'),
  ...fragments('mcp_call', 'mcp_call_arguments', 'arguments'),
  ...phases('mcp_call', 'in_progress', 'completed', 'failed'),
  ...phases('mcp_list_tools', 'in_progress', 'completed', 'failed'),
  ...phases('web_search_call', 'in_progress', 'searching', 'completed'),
  ...phases('file_search_call', 'in_progress', 'searching', 'completed'),
  ...phases('code_interpreter_call', 'in_progress', 'interpreting', 'completed'),
  about('code_interpreter_call', 'code_interpreter_call_code.delta', 'IO', delta),
  about('code_interpreter_call', 'code_interpreter_call_code.done', 'IO', says('code')),
  ...phases('image_generation_call', 'in_progress', 'generating', 'completed'),
  about(
    'image_generation_call',
    'image_generation_call.partial_image',
    'IO',
    says('partial_image_b64'),
    field('3.1', 'partial_image_index', integer),
  ),
  about('compaction', 'compaction.compacting', 'IO'),
  // FINDINGS A12: the commands of a shell call have no item_id.
  about('shell_call', 'shell_call_command.added', 'O', says('command'), command),
  about('shell_call', 'shell_call_command.delta', 'O', delta, command),
  about('shell_call', 'shell_call_command.done', 'O', says('command'), command),
  about('shell_call_output', 'shell_call_output_content.delta', 'IO', field('3.1', 'delta', object), command),
  about('shell_call_output', 'shell_call_output_content.done', 'IO', field('3.1', 'output', array), command),
])

/** Names that stand in no schema and that clients fail on (RE-30, A20). */
const ALIASES: ReadonlySet<string> = new Set(['response.done', 'response.cancelled'])

/** The shape of a known event. */
export const shapeOf = (type: string): EventShape | undefined => EVENTS.get(type)

/** Fields and routing of a known event. */
export function judgeEventFields(type: string, event: JsonObject, frame: number, ledger: Ledger): void {
  judgeFields(EVENTS.get(type)?.fields ?? [], event, type, frame, ledger)
}

/** RE-24, RE-25, RE-30, D-51: unknown `response.*` events may be newer than we are; others are not ours to send. */
export function judgeUnknownEvent(type: string, frame: number, ledger: Ledger): void {
  if (ALIASES.has(type)) ledger.must('RE-30', frame, `a ${type} is no terminal of this protocol`)
  else if (type.startsWith('response.')) ledger.passAsNewer(`event ${type}`)
  else if (type === 'ping') ledger.must('RE-25', frame, 'a ping is not of this protocol')
  else ledger.must('RE-24', frame, 'an event of no known family')
}
