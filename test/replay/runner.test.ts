import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type FixtureResult, loadFixture, runFixture, updateFixture } from '../../src/replay/index.js'
import { broken, brokenCode, brokenFile, caseFiles, conformant, folderWith, repaired, truncated } from './cases.js'

async function run(upstream: string, file: object, expected?: string): Promise<FixtureResult> {
  const folder = await folderWith(caseFiles('case', upstream, file, expected))
  return runFixture(await loadFixture(join(folder, 'case')))
}

describe('runFixture', () => {
  it('passes a case that comes out as expected', async () => {
    const result = await run(broken, brokenFile, repaired)
    expect(result.differences).toEqual([])
    expect(result.passed).toBe(true)
    expect(Buffer.from(result.output).toString()).toBe(repaired)
  })

  it('passes a stream that ends in an error, which a second pass leaves alone', async () => {
    const file = { ...brokenFile, endState: 'truncated', defects: ['messages/truncated-stream'] }
    const { differences, output } = await run(truncated, file)
    expect(differences).toEqual([{ kind: 'expected-missing' }])
    expect(Buffer.from(output).toString()).toContain('event: error\n')
  })

  it('tells other bytes', async () => {
    const { differences } = await run(broken, brokenFile, repaired.replace('noon', 'dusk'))
    expect(differences.map((difference) => difference.kind)).toEqual(['bytes'])
  })

  it('tells another end state', async () => {
    const { differences } = await run(broken, { ...brokenFile, endState: 'truncated' }, repaired)
    expect(differences).toEqual([{ kind: 'end-state', expected: 'truncated', actual: 'complete' }])
  })

  it('tells defects that are missing or unexpected, and wants the exact set', async () => {
    const { differences } = await run(broken, { ...brokenFile, defects: ['sse/bom'] }, repaired)
    expect(differences).toEqual([{ kind: 'defects', missing: ['sse/bom'], unexpected: [brokenCode] }])
  })

  it('tells observations that are missing', async () => {
    const file = { ...brokenFile, defects: [], observations: ['messages/empty-text-block'] }
    const { differences } = await run(conformant, file, conformant)
    expect(differences).toEqual([{ kind: 'observations', missing: ['messages/empty-text-block'], unexpected: [] }])
  })
})

describe('updateFixture', () => {
  it('writes bytes, end state and codes, keeps every other field, and the case passes', async () => {
    const written = { ...brokenFile, endState: 'truncated', defects: [], observations: ['sse/bom'], note: 'kept' }
    const folder = await folderWith(caseFiles('case', broken, written))
    const result = await updateFixture(await loadFixture(join(folder, 'case')))
    expect(result.passed).toBe(true)
    expect(await readFile(join(folder, 'case/expected.sse'), 'utf8')).toBe(repaired)
    const text = await readFile(join(folder, 'case/fixture.json'), 'utf8')
    expect(JSON.parse(text)).toEqual({ ...brokenFile, note: 'kept' })
    expect(text).toContain(`  "defects": ["${brokenCode}"],\n`)
  })

  it('leaves fixture.json alone where only bytes may be written, and says what it still claims', async () => {
    const file = { ...brokenFile, endState: 'truncated' }
    const folder = await folderWith(caseFiles('case', broken, file, 'data: old\n\n'))
    const result = await updateFixture(await loadFixture(join(folder, 'case')), { bytesOnly: true })
    expect(result.differences.map((difference) => difference.kind)).toEqual(['end-state'])
    expect(await readFile(join(folder, 'case/expected.sse'), 'utf8')).toBe(repaired)
    expect(JSON.parse(await readFile(join(folder, 'case/fixture.json'), 'utf8'))).toEqual(file)
  })

  it('does not touch a fixture.json that already says so, however it is laid out', async () => {
    const folder = await folderWith(caseFiles('case', broken, brokenFile, repaired))
    await updateFixture(await loadFixture(join(folder, 'case')))
    expect(await readFile(join(folder, 'case/fixture.json'), 'utf8')).toBe(JSON.stringify(brokenFile))
  })
})

describe('a pipeline that refuses its options', () => {
  it('is the mistake of fixture.json', async () => {
    const folder = await folderWith(
      caseFiles('case', broken, { ...brokenFile, options: { limits: { maxFrameBytes: -1 } } }),
    )
    const fixture = await loadFixture(join(folder, 'case'))
    expect(() => runFixture(fixture)).toThrow(/fixture\.json: .*maxFrameBytes/)
  })
})
