import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exitCodeTable } from '../../src/cli/exit-codes.js'
import { type EndState, type ErrorKind, isRetryable, type UpstreamError } from '../../src/index.js'
import { causeError, failedCode } from '../../src/responses/endings.js'
import { defaultLimits } from '../../src/stage/limits.js'
import { run, snippetsOf } from './snippets.js'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

describe('README.md', () => {
  const snippets = snippetsOf('README.md')

  it('has a snippet for each use', () => expect(snippets.length).toBeGreaterThanOrEqual(5))

  it.each(snippets)('$name runs and prints what its comments say', async (snippet) => {
    const printed = await run(snippet)
    expect(snippet.prints.length).toBeGreaterThan(0)
    expect(printed).toHaveLength(snippet.prints.length)
    // A comment that ends in … tells the beginning. Callbacks may print before or after the line they stand above.
    for (const comment of snippet.prints) {
      const [begin = '', end] = comment.split(' …')
      expect(
        printed.some((line) => (end === undefined ? line === begin : line.startsWith(begin))),
        `${comment} among ${JSON.stringify(printed)}`,
      ).toBe(true)
    }
  })

  it('shows the exit codes that the command line has', () => {
    for (const row of exitCodeTable) {
      const cells = [`\`${row.command}\``, row[0], row[1] ?? '', row[2]]
      expect(readme).toContain(`| ${cells.join(' | ')} |`.replaceAll('|  |', '| |'))
    }
  })

  it('names every limit', () => {
    for (const limit of Object.keys(defaultLimits)) expect(readme).toContain(`\`${limit}\``)
  })

  describe('has a table of what may be sent again', () => {
    const rows = readme.split('\n').flatMap((line) => {
      const [, names = '', retryable = '', code = ''] = line.split(' | ').length === 5 ? line.split(/^\| | \| /) : []
      return Array.from(names.matchAll(/`([a-z-]+)`/g), ([, name = '']) => ({
        name,
        retryable: retryable.replaceAll('*', '') === 'yes',
        code: code.replaceAll('`', ''),
      }))
    })
    const kinds: readonly ErrorKind[] = [
      ...(['guardrail', 'invalid-request', 'authentication', 'billing', 'permission', 'not-found'] as const),
      ...(['too-large', 'rate-limit', 'timeout', 'overloaded', 'server'] as const),
    ]
    const causes = ['truncated', 'empty', 'timeout', 'not-a-stream', 'limit'] as const

    it.each(kinds)('an upstream error of kind %s', (kind) => {
      const error: UpstreamError = { kind, type: '', code: '', message: '' }
      const row = { name: kind, retryable: isRetryable('upstream-error', error), code: failedCode(error) }
      expect(rows).toContainEqual(row)
    })

    it.each(causes)('an ending of ours: %s', (cause) => {
      const { state, error } = causeError(cause)
      expect(rows).toContainEqual({ name: state, retryable: isRetryable(state), code: failedCode(error) })
    })

    it('and no other rows', () => {
      const states: EndState[] = causes.map((cause) => causeError(cause).state)
      expect(new Set(rows.map(({ name }) => name))).toEqual(new Set([...kinds, ...states]))
    })
  })

  it('names every option of the two protocols, the callbacks among them', () => {
    const names = ['onDefect', 'onObservation', 'onEnd', 'onUsage', 'limits', 'request.model', 'unknownEvents', 'mode']
    const own = ['newId', 'emptyText', 'done', 'resume', 'createdAt']
    for (const name of [...names, ...own]) expect(readme).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|`, 'm'))
  })

  it('wants the sizes that the size script wants', () => {
    const script = readFileSync(new URL('../../scripts/size.ts', import.meta.url), 'utf8')
    const entries = Array.from(script.matchAll(/specifier: '([^']+)', budget: [\d_]+, wanted: (\d+)_000/g))
    expect(entries.length).toBeGreaterThanOrEqual(2)
    for (const [, specifier, wanted] of entries) {
      expect(readme).toMatch(new RegExp(`^\\| \`${specifier}\` \\| \\d+ kB \\| ${wanted} kB \\|$`, 'm'))
    }
  })

  it('names the two commands, which package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(readme).toContain('npm ci && npm run demo')
    expect(readme).toMatch(/^npm test /m)
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['demo', 'test']))
  })
})
