/** Small `/v1/chat/completions` streams for the oracle's own tests, written out by hand and not by the project's encoder. */
import { bytesOf } from './streams.js'
import type { JsonObject } from './verdict.js'

export type Events = readonly JsonObject[]

export const bytes = (text: string): Uint8Array => bytesOf(text)

export const DONE = 'data: [DONE]\n\n'

/** The events as one body without its end. */
export const frames = (events: Events): string => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')

/** The events as one whole body. */
export const wire = (events: Events): string => frames(events) + DONE

/** A chunk around some choices. */
export const chunk = (choices: readonly unknown[], rest: JsonObject = {}): JsonObject => ({
  id: 'chatcmpl-a',
  object: 'chat.completion.chunk',
  created: 7,
  model: 'm',
  choices,
  ...rest,
})

/** A chunk with one delta. */
export const say = (delta: JsonObject, index = 0): JsonObject => chunk([{ index, delta, finish_reason: null }])

export const start = (index = 0): JsonObject => say({ role: 'assistant', content: '' }, index)
export const text = (content: string, index = 0): JsonObject => say({ content }, index)
export const finish = (reason: unknown = 'stop', index = 0): JsonObject =>
  chunk([{ index, delta: {}, finish_reason: reason }])

/** A chunk with entries of `tool_calls`. */
export const tools = (...entries: readonly unknown[]): JsonObject => say({ tool_calls: entries })

/** The first delta of a call. */
export const opening = (index: unknown, rest: JsonObject = {}): JsonObject => ({
  index,
  id: `call_${String(index)}`,
  type: 'function',
  function: { name: 'look', arguments: '' },
  ...rest,
})

/** A later delta of a call. */
export const more = (index: number, json: unknown, rest: JsonObject = {}): JsonObject => ({
  index,
  function: { arguments: json },
  ...rest,
})

/** A call in as many deltas as it has fragments. */
export const call = (index: number, ...fragments: readonly unknown[]): Events => [
  tools(opening(index)),
  ...fragments.map((fragment) => tools(more(index, fragment))),
]

/** A whole answer of one choice. */
export const answer = (...body: Events): Events => [start(), ...body, finish('stop')]
export const calling = (...body: Events): Events => [start(), ...body, finish('tool_calls')]

export const counts = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 }
export const usage: JsonObject = chunk([], { usage: counts })

/** Azure's chunks that are no part of an answer. */
const nameless: JsonObject = { id: '', object: '', created: 0, model: '' }
export const promptFilter: JsonObject = chunk([], { ...nameless, prompt_filter_results: [{ prompt_index: 0 }] })
export const filter = (rest: JsonObject = {}): JsonObject =>
  chunk([{ index: 0, finish_reason: null, content_filter_results: {}, content_filter_offsets: {}, ...rest }], nameless)

export const failure: JsonObject = {
  error: { message: 'it broke', type: 'server_error', param: null, code: null },
}

/** A stream that speaks, as OpenAI sends it: two roles, chunks without choices, no finish, an answer behind the usage. */
const silent: JsonObject = { id: 'chatcmpl-a', object: 'chat.completion.chunk', created: 7, model: 'm', usage: null }
export const spoken: Events = [
  start(),
  say({ role: 'assistant', content: null, audio: { id: 'audio_a', data: 'AAA' } }),
  silent,
  say({ audio: { transcript: 'hi' } }),
  usage,
  chunk([{ index: 0, delta: { audio: { expires_at: 9 } } }]),
]
export const withoutChoices = silent

/** The event with fields changed, by dotted path; undefined takes a field away. */
export const put = (event: JsonObject, fields: JsonObject): JsonObject =>
  Object.entries(fields).reduce((changed, [path, value]) => withValue(changed, path.split('.'), value), event)

/** The stream with fields of one of its events changed. */
export const changed = (events: Events, at: number, fields: JsonObject): Events =>
  events.map((event, place) => (place === at ? put(event, fields) : event))

function withValue(value: JsonObject, [key = '', ...rest]: readonly string[], next: unknown): JsonObject {
  if (Array.isArray(value)) {
    return value.map((entry, at) => (String(at) === key ? below(entry, rest, next) : entry)) as never
  }
  return { ...value, [key]: below(value[key], rest, next) }
}

const below = (value: unknown, rest: readonly string[], next: unknown): unknown =>
  rest.length === 0 ? next : withValue(value as JsonObject, rest, next)
