import type { Code } from '../defects/codes.js'
import { registry } from '../defects/registry.js'
import type { Colors } from '../replay/index.js'
import { type ExitCode, exitCodes } from './exit-codes.js'
import { explanation } from './explanation.js'
import { Failure } from './failure.js'
import { suggestion } from './nearest.js'
import { createOutput } from './output.js'
import { colorsFor, type Terminal } from './terminal.js'

/** The options of `sse-conform explain`. */
export interface ExplainCommand {
  readonly format: 'human' | 'json'
}

/**
 * `sse-conform explain`: one code of the registry, or the list of all codes with their titles. As JSON it is the
 * registry's entry with its `code`, or a list of those.
 *
 * @throws Failure where the code is unknown
 */
export async function explainCommand(
  typed: string | undefined,
  options: ExplainCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  const codes = Object.keys(registry) as Code[]
  const code = codes.find((known) => known === typed)
  if (typed !== undefined && code === undefined) {
    throw new Failure(`unknown code: ${typed}${suggestion(typed, codes)}. sse-conform explain lists all codes`)
  }
  const stdout = createOutput(terminal.stdout)
  const colors = colorsFor(terminal.stdout, terminal.env)
  if (options.format === 'json') {
    const entries = codes.map((known) => ({ code: known, ...registry[known] }))
    const shown = code === undefined ? entries : entries.find((entry) => entry.code === code)
    stdout.write(`${JSON.stringify(shown, null, 2)}\n`)
  } else {
    stdout.write(code === undefined ? list(codes, colors) : explanation(code, registry[code], colors))
  }
  await stdout.flushed()
  return exitCodes.ok
}

function list(codes: readonly Code[], colors: Colors): string {
  const width = Math.max(...codes.map((code) => code.length))
  return codes.map((code) => `${colors.bold(code.padEnd(width))}  ${registry[code].title}\n`).join('')
}
