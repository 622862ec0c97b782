import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { Protocol } from '../defects/types.js'
import { protocols } from '../replay/fixture-file.js'
import { type CheckCommand, checkCommand } from './check.js'
import { type ExitCode, exitCodes, exitCodeTable } from './exit-codes.js'
import { type ExplainCommand, explainCommand } from './explain.js'
import { Failure } from './failure.js'
import { formats } from './format.js'
import { suggestion } from './nearest.js'
import { type NormalizeCommand, normalizeCommand } from './normalize.js'
import { type ReplayCommand, replayCommand } from './replay.js'
import type { Terminal } from './terminal.js'
import { packageVersion } from './version.js'

/**
 * Builds the command line. Each command hands its exit code to `done`; what goes wrong is thrown, by commander as a
 * CommanderError, by the commands as a Failure.
 */
function createProgram(terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = new Command('sse-conform')
    .description('Turns the event stream an LLM gateway really sends into the stream its protocol promises.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: (text, write) => write(`sse-conform: ${text.replace(/^error: /, '')}`),
    })
    .showHelpAfterError('(sse-conform --help shows how it is used)')
    .helpCommand(false)
    .addHelpText(
      'after',
      examples('curl -sN … | sse-conform normalize', 'sse-conform check recorded.sse', 'sse-conform replay'),
    )

  inputOptions(program.command('normalize'))
    .summary('repair a stream: bytes to stdout, report to stderr')
    .description('Writes the repaired stream to stdout as it comes, and a report to stderr when it is over.')
    .argument('[file]', 'the stream; - for standard input', '-')
    .addOption(
      choice('--http-errors <how>', 'with --http: what a status of 400 and more becomes', ['normalize', 'stream']),
    )
    .addOption(choice('--guardrail <how>', 'with --http: what a block with words becomes', ['error', 'message']))
    .addOption(choice('--done <dialect>', 'responses: open-responses adds data: [DONE]', ['openai', 'open-responses']))
    .addOption(
      choice('--reasoning <field>', 'chat: the field in which reasoning leaves', [
        'pass',
        'reasoning_content',
        'reasoning',
      ]),
    )
    .addOption(
      choice('--finish-reason <how>', 'chat: whether stop becomes tool_calls where tools were called', [
        'pass',
        'from-tools',
      ]),
    )
    .addOption(choice('--report <format>', 'what goes to stderr in the end', ['text', 'json', 'none'], 'text'))
    .addHelpText(
      'after',
      examples(
        'sse-conform normalize broken.sse > repaired.sse',
        'curl -sN … | sse-conform normalize --protocol responses --report json',
        'curl -siN --raw … | sse-conform normalize --http --protocol chat',
      ),
    )
    .addHelpText('after', exitCodeText('normalize'))
    .action(async (file: string, options: NormalizeCommand) => done(await normalizeCommand(file, options, terminal)))

  inputOptions(program.command('check'))
    .summary('judge streams without output')
    .description('Reports the defects and observations of each file.')
    .argument('<files...>', 'the streams; - for standard input')
    .addOption(choice('--format <format>', 'how to report', formats, 'human'))
    .addHelpText(
      'after',
      examples(
        'sse-conform check recorded/*.sse',
        'sse-conform check --format junit recorded/*.sse > junit.xml',
        'sse-conform check --http --protocol messages recorded/*.http',
      ),
    )
    .addHelpText('after', exitCodeText('check'))
    .action(async (files: string[], options: CheckCommand) => done(await checkCommand(files, options, terminal)))

  program
    .command('replay')
    .summary('run fixtures and compare with what they expect')
    .description('Normalises upstream.sse of every folder that holds a fixture.json, and compares with expected.sse.')
    .argument('[folders...]', 'where to look for cases', ['fixtures'])
    .option(
      '--update',
      'write what comes out as what is expected: expected.sse, and end state and codes in fixture.json',
      false,
    )
    .option('--update-bytes', 'write expected.sse alone', false)
    .addOption(choice('--format <format>', 'how to report', formats, 'human'))
    .addHelpText(
      'after',
      examples(
        'sse-conform replay',
        'sse-conform replay fixtures/messages --format github',
        'sse-conform replay --update fixtures/messages/new-case',
      ),
    )
    .addHelpText('after', exitCodeText('replay'))
    .action(async (folders: string[], options: ReplayCommand) => done(await replayCommand(folders, options, terminal)))

  program
    .command('explain')
    .summary('explain a code, or list all codes')
    .description('Says what a code means, who emits it, which client breaks and what is done about it.')
    .argument('[code]', 'as in a report; without it all codes are listed')
    .addOption(choice('--format <format>', 'how to print', ['human', 'json'], 'human'))
    .addHelpText(
      'after',
      examples(
        'sse-conform explain',
        'sse-conform explain messages/block-delta-without-start',
        'sse-conform explain responses/item-id-mismatch',
        'sse-conform explain chat/tool-index-missing-or-wrong',
      ),
    )
    .addHelpText('after', exitCodeText('explain'))
    .action(async (code: string | undefined, options: ExplainCommand) =>
      done(await explainCommand(code, options, terminal)),
    )

  return program
}

