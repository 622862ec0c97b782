import { isJsonObject, type JsonObject } from '../defects/protocol.js'

/** The families of blocks that are treated alike. */
export type Family = 'text' | 'thinking' | 'tool' | 'other'

/** Tools whose call the client runs, so that `stop_reason` speaks of them (AN-13). */
export const clientTool = 'tool_use'

const families: Readonly<Record<string, Family>> = {
  text: 'text',
  thinking: 'thinking',
  tool_use: 'tool',
  server_tool_use: 'tool',
  mcp_tool_use: 'tool',
}

const knownBlocks = new Set([
  ...Object.keys(families),
  'redacted_thinking',
  'web_search_tool_result',
  'web_fetch_tool_result',
  'code_execution_tool_result',
  'bash_code_execution_tool_result',
  'text_editor_code_execution_tool_result',
  'tool_search_tool_result',
  'advisor_tool_result',
  'mcp_tool_result',
  'container_upload',
  'fallback',
  'mcp_tool_listing',
  'compaction',
])

/** The family of a block type. */
export function familyOf(type: string): Family {
  return Object.hasOwn(families, type) ? (families[type] ?? 'other') : 'other'
}

/** Whether a block type is one of today's; others pass as newer than we are (AN-18). */
export function isKnownBlock(type: string): boolean {
  return knownBlocks.has(type)
}

/** What a delta type needs: the field that carries it, and the block it belongs to. */
export interface DeltaShape {
  readonly field: string
  readonly block: string
  readonly family: Family
}

const deltaShapes: Readonly<Record<string, DeltaShape>> = {
  text_delta: { field: 'text', block: 'text', family: 'text' },
  citations_delta: { field: 'citation', block: 'text', family: 'text' },
  thinking_delta: { field: 'thinking', block: 'thinking', family: 'thinking' },
  signature_delta: { field: 'signature', block: 'thinking', family: 'thinking' },
  input_json_delta: { field: 'partial_json', block: 'tool_use', family: 'tool' },
  compaction_delta: { field: 'content', block: 'compaction', family: 'other' },
}

/** The shape of a delta type; undefined where it is newer than we are. */
export function deltaShape(type: string): DeltaShape | undefined {
  return Object.hasOwn(deltaShapes, type) ? deltaShapes[type] : undefined
}

/** The type of a delta that names none, from the one field that tells it (42). */
export function inferDeltaType(delta: JsonObject): string | undefined {
  const fits = Object.entries(deltaShapes).filter(([type, { field }]) => {
    return type !== 'compaction_delta' && delta[field] !== undefined && delta[field] !== null
  })
  return fits.length === 1 ? fits[0]?.[0] : undefined
}

/** The empty block of a type that a delta without a start implies (1). A tool cannot be made: it would need a name. */
export function emptyBlock(type: string): JsonObject {
  if (type === 'text') return { type, text: '' }
  if (type === 'thinking') return { type, thinking: '', signature: '' }
  return { type, content: null }
}

/** What was changed in an object, and why. */
export interface Change {
  readonly code:
    | 'messages/required-field-omitted'
    | 'messages/usage-missing'
    | 'messages/usage-zero-or-late'
    | 'messages/message-delta-malformed'
  readonly path: string
  readonly wanted: string
  readonly found: string
}

/** The kind of a value, as reports name it. Never the value. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value
}

/** Fills one field where it does not hold what it must, and notes that. */
export function filled(
  object: JsonObject,
  field: string,
  wanted: string,
  fits: (value: unknown) => boolean,
  fallback: unknown,
  code: Change['code'],
  at: string,
  changes: Change[],
): JsonObject {
  const value = object[field]
  if (fits(value)) return object
  changes.push({ code, path: `${at}${field}`, wanted, found: kindOf(value) })
  return { ...object, [field]: fallback }
}

export const isString = (value: unknown): value is string => typeof value === 'string'
export const isStringOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string'
export const isCount = (value: unknown): value is number => Number.isInteger(value)
export const isCountOrNull = (value: unknown): boolean =>
  value === undefined || value === null || Number.isInteger(value)

