import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { complete, type Finding, isCount, isPresent, kindOf, type Shape } from '../defects/shape.js'

const omitted = 'messages/required-field-omitted'

// Blocks

/** The families of blocks that are treated alike. */
export type Family = 'text' | 'thinking' | 'tool' | 'other'

/** Tools whose call the client runs, so that `stop_reason` speaks of them (AN-13). */
export const clientTool = 'tool_use'

const result: Shape = { tool_use_id: 'string', content: 'array or object' }

const blockShapes = new Map<string, Shape>([
  ['text', { text: 'string', citations: 'array or nothing' }],
  // AN-16: a start without `signature` is what early recordings show.
  ['thinking', { thinking: 'string', signature: 'string or nothing' }],
  ['tool_use', { input: 'object' }],
  ['server_tool_use', { input: 'object' }],
  ['mcp_tool_use', { input: 'object', server_name: 'string' }],
  ['redacted_thinking', {}],
  ['container_upload', { file_id: 'string' }],
  ['fallback', {}],
  ['mcp_tool_listing', { mcp_server_name: 'string', tools: 'array' }],
  ['compaction', { content: 'string or null' }],
  ['mcp_tool_result', { ...result, is_error: 'boolean' }],
])

/** What the block of a type must hold; undefined where it is newer than we are. All results of hosted tools are alike. */
function blockShape(type: string): Shape | undefined {
  return blockShapes.get(type) ?? (type.endsWith('_tool_result') ? result : undefined)
}

/** The family of a block type. */
export function familyOf(type: string): Family {
  if (type === 'text' || type === 'thinking') return type
  return /^(?:server_|mcp_)?tool_use$/.test(type) ? 'tool' : 'other'
}

/** Whether a block type is one of today's; others pass as newer than we are (AN-18). */
export function isKnownBlock(type: string): boolean {
  return blockShape(type) !== undefined
}

/** Completes the block of a start, whose type may have had to be guessed. */
export function completeBlock(block: JsonObject, type: string, findings: Finding[]): JsonObject {
  return complete(block, { type: 'non-empty string', ...blockShape(type) }, 'content_block.', findings, omitted, {
    type,
  })
}

/** The empty block of a type that a delta without a start implies (1). A tool cannot be made: it would need a name. */
export function emptyBlock(type: string): JsonObject {
  if (type === 'text') return { type, text: '' }
  return type === 'thinking' ? { type, thinking: '', signature: '' } : { type, content: null }
}

// Deltas

/** What a delta type needs: the field that carries it, and the block it belongs to. */
export interface DeltaShape {
  readonly field: string
  readonly block: string
  readonly family: Family
}

const deltaShapes = new Map<string, DeltaShape>([
  ['text_delta', { field: 'text', block: 'text', family: 'text' }],
  ['citations_delta', { field: 'citation', block: 'text', family: 'text' }],
  ['thinking_delta', { field: 'thinking', block: 'thinking', family: 'thinking' }],
  ['signature_delta', { field: 'signature', block: 'thinking', family: 'thinking' }],
  ['input_json_delta', { field: 'partial_json', block: 'tool_use', family: 'tool' }],
  ['compaction_delta', { field: 'content', block: 'compaction', family: 'other' }],
])

/** The shape of a delta type; undefined where it is newer than we are. */
export function deltaShape(type: string): DeltaShape | undefined {
  return deltaShapes.get(type)
}

/** The type of a delta that names none, from the one field that tells it (42). */
export function inferDeltaType(delta: JsonObject): string | undefined {
  const fits = Array.from(deltaShapes).filter(
    ([type, { field }]) => type !== 'compaction_delta' && isPresent(delta[field]),
  )
  return fits.length === 1 ? fits[0]?.[0] : undefined
}

// The message and its end

const cached: Shape = {
  cache_creation_input_tokens: 'integer or nothing',
  cache_read_input_tokens: 'integer or nothing',
}
const usageOfMessage: Shape = { input_tokens: 'integer', output_tokens: 'integer', ...cached }
const usageOfDelta: Shape = { input_tokens: 'integer or nothing', output_tokens: 'integer', ...cached }

function completeUsage(value: unknown, shape: Shape, path: string, findings: Finding[]): JsonObject {
  const code = 'messages/usage-missing'
  if (!isJsonObject(value)) {
    findings.push({ code, action: 'rewrote', path, wanted: 'object', found: kindOf(value) })
    return complete({}, shape, path, [], code)
  }
  let usage = value
  // 11: OpenAI's names for what Anthropic counts.
  for (const [openai, anthropic] of [
    ['prompt_tokens', 'input_tokens'],
    ['completion_tokens', 'output_tokens'],
  ] as const) {
    if (!isCount(usage[openai]) || isCount(usage[anthropic])) continue
    usage = { ...usage, [anthropic]: usage[openai] }
    findings.push({ code: 'messages/usage-zero-or-late', action: 'rewrote', path: `${path}.${anthropic}` })
  }
  return complete(usage, shape, `${path}.`, findings, code)
}

/** Completes the message of a `message_start` (AN-3, 13, 23). Its id and model come from the caller where they are missing. */
export function completeMessage(message: JsonObject, known: JsonObject, findings: Finding[]): JsonObject {
  const shaped = complete(
    message,
    {
      id: 'non-empty string',
      type: '"message"',
      role: '"assistant"',
      model: 'string',
      content: 'array',
      stop_reason: 'non-empty string or null',
      stop_sequence: 'string or null',
    },
    'message.',
    findings,
    omitted,
    known,
  )
  const usage = completeUsage(message['usage'], usageOfMessage, 'message.usage', findings)
  return usage === message['usage'] ? shaped : { ...shaped, usage }
}

/** Completes a `message_delta` (AN-9, 13, 23, 32). */
export function completeMessageDelta(event: JsonObject, findings: Finding[]): JsonObject {
  const malformed = 'messages/message-delta-malformed'
  const given = complete(event, { delta: 'object' }, '', findings, malformed)['delta'] as JsonObject
  const ignored: Finding[] = given === event['delta'] ? findings : []
  const reasoned = complete(given, { stop_reason: 'non-empty string or null' }, 'delta.', ignored, malformed)
  const rest: Shape = {
    stop_sequence: 'string or null',
    container: 'object or nothing',
    stop_details: 'object or nothing',
  }
  const delta = complete(reasoned, rest, 'delta.', ignored, omitted)
  const usage = completeUsage(event['usage'], usageOfDelta, 'usage', findings)
  return delta === event['delta'] && usage === event['usage'] ? event : { ...event, delta, usage }
}

/** OpenAI's finish reasons in Anthropic's words (7). */
export const openaiReasons: ReadonlyMap<string, string> = new Map([
  ['stop', 'end_turn'],
  ['length', 'max_tokens'],
  ['tool_calls', 'tool_use'],
  ['function_call', 'tool_use'],
  ['content_filter', 'refusal'],
])

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
