import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEventStream } from '../oracle/index.js'
import { bytesOf, cuts, read, readChunks } from './reading.js'
import { type Dispatch, dispatched, ownCases, type StrictCase, sharedCases } from './strict-cases.js'

/** The tests of strict reading, run once for each major of the parser. */
export function strictSuite(parser: string): void {
  describe(`strict decode with ${parser}, on the project's own cases`, () => runCases(ownCases))

  describe(`strict decode with ${parser}, on the cases of ../shared`, () => {
    if (sharedCases === undefined) {
      it('is left to the own cases, because ../shared/spec/sse-cases.json is absent', () => {
        expect(ownCases.length).toBeGreaterThanOrEqual(15)
      })
      return
    }
    it('has all 53 of them', () => expect(sharedCases).toHaveLength(53))
    runCases(sharedCases)
  })

  describe(`strict decode with ${parser}, on any bytes`, () => {
    it('dispatches what a second reader of the standard dispatches', () => {
      fc.assert(
        fc.property(bodies, (body) => {
          expect(dispatched(read(body, { mode: 'strict' }))).toEqual(secondReading(body))
        }),
      )
    })

    it('hands every byte on, less a byte order mark and a block that never ended', () => {
      fc.assert(
        fc.property(bodies, (body) => {
          const { bom, frames } = readEventStream(body)
          const last = frames.at(-1)
          const rest = body.subarray(bom ? 3 : 0, last === undefined || last.terminated ? body.length : last.start)
          const handedOn = read(body, { mode: 'strict' }).frames.map(({ raw }) => raw)
          expect(handedOn.join('')).toBe(Buffer.from(rest).toString('latin1'))
        }),
      )
    })

    it('reads the same however the bytes are cut', () => {
      fc.assert(
        fc.property(bodies, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (body, sizes) => {
          const whole = read(body, { mode: 'strict' })
          expect(readChunks(cutAt(body, sizes), { mode: 'strict' }).frames).toEqual(whole.frames)
        }),
      )
    })
  })
}

function runCases(cases: readonly StrictCase[]): void {
  it.each(cases)('$name', ({ body, events }) => {
    const whole = read(body, { mode: 'strict' })
    expect(dispatched(whole)).toEqual(events)
    // Strict reading mends nothing and so has nothing to report.
    expect(whole.defects).toEqual([])
    for (const chunks of cuts(body)) {
      const reading = readChunks(chunks, { mode: 'strict' })
      expect(reading.frames, `cut as ${chunks.map((chunk) => chunk.length)}`).toEqual(whole.frames)
    }
  })
}

/** Soup of what bodies are made of. */
const pieces = [
  'data',
  'event',
  'id',
  'retry',
  ':',
  ': ',
  ' ',
  '\n',
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  'é',
  '\0',
  '\ufeff',
  '5',
  '{}',
  'x',
]
const bodies: fc.Arbitrary<Uint8Array> = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, fc.string({ maxLength: 3 })), { maxLength: 40 })
  .map((parts) => bytesOf(parts.join('')))

function secondReading(body: Uint8Array): Dispatch[] {
  return readEventStream(body)
    .frames.filter(({ terminated, data }) => terminated && data !== undefined)
    .map(({ event, data, lastEventId }) => [event ?? 'message', data ?? '', lastEventId] as const)
}

function* cutAt(body: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, i = 0; at < body.length; i++) {
    const size = sizes[i % sizes.length] ?? 1
    yield body.subarray(at, at + size)
    at += size
  }
}
