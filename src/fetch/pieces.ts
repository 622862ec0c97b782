import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { concat, toBytes, toText } from '../sse/bytes.js'
import { frameText } from '../sse/encode.js'

/** Where the text of a delta stands, by protocol: `content_block_delta`, `response.*.delta`, a chunk's choice. */
const textPaths: readonly (readonly (string | number)[])[] = [
  ['delta', 'text'],
  ['delta', 'thinking'],
  ['delta', 'partial_json'],
  ['delta'],
  ['choices', 0, 'delta', 'content'],
  ['choices', 0, 'delta', 'reasoning_content'],
  ['choices', 0, 'delta', 'reasoning'],
  ['choices', 0, 'delta', 'refusal'],
  ['choices', 0, 'delta', 'tool_calls', 0, 'function', 'arguments'],
]

/** Cuts long deltas of a stream that was made of one JSON body into pieces; the numbers of the events behind them move on. */
export class Pieces {
  readonly #size: number
  /** How many events there are more than came. */
  #more = 0

  constructor(size: number) {
    this.#size = Math.floor(size)
  }

  /** @param output whole frames of our own making: LF, one line of data each. */
  cut(output: readonly Uint8Array[]): Uint8Array[] {
    const frames = toText(concat(output)).split(/(?<=\n\n)/)
    return frames.length === 0 ? [] : [toBytes(frames.map((frame) => this.#frame(frame)).join(''))]
  }

  #frame(frame: string): string {
    const [, name, data = ''] = /^(?:event: (.*)\n)?data: (\{.*)\n\n$/.exec(frame) ?? []
    const event: unknown = data === '' ? undefined : JSON.parse(data)
    if (!isJsonObject(event)) return frame
    const pieces = this.#pieces(event)
    const number = event['sequence_number']
    if (pieces.length === 1 && (this.#more === 0 || typeof number !== 'number')) return frame
    const texts = pieces.map((piece, at) => {
      const numbered = typeof number === 'number' ? { ...piece, sequence_number: number + this.#more + at } : piece
      return frameText(name, JSON.stringify(numbered))
    })
    this.#more += pieces.length - 1
    return texts.join('')
  }

  #pieces(event: JsonObject): JsonObject[] {
    for (const path of textPaths) {
      const text = path.reduce<unknown>((value, key) => (value as JsonObject | undefined | null)?.[key], event)
      if (typeof text !== 'string' || text.length <= this.#size) continue
      return piecesOf(text, this.#size).map((piece, at) => withText(at === 0 ? event : continued(event), path, piece))
    }
    return [event]
  }
}

/** The pieces of a text; no character of two code units is parted. */
function piecesOf(text: string, size: number): string[] {
  const pieces: string[] = []
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + size, text.length)
    if (to < text.length && /[\uD800-\uDBFF]/.test(text[to - 1] ?? '')) to++
    pieces.push(text.slice(from, to))
    from = to
  }
  return pieces
}

/** What a later piece does not say again: the role of a choice, the name and id of a call, probabilities of the whole text. */
function continued(event: JsonObject): JsonObject {
  if (Array.isArray(event['logprobs'])) return { ...event, logprobs: [] }
  const [choice] = (event['choices'] ?? []) as JsonObject[]
  if (!isJsonObject(choice?.['delta'])) return event
  const { role: _, tool_calls: calls, ...delta } = choice['delta']
  const [call] = (calls ?? []) as JsonObject[]
  const inner = call === undefined ? {} : { tool_calls: [{ index: call['index'], function: { arguments: '' } }] }
  return { ...event, choices: [{ ...choice, delta: { ...delta, ...inner } }] }
}

function withText(value: unknown, [key, ...rest]: readonly (string | number)[], text: string): JsonObject {
  if (key === undefined) return text as unknown as JsonObject
  if (Array.isArray(value)) {
    return value.map((member, at) => (at === key ? withText(member, rest, text) : member)) as unknown as JsonObject
  }
  return { ...(value as JsonObject), [key]: withText((value as JsonObject)[key], rest, text) }
}
