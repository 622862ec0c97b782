import { isJsonObject, type JsonObject } from '../../src/defects/protocol.js'
import { data, done, type Frames, framesOf } from '../messages/stream.js'

// Small `/v1/chat/completions` streams. An id that has to be drawn is `chatcmpl-1` too.

export { comment, data, done, type Frames, framesOf, textOf } from '../messages/stream.js'

const envelope = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 7, model: 'test-model' }

/** A chunk, with members replaced; undefined leaves one out. */
export const chunk = (choices: unknown, changes: JsonObject = {}): string => data({ ...envelope, choices, ...changes })

/** What a chunk says of one choice. */
export const choice = (delta: unknown, changes: JsonObject = {}): JsonObject => ({
  index: 0,
  delta,
  finish_reason: null,
  ...changes,
})

/** A chunk with one delta. */
export const delta = (fields: JsonObject, changes: JsonObject = {}): string => chunk([choice(fields, changes)])

/** The object in a frame. */
export function eventIn(text: string): JsonObject {
  const value: unknown = JSON.parse(text.slice(text.indexOf('data: ') + 'data: '.length))
  if (!isJsonObject(value)) throw new Error('no event')
  return value
}

/** A frame whose object has other members; undefined leaves one out. */
export const changed = (text: string, changes: JsonObject): string => data({ ...eventIn(text), ...changes })

/** Frames that are all changed alike. */
export const allChanged = (frames: Frames, changes: JsonObject): string[] =>
  framesOf(frames).map((each) => changed(each, changes))

// Text

export const role = (index = 0): string => delta({ role: 'assistant', content: '' }, { index })
export const text = (content: unknown, index = 0): string => delta({ content }, { index })

/** A choice that has begun to speak. */
export const opening = (...contents: readonly string[]): Frames => [role(), contents.map((each) => text(each))]

/** The chunk that finishes a choice. */
export const finish = (reason: unknown = 'stop', index = 0): string => delta({}, { index, finish_reason: reason })

/** What ends an answer well. */
export const end = (reason: unknown = 'stop'): Frames => [finish(reason), done()]

/** An answer of some text, whole. */
export const answer = (...contents: readonly string[]): Frames => [opening(...contents), end()]

// Usage

export const counts = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 }
export const usage = (changes: JsonObject = {}): string => chunk([], { usage: counts, ...changes })

// Calls

/** A delta with entries of calls. */
export const calls = (entries: readonly unknown[], changes: JsonObject = {}): string =>
  delta({ tool_calls: entries }, changes)

/** The first entry of a call; its id follows from its index. Members are replaced, undefined leaves one out. */
export const first = (index: number, args: unknown = '', changes: JsonObject = {}): JsonObject => ({
  index,
  id: `call_${index}`,
  type: 'function',
  function: { name: 'look', arguments: args },
  ...changes,
})

/** A later entry of a call. */
export const more = (index: unknown, args: unknown): JsonObject => ({ index, function: { arguments: args } })

/** The first delta of a call. */
export const callStart = (index = 0, args: unknown = '', changes: JsonObject = {}): string =>
  calls([first(index, args, changes)])
/** A later one. */
export const args = (json: unknown, index: unknown = 0): string => calls([more(index, json)])

/** A call whose arguments come in fragments. */
export const call = (index: number, ...fragments: readonly string[]): Frames => [
  callStart(index),
  fragments.map((fragment) => args(fragment, index)),
]

/** An answer that calls, whole. */
export const calling = (...frames: readonly Frames[]): Frames => [role(), frames, end('tool_calls')]

/** A call of a custom tool. */
export const custom = (index: number, ...fragments: readonly string[]): Frames => [
  calls([{ index, id: `call_${index}`, type: 'custom', custom: { name: 'run', input: '' } }]),
  fragments.map((input) => calls([{ index, custom: { input } }])),
]

// Bodies

/** A whole completion, as it answers a request that asks for no stream. */
export const completion = (choices: readonly unknown[], changes: JsonObject = {}): JsonObject => ({
  ...envelope,
  object: 'chat.completion',
  choices,
  usage: counts,
  ...changes,
})

// Errors

/** An error frame as it must be. */
export const error = (
  message = 'Down',
  type: unknown = 'server_error',
  code: unknown = null,
  param: unknown = null,
): string => data({ error: { message, type, param, code } })

/** The frames in which an error must come out. */
export const failed = (...members: Parameters<typeof error>): Frames => [error(...members), done()]

/** The one sentence of each cause for which an error of ours ends the stream (D-6). */
export const sentences = {
  truncated: 'The upstream stream ended before the completion was whole.',
  dropped: 'Part of the upstream completion could not be delivered, so it is not whole.',
  empty: 'Provider returned an empty stream.',
  'not-a-stream': 'The upstream answered with something that is not an event stream.',
  'other-protocol': 'The upstream speaks another protocol than OpenAI Chat Completions on this route.',
  malformed: 'The upstream sent a frame that could not be read.',
  timeout: 'The upstream stream timed out before the completion was whole.',
  limit: 'The upstream stream exceeded a configured limit.',
}

/** The two frames of an error of ours. */
export const failure = (cause: keyof typeof sentences): Frames =>
  failed(sentences[cause], cause === 'timeout' ? 'timeout_error' : 'server_error')
