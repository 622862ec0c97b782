import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conformFetch, type Defect, type HttpRepair, type Report } from '../../src/index.js'
import { judge } from '../oracle/index.js'
import { answers, streaming } from './answers.js'
import { answering, type MisbehavingGateway, startMisbehavingGateway } from './gateway.js'

let gateway: MisbehavingGateway

beforeAll(async () => {
  gateway = await startMisbehavingGateway()
})

afterAll(() => gateway.close())

/** A fetch that writes down what it is told about its calls. */
function watched(options: Parameters<typeof conformFetch>[0] = {}) {
  const reports: Report[] = []
  const defects: Defect[] = []
  const repairs: (readonly HttpRepair[])[] = []
  const fetch = conformFetch({
    ...options,
    onDefect: (defect) => void defects.push(defect),
    onEnd: (report, call) => {
      reports.push(report)
      repairs.push(call.repairs)
    },
  })
  return { fetch, reports, defects, repairs }
}

describe.each(answers)('conformFetch on $protocol', ({ protocol, path, stream, begun, whole }) => {
  const read = async (response: Response) => judge(protocol, new Uint8Array(await response.arrayBuffer()))

  it('gives a conformant stream byte for byte, with status, headers and address', async () => {
    const body = stream('hel', 'lo')
    const headers = {
      'content-type': 'text/event-stream',
      'x-request-id': 'r-1',
      'content-length': String(body.length),
    }
    const address = gateway.route(answering(body, headers, 201)) + path
    const { fetch, reports, defects, repairs } = watched()
    const response = await fetch(address, streaming())
    expect([response.status, response.statusText, response.url]).toEqual([201, 'Created', address])
    expect(response.headers.get('x-request-id')).toBe('r-1')
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(response.headers.has('content-length')).toBe(false)
    expect(await response.text()).toBe(body)
    expect(defects).toEqual([])
    expect(repairs).toEqual([[]])
    expect(reports.map(({ endState, endReason }) => [endState, endReason])).toEqual([['complete', 'eof']])
  })

  it('keeps the address in a clone', async () => {
    const address = gateway.route(answering(stream('hi'))) + path
    const response = await conformFetch()(address, streaming())
    const clone = response.clone()
    expect([clone.url, clone.status]).toEqual([address, 200])
    expect(await clone.text()).toBe(await response.text())
  })

  it('ends a cut stream in an error', async () => {
    const { fetch, reports } = watched()
    const response = await fetch(gateway.route(answering(begun('hel'))) + path, streaming())
    const verdict = await read(response)
    expect(verdict.violations).toEqual([])
    expect(verdict.ending).toBe('error')
    expect(verdict.content.text).toBe('hel')
    expect(reports[0]?.endState).toBe('truncated')
  })

  it('unpacks a labelled gzip body once and says nothing of it any more', async () => {
    const body = stream('hel', 'lo')
    const headers = { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' }
    const response = await conformFetch()(gateway.route(answering(gzipSync(body), headers)) + path, streaming())
    expect(response.headers.has('content-encoding')).toBe(false)
    expect(await response.text()).toBe(body)
  })

  it('makes a stream of a JSON body', async () => {
    const { fetch, reports, repairs } = watched()
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(gateway.route(answering(whole('hello there'), headers)) + path, streaming())
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const verdict = await read(response)
    expect(verdict.violations).toEqual([])
    expect([verdict.ending, verdict.content.text]).toEqual(['success', 'hello there'])
    expect(reports[0]?.endState).toBe('complete')
    expect(repairs).toEqual([['content-type']])
  })

  it('makes a stream in pieces of the size that was asked for', async () => {
    const words = 'one two three four \u{1f600} five six'
    const address = gateway.route(answering(whole(words), { 'content-type': 'application/json' })) + path
    const response = await conformFetch({ pieceSize: 4 })(address, streaming())
    const text = await response.text()
    const verdict = judge(protocol, Buffer.from(text))
    expect(verdict.violations).toEqual([])
    expect([verdict.ending, verdict.content.text]).toEqual(['success', words])
    const deltas = [...text.matchAll(/"(?:text|delta|content)":"([^"]*)"/g)].map(([, piece]) => piece ?? '')
    expect(deltas.filter((piece) => piece.length > 0 && piece.length <= 5).length).toBeGreaterThanOrEqual(7)
  })

  it('tells whoever logs one line per call what it needs, and no query', async () => {
    const lines: unknown[] = []
    const fetch = conformFetch({
      context: (_input, init) => new Headers(init?.headers).get('x-trace'),
      onEnd: ({ endState }, call) => lines.push([endState, call]),
    })
    const address = gateway.route(answering(stream('hi')))
    await (await fetch(`${address}${path}?key=secret`, streaming({ headers: { 'x-trace': 't-1' } }))).text()
    const call = {
      protocol,
      path: new URL(address).pathname + path,
      model: 'm',
      status: 200,
      repairs: [],
      context: 't-1',
    }
    expect(lines).toEqual([['complete', call]])
  })

  it('throws on what a callback throws, to the reader', async () => {
    const mistake = new Error('mistake')
    const fetch = conformFetch({
      onDefect: () => {
        throw mistake
      },
    })
    const response = await fetch(gateway.route(answering(begun('hel'))) + path, streaming())
    await expect(response.text()).rejects.toBe(mistake)
  })
})

describe.each(answers)('what a $protocol request says', ({ protocol, path, begun }) => {
  it('names the model in what has to be made', async () => {
    const error = answering('data: [DONE]\n\n')
    const response = await conformFetch()(gateway.route(error) + path, streaming({}, { model: 'asked-for' }))
    const text = await response.text()
    expect(judge(protocol, Buffer.from(text)).ending).toBe('error')
    if (protocol === 'responses') expect(text).toContain('"model":"asked-for"')
  })

  it('is left as it was', async () => {
    const seen: unknown[] = []
    const response = new Response(begun('x'), { headers: { 'content-type': 'text/event-stream' } })
    const fetch = conformFetch({
      fetch: async (...given) => {
        seen.push(...given)
        return response
      },
    })
    const init = streaming()
    const address = new URL(`http://gateway.test${path}`)
    await (await fetch(address, init)).text()
    expect(seen[0]).toBe(address)
    expect(seen[1]).toBe(init)
  })
})
