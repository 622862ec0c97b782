import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { broken, brokenCode, conformant, folderWith } from '../replay/cases.js'
import { cli, stdinOf } from './session.js'

async function check(argv: readonly string[], ...names: ('good' | 'bad' | 'absent')[]) {
  const folder = await folderWith({ good: conformant, bad: broken })
  const { code, stdout, stderr } = await cli(['check', ...argv, ...names.map((name) => join(folder, name))])
  return { code, stdout: stdout.replaceAll(`${folder}/`, ''), stderr: stderr.replaceAll(`${folder}/`, '') }
}

describe('sse-conform check', () => {
  it('ends with 0 where there is no defect', async () => {
    const { code, stdout, stderr } = await check([], 'good')
    expect(stdout).toBe('good: no defect, complete\n1 checked, 0 with defects\n')
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  it('ends with 1 where a file has defects, and lists them', async () => {
    const { code, stdout } = await check([], 'good', 'bad')
    expect(stdout).toMatch(new RegExp(`^bad:\n {4}1 × ${brokenCode} .*; inserted$`, 'm'))
    expect(stdout).toMatch(/\n2 checked, 1 with defects\n$/)
    expect(code).toBe(1)
  })

  it('never counts observations', async () => {
    const empty = conformant.replace(/event: content_block_delta\n.*\n\n/, '')
    const { code, stdout } = await cli(['check', '--format', 'json', '-'], { stdin: stdinOf(empty) })
    expect(JSON.parse(stdout)).toMatchObject({ failed: 0, files: [{ file: '-', defects: [] }] })
    expect(code).toBe(0)
  })

  it('ends with 2 where a file cannot be read, and judges the others all the same', async () => {
    const { code, stdout, stderr } = await check([], 'absent', 'bad')
    expect(stdout).toContain('1 checked, 1 with defects')
    expect(stderr).toBe('sse-conform: absent: no such file or folder\n')
    expect(code).toBe(2)
  })

  it('gives JSON', async () => {
    const { stdout } = await check(['--format', 'json'], 'good', 'bad', 'absent')
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      failed: 1,
      files: [
        { file: 'good', protocol: 'messages', endState: 'complete', defects: [] },
        { file: 'bad', defects: [{ code: brokenCode, count: 1, first: { frame: 2, action: 'inserted' } }] },
      ],
      unreadable: [{ file: 'absent', message: 'absent: no such file or folder' }],
    })
  })

  it('gives JUnit XML', async () => {
    const { stdout } = await check(['--format', 'junit'], 'good', 'bad', 'absent')
    expect(stdout).toContain('<testsuite name="sse-conform check" tests="3" failures="1" errors="1" skipped="0">')
    expect(stdout).toContain('<testcase classname="messages" name="good" file="good"/>')
    expect(stdout).toContain(`<failure message="1 × ${brokenCode}:`)
  })

  it('gives GitHub annotations', async () => {
    const { stdout } = await check(['--format', 'github'], 'good', 'bad')
    expect(stdout).toMatch(
      new RegExp(`^::error file=bad,title=${brokenCode}::A delta for .*; once; first at frame 2, .*\n$`),
    )
  })

  it.each(['human', 'json', 'junit', 'github'])('shows no content as %s', async (format) => {
    expect((await check(['--format', format], 'bad')).stdout).not.toContain('noon')
  })

  it('wants at least one file', async () => {
    const { code, stderr } = await cli(['check'])
    expect(stderr).toContain("missing required argument 'files'")
    expect(code).toBe(2)
  })
})
