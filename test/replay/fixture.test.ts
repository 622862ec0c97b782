import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findFixtures, loadFixture, loadFixtures } from '../../src/replay/index.js'
import { broken, brokenFile, caseFiles, folderWith, repaired } from './cases.js'

describe('loadFixtures', () => {
  it('finds every folder with a fixture.json at any depth and names it by its path', async () => {
    const folder = await folderWith({
      ...caseFiles('messages/b', broken, brokenFile, repaired),
      ...caseFiles('messages/a', broken, brokenFile),
      'messages/README.md': '',
    })
    const fixtures = await loadFixtures(folder)
    expect(fixtures.map((fixture) => fixture.name)).toEqual(['messages/a', 'messages/b'])
    expect(fixtures.map((fixture) => fixture.expected !== undefined)).toEqual([false, true])
    expect(fixtures[0]?.file.title).toBe('Deltas at index -1')
  })

  it('takes a folder that is a case itself', async () => {
    const folder = await folderWith(caseFiles('alone', broken, brokenFile))
    const [fixture] = await loadFixtures(join(folder, 'alone'))
    expect(fixture?.name).toBe('alone')
  })

  it('says which folder cannot be searched', async () => {
    const folder = await folderWith({ 'a-file': '' })
    await expect(findFixtures(join(folder, 'absent'))).rejects.toThrow(/absent: no such folder$/)
    await expect(findFixtures(join(folder, 'a-file'))).rejects.toThrow(
      /a-file: is a file; a folder with cases is wanted$/,
    )
  })

  it('says that upstream.sse is missing', async () => {
    const folder = await folderWith({ 'fixture.json': JSON.stringify(brokenFile) })
    await expect(loadFixture(folder)).rejects.toThrow(/upstream\.sse: no such file$/)
  })
})

describe('fixture.json', () => {
  it.each([
    ['is not JSON', '{'],
    ['must be a JSON object', '[]'],
    ['"title" must be a string', JSON.stringify({ ...brokenFile, title: 1 })],
    ['"protocol" must be one of messages, responses, chat', JSON.stringify({ ...brokenFile, protocol: 'mesages' })],
    ['"endState" must be one of complete, ', JSON.stringify({ ...brokenFile, endState: 'done' })],
    ['"defects" must be a list of codes', JSON.stringify({ ...brokenFile, defects: 'none' })],
    ['"defects" names an unknown code: sse/boom', JSON.stringify({ ...brokenFile, defects: ['sse/boom'] })],
    ['"observations" names an unknown code: 7', JSON.stringify({ ...brokenFile, observations: [7] })],
    ['"options" must be an object', JSON.stringify({ ...brokenFile, options: 'drop' })],
  ])('is refused where it %s', async (reason, text) => {
    const folder = await folderWith({ 'fixture.json': text, 'upstream.sse': broken })
    await expect(loadFixture(folder)).rejects.toThrow(`fixture.json: ${reason}`)
  })
})
