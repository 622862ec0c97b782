import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { isString } from '../defects/shape.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import type { Choice } from './choices.js'
import { saysAnything } from './delta.js'
import type { ToolCall } from './tool-calls.js'

/** A chunk that waits for the next one, which tells what it meant: the only hold of whole frames. */
export interface Pending {
  readonly frame: EventFrame
  chunk: JsonObject
  /** Choices that it finishes beyond doubt. */
  readonly sure: readonly Choice[]
  /** Choices whose finish reason came with content, or before any: the next chunk may go on with them (B02). */
  readonly doubtful: readonly Choice[]
  /** Calls of which only `{}` has come (D-63). */
  readonly braced: readonly ToolCall[]
  /** What came behind it: comments, noise, and chunks that add nothing but a blank to such a call. */
  readonly behind: { readonly frame: Frame; readonly chunk?: JsonObject }[]
}

/** Whether a chunk says nothing but that the arguments of one call go on with a blank. */
export function isBlankDelta({ choices, usage }: JsonObject): boolean {
  const choice: unknown = Array.isArray(choices) && choices.length === 1 ? choices[0] : undefined
  const delta = isJsonObject(choice) ? choice['delta'] : undefined
  if (isJsonObject(usage) || !isJsonObject(delta)) return false
  const { tool_calls: calls, ...rest } = delta
  const call: unknown = Array.isArray(calls) && calls.length === 1 ? calls[0] : undefined
  if (!isJsonObject(call) || 'custom' in call || saysAnything(rest)) return false
  // No arguments at all are no more than a blank (B08).
  const args = isJsonObject(call['function']) ? call['function']['arguments'] : undefined
  return args === undefined || (isString(args) && args.trim() === '')
}

/** The chunk with another finish reason for one of its choices. */
export function withFinish(chunk: JsonObject, index: number, finish: string | null): JsonObject {
  return withChoice(chunk, index, (choice) => ({ ...choice, finish_reason: finish }))
}

/** The chunk with other arguments for one call of one choice. */
export function withArguments(chunk: JsonObject, index: number, call: number, args: string): JsonObject {
  return withChoice(chunk, index, (choice) => withCallArguments(choice, call, args))
}

/** An entry of `choices` with other arguments for one call. */
export function withCallArguments(choice: JsonObject, call: number, args: string): JsonObject {
  const delta = isJsonObject(choice['delta']) ? choice['delta'] : {}
  const calls = Array.isArray(delta['tool_calls']) ? delta['tool_calls'] : []
  const changed = calls.map((entry) => {
    if (!isJsonObject(entry) || entry['index'] !== call || !isJsonObject(entry['function'])) return entry
    return { ...entry, function: { ...entry['function'], arguments: args } }
  })
  return { ...choice, delta: { ...delta, tool_calls: changed } }
}

function withChoice(chunk: JsonObject, index: number, change: (choice: JsonObject) => JsonObject): JsonObject {
  const choices = Array.isArray(chunk['choices']) ? chunk['choices'] : []
  const changed = choices.map((choice) => (isJsonObject(choice) && choice['index'] === index ? change(choice) : choice))
  return { ...chunk, choices: changed }
}
