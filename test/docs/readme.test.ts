import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exitCodeTable } from '../../src/cli/exit-codes.js'
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

  it('names the two commands, which package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(readme).toContain('npm ci && npm run demo')
    expect(readme).toMatch(/^npm test /m)
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['demo', 'test']))
  })
})
