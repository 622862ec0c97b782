import { isJsonObject, type JsonObject } from '../defects/protocol.js'

/**
 * The chunks of a whole completion: for each choice what it says, then how it finished; then the usage (D-65).
 *
 * @param apart the usage was asked for, and comes in a chunk of its own.
 */
export function chunksOf(completion: JsonObject, apart: boolean): JsonObject[] {
  const { choices, usage, object: _, ...rest } = completion
  const counted = isJsonObject(usage)
  const around = { ...rest, object: 'chat.completion.chunk' }
  const said: JsonObject[] = []
  const ended: JsonObject[] = []
  for (const choice of Array.isArray(choices) ? choices : []) {
    if (!isJsonObject(choice)) continue
    const { message, finish_reason: finish, logprobs, index, ...more } = choice
    const delta = isJsonObject(message) ? deltaOf(message) : {}
    const place = index === undefined ? {} : { index }
    const scores = logprobs === undefined ? {} : { logprobs }
    said.push({ ...around, choices: [{ ...place, delta, ...scores, finish_reason: null }] })
    ended.push({ ...around, choices: [{ ...place, ...more, delta: {}, finish_reason: finish ?? null }] })
  }
  const last = ended.at(-1)
  if (counted && !apart && last !== undefined) ended[ended.length - 1] = { ...last, usage }
  const chunks = [...said, ...ended]
  if (counted && (apart || last === undefined)) chunks.push({ ...around, choices: [], usage })
  return chunks
}

/** A message as one delta: its calls get the indices that only deltas have. */
function deltaOf({ role, tool_calls: calls, ...rest }: JsonObject): JsonObject {
  const listed = Array.isArray(calls)
    ? calls.map((call, index) => (isJsonObject(call) ? { index, ...call } : call))
    : calls
  const said = calls === undefined || calls === null ? {} : { tool_calls: listed }
  return { role, ...rest, ...said }
}
