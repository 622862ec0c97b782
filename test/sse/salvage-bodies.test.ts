import { describe, expect, it } from 'vitest'
import { bytesOf, codes, datas, read, readChunks } from './reading.js'
import { salvageCases } from './salvage-suite.js'

salvageCases('JSON without a prefix (T7, D-12)', [
  {
    name: 'line by line is one frame for each line',
    body: '{"a":1}\n{"b":2}\n{"c":3}',
    sends: 'data: {"a":1}\n\ndata: {"b":2}\n\ndata: {"c":3}\n\n',
    codes: ['sse/raw-ndjson', 'sse/raw-ndjson', 'sse/raw-ndjson'],
    places: [
      [1, 0],
      [2, 8],
      [3, 16],
    ],
  },
  {
    name: 'in one document over many lines and blank lines is one frame',
    body: '{\n  "a": [\n    1,\n\n    2\n  ],\n\n  "b": "c"\n}\n',
    sends: 'data: {  "a": [    1,    2  ],  "b": "c"}\n\n',
    codes: ['sse/raw-ndjson'],
    places: [[1, 0]],
  },
  {
    name: 'in one document without a line end is one frame',
    body: '{"a":{"b":[]}}',
    sends: 'data: {"a":{"b":[]}}\n\n',
    codes: ['sse/raw-ndjson'],
  },
  {
    name: 'behind leading blanks and blank lines is found',
    body: '\n\n  {"a":1}\n',
    sends: '\n\ndata: {"a":1}\n\n',
    codes: ['sse/raw-ndjson'],
  },
  { name: 'in CRLF is found', body: '{\r\n"a":1\r\n}\r\n', sends: 'data: {"a":1}\n\n', codes: ['sse/raw-ndjson'] },
  {
    name: 'behind frames is a frame',
    body: 'event: x\ndata: {"a":1}\n\n{"b":2}\n',
    sends: 'event: x\ndata: {"a":1}\n\ndata: {"b":2}\n\n',
    codes: ['sse/raw-ndjson'],
  },
  {
    name: 'glued behind a data line is a frame',
    body: 'data: {"a":1}\n{"b":2}\n\n',
    sends: 'data: {"a":1}\n\ndata: {"b":2}\n\n',
    codes: ['sse/raw-ndjson'],
  },
  {
    name: 'before frames is a frame',
    body: '{"a":1}\nevent: x\ndata: {"b":2}\n\n',
    sends: 'data: {"a":1}\n\nevent: x\ndata: {"b":2}\n\n',
    codes: ['sse/raw-ndjson'],
  },
  {
    name: 'under an event line has that name',
    body: 'event: x\n{"a":1}\n\n',
    sends: 'event: x\ndata: {"a":1}\n\n',
    codes: ['sse/raw-ndjson'],
  },
  {
    name: 'as the bare sentinel is the sentinel',
    body: 'data: {"a":1}\n\n[DONE]\n',
    sends: 'data: {"a":1}\n\ndata: [DONE]\n\n',
    codes: ['sse/raw-ndjson'],
  },
  {
    name: 'that is cut is dropped',
    body: '{"a":1}\n{"b":',
    sends: 'data: {"a":1}\n\n',
    codes: ['sse/raw-ndjson', 'sse/raw-ndjson', 'sse/no-final-blank-line'],
  },
  {
    name: 'that breaks off where frames go on is left for the machine to end on',
    body: '{"a":\nevent: x\ndata: {"b":2}\n\n',
    sends: 'data: {"a":\n\nevent: x\ndata: {"b":2}\n\n',
    codes: ['sse/raw-ndjson'],
    stillBroken: true,
  },
  { name: 'has to begin the line', body: 'data: {"a":1}\nx {"b":2}\n\n' },
  { name: 'has to be an object', body: 'data: {"a":1}\n\n[1,2]\n"text"\n\n' },
])

describe('JSON without a prefix (T7)', () => {
  it('leaves when its last line ends, although the stream goes on', () => {
    expect(readChunks([bytesOf('{"a":1}\n{\n"b":2}\n')]).before.frames).toBe(2)
  })
})

