import { describe, expect, it } from 'vitest'
import { parseChatEvent } from '../../src/schemas/index.js'
import { judge, readEventStream } from '../oracle/index.js'
import { conform, type Options, type Outcome } from './conform.js'
import { fixtures } from './fixtures.js'
import { rules } from './rules/index.js'
import { textOf } from './stream.js'

interface Case {
  readonly name: string
  readonly upstream: Uint8Array
  readonly options: Options
  readonly outcome: Outcome
}

const caseOf = (name: string, upstream: Uint8Array, options: Options = {}): Case => {
  return { name, upstream, options, outcome: conform(upstream, options) }
}

const ofFixtures: readonly Case[] = fixtures.map(({ name, file, upstream }) => caseOf(name, upstream, file.options))
const ofRules: readonly Case[] = rules.flatMap(({ code, violations, nearMisses }) =>
  [...violations, ...nearMisses].map(({ when, upstream, options }) => {
    return caseOf(`${code} when ${when}`, Buffer.from(textOf(upstream)), options)
  }),
)

describe.each([
  ['fixtures', ofFixtures],
  ['rules', ofRules],
] as const)('what comes out of the streams of the %s', (_, cases) => {
  it('is made of events that the schemas know', () => {
    for (const { name, outcome, options } of cases) {
      // Noise that passes on request is in no schema.
      if (options.unknownEvents === 'pass') continue
      for (const { data } of readEventStream(Buffer.from(outcome.output)).frames) {
        if (data === undefined || data === '[DONE]') continue
        expect(parseChatEvent(JSON.parse(data)).error, `${name}\n${data}`).toBeUndefined()
      }
    }
  })

  it('is valid to the oracle', () => {
    for (const { name, outcome, options } of cases) {
      if (options.unknownEvents === 'pass') continue
      // Who asks for functions wants the old function_call, and no rule of the judge's knows of the request.
      if (options.request !== undefined && 'tools' in options.request && options.request.tools?.length === 0) continue
      const { violations } = judge('chat', Buffer.from(outcome.output), { repairedOnly: true })
      expect(violations, name).toEqual([])
    }
  })

  it('is the same where the bytes come one by one', () => {
    for (const { name, upstream, options, outcome } of cases) {
      expect(conform(upstream, options, 'eof', 1), name).toEqual(outcome)
    }
  })

  it('changes nothing where it comes in again', () => {
    for (const { name, options, outcome } of cases) {
      // A limit that one of our own frames breaks is no limit to live with.
      if (outcome.report.endState === 'limit') continue
      const again = conform(Buffer.from(outcome.output), options)
      expect(again.output, name).toBe(outcome.output)
      expect(again.defects, name).toEqual([])
    }
  })

  it('differs from what came in only where a defect was reported', () => {
    for (const { name, upstream, outcome, options } of cases) {
      if (outcome.defects.length > 0) continue
      // The one name for reasoning is a wish of the caller's, not a repair.
      if (options.reasoning !== undefined) continue
      const text = Buffer.from(upstream).toString('utf8')
      // CH-15: the mark behind an error is optional, and comes always.
      const own =
        outcome.report.endState === 'complete' ? outcome.output : outcome.output.replace(/data: \[DONE\]\n\n$/, '')
      expect(text.startsWith(own), name).toBe(true)
    }
  })

  it('is counted by the report', () => {
    for (const { name, upstream, outcome } of cases) {
      const { report, output } = outcome
      const { frames } = readEventStream(Buffer.from(output))
      expect([report.frames.out, report.bytes.out], name).toEqual([frames.length, Buffer.byteLength(output)])
      if (report.endState !== 'limit') expect(report.bytes.in, name).toBe(upstream.length)
    }
  })
})
