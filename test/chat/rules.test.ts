import { describe, expect, it } from 'vitest'
import { registry } from '../../src/defects/registry.js'
import { judge } from '../oracle/index.js'
import { conform, eventsOf, tallied, talliesOf } from './conform.js'
import { fixtures } from './fixtures.js'
import { rules } from './rules/index.js'
import { textOf } from './stream.js'

/** Faults of the framing alone, which test/sse has tests of; and the event lines that no chunk has. */
const framing = [
  'sse/event-line-missing',
  'sse/frame-separator-missing',
  'sse/data-empty-or-null',
  'sse/sse-whitespace',
  'sse/data-comment',
  'sse/no-final-blank-line',
  'sse/double-data-prefix',
  'sse/raw-ndjson',
  'sse/bom',
]
const codes = Object.keys(registry).filter((code) => !/^(?:messages|responses)\//.test(code) && !framing.includes(code))

describe('the fixtures', () => {
  const outcomes = fixtures.map(({ name, file, upstream }) => ({
    name,
    file,
    outcome: conform(upstream, file.options),
  }))

  it('show each code of the registry', () => {
    const shown = new Set(fixtures.flatMap(({ file }) => [...file.defects, ...(file.observations ?? [])]))
    expect(codes.filter((code) => code.startsWith('chat/') && !shown.has(code as never))).toEqual([])
  })

  for (const { name, file, outcome } of outcomes) {
    const { unknownEvents, request } = file.options ?? {}

    // That bytes, codes and chunks are as they shall be is seen where the fixtures are replayed (`sse-conform replay`).
    it(`${name} comes out valid to the oracle`, () => {
      const { violations, ending } = judge('chat', Buffer.from(outcome.output), { repairedOnly: true })
      // Noise that passes on request is valid nowhere.
      const own = violations.filter(({ rule }) => !(unknownEvents === 'pass' && rule === 'CH-1'))
      expect(own, JSON.stringify(request)).toEqual([])
      expect(ending).toBe(file.endState === 'complete' ? 'success' : 'error')
    })
  }
})

it('has one rule for each code of the registry that is not about framing alone', () => {
  expect(rules.map((rule) => rule.code).sort()).toEqual(codes.sort())
})

it('shows a violation and a near-miss of each', () => {
  for (const { code, violations, nearMisses } of rules) {
    expect(violations.length, code).toBeGreaterThan(0)
    expect(nearMisses.length, code).toBeGreaterThan(0)
    for (const { when, defects, observations = [] } of violations) {
      expect([...defects, ...observations].join('\n'), `${code}: ${when}`).toContain(code)
    }
  }
})

for (const { code, violations, nearMisses } of rules) {
  describe(code, () => {
    for (const { when, upstream, output, defects, observations = [], endState, options = {} } of violations) {
      it(`is found when ${when}`, () => {
        const outcome = conform(upstream, options)
        expect(eventsOf(outcome.output)).toEqual(eventsOf(textOf(output)))
        expect(outcome.defects).toEqual(defects)
        expect(outcome.observations).toEqual(observations)
        expect(outcome.report.endState).toBe(endState)
        expect(talliesOf(outcome.report).defects).toEqual(tallied(defects))
        const { violations: broken } = judge('chat', Buffer.from(outcome.output), { repairedOnly: true })
        expect(broken).toEqual([])
      })

      it(`is found when ${when}, byte by byte`, () => {
        expect(conform(upstream, options, 'eof', 1)).toEqual(conform(upstream, options))
      })

      it(`is not found in what comes out when ${when}`, () => {
        // A limit that one of our own frames breaks is no limit to live with.
        const again = conform(conform(upstream, options).output, endState === 'limit' ? {} : options)
        expect(again.output).toBe(conform(upstream, options).output)
        expect(again.defects).toEqual([])
      })
    }

    for (const { when, upstream, defects = [], options, trailing = 0, added = '' } of nearMisses) {
      it(`is not found when ${when}`, () => {
        const outcome = conform(upstream, options)
        expect(outcome.defects).toEqual(defects)
        expect([...outcome.defects, ...outcome.observations].filter((line) => line.startsWith(`${code} `))).toEqual([])
        if (defects.length > 0) return
        const frames = Array.isArray(upstream) ? upstream : [upstream]
        expect(outcome.output).toBe(textOf(frames.slice(0, frames.length - trailing), added))
      })
    }
  })
}
