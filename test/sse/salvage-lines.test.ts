import { describe, expect, it } from 'vitest'
import { bytesOf, codes, datas, read, readChunks, sent } from './reading.js'
import { salvageCases } from './salvage-suite.js'

salvageCases('leading blanks (messages 52)', [
  {
    name: 'go from a data line',
    body: ' data: {"a":1}\n\n',
    sends: 'data: {"a":1}\n\n',
    codes: ['sse/sse-whitespace'],
  },
  {
    name: 'go from every field, tabs as well, with one defect for the frame',
    body: '\tevent: x\n  id: 4\n : hi\n \tdata: {"a":1}\n\n',
    sends: 'event: x\nid: 4\n: hi\ndata: {"a":1}\n\n',
    codes: ['sse/sse-whitespace'],
    places: [[1, 0]],
  },
  {
    name: 'make a defect for each frame that has them',
    body: ' data: {"a":1}\n\ndata: {"b":2}\n\n data: {"c":3}\n\n',
    sends: 'data: {"a":1}\n\ndata: {"b":2}\n\ndata: {"c":3}\n\n',
    codes: ['sse/sse-whitespace', 'sse/sse-whitespace'],
    places: [
      [1, 0],
      [2, 16],
      [3, 31],
    ],
  },
  { name: 'stay before a field that is unknown', body: ' moo: 1\ndata: {"a":1}\n\n' },
  { name: 'stay where a longer name only begins like a field', body: ' database: 1\ndata: {"a":1}\n\n' },
  { name: 'are no defect inside the value', body: 'data:   {"a":1}  \n\n' },
  { name: 'are no defect where the one behind the colon is missing', body: 'event:x\ndata:{"a":1}\n\n' },
])

salvageCases('line ends (D-7, T9)', [
  { name: 'CRLF passes', body: 'event: x\r\ndata: {"a":1}\r\n\r\n: hi\r\n\r\ndata: {"b":2}\r\n\r\n' },
  { name: 'LF and CRLF mixed pass', body: 'data: {"a":1}\r\n\ndata: {"b":2}\n\r\n' },
  {
    name: 'bare CR leaves in LF',
    body: 'event: x\rdata: {"a":1}\r\rdata: {"b":2}\r\r',
    sends: 'event: x\ndata: {"a":1}\n\ndata: {"b":2}\n\n',
    codes: ['sse/sse-whitespace', 'sse/sse-whitespace'],
    places: [
      [1, 0],
      [2, 24],
    ],
  },
  {
    name: 'one bare CR makes the whole frame leave in LF',
    body: 'event: x\r\ndata: {"a":1}\r\r\ndata: {"b":2}\r\n\r\n',
    sends: 'event: x\ndata: {"a":1}\n\ndata: {"b":2}\r\n\r\n',
    codes: ['sse/sse-whitespace'],
  },
  {
    name: 'a comment in bare CR leaves in LF',
    body: ': a\r: b\r\r',
    sends: ': a\n: b\n\n',
    codes: ['sse/sse-whitespace'],
  },
  {
    name: 'a CR between frames is a blank line and no defect of its own',
    body: 'data: {"a":1}\n\n\r\n\rdata: {"b":2}\n\n',
    sends: 'data: {"a":1}\n\n\r\n\ndata: {"b":2}\n\n',
  },
  { name: 'other line separators are data', body: 'data: {"a":"b\u2028c\u0085d"}\n\n' },
  { name: 'JSON over several data lines passes', body: 'data: {\ndata:   "a": 1,\ndata:   "b": 2\ndata: }\n\n' },
])

describe('a CR at the end of a chunk (D-7)', () => {
  it('waits for the next byte as long as lines end in CRLF', () => {
    const reading = readChunks([bytesOf('data: {"a":1}\r\n\r')])
    expect(reading.before.frames).toBe(0)
    expect(reading.frames).toHaveLength(1)
  })

  it('lets a frame go at once where lines end in bare CR', () => {
    const reading = readChunks([bytesOf('data: {"a":1}\r'), bytesOf('\r')])
    expect(reading.before.frames).toBe(1)
    expect(sent(reading)).toBe('data: {"a":1}\n\n')
  })

  it('and an LF that comes behind it after all is no line of its own', () => {
    const reading = readChunks([bytesOf('data: {"a":1}\r\r'), bytesOf('\ndata: {"b":2}\r\r')])
    expect(sent(reading)).toBe('data: {"a":1}\n\ndata: {"b":2}\n\n')
    expect(reading.frames.map(({ offset }) => offset)).toEqual([0, 16])
  })
})

salvageCases('a byte order mark (T8)', [
  {
    name: 'in front is dropped',
    body: '\ufeffdata: {"a":1}\n\n',
    sends: 'data: {"a":1}\n\n',
    codes: ['sse/bom'],
    places: [[1, 3]],
  },
  {
    name: 'in front moves every offset by its three bytes',
    body: '\ufeff: hi\n\nevent: x\r\ndata: {"a":"é"}\r\n\r\n data: {"b":2}\n\n',
    sends: ': hi\n\nevent: x\r\ndata: {"a":"é"}\r\n\r\ndata: {"b":2}\n\n',
    codes: ['sse/bom', 'sse/sse-whitespace'],
    places: [
      [1, 3],
      [2, 9],
      [3, 39],
    ],
  },
  { name: 'alone is all there is', body: '\ufeff', sends: '', codes: ['sse/bom'], places: [] },
  { name: 'inside data is text', body: 'data: {"a":"\ufeff"}\n\n' },
])

