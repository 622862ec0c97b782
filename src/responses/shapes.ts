import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { complete, type Finding, isString, kindOf, memberOf, type Shape } from '../defects/shape.js'
import { calls, channels, type PartKind } from './item-types.js'
import { completeUsage } from './usage.js'

const incomplete = 'responses/item-shape-incomplete'

/** An id that means something: neither missing nor empty. */
export function isId(value: unknown): value is string {
  return isString(value) && value !== ''
}

// Items

const itemShapes = new Map<string, Shape>([
  ['message', { role: '"assistant"', status: 'non-empty string', content: 'array' }],
  ['reasoning', { summary: 'array', content: 'array or nothing' }],
  ['function_call', { status: 'non-empty string' }],
  ['custom_tool_call', {}],
])

/**
 * Completes an item that is announced or done, its parts included (A08, A16).
 *
 * @param status what stands in for a missing status.
 */
export function completeItem(item: JsonObject, at: string, status: string, findings: Finding[]): JsonObject {
  const type = String(item['type'])
  let whole = complete(item, itemShapes.get(type) ?? {}, `${at}.`, findings, incomplete, { status })
  for (const list of ['content', 'summary'] as const) {
    const parts = whole[list]
    if (!Array.isArray(parts) || (type !== 'message' && type !== 'reasoning')) continue
    const fallback = type === 'message' ? 'output_text' : list === 'summary' ? 'summary_text' : 'reasoning_text'
    const completed = parts.map((part, at2) => completePart(part, fallback, `${at}.${list}[${at2}]`, findings))
    if (completed.some((part, index) => part !== parts[index])) whole = { ...whole, [list]: completed }
  }
  return whole
}

/** The type of an item that names none, from the members that tell it. */
export function inferItemType(item: JsonObject): string | undefined {
  if (isId(item['type'])) return item['type']
  if ('summary' in item) return 'reasoning'
  if ('arguments' in item || 'call_id' in item) return 'function_call'
  return 'role' in item || 'content' in item ? 'message' : undefined
}

/** An item of a type with nothing in it yet. */
export function emptyItem(type: string): JsonObject {
  if (type === 'message') return { type, status: 'in_progress', role: 'assistant', content: [] }
  if (type === 'reasoning') return { type, summary: [] }
  const call = calls.get(type)
  return call === undefined ? { type, status: 'in_progress' } : { type, status: 'in_progress', [call.field]: '' }
}

/** All that an item says in words. */
export function textOf(item: unknown): string {
  const parts = ['content', 'summary'].flatMap((list) => {
    const parts = memberOf(item, list)
    return Array.isArray(parts) ? (parts as unknown[]) : []
  })
  const texts = parts.map((part) => memberOf(part, 'text') ?? memberOf(part, 'refusal'))
  return [...texts, memberOf(item, 'arguments'), memberOf(item, 'input')].filter(isString).join('')
}

// Parts

const partShapes: Readonly<Record<PartKind, Shape>> = {
  output_text: { text: 'string', annotations: 'array' },
  refusal: { refusal: 'string' },
  reasoning_text: { text: 'string' },
  summary_text: { text: 'string' },
}

/** The kind of a part; undefined where it is newer than we are. */
export function partKindOf(part: unknown): PartKind | undefined {
  const type = isJsonObject(part) ? part['type'] : undefined
  return isString(type) && type in channels ? (type as PartKind) : undefined
}

