/** Small `/v1/responses` streams for the oracle's own tests, written out by hand and not by the project's encoder. */
import { bytesOf } from './streams.js'
import type { JsonObject } from './verdict.js'

export type Events = readonly JsonObject[]

/** One item of an answer: the events it comes in, and what it is in the end. */
export interface Script {
  readonly events: Events
  readonly item: JsonObject
}

/** One frame, with its type as its name. */
const frameOf = (event: JsonObject): string => `event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`

/** The events numbered from 0, as one body; an event that has a number, or `undefined` as one, keeps that. */
export const wire = (events: Events): string =>
  events.map((event, at) => frameOf({ sequence_number: at, ...event })).join('')

/** The same without numbers, but for the pair of an error, which always has them. */
export const unnumbered = (events: Events): string =>
  events
    .map((event, at) => {
      const always = event['type'] === 'error' || event['type'] === 'response.failed'
      return frameOf(always ? { sequence_number: at, ...event } : event)
    })
    .join('')

export const bytes = (text: string): Uint8Array => bytesOf(text)

export const of = (type: string, rest: JsonObject = {}): JsonObject => ({ type: `response.${type}`, ...rest })

export const usage = {
  input_tokens: 3,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 5,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 8,
}

/** A lifecycle event. */
export function snapshot(type: string, status: string, rest: JsonObject = {}): JsonObject {
  const base = { id: 'resp_a', object: 'response', created_at: 7, model: 'm', status, output: [], error: null }
  return of(type, { response: { ...base, incomplete_details: null, usage: null, ...rest } })
}

export const created = snapshot('created', 'in_progress')
export const inProgress = snapshot('in_progress', 'in_progress')
export const queued = snapshot('queued', 'queued')
export const begun: Events = [created, inProgress]
export const keepalive: JsonObject = { type: 'keepalive' }

export const completed = (output: Events, rest: JsonObject = {}): JsonObject =>
  snapshot('completed', 'completed', { output, usage, ...rest })

export const incomplete = (output: Events, rest: JsonObject = {}): JsonObject =>
  snapshot('incomplete', 'incomplete', { output, incomplete_details: { reason: 'max_output_tokens' }, ...rest })

/** A whole answer around some items. */
export const answer = (...scripts: readonly Script[]): Events => answerTo(completed, ...scripts)

export const answerTo = (terminal: (output: Events) => JsonObject, ...scripts: readonly Script[]): Events => [
  ...begun,
  ...scripts.flatMap(({ events }) => events),
  terminal(scripts.map(({ item }) => item)),
]

const added = (output_index: number, item: JsonObject): JsonObject => of('output_item.added', { output_index, item })
const done = (output_index: number, item: JsonObject): JsonObject => of('output_item.done', { output_index, item })

/** An item of any type, whose announcement differs from its end in some fields, around its body. */
export function item(output_index: number, final: JsonObject, start: JsonObject, body: Events = []): Script {
  const named = body.map((event) => ({ item_id: final['id'], output_index, ...event }))
  return { item: final, events: [added(output_index, { ...final, ...start }), ...named, done(output_index, final)] }
}

const textPart = (text: string, annotations: Events = []): JsonObject => ({ type: 'output_text', text, annotations })

export const citation: JsonObject = { type: 'url_citation', url: 'u', title: 't', start_index: 0, end_index: 1 }

/** A message of one text part, in one delta for each fragment. */
export function message(output_index: number, fragments: readonly string[], annotations: Events = []): Script {
  const at = { content_index: 0 }
  const text = fragments.join('')
  const part = textPart(text, annotations)
  return item(
    output_index,
    { type: 'message', id: `msg_${output_index}`, role: 'assistant', status: 'completed', content: [part] },
    { status: 'in_progress', content: [] },
    [
      of('content_part.added', { ...at, part: textPart('') }),
      ...fragments.map((delta) => of('output_text.delta', { ...at, delta, logprobs: [] })),
      ...annotations.map((annotation, annotation_index) =>
        of('output_text.annotation.added', { ...at, annotation, annotation_index }),
      ),
      of('output_text.done', { ...at, text, logprobs: [] }),
      of('content_part.done', { ...at, part }),
    ],
  )
}

/** A message that refuses. */
export function refusal(output_index: number, words: string): Script {
  const at = { content_index: 0 }
  const part = { type: 'refusal', refusal: words }
  return item(
    output_index,
    { type: 'message', id: `msg_${output_index}`, role: 'assistant', status: 'completed', content: [part] },
    { status: 'in_progress', content: [] },
    [
      of('content_part.added', { ...at, part: { type: 'refusal', refusal: '' } }),
      of('refusal.delta', { ...at, delta: words }),
      of('refusal.done', { ...at, refusal: words }),
      of('content_part.done', { ...at, part }),
    ],
  )
}

/** A reasoning item with its summaries, one part each. */
export function summary(output_index: number, texts: readonly string[]): Script {
  const parts = texts.map((text) => ({ type: 'summary_text', text }))
  return item(
    output_index,
    { type: 'reasoning', id: `rs_${output_index}`, summary: parts },
    { summary: [] },
    texts.flatMap((text, summary_index) => [
      of('reasoning_summary_part.added', { summary_index, part: { type: 'summary_text', text: '' } }),
      of('reasoning_summary_text.delta', { summary_index, delta: text }),
      of('reasoning_summary_text.done', { summary_index, text }),
      of('reasoning_summary_part.done', { summary_index, part: { type: 'summary_text', text } }),
    ]),
  )
}

