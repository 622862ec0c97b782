/** GRAMMAR.md §2.1 and §2.2 as tables: required fields with their JSON types, and which delta fits which block. */
import {
  array,
  boolean,
  type Field,
  field,
  filled,
  integer,
  judgeFields,
  literal,
  nullable,
  object,
  optional,
  present,
  string,
} from './fields.js'
import type { JsonObject, Ledger } from './verdict.js'

/** §2.1. What a recording lacks (container, diagnostics, stop_details) is not asked for; unknown fields always pass. */
const EVENTS: ReadonlyMap<string, readonly Field[]> = new Map([
  [
    'message_start',
    [
      field('2.1', 'message', object),
      field('2.1', 'message.id', string),
      field('2.1', 'message.type', literal('message')),
      field('2.1', 'message.role', literal('assistant')),
      field('2.1', 'message.model', string),
      field('AN-3', 'message.content', array),
      field('2.1', 'message.stop_reason', nullable(string)),
      field('2.1', 'message.stop_sequence', nullable(string)),
      field('AN-3', 'message.usage', object),
      field('AN-3', 'message.usage.input_tokens', integer),
      field('2.1', 'message.usage.output_tokens', integer),
      field('2.1', 'message.usage.cache_creation_input_tokens', optional(nullable(integer))),
      field('2.1', 'message.usage.cache_read_input_tokens', optional(nullable(integer))),
    ],
  ],
  ['content_block_start', [field('2.1', 'index', integer), field('2.1', 'content_block', object)]],
  ['content_block_delta', [field('2.1', 'index', integer), field('2.1', 'delta', object)]],
  ['content_block_stop', [field('2.1', 'index', integer)]],
  [
    'message_delta',
    [
      field('AN-9', 'delta', object),
      field('2.1', 'delta.stop_reason', nullable(string)),
      field('2.1', 'delta.stop_sequence', nullable(string)),
      field('2.1', 'delta.container', optional(nullable(object))),
      field('2.1', 'delta.stop_details', optional(nullable(object))),
      field('AN-9', 'usage', object),
      field('AN-9', 'usage.output_tokens', integer),
      field('2.1', 'usage.input_tokens', optional(nullable(integer))),
      field('2.1', 'usage.cache_creation_input_tokens', optional(nullable(integer))),
      field('2.1', 'usage.cache_read_input_tokens', optional(nullable(integer))),
    ],
  ],
  ['message_stop', []],
  ['ping', []],
  [
    'error',
    [
      field('AN-19', 'error', object),
      field('AN-19', 'error.type', string),
      field('AN-19', 'error.message', string),
      field('AN-19', 'request_id', optional(nullable(string))),
    ],
  ],
])

const call = [field('AN-15', 'id', filled), field('AN-15', 'name', filled), field('AN-15', 'input', object)]
const result = [field('2.2', 'tool_use_id', string), field('2.2', 'content', present)]

interface BlockShape {
  readonly fields: readonly Field[]
  /** Fields that begin empty because their content comes in deltas. */
  readonly empty: readonly string[]
  readonly deltas: readonly string[]
}

const shape = (
  fields: readonly Field[],
  deltas: readonly string[] = [],
  empty: readonly string[] = [],
): BlockShape => ({ fields, deltas, empty })

/** §2.2. `signature` may be missing at the start of a thinking block (FINDINGS A5). */
const BLOCKS: ReadonlyMap<string, BlockShape> = new Map([
  [
    'text',
    shape(
      [field('2.2', 'text', string), field('2.2', 'citations', optional(nullable(array)))],
      ['text_delta', 'citations_delta'],
      ['text'],
    ),
  ],
  [
    'thinking',
    shape(
      [field('2.2', 'thinking', string), field('2.2', 'signature', optional(string))],
      ['thinking_delta', 'signature_delta'],
      ['thinking', 'signature'],
    ),
  ],
  ['redacted_thinking', shape([field('2.2', 'data', string)])],
  ['tool_use', shape(call, ['input_json_delta'])],
  ['server_tool_use', shape(call, ['input_json_delta'])],
  ['mcp_tool_use', shape([...call, field('2.2', 'server_name', string)], ['input_json_delta'])],
  ['mcp_tool_result', shape([...result, field('2.2', 'is_error', boolean)])],
  ['container_upload', shape([field('2.2', 'file_id', string)])],
  // Beta, and recorded in one form: nothing could stand in for a field that it lacks.
  ['fallback', shape([])],
  ['mcp_tool_listing', shape([field('2.2', 'mcp_server_name', string), field('2.2', 'tools', array)])],
  ['compaction', shape([field('2.2', 'content', nullable(string))], ['compaction_delta'])],
  ...[
    'web_search_tool_result',
    'web_fetch_tool_result',
    'code_execution_tool_result',
    'bash_code_execution_tool_result',
    'text_editor_code_execution_tool_result',
    'tool_search_tool_result',
    'advisor_tool_result',
  ].map((type): [string, BlockShape] => [type, shape(result)]),
])

const DELTAS: ReadonlyMap<string, readonly Field[]> = new Map([
  ['text_delta', [field('2.2', 'text', string)]],
  ['citations_delta', [field('2.2', 'citation', object)]],
  ['thinking_delta', [field('2.2', 'thinking', string)]],
  ['signature_delta', [field('2.2', 'signature', string)]],
  ['input_json_delta', [field('2.2', 'partial_json', string)]],
  [
    'compaction_delta',
    [field('2.2', 'content', nullable(string)), field('2.2', 'encrypted_content', optional(nullable(string)))],
  ],
])

/** The block types that carry a call, and whose arguments come in `input_json_delta`. */
export const CALL_TYPES: ReadonlySet<string> = new Set(['tool_use', 'server_tool_use', 'mcp_tool_use'])

export const isKnownEvent = (type: string): boolean => EVENTS.has(type)
export const isKnownBlock = (type: string): boolean => BLOCKS.has(type)
export const isKnownDelta = (type: string): boolean => DELTAS.has(type)

/** Whether a delta type may be sent to a block; what is newer than we are fits everywhere. */
export function deltaFits(block: string, delta: string): boolean {
  const known = BLOCKS.get(block)
  return known === undefined || !DELTAS.has(delta) || known.deltas.includes(delta)
}

export function judgeEventFields(type: string, event: JsonObject, frame: number, ledger: Ledger): void {
  judgeFields(EVENTS.get(type) ?? [], event, type, frame, ledger)
}

export function judgeBlockFields(type: string, block: JsonObject, frame: number, ledger: Ledger): void {
  judgeFields(BLOCKS.get(type)?.fields ?? [], block, `${type} block`, frame, ledger)
}

export function judgeDeltaFields(type: string, delta: JsonObject, frame: number, ledger: Ledger): void {
  judgeFields(DELTAS.get(type) ?? [], delta, type, frame, ledger)
}

/** Fields of a start that should have been empty and hold text: clients that reset on start lose it. */
export function contentOfStart(type: string, block: JsonObject): readonly string[] {
  const names = BLOCKS.get(type)?.empty ?? []
  return names.filter((name) => typeof block[name] === 'string' && block[name] !== '')
}
