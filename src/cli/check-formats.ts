import type { Report } from '../defects/types.js'
import { annotate, type Colors } from '../replay/index.js'
import { junitBuilder } from '../replay/reporters/junit-builder.js'
import type { Format } from './format.js'
import { actionOf, endStateText, findingText, reportLines, titleOf } from './report-text.js'

/** What `check` found: a report per file, and the files it could not read. */
export interface CheckRun {
  readonly files: readonly (Report & { readonly file: string })[]
  readonly unreadable: readonly { readonly file: string; readonly message: string }[]
}

/** What `check --format json` prints. Fields are only ever added; `version` changes when one is removed or changes its meaning. */
interface CheckJson extends CheckRun {
  readonly version: 1
  /** How many files have defects. */
  readonly failed: number
  /** One per file that was read: its name, and the fields of `Report`. */
  readonly files: readonly (Report & { readonly file: string })[]
}

/** A run in each of the formats. None of them shows content of a stream (law 10). */
export const checkFormats: Readonly<Record<Format, (run: CheckRun, colors: Colors) => string>> = {
  human: humanCheck,
  json: jsonCheck,
  junit: junitCheck,
  github: githubCheck,
}

function failedOf({ files }: CheckRun): number {
  return files.filter((report) => report.defects.length > 0).length
}

function humanCheck(run: CheckRun, colors: Colors): string {
  const lines = run.files.flatMap((report) =>
    report.defects.length + report.observations.length === 0
      ? [`${colors.bold(report.file)}: no defect, ${endStateText(report, colors)}`]
      : [`${colors.bold(report.file)}:`, ...reportLines(report, colors).map((line) => `    ${line}`)],
  )
  const failed = failedOf(run)
  const summary = `${run.files.length} checked, ${failed} with defects`
  lines.push(failed === 0 ? colors.green(summary) : colors.red(summary))
  return `${lines.join('\n')}\n`
}

function jsonCheck(run: CheckRun): string {
  const report: CheckJson = { version: 1, failed: failedOf(run), files: run.files, unreadable: run.unreadable }
  return `${JSON.stringify(report, null, 2)}\n`
}

function junitCheck(run: CheckRun): string {
  const builder = junitBuilder()
  const suite = builder.testSuite().name('sse-conform check')
  for (const report of run.files) {
    const testCase = suite
      .testCase()
      .className(report.protocol ?? 'framing')
      .name(report.file)
    testCase.file(report.file)
    const texts = report.defects.map(
      (tally) => `${tally.count} × ${tally.code}: ${titleOf(tally)}; ${findingText(tally.first)}; ${actionOf(tally)}`,
    )
    if (report.observations.length > 0) {
      testCase.standardOutput(report.observations.map((tally) => `${tally.count} × ${tally.code}`).join('\n'))
    }
    if (texts.length > 0) testCase.failure(texts[0], 'defect').stacktrace(texts.join('\n'))
  }
  for (const { file, message } of run.unreadable) {
    suite.testCase().className('unreadable').name(file).error(message, 'unreadable')
  }
  return `${builder.build()}\n`
}

function githubCheck(run: CheckRun): string {
  const findings = run.files.flatMap(({ file, defects, observations }) =>
    [...defects, ...observations].map((tally) =>
      annotate({
        level: 'action' in tally.first ? 'error' : 'notice',
        file,
        title: tally.code,
        message: `${titleOf(tally)}; ${tally.count === 1 ? 'once' : `${tally.count} times`}; ${findingText(tally.first)}; ${actionOf(tally)}`,
      }),
    ),
  )
  const unreadable = run.unreadable.map(({ file, message }) =>
    annotate({ level: 'error', file, title: 'sse-conform check', message }),
  )
  return [...findings, ...unreadable].join('')
}
