import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { isString } from '../defects/shape.js'
import { finishOf } from './tail.js'

const otherReasoning = new Map([
  ['reasoning', 'reasoning_content'],
  ['reasoning_content', 'reasoning'],
])

/** Two entries of one choice in one chunk as one (B13). */
export function merged(first: JsonObject, second: JsonObject): JsonObject {
  const a = isJsonObject(first['delta']) ? first['delta'] : {}
  const b = isJsonObject(second['delta']) ? second['delta'] : {}
  const delta: Record<string, unknown> = { ...a }
  for (const [name, value] of Object.entries(b)) {
    const own = delta[name]
    const other = otherReasoning.get(name)
    const thought = other === undefined ? undefined : delta[other]
    if (other !== undefined && isString(value) && isString(thought) && thought !== '' && !own) {
      // B14: who finds a thought under both names reads it once; here they are two.
      if (thought === value) delta[name] = value
      else delta[other] = thought + value
    } else if (isString(own) && isString(value) && name !== 'role') delta[name] = own + value
    else if (Array.isArray(own) && Array.isArray(value)) delta[name] = [...own, ...value]
    else if (value !== null && value !== undefined) delta[name] = value
  }
  const { finish_reason: finish } = finishOf(second['finish_reason']) === undefined ? first : second
  const said = first['delta'] === undefined && second['delta'] === undefined ? {} : { delta }
  return { ...first, ...second, ...said, finish_reason: finish ?? null }
}
