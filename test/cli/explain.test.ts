import { describe, expect, it } from 'vitest'
import { registry } from '../../src/defects/registry.js'
import { brokenCode } from '../replay/cases.js'
import { cli } from './session.js'

describe('sse-conform explain', () => {
  it('lists every code with its title', async () => {
    const { code, stdout } = await cli(['explain'])
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(Object.keys(registry).length)
    for (const [name, info] of Object.entries(registry)) {
      expect(lines.some((line) => line.startsWith(`${name} `) && line.endsWith(`  ${info.title}`))).toBe(true)
    }
    expect(code).toBe(0)
  })

  it('explains one code: rule, what it is, what is done, who emits it with links, which client breaks', async () => {
    const { code, stdout } = await cli(['explain', brokenCode])
    expect(stdout.startsWith(`${brokenCode}\n${registry[brokenCode].title}\n`)).toBe(true)
    for (const part of ['rule ', 'What it is', 'What is done about it', 'Who emits it', 'Which client breaks']) {
      expect(stdout).toContain(part)
    }
    expect(stdout).toContain('https://github.com/BerriAI/litellm/issues/27442')
    expect(stdout.split('\n').every((line) => line.length <= 100)).toBe(true)
    expect(code).toBe(0)
  })

  it.each(Object.keys(registry))('can explain %s', async (code) => {
    expect(await cli(['explain', code])).toMatchObject({ code: 0, stderr: '' })
  })

  it('gives JSON: the entry of the registry with its code, or all of them', async () => {
    const one = JSON.parse((await cli(['explain', '--format', 'json', brokenCode])).stdout) as unknown
    expect(one).toEqual({ code: brokenCode, ...registry[brokenCode] })
    const all = JSON.parse((await cli(['explain', '--format', 'json'])).stdout) as unknown[]
    expect(all).toContainEqual(one)
    expect(all).toHaveLength(Object.keys(registry).length)
  })

  it('names the nearest code where one is unknown, with or without its family', async () => {
    for (const typed of ['messages/blok-delta-without-start', 'block-delta-without-strat']) {
      const { code, stdout, stderr } = await cli(['explain', typed])
      expect(stderr).toBe(
        `sse-conform: unknown code: ${typed} (did you mean ${brokenCode}?). sse-conform explain lists all codes\n`,
      )
      expect(stdout).toBe('')
      expect(code).toBe(2)
    }
  })
})
