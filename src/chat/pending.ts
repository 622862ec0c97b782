import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import type { Choice } from './choices.js'
import type { ToolCall } from './tool-calls.js'

/** A chunk that waits for the next one, which tells what it meant: the only hold of whole frames. */
export interface Pending {
  readonly frame: EventFrame
  chunk: JsonObject
  /** Choices whose finish reason came with content, or before any: the next chunk may go on with them (B02). */
  readonly doubtful: readonly Choice[]
  /** Calls of which only `{}` has come (D-63). */
  readonly braced: readonly ToolCall[]
  /** What came behind it. */
  readonly behind: Frame[]
}

/** The chunk with another finish reason for one of its choices. */
export function withFinish(chunk: JsonObject, index: number, finish: string | null): JsonObject {
  return withChoice(chunk, index, (choice) => ({ ...choice, finish_reason: finish }))
}

/** The chunk with other arguments for one call of one choice. */
export function withArguments(chunk: JsonObject, index: number, call: number, args: string): JsonObject {
  return withChoice(chunk, index, (choice) => {
    const delta = isJsonObject(choice['delta']) ? choice['delta'] : {}
    const calls = Array.isArray(delta['tool_calls']) ? delta['tool_calls'] : []
    const changed = calls.map((entry) => {
      if (!isJsonObject(entry) || entry['index'] !== call || !isJsonObject(entry['function'])) return entry
      return { ...entry, function: { ...entry['function'], arguments: args } }
    })
    return { ...choice, delta: { ...delta, tool_calls: changed } }
  })
}

function withChoice(chunk: JsonObject, index: number, change: (choice: JsonObject) => JsonObject): JsonObject {
  const choices = Array.isArray(chunk['choices']) ? chunk['choices'] : []
  const changed = choices.map((choice) => (isJsonObject(choice) && choice['index'] === index ? change(choice) : choice))
  return { ...chunk, choices: changed }
}
