import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf, codes, read, readChunks, sent } from './reading.js'

/** What broken servers build their bodies of, whole lines and parts of lines. */
const pieces = [
  'data: {"a":1}\n\n',
  'data: {"a":1}\n',
  'event: x\ndata: {"type":"y"}\n',
  'event: x\ndata: {"type":"y"}\n\n',
  'event: x\ndata: {"type":"z"}\n\n',
  'event: z\ndata: {"type":"z"}\n\n',
  'event: z\n',
  'data: {"a":',
  'data: 1}\n\n',
  'data: {"a":1}{"b":2}\n\n',
  'data: data: {"a":1}\n\n',
  'data: : hi\n\n',
  'data: [DONE]\n\n',
  'data:\n\n',
  'data: null\n\n',
  'data: ping\n\n',
  'event: ping\n\n',
  ' data: {"é":1}\n\n',
  'error: {"a":1}\n\n',
  '{"a":1}\n',
  '{\n"a":\n\n1}\n',
  '<html>\n',
  ': hi\n\n',
  'id: 4\n',
  'retry: 4\n\n',
  'moo: 1\n',
  '\n',
  '\r',
  '\r\n',
  '\ufeff',
  '}',
  '{',
  '"',
  'é',
]
const texts = fc.array(fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...pieces) }, fc.string({ maxLength: 3 })), {
  maxLength: 14,
})
const bodies = fc
  .tuple(texts, fc.constantFrom('', '\r\n', '\r'))
  .map(([parts, end]) => bytesOf(end === '' ? parts.join('') : parts.join('').replaceAll('\n', end)))
const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 })

function* cutAt(body: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, i = 0; at < body.length; i++) {
    const length = lengths[i % lengths.length] ?? 1
    yield body.subarray(at, at + length)
    at += length
  }
}

describe('salvaging decode, on any bytes', () => {
  it('reads and reports the same however the bytes are cut (law 4)', () => {
    fc.assert(
      fc.property(bodies, sizes, (body, lengths) => {
        const whole = read(body)
        const { frames, defects } = readChunks(cutAt(body, lengths))
        expect({ frames, defects }).toEqual({ frames: whole.frames, defects: whole.defects })
      }),
    )
  })

  it('gives up at the same place however the bytes are cut, where a limit is hit', () => {
    fc.assert(
      fc.property(bodies, sizes, fc.integer({ min: 1, max: 40 }), (body, lengths, maxFrameBytes) => {
        const options = { limits: { maxFrameBytes } }
        const whole = read(body, options)
        const { frames, defects, stopped } = readChunks(cutAt(body, lengths), options)
        expect({ frames, defects, stopped }).toEqual({
          frames: whole.frames,
          defects: whole.defects,
          stopped: whole.stopped,
        })
      }),
    )
  })

  it('names the frame and the line in which a limit was hit', () => {
    const body = (...parts: string[]) => Buffer.from(parts.join(''))
    const long = `data: {"a":"${'x'.repeat(40)}"}\n\n`
    const hit = (bytes: Uint8Array) =>
      read(bytes, { limits: { maxFrameBytes: 40 } }).defects.map(({ frame, offset }) => [frame, offset])
    expect(hit(body('data: {}\n\n', long))).toEqual([[2, 10]])
    expect(hit(body('data: {}\n\n', 'event: a\n', long))).toEqual([[2, 19]])
    expect(hit(body(long))).toEqual([[1, 0]])
    expect(hit(body('data: {}\n\n', 'data: {}\n\n'))).toEqual([])
  })

  it('numbers frames and their places in the order in which they begin', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const places = read(body).frames.filter(({ kind }) => kind === 'event')
        const numbers = places.map(({ number }) => number)
        const offsets = places.map(({ offset }) => offset)
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
        expect(offsets).toEqual([...offsets].sort((a, b) => a - b))
      }),
    )
  })

  it('sends nothing on that strict reading does not understand as salvage did', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const reading = read(body)
        const wanted = reading.frames.filter(({ kind, cut }) => kind === 'event' && cut !== true)
        const strict = read(sent(reading), { mode: 'strict' }).frames.filter(({ kind }) => kind === 'event')
        expect(strict.map(({ event, data }) => [event, lines(data)])).toEqual(
          wanted.map(({ event, data }) => [event, lines(data)]),
        )
      }),
    )
  })

  it('reports nothing about a body that it sends on to the letter, and the other way round', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const reading = read(body)
        // A broken frame is for the machine to end on: it is neither reported nor sent.
        if (reading.frames.some(({ data, value }) => value === undefined && data?.trim().startsWith('{'))) return
        const silent = codes(reading).length === 0
        const same = sent(reading) === Buffer.from(body).toString()
        // A bare CR between frames is no frame, and leaves in LF without a word.
        if (silent && !/\r(?!\n)/.test(Buffer.from(body).toString('latin1'))) expect(same).toBe(true)
        if (same && !silent) expect(codes(reading)).toEqual([])
      }),
    )
  })
})

describe('a byte order mark further on', () => {
  it('never becomes the first thing that is sent, where a client would take it off and see a frame that salvage has not', () => {
    for (const dropped of ['data: ping\n\n', 'data:\n\n', 'event: x\n\n', '\ufeff']) {
      expect(sent(read(`${dropped}\ufeffdata: {"a":1}\n\n`)).startsWith('\ufeff')).toBe(false)
    }
  })
})

/** JSON that came over several lines leaves on one where its frame is written anew. */
function lines(data: string | undefined): string | undefined {
  return data?.replaceAll('\n', '')
}
