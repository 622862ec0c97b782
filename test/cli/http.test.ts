import { join } from 'node:path'
import { Readable } from 'node:stream'
import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/index.js'
import { broken, conformant, folderWith, repaired } from '../replay/cases.js'
import { cli, openStdin, stdinOf } from './session.js'

const events = 'content-type: text/event-stream'

/** A dump of a response, with the line ends of the wire. */
function dump(status: string, headers: readonly string[], body: string | Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from([`HTTP/1.1 ${status}`, ...headers, '', ''].join('\r\n')),
    Buffer.from(body as string),
  ])
}

/** A body in the chunked transfer coding, a few bytes in each chunk. */
function chunked(body: string | Uint8Array, size = 50, last = '0\r\n\r\n'): Buffer {
  const bytes = Buffer.from(body as string)
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) {
    const part = bytes.subarray(at, at + size)
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'))
  }
  return Buffer.concat([...parts, Buffer.from(last)])
}

interface HttpReport extends Report {
  readonly http: { readonly status: { readonly in: number; readonly out: number }; readonly repairs: readonly string[] }
}

async function normalize(input: Uint8Array, ...argv: string[]): Promise<{ stdout: string; report: HttpReport }> {
  const { code, stdout, stderr } = await cli(['normalize', '--http', '--report', 'json', ...argv], {
    stdin: stdinOf(input),
  })
  expect(stderr).toMatch(/^\{/)
  expect(code).toBe(0)
  return { stdout, report: JSON.parse(stderr) as HttpReport }
}

async function refused(input: string | Uint8Array, ...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await cli(['normalize', '--http', ...argv], { stdin: stdinOf(input) })
  expect(code).toBe(2)
  expect(stdout).toBe('')
  return stderr
}

const untouched = { status: { in: 200, out: 200 }, repairs: [] }
const words = 'Violated guardrail policy'
const guardrail = JSON.stringify({ error: { message: words, type: 'guardrail_violation', param: null, code: 500 } })
const python = "AttributeError: 'NoneType' object has no attribute 'get'"
const chat = ['--protocol', 'chat']

describe('sse-conform normalize --http: the body', () => {
  it.each([
    ['as it is', dump('200 OK', [events], broken)],
    ['with bare LF in the head', Buffer.from(`HTTP/1.1 200 OK\n${events}\n\n${broken}`)],
    ['of HTTP/2, which has no reason', Buffer.from(`HTTP/2 200 \r\n${events}\r\n\r\n${broken}`)],
    [
      'behind 100 Continue',
      Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), dump('200 OK', [events], broken)]),
    ],
    [
      'behind a redirect that was followed, and the proxy on the way',
      Buffer.concat([
        Buffer.from('HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 302 Found\r\nlocation: /v1/messages\r\n\r\n'),
        dump('200 OK', [events], broken),
      ]),
    ],
    ['in chunks', dump('200 OK', [events, 'Transfer-Encoding: chunked'], chunked(broken))],
    [
      'in chunks with extensions and trailers',
      dump('200 OK', [events, 'transfer-encoding: chunked'], chunked(broken, 9, '0;a=b\r\nx-cost: 1\r\n\r\nleft over')),
    ],
    ['said to be in chunks, which curl has undone', dump('200 OK', [events, 'transfer-encoding: chunked'], broken)],
    ['packed', dump('200 OK', [events, 'content-encoding: gzip'], gzipSync(broken))],
    ['packed as deflate', dump('200 OK', [events, 'content-encoding: deflate'], deflateSync(broken))],
    [
      'packed and in chunks',
      dump('200 OK', [events, 'content-encoding: gzip', 'transfer-encoding: chunked'], chunked(gzipSync(broken))),
    ],
    ['said to be packed, which curl has undone', dump('200 OK', [events, 'content-encoding: gzip'], broken)],
    ['said to be packed otherwise, which curl has undone', dump('200 OK', [events, 'content-encoding: br'], broken)],
    ['with its length', dump('200 OK', [events, `content-length: ${broken.length}`], broken)],
    [
      'with headers that HTTP does not allow, one of them folded',
      dump('200 OK', [events, 'x y: 1', 'x-a: 1\r\n  2', 'no colon'], broken),
    ],
  ])('%s: comes out as without the head, whole and byte by byte', async (_what, input) => {
    for (const argv of [[], ['--protocol', 'messages']]) {
      const { stdout, report } = await normalize(input, ...argv)
      expect(stdout).toBe(repaired)
      expect(report).toMatchObject({
        version: 1,
        file: '-',
        protocol: 'messages',
        endState: 'complete',
        http: untouched,
      })
    }
    const bytes = Array.from(input, (byte) => Uint8Array.of(byte))
    expect((await cli(['normalize', '--http'], { stdin: stdinOf(...bytes) })).stdout).toBe(repaired)
  })

  it('reads a file, and says on stderr what was around the events', async () => {
    const folder = await folderWith({ 'broken.http': dump('200 OK', ['content-type: text/plain'], broken) })
    const { code, stdout, stderr } = await cli(['normalize', '--http', join(folder, 'broken.http')])
    expect(stdout).toBe(repaired)
    expect(stderr).toMatch(/end state complete .*\nHTTP 200; mended: content-type\n$/)
    expect(code).toBe(0)
    expect((await cli(['normalize', '--http'], { stdin: stdinOf(dump('200 OK', [events], broken)) })).stderr).toContain(
      'HTTP 200; nothing to mend around the events\n',
    )
  })

  it.each([
    ['text/plain', 'content-type: text/plain', broken, 'content-type'],
    ['no type', 'x-type: none', broken, 'content-type'],
    ['a packing that nothing announces', events, gzipSync(broken), 'compression'],
    ['UTF-16', events, Buffer.from(`\ufeff${broken}`, 'utf16le'), 'charset'],
  ])('recovers %s and says so, whether the protocol is given or not', async (_what, header, body, repair) => {
    for (const argv of [[], ['--protocol', 'messages']]) {
      const { stdout, report } = await normalize(dump('200 OK', [header], body), ...argv)
      expect(stdout).toBe(repaired)
      expect(report.http.repairs).toEqual([repair])
    }
  })

  it('makes a stream of a JSON body', async () => {
    const body = { id: 'chatcmpl-Ash', object: 'chat.completion', created: 7, model: 'm' }
    const choices = [{ index: 0, message: { role: 'assistant', content: 'Fog until ten.' }, finish_reason: 'stop' }]
    const input = dump('200 OK', ['content-type: application/json'], JSON.stringify({ ...body, choices }))
    const { stdout, report } = await normalize(input)
    expect(stdout).toMatch(/^data: \{.*"content":"Fog until ten\.".*\n\n/)
    expect(stdout).toMatch(/data: \[DONE\]\n\n$/)
    expect(report).toMatchObject({ protocol: 'chat', endState: 'complete', http: { repairs: ['content-type'] } })
  })

  it.each([
    ['chunks', dump('200 OK', [events, 'transfer-encoding: chunked'], chunked(conformant.slice(0, -80), 50, ''))],
    ['its length', dump('200 OK', [events, `content-length: ${conformant.length}`], conformant.slice(0, -80))],
    ['its packing', dump('200 OK', [events, 'content-encoding: gzip'], gzipSync(conformant).subarray(0, -40))],
  ])('that is cut, by %s, is a connection that broke: an error, what came before it kept', async (_what, input) => {
    const { stdout, report } = await normalize(input, '--protocol', 'messages')
    expect(stdout).toMatch(/^event: message_start\n/)
    expect(stdout).not.toContain('message_stop')
    expect(stdout).toMatch(/event: error\n.*\n\n$/)
    expect(report).toMatchObject({ endState: 'truncated' })
  })

  it('whose chunks are broken ends there', async () => {
    const coded = chunked(conformant, 300)
      .toString()
      .replace(/\r\n12c\r\n/, '\r\nsize\r\n')
    const { stdout, report } = await normalize(
      dump('200 OK', [events, 'transfer-encoding: chunked'], coded),
      '--protocol',
      'messages',
    )
    expect(stdout).toMatch(/event: error\n.*\n\n$/)
    expect(report).toMatchObject({ endState: 'truncated', endReason: 'reset' })
  })

  it('that is none, or a page, is an error in the stream; nothing of the page is shown', async () => {
    for (const head of ['200 OK', '204 No Content']) {
      const { stdout, report } = await normalize(dump(head, [events], ''), ...chat)
      expect(stdout).toMatch(/Provider returned an empty stream\..*\n\ndata: \[DONE\]\n\n$/)
      expect(report.endState).toBe('empty')
    }
    const page = dump('200 OK', ['content-type: text/html'], '<html>Sign in, Mr Fern</html>')
    const { stdout, report } = await normalize(page, ...chat)
    expect(stdout).toContain('(HTTP 200)')
    expect(stdout).not.toContain('Fern')
    expect(report.endState).toBe('not-a-stream')
  })

  it('is not waited for behind the terminal of an open connection', async () => {
    const { code, stdout } = await cli(['normalize', '--http'], {
      stdin: openStdin(`HTTP/1.1 200 OK\r\n${events}\r\n\r\n${conformant}`),
    })
    expect(stdout).toBe(conformant)
    expect(code).toBe(0)
  })

  it('that cannot be read on: what came is used, and the code is 2', async () => {
    const failing = Readable.from(
      (async function* () {
        yield dump('200 OK', [events], conformant.slice(0, -80))
        throw Object.assign(new Error('EIO'), { code: 'EIO' })
      })(),
    )
    const { code, stdout, stderr } = await cli(['normalize', '--http', '--protocol', 'messages'], { stdin: failing })
    expect(stdout).toMatch(/event: error\n.*\n\n$/)
    expect(stderr).toContain('sse-conform: standard input: reading failed with EIO\n')
    expect(code).toBe(2)
  })
})