/** A reasoning item with raw text. */
export function reasoning(output_index: number, text: string): Script {
  const at = { content_index: 0 }
  const part = { type: 'reasoning_text', text }
  return item(
    output_index,
    { type: 'reasoning', id: `rs_${output_index}`, summary: [], content: [part] },
    { content: [] },
    [
      of('content_part.added', { ...at, part: { type: 'reasoning_text', text: '' } }),
      of('reasoning_text.delta', { ...at, delta: text }),
      of('reasoning_text.done', { ...at, text }),
      of('content_part.done', { ...at, part }),
    ],
  )
}

/** A function call, in one delta for each fragment. */
export function call(output_index: number, fragments: readonly string[], rest: JsonObject = {}): Script {
  const whole = fragments.join('')
  const names = { type: 'function_call', id: `fc_${output_index}`, call_id: `call_${output_index}`, name: 'look' }
  return item(
    output_index,
    { ...names, status: 'completed', arguments: whole, ...rest },
    { status: 'in_progress', arguments: '' },
    [
      ...fragments.map((delta) => of('function_call_arguments.delta', { delta })),
      of('function_call_arguments.done', { arguments: whole }),
    ],
  )
}

/** A custom tool call; OpenAI does not always send the done of its input. */
export const custom = (output_index: number, input: string): Script =>
  item(
    output_index,
    { type: 'custom_tool_call', id: `ctc_${output_index}`, call_id: `call_${output_index}`, name: 'run', input },
    { input: '' },
    [of('custom_tool_call_input.delta', { delta: input }), of('custom_tool_call_input.done', { input })],
  )

/** A hosted call of an MCP server. */
export const mcp = (output_index: number, json: string): Script =>
  item(
    output_index,
    { type: 'mcp_call', id: `mcp_${output_index}`, name: 'ask', server_label: 's', arguments: json, output: 'o' },
    { arguments: '', output: null },
    [
      of('mcp_call.in_progress'),
      of('mcp_call_arguments.delta', { delta: json }),
      of('mcp_call_arguments.done', { arguments: json }),
      of('mcp_call.completed'),
    ],
  )

export const search = (output_index: number): Script =>
  item(output_index, { type: 'web_search_call', id: `ws_${output_index}`, status: 'completed' }, {}, [
    of('web_search_call.in_progress'),
    of('web_search_call.searching'),
    of('web_search_call.completed'),
  ])

export const interpreter = (output_index: number): Script =>
  item(output_index, { type: 'code_interpreter_call', id: `ci_${output_index}`, code: 'x' }, { code: '' }, [
    of('code_interpreter_call.in_progress'),
    of('code_interpreter_call_code.delta', { delta: 'x' }),
    of('code_interpreter_call_code.done', { code: 'x' }),
    of('code_interpreter_call.interpreting'),
    of('code_interpreter_call.completed'),
  ])

/** OpenAI's own pair, and the one of ours with the flat fields beside the nested ones. */
export const nested: JsonObject = {
  type: 'error',
  error: { type: 'server_error', code: 'server_error', message: 'it broke', param: null },
}
export const hybrid: JsonObject = { ...nested, code: 'server_error', message: 'it broke', param: null }
export const failed = snapshot('failed', 'failed', { error: { code: 'server_error', message: 'it broke' } })

/** The events of several items in turn, each announced in order. */
export function interleaved(...scripts: readonly Script[]): Script[] {
  const longest = Math.max(...scripts.map(({ events }) => events.length))
  const turns = Array.from({ length: longest }, (_, at) =>
    scripts.flatMap(({ events }): Events => events.slice(at, at + 1)),
  )
  return scripts.map(({ item: final }, at) => ({ item: final, events: at === 0 ? turns.flat() : [] }))
}

/** The place of the first event of a type (without its `response.`). */
function placeOf(events: Events, type: string): number {
  const at = events.findIndex((event) => event['type'] === type || event['type'] === `response.${type}`)
  if (at < 0) throw new Error(`the stream has no ${type}`)
  return at
}

/** The stream with the first event of a type changed: in fields by dotted path; undefined takes a field away. */
export function changed(events: Events, type: string, fields: JsonObject): Events {
  const at = placeOf(events, type)
  return events.map((event, place) =>
    place === at ? Object.entries(fields).reduce((e, [path, put]) => withValue(e, path.split('.'), put), event) : event,
  )
}

/** The stream without the first event of each of the types. */
export const without = (events: Events, ...types: readonly string[]): Events =>
  types.reduce((rest, type) => rest.toSpliced(placeOf(rest, type), 1), events)

/** The stream with more events behind, or before, the first of a type. */
export const behind = (events: Events, type: string, ...more: Events): Events =>
  events.toSpliced(placeOf(events, type) + 1, 0, ...more)
export const before = (events: Events, type: string, ...more: Events): Events =>
  events.toSpliced(placeOf(events, type), 0, ...more)

/** The stream with one piece of its JSON spelled otherwise, everywhere. */
export const respelled = (events: Events, from: string, to: string): Events =>
  JSON.parse(JSON.stringify(events).replaceAll(from, to))

/** The first event of a type. */
export const first = (events: Events, type: string): JsonObject => events[placeOf(events, type)] ?? {}

function withValue(value: JsonObject, [key = '', ...rest]: readonly string[], put: unknown): JsonObject {
  if (Array.isArray(value))
    return value.map((entry, at) => (String(at) === key ? next(entry, rest, put) : entry)) as never
  return { ...value, [key]: next(value[key], rest, put) }
}

const next = (value: unknown, rest: readonly string[], put: unknown): unknown =>
  rest.length === 0 ? put : withValue(value as JsonObject, rest, put)
