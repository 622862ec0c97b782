import { execFile } from 'node:child_process'
import type { ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { conformFetch, type Report } from '../../src/index.js'
import { judge } from '../oracle/index.js'
import { answers, streaming } from './answers.js'
import { answering, type Handler, type MisbehavingGateway, startMisbehavingGateway, until } from './gateway.js'

let gateway: MisbehavingGateway
const unhandled: unknown[] = []
const note = (reason: unknown) => void unhandled.push(reason)

beforeAll(async () => {
  gateway = await startMisbehavingGateway()
})

afterAll(() => gateway.close())

beforeEach(() => {
  unhandled.length = 0
  process.on('unhandledRejection', note)
})

afterEach(async () => {
  await new Promise<void>((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

/** Resolves when a response takes more, or is over. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go)
      resolve()
    }
    response.on('drain', go).on('close', go)
  })
}

/** Sends what it is given and then breaks the connection. */
const cut =
  (...chunks: readonly (string | Uint8Array)[]): Handler =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const chunk of chunks) response.write(chunk)
    // What was written has left once the next turn of the loop has written it out.
    response.flushHeaders()
    setTimeout(() => response.socket?.resetAndDestroy(), 20)
  }

describe.each(answers)('faults of real connections on $protocol', ({ protocol, path, begun, stream }) => {
  const reports: Report[] = []
  const fetch = conformFetch({ onEnd: (report) => void reports.push(report) })
  const verdictOf = async (response: Response) => judge(protocol, new Uint8Array(await response.arrayBuffer()))

  beforeEach(() => {
    reports.length = 0
  })

  it('fails as fetch does where the connection breaks before the headers', async () => {
    const address = gateway.route((response) => response.socket?.resetAndDestroy()) + path
    await expect(fetch(address, streaming())).rejects.toThrow(TypeError)
    expect(reports.map(({ endState, endReason }) => [endState, endReason])).toEqual([['empty', 'reset']])
  })

  it('fails as fetch does where nobody listens', async () => {
    await expect(fetch(`http://127.0.0.1:1${path}`, streaming())).rejects.toThrow(TypeError)
    expect(reports).toHaveLength(1)
  })

  it.each([
    ['between headers and body', ''],
    ['inside a frame', `${begun('hel')}data: {"ty`],
    [
      'inside a character',
      Buffer.concat([Buffer.from(`${begun('hel')}data: {"x":"`), Buffer.from('ü').subarray(0, 1)]),
    ],
    ['between two frames', begun('hel')],
    ['inside gzip', gzipSync(begun('hel').repeat(1) + 'x'.repeat(9000)).subarray(0, -9)],
  ])('ends in an error in the stream where the connection breaks %s', async (_where, sent) => {
    const response = await fetch(gateway.route(cut(sent)) + path, streaming())
    expect(response.status).toBe(200)
    const verdict = await verdictOf(response)
    expect([verdict.violations, verdict.ending]).toEqual([[], 'error'])
    if (_where !== 'between headers and body') expect(verdict.content.text).toBe('hel')
    expect(reports.map(({ endReason }) => endReason)).toEqual(['reset'])
    expect(['truncated', 'empty']).toContain(reports[0]?.endState)
  })

  it('stays a success where the connection breaks behind the end', async () => {
    const response = await fetch(gateway.route(cut(stream('hel', 'lo'))) + path, streaming())
    expect(await response.text()).toBe(stream('hel', 'lo'))
    expect(reports.map(({ endState }) => endState)).toEqual(['complete'])
  })

  it('ends a stall where a clock is set', async () => {
    const stalled = gateway.route((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(begun('hel'))
    })
    const before = gateway.open
    const timed = conformFetch({ timeouts: { idle: 30 }, onEnd: (report) => void reports.push(report) })
    const verdict = await verdictOf(await timed(stalled + path, streaming()))
    expect([verdict.violations, verdict.ending, verdict.content.text]).toEqual([[], 'error', 'hel'])
    expect(reports.map(({ endState }) => endState)).toEqual(['timed-out'])
    await until(() => gateway.open <= before)
  })

  it('hangs up on the upstream when the client leaves', async () => {
    let closed = false
    const endless = gateway.route((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(begun('hel'))
      response.once('close', () => {
        closed = true
      })
    })
    const response = await fetch(endless + path, streaming())
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    await reader.cancel('enough')
    await until(() => closed)
    expect(reports.map(({ endState, endReason }) => [endState, endReason])).toEqual([['cancelled', 'cancel']])
  })

  it.each([new Error('the user left'), undefined])(
    "fails with the signal's reason in the middle, as fetch does",
    async (reason) => {
      let closed = false
      const endless = gateway.route((response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(begun('hel'))
        response.once('close', () => {
          closed = true
        })
      })
      const controller = new AbortController()
      const response = await fetch(endless + path, streaming({ signal: controller.signal }))
      const reader = (response.body as ReadableStream<Uint8Array>).getReader()
      await reader.read()
      const read = reader.read()
      controller.abort(reason)
      await expect(read).rejects.toBe(controller.signal.reason)
      await until(() => closed)
      expect(reports.map(({ endState }) => endState)).toEqual(['cancelled'])
    },
  )

  it('fails at once where the signal has aborted before', async () => {
    const address = gateway.route(answering(stream('hi'))) + path
    const reason = new Error('the user left')
    await expect(fetch(address, streaming({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason)
    expect(reports.map(({ endState }) => endState)).toEqual(['cancelled'])
  })

  it('slows the upstream where the client reads slowly', async () => {
    let sent = 0
    const chunk = begun('hel').replace('hel', 'x'.repeat(64 * 1024))
    const flood = gateway.route(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (let i = 0; i < 400 && !response.destroyed; i++) {
        sent++
        const next = i === 0 ? chunk : `: ${'x'.repeat(64 * 1024)}\n\n`
        if (!response.write(next)) await drained(response)
      }
      response.end()
    })
    const response = await fetch(flood + path, streaming())
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    // The buffers of the connection fill, and then nothing more is sent.
    let before = -1
    const still = () => {
      const moved = sent !== before
      before = sent
      return !moved
    }
    await until(still, 50)
    expect(sent).toBeLessThan(400)
    while (!(await reader.read()).done);
    expect(sent).toBe(400)
  })

  it('uses a connection again, also where something comes behind the end', async () => {
    const again = gateway.route((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(stream('hi'))
      setTimeout(() => response.end(': bye\n\n'), 5)
    })
    const first = gateway.connections
    for (let i = 0; i < 6; i++) {
      expect(await (await fetch(again + path, streaming())).text()).toBe(stream('hi'))
      await new Promise<void>((resolve) => setTimeout(resolve, 15))
    }
    expect(gateway.connections - first).toBeLessThanOrEqual(1)
  })

  it('follows redirects as fetch does', async () => {
    const goal = gateway.route(answering(stream('hi'))) + path
    const detour = gateway.route(answering('', { location: goal }, 307)) + path
    const response = await fetch(detour, streaming())
    expect([response.url, response.redirected, await response.text()]).toEqual([goal, true, stream('hi')])
    const manual = await fetch(detour, streaming({ redirect: 'manual' }))
    expect([manual.status, reports.length]).toEqual([307, 1])
  })
})

describe('a thousand streams at once', () => {
  it('keep apart, each with a reader of its own pace', { timeout: 60_000 }, async () => {
    const words = (i: number) => [`<${i}:`, 'a'.repeat(500 + (i % 7) * 300), ' ä€ ', `:${i}>`]
    const streams = gateway.route((response, request, body) => {
      const { n } = JSON.parse(body) as { n: number }
      const { stream } = answers.find(({ path }) => request.url?.endsWith(path)) as (typeof answers)[number]
      const bytes = Buffer.from(stream(...words(n)))
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      let at = 0
      const send = () => {
        const next = at + 97 + (n % 400)
        response.write(bytes.subarray(at, next))
        at = next
        // A quarter of them is cut.
        if (n % 4 === 3 && at > bytes.length / 2) response.socket?.destroy()
        else if (at < bytes.length) setImmediate(send)
        else response.end()
      }
      send()
    })
    let ended = 0
    const fetch = conformFetch({ onEnd: () => void ended++ })
    const wrong: number[] = []
    await Promise.all(
      Array.from({ length: 1000 }, async (_, n) => {
        const { protocol, path } = answers[n % 3] as (typeof answers)[number]
        const response = await fetch(streams + path, streaming({}, { n }))
        const chunks: Uint8Array[] = []
        const reader = (response.body as ReadableStream<Uint8Array>).getReader()
        for (;;) {
          const { done, value } = await reader.read()
          if (done) break
          chunks.push(value)
          await new Promise<void>((resolve) => setTimeout(resolve, n % 5))
        }
        const verdict = judge(protocol, Buffer.concat(chunks))
        const said = words(n).join('')
        const { text } = verdict.content
        const right =
          n % 4 === 3
            ? verdict.ending === 'error' && said.startsWith(text)
            : verdict.ending === 'success' && text === said
        if (!right || verdict.violations.length > 0) wrong.push(n)
      }),
    )
    expect(wrong).toEqual([])
    expect(ended).toBe(1000)
  })
})

describe('a process', () => {
  it('ends by itself behind faults, timeouts and streams that nobody read', { timeout: 60_000 }, async () => {
    const script = fileURLToPath(new URL('leftovers.ts', import.meta.url))
    const [code, output] = await new Promise<[unknown, string]>((resolve) => {
      const options = { timeout: 40_000 }
      execFile(process.execPath, ['--import', 'tsx', script], options, (error, stdout, stderr) => {
        resolve([error?.code ?? error?.signal ?? 0, stdout + stderr])
      })
    })
    expect([code, output]).toEqual([0, 'no timer, no handle\n'])
  })
})
