import { describe, expect, it } from 'vitest'
import { bytesOf, codes, datas, read, readChunks, sent } from './reading.js'
import { salvageCases } from './salvage-suite.js'

salvageCases('the last frame without its blank line (T4)', [
  { name: 'is sent with one', body: 'data: {"a":1}\n', sends: 'data: {"a":1}\n\n', codes: ['sse/no-final-blank-line'] },
  {
    name: 'is sent with its line end as well',
    body: 'event: x\nid: 4\ndata: {"a":1}',
    sends: 'event: x\nid: 4\ndata: {"a":1}\n\n',
    codes: ['sse/no-final-blank-line'],
  },
  { name: 'keeps CRLF', body: 'data: {"a":1}\r\n', sends: 'data: {"a":1}\r\n\r\n', codes: ['sse/no-final-blank-line'] },
  {
    name: 'may end in a bare CR',
    body: 'data: {"a":1}\r',
    sends: 'data: {"a":1}\n\n',
    codes: ['sse/sse-whitespace', 'sse/no-final-blank-line'],
  },
  {
    name: 'is sent where it is the sentinel',
    body: 'data: [DONE]',
    sends: 'data: [DONE]\n\n',
    codes: ['sse/no-final-blank-line'],
  },
  {
    name: 'is sent where it is plain text',
    body: 'event: error\ndata: too many',
    sends: 'event: error\ndata: too many\n\n',
    codes: ['sse/no-final-blank-line'],
  },
  {
    name: 'is dropped where its JSON is cut',
    body: 'data: {"a":1}\n\ndata: {"b":',
    sends: 'data: {"a":1}\n\n',
    codes: ['sse/no-final-blank-line'],
  },
  {
    name: 'is dropped where the sentinel is cut',
    body: 'data: {"a":1}\n\ndata: [DO',
    sends: 'data: {"a":1}\n\n',
    codes: ['sse/no-final-blank-line'],
  },
  {
    name: 'is dropped without a word of data',
    body: 'data: {"a":1}\n\nevent: x\ndata:',
    sends: 'data: {"a":1}\n\n',
    codes: ['sse/no-final-blank-line'],
  },
  {
    name: 'is dropped where it has only a name',
    body: 'data: {"a":1}\n\nevent: x\n',
    sends: 'data: {"a":1}\n\n',
    codes: ['sse/no-final-blank-line'],
  },
  {
    name: 'is dropped where a field name is cut',
    body: 'data: {"a":1}\n\neve',
    sends: 'data: {"a":1}\n\n',
    codes: ['sse/no-final-blank-line'],
  },
  {
    name: 'is dropped where the first field name of all is cut',
    body: 'dat',
    sends: '',
    codes: ['sse/no-final-blank-line'],
  },
  { name: 'is no defect where there is none', body: 'data: {"a":1}\n\n\n' },
])

describe('the last frame without its blank line (T4)', () => {
  it('waits for the end of the input', () => {
    expect(readChunks([bytesOf('data: {"a":1}\n')]).before).toEqual({ frames: 0, defects: 0 })
  })

  it('is handed on as cut where its data is, so that the machine knows', () => {
    expect(read('data: {"a":').frames).toMatchObject([{ kind: 'event', cut: true, data: '{"a":', value: undefined }])
    expect(read('data: {"a":1}').frames).toMatchObject([{ kind: 'event', cut: false, value: { a: 1 } }])
  })

  it('is thrown away when the reader has left', () => {
    const reading = read('data: {"a":1}', { end: 'cancel' })
    expect(reading.frames).toEqual([])
    expect(reading.defects).toEqual([])
  })
})

