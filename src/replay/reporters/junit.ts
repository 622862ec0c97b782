import { describeDifference } from './describe.js'
import { junitBuilder } from './junit-builder.js'
import type { ReplayRun } from './run.js'

/**
 * The report as JUnit XML: one suite, one test case per fixture (class name: the protocol), one failure that lists the
 * differences, one error per case that could not be read.
 *
 * @example
 * await writeFile('junit.xml', junitReport({ results, unreadable: [] }))
 */
export function junitReport(run: ReplayRun): string {
  const builder = junitBuilder()
  const suite = builder.testSuite().name('sse-conform replay')
  for (const { fixture, passed, differences } of run.results) {
    const testCase = suite.testCase().className(fixture.file.protocol).name(fixture.name)
    testCase.file(fixture.directory)
    if (passed) continue
    const messages = differences.map(describeDifference)
    testCase.failure(messages[0], 'difference').stacktrace(messages.join('\n'))
  }
  for (const { path, message } of run.unreadable) {
    suite.testCase().className('unreadable').name(path).error(message, 'unreadable')
  }
  return `${builder.build()}\n`
}
