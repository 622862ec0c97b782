/** The events of generated `/v1/messages` answers. The same call gives the same events, so that two runs compare. */
import { accents, argumentPiece, type BenchEvent, shares, wordAt, words } from './words.js'

/** What an answer is made of. */
export type BlockKind = 'text' | 'thinking' | 'tool' | 'accents'

/** How many events an answer has beside those of its blocks. */
const frameOfAnswer = 3

/**
 * One whole answer of exactly so many events: `message_start`, its blocks, `message_delta`, `message_stop`.
 *
 * @param kinds the blocks, in turns, each of `perBlock` events; the last one takes what is left.
 */
export function* answer(
  events: number,
  kinds: readonly BlockKind[],
  perBlock: number = Number.POSITIVE_INFINITY,
): Generator<BenchEvent> {
  yield messageStart
  let tools = false
  let index = 0
  for (const share of shares(events - frameOfAnswer, perBlock)) {
    const kind = kinds[index % kinds.length] ?? 'text'
    tools ||= kind === 'tool'
    yield* block(kind, index++, share)
  }
  yield* ending(tools ? 'tool_use' : 'end_turn')
}

/** The seed case: text deltas at index -1, and neither a start nor a stop of any block. */
export function* answerWithoutBlocks(events: number): Generator<BenchEvent> {
  yield messageStart
  for (let i = 0; i < events - frameOfAnswer; i++) yield textDelta(-1, i, words)
  yield* ending('end_turn')
}

/** An answer with one tool call, its argument JSON cut into deltas of so many characters. */
export function* toolAnswer(argument: string, perDelta: number): Generator<BenchEvent> {
  yield messageStart
  yield toolStart(0)
  for (let at = 0; at < argument.length; at += perDelta) yield argumentDelta(0, argument.slice(at, at + perDelta))
  yield { type: 'content_block_stop', index: 0 }
  yield* ending('tool_use')
}

const messageStart: BenchEvent = {
  type: 'message_start',
  message: {
    id: 'msg_bench0001',
    type: 'message',
    role: 'assistant',
    model: 'bench-model-1',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 412, output_tokens: 1 },
  },
}

function* ending(reason: string): Generator<BenchEvent> {
  yield {
    type: 'message_delta',
    delta: { stop_reason: reason, stop_sequence: null },
    usage: { output_tokens: 2048 },
  }
  yield { type: 'message_stop' }
}

function* block(kind: BlockKind, index: number, events: number): Generator<BenchEvent> {
  const deltas = events - 2
  if (kind === 'tool') {
    yield toolStart(index)
    for (let i = 0; i < deltas; i++) yield argumentDelta(index, argumentPiece(i, deltas))
  } else if (kind === 'thinking') {
    yield { type: 'content_block_start', index, content_block: { type: 'thinking', thinking: '', signature: '' } }
    for (let i = 0; i < deltas - 1; i++) {
      yield { type: 'content_block_delta', index, delta: { type: 'thinking_delta', thinking: wordAt(words, i) } }
    }
    yield {
      type: 'content_block_delta',
      index,
      delta: { type: 'signature_delta', signature: 'QmVuY2ggbWFyaw=='.repeat(12) },
    }
  } else {
    yield { type: 'content_block_start', index, content_block: { type: 'text', text: '' } }
    for (let i = 0; i < deltas; i++) yield textDelta(index, i, kind === 'accents' ? accents : words)
  }
  yield { type: 'content_block_stop', index }
}

function toolStart(index: number): BenchEvent {
  const content_block = { type: 'tool_use', id: `toolu_bench${index}`, name: 'write_page', input: {} }
  return { type: 'content_block_start', index, content_block }
}

function argumentDelta(index: number, partial_json: string): BenchEvent {
  return { type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json } }
}

function textDelta(index: number, i: number, from: readonly string[]): BenchEvent {
  return { type: 'content_block_delta', index, delta: { type: 'text_delta', text: wordAt(from, i) } }
}
