import { glued, named, padded, unnamed } from './framing.js'
import {
  answer,
  bareDeltas,
  emptied,
  obfuscated,
  rotated,
  toolAnswer,
  unnumberedAnswer,
  unplaced,
} from './responses-events.js'
import type { BenchSet } from './streams.js'
import { openaiReader } from './subjects.js'

/** `/v1/responses`. */
export const responsesSet: BenchSet = {
  protocol: 'responses',
  reader: ['openai', openaiReader],
  toolFrames: (argument, perDelta) => named(toolAnswer(argument, perDelta)),
  conformant: { name: 'conformant', codes: [], frames: (events) => named(answer(events, ['text'])) },
  broken: [
    {
      name: 'bare deltas',
      codes: [
        'responses/created-missing',
        'responses/in-progress-missing',
        'responses/item-added-missing',
        'responses/item-done-missing',
        'responses/item-id-mismatch',
        'responses/part-added-missing',
        'sse/event-line-missing',
      ],
      frames: withDoneMark,
    },
    {
      name: 'rotating ids',
      codes: ['responses/item-id-mismatch', 'responses/response-id-mismatch'],
      frames: (events) => named(rotated(answer(events, ['text']))),
    },
    {
      name: 'empty snapshots',
      codes: ['responses/completed-output-empty', 'responses/item-shape-incomplete'],
      frames: (events) => named(emptied(answer(events, ['text']))),
    },
  ],
  others: [
    { name: 'tool arguments', codes: [], frames: (events) => named(answer(events, ['tool'])) },
    {
      name: 'summary, then text',
      codes: [],
      frames: (events) => named(answer(events, ['summary', 'text'], events / 2)),
    },
    { name: 'text beyond ASCII', codes: [], frames: (events) => named(answer(events, ['accents'])) },
    { name: 'CRLF line ends', codes: [], frames: (events) => named(answer(events, ['text']), '\r\n') },
    { name: 'obfuscation', codes: [], frames: (events) => named(obfuscated(answer(events, ['text']))) },
    { name: 'blanks in the JSON, padded', codes: [], frames: (events) => padded(answer(events, ['text'])) },
    { name: 'no sequence numbers', codes: [], frames: (events) => named(unnumberedAnswer(events, ['text'])) },
    { name: 'items of 12 events', codes: [], frames: (events) => named(answer(events, ['text', 'tool'], 12)) },
    {
      name: 'all of these, mixed',
      codes: [],
      frames: (events) => named(answer(events, ['summary', 'accents', 'tool', 'text', 'tool'], 60)),
    },
  ],
  otherDamage: [
    {
      name: 'no `event:` lines',
      codes: ['sse/event-line-missing'],
      frames: (events) => unnamed(answer(events, ['text'])),
    },
    {
      name: 'no `event:` lines, tool arguments',
      codes: ['sse/event-line-missing'],
      frames: (events) => unnamed(answer(events, ['tool'])),
    },
    {
      name: 'glued frames',
      codes: ['sse/frame-separator-missing'],
      frames: (events) => glued(answer(events, ['text'])),
    },
    {
      name: 'ids of 400 characters, rotating',
      codes: ['responses/item-id-mismatch', 'responses/response-id-mismatch'],
      frames: (events) => named(rotated(answer(events, ['text']), 400)),
    },
    {
      name: 'empty snapshots, items of 12 events',
      codes: ['responses/completed-output-empty', 'responses/item-shape-incomplete'],
      frames: (events) => named(emptied(answer(events, ['text'], 12))),
    },
    {
      name: 'no indices',
      codes: ['responses/indices-missing-or-wrong'],
      frames: (events) => named(unplaced(answer(events, ['text']))),
    },
  ],
}

function* withDoneMark(events: number): Generator<string> {
  yield* unnamed(bareDeltas(events))
  yield 'data: [DONE]\n\n'
}
