import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import {
  broken,
  brokenCode,
  conformant,
  folderWith,
  messageStart,
  repaired,
  textDelta,
  truncated,
} from '../replay/cases.js'
import { cli, Kept, openStdin, stdinOf } from './session.js'

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('sse-conform normalize', () => {
  it('writes the repaired bytes of a file to stdout and the report to stderr, and ends with 0', async () => {
    const folder = await folderWith({ 'broken.sse': broken })
    const { code, stdout, stderr } = await cli(['normalize', join(folder, 'broken.sse')])
    expect(stdout).toBe(repaired)
    expect(stderr).toMatch(
      new RegExp(
        `^1 × ${brokenCode} {2}A delta for a block that was never started; first at frame 2, byte \\d+.*; inserted\nend state complete `,
      ),
    )
    expect(code).toBe(0)
  })

  it('reads standard input for - and when no file is given', async () => {
    expect((await cli(['normalize', '-'], { stdin: stdinOf(broken) })).stdout).toBe(repaired)
    expect((await cli(['normalize'], { stdin: stdinOf(broken) })).stdout).toBe(repaired)
  })

  it('finds the protocol however the bytes are cut', async () => {
    const bytes = [...Buffer.from(broken)].map((byte) => Uint8Array.of(byte))
    expect((await cli(['normalize'], { stdin: stdinOf(...bytes) })).stdout).toBe(repaired)
  })

  it('reports as one line of JSON', async () => {
    const { stderr } = await cli(['normalize', '--report', 'json'], { stdin: stdinOf(broken) })
    expect(stderr.trimEnd()).not.toContain('\n')
    expect(JSON.parse(stderr)).toMatchObject({
      version: 1,
      file: '-',
      protocol: 'messages',
      endState: 'complete',
      defects: [{ code: brokenCode, count: 1, first: { frame: 2, action: 'inserted' } }],
      bytes: { in: Buffer.byteLength(broken), out: Buffer.byteLength(repaired) },
    })
  })

  it('reports nothing where nothing is wanted', async () => {
    expect((await cli(['normalize', '--report', 'none'], { stdin: stdinOf(broken) })).stderr).toBe('')
  })

  it('puts no content into the report', async () => {
    const { stderr } = await cli(['normalize'], { stdin: stdinOf(broken) })
    expect(stderr).not.toContain('noon')
    expect(stderr).not.toContain('test-model-1')
  })

  it('ends with 0 where the stream was cut short: that is what the report is for', async () => {
    const { code, stdout, stderr } = await cli(['normalize'], { stdin: stdinOf(truncated) })
    expect(stdout.startsWith(truncated)).toBe(true)
    expect(stdout).toContain('event: error\n')
    expect(stderr).toContain('end state truncated')
    expect(code).toBe(0)
  })

  it('gives each event as it arrives', async () => {
    const stdin = openStdin(messageStart)
    const stdout = new Kept()
    const session = cli(['normalize'], { stdin, stdout })
    while (stdout.text === '') await turn()
    expect(stdout.text).toBe(messageStart)
    stdin.end(conformant.slice(messageStart.length))
    expect((await session).code).toBe(0)
    expect(stdout.text).toBe(conformant)
  })

  it('waits for a slow reader instead of piling up output', async () => {
    let release = () => {}
    let taken = 0
    const stdout = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, done) {
        taken += chunk.length
        release = done
      },
    })
    let pulled = 0
    const events = [messageStart, ...Array.from({ length: 50 }, () => textDelta('more'))]
    const stdin = Readable.from(
      (function* () {
        for (const event of events) {
          pulled++
          yield Buffer.from(event)
        }
      })(),
      { highWaterMark: 1 },
    )
    const session = cli(['normalize', '--report', 'none'], { stdin, stdout })
    while (taken === 0) await turn()
    for (let turns = 0; turns < 50; turns++) await turn()
    expect(pulled).toBeLessThan(10)
    const pump = setInterval(() => release(), 0)
    expect((await session).code).toBe(0)
    clearInterval(pump)
    expect(pulled).toBe(events.length)
  })

  it('closes stdout at the terminal and reads no more than the drain allows of a connection that stays open', async () => {
    const stdin = openStdin(broken)
    let closed = 0
    const { code, stderr } = await cli(['normalize'], {
      stdin,
      closeStdout: () => {
        closed++
      },
      drain: { bytes: 1024, milliseconds: 0 },
    })
    expect(code).toBe(0)
    expect(closed).toBe(1)
    expect(stderr).toContain('end state complete')
    expect(stdin.destroyed).toBe(true)
  })

  it('stops reading behind the terminal when the bytes of the drain are used up', async () => {
    const stdin = openStdin(broken)
    const { stderr } = await cli(['normalize', '--report', 'json'], {
      stdin,
      closeStdout: () => {
        for (let times = 0; times < 3; times++) stdin.write('x'.repeat(600))
      },
      drain: { bytes: 1000, milliseconds: 2 ** 30 },
    })
    expect(JSON.parse(stderr)).toMatchObject({ bytes: { in: Buffer.byteLength(broken) + 1000 } })
  })

  it('counts what a file holds behind the terminal, all of it', async () => {
    const folder = await folderWith({ 'long.sse': conformant + textDelta('late').repeat(5000) })
    const { stderr } = await cli(['normalize', '--report', 'json', join(folder, 'long.sse')])
    expect(JSON.parse(stderr)).toMatchObject({ defects: [{ code: 'messages/event-after-end', count: 5000 }] })
  })

  it('ends quietly with 0 when nobody reads its output any more', async () => {
    const stdout = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    })
    const { code, stderr } = await cli(['normalize'], { stdin: openStdin(broken), stdout })
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  it('says that the output cannot be written', async () => {
    const stdout = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('full'), { code: 'ENOSPC' })),
    })
    const { code, stderr } = await cli(['normalize'], { stdin: stdinOf(broken), stdout })
    expect(stderr).toBe('sse-conform: the output cannot be written: no space left on the device\n')
    expect(code).toBe(2)
  })

  it('ends the stream in-band, reports, and ends with 2 when reading breaks off', async () => {
    const stdin = openStdin(truncated)
    const stdout = new Kept()
    const session = cli(['normalize'], { stdin, stdout })
    while (!stdout.text.includes('Rain at')) await turn()
    stdin.destroy(Object.assign(new Error('broken'), { code: 'EIO' }))
    const { code, stderr } = await session
    expect(stdout.text).toContain('event: error\n')
    expect(stderr).toContain('end state truncated')
    expect(stderr).toMatch(/sse-conform: standard input: reading failed with EIO\n$/)
    expect(code).toBe(2)
  })
})
