/** Small streams for the oracle's own tests, written out by hand and not by the project's encoder. */
import type { JsonObject } from './verdict.js'

/** Bytes of a string. */
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** One event frame: the name is the type unless another one (or none) is given. */
export function frame(event: JsonObject, name: string | undefined = String(event['type'])): string {
  return `event: ${name}\ndata: ${JSON.stringify(event)}\n\n`
}

/** A frame without an event line. */
export const unnamed = (data: string): string => `data: ${data}\n\n`

export const start = (message: JsonObject = {}): string =>
  frame({
    type: 'message_start',
    message: {
      id: 'msg_a',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 3, output_tokens: 1 },
      ...message,
    },
  })

export const open = (index: unknown, block: unknown): string =>
  frame({ type: 'content_block_start', index, content_block: block })

export const delta = (index: unknown, change: unknown): string =>
  frame({ type: 'content_block_delta', index, delta: change })

export const close = (index: unknown): string => frame({ type: 'content_block_stop', index })

export const messageDelta = (change: JsonObject, rest: JsonObject = {}): string =>
  frame({
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null, ...change },
    usage: { output_tokens: 9 },
    ...rest,
  })

export const reason = (stopReason: unknown): string => messageDelta({ stop_reason: stopReason })

export const stop = frame({ type: 'message_stop' })
export const ping = frame({ type: 'ping' })
export const failure = frame({ type: 'error', error: { type: 'api_error', message: 'it broke' } })

export const textBlock = { type: 'text', text: '' }
export const thinkingBlock = { type: 'thinking', thinking: '', signature: '' }
export const toolBlock = { type: 'tool_use', id: 'toolu_a', name: 'look', input: {} }

export const say = (text: string): JsonObject => ({ type: 'text_delta', text })
export const think = (thinking: string): JsonObject => ({ type: 'thinking_delta', thinking })
export const sign = (signature: string): JsonObject => ({ type: 'signature_delta', signature })
export const argue = (json: string): JsonObject => ({ type: 'input_json_delta', partial_json: json })

/** A whole text block. */
export const text = (index: number, words = 'hi'): string =>
  open(index, textBlock) + delta(index, say(words)) + close(index)

/** A whole tool block. */
export const tool = (index: number, json: string, block: JsonObject = {}): string =>
  open(index, { ...toolBlock, ...block }) + (json === '' ? '' : delta(index, argue(json))) + close(index)

/** The end of a message. */
export const ended = (stopReason = 'end_turn'): string => reason(stopReason) + stop

/** A whole message around some blocks. */
export const message = (blocks: string, stopReason = 'end_turn'): string => start() + blocks + ended(stopReason)
