import type { JsonObject, Unit } from './protocol.js'

// What a chunk of `/v1/chat/completions` says, read from GRAMMAR 4.1 alone, and from B08 and B12 where it is damaged.

/** What one event says, choice by choice. */
export function chatUnits(data: unknown): readonly Unit[] {
  const choices = isObject(data) ? data['choices'] : undefined
  return listOf(choices).flatMap((entry, position) => {
    const delta = entry['delta'] ?? entry['message']
    const index = entry['index'] ?? position
    return isObject(delta) ? inDelta(delta, JSON.stringify(index)) : []
  })
}

const texts = [
  ['text', 'content'],
  ['thinking', 'reasoning_content'],
  ['thinking', 'reasoning'],
  ['refusal', 'refusal'],
] as const

function inDelta(delta: JsonObject, choice: string): Unit[] {
  const said = texts.flatMap(([kind, field]) => textsIn(kind, delta[field], `${choice} ${field}`))
  const legacy = delta['function_call']
  const calls = [...listOf(delta['tool_calls']), ...(isObject(legacy) ? [{ function: legacy }] : [])]
  return [...said, ...calls.flatMap((call) => inCall(call, choice))]
}

/** A text, or the parts of one (B12). */
function textsIn(kind: Unit['kind'], value: unknown, place: string): Unit[] {
  if (typeof value === 'string') return [{ kind, value, place }]
  if (Array.isArray(value)) return value.flatMap((part) => textsIn(kind, part, place))
  if (!isObject(value)) return []
  const thinking = value['thinking'] ?? value['reasoning']
  return thinking === undefined
    ? textsIn(kind, value['text'] ?? value['value'] ?? value['content'], place)
    : textsIn('thinking', thinking, place)
}

function inCall(call: JsonObject, choice: string): Unit[] {
  const place = `${choice} call ${JSON.stringify(call['index'])}`
  const custom = isObject(call['custom'])
  // A call may be taken for one of the other type; that what it was given is there is what counts.
  const inner = custom ? call['custom'] : call['function']
  if (!isObject(inner)) return []
  const said = custom ? inner['input'] : inner['arguments']
  return [
    ...unit('name', inner['name'], place),
    ...unit('arguments', typeof said === 'object' && said !== null ? JSON.stringify(said) : said, place),
  ]
}

function unit(kind: Unit['kind'], value: unknown, place: string): Unit[] {
  return typeof value === 'string' && value !== '' ? [{ kind, value, place }] : []
}

/** What gateways send to keep a connection open. */
const passes = ['null', 'ping', ': keep-alive']

/** Errors of any shape, and what belongs to another protocol; `[DONE]` in any spelling, and what is no JSON. */
export function chatEndsContent(data: unknown): boolean {
  if (typeof data === 'string') return data.trim() !== '' && !passes.includes(data)
  if (!isObject(data)) return false
  const { error, detail, type } = data
  return Boolean(error) || detail !== undefined || type !== undefined || data['object'] === 'error'
}

function listOf(value: unknown): JsonObject[] {
  return isObject(value) ? [value] : Array.isArray(value) ? value.filter(isObject) : []
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
