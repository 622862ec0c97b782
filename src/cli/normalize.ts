import type { Report } from '../defects/types.js'
import { conform, type HttpOutcome, type StreamOptions } from './conform.js'
import { type ExitCode, exitCodes } from './exit-codes.js'
import { Failure } from './failure.js'
import { openInput } from './input.js'
import { createOutput } from './output.js'
import { httpText, reportLines } from './report-text.js'
import { colorsFor, type Drain, type Terminal } from './terminal.js'

/** The options of `sse-conform normalize`. */
export interface NormalizeCommand extends StreamOptions {
  readonly report: 'text' | 'json' | 'none'
}

/** What `normalize --report json` prints on stderr, on one line. Fields are only ever added under one `version`. */
interface NormalizeJson extends Report {
  readonly version: 1
  /** The file as it was named, `-` for standard input. */
  readonly file: string
  /** With `--http` alone. */
  readonly http?: HttpOutcome | undefined
}

/** DESIGN.md, "after the terminal": enough to see what else comes, not so much that an open connection is waited for. */
export const defaultDrain: Drain = { bytes: 64 * 1024, milliseconds: 1000 }

/**
 * `sse-conform normalize`: bytes to stdout as they come, the report to stderr when the stream is over.
 *
 * @throws Failure where the input or the output cannot be used
 */
export async function normalizeCommand(file: string, options: NormalizeCommand, terminal: Terminal): Promise<ExitCode> {
  for (const [flag, given] of [
    ['--http-errors', options.httpErrors],
    ['--guardrail', options.guardrail],
  ]) {
    if (given !== undefined && options.http !== true) throw new Failure(`${flag} is about whole responses; add --http`)
  }
  const input = await openInput(file, terminal)
  const output = createOutput(terminal.stdout)
  const { report, http, failure } = await conform(input, {
    streams: options,
    write: output.write,
    ready: async () => {
      await output.ready()
      return !output.gone
    },
    onTerminal: async () => {
      await output.flushed()
      if (terminal.closeStdout) terminal.closeStdout()
      else terminal.stdout.end()
    },
    drain: terminal.drain ?? defaultDrain,
  })
  await output.flushed()
  // The reader has seen enough (`… | head`): no error, and nobody is waiting for a report.
  if (output.gone) return exitCodes.ok
  await writeReport({ version: 1, file, ...report, http }, options.report, terminal)
  if (failure !== undefined) throw failure
  return exitCodes.ok
}

async function writeReport(
  report: NormalizeJson,
  format: NormalizeCommand['report'],
  terminal: Terminal,
): Promise<void> {
  const stderr = createOutput(terminal.stderr)
  if (format === 'json') stderr.write(`${JSON.stringify(report)}\n`)
  if (format === 'text') {
    const lines = reportLines(report, colorsFor(terminal.stderr, terminal.env))
    if (report.http !== undefined) lines.push(httpText(report.http))
    stderr.write(`${lines.join('\n')}\n`)
  }
  await stderr.flushed()
}
