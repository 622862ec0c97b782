import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { broken, brokenFile, caseFiles, folderWith, repaired } from '../replay/cases.js'
import { cli } from './session.js'

describe('sse-conform replay', () => {
  it('ends with 0 and a closing line where every case comes out as expected', async () => {
    const folder = await folderWith(caseFiles('messages/a', broken, brokenFile, repaired))
    const { code, stdout, stderr } = await cli(['replay', folder])
    expect(stdout).toBe('pass messages/a\n\n1 passed, 0 failed\n')
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  it('ends with 1 and a diff where one does not', async () => {
    const folder = await folderWith(caseFiles('messages/a', broken, brokenFile, repaired.replace('noon', 'dusk')))
    const { code, stdout } = await cli(['replay', folder])
    expect(stdout).toMatch(/^ {6}- data: .*dusk/m)
    expect(stdout).toMatch(/\n0 passed, 1 failed\n$/)
    expect(code).toBe(1)
  })

  it('updates what is expected', async () => {
    const folder = await folderWith(caseFiles('a', broken, { ...brokenFile, defects: [] }))
    expect((await cli(['replay', '--update-bytes', folder])).code).toBe(1)
    expect((await cli(['replay', '--update', folder])).code).toBe(0)
    expect(await readFile(join(folder, 'a/expected.sse'), 'utf8')).toBe(repaired)
    expect((await cli(['replay', folder])).code).toBe(0)
  })

  it('ends with 2 where a case cannot be read, and runs the others all the same', async () => {
    const folder = await folderWith({ ...caseFiles('a', broken, brokenFile, repaired), 'b/fixture.json': '{' })
    const { code, stdout } = await cli(['replay', folder])
    expect(stdout).toContain('pass a\n')
    expect(stdout).toContain('fixture.json: is not JSON')
    expect(stdout).toMatch(/\n1 passed, 1 failed\n$/)
    expect(code).toBe(2)
  })

  it('ends with 2 where a folder is missing or holds no case: an empty run is no good run', async () => {
    const folder = await folderWith({ 'a-file': '' })
    expect(await cli(['replay', join(folder, 'absent')])).toMatchObject({ code: 2, stdout: '' })
    const { code, stderr } = await cli(['replay', folder])
    expect(stderr).toContain('holds no case (a folder with a fixture.json)')
    expect(code).toBe(2)
  })

  it.each(['json', 'junit', 'github'])('shows no content as %s', async (format) => {
    const folder = await folderWith(caseFiles('a', broken, brokenFile, 'data: nothing of it\n\n'))
    const { code, stdout } = await cli(['replay', '--format', format, folder])
    expect(stdout).toContain('the output is not expected.sse')
    expect(stdout).not.toContain('noon')
    expect(code).toBe(1)
  })

  it('looks under fixtures when no folder is given', async () => {
    expect(existsSync('fixtures')).toBe(true)
    const { stdout } = await cli(['replay', '--format', 'json'])
    const { fixtures } = JSON.parse(stdout) as { fixtures: { name: string }[] }
    expect(fixtures.map((fixture) => fixture.name)).toContain('messages/litellm-lmstudio-index-minus-one')
  })
})
