import { accents, argumentPiece, shares, wordAt, words } from './words.js'

/** One chunk of `/v1/chat/completions`. */
export interface ChatChunk {
  readonly [field: string]: unknown
}

interface Delta {
  readonly [field: string]: unknown
}

/** What an answer is made of. */
export type ChatKind = 'text' | 'accents' | 'reasoning' | 'tool'

/** How many chunks an answer has beside those of its texts and calls; `[DONE]` is counted where it is written. */
const frameOfAnswer = 3
const usage = { prompt_tokens: 412, completion_tokens: 2048, total_tokens: 2460 }

/**
 * One whole answer of exactly so many chunks: the role, its texts and calls, the finish, the usage.
 *
 * @param kinds what is said, in turns, each of `each` chunks; the last one takes what is left.
 */
export function* answer(
  chunks: number,
  kinds: readonly ChatKind[],
  each: number = Number.POSITIVE_INFINITY,
): Generator<ChatChunk> {
  yield chunkOf({ role: 'assistant', content: kinds[0] === 'tool' ? null : '' })
  let turn = 0
  let calls = 0
  for (const share of shares(chunks - frameOfAnswer, each)) {
    const kind = kinds[turn++ % kinds.length] ?? 'text'
    if (kind === 'tool')
      yield* call(
        calls++,
        Array.from({ length: share - 1 }, (_, i) => argumentPiece(i, share - 1)),
      )
    else yield* text(kind, share)
  }
  yield* ending(calls > 0 ? 'tool_calls' : 'stop')
}

/** An answer with one function call, its argument JSON cut into deltas of so many characters. */
export function* toolAnswer(argument: string, perDelta: number): Generator<ChatChunk> {
  const pieces: string[] = []
  for (let at = 0; at < argument.length; at += perDelta) pieces.push(argument.slice(at, at + perDelta))
  yield chunkOf({ role: 'assistant', content: null })
  yield* call(0, pieces)
  yield* ending('tool_calls')
}

/** Two choices that take turns. */
export function* twoChoices(chunks: number): Generator<ChatChunk> {
  for (const index of [0, 1]) yield chunkOf({ role: 'assistant', content: '' }, null, index)
  for (let i = 0; i < chunks - 5; i++) yield chunkOf({ content: wordAt(words, i) }, null, i % 2)
  for (const index of [0, 1]) yield chunkOf({}, 'stop', index)
  yield { ...chunkOf({}), choices: [], usage }
}

/** Changes the delta of each chunk. */
export function* withDelta(chunks: Iterable<ChatChunk>, change: (delta: Delta) => Delta): Generator<ChatChunk> {
  for (const chunk of chunks) {
    const choices = chunk['choices'] as readonly { readonly delta: Delta }[]
    yield { ...chunk, choices: choices.map((choice) => ({ ...choice, delta: change(choice.delta) })) }
  }
}

/** Changes each choice of each chunk. */
export function* withChoice(chunks: Iterable<ChatChunk>, change: (choice: object) => object): Generator<ChatChunk> {
  for (const chunk of chunks) yield { ...chunk, choices: (chunk['choices'] as readonly object[]).map(change) }
}

/** The calls without their index. */
export function unindexed(delta: Delta): Delta {
  const calls = delta['tool_calls'] as readonly { readonly index: number }[] | undefined
  return calls === undefined ? delta : { ...delta, tool_calls: calls.map(({ index: _, ...rest }) => rest) }
}

/** The id of each chunk is a new one. */
export function* idPerChunk(chunks: Iterable<ChatChunk>): Generator<ChatChunk> {
  let drawn = 0
  for (const chunk of chunks)
    yield { ...chunk, id: `chatcmpl-${String(Math.imul(++drawn, 0x9e3779b1) >>> 0).padStart(10, '0')}` }
}

/** The padding by which OpenAI hides how long a delta is. */
export function* obfuscated(chunks: Iterable<ChatChunk>): Generator<ChatChunk> {
  let i = 0
  for (const chunk of chunks) yield { ...chunk, obfuscation: 'kW8aXhbvU9NXEcvQ'.slice(i++ % 12) }
}

/** The usage so far with each chunk. */
export function* countedAlways(chunks: Iterable<ChatChunk>): Generator<ChatChunk> {
  for (const chunk of chunks) yield { ...chunk, usage }
}

function chunkOf(delta: Delta, finish: string | null = null, index = 0): ChatChunk {
  return {
    id: 'chatcmpl-0b3f9c5e7a1d4268',
    object: 'chat.completion.chunk',
    created: 1760000000,
    model: 'bench-model-1',
    service_tier: 'default',
    system_fingerprint: 'fp_0b3f9c5e7a',
    choices: [{ index, delta, logprobs: null, finish_reason: finish }],
  }
}

function* text(kind: Exclude<ChatKind, 'tool'>, deltas: number): Generator<ChatChunk> {
  const from = kind === 'accents' ? accents : words
  const field = kind === 'reasoning' ? 'reasoning_content' : 'content'
  for (let i = 0; i < deltas; i++) yield chunkOf({ [field]: wordAt(from, i) })
}

function* call(index: number, pieces: readonly string[]): Generator<ChatChunk> {
  const start = { index, id: `call_bench${index}`, type: 'function', function: { name: 'write_page', arguments: '' } }
  yield chunkOf({ tool_calls: [start] })
  for (const piece of pieces) yield chunkOf({ tool_calls: [{ index, function: { arguments: piece } }] })
}

function* ending(finish: string): Generator<ChatChunk> {
  yield chunkOf({}, finish)
  yield { ...chunkOf({}), choices: [], usage }
}
