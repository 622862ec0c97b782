import { diffFrames } from '../diff.js'
import type { Difference, FixtureResult } from '../runner.js'
import { describeDifference } from './describe.js'
import type { ReplayRun } from './run.js'

type Paint = (text: string) => string

/** What paints a text. Picocolors' `createColors(enabled)` fits, switched on or off. */
export interface Colors {
  readonly red: Paint
  readonly green: Paint
  readonly yellow: Paint
  readonly bold: Paint
  readonly dim: Paint
}

/**
 * The report for people: one line per case, a diff under each one that differs, and the closing line. Of the formats
 * this one alone shows content: that of the fixture that differs.
 *
 * @param run what happened
 * @param colors what paints the texts, as `picocolors.createColors(onTerminal)` gives it
 * @example
 * process.stdout.write(humanReport({ results, unreadable: [] }, picocolors.createColors(process.stdout.isTTY)))
 */
export function humanReport(run: ReplayRun, colors: Colors): string {
  const failed = run.results.filter((result) => !result.passed).length
  const lines = run.results.flatMap((result) => caseLines(result, colors))
  for (const { path, message } of run.unreadable) lines.push(`${colors.red('unreadable')} ${path}`, `    ${message}`)
  lines.push('', closingLine(run.results.length - failed, failed + run.unreadable.length, colors))
  return `${lines.join('\n')}\n`
}

function closingLine(passed: number, failed: number, colors: Colors): string {
  const line = `${passed} passed, ${failed} failed`
  return failed === 0 ? colors.green(line) : colors.red(line)
}

function caseLines({ fixture, passed, differences }: FixtureResult, colors: Colors): string[] {
  if (passed) return [`${colors.green('pass')} ${fixture.name}`]
  return [
    `${colors.red('FAIL')} ${fixture.name} ${colors.dim(fixture.file.title)}`,
    ...differences.flatMap((difference) => [
      `    ${describeDifference(difference)}`,
      ...diffLines(difference, colors).map((line) => `      ${line}`),
    ]),
  ]
}

function diffLines(difference: Difference, colors: Colors): string[] {
  switch (difference.kind) {
    case 'bytes':
    case 'chunking-bytes':
    case 'second-pass-bytes': {
      const paint = { ' ': (text: string) => text, '-': colors.red, '+': colors.green, '…': colors.dim }
      const lines = diffFrames(difference.expected, difference.actual)
      return lines.map(({ mark, text }) => paint[mark](`${mark} ${text}`.trimEnd()))
    }
    default:
      return []
  }
}
