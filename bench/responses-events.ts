/** The events of generated `/v1/responses` answers. The same call gives the same events, so that two runs compare. */
import { accents, argumentPiece, type BenchEvent, shares, wordAt, words } from './words.js'

/** What an answer is made of. */
export type ItemKind = 'text' | 'summary' | 'tool' | 'accents'

/** How many events an answer has beside those of its items. */
const frameOfAnswer = 3
/** Ids as long as OpenAI's own. */
const tail = '0b3f9c5e7a1d42680000000000'
const responseId = `resp_${tail}${'0'.repeat(24)}`

/**
 * One whole answer of exactly so many events: `response.created`, `response.in_progress`, its items, `response.completed`.
 *
 * @param kinds the items, in turns, each of `perItem` events; the last one takes what is left.
 */
export function* answer(
  events: number,
  kinds: readonly ItemKind[],
  perItem: number = Number.POSITIVE_INFINITY,
): Generator<BenchEvent> {
  yield* numbered(unnumberedAnswer(events, kinds, perItem))
}

/** The same without `sequence_number`, as servers send it that never heard of it. */
export function* unnumberedAnswer(
  events: number,
  kinds: readonly ItemKind[],
  perItem: number = Number.POSITIVE_INFINITY,
): Generator<BenchEvent> {
  yield* opening()
  const output: unknown[] = []
  for (const share of shares(events - frameOfAnswer, perItem)) {
    const kind = kinds[output.length % kinds.length] ?? 'text'
    output.push(yield* itemOf(kind, output.length, share))
  }
  yield completed(output)
}

/** The seed case: text deltas that name the response as their item, the terminal, and nothing else: one event less than asked for, since `[DONE]` is no event. */
export function* bareDeltas(events: number): Generator<BenchEvent> {
  const place = { item_id: responseId, output_index: 0, content_index: 0 }
  for (let i = 0; i < events - 2; i++) yield { type: 'response.output_text.delta', ...place, delta: wordAt(words, i) }
  yield completed([message(idOf('msg', 0), 'completed', [textPart(textOf(words, events - 2))])])
}

/** An answer with one function call, its argument JSON cut into deltas of so many characters. */
export function* toolAnswer(argument: string, perDelta: number): Generator<BenchEvent> {
  const pieces: string[] = []
  for (let at = 0; at < argument.length; at += perDelta) pieces.push(argument.slice(at, at + perDelta))
  yield* numbered(
    (function* () {
      yield* opening()
      yield completed([yield* call(0, pieces)])
    })(),
  )
}

/** GitHub Copilot: each mention of an id is a new one, and the members stand in the order of the alphabet. */
export function* rotated(events: Iterable<BenchEvent>, length = 50): Generator<BenchEvent> {
  let drawn = 0
  const fresh = () => {
    const head = Math.imul(++drawn, 0x9e3779b1) >>> 0
    return head
      .toString(16)
      .padStart(8, '0')
      .repeat(Math.ceil(length / 8))
      .slice(0, length)
  }
  const turn = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turn)
    if (typeof value !== 'object' || value === null) return value
    const members = Object.entries(value).map(([name, member]) => {
      if (name !== 'id' && name !== 'item_id') return [name, turn(member)] as const
      return [name, `${String(member).split('_')[0]}_${fresh()}`] as const
    })
    return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)))
  }
  for (const event of events) yield turn(event) as BenchEvent
}

/** Dones and a terminal that say nothing of the text. */
export function* emptied(events: Iterable<BenchEvent>): Generator<BenchEvent> {
  for (const event of events) {
    const { type, part, item, response } = event
    if (type === 'response.output_text.done') yield { ...event, text: '' }
    else if (type === 'response.content_part.done') yield { ...event, part: { ...(part as object), text: '' } }
    else if (type === 'response.output_item.done') yield { ...event, item: { ...(item as object), content: [] } }
    else if (type === 'response.completed') yield { ...event, response: { ...(response as object), output: [] } }
    else yield event
  }
}

/** The padding by which OpenAI hides how long a delta is. */
export function* obfuscated(events: Iterable<BenchEvent>): Generator<BenchEvent> {
  let i = 0
  for (const event of events) {
    yield 'delta' in event ? { ...event, obfuscation: 'kW8aXhbvU9NXEcvQ'.slice(i++ % 12) } : event
  }
}

/** The events without their places. */
export function* unplaced(events: Iterable<BenchEvent>): Generator<BenchEvent> {
  for (const event of events) {
    const { output_index: _, content_index: __, ...rest } = event
    yield rest as BenchEvent
  }
}