/** Completes a part (A08, A16). What is no object is taken for an empty one of the fallback kind. */
export function completePart(part: unknown, fallback: PartKind, at: string, findings: Finding[]): JsonObject {
  if (!isJsonObject(part)) {
    findings.push({ code: incomplete, action: 'rewrote', path: at, wanted: 'object', found: kindOf(part) })
    return emptyPart(fallback)
  }
  const typed = complete(part, { type: 'non-empty string' }, `${at}.`, findings, incomplete, { type: fallback })
  const kind = partKindOf(typed)
  if (kind === undefined) return typed
  const { annotations: wanted, ...rest } = partShapes[kind]
  let whole = complete(typed, rest, `${at}.`, findings, incomplete)
  if (wanted === undefined) return whole
  whole = complete(whole, { annotations: wanted }, `${at}.`, findings, 'responses/annotations-missing')
  const annotations = whole['annotations'] as unknown[]
  if (!annotations.every(isJsonObject)) {
    const detail = { path: `${at}.annotations`, wanted: 'objects' }
    findings.push({ code: 'responses/annotations-missing', action: 'rewrote', ...detail })
    return completePart({ ...whole, annotations: annotations.filter(isJsonObject) }, fallback, at, findings)
  }
  const completed = annotations.map((annotation, index) =>
    completeAnnotation(annotation, `${at}.annotations[${index}]`, findings),
  )
  const same = completed.every((annotation, index) => annotation === annotations[index])
  return same ? whole : { ...whole, annotations: completed }
}

/** A part with nothing in it yet. */
export function emptyPart(kind: PartKind): JsonObject {
  if (kind === 'output_text') return { type: kind, text: '', annotations: [], logprobs: [] }
  return { type: kind, [channels[kind].field]: '' }
}

/** Completes an annotation: the AI SDK loses an answer over a citation without title and place (A16). */
export function completeAnnotation(annotation: unknown, at: string, findings: Finding[]): unknown {
  if (!isJsonObject(annotation) || annotation['type'] !== 'url_citation') return annotation
  const shape = { title: 'string', start_index: 'integer', end_index: 'integer' }
  const known = { title: isString(annotation['url']) ? annotation['url'] : '' }
  return complete(annotation, shape, `${at}.`, findings, 'responses/annotations-missing', known)
}

// Snapshots

/** Lifecycle events and the status that each says. */
export const statusOf: ReadonlyMap<string, string> = new Map([
  ['response.created', 'in_progress'],
  ['response.queued', 'queued'],
  ['response.in_progress', 'in_progress'],
  ['response.completed', 'completed'],
  ['response.incomplete', 'incomplete'],
  ['response.failed', 'failed'],
])

const lifecycle = 'responses/fields-missing-in-lifecycle'

/** Completes a snapshot but for its id, status and output (A06, A13). */
export function completeSnapshot(given: JsonObject, known: JsonObject, findings: Finding[]): JsonObject {
  let whole = given
  if (whole['object'] !== 'response') {
    const found = kindOf(whole['object'])
    findings.push({ code: lifecycle, action: 'rewrote', path: 'response.object', wanted: '"response"', found })
    whole = { ...whole, object: 'response' }
  }
  whole = complete(whole, { model: 'string' }, 'response.', findings, lifecycle, { model: known['model'] })
  const usage = completeUsage(whole['usage'], findings)
  if (usage !== whole['usage']) whole = { ...whole, usage }
  const at = whole['created_at']
  if (typeof at === 'number') return whole
  findings.push({
    code: lifecycle,
    action: 'rewrote',
    path: 'response.created_at',
    wanted: 'number',
    found: kindOf(at),
  })
  // biome-ignore lint/style/noRestrictedGlobals: it reads a text, not the clock.
  const seconds = isString(at) ? (/^\d+(?:\.\d+)?$/.test(at) ? Number(at) : Date.parse(at) / 1000) : Number.NaN
  whole = { ...whole, created_at: Number.isFinite(seconds) ? seconds : (known['created_at'] ?? 0) }
  return whole
}

/** A snapshot of our own making, before anything was said. */
export function emptySnapshot(id: string, model: string, createdAt: unknown): JsonObject {
  return {
    id,
    object: 'response',
    created_at: createdAt,
    status: 'in_progress',
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    model,
    output: [],
    parallel_tool_calls: true,
    temperature: null,
    tool_choice: 'auto',
    tools: [],
    top_p: null,
    usage: null,
  }
}
