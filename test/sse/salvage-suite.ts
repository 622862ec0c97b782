import { describe, expect, it } from 'vitest'
import type { Code } from '../../src/index.js'
import { codes, cuts, read, readChunks, sent } from './reading.js'

/** A body, what salvage sends on for it, and what it reports. */
export interface SalvageCase {
  readonly name: string
  readonly body: string
  /** Left out where every byte is sent on as it came. */
  readonly sends?: string
  /** Left out where nothing is reported: a near-miss. */
  readonly codes?: readonly Code[]
  /** Number and offset of each frame, blank lines aside; checked where given. */
  readonly places?: readonly (readonly [number: number, offset: number])[]
  /** What is sent is still broken, and is for the machine to end the stream on. */
  readonly stillBroken?: true
}

/** Runs the cases of one rule: whole, cut in two at every byte, byte by byte, and once more over what was sent. */
export function salvageCases(rule: string, cases: readonly SalvageCase[]): void {
  describe(rule, () => {
    it.each(cases)('$name', ({ body, sends = body, codes: wanted = [], places, stillBroken }) => {
      const whole = read(body)
      expect(sent(whole)).toBe(sends)
      expect(codes(whole)).toEqual(wanted)
      if (places !== undefined) {
        const found = whole.frames.filter(({ kind }) => kind !== 'filler').map(({ number, offset }) => [number, offset])
        expect(found).toEqual(places)
      }
      for (const chunks of cuts(body)) {
        const { frames, defects } = readChunks(chunks)
        const cut = `cut as ${chunks.map((chunk) => chunk.length)}`
        expect(frames, cut).toEqual(whole.frames)
        expect(defects, cut).toEqual(whole.defects)
      }
      if (stillBroken) return
      const again = read(sends)
      expect(sent(again)).toBe(sends)
      expect(codes(again)).toEqual([])
    })
  })
}
