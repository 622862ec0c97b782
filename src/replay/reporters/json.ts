import type { Code } from '../../defects/codes.js'
import type { EndState, Protocol } from '../../defects/types.js'
import type { Difference } from '../runner.js'
import { describeDifference } from './describe.js'
import type { ReplayRun } from './run.js'

/** What `replay --format json` prints. Fields are only ever added; `version` changes when one is removed or changes its meaning. */
export interface ReplayJson {
  readonly version: 1
  readonly passed: number
  readonly failed: number
  readonly fixtures: readonly {
    readonly name: string
    readonly title: string
    readonly protocol: Protocol
    readonly passed: boolean
    /** What came out, not what was expected. */
    readonly endState: EndState
    readonly defects: readonly Code[]
    readonly observations: readonly Code[]
    /** How it differs: the kind is stable, the message is for people. No content. */
    readonly differences: readonly { readonly kind: Difference['kind']; readonly message: string }[]
  }[]
  /** Cases that could not be read; each counts as failed. */
  readonly unreadable: readonly { readonly path: string; readonly message: string }[]
}

/**
 * The report as one JSON object and a line end.
 *
 * @example
 * const report: ReplayJson = JSON.parse(jsonReport({ results, unreadable: [] }))
 */
export function jsonReport(run: ReplayRun): string {
  const failed = run.results.filter((result) => !result.passed).length
  const report: ReplayJson = {
    version: 1,
    passed: run.results.length - failed,
    failed: failed + run.unreadable.length,
    fixtures: run.results.map(({ fixture, passed, report, differences }) => ({
      name: fixture.name,
      title: fixture.file.title,
      protocol: fixture.file.protocol,
      passed,
      endState: report.endState,
      defects: report.defects.map((tally) => tally.code),
      observations: report.observations.map((tally) => tally.code),
      differences: differences.map((difference) => ({
        kind: difference.kind,
        message: describeDifference(difference),
      })),
    })),
    unreadable: run.unreadable,
  }
  return `${JSON.stringify(report, null, 2)}\n`
}
