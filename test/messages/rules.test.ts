import { describe, expect, it } from 'vitest'
import { registry } from '../../src/defects/registry.js'
import { conform, tallied, talliesOf } from './conform.js'
import { rules } from './rules/index.js'
import { textOf } from './stream.js'

/** Faults of the framing alone; test/sse has their tests. */
const framing = [
  'sse/frame-separator-missing',
  'sse/data-empty-or-null',
  'sse/sse-whitespace',
  'sse/data-comment',
  'sse/no-final-blank-line',
  'sse/double-data-prefix',
  'sse/raw-ndjson',
  'sse/bom',
]

it('has one rule for each code of the registry that is not about framing alone', () => {
  const codes = Object.keys(registry).filter((code) => !/^(?:responses|chat)\//.test(code) && !framing.includes(code))
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
    for (const { when, upstream, output, defects, observations = [], endState, options } of violations) {
      it(`is found when ${when}`, () => {
        const outcome = conform(upstream, options)
        expect(outcome.output).toBe(textOf(output))
        expect(outcome.defects).toEqual(defects)
        expect(outcome.observations).toEqual(observations)
        expect(outcome.report.endState).toBe(endState)
        expect(talliesOf(outcome.report)).toEqual({ defects: tallied(defects), observations: tallied(observations) })
      })
    }

    for (const { when, upstream, defects = [], options } of nearMisses) {
      it(`is not found when ${when}`, () => {
        const outcome = conform(upstream, options)
        expect(outcome.defects).toEqual(defects)
        expect([...outcome.defects, ...outcome.observations].filter((line) => line.startsWith(`${code} `))).toEqual([])
        if (defects.length === 0) expect(outcome.output).toBe(textOf(upstream))
      })
    }
  })
}
