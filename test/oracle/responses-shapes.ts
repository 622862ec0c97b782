/** GRAMMAR.md §3.2 as tables: what snapshots, items, parts, annotations and usage must hold. */
import {
  array,
  type Field,
  field,
  filled,
  integer,
  judgeFields,
  literal,
  nullable,
  number,
  object,
  optional,
  string,
} from './fields.js'
import { isObject, type JsonObject, type Ledger } from './verdict.js'

/** Other fields (tools, text, reasoning, …) are not asked for: xAI's recordings lack some, and no client needs them. */
const SNAPSHOT: readonly Field[] = [
  field('3.2', 'response', object),
  field('3.2', 'response.id', filled),
  field('3.2', 'response.object', literal('response')),
  field('3.2', 'response.created_at', number),
  field('3.2', 'response.model', string),
  field('3.2', 'response.output', array),
  field('3.2', 'response.status', string),
]

const USAGE: readonly Field[] = ['input_tokens', 'output_tokens', 'total_tokens'].map((name) =>
  field('3.2', name, integer),
)

const DETAILS: readonly (readonly [name: string, count: string])[] = [
  ['input_tokens_details', 'cached_tokens'],
  ['output_tokens_details', 'reasoning_tokens'],
]

const call = [field('RE-8', 'call_id', filled), field('RE-8', 'name', filled)]

/** Items of which a client needs more than id and type; the others are known by name only. */
const ITEMS: ReadonlyMap<string, readonly Field[]> = new Map([
  [
    'message',
    [field('3.2', 'status', filled), field('3.2', 'role', literal('assistant')), field('3.2', 'content', array)],
  ],
  ['reasoning', [field('3.2', 'summary', array), field('3.2', 'content', optional(nullable(array)))]],
  ['function_call', [...call, field('3.2', 'arguments', string), field('3.2', 'status', filled)]],
  // Its status is optional in the published types, and no client reads it.
  ['custom_tool_call', [...call, field('3.2', 'input', string)]],
  ...[
    'function_call_output',
    'custom_tool_call_output',
    'file_search_call',
    'web_search_call',
    'computer_call',
    'computer_call_output',
    'image_generation_call',
    'code_interpreter_call',
    'local_shell_call',
    'local_shell_call_output',
    'shell_call',
    'shell_call_output',
    'apply_patch_call',
    'apply_patch_call_output',
    'mcp_call',
    'mcp_list_tools',
    'mcp_approval_request',
    'mcp_approval_response',
    'tool_search_call',
    'tool_search_output',
    'compaction',
    'program',
    'program_output',
  ].map((type): [string, readonly Field[]] => [type, []]),
])

const PARTS: ReadonlyMap<string, readonly Field[]> = new Map([
  ['output_text', [field('3.2', 'text', string), field('3.2', 'annotations', array)]],
  ['refusal', [field('3.2', 'refusal', string)]],
  ['reasoning_text', [field('3.2', 'text', string)]],
  ['summary_text', [field('3.2', 'text', string)]],
])

const URL_CITATION: readonly Field[] = [
  field('3.2', 'title', string),
  field('3.2', 'start_index', integer),
  field('3.2', 'end_index', integer),
]

export const isKnownItem = (type: string): boolean => ITEMS.has(type)
export const isKnownPart = (type: string): boolean => PARTS.has(type)

/** The snapshot of a lifecycle event, its usage included. */
export function judgeSnapshot(type: string, event: JsonObject, frame: number, ledger: Ledger): void {
  judgeFields(SNAPSHOT, event, type, frame, ledger)
  const usage = isObject(event['response']) ? event['response']['usage'] : undefined
  if (usage !== undefined && usage !== null) judgeUsage(usage, frame, ledger)
}

/** Codex fails the whole turn over a usage that lacks one of the three counts, or a detail without its count. */
function judgeUsage(usage: unknown, frame: number, ledger: Ledger): void {
  if (!isObject(usage)) {
    ledger.must('3.2', frame, 'usage: must be an object, or null')
    return
  }
  judgeFields(USAGE, usage, 'usage', frame, ledger)
  for (const [name, count] of DETAILS) {
    // A06: no client but a schema reader misses them, yet the project always writes both.
    if (usage[name] === undefined || usage[name] === null) ledger.should('3.2', frame, `usage: ${name} is missing`)
    else
      judgeFields(
        [field('3.2', name, object), field('3.2', `${name}.${count}`, integer)],
        usage,
        'usage',
        frame,
        ledger,
      )
  }
}

/**
 * An item in `added`, `done` or a terminal, with the parts it holds.
 *
 * @param unseen its start was not seen: what a call is named was told before the stream began (D-50).
 */
export function judgeItem(item: JsonObject, where: string, frame: number, ledger: Ledger, unseen = false): void {
  const type = item['type']
  judgeFields([field('3.2', 'type', filled), field('RE-7', 'id', filled)], item, where, frame, ledger)
  if (typeof type !== 'string' || type === '') return
  const fields = (ITEMS.get(type) ?? []).filter(({ rule }) => !(unseen && rule === 'RE-8'))
  judgeFields(fields, item, `${type} ${where}`, frame, ledger)
  if (!isKnownItem(type)) ledger.passAsNewer(`item ${type}`)
  if (type !== 'message' && type !== 'reasoning') return
  for (const name of ['content', 'summary']) {
    const parts = item[name]
    if (!Array.isArray(parts)) continue
    for (const part of parts) judgePart(part, `${type} ${where}`, frame, ledger)
  }
}

/** A part on its own or inside an item, with its annotations. */
export function judgePart(part: unknown, where: string, frame: number, ledger: Ledger): void {
  if (!isObject(part)) {
    ledger.must('3.2', frame, `${where}: a part must be an object`)
    return
  }
  const type = part['type']
  judgeFields([field('3.2', 'type', filled)], part, `part of ${where}`, frame, ledger)
  if (typeof type !== 'string' || type === '') return
  if (!isKnownPart(type)) ledger.passAsNewer(`part ${type}`)
  judgeFields(PARTS.get(type) ?? [], part, `${type} of ${where}`, frame, ledger)
  if (!Array.isArray(part['annotations'])) return
  for (const annotation of part['annotations']) judgeAnnotation(annotation, frame, ledger)
}

/** A16: the AI SDK refuses a citation without its title or its place; kinds other than links are free. */
export function judgeAnnotation(annotation: unknown, frame: number, ledger: Ledger): void {
  if (!isObject(annotation)) ledger.must('3.2', frame, 'an annotation must be an object')
  else if (annotation['type'] === 'url_citation') judgeFields(URL_CITATION, annotation, 'url_citation', frame, ledger)
}
