import { type CheckedFile, checkFormats, isFaulty } from './check-formats.js'
import { conform, type StreamOptions } from './conform.js'
import { type ExitCode, exitCodes } from './exit-codes.js'
import { Failure } from './failure.js'
import type { Format } from './format.js'
import { openInput } from './input.js'
import { defaultDrain } from './normalize.js'
import { createOutput } from './output.js'
import { colorsFor, type Terminal } from './terminal.js'

/** The options of `sse-conform check`. */
export interface CheckCommand extends StreamOptions {
  readonly format: Format
}

/**
 * `sse-conform check`: judges files without output. A file that cannot be read does not keep the others from being
 * judged, but decides the exit code.
 */
export async function checkCommand(
  files: readonly string[],
  options: CheckCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  const reports: CheckedFile[] = []
  const unreadable: { file: string; message: string }[] = []
  for (const file of files) {
    try {
      const input = await openInput(file, terminal)
      const { report, http, failure } = await conform(input, {
        streams: options,
        drain: terminal.drain ?? defaultDrain,
      })
      if (failure !== undefined) throw failure
      reports.push({ file, ...report, http })
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      unreadable.push({ file, message: error.message })
    }
  }
  const stdout = createOutput(terminal.stdout)
  stdout.write(checkFormats[options.format]({ files: reports, unreadable }, colorsFor(terminal.stdout, terminal.env)))
  await stdout.flushed()
  const stderr = createOutput(terminal.stderr)
  for (const { message } of unreadable) stderr.write(`sse-conform: ${message}\n`)
  await stderr.flushed()
  if (unreadable.length > 0) return exitCodes.unusable
  return reports.some(isFaulty) ? exitCodes.found : exitCodes.ok
}
