import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { broken, conformant, folderWith, messageStart, repaired, textDelta } from '../replay/cases.js'
import type { Session } from './session.js'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

function start(...argv: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...argv], { env: { PATH: process.env['PATH'] } })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  // Input that nobody reads any more is what some of these tests are about.
  child.stdin.on('error', () => {})
  return child
}

async function finish(child: ChildProcessWithoutNullStreams): Promise<Session> {
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const [code] = (await once(child, 'close')) as [number]
  return { code, stdout, stderr }
}

describe('the command as a process', () => {
  it('repairs what is piped into it', async () => {
    const child = start('normalize')
    child.stdin.end(broken)
    const { code, stdout, stderr } = await finish(child)
    expect(stdout).toBe(repaired)
    expect(stderr).toContain('end state complete')
    expect(code).toBe(0)
  })

  it('gives an event as soon as it has come, while its input stays open', async () => {
    const child = start('normalize', '--report', 'none')
    child.stdin.write(messageStart)
    const [first] = (await once(child.stdout, 'data')) as [Buffer]
    expect(first.toString()).toBe(messageStart)
    child.stdin.end(conformant.slice(messageStart.length))
    expect(await finish(child)).toEqual({ code: 0, stdout: conformant.slice(messageStart.length), stderr: '' })
  })

  it('ends after the terminal although its input is never closed', async () => {
    const child = start('normalize')
    child.stdin.write(broken)
    const { code, stdout, stderr } = await finish(child)
    expect(stdout).toBe(repaired)
    expect(stderr).toContain('end state complete')
    expect(code).toBe(0)
  })

  it('ends quietly with 0 when its reader goes away', async () => {
    const long = messageStart + textDelta('more', -1).repeat(50_000)
    const folder = await folderWith({ 'long.sse': long })
    const child = start('normalize', join(folder, 'long.sse'))
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const { code, stderr } = await finish(child)
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  it('ends with the exit codes of its table', async () => {
    const folder = await folderWith({ good: conformant, bad: broken })
    const codes = async (...argv: string[]) => (await finish(start(...argv))).code
    expect(await codes('check', join(folder, 'good'))).toBe(0)
    expect(await codes('check', join(folder, 'bad'))).toBe(1)
    expect(await codes('check', join(folder, 'absent'))).toBe(2)
  })
})
