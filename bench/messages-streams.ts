import { bare, glued, named, padded, unnamed } from './framing.js'
import { answer, answerWithoutBlocks, toolAnswer } from './messages-events.js'
import type { BenchSet } from './streams.js'
import { anthropicReader } from './subjects.js'
import type { BenchEvent } from './words.js'

/** `/v1/messages`. */
export const messagesSet: BenchSet = {
  protocol: 'messages',
  reader: ['@anthropic-ai/sdk', anthropicReader],
  toolFrames: (argument, perDelta) => named(toolAnswer(argument, perDelta)),
  conformant: { name: 'conformant', codes: [], frames: (events) => named(answer(events, ['text'])) },
  broken: [
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
  ],
  others: [
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
  ],
  otherDamage: [
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
  ],
}

function* stringIndices(events: Iterable<BenchEvent>): Generator<BenchEvent> {
  for (const event of events) {
    const { index } = event
    yield typeof index === 'number' ? { ...event, index: String(index) } : event
  }
}
