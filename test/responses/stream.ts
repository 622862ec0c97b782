import { isJsonObject, type JsonObject } from '../../src/defects/protocol.js'
import { type Frames, frame, framesOf } from '../messages/stream.js'

// Small `/v1/responses` streams. Events have no sequence_number, so that an event which is put in changes no other one (D-42);
// `numbered` gives them to a whole stream.

export { comment, data, done, type Frames, frame, framesOf, textOf } from '../messages/stream.js'

/** An event of the protocol, named without its `response.`. */
export const event = (type: string, fields: JsonObject = {}): string => frame({ type: `response.${type}`, ...fields })

/** The event in a frame. */
export function eventIn(text: string): JsonObject {
  const value: unknown = JSON.parse(text.slice(text.indexOf('data: ') + 'data: '.length))
  if (!isJsonObject(value)) throw new Error('no event')
  return value
}

/** A frame whose event has other members; undefined leaves one out. */
export const changed = (text: string, changes: JsonObject): string => frame({ ...eventIn(text), ...changes })

/** The same without its `event:` line. */
export const unnamed = (text: string): string => text.replace(/^event: .*\n/, '')

/** The frames with the numbers from `first` on; a number that is there stays. */
export function numbered(frames: Frames, first = 0): string[] {
  return framesOf(frames).map((each, at) => {
    const { type, ...rest } = eventIn(each)
    return frame({ type, sequence_number: first + at, ...rest })
  })
}

// Snapshots

export const usage = {
  input_tokens: 3,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 5,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 8,
}

/** A snapshot with members replaced; undefined leaves one out. */
export function snapshot(status: string, changes: JsonObject = {}): JsonObject {
  const base = { id: 'resp_1', object: 'response', created_at: 7, status, error: null, incomplete_details: null }
  return { ...base, model: 'test-model', output: [], usage: null, ...changes }
}

export const created = (changes: JsonObject = {}): string =>
  event('created', { response: snapshot('in_progress', changes) })
export const inProgress = (changes: JsonObject = {}): string =>
  event('in_progress', { response: snapshot('in_progress', changes) })
export const queued = (): string => event('queued', { response: snapshot('queued') })

/** The two events that begin a response. */
export const begin = (): Frames => [created(), inProgress()]

/** The snapshot of a response that was never created by the upstream. */
export function madeSnapshot(id = 'resp_1', changes: JsonObject = {}): JsonObject {
  const settings = { instructions: null, metadata: {}, parallel_tool_calls: true, temperature: null, top_p: null }
  const made = { created_at: 0, model: '', tool_choice: 'auto', tools: [], ...settings }
  return snapshot('in_progress', { id, ...made, ...changes })
}

/** The two events that are made where a response was never begun. */
export function madeBegin(id = 'resp_1', changes: JsonObject = {}): Frames {
  const response = madeSnapshot(id, changes)
  return [event('created', { response }), event('in_progress', { response })]
}

export const completed = (output: readonly JsonObject[], changes: JsonObject = {}): string =>
  event('completed', { response: snapshot('completed', { output, usage, ...changes }) })

export function incomplete(output: readonly JsonObject[], changes: JsonObject = {}): string {
  const incomplete_details = { reason: 'max_output_tokens' }
  return event('incomplete', { response: snapshot('incomplete', { output, usage, incomplete_details, ...changes }) })
}

/** The terminal that is made for `[DONE]` (D-49). */
export const madeCompleted = (output: readonly JsonObject[]): string => completed(output, { usage: null })

// Items

/** Where an item stands, and what it is called there: by its kind and index, unless an id is given. */
export interface Slot {
  readonly output_index: number
  readonly item_id: string
}

export type At = number | Slot

const slotOf = (at: At, prefix: string): Slot =>
  typeof at === 'number' ? { output_index: at, item_id: `${prefix}_${at}` } : at
const indexOf = (at: At): { readonly output_index: number } => ({
  output_index: typeof at === 'number' ? at : at.output_index,
})

/** The slot of an item whose id had to be derived. */
export const madeAt = (output_index: number, prefix: string): Slot => ({
  output_index,
  item_id: `${prefix}_1_${output_index}`,
})

export const added = (at: At, item: unknown): string => event('output_item.added', { ...indexOf(at), item })
export const itemDone = (at: At, item: unknown): string => event('output_item.done', { ...indexOf(at), item })

// Messages

export const textPart = (text = ''): JsonObject => ({ type: 'output_text', text, annotations: [], logprobs: [] })
export const refusalPart = (refusal = ''): JsonObject => ({ type: 'refusal', refusal })

/** A message that is done, of one part for each text. */
export function messageItem(at: At, texts: readonly string[], changes: JsonObject = {}): JsonObject {
  const content = texts.map(textPart)
  const id = slotOf(at, 'msg').item_id
  return { id, type: 'message', status: 'completed', role: 'assistant', content, ...changes }
}