salvageCases('frames glued without a blank line (T5, D-8)', [
  {
    name: 'are parted where a data line follows a whole object',
    body: 'data: {"a":1}\ndata: {"b":2}\n\n',
    sends: 'data: {"a":1}\n\ndata: {"b":2}\n\n',
    codes: ['sse/frame-separator-missing'],
    places: [
      [1, 0],
      [2, 14],
    ],
  },
  {
    name: 'are parted with their names, ids and comments',
    body: 'event: x\ndata: {"a":1}\nevent: y\nid: 4\n: hi\ndata: {"b":2}\nevent: z\ndata: {"c":3}\n\n',
    sends: 'event: x\ndata: {"a":1}\n\nevent: y\nid: 4\n: hi\ndata: {"b":2}\n\nevent: z\ndata: {"c":3}\n\n',
    codes: ['sse/frame-separator-missing', 'sse/frame-separator-missing'],
    places: [
      [1, 0],
      [2, 23],
      [3, 57],
    ],
  },
  {
    name: 'are parted to the end of the stream, the last one without a defect where nothing is glued to it',
    body: 'data: {"a":1}\ndata: {"b":2}\n\ndata: {"c":3}\n\ndata: {"d":4}\n\n',
    sends: 'data: {"a":1}\n\ndata: {"b":2}\n\ndata: {"c":3}\n\ndata: {"d":4}\n\n',
    codes: ['sse/frame-separator-missing'],
    places: [
      [1, 0],
      [2, 14],
      [3, 29],
      [4, 44],
    ],
  },
  {
    name: 'are parted where the data stands over several lines',
    body: 'data: {"a":\ndata: 1}\ndata: {"b":\ndata: 2}\n\n',
    sends: 'data: {"a":\ndata: 1}\n\ndata: {"b":\ndata: 2}\n\n',
    codes: ['sse/frame-separator-missing'],
  },
  {
    name: 'are parted at the first frame although the second is the end of the stream',
    body: 'data: {"a":1}\nevent: y\ndata: {"b":2}',
    sends: 'data: {"a":1}\n\nevent: y\ndata: {"b":2}\n\n',
    codes: ['sse/frame-separator-missing'],
  },
  {
    name: 'are parted at braces of the JSON and not at those of its strings',
    body: 'data: {"a":"}{\\"}"\ndata: ,"b":{}}\ndata: {"c":[{}]}\n\n',
    sends: 'data: {"a":"}{\\"}"\ndata: ,"b":{}}\n\ndata: {"c":[{}]}\n\n',
    codes: ['sse/frame-separator-missing'],
  },
  {
    name: 'are parted also behind lines that carry nothing',
    body: 'data: null\ndata: {"a":1}\ndata: {"b":2}\n\n',
    sends: 'data: {"a":1}\n\ndata: {"b":2}\n\n',
    codes: ['sse/frame-separator-missing', 'sse/data-empty-or-null'],
  },
  {
    name: 'are parted from the sentinel, and from lines between them that carry nothing',
    body: 'data: {"a":\ndata: 1}{"b":2}\ndata: null\ndata: [DONE]\n\n',
    sends: 'data: {"a":1}\n\ndata: {"b":2}\n\ndata: [DONE]\n\n',
    codes: ['sse/frame-separator-missing', 'sse/frame-separator-missing', 'sse/data-empty-or-null'],
  },
  { name: 'an object over several lines is one frame', body: 'data: {"a":\ndata: {"b":1},\ndata: "c":2}\n\n' },
  { name: 'data that is no object may have more lines', body: 'data: one\ndata: two\n\n' },
  { name: 'an array may have more lines', body: 'data: [1]\ndata: [2]\n\n' },
  { name: 'a comment or an id behind whole data belongs to it', body: 'data: {"a":1}\n: hi\nid: 4\nretry: 1\n\n' },
  {
    name: 'an event line behind whole data belongs to it as long as no data follows',
    body: 'data: {"a":1}\nevent: late\n\n',
  },
])

