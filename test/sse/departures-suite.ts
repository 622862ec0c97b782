import { describe, expect, it } from 'vitest'
import { type Departure, departures, ownDepartures, sharedDepartures } from './departures.js'
import { codes, cuts, type DecodeReading, type PlainFrame, read, readChunks } from './reading.js'
import { dispatched, ownCases, type StrictCase, sharedCases } from './strict-cases.js'

/** The tests of what the salvaging mode does otherwise than the standard, run once for each major of the parser. */
export function departuresSuite(parser: string): void {
  describe(`salvaging decode with ${parser} departs from strict`, () => {
    it.each(departures)('$name', ({ body, strict, salvaged = strict, codes: wanted }) => {
      expect(dispatched(read(body, { mode: 'strict' }))).toEqual(strict)
      const whole = read(body)
      expect(dispatched(whole)).toEqual(salvaged)
      expect(codes(whole)).toEqual(wanted)
      for (const chunks of cuts(body)) {
        const { frames, defects } = readChunks(chunks)
        expect({ frames, defects }).toEqual({ frames: whole.frames, defects: whole.defects })
      }
    })
  })

  describe(`salvaging decode with ${parser} departs from strict nowhere else`, () => {
    runCases(ownCases, ownDepartures)
    if (sharedCases === undefined) {
      it('as far as the own cases tell, because ../shared/spec/sse-cases.json is absent', () => {
        expect(Object.keys(ownDepartures).length).toBeGreaterThan(0)
      })
      return
    }
    const shared = sharedCases
    it('and every listed departure is one of the cases', () => {
      expect(shared.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(sharedDepartures)))
    })
    runCases(shared, sharedDepartures)
  })
}

function runCases(
  cases: readonly StrictCase[],
  listed: Readonly<Record<string, Pick<Departure, 'salvaged' | 'codes'>>>,
): void {
  for (const { name, body, events } of cases) {
    const departure = listed[name]
    const what =
      departure === undefined ? 'as strict' : departure.salvaged === undefined ? 'as strict, reported' : 'departs'
    it(`${name} (${what})`, () => {
      const reading = read(body)
      expect(dispatched(reading)).toEqual(departure?.salvaged ?? events)
      expect(codes(reading)).toEqual(departure?.codes ?? [])
      // What strict reads alike is not written anew either. (Salvage leaves the value of a bare number undefined.)
      if (departure === undefined) expect(withoutValues(reading)).toEqual(withoutValues(read(body, { mode: 'strict' })))
    })
  }
}

function withoutValues({ frames }: DecodeReading): PlainFrame[] {
  return frames.map(({ value: _, ...frame }) => frame)
}