export const messageAdded = (at: At, changes: JsonObject = {}): string =>
  added(at, messageItem(at, [], { status: 'in_progress', ...changes }))
export const messageDone = (at: At, ...texts: readonly string[]): string => itemDone(at, messageItem(at, texts))

export const partAdded = (at: At, content_index: unknown = 0, part: unknown = textPart()): string =>
  event('content_part.added', { ...slotOf(at, 'msg'), content_index, part })
export const partDone = (at: At, text: string, content_index: unknown = 0): string =>
  event('content_part.done', { ...slotOf(at, 'msg'), content_index, part: textPart(text) })
export const textDelta = (at: At, delta: unknown, content_index: unknown = 0): string =>
  event('output_text.delta', { ...slotOf(at, 'msg'), content_index, delta, logprobs: [] })
export const textDone = (at: At, text: unknown, content_index: unknown = 0): string =>
  event('output_text.done', { ...slotOf(at, 'msg'), content_index, text, logprobs: [] })

/** A message of one part, open. */
export const openMessage = (at: At, ...texts: readonly string[]): Frames => [
  messageAdded(at),
  partAdded(at),
  texts.map((text) => textDelta(at, text)),
]

/** What ends a message of one part. */
export const closeMessage = (at: At, text: string): Frames => [
  textDone(at, text),
  partDone(at, text),
  messageDone(at, text),
]

/** A message of one part, whole. */
export const message = (at: At, ...texts: readonly string[]): Frames => [
  openMessage(at, ...texts),
  closeMessage(at, texts.join('')),
]

/** A message that refuses. */
export function refusal(at: At, words: string): Frames {
  const slot = { ...slotOf(at, 'msg'), content_index: 0 }
  return [
    messageAdded(at),
    partAdded(at, 0, refusalPart()),
    event('refusal.delta', { ...slot, delta: words }),
    event('refusal.done', { ...slot, refusal: words }),
    event('content_part.done', { ...slot, part: refusalPart(words) }),
    itemDone(at, refusalItem(at, words)),
  ]
}

export const refusalItem = (at: At, words: string): JsonObject => messageItem(at, [], { content: [refusalPart(words)] })

// Calls

/** A function call that is done. */
export function callItem(at: At, json: string, changes: JsonObject = {}): JsonObject {
  const { item_id, output_index } = slotOf(at, 'fc')
  const names = {
    id: item_id,
    type: 'function_call',
    status: 'completed',
    call_id: `call_${output_index}`,
    name: 'look',
  }
  return { ...names, arguments: json, ...changes }
}

export const callAdded = (at: At, changes: JsonObject = {}): string =>
  added(at, callItem(at, '', { status: 'in_progress', ...changes }))
export const argsDelta = (at: At, delta: unknown): string =>
  event('function_call_arguments.delta', { ...slotOf(at, 'fc'), delta })
export const argsDone = (at: At, json: unknown): string =>
  event('function_call_arguments.done', { ...slotOf(at, 'fc'), name: 'look', arguments: json })
export const callDone = (at: At, json: string): string => itemDone(at, callItem(at, json))

export const openCall = (at: At, ...fragments: readonly string[]): Frames => [
  callAdded(at),
  fragments.map((fragment) => argsDelta(at, fragment)),
]
export const closeCall = (at: At, json: string): Frames => [argsDone(at, json), callDone(at, json)]

/** A function call, whole. */
export const call = (at: At, ...fragments: readonly string[]): Frames => [
  openCall(at, ...fragments),
  closeCall(at, fragments.join('')),
]

/** A custom tool call that is done. */
export function customItem(at: At, input: string, changes: JsonObject = {}): JsonObject {
  const { item_id, output_index } = slotOf(at, 'ctc')
  const names = { id: item_id, type: 'custom_tool_call', call_id: `call_${output_index}`, name: 'run' }
  return { ...names, input, ...changes }
}

export function custom(at: At, input: string): Frames {
  const slot = slotOf(at, 'ctc')
  return [
    added(at, customItem(at, '')),
    event('custom_tool_call_input.delta', { ...slot, delta: input }),
    event('custom_tool_call_input.done', { ...slot, input }),
    itemDone(at, customItem(at, input)),
  ]
}

// Reasoning

const summaryPart = (text = ''): JsonObject => ({ type: 'summary_text', text })
const reasoningPart = (text = ''): JsonObject => ({ type: 'reasoning_text', text })

/** A reasoning item with summaries, or with raw text. */
export const reasoningItem = (at: At, summaries: readonly string[] = [], changes: JsonObject = {}): JsonObject => ({
  id: slotOf(at, 'rs').item_id,
  type: 'reasoning',
  summary: summaries.map(summaryPart),
  ...changes,
})

