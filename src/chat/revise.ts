import { isJsonObject, type JsonObject } from '../defects/protocol.js'

// Chunks that said what the next one shows to be otherwise.

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
