import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { concat, toBytes, toText } from '../sse/bytes.js'
import { frameText, inChunks } from '../sse/encode.js'

/** The texts of a delta, by the names that any of the protocols gives them. */
const content = /^(?:text|thinking|partial_json|content|refusal|reasoning\w*)$/

/** Cuts long deltas of a stream that was made of one JSON body. It is given whole frames of our own making. */
export type CutDeltas = (output: readonly Uint8Array[]) => Uint8Array[]

/**
 * Makes a cutter of deltas.
 *
 * @param size how many characters a delta has at most. No character of two code units is parted.
 */
export function cutDeltas(size: number): CutDeltas {
  /** How many events there are more than came: the numbers of those behind move on. */
  let more = 0
  const inText = new RegExp(`[^]{1,${Math.floor(size)}}(?:(?<=[\\uD800-\\uDBFF])[^])?`, 'g')
  const inFrame = (frame: string): string => {
    const [, name, data = 'null'] = /^(?:event: (.*)\n)?data: (\{.*)\n\n$/.exec(frame) ?? []
    const event: unknown = JSON.parse(data)
    if (!isJsonObject(event)) return frame
    const events = cut(event, (text) => text.match(inText) ?? [])
    const number = event['sequence_number']
    const numbered = typeof number === 'number'
    if (events.length === 1 && !(numbered && more > 0)) return frame
    const from = numbered ? number + more : 0
    more += events.length - 1
    return events
      .map((each, at) => frameText(name, JSON.stringify(numbered ? { ...each, sequence_number: from + at } : each)))
      .join('')
  }
  return (output) =>
    inChunks(
      toBytes(
        toText(concat(output))
          .split(/(?<=\n\n)/)
          .map(inFrame)
          .join(''),
      ),
    )
}

/** An event with the first piece of each of its texts, and then one event for each other piece. */
function cut(event: JsonObject, piecesOf: (text: string) => readonly string[]): JsonObject[] {
  const later: JsonObject[] = []
  const first = (text: unknown, continued: (piece: string) => JsonObject): unknown => {
    if (typeof text !== 'string' || text === '') return text
    const [head, ...rest] = piecesOf(text)
    later.push(...rest.map(continued))
    return head
  }
  const inDelta = (delta: JsonObject, continued: (delta: JsonObject) => JsonObject): JsonObject => {
    const inCall = (call: JsonObject): JsonObject => {
      const { index, function: named } = call
      if (!isJsonObject(named)) return call
      const args = first(named['arguments'], (piece) =>
        continued({ tool_calls: [{ index, function: { arguments: piece } }] }),
      )
      return { ...call, function: { ...named, arguments: args } }
    }
    const inField = ([key, value]: readonly [string, unknown]) => {
      if (key === 'tool_calls' && Array.isArray(value)) return [key, (value as JsonObject[]).map(inCall)]
      return [key, content.test(key) ? first(value, (piece) => continued({ [key]: piece })) : value]
    }
    return Object.fromEntries(Object.entries(delta).map(inField))
  }
  const { delta, choices } = event
  let head = event
  if (Array.isArray(choices)) {
    const inChoice = (choice: JsonObject): JsonObject => {
      const { index, delta } = choice
      const continued = (delta: JsonObject) => ({ ...event, choices: [{ index, delta, finish_reason: null }] })
      return isJsonObject(delta) ? { ...choice, delta: inDelta(delta, continued) } : choice
    }
    head = { ...event, choices: (choices as JsonObject[]).map(inChoice) }
  } else if (isJsonObject(delta)) {
    head = { ...event, delta: inDelta(delta, (piece) => ({ ...event, delta: { type: delta['type'], ...piece } })) }
  } else if (typeof delta === 'string') {
    // Probabilities are those of the whole text.
    const scores = Array.isArray(event['logprobs']) ? { logprobs: [] } : {}
    head = { ...event, delta: first(delta, (piece) => ({ ...event, ...scores, delta: piece })) }
  }
  return [head, ...later]
}
