import { existsSync, readFileSync } from 'node:fs'
import { bytesOf, type DecodeReading } from './reading.js'

/** What a reader of the standard dispatches: type (`message` where none was named), data, last event id. */
export type Dispatch = readonly [type: string, data: string, lastEventId: string]

/** A body and what the standard says it dispatches. */
export interface StrictCase {
  readonly name: string
  readonly body: Uint8Array
  readonly events: readonly Dispatch[]
}

const own = (name: string, body: string | Uint8Array, ...events: readonly Dispatch[]): StrictCase => ({
  name,
  body: typeof body === 'string' ? bytesOf(body) : body,
  events,
})

/** The rules of the event stream format (W-1), one by one, so that a fresh clone tests strict reading without any other file. */
export const ownCases: readonly StrictCase[] = [
  own('an empty body dispatches nothing', ''),
  own('blank lines dispatch nothing', '\n\r\n\n'),
  own('a comment dispatches nothing', ': waiting\n\n'),
  own('the type is message unless it is named', 'data: a\n\n', ['message', 'a', '']),
  own('an event line names the type', 'event: tick\ndata: a\n\n', ['tick', 'a', '']),
  own('the event line may follow the data', 'data: a\nevent: tock\n\n', ['tock', 'a', '']),
  own('the last event line wins', 'event: one\nevent: two\ndata: a\n\n', ['two', 'a', '']),
  own('an empty event line names no type', 'event: one\nevent:\ndata: a\n\n', ['message', 'a', '']),
  own(
    'the type does not outlive its block, dispatched or not',
    'event: one\n\ndata: a\n\nevent: two\ndata: b\n\ndata: c\n\n',
    ['message', 'a', ''],
    ['two', 'b', ''],
    ['message', 'c', ''],
  ),
  own('data lines are joined with LF', 'data: a\ndata: b\ndata:\ndata: c\n\n', ['message', 'a\nb\n\nc', '']),
  own(
    'one space behind the colon goes, and no more',
    'data:a\n\ndata: a\n\ndata:  a \n\ndata:\ta\n\n',
    ['message', 'a', ''],
    ['message', 'a', ''],
    ['message', ' a ', ''],
    ['message', '\ta', ''],
  ),
  own('only the first colon ends the name', 'data: a: b:c\n\n', ['message', 'a: b:c', '']),
  own(
    'a field without a colon has the empty value',
    'data\n\ndata\ndata\n\n',
    ['message', '', ''],
    ['message', '\n', ''],
  ),
  own('CRLF ends lines', 'event: a\r\ndata: 1\r\n\r\ndata: 2\r\n\r\n', ['a', '1', ''], ['message', '2', '']),
  own(
    'CR alone ends lines, the last one too',
    'event: a\rdata: 1\r\rdata: 2\r\r',
    ['a', '1', ''],
    ['message', '2', ''],
  ),
  own(
    'line ends may be mixed',
    'data: 1\r\ndata: 2\rdata: 3\n\r\ndata: 4\r\n\ndata: 5\n\r',
    ['message', '1\n2\n3', ''],
    ['message', '4', ''],
    ['message', '5', ''],
  ),
  own('other line separators are data', 'data: a\u2028b\u2029c\u0085d\u000be\u000cf\n\n', [
    'message',
    'a\u2028b\u2029c\u0085d\u000be\u000cf',
    '',
  ]),
  own('names are case-sensitive and not trimmed', 'DATA: a\n data: b\ndata : c\nda-ta: d\ndata\u0000: e\ndata: f\n\n', [
    'message',
    'f',
    '',
  ]),
  own('unknown fields and lines are ignored', 'moo: a\nno field at all\ndata: b\n\n', ['message', 'b', '']),
  own('comments inside a block are ignored', 'event: a\n: data: no\n:\ndata: b\n:c\n\n', ['a', 'b', '']),
  own('a NUL is data', 'data: a\u0000b\n\n', ['message', 'a\u0000b', '']),
  own(
    'an id persists until another comes',
    'id: 7\ndata: a\n\ndata: b\n\nid: 8\n\ndata: c\n\n',
    ['message', 'a', '7'],
    ['message', 'b', '7'],
    ['message', 'c', '8'],
  ),
  own('an empty id takes it away', 'id: 7\ndata: a\n\nid\ndata: b\n\n', ['message', 'a', '7'], ['message', 'b', '']),
  own(
    'an id with a NUL in it does not count',
    'id: 7\ndata: a\n\nid: 8\u0000\ndata: b\n\n',
    ['message', 'a', '7'],
    ['message', 'b', '7'],
  ),
  own('retry dispatches nothing, whatever its value', 'retry: 5\n\nretry: soon\nretry\ndata: a\n\n', [
    'message',
    'a',
    '',
  ]),
  own(
    'one byte order mark in front is taken off',
    '\ufeffdata: a\n\ndata: b\n\n',
    ['message', 'a', ''],
    ['message', 'b', ''],
  ),
  own('a second byte order mark is part of a name', '\ufeff\ufeffdata: a\n\ndata: b\n\n', ['message', 'b', '']),
  own(
    'a byte order mark further on is part of a name',
    'data: a\n\n\ufeffdata: b\n\ndata: \ufeffc\n\n',
    ['message', 'a', ''],
    ['message', '\ufeffc', ''],
  ),
  own('characters of two, three and four bytes survive', 'data: é€𝄞\n\n', ['message', 'é€𝄞', '']),
  own(
    'bytes that are no UTF-8 become the replacement character',
    Uint8Array.of(...bytesOf('data: a'), 0xff, 0x62, 0xc3, 0x0a, 0x0a),
    ['message', 'a\ufffdb\ufffd', ''],
  ),
  own('a block that no blank line ends is thrown away', 'data: a\n\nid: 4\ndata: b\n', ['message', 'a', '']),
  own('so is a line that nothing ends', 'data: a\n\ndata: [DONE]', ['message', 'a', '']),
  own('a JSON object over several lines is one event', 'data: {"a":\ndata: 1}\n\n', ['message', '{"a":\n1}', '']),
  own('two objects without a blank line between them are one event', 'data: {"a":1}\ndata: {"b":2}\n\n', [
    'message',
    '{"a":1}\n{"b":2}',
    '',
  ]),
]

interface SharedCase {
  readonly name: string
  readonly input_b64: string
  readonly events: readonly { readonly type: string; readonly data: string; readonly lastEventId: string }[]
}

const sharedFile = new URL('../../../shared/spec/sse-cases.json', import.meta.url)

/** The cases of the folder beside the project; undefined where it is absent. */
export const sharedCases: readonly StrictCase[] | undefined = existsSync(sharedFile)
  ? (JSON.parse(readFileSync(sharedFile, 'utf8')) as readonly SharedCase[]).map(({ name, input_b64, events }) => ({
      name,
      body: new Uint8Array(Buffer.from(input_b64, 'base64')),
      events: events.map(({ type, data, lastEventId }) => [type, data, lastEventId] as const),
    }))
  : undefined

/** What a reading dispatches. */
export function dispatched(reading: DecodeReading): Dispatch[] {
  return reading.frames
    .filter((frame) => frame.kind === 'event' && frame.cut !== true)
    .map((frame) => [frame.event ?? 'message', frame.data ?? '', frame.lastEventId ?? ''] as const)
}
