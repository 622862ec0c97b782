import type { JsonObject } from '../../src/defects/protocol.js'

/** Frames, one string each, nested as they are put together. */
export type Frames = string | readonly Frames[]

/** The frames of a stream, one after the other. */
export function framesOf(...parts: readonly Frames[]): string[] {
  return parts.flatMap((part) => (typeof part === 'string' ? [part] : framesOf(...part)))
}

/** The text of a stream. */
export function textOf(...parts: readonly Frames[]): string {
  return framesOf(...parts).join('')
}

/** An event as Anthropic frames it. Without a `type` it has no event line. */
export function frame(event: JsonObject): string {
  const { type } = event
  return `${typeof type === 'string' ? `event: ${type}\n` : ''}${data(event)}`
}

/** A frame of data alone: JSON of a value, or text as it is. */
export function data(value: unknown): string {
  return `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`
}

export const ping = (): string => frame({ type: 'ping' })
export const comment = (): string => ': still here\n\n'
export const done = (): string => data('[DONE]')

/** `message_start`, with members of its message replaced; undefined leaves one out. */
export function start(changes: JsonObject = {}): string {
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'test-model',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 42, output_tokens: 1 },
    ...changes,
  }
  return frame({ type: 'message_start', message })
}

/** The `message_start` that is made where none came. */
export function madeStart(id = 'msg_1', model = 'unknown'): string {
  return start({ id, model, usage: { input_tokens: 0, output_tokens: 0 } })
}

export function blockStart(index: unknown, block: unknown): string {
  return frame({ type: 'content_block_start', index, content_block: block })
}

export function blockStop(index?: unknown): string {
  return frame({ type: 'content_block_stop', index })
}

export function delta(index: unknown, value: unknown): string {
  return frame({ type: 'content_block_delta', index, delta: value })
}

export const textStart = (index: unknown): string => blockStart(index, { type: 'text', text: '' })
export const thinkingStart = (index: unknown): string =>
  blockStart(index, { type: 'thinking', thinking: '', signature: '' })
export const textDelta = (index: unknown, text: unknown): string => delta(index, { type: 'text_delta', text })
export const thinkingDelta = (index: unknown, thinking: unknown): string =>
  delta(index, { type: 'thinking_delta', thinking })
export const signatureDelta = (index: unknown, signature = 'c2ln'): string =>
  delta(index, { type: 'signature_delta', signature })
export const inputDelta = (index: unknown, json: unknown): string =>
  delta(index, { type: 'input_json_delta', partial_json: json })
/** A delta of a type that is newer than we are. */
export const newerDelta = (index: unknown): string => delta(index, { type: 'later_delta', later: 'x' })

/** The start of a client tool whose id and name follow from its index; members may be replaced or left out. */
export function toolStart(index: number, changes: JsonObject = {}): string {
  return blockStart(index, { type: 'tool_use', id: `toolu_${index}`, name: 'look', input: {}, ...changes })
}

export function textBlock(index: number, ...texts: readonly string[]): Frames {
  return [textStart(index), texts.map((text) => textDelta(index, text)), blockStop(index)]
}

export function thinkingBlock(index: number, ...thoughts: readonly string[]): Frames {
  return [
    thinkingStart(index),
    thoughts.map((thought) => thinkingDelta(index, thought)),
    signatureDelta(index),
    blockStop(index),
  ]
}

export function toolBlock(index: number, ...fragments: readonly string[]): Frames {
  return [toolStart(index), fragments.map((fragment) => inputDelta(index, fragment)), blockStop(index)]
}

/** `message_delta`, with members of the event replaced; undefined leaves one out. */
export function messageDelta(reason: unknown, changes: JsonObject = {}): string {
  return frame({
    type: 'message_delta',
    delta: { stop_reason: reason, stop_sequence: null },
    usage: { output_tokens: 7 },
    ...changes,
  })
}

/** The `message_delta` that is made where none came. */
export const madeDelta = (reason: string): string => messageDelta(reason, { usage: { output_tokens: 0 } })
export const messageStop = (): string => frame({ type: 'message_stop' })

/** The two events that end a message well. */
export const end = (reason: unknown = 'end_turn'): Frames => [messageDelta(reason), messageStop()]

/** An error event as Anthropic sends it. */
export function error(message = 'Overloaded', type = 'overloaded_error'): string {
  return frame({ type: 'error', error: { type, message } })
}

/** The one sentence of each cause for which an error of ours ends the stream (D-6). */
const sentences = {
  truncated: 'The upstream stream ended before the message was complete.',
  dropped: 'Part of the upstream message could not be delivered, so it is not complete.',
  empty: 'The upstream returned an empty stream.',
  'not-a-stream': 'The upstream answered with something that is not an event stream.',
  'other-protocol': 'The upstream speaks another protocol than Anthropic Messages on this route.',
  spliced: 'The upstream began a second message in the middle of the first.',
  malformed: 'The upstream sent a frame that could not be read.',
  timeout: 'The upstream stream timed out before the message was complete.',
  limit: 'The upstream stream exceeded a configured limit.',
}

/** The error event of ours. */
export function failure(cause: keyof typeof sentences): string {
  return error(sentences[cause], cause === 'timeout' ? 'timeout_error' : 'api_error')
}