export const reasoningAdded = (at: At, changes: JsonObject = {}): string => added(at, reasoningItem(at, [], changes))
export const summaryAdded = (at: At, summary_index: unknown = 0): string =>
  event('reasoning_summary_part.added', { ...slotOf(at, 'rs'), summary_index, part: summaryPart() })
export const summaryDelta = (at: At, delta: unknown, summary_index: unknown = 0): string =>
  event('reasoning_summary_text.delta', { ...slotOf(at, 'rs'), summary_index, delta })
export const summaryDone = (at: At, text: string, summary_index: unknown = 0): Frames => [
  event('reasoning_summary_text.done', { ...slotOf(at, 'rs'), summary_index, text }),
  event('reasoning_summary_part.done', { ...slotOf(at, 'rs'), summary_index, part: summaryPart(text) }),
]

/** A reasoning item with one summary, whole. */
export const summary = (at: At, text: string): Frames => [
  reasoningAdded(at),
  summaryAdded(at),
  summaryDelta(at, text),
  summaryDone(at, text),
  itemDone(at, reasoningItem(at, [text])),
]

export const rawAdded = (at: At, part: unknown = reasoningPart()): string =>
  event('content_part.added', { ...slotOf(at, 'rs'), content_index: 0, part })
export const rawDelta = (at: At, delta: unknown): string =>
  event('reasoning_text.delta', { ...slotOf(at, 'rs'), content_index: 0, delta })
export const rawDone = (at: At, text: string): Frames => [
  event('reasoning_text.done', { ...slotOf(at, 'rs'), content_index: 0, text }),
  event('content_part.done', { ...slotOf(at, 'rs'), content_index: 0, part: reasoningPart(text) }),
]
export const rawItem = (at: At, text: string): JsonObject => reasoningItem(at, [], { content: [reasoningPart(text)] })

/** A reasoning item with raw text, whole. */
export const raw = (at: At, text: string): Frames => [
  reasoningAdded(at),
  rawAdded(at),
  rawDelta(at, text),
  rawDone(at, text),
  itemDone(at, rawItem(at, text)),
]

// Errors

/** The members of an error, nested as OpenAI sends it. */
export const nested = (message = 'Down', code: unknown = 'server_error', type = 'server_error'): string =>
  frame({ type: 'error', sequence_number: 0, error: { type, code, message, param: null } })

/** `response.failed`, the second of the unnumbered stream's two numbered events. */
export const failed = (message = 'Down', code: unknown = 'server_error', changes: JsonObject = {}): string =>
  event('failed', { sequence_number: 1, response: snapshot('failed', { error: { code, message }, ...changes }) })

/** The error event of ours, which has its members flat and nested. */
export function hybrid(
  message: string,
  code = 'server_error',
  type = 'server_error',
  param: string | null = null,
): string {
  const members = { code, message, param }
  return frame({ type: 'error', sequence_number: 0, ...members, error: { type, ...members } })
}

/** The pair of ours: what clients are told, and the code by which they decide whether to try again (D-48). */
export const failedPair = (message: string, code: string, type: string, failedCode = code): Frames => [
  hybrid(message, code, type),
  failed(message, failedCode),
]

/** The one sentence of each cause for which an error of ours ends the stream (D-6). */
export const sentences = {
  truncated: 'The upstream stream ended before the response was complete.',
  dropped: 'Part of the upstream response could not be delivered, so it is not complete.',
  empty: 'The upstream returned an empty stream.',
  'not-a-stream': 'The upstream answered with something that is not an event stream.',
  'other-protocol': 'The upstream speaks another protocol than OpenAI Responses on this route.',
  malformed: 'The upstream sent a frame that could not be read.',
  timeout: 'The upstream stream timed out before the response was complete.',
  limit: 'The upstream stream exceeded a configured limit.',
}

/** The two events of an error of ours, behind a response that began without numbers. */
export function failure(cause: keyof typeof sentences, changes: JsonObject = {}): Frames {
  const code = cause === 'timeout' ? 'timeout_error' : 'server_error'
  return [hybrid(sentences[cause], code, code), failed(sentences[cause], 'server_error', changes)]
}

/** A stream in which nothing of a response came before an error of ours, numbers and all. */
export function failureAlone(cause: keyof typeof sentences): string[] {
  const code = cause === 'timeout' ? 'timeout_error' : 'server_error'
  const failedToo = event('failed', {
    response: { ...madeSnapshot(), status: 'failed', error: { code: 'server_error', message: sentences[cause] } },
  })
  return numbered([madeBegin(), without(hybrid(sentences[cause], code, code)), failedToo])
}

const without = (text: string): string => {
  const { sequence_number: _, ...rest } = eventIn(text)
  return frame(rest)
}