describe('a byte order mark (T8)', () => {
  it('is reported for frame 0 at offset 0, before the first frame', () => {
    expect(read('\ufeff data: {"a":1}\n\n').defects).toEqual([
      { code: 'sse/bom', action: 'dropped', frame: 0, offset: 0 },
      { code: 'sse/sse-whitespace', action: 'rewrote', frame: 1, offset: 3 },
    ])
  })

  it('is none where only its first bytes came', () => {
    for (const bytes of [[0xef], [0xef, 0xbb]]) expect(codes(read(Uint8Array.from(bytes)))).not.toContain('sse/bom')
    const reading = readChunks([Uint8Array.of(0xef), Uint8Array.of(0xbb), bytesOf('\ndata: {"a":1}\n\n')])
    expect(reading.defects).toEqual([])
    expect(datas(reading)).toEqual(['{"a":1}'])
  })
})

salvageCases('the field `error` (R-E12)', [
  {
    name: 'is an error event',
    body: 'error: {"a":1}\n\n',
    sends: 'event: error\ndata: {"a":1}\n\n',
    codes: ['errors/err-field-old'],
  },
  {
    name: 'is one with blanks in front, with one defect',
    body: '  error: {"a":1}\n\n',
    sends: 'event: error\ndata: {"a":1}\n\n',
    codes: ['errors/err-field-old'],
  },
  {
    name: 'begins a frame of its own behind whole data',
    body: 'data: {"a":1}\nerror: {"b":2}\n\n',
    sends: 'data: {"a":1}\n\nevent: error\ndata: {"b":2}\n\n',
    codes: ['sse/frame-separator-missing', 'errors/err-field-old'],
    places: [
      [1, 0],
      [2, 14],
    ],
  },
  { name: 'is unknown without a colon', body: 'error\ndata: {"a":1}\n\n' },
  { name: 'is unknown under a longer name', body: 'errors: {"b":2}\ndata: {"a":1}\n\n' },
  { name: 'is not an error line by way of the event name', body: 'event: error\ndata: {"a":1}\n\n' },
])

salvageCases('other lines', [
  { name: 'comments inside a frame stay in it', body: ': a\nevent: x\n: b\ndata: {"a":1}\n:c\n\n' },
  { name: 'unknown fields stay where they are', body: 'moo: 1\ndata: {"a":1}\nno field\n\n' },
  { name: 'a block of unknown fields passes', body: 'moo: 1\nno field\n\ndata: {"a":1}\n\n' },
  { name: 'a block of comments passes', body: ': a\n:\n: b\n\n' },
  { name: 'a block of an id and a retry passes', body: 'id: 7\nretry: 100\n\ndata: {"a":1}\n\n' },
  {
    name: 'blank lines pass and are no frames',
    body: '\n\ndata: {"a":1}\n\n\n\n: hi\n\n',
    places: [
      [1, 2],
      [2, 19],
    ],
  },
  {
    name: 'a changed frame keeps its comments, id and retry',
    body: ': a\nid: 7\n data: {"a":1}\nretry: 5\n\n',
    sends: ': a\nid: 7\ndata: {"a":1}\nretry: 5\n\n',
    codes: ['sse/sse-whitespace'],
  },
])

describe('numbers and offsets', () => {
  it('count bytes, not characters', () => {
    const body = 'data: {"a":"é€𝄞"}\n\n: ü\n\nevent: ü\ndata: {"b":"ß"}\n\ndata: {"c":3}\n\n'
    const starts = ['data: {"a"', ': ü', 'event: ü', 'data: {"c"'].map(
      (text) => bytesOf(body.split(text)[0] ?? '').length,
    )
    expect(read(body).frames.map(({ number, offset }) => [number, offset])).toEqual(starts.map((at, i) => [i + 1, at]))
  })

  it('name the last frame on the blank lines behind it', () => {
    const fillers = read('\n: a\n\n\n\n').frames.filter(({ kind }) => kind === 'filler')
    expect(fillers.map(({ number, offset }) => [number, offset])).toEqual([
      [0, 0],
      [1, 6],
      [1, 7],
    ])
  })
})

describe('the last event id', () => {
  const ids = (body: string) =>
    read(body)
      .frames.filter(({ kind }) => kind === 'event')
      .map(({ lastEventId }) => lastEventId)

  it('persists, is taken by blocks that dispatch nothing, and ends with an empty id', () => {
    expect(ids('data: 1\n\nid: a\ndata: 2\n\ndata: 3\n\nid: b\n\ndata: 4\n\nid:\ndata: 5\n\n')).toEqual([
      '',
      'a',
      'a',
      'b',
      '',
    ])
  })

  it('survives what salvage does to the frames that carry it', () => {
    expect(ids(' id: a\n data: {"a":1}\n\ndata: {"b":2}\n\nid: b\ndata: data: {"c":3}\n\ndata: {"d":4}\n\n')).toEqual([
      'a',
      'a',
      'b',
      'b',
    ])
  })

  it('is not taken from an id with a NUL in it', () => {
    expect(ids('id: a\ndata: 1\n\nid: b\0\n\ndata: 2\n\n')).toEqual(['a', 'a'])
  })
})
