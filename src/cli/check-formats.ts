import type { Report } from '../defects/types.js'
import { annotate, type Colors } from '../replay/index.js'
import { junitBuilder } from '../replay/reporters/junit-builder.js'
import type { HttpOutcome } from './conform.js'
import type { Format } from './format.js'
import { actionOf, endStateText, findingText, httpText, reportLines, titleOf } from './report-text.js'

/** What `check` found out about one file. */
export interface CheckedFile extends Report {
  readonly file: string
  /** With `--http` alone. */
  readonly http?: HttpOutcome | undefined
}

/** What `check` found: a report per file, and the files it could not read. */
export interface CheckRun {
  readonly files: readonly CheckedFile[]
  readonly unreadable: readonly { readonly file: string; readonly message: string }[]
}

/** What `check --format json` prints. Fields are only ever added; `version` changes when one is removed or changes its meaning. */
interface CheckJson extends CheckRun {
  readonly version: 1
  /** How many files are at fault. */
  readonly failed: number
  /** One per file that was read: its name, the fields of `Report`, and `http` where that was asked for. */
  readonly files: readonly CheckedFile[]
}

/** A run in each of the formats. None of them shows content of a stream (law 10). */
export const checkFormats: Readonly<Record<Format, (run: CheckRun, colors: Colors) => string>> = {
  human: humanCheck,
  json: jsonCheck,
  junit: junitCheck,
  github: githubCheck,
}

/** Whether a file has defects, or something around its events had to be mended. */
export function isFaulty({ defects, http }: CheckedFile): boolean {
  return defects.length > 0 || (http !== undefined && http.repairs.length > 0)
}

function failedOf({ files }: CheckRun): number {
  return files.filter(isFaulty).length
}

function humanCheck(run: CheckRun, colors: Colors): string {
  const lines = run.files.flatMap((report) => {
    const { file, http, defects, observations } = report
    const around = http === undefined ? [] : [httpText(http)]
    return defects.length + observations.length === 0 && !isFaulty(report)
      ? [`${colors.bold(file)}: ${['no defect', endStateText(report, colors), ...around].join(', ')}`]
      : [`${colors.bold(file)}:`, ...[...reportLines(report, colors), ...around].map((line) => `    ${line}`)]
  })
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
    texts.push(...aroundOf(report))
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
  const around = run.files.flatMap((report) =>
    aroundOf(report).map((message) =>
      annotate({ level: 'error', file: report.file, title: 'sse-conform check --http', message }),
    ),
  )
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
  return [...findings, ...around, ...unreadable].join('')
}

/** What had to be mended around the events of a file, in one sentence or none. */
function aroundOf({ http }: CheckedFile): string[] {
  return http === undefined || http.repairs.length === 0 ? [] : [httpText(http)]
}
