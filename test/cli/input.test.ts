import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createBinarySniffer } from '../../src/cli/binary.js'
import { broken, conformant, folderWith, messageStart } from '../replay/cases.js'
import { cli, stdinOf } from './session.js'

async function refused(content: string | Uint8Array, ...argv: string[]): Promise<string> {
  const folder = await folderWith({ 'input.sse': content })
  const { code, stdout, stderr } = await cli(['normalize', ...argv, join(folder, 'input.sse')])
  expect(code).toBe(2)
  expect(stdout).toBe('')
  return stderr.replaceAll(folder, '.')
}

describe('an input that cannot be used', () => {
  it('is a missing file', async () => {
    const { code, stderr } = await cli(['normalize', 'absent.sse'])
    expect(stderr).toBe('sse-conform: absent.sse: no such file or folder\n')
    expect(code).toBe(2)
  })

  it('is a directory', async () => {
    const folder = await folderWith({})
    const { code, stderr } = await cli(['normalize', folder])
    expect(stderr).toContain('is a directory; give the files in it')
    expect(code).toBe(2)
  })

  it('is gzip, with the way to decompress it', async () => {
    expect(await refused(gzipSync(broken))).toContain('./input.sse: is gzip-compressed; decompress it first (gzip -dc')
  })

  it('is gzip also where the protocol is given and where it comes byte by byte', async () => {
    const bytes = [...gzipSync(broken)].map((byte) => Uint8Array.of(byte))
    const { code, stderr } = await cli(['normalize'], { stdin: stdinOf(...bytes) })
    expect(stderr).toContain('is gzip-compressed')
    expect(code).toBe(2)
    expect(await refused(gzipSync(broken), '--protocol', 'messages')).toContain('is gzip-compressed')
  })

  it('is binary: NUL bytes', async () => {
    expect(await refused(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 0))).toContain(
      'is a binary file (it contains NUL bytes)',
    )
  })

  it('is binary: mostly no UTF-8', async () => {
    expect(await refused(Uint8Array.from({ length: 300 }, (_, at) => 128 + ((at * 37) % 127)))).toContain(
      'is a binary file (it is not UTF-8)',
    )
  })

  it('is UTF-16', async () => {
    expect(await refused(Buffer.from(`\ufeff${broken}`, 'utf16le'))).toContain('is UTF-16 text')
  })

  it('is empty or ambiguous where no protocol is given, and asks for one', async () => {
    expect(await refused('')).toContain('is empty; say so with --protocol messages|responses|chat')
    expect(await refused(': nothing yet\n\nevent: ping\ndata: {"type":"ping"}\n\n')).toContain(
      'no event tells which protocol this is; say so with --protocol messages|responses|chat',
    )
  })

  it('is no longer ambiguous once the protocol is given: an empty stream ends in-band', async () => {
    const { code, stdout, stderr } = await cli(['normalize', '--protocol', 'messages'])
    expect(stdout).toContain('event: error\n')
    expect(stderr).toContain('end state empty')
    expect(code).toBe(0)
  })
})

describe('createBinarySniffer', () => {
  it('lets text pass whose characters are cut by the chunks', () => {
    const sniffer = createBinarySniffer()
    for (const byte of Buffer.from('data: äöüäöüäöüäöüäöü\n\n'))
      expect(sniffer.push(Uint8Array.of(byte))).toBeUndefined()
  })

  it('leaves damage behind the first frame to the pipeline', () => {
    const sniffer = createBinarySniffer()
    expect(sniffer.push(Buffer.from(messageStart))).toBeUndefined()
    expect(sniffer.push(Uint8Array.of(0, 0, 0xff, 0xff, 0xff, 0xff))).toBeUndefined()
  })

  it('lets a byte order mark, a few broken bytes and a whole stream pass', () => {
    expect(createBinarySniffer().push(Buffer.from(`\ufeff${conformant}`))).toBeUndefined()
    expect(createBinarySniffer().push(Buffer.from('data: caf\xe9, th\xe9\xe2tre\n\n', 'latin1'))).toBeUndefined()
  })
})
