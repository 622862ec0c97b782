import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { isString, kindOf } from '../defects/shape.js'
import type { Context } from './context.js'

const contentCode = 'chat/content-not-string'

/** Reads the content of a delta that is no string: parts of text and of thinking, or an object around a text (B12). */
export function completeContent(delta: JsonObject, context: Context, where: Where): JsonObject {
  return completeText(completeText(delta, 'content', context, where), 'refusal', context, where)
}

function completeText(delta: JsonObject, field: 'content' | 'refusal', context: Context, where: Where): JsonObject {
  const { [field]: given, ...rest } = delta
  if (given === undefined || given === null || isString(given)) return delta
  const path = `delta.${field}`
  context.rewrote(contentCode, where, path, given, 'string')
  const said = { text: '', thinking: '' }
  const parts = Array.isArray(given) ? given : [given]
  if (!parts.map((part) => read(part, said)).every(Boolean)) context.lose(contentCode, where, path)
  const thought = rest['reasoning_content']
  return {
    ...rest,
    ...(said.thinking !== '' && { reasoning_content: (isString(thought) ? thought : '') + said.thinking }),
    [field]: said.text,
  }
}

/** Adds what a part says; false where it says something that has no place in a delta. */
function read(part: unknown, said: { text: string; thinking: string }, depth = 0): boolean {
  if (isString(part)) said.text += part
  else if (typeof part === 'number' || typeof part === 'boolean') said.text += String(part)
  else if (isJsonObject(part)) {
    const { text, value, content, thinking, reasoning } = part
    const thought = thinking ?? reasoning
    if (thought !== undefined && thought !== null) return depth < 8 && readThinking(thought, said, depth + 1)
    const words = [text, value, content].find(isString)
    if (words === undefined) return Object.keys(part).every((key) => key === 'type')
    said.text += words
  } else return part === null
  return true
}

function readThinking(thought: unknown, said: { text: string; thinking: string }, depth: number): boolean {
  const inside = { text: '', thinking: '' }
  const whole = (Array.isArray(thought) ? thought : [thought]).map((part) => read(part, inside, depth)).every(Boolean)
  said.thinking += inside.text + inside.thinking
  return whole
}

/** Reasoning under the one name that the caller wants (B14). */
export function oneReasoning(delta: JsonObject, name: 'reasoning' | 'reasoning_content'): JsonObject {
  const other = name === 'reasoning' ? 'reasoning_content' : 'reasoning'
  if (!isString(delta[other])) return delta
  const { [other]: given, ...rest } = delta
  const own = rest[name]
  return { ...rest, [name]: isString(own) && own !== '' ? own : given }
}

/** The calls of a delta as a list, out of the forms in which gateways give them (B08). */
export function callsOf(delta: JsonObject, legacy: boolean, context: Context, where: Where): JsonObject {
  const { tool_calls: calls, function_call: call } = delta
  const code = 'chat/tool-args-shape'
  if (calls !== undefined && calls !== null && !Array.isArray(calls)) {
    if (isJsonObject(calls)) {
      context.rewrote(code, where, 'delta.tool_calls', calls, 'array')
      return callsOf({ ...delta, tool_calls: listed(calls) }, legacy, context, where)
    }
    context.lose(code, where, 'delta.tool_calls')
    const { tool_calls: _, ...rest } = delta
    return callsOf(rest, legacy, context, where)
  }
  if (!legacy || call === undefined || call === null) return delta
  const { function_call: _, ...rest } = delta
  const path = 'delta.function_call'
  if (!isJsonObject(call)) {
    if (call === '' || call === false) {
      context.reporter.defect(code, 'dropped', where, { path, wanted: 'object', found: kindOf(call) })
    } else context.lose(code, where, path)
    return rest
  }
  context.reporter.defect(code, 'rewrote', where, { path, wanted: 'tool_calls' })
  const begins = isString(call['name']) && call['name'] !== ''
  const entry = { index: 0, ...(begins && { type: 'function' }), function: call }
  return { ...rest, tool_calls: Array.isArray(calls) ? [...calls, entry] : [entry] }
}

/** One call, or several under their indices. */
function listed(calls: JsonObject): readonly unknown[] {
  if ('function' in calls || 'id' in calls || 'custom' in calls) return [calls]
  return Object.values(calls)
}

/** Whether a delta says anything of the answer. */
export function saysAnything(delta: JsonObject): boolean {
  for (const name in delta) {
    const value = delta[name]
    if (name === 'role' || value === null || value === undefined || value === '') continue
    if (!Array.isArray(value) || value.length > 0) return true
  }
  return false
}
