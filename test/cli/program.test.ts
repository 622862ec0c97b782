import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exitCodes, exitCodeTable } from '../../src/cli/exit-codes.js'
import { nearest } from '../../src/cli/nearest.js'
import { broken, brokenCode } from '../replay/cases.js'
import { cli, Kept, stdinOf } from './session.js'

describe('the command line', () => {
  it('shows help on stdout when it is asked for', async () => {
    const { code, stdout, stderr } = await cli(['--help'])
    expect(stdout).toMatch(/^Usage: sse-conform /)
    expect(stdout).toContain('Examples:')
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  it.each(exitCodeTable)('shows examples and exit codes in the help of $command', async (row) => {
    const { code, stdout } = await cli([row.command, '--help'])
    expect(stdout).toMatch(new RegExp(`Examples:\n {2}\\$ .*sse-conform ${row.command}`))
    for (const number of [0, 1, 2] as const) {
      if (row[number] !== undefined) expect(stdout).toContain(`  ${number}  ${row[number]}\n`)
    }
    expect(code).toBe(exitCodes.ok)
  })

  it('shows help on stderr and ends with 2 when no command is given', async () => {
    const { code, stdout, stderr } = await cli([])
    expect(stderr).toMatch(/^Usage: sse-conform /)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  it('prints the version of the package', async () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(await cli(['--version'])).toMatchObject({ code: 0, stdout: `${manifest.version}\n` })
  })

  it.each([
    ['an unknown command', ['normalise'], 'Did you mean normalize?'],
    ['an unknown option', ['normalize', '--protocl', 'messages'], 'Did you mean --protocol?'],
    [
      'an unknown protocol',
      ['normalize', '--protocol', 'mesages'],
      'messages, responses, chat (did you mean messages?)',
    ],
    ['an unknown format', ['check', '--format', 'jsn', 'a'], '(did you mean json?)'],
    ['a second file', ['normalize', 'a', 'b'], 'too many arguments'],
    ['an option without its value', ['normalize', '--protocol'], 'argument missing'],
  ])('ends with 2 for %s and says what is meant', async (_what, argv, message) => {
    const { code, stdout, stderr } = await cli(argv)
    expect(stderr).toMatch(/^sse-conform: /)
    expect(stderr).toContain(message)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  it.each([
    ['no colours into a pipe', false, {}, false],
    ['colours on a terminal', true, {}, true],
    ['no colours where NO_COLOR is set', true, { NO_COLOR: '1' }, false],
    ['colours where NO_COLOR is empty', true, { NO_COLOR: '' }, true],
    ['colours into a pipe where FORCE_COLOR is set', false, { FORCE_COLOR: '1' }, true],
    ['no colours where both are set', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['no colours where FORCE_COLOR is 0', true, { FORCE_COLOR: '0' }, false],
    ['no colours on a dumb terminal', true, { TERM: 'dumb' }, false],
  ])('writes %s', async (_what, isTTY, env, colored) => {
    const stdout = new Kept()
    stdout.isTTY = isTTY
    await cli(['explain', brokenCode], { stdout, env })
    expect(stdout.text.includes('\u001b[')).toBe(colored)
  })

  it('colours the report by stderr, never the bytes', async () => {
    const [stdout, stderr] = [new Kept(), new Kept()]
    stdout.isTTY = stderr.isTTY = true
    await cli(['normalize'], { stdin: stdinOf(broken), stdout, stderr })
    expect(stdout.text).not.toContain('\u001b[')
    expect(stderr.text).toContain('\u001b[')
  })
})

describe('nearest', () => {
  const names = ['messages/block-stop-missing', 'sse/bom', 'messages', 'chat']

  it('finds a name with a typing mistake, in any case, with or without its family', () => {
    expect(nearest('messages/block-stop-mising', names)).toBe('messages/block-stop-missing')
    expect(nearest('Block-Stop-Missing', names)).toBe('messages/block-stop-missing')
    expect(nearest('bomm', names)).toBe('sse/bom')
  })

  it('finds nothing where nothing is near', () => {
    expect(nearest('completions', names)).toBeUndefined()
    expect(nearest('x', names)).toBeUndefined()
  })
})