describe('frames glued without a blank line (D-8)', () => {
  it('leave when the next data line comes, and are reported then for the frame that was glued', () => {
    const reading = readChunks([bytesOf('data: {"a":1}\nevent: y\ndata: {"b":2}\n')])
    expect(reading.before).toEqual({ frames: 2, defects: 1 })
    expect(reading.defects).toMatchObject([
      { code: 'sse/frame-separator-missing', action: 'rewrote', frame: 1, offset: 0 },
    ])
  })

  it('leave at the end of their line once one case is proven, and are reported when the next one proves it', () => {
    const glued = 'data: {"a":1}\ndata: {"b":2}\n'
    expect(readChunks([bytesOf(`${glued}data: {"c":3}\n`)]).before).toEqual({ frames: 3, defects: 2 })
    expect(readChunks([bytesOf(`${glued}data: {"c":3}\n\n`)]).before).toEqual({ frames: 3, defects: 2 })
    expect(readChunks([bytesOf(`${glued}\ndata: {"c":3}\n`)]).before).toEqual({ frames: 3, defects: 1 })
  })

  it('swallow the blank line that comes behind an early release, and only that one', () => {
    expect(sent(read('data: {"a":1}\ndata: {"b":2}\n\n\ndata: {"c":3}\n\n'))).toBe(
      'data: {"a":1}\n\ndata: {"b":2}\n\n\ndata: {"c":3}\n\n',
    )
  })

  it('are found in any number, each once', () => {
    const lines = Array.from({ length: 500 }, (_, i) => `event: x\ndata: {"a":${i}}\n`)
    const reading = read(`${lines.join('')}\n`)
    expect(datas(reading)).toEqual(lines.map((_, i) => `{"a":${i}}`))
    expect(codes(reading)).toEqual(lines.slice(1).map(() => 'sse/frame-separator-missing'))
  })
})

salvageCases('several objects in one data line (T5)', [
  {
    name: 'are parted at `}{`',
    body: 'data: {"a":1}{"b":2}{"c":3}\n\n',
    sends: 'data: {"a":1}\n\ndata: {"b":2}\n\ndata: {"c":3}\n\n',
    codes: ['sse/frame-separator-missing', 'sse/frame-separator-missing'],
    places: [
      [1, 0],
      [1, 0],
      [1, 0],
    ],
  },
  {
    name: 'are named by their types where the frame had a name',
    body: 'event: x\ndata: {"type":"x"}{"type":"y"}\n\n',
    sends: 'event: x\ndata: {"type":"x"}\n\nevent: y\ndata: {"type":"y"}\n\n',
    codes: ['sse/frame-separator-missing'],
  },
  {
    name: 'are not named where the frame had none',
    body: 'data: {"type":"x"}{"type":"y"}\n\n',
    sends: 'data: {"type":"x"}\n\ndata: {"type":"y"}\n\n',
    codes: ['sse/frame-separator-missing'],
  },
  { name: '`}{` in a string parts nothing', body: 'data: {"a":"}{"}\n\n' },
  { name: 'blanks behind the object part nothing', body: 'data: {"a":1}  \n\n' },
])

salvageCases('the prefix twice (T6)', [
  {
    name: 'is taken off',
    body: 'data: data: {"a":1}\n\n',
    sends: 'data: {"a":1}\n\n',
    codes: ['sse/double-data-prefix'],
  },
  {
    name: 'is taken off without blanks',
    body: 'data:data:{"a":1}\n\n',
    sends: 'data: {"a":1}\n\n',
    codes: ['sse/double-data-prefix'],
  },
  {
    name: 'is taken off the sentinel',
    body: 'data: data: [DONE]\n\n',
    sends: 'data: [DONE]\n\n',
    codes: ['sse/double-data-prefix'],
  },
  {
    name: 'is taken off a whole block in data lines, whose name wins',
    body: 'event: message\ndata: event: x\ndata: data: {"a":1}\n\n',
    sends: 'event: x\ndata: {"a":1}\n\n',
    codes: ['sse/double-data-prefix'],
  },
  {
    name: 'keeps the outer name where there is no inner one',
    body: 'event: x\ndata: data: {"a":1}\n\n',
    sends: 'event: x\ndata: {"a":1}\n\n',
    codes: ['sse/double-data-prefix'],
  },
  {
    name: 'is taken off layer by layer',
    body: 'data: data: data: {"a":1}\n\n',
    sends: 'data: {"a":1}\n\n',
    codes: ['sse/double-data-prefix', 'sse/double-data-prefix'],
  },
  {
    name: 'is left for the machine to end on where there is no end of it',
    body: `${'data: '.repeat(9)}{"a":1}\n\n`,
    sends: `${'data: '.repeat(5)}{"a":1}\n\n`,
    codes: Array.from({ length: 4 }, () => 'sse/double-data-prefix' as const),
    stillBroken: true,
  },
  { name: 'in a string is text', body: 'data: {"a":"data: b"}\n\n' },
  { name: 'of another word is text', body: 'event: error\ndata: database: gone\n\n' },
])