describe('a body that is no event stream (9, D-5)', () => {
  const bodies = {
    'a page of HTML': '<!doctype html>\n<html>\n\n<body>Sorry.</body>\n\n</html>\n',
    'a sentence': 'upstream connect error or disconnect/reset before headers',
    'a JSON array': '[{"a":1}]\n',
    'a JSON string': '"no"\n',
    'blank lines around a word': '\n\nno\n\n',
    'the name of a field without a colon': 'event stream over\n',
  }

  for (const [what, body] of Object.entries(bodies)) {
    it(`${what} is handed over as one frame that is never sent on`, () => {
      const whole = read(body)
      const events = whole.frames.filter(({ kind }) => kind === 'event')
      expect(events).toMatchObject([{ body: 'text', cut: true, raw: '', data: body.trim() }])
      expect(codes(whole)).toEqual(['sse/not-a-stream'])
      expect(whole.defects[0]?.action).toBe('ended')
      const bytewise = readChunks(Array.from(bytesOf(body), (byte) => Uint8Array.of(byte)))
      expect(bytewise.frames).toEqual(whole.frames)
      expect(bytewise.defects).toEqual(whole.defects)
    })
  }

  it('is found only when the input is over, since an event stream may still follow', () => {
    expect(readChunks([bytesOf('hello\n\nthere\n\n')]).before).toEqual({ frames: 0, defects: 0 })
    const late = read('hello\n\nthere\n\ndata: {"a":1}\n\n')
    expect(datas(late)).toEqual(['{"a":1}'])
    expect(codes(late)).toEqual([])
  })

  it('is not said of an event stream with such text behind it', () => {
    expect(codes(read('data: {"a":1}\n\n<html>\n</html>\n\n'))).toEqual([])
  })

  it('is not said of comments alone, of ids alone or of nothing', () => {
    for (const body of [': hi\n\n', 'id: 4\n\n', 'retry: 4\n\n', '', '\n\n']) expect(codes(read(body))).toEqual([])
  })

  it('is not said of the first letters of a field', () => {
    for (const body of ['d', 'dat', 'even', 're', 'i']) expect(codes(read(body))).toEqual(['sse/no-final-blank-line'])
  })
})

salvageCases('JSON that was cut over several frames (T11, 53)', [
  {
    name: 'is joined over two',
    body: 'event: x\ndata: {"a":"b\n\ndata: c"}\n\ndata: {"d":1}\n\n',
    sends: 'event: x\ndata: {"a":"bc"}\n\ndata: {"d":1}\n\n',
    codes: ['sse/data-malformed-json'],
    places: [
      [1, 0],
      [3, 35],
    ],
  },
  {
    name: 'is joined over three',
    body: 'data: {"a":\n\ndata: [1,\n\ndata: 2]}\n\n',
    sends: 'data: {"a":[1,2]}\n\n',
    codes: ['sse/data-malformed-json'],
  },
  {
    name: 'is joined around comments, which do not wait for it',
    body: 'data: {"a":\n\n: hi\n\ndata: 1}\n\n',
    sends: ': hi\n\ndata: {"a":1}\n\n',
    codes: ['sse/data-malformed-json'],
  },
  {
    name: 'takes the name of its second half where the first had none',
    body: 'data: {"a":\n\nevent: x\ndata: 1}\n\n',
    sends: 'event: x\ndata: {"a":1}\n\n',
    codes: ['sse/data-malformed-json'],
  },
  {
    name: 'keeps what follows apart',
    body: 'data: {"a":\n\ndata: 1}\n\ndata: {"b":\n\ndata: 2}\n\n',
    sends: 'data: {"a":1}\n\ndata: {"b":2}\n\n',
    codes: ['sse/data-malformed-json', 'sse/data-malformed-json'],
  },
  {
    name: 'is not joined with a whole object, and is left for the machine to end on',
    body: 'data: {"a":\n\ndata: {"b":2}\n\n',
    stillBroken: true,
  },
  { name: 'is not joined with the sentinel', body: 'data: {"a":"\n\ndata: [DONE]\n\n', stillBroken: true },
  { name: 'is not joined with what does not go on with it', body: 'data: {"a":\n\ndata: oops\n\n', stillBroken: true },
  { name: 'is not joined where it is no beginning of JSON at all', body: 'data: {a\n\ndata: }\n\n', stillBroken: true },
  { name: 'is not joined with nothing', body: 'data: {"a":\n\n', stillBroken: true },
])

describe('JSON that was cut over several frames (T11)', () => {
  it('waits for one frame, and is reported for the frame where it began', () => {
    expect(readChunks([bytesOf('data: {"a":\n\n')]).before).toEqual({ frames: 0, defects: 0 })
    const reading = readChunks([bytesOf('data: {"z":0}\n\ndata: {"a":\n\ndata: 1}\n\n')])
    expect(reading.before.frames).toBe(2)
    expect(reading.defects).toMatchObject([
      { code: 'sse/data-malformed-json', action: 'rewrote', frame: 2, offset: 15 },
    ])
  })
})
