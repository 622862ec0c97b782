import type { JsonObject, Unit } from './protocol.js'

// What an event of `/v1/responses` says, read from GRAMMAR 3.1 and 3.2 alone.

type Told = readonly [Unit['kind'], string]

/** The kind of content in each delta. */
const deltas: Readonly<Record<string, Unit['kind']>> = {
  'response.output_text.delta': 'text',
  'response.refusal.delta': 'refusal',
  'response.reasoning_text.delta': 'thinking',
  'response.reasoning_summary_text.delta': 'summary',
  'response.function_call_arguments.delta': 'arguments',
  'response.mcp_call_arguments.delta': 'arguments',
  'response.custom_tool_call_input.delta': 'input',
  'response.code_interpreter_call_code.delta': 'code',
}

/** The kind of content in each event that closes a stretch of deltas, and the field that holds it. */
const dones: Readonly<Record<string, Told>> = {
  'response.output_text.done': ['text', 'text'],
  'response.refusal.done': ['refusal', 'refusal'],
  'response.reasoning_text.done': ['thinking', 'text'],
  'response.reasoning_summary_text.done': ['summary', 'text'],
  'response.function_call_arguments.done': ['arguments', 'arguments'],
  'response.mcp_call_arguments.done': ['arguments', 'arguments'],
  'response.custom_tool_call_input.done': ['input', 'input'],
  'response.code_interpreter_call_code.done': ['code', 'code'],
}

/** The same in the parts of an item, by the type of the part. */
const parts: Readonly<Record<string, Told>> = {
  output_text: ['text', 'text'],
  refusal: ['refusal', 'refusal'],
  reasoning_text: ['thinking', 'text'],
  summary_text: ['summary', 'text'],
}

/** The same in items that have no parts. */
const items: Readonly<Record<string, Told>> = {
  function_call: ['arguments', 'arguments'],
  mcp_call: ['arguments', 'arguments'],
  custom_tool_call: ['input', 'input'],
  code_interpreter_call: ['code', 'code'],
}

/** How encrypted argument deltas begin (A21): they are no content, the `done` holds it. */
export const ciphertext = 'gAAAAAB'

/** What one event says that no other has to say: its delta, or the name that an item is announced with. */
export function responsesUnits(data: unknown): readonly Unit[] {
  if (!isObject(data)) return []
  const kind = deltas[String(data['type'])]
  const delta = unwrapped(data['delta'])
  if (kind !== undefined)
    return typeof delta === 'string' && !delta.startsWith(ciphertext) ? [{ kind, value: delta }] : []
  const item = data['item']
  if (data['type'] !== 'response.output_item.added' || !isObject(item)) return []
  const name = String(item['type']).endsWith('_call') ? item['name'] : undefined
  return typeof name === 'string' && name !== '' ? [{ kind: 'name', value: name }] : []
}

/** A22: the text that some gateways wrap in an object. */
function unwrapped(delta: unknown): unknown {
  return isObject(delta) ? (delta['text'] ?? delta['content'] ?? delta['value']) : delta
}

/** What `done` events and snapshots of a success say again. */
export function responsesCopies(data: unknown): readonly Unit[] {
  if (!isObject(data)) return []
  const { part, item, response } = data
  const type = String(data['type'])
  const own = unit(data, dones[type])
  if (type.endsWith('_part.done')) return inPart(part)
  if (type.startsWith('response.output_item.')) return inItem(item)
  if (!['response.completed', 'response.incomplete', 'response.done'].includes(type)) return own
  // A13: a snapshot that is not wrapped is one all the same.
  const output = isObject(response) ? response['output'] : data['output']
  return Array.isArray(output) ? output.flatMap(inItem) : own
}

function inItem(item: unknown): readonly Unit[] {
  if (!isObject(item)) return []
  const { content, summary } = item
  const inside = [summary, content].flatMap((list) => (Array.isArray(list) ? list.flatMap(inPart) : []))
  return [...unit(item, items[String(item['type'])]), ...inside]
}

function inPart(part: unknown): readonly Unit[] {
  return isObject(part) ? unit(part, parts[String(part['type'])]) : []
}

function unit(holder: JsonObject, told: Told | undefined): readonly Unit[] {
  if (told === undefined) return []
  const value = holder[told[1]]
  return typeof value === 'string' && value !== '' ? [{ kind: told[0], value }] : []
}

/** Terminals, errors of any shape, and whole bodies, which are expanded with endings of their own. */
export function responsesEndsContent(data: unknown): boolean {
  if (!isObject(data)) return false
  const terminal = /^(error|response\.(completed|incomplete|failed|done|cancelled))$/.test(String(data['type']))
  const body = ['response', 'error', 'chat.completion.chunk'].includes(String(data['object']))
  return terminal || body || 'error' in data || 'detail' in data
}

/** Where law 5 keeps the order: the item at its index, its summaries apart from its content. */
export function responsesPlace(data: unknown): unknown {
  if (!isObject(data)) return undefined
  return `${JSON.stringify(data['output_index'])}${'summary_index' in data ? ' summary' : ''}`
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