describe('sse-conform normalize --http: an HTTP error', () => {
  it('gets the JSON error of its protocol, whatever it was, and keeps its status', async () => {
    const input = dump('500 Internal Server Error', ['content-type: text/plain'], python)
    const { stdout, report } = await normalize(input, ...chat)
    expect(JSON.parse(stdout)).toMatchObject({ error: { message: python } })
    expect(report).toMatchObject({
      endState: 'upstream-error',
      defects: [{ code: 'errors/error-frame-shape' }],
      http: { status: { in: 500, out: 500 }, repairs: ['error-body', 'content-type'] },
    })
    const anthropic = await normalize(input, '--protocol', 'messages')
    expect(JSON.parse(anthropic.stdout)).toMatchObject({ type: 'error', error: { message: python } })
  })

  it('becomes 400 where it is the block of a guardrail', async () => {
    const input = dump('500 Internal Server Error', ['content-type: application/json'], guardrail)
    const { stdout, report } = await normalize(input, ...chat)
    expect(JSON.parse(stdout)).toMatchObject({ error: { message: words } })
    expect(report.http).toEqual({ status: { in: 500, out: 400 }, repairs: ['status'] })
  })

  it('becomes a stream where --http-errors stream asks for it', async () => {
    const { stdout, report } = await normalize(dump('503 Busy', [], python), ...chat, '--http-errors', 'stream')
    expect(stdout).toMatch(/^data: \{"error":.*AttributeError.*\n\ndata: \[DONE\]\n\n$/)
    expect(report.http.status).toEqual({ in: 503, out: 200 })
  })

  it.each([
    ['403 Forbidden', guardrail],
    ['200 OK', `data: ${guardrail}\n\n`],
  ])('becomes an answer where --guardrail message asks for it: %s', async (status, body) => {
    const { stdout, report } = await normalize(dump(status, [events], body), ...chat, '--guardrail', 'message')
    expect(stdout).toContain(`"content":"${words}"`)
    expect(stdout).toContain('"finish_reason":"content_filter"')
    expect(report).toMatchObject({ endState: 'complete', http: { status: { out: 200 } } })
    expect(report.http.repairs).toContain('guardrail-message')
  })

  it('says nothing of its protocol, which is asked for', async () => {
    expect(await refused(dump('500 Internal Server Error', [], guardrail))).toContain('say so with --protocol')
  })
})

describe('sse-conform normalize --http: what cannot be used', () => {
  it.each([
    [
      'a body alone',
      broken,
      'does not begin with a status line (HTTP/1.1 200 OK); a body alone is read without --http',
    ],
    ['nothing', '', 'standard input: is empty'],
    ['a head that is cut', `HTTP/1.1 200 OK\r\n${events}\r\n`, 'ends in the middle of the headers'],
    ['a request', `POST /v1/messages HTTP/1.1\r\n\r\n${broken}`, 'does not begin with a status line'],
    ['a status that is none', 'HTTP/1.1 soon\r\n\r\n', 'the first line is no status line'],
    ['a head without an end', `HTTP/1.1 200 OK\r\n${'x-a: 1\r\n'.repeat(40_000)}`, 'the headers do not end'],
    ['a redirect', dump('302 Found', ['location: /'], ''), 'HTTP 302 is no answer that could be normalised'],
    [
      'a packing without a name of its own',
      dump('200 OK', [events, 'content-encoding: br'], Uint8Array.of(0x8b, 2, 0x80, 0, 1)),
      'the body is packed (br)',
    ],
  ])('%s', async (_what, input, message) => {
    expect(await refused(input, '--protocol', 'messages')).toContain(message)
  })

  it('an empty body where no protocol is given', async () => {
    expect(await refused(dump('200 OK', [events], ''))).toContain('is empty; say so with --protocol')
  })

  it.each([
    ['--http-errors', 'stream'],
    ['--guardrail', 'message'],
  ])('%s without --http', async (...argv) => {
    const { code, stderr } = await cli(['normalize', ...argv], { stdin: stdinOf(broken) })
    expect(stderr).toContain(`${argv[0]} is about whole responses; add --http`)
    expect(code).toBe(2)
  })
})

describe('sse-conform check --http', () => {
  const run = async (files: Readonly<Record<string, Uint8Array>>, ...argv: string[]) => {
    const folder = await folderWith(files)
    const names = Object.keys(files).map((name) => join(folder, name))
    const { code, stdout } = await cli(['check', '--http', ...argv, ...names])
    return { code, stdout: stdout.replaceAll(`${folder}/`, '') }
  }
  const good = dump('200 OK', [events], conformant)
  const mislabelled = dump('200 OK', ['content-type: text/plain'], conformant)

  it('ends with 0 where nothing is at fault, a proper HTTP error included', async () => {
    expect(await run({ good })).toEqual({
      code: 0,
      stdout: 'good: no defect, complete, HTTP 200; nothing to mend around the events\n1 checked, 0 with defects\n',
    })
    const error = JSON.stringify({ type: 'error', error: { type: 'rate_limit_error', message: 'Later.' } })
    const limited = dump('429 Too Many Requests', ['content-type: application/json', 'retry-after: 9'], error)
    expect((await run({ limited }, '--protocol', 'messages')).code).toBe(0)
  })

  it('ends with 1 where the events are conformant and what is around them is not', async () => {
    const { code, stdout } = await run({ good, mislabelled })
    expect(stdout).toMatch(/^mislabelled:\n {4}end state complete .*\n {4}HTTP 200; mended: content-type$/m)
    expect(stdout).toContain('2 checked, 1 with defects\n')
    expect(code).toBe(1)
  })

  it('says so in every format', async () => {
    const json = JSON.parse((await run({ mislabelled }, '--format', 'json')).stdout) as object
    expect(json).toMatchObject({ failed: 1, files: [{ defects: [], http: { repairs: ['content-type'] } }] })
    expect((await run({ mislabelled }, '--format', 'junit')).stdout).toMatch(/<failure .*mended: content-type/)
    expect((await run({ mislabelled }, '--format', 'github')).stdout).toMatch(
      /^::error file=mislabelled,title=sse-conform check --http::HTTP 200; mended: content-type$/m,
    )
  })
})
