import type { FixtureResult } from '../runner.js'

/** What a reporter is given: the results, and the cases that could not be read. */
export interface ReplayRun {
  readonly results: readonly FixtureResult[]
  readonly unreadable: readonly { readonly path: string; readonly message: string }[]
}
