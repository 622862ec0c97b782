import {
  FixtureError,
  type FixtureResult,
  findFixtures,
  githubReport,
  humanReport,
  jsonReport,
  loadFixture,
  type ReplayRun,
  runFixture,
  updateFixture,
} from '../replay/index.js'
import { junitReport } from '../replay/reporters/junit.js'
import { type ExitCode, exitCodes } from './exit-codes.js'
import { Failure } from './failure.js'
import type { Format } from './format.js'
import { createOutput } from './output.js'
import { colorsFor, type Terminal } from './terminal.js'

/** The options of `sse-conform replay`. */
export interface ReplayCommand {
  /** Write `expected.sse` and the claims of `fixture.json`. */
  readonly update: boolean
  /** Write `expected.sse` alone. */
  readonly updateBytes: boolean
  readonly format: Format
}

/**
 * `sse-conform replay`: runs every case below the folders and reports on stdout.
 *
 * @throws Failure where a folder cannot be read or holds no case
 */
export async function replayCommand(
  directories: readonly string[],
  options: ReplayCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  const results: FixtureResult[] = []
  const unreadable: { path: string; message: string }[] = []
  for (const directory of directories) {
    for (const folder of await foldersBelow(directory)) {
      try {
        const fixture = await loadFixture(folder, directory)
        const update = options.update || options.updateBytes
        results.push(update ? await updateFixture(fixture, { bytesOnly: !options.update }) : runFixture(fixture))
      } catch (error) {
        if (!(error instanceof FixtureError)) throw error
        unreadable.push({ path: error.path, message: error.message })
      }
    }
  }
  const run: ReplayRun = { results, unreadable }
  const stdout = createOutput(terminal.stdout)
  stdout.write(formats[options.format](run, terminal))
  await stdout.flushed()
  if (unreadable.length > 0) return exitCodes.unusable
  return results.every((result) => result.passed) ? exitCodes.ok : exitCodes.found
}

const formats: Readonly<Record<Format, (run: ReplayRun, terminal: Terminal) => string>> = {
  human: (run, terminal) => humanReport(run, colorsFor(terminal.stdout, terminal.env)),
  json: jsonReport,
  junit: junitReport,
  github: githubReport,
}

// An empty run must not pass for a good one: a folder that holds no case is a mistake on the command line.
async function foldersBelow(directory: string): Promise<string[]> {
  const folders = await findFixtures(directory).catch((error: unknown) => {
    throw error instanceof FixtureError ? new Failure(error.message) : error
  })
  if (folders.length === 0) throw new Failure(`${directory}: holds no case (a folder with a fixture.json)`)
  return folders
}
