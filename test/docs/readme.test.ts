import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exitCodeTable } from '../../src/cli/exit-codes.js'
import { type EndState, type ErrorKind, isRetryable, type UpstreamError } from '../../src/index.js'
import { causeError, failedCode } from '../../src/responses/endings.js'
import { defaultLimits } from '../../src/stage/limits.js'
import { cli } from '../cli/session.js'
import { startDocsGateway } from './gateway.js'
import { run, snippetsOf } from './snippets.js'

const page = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
const readme = page('README.md')

let gateway: Server

beforeAll(async () => {
  gateway = await startDocsGateway()
})

afterAll(() => {
  gateway.close()
  gateway.closeAllConnections()
})

describe.each(['README.md', 'docs/use.md'])('%s', (name) => {
  const snippets = snippetsOf(name)

  it('has a snippet for each use', () => expect(snippets.length).toBeGreaterThanOrEqual(3))

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
})

describe('README.md', () => {
  const [clients] = snippetsOf('README.md')

  it('shows conformFetch in three clients, a proxy and pipeThrough on its first screen', () => {
    const first = readme.slice(0, readme.indexOf('## '))
    for (const use of ['new OpenAI({', 'new Anthropic({', 'createOpenAI({', 'new Hono()', '.pipeThrough(normalize({']) {
      expect(first).toContain(use)
    }
  })

  it.each([
    ['openai', 'chat.completions.stream'],
    ['anthropic', 'messages.stream'],
    ['the AI SDK', 'streamText('],
  ])('shows %s where it would fail without conformFetch', async (_client, call) => {
    const { name, code = '' } = clients ?? { name: '' }
    const lines = code.split('\n').filter((line) => !line.startsWith('console.log') || line.includes(call))
    const bare = lines
      .join('\n')
      .replace('= conformFetch()', '= globalThis.fetch')
      .replace('.text)', '.text.then(whole))')
    // An SDK that hands over nothing has failed as well.
    const whole = 'const whole = (text) => { if (text === "") throw new Error("nothing came"); return text }\n'
    await expect(run({ name, code: whole + bare, prints: [] })).rejects.toThrow()
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

  it('names every option, the callbacks among them', () => {
    const names = ['onDefect', 'onObservation', 'onEnd', 'onUsage', 'limits', 'request.model', 'unknownEvents', 'mode']
    const own = ['newId', 'emptyText', 'done', 'resume', 'createdAt', 'reasoning', 'finishReason', 'protocol']
    const request = ['request.n', 'request.tools', 'request.includeUsage']
    const fetching = [
      'fetch',
      'httpErrors',
      'guardrail',
      'guardrailStatus',
      'pieceSize',
      'heartbeat',
      'context',
      'clock',
    ]
    const timeouts = ['timeouts.headers', 'timeouts.idle', 'timeouts.total', 'signal']
    for (const name of [...names, ...own, ...request, ...fetching, ...timeouts]) {
      expect(readme).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|`, 'm'))
    }
  })

  it('names every option of the command', async () => {
    for (const command of ['normalize', 'check', 'replay']) {
      const { stdout } = await cli([command, '--help'])
      for (const [option] of stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)) {
        const name = option.trim().replace('-h, ', '')
        if (!/--(?:help|report|format|update|update-bytes)$/.test(name)) expect(readme).toContain(name)
      }
    }
  })

  it('has the sizes that the size script has, wanted ones and budgets', () => {
    const script = page('scripts/size.ts')
    const entries = Array.from(
      script.matchAll(/name: '([^']+)'(?:(?!name:).)*?budget: ([\d_]+),\s*wanted: (\d+)_000/gs),
    )
    expect(entries.length).toBeGreaterThanOrEqual(5)
    for (const [, name = '', budget = '', wanted] of entries) {
      const [, now] =
        new RegExp(`^\\| .*${name.split(',')[0]}\`.* \\| (\\d+) kB \\| ${wanted} kB \\|$`, 'm').exec(readme) ?? []
      // A ratchet stands a little above what is measured.
      expect(Number(now) * 1000, name).toBeLessThanOrEqual(Number(budget.replaceAll('_', '')) + 500)
      expect(Number(now) * 1000, name).toBeGreaterThan(Number(budget.replaceAll('_', '')) - 2000)
    }
  })

  it('names the two commands, which package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(readme).toContain('npm ci && npm run demo')
    expect(readme).toMatch(/^npm test /m)
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['demo', 'test']))
  })
})

describe('docs/retry.md has a table of what may be sent again', () => {
  const rows = page('docs/retry.md')
    .split('\n')
    .flatMap((line) => {
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