function* numbered(events: Iterable<BenchEvent>): Generator<BenchEvent> {
  let sequence_number = 0
  for (const { type, ...rest } of events) yield { type, sequence_number: sequence_number++, ...rest }
}

function* opening(): Generator<BenchEvent> {
  yield { type: 'response.created', response: snapshot('in_progress', [], null) }
  yield { type: 'response.in_progress', response: snapshot('in_progress', [], null) }
}

function completed(output: readonly unknown[]): BenchEvent {
  const usage = {
    input_tokens: 412,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 2048,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 2460,
  }
  return { type: 'response.completed', response: snapshot('completed', output, usage) }
}

function snapshot(status: string, output: readonly unknown[], usage: unknown) {
  return {
    id: responseId,
    object: 'response',
    created_at: 1760000000,
    status,
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    model: 'bench-model-1',
    output,
    parallel_tool_calls: true,
    temperature: 1,
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    usage,
  }
}

/** The events of one item; returns the item as it is done. */
function* itemOf(kind: ItemKind, index: number, events: number): Generator<BenchEvent, unknown> {
  if (kind === 'tool') {
    const deltas = events - 3
    const pieces = Array.from({ length: deltas }, (_, i) => argumentPiece(i, deltas))
    return yield* call(index, pieces)
  }
  if (kind === 'summary') return yield* reasoning(index, events - 5)
  const id = idOf('msg', index)
  const place = { item_id: id, output_index: index, content_index: 0 }
  yield { type: 'response.output_item.added', output_index: index, item: message(id, 'in_progress', []) }
  yield { type: 'response.content_part.added', ...place, part: textPart('') }
  const from = kind === 'accents' ? accents : words
  const deltas = events - 5
  for (let i = 0; i < deltas; i++) {
    yield { type: 'response.output_text.delta', ...place, delta: wordAt(from, i), logprobs: [] }
  }
  const text = textOf(from, deltas)
  yield { type: 'response.output_text.done', ...place, text, logprobs: [] }
  yield { type: 'response.content_part.done', ...place, part: textPart(text) }
  const item = message(id, 'completed', [textPart(text)])
  yield { type: 'response.output_item.done', output_index: index, item }
  return item
}

function* reasoning(index: number, deltas: number): Generator<BenchEvent, unknown> {
  const id = idOf('rs', index)
  const place = { item_id: id, output_index: index, summary_index: 0 }
  yield { type: 'response.output_item.added', output_index: index, item: { id, type: 'reasoning', summary: [] } }
  yield { type: 'response.reasoning_summary_part.added', ...place, part: { type: 'summary_text', text: '' } }
  for (let i = 0; i < deltas; i++) {
    yield { type: 'response.reasoning_summary_text.delta', ...place, delta: wordAt(words, i) }
  }
  const text = textOf(words, deltas)
  yield { type: 'response.reasoning_summary_text.done', ...place, text }
  yield { type: 'response.reasoning_summary_part.done', ...place, part: { type: 'summary_text', text } }
  const item = { id, type: 'reasoning', summary: [{ type: 'summary_text', text }] }
  yield { type: 'response.output_item.done', output_index: index, item }
  return item
}

function* call(index: number, pieces: readonly string[]): Generator<BenchEvent, unknown> {
  const id = idOf('fc', index)
  const place = { item_id: id, output_index: index }
  const item = (status: string, text: string) => {
    return { id, type: 'function_call', status, call_id: `call_bench${index}`, name: 'write_page', arguments: text }
  }
  yield { type: 'response.output_item.added', output_index: index, item: item('in_progress', '') }
  for (const delta of pieces) yield { type: 'response.function_call_arguments.delta', ...place, delta }
  const text = pieces.join('')
  yield { type: 'response.function_call_arguments.done', ...place, arguments: text }
  const whole = item('completed', text)
  yield { type: 'response.output_item.done', output_index: index, item: whole }
  return whole
}

/** All deltas of a text in one: made when it is done, so that the bench does not keep it meanwhile. */
function textOf(from: readonly string[], deltas: number): string {
  return Array.from({ length: deltas }, (_, i) => wordAt(from, i)).join('')
}

function message(id: string, status: string, content: readonly unknown[]) {
  return { id, type: 'message', status, role: 'assistant', content }
}

function textPart(text: string) {
  return { type: 'output_text', text, annotations: [], logprobs: [] }
}

function idOf(kind: string, index: number): string {
  return `${kind}_${tail}${String(index).padStart(24, '0')}`
}