/** OpenAI's names for what Anthropic counts (11). */
function anthropicNames(usage: JsonObject, changes: Change[], at: string): JsonObject {
  let named = usage
  for (const [openai, anthropic] of [
    ['prompt_tokens', 'input_tokens'],
    ['completion_tokens', 'output_tokens'],
  ] as const) {
    if (!isCount(usage[openai]) || isCount(usage[anthropic])) continue
    named = { ...named, [anthropic]: usage[openai] }
    changes.push({
      code: 'messages/usage-zero-or-late',
      path: `${at}${anthropic}`,
      wanted: 'integer',
      found: 'nothing',
    })
  }
  return named
}

function usageShape(value: unknown, input: 'needed' | 'optional', at: string, changes: Change[]): JsonObject {
  if (!isJsonObject(value)) {
    changes.push({ code: 'messages/usage-missing', path: at.slice(0, -1), wanted: 'object', found: kindOf(value) })
    return input === 'needed' ? { input_tokens: 0, output_tokens: 0 } : { output_tokens: 0 }
  }
  let usage = anthropicNames(value, changes, at)
  const fits = input === 'needed' ? isCount : isCountOrNull
  usage = filled(usage, 'input_tokens', 'integer', fits, 0, 'messages/usage-missing', at, changes)
  return filled(usage, 'output_tokens', 'integer', isCount, 0, 'messages/usage-missing', at, changes)
}

/** Completes the message of a `message_start` (AN-3, 13, 23). Its id and model come from the caller where they are missing. */
export function messageShape(message: JsonObject, id: () => string, model: string, changes: Change[]): JsonObject {
  const omitted = 'messages/required-field-omitted'
  const at = 'message.'
  const same = (wanted: string) => (value: unknown) => value === wanted
  let shaped = message
  if (!isString(shaped['id']) || shaped['id'] === '')
    shaped = filled(shaped, 'id', 'string', () => false, id(), omitted, at, changes)
  shaped = filled(shaped, 'type', '"message"', same('message'), 'message', omitted, at, changes)
  shaped = filled(shaped, 'role', '"assistant"', same('assistant'), 'assistant', omitted, at, changes)
  shaped = filled(shaped, 'model', 'string', isString, model, omitted, at, changes)
  shaped = filled(shaped, 'content', 'array', Array.isArray, [], omitted, at, changes)
  shaped = filled(shaped, 'stop_reason', 'string or null', isStringOrNull, null, omitted, at, changes)
  shaped = filled(shaped, 'stop_sequence', 'string or null', isStringOrNull, null, omitted, at, changes)
  const usage = usageShape(shaped['usage'], 'needed', 'message.usage.', changes)
  return usage === shaped['usage'] ? shaped : { ...shaped, usage }
}

/** Completes a `message_delta` (AN-9, 13, 23, 32). */
export function messageDeltaShape(event: JsonObject, changes: Change[]): JsonObject {
  let delta = event['delta']
  if (isJsonObject(delta)) {
    const omitted = 'messages/required-field-omitted'
    let shaped = filled(
      delta,
      'stop_reason',
      'string or null',
      isStringOrNull,
      null,
      'messages/message-delta-malformed',
      'delta.',
      changes,
    )
    shaped = filled(shaped, 'stop_sequence', 'string or null', isStringOrNull, null, omitted, 'delta.', changes)
    delta = shaped
  } else {
    changes.push({ code: 'messages/message-delta-malformed', path: 'delta', wanted: 'object', found: kindOf(delta) })
    delta = { stop_reason: null, stop_sequence: null }
  }
  const usage = usageShape(event['usage'], 'optional', 'usage.', changes)
  return delta === event['delta'] && usage === event['usage'] ? event : { ...event, delta, usage }
}

/** OpenAI's finish reasons in Anthropic's words (7). */
export const openaiReasons: Readonly<Record<string, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  function_call: 'tool_use',
  content_filter: 'refusal',
}

/** The reasons under which tool JSON may be cut short: the model was stopped, and says so. */
export const cuttingReasons: ReadonlySet<string> = new Set(['max_tokens', 'model_context_window_exceeded', 'refusal'])

/** Which of two reasons counts, the first first (D-26); `tool_use` ranks here only where the blocks say so. */
export const reasonRank: readonly string[] = [
  'refusal',
  'max_tokens',
  'model_context_window_exceeded',
  'pause_turn',
  'tool_use',
  'stop_sequence',
  'end_turn',
]
