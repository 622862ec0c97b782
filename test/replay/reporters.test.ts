import picocolors from 'picocolors'
import { describe, expect, it } from 'vitest'
import {
  annotate,
  githubReport,
  humanReport,
  jsonReport,
  loadFixtures,
  type ReplayRun,
  runFixture,
} from '../../src/replay/index.js'
import { junitReport } from '../../src/replay/reporters/junit.js'
import { broken, brokenCode, brokenFile, caseFiles, folderWith, repaired } from './cases.js'

const plain = picocolors.createColors(false)
const secret = 'Gale at dusk'

async function makeRun(): Promise<ReplayRun> {
  const folder = await folderWith({
    ...caseFiles('messages/good', broken, brokenFile, repaired),
    ...caseFiles('messages/other', broken.replace('Rain at', secret), { ...brokenFile, defects: [] }, repaired),
  })
  const results = (await loadFixtures(folder)).map((fixture) => runFixture(fixture))
  return {
    results,
    unreadable: [{ path: 'messages/bad/fixture.json', message: 'messages/bad/fixture.json: is not JSON' }],
  }
}

describe('the reporters', () => {
  it('write for people: a line per case, the diff of one that differs, and the closing line', async () => {
    const text = humanReport(await makeRun(), plain)
    expect(text).toContain('pass messages/good\n')
    expect(text).toContain('FAIL messages/other Deltas at index -1\n')
    expect(text).toContain(`    defects: unexpected ${brokenCode}\n`)
    expect(text).toMatch(/^ {6}- data: .*Rain at/m)
    expect(text).toMatch(/^ {6}\+ data: .*Gale at dusk/m)
    expect(text).toMatch(/\n1 passed, 2 failed\n$/)
  })

  it('use colours only when they are switched on', async () => {
    const run = await makeRun()
    expect(humanReport(run, plain)).not.toContain('\u001b[')
    expect(humanReport(run, picocolors.createColors(true))).toContain('\u001b[31m')
  })

  it('write JSON without content', async () => {
    const text = jsonReport(await makeRun())
    expect(JSON.parse(text)).toMatchObject({
      version: 1,
      passed: 1,
      failed: 2,
      fixtures: [
        {
          name: 'messages/good',
          protocol: 'messages',
          passed: true,
          endState: 'complete',
          defects: [brokenCode],
          differences: [],
        },
        { name: 'messages/other', passed: false, differences: [{ kind: 'bytes' }, { kind: 'defects' }] },
      ],
      unreadable: [{ path: 'messages/bad/fixture.json' }],
    })
    expect(text).not.toContain(secret)
  })

  it('write JUnit XML without content: failures for differences, errors for what cannot be read', async () => {
    const xml = junitReport(await makeRun())
    expect(xml).toContain('<testsuite name="sse-conform replay" tests="3" failures="1" errors="1" skipped="0">')
    expect(xml).toContain('<testcase classname="messages" name="messages/good"')
    expect(xml).toContain('type="difference"')
    expect(xml).not.toContain(secret)
  })

  it('write one GitHub annotation per difference, without content', async () => {
    const lines = githubReport(await makeRun())
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(
      /^::error file=.*expected\.sse,title=sse-conform replay messages\/other::the output is not expected\.sse/,
    )
    expect(lines[2]).toBe(
      '::error file=messages/bad/fixture.json,title=sse-conform replay::messages/bad/fixture.json: is not JSON',
    )
    expect(lines.join('\n')).not.toContain(secret)
  })
})

describe('annotate', () => {
  it('escapes by the rules of GitHub: colons and commas in properties, line ends and percent signs everywhere', () => {
    expect(annotate({ level: 'notice', file: 'C:\\a,b%.sse', title: 'one: two', message: 'a: 50%,\r\nb' })).toBe(
      '::notice file=C%3A\\a%2Cb%25.sse,title=one%3A two::a: 50%25,%0D%0Ab\n',
    )
  })
})
