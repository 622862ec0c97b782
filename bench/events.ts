/** The events of generated `/v1/messages` answers. The same call gives the same events, so that two runs compare. */

/** One event, with its `type` first, as Anthropic writes it. */
export interface BenchEvent {
  readonly type: string
  readonly [field: string]: unknown
}

/** What an answer is made of. */
export type BlockKind = 'text' | 'thinking' | 'tool' | 'accents'

const words: readonly string[] = [
  'the boat',
  ' leaves',
  ' at',
  ' noon,',
  ' and nobody',
  ' on the pier',
  ' has a "ticket"',
  '.\n\n',
  'Ask',
  ' for the keeper',
  ' of the lamp;',
  ' she knows',
  ' which rope',
  ' holds',
  ' and which',
  ' does not.',
]
const accents: readonly string[] = [
  'Die Fähre',
  ' fährt',
  ' über',
  ' Århus,',
  ' 船は',
  '正午に',
  '出ます。',
  ' Où est',
  ' la clé',
  ' ? ⛵',
  '🌊 ',
  'Łódź',
]

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
  for (let left = events - frameOfAnswer; left > 0; index++) {
    const kind = kinds[index % kinds.length] ?? 'text'
    // A block needs a few events of its own: a rest that is too small for one goes to the last.
    const size = left < perBlock + 8 ? left : perBlock
    tools ||= kind === 'tool'
    yield* block(kind, index, size)
    left -= size
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

/** The JSON of a tool argument of exactly so many bytes. */
export function argumentOf(bytes: number): string {
  const [head, tail] = ['{"page":"', '"}']
  const line = 'The tide table of the north pier, line by line. '
  const body = line.repeat(Math.ceil(bytes / line.length)).slice(0, bytes - head.length - tail.length)
  return head + body + tail
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

function argumentPiece(i: number, deltas: number): string {
  if (deltas === 1) return '{}'
  if (i === 0) return '{"page":"'
  return i === deltas - 1 ? '"}' : JSON.stringify(wordAt(words, i)).slice(1, -1)
}

function textDelta(index: number, i: number, from: readonly string[]): BenchEvent {
  return { type: 'content_block_delta', index, delta: { type: 'text_delta', text: wordAt(from, i) } }
}

/** A fixed disorder, so that neighbouring events differ in length. */
function wordAt(from: readonly string[], i: number): string {
  return from[(i * 7 + (i >> 4)) % from.length] ?? ''
}