salvageCases('a comment behind the prefix (T2, D-9)', [
  {
    name: 'is a comment again, in its place',
    body: 'data: : waiting\n\ndata: {"a":1}\n\n',
    sends: ': waiting\n\ndata: {"a":1}\n\n',
    codes: ['sse/data-comment'],
  },
  { name: 'may be empty', body: 'data: :\n\n', sends: ':\n\n', codes: ['sse/data-comment'] },
  {
    name: 'may be doubly wrapped',
    body: 'data: data: : a\n\n',
    sends: ': a\n\n',
    codes: ['sse/double-data-prefix', 'sse/data-comment'],
  },
  { name: 'is no comment further on in the text', body: 'event: error\ndata: wait: a moment\n\n' },
  { name: 'is no comment inside a string', body: 'data: {"a":": b"}\n\n' },
])

salvageCases('frames that say nothing (T3, 41, 53)', [
  { name: 'with empty data are dropped', body: 'data:\n\n', sends: '', codes: ['sse/data-empty-or-null'] },
  {
    name: 'without a colon or with blanks alone as well',
    body: 'data\n\ndata:   \n\n',
    sends: '',
    codes: ['sse/data-empty-or-null', 'sse/data-empty-or-null'],
  },
  {
    name: 'with null are dropped, named or not',
    body: 'event: x\ndata: null\n\n',
    sends: '',
    codes: ['sse/data-empty-or-null'],
  },
  { name: 'with a name alone are dropped', body: 'event: ping\n\n', sends: '', codes: ['sse/data-empty-or-null'] },
  {
    name: 'with a keep-alive word are dropped',
    body: 'data: ping\n\ndata: "pong"\n\ndata: Keep-Alive\n\n',
    sends: '',
    codes: Array.from({ length: 3 }, () => 'sse/data-malformed-json' as const),
  },
  { name: 'an empty line before data is not empty data', body: 'data:\ndata\ndata: {"a":1}\n\n' },
  {
    name: 'an empty line behind a whole object is a frame of its own (T5), and empty',
    body: 'data: {"a":1}\ndata:\n\n',
    sends: 'data: {"a":1}\n\n',
    codes: ['sse/frame-separator-missing', 'sse/data-empty-or-null'],
  },
  { name: 'null inside an object is a value', body: 'data: {"a":null}\n\n' },
  { name: 'an empty object is the machine’s to judge', body: 'data: {}\n\n' },
  { name: 'a sentence that begins with such a word is text', body: 'event: error\ndata: ping failed\n\n' },
])

salvageCases('the sentinel (W-3)', [
  { name: 'to the letter passes', body: 'data: [DONE]\n\ndata:[DONE]\r\n\r\n' },
  {
    name: 'in small letters is rewritten',
    body: 'data: [done]\n\n',
    sends: 'data: [DONE]\n\n',
    codes: ['sse/sse-whitespace'],
  },
  {
    name: 'between blanks is rewritten',
    body: 'data:  [DONE] \n\n',
    sends: 'data: [DONE]\n\n',
    codes: ['sse/sse-whitespace'],
  },
  { name: 'with more than blanks around it is text', body: 'event: error\ndata: [DONE].\n\n' },
])
