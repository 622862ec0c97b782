import {
  answer,
  type ChatChunk,
  countedAlways,
  idPerChunk,
  obfuscated,
  toolAnswer,
  twoChoices,
  unindexed,
  withChoice,
  withDelta,
} from './chat-events.js'
import { spaced } from './framing.js'
import type { BenchSet, BenchStream } from './streams.js'
import { openaiReader } from './subjects.js'

/** `[DONE]` is a frame as well: what comes before it has one chunk less than there are events. */
const textOf = (events: number) => answer(events - 1, ['text'])
const toolOf = (events: number) => answer(events - 1, ['tool'])

const tool: BenchStream = { name: 'tool arguments', codes: [], frames: (events) => wire(toolOf(events)) }

/** `/v1/chat/completions`. */
export const chatSet: BenchSet = {
  protocol: 'chat',
  reader: ['openai', openaiReader],
  toolFrames: (argument, perDelta) => wire(toolAnswer(argument, perDelta)),
  conformant: { name: 'conformant', codes: [], frames: (events) => wire(textOf(events)) },
  conformantToo: [tool],
  broken: [
    {
      name: 'tool index missing',
      codes: ['chat/tool-index-missing-or-wrong'],
      of: tool,
      frames: (events) => wire(withDelta(toolOf(events), unindexed)),
    },
    {
      name: 'id per chunk',
      codes: ['chat/chunk-envelope'],
      frames: (events) => wire(idPerChunk(textOf(events))),
    },
    {
      name: 'role repeated',
      codes: ['chat/role-missing-or-invalid'],
      frames: (events) => wire(withDelta(textOf(events), (delta) => ({ role: 'assistant', ...delta }))),
    },
    {
      name: 'index missing',
      codes: ['chat/chunk-envelope'],
      frames: (events) => wire(withChoice(textOf(events), ({ index: _, ...choice }: { index?: number }) => choice)),
    },
  ],
  others: [
    {
      name: 'reasoning, then text',
      codes: [],
      frames: (events) => wire(answer(events - 1, ['reasoning', 'text'], events / 2)),
    },
    { name: 'text beyond ASCII', codes: [], frames: (events) => wire(answer(events - 1, ['accents'])) },
    { name: 'CRLF line ends', codes: [], frames: (events) => wire(textOf(events), '\r\n') },
    { name: 'obfuscation', codes: [], frames: (events) => wire(obfuscated(textOf(events))) },
    { name: 'blanks in the JSON', codes: [], frames: (events) => wire(textOf(events), '\n', spaced) },
    { name: 'usage on every chunk', codes: [], frames: (events) => wire(countedAlways(textOf(events))) },
    { name: 'two choices in turns', codes: [], frames: (events) => wire(twoChoices(events - 1)) },
    { name: 'calls of 12 chunks', codes: [], frames: (events) => wire(answer(events - 1, ['tool'], 12)) },
    {
      name: 'all of these, mixed',
      codes: [],
      frames: (events) => wire(answer(events - 1, ['reasoning', 'accents', 'text', 'tool', 'tool'], 60)),
    },
  ],
  otherDamage: [
    {
      name: 'glued frames',
      codes: ['sse/frame-separator-missing'],
      frames: (events) => glued(textOf(events)),
    },
    {
      name: 'finish reason empty',
      codes: ['chat/finish-reason-missing-empty-wrong'],
      frames: (events) =>
        wire(
          withChoice(textOf(events), (choice) => {
            const { finish_reason: finish } = choice as { finish_reason: string | null }
            return { ...choice, finish_reason: finish ?? '' }
          }),
        ),
    },
    {
      name: 'tool index missing, calls of 12 chunks',
      codes: ['chat/tool-index-missing-or-wrong'],
      of: { name: 'calls of 12 chunks', codes: [], frames: (events) => wire(answer(events - 1, ['tool'], 12)) },
      frames: (events) => wire(withDelta(answer(events - 1, ['tool'], 12), unindexed)),
    },
  ],
}

function* wire(
  chunks: Iterable<ChatChunk>,
  end = '\n',
  json: (value: object) => string = JSON.stringify,
): Generator<string> {
  for (const chunk of chunks) yield `data: ${json(chunk)}${end}${end}`
  yield `data: [DONE]${end}${end}`
}

/** No blank line between the frames, but before `[DONE]`. */
function* glued(chunks: Iterable<ChatChunk>): Generator<string> {
  for (const chunk of chunks) yield `data: ${JSON.stringify(chunk)}\n`
  yield '\ndata: [DONE]\n\n'
}