/**
 * Runs the command line once.
 *
 * @param terminal the arguments, streams and environment to use
 * @returns the exit code; every error has been said on stderr
 * @example
 * process.exitCode = await runCli({ argv: process.argv.slice(2), env: process.env, stdin, stdout, stderr })
 */
export async function runCli(terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.ok
  // A reader that went away (`… --help | head`) is no error; what matters is found out by createOutput.
  for (const stream of [terminal.stdout, terminal.stderr]) stream.on('error', () => {})
  const program = createProgram(terminal, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(terminal.argv, { from: 'user' })
    return exitCode
  } catch (error) {
    // commander has printed what was wrong, or the help that was asked for (its exit code is 0 then).
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.unusable
    // What nobody foresaw must not look like "defects found", which is what Node's own exit code would say.
    const message = error instanceof Failure ? error.message : `unexpected ${(error as Error).stack ?? String(error)}`
    terminal.stderr.write(`sse-conform: ${message}\n`)
    return exitCodes.unusable
  }
}

/** What says how the input is to be read, and what is known of the request, which is not there to be looked at. */
function inputOptions(command: Command): Command {
  return command
    .addOption(
      choice<Protocol>('--protocol <protocol>', 'the protocol; found from the stream when left out', protocols),
    )
    .option('--http', 'the input is a whole HTTP response: status line, headers, body (curl -i)')
    .option('--resume', 'responses: the stream begins in the middle (starting_after)')
    .addOption(
      new Option('--n <count>', 'chat: how many choices the request asked for').argParser((typed) => {
        if (/^[1-9]\d{0,5}$/.test(typed)) return Number(typed)
        throw new InvalidArgumentError('It must be a whole number, 1 or more.')
      }),
    )
    .addOption(
      new Option('--tools <names>', 'chat: the tools that the request offered, with commas between').argParser(
        (typed) => typed.split(',').filter((name) => name !== ''),
      ),
    )
    .option('--include-usage', 'chat: the request asked for usage (stream_options.include_usage)')
}

function choice<Name extends string>(
  flags: string,
  description: string,
  names: readonly Name[],
  fallback?: Name,
): Option {
  const option = new Option(flags, `${description} (${names.join(', ')})`)
  if (fallback !== undefined) option.default(fallback)
  return option.argParser((typed) => {
    if (names.some((name) => name === typed)) return typed
    throw new InvalidArgumentError(`It must be one of ${names.join(', ')}${suggestion(typed, names)}.`)
  })
}

function examples(...commands: string[]): string {
  return `\nExamples:\n${commands.map((command) => `  $ ${command}`).join('\n')}`
}

function exitCodeText(command: string): string {
  const row = exitCodeTable.find((entry) => entry.command === command)
  const lines = ([0, 1, 2] as const).flatMap((code) => (row?.[code] === undefined ? [] : [`  ${code}  ${row[code]}`]))
  return `\nExit codes:\n${lines.join('\n')}`
}
