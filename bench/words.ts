/** What the answers of the bench say, in fixed pieces, so that two runs compare. */

/** One event of any protocol. */
export interface BenchEvent {
  readonly type: string
  readonly [field: string]: unknown
}

export const words: readonly string[] = [
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

export const accents: readonly string[] = [
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

/** A fixed disorder, so that neighbouring events differ in length. */
export function wordAt(from: readonly string[], i: number): string {
  return from[(i * 7 + (i >> 4)) % from.length] ?? ''
}

/** The JSON of a tool argument of exactly so many bytes. */
export function argumentOf(bytes: number): string {
  const [head, tail] = ['{"page":"', '"}']
  const line = 'The tide table of the north pier, line by line. '
  const body = line.repeat(Math.ceil(bytes / line.length)).slice(0, bytes - head.length - tail.length)
  return head + body + tail
}

/** One piece of a tool argument that comes in so many deltas. */
export function argumentPiece(i: number, deltas: number): string {
  if (deltas === 1) return '{}'
  if (i === 0) return '{"page":"'
  return i === deltas - 1 ? '"}' : JSON.stringify(wordAt(words, i)).slice(1, -1)
}

/**
 * How many events each of the blocks, or items, of an answer takes.
 *
 * @param left the events that the answer has for them.
 * @param each so many for each; a rest that is too small for one of its own goes to the last.
 */
export function* shares(left: number, each: number): Generator<number> {
  for (let rest = left; rest > 0; ) {
    const share = rest < each + 8 ? rest : each
    yield share
    rest -= share
  }
}
