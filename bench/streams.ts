import type { Code } from '../src/index.js'
import { answer, answerWithoutBlocks, type BenchEvent } from './events.js'

/** A stream that the bench feeds, as the text of its frames. `test/bench-streams.test.ts` holds what is said of it. */
export interface BenchStream {
  readonly name: string
  /** What the pipeline must find in it: nothing, or exactly these. */
  readonly codes: readonly Code[]
  frames(events: number): Generator<string>
}

/** The streams that have limits: a conformant one, and what real gateways make of it. */
export const conformant: BenchStream = {
  name: 'conformant',
  codes: [],
  frames: (events) => named(answer(events, ['text'])),
}

export const broken: readonly BenchStream[] = [
  {
    name: 'index -1, no starts',
    codes: ['messages/block-delta-without-start'],
    frames: (events) => named(answerWithoutBlocks(events)),
  },
  {
    name: 'no `event:` lines',
    codes: ['sse/event-line-missing'],
    frames: (events) => unnamed(answer(events, ['text'])),
  },
  {
    name: 'glued frames',
    codes: ['sse/frame-separator-missing'],
    frames: (events) => glued(answer(events, ['text'])),
  },
]

/** Conformant streams of other makes: for information, so that the plain text delta is not all that is looked at. */
export const others: readonly BenchStream[] = [
  { name: 'tool arguments', codes: [], frames: (events) => named(answer(events, ['tool'])) },
  {
    name: 'thinking, then text',
    codes: [],
    frames: (events) => named(answer(events, ['thinking', 'text'], events / 2)),
  },
  { name: 'text beyond ASCII', codes: [], frames: (events) => named(answer(events, ['accents'])) },
  { name: 'CRLF line ends', codes: [], frames: (events) => named(answer(events, ['text']), '\r\n') },
  { name: 'blanks in the JSON, padded', codes: [], frames: (events) => padded(answer(events, ['text'])) },
  { name: 'blocks of 6 events', codes: [], frames: (events) => named(answer(events, ['text', 'tool'], 6)) },
  {
    name: 'all of these, mixed',
    codes: [],
    frames: (events) => named(answer(events, ['thinking', 'accents', 'tool', 'text', 'tool'], 60)),
  },
]

/** Other damage, for information: what goes through the general path, and what is written anew event by event. */
export const otherDamage: readonly BenchStream[] = [
  {
    name: 'bare `data:` lines, nothing else',
    codes: ['sse/event-line-missing', 'sse/frame-separator-missing'],
    frames: (events) => bare(answer(events, ['text'])),
  },
  {
    name: 'no `event:` lines, tool arguments',
    codes: ['sse/event-line-missing'],
    frames: (events) => unnamed(answer(events, ['tool'])),
  },
  {
    name: 'indices are strings',
    codes: ['messages/index-missing'],
    frames: (events) => named(stringIndices(answer(events, ['text']))),
  },
]

/** `event:` line, `data:` line, blank line: what the protocol promises. */
export function* named(events: Iterable<BenchEvent>, end = '\n'): Generator<string> {
  for (const event of events) yield `event: ${event.type}${end}data: ${JSON.stringify(event)}${end}${end}`
}

function* unnamed(events: Iterable<BenchEvent>): Generator<string> {
  for (const event of events) yield `data: ${JSON.stringify(event)}\n\n`
}

/** No blank line between the frames. The last one has its own, or it would be a defect more. */
function* glued(events: Iterable<BenchEvent>): Generator<string> {
  for (const event of events) {
    const last = event.type === 'message_stop' ? '\n' : ''
    yield `event: ${event.type}\ndata: ${JSON.stringify(event)}\n${last}`
  }
}

function* bare(events: Iterable<BenchEvent>): Generator<string> {
  for (const event of events) yield `data: ${JSON.stringify(event)}\n${event.type === 'message_stop' ? '\n' : ''}`
}

/** As a Python server writes it, with the blanks at the end that Anthropic hides the length of a token with. */
function* padded(events: Iterable<BenchEvent>): Generator<string> {
  let i = 0
  for (const event of events) {
    const json = JSON.stringify(event, null, 1).replaceAll(/\n */g, ' ').replaceAll('{ ', '{').replaceAll(' }', '}')
    yield `event: ${event.type}\ndata: ${json.slice(0, -1)}${' '.repeat(i++ % 9)}}\n\n`
  }
}

function* stringIndices(events: Iterable<BenchEvent>): Generator<BenchEvent> {
  for (const event of events) {
    const { index } = event
    yield typeof index === 'number' ? { ...event, index: String(index) } : event
  }
}
