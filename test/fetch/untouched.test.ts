import { describe, expect, it } from 'vitest'
import { protocolOfPath } from '../../src/fetch/protocol-of-path.js'
import { conformFetch, type FetchInput, type FetchLike, type Protocol } from '../../src/index.js'
import { judge } from '../oracle/index.js'
import { answers, streaming } from './answers.js'

const eventStream = { 'content-type': 'text/event-stream' }

/** An inner fetch with one answer, which writes down what it is called with. */
function inner(response: Response): { fetch: FetchLike; calls: [FetchInput, RequestInit | undefined][] } {
  const calls: [FetchInput, RequestInit | undefined][] = []
  return {
    calls,
    fetch: async (input, init) => {
      calls.push([input, init])
      return response
    },
  }
}

const address = 'http://gateway.test'
const json = (status = 200) => new Response('{}', { status, headers: { 'content-type': 'application/json' } })
const notStreaming = (body: BodyInit): RequestInit => ({ method: 'POST', body, duplex: 'half' }) as RequestInit

const untouched: readonly (readonly [what: string, path: string, init: RequestInit | undefined, response: Response])[] =
  [
    ['another endpoint', '/v1/embeddings', streaming(), json()],
    ['the list of models', '/v1/models', undefined, json()],
    ['a count of tokens', '/v1/messages/count_tokens', streaming(), json()],
    ['a batch', '/v1/messages/batches', streaming(), json()],
    [
      'the messages of a thread',
      '/v1/threads/thread_1/messages',
      streaming(),
      new Response('x', { headers: eventStream }),
    ],
    ['a request without a stream', '/v1/messages', notStreaming('{"model":"m"}'), json()],
    ['a request that says it wants none', '/v1/responses', notStreaming('{"stream":false}'), json()],
    ['the words in a text', '/v1/responses', notStreaming('{"input":"\\"stream\\": true"}'), json()],
    [
      'an event stream that nobody asked for',
      '/v1/messages',
      notStreaming('{"model":"m"}'),
      new Response('x', { headers: eventStream }),
    ],
    ['a body that is no JSON', '/v1/messages', notStreaming('"stream": true'), json()],
    ['an upload of bytes', '/v1/messages', notStreaming(new Uint8Array([1])), json()],
    ['an upload of a form', '/v1/messages', notStreaming(new FormData()), json()],
    ['an upload of a stream', '/v1/messages', notStreaming(new Blob(['{"stream":true}']).stream()), json()],
    ['an error of a request without a stream', '/v1/chat/completions', notStreaming('{}'), json(500)],
    ['an error behind a body that cannot be read', '/v1/messages', notStreaming(new Uint8Array([1])), json(529)],
    ['another method', '/v1/messages', { ...streaming(), method: 'PUT' }, new Response('x', { headers: eventStream })],
    ['a response that is asked for again, whole', '/v1/responses/resp_1', undefined, json()],
    ['what a response was made of', '/v1/responses/resp_1/input_items?stream=true', undefined, json()],
    ['the cancelling of a response', '/v1/responses/resp_1/cancel', streaming(), json()],
    ['a redirect', '/v1/messages', streaming(), new Response(null, { status: 304 })],
    ['a failed redirect', '/v1/messages', streaming(), Response.error()],
  ]

describe('conformFetch leaves alone', () => {
  it.each(untouched)('%s', async (_what, path, init, response) => {
    const { fetch, calls } = inner(response)
    const reports: unknown[] = []
    const conformed = conformFetch({
      fetch,
      onEnd: (report) => reports.push(report),
      onDefect: (defect) => reports.push(defect),
    })
    expect(await conformed(`${address}${path}`, init)).toBe(response)
    expect(calls).toHaveLength(1)
    expect(calls[0]?.[1]).toBe(init)
    expect(response.bodyUsed).toBe(false)
    if (path.includes('threads') || response.type !== 'error') expect(reports).toEqual([])
  })

  it('an HTTP error that is to pass', async () => {
    const response = json(500)
    const { fetch } = inner(response)
    expect(await conformFetch({ fetch, httpErrors: 'pass' })(`${address}/v1/messages`, streaming())).toBe(response)
    expect(response.bodyUsed).toBe(false)
  })

  it('a Request object, which is handed on unread', async () => {
    const response = json()
    const { fetch, calls } = inner(response)
    const request = new Request(`${address}/v1/messages`, streaming())
    expect(await conformFetch({ fetch })(request)).toBe(response)
    expect(calls[0]?.[0]).toBe(request)
    expect(request.bodyUsed).toBe(false)
  })
})

describe.each(answers)('conformFetch on $protocol, where the request cannot be read', ({ protocol, path, begun }) => {
  it.each([
    ['a Request object', new Request(`${address}${path}`, streaming()), undefined],
    ['bytes', `${address}${path}`, { method: 'POST', body: new TextEncoder().encode('{"stream":true}') }],
  ] as const)('lets the content type decide: %s', async (_what, input, init) => {
    const { fetch } = inner(new Response(begun('hel'), { headers: eventStream }))
    const response = await conformFetch({ fetch })(input, init)
    const verdict = judge(protocol, new Uint8Array(await response.arrayBuffer()))
    expect([verdict.ending, verdict.content.text]).toEqual(['error', 'hel'])
  })
})

describe('the protocol', () => {
  it.each<[string, Protocol]>([
    ['/v1/messages', 'messages'],
    ['/messages/', 'messages'],
    ['/anthropic/v1/messages', 'messages'],
    ['/v1/chat/completions', 'chat'],
    ['/openai/deployments/gpt-5/chat/completions', 'chat'],
    ['/team-7/llm/openai/v1/chat/completions/', 'chat'],
    ['/v1/responses', 'responses'],
    ['/openai/responses', 'responses'],
    ['/backend-api/codex/responses', 'responses'],
  ])('is told from %s', (path, protocol) => {
    expect(protocolOfPath(path)).toEqual({ protocol, retrieves: false })
  })

  it.each([
    '/',
    '/v1',
    '/v1/completions',
    '/messages/x',
    '/v1/chat/completions/chatcmpl-1',
    '/imessages',
    '/v1/aresponses',
  ])('is not told from %s', (path) => {
    expect(protocolOfPath(path)).toBeUndefined()
  })

  it.each(answers)('is $protocol where the caller says so, whatever the path', async ({ protocol, begun }) => {
    const { fetch } = inner(new Response(begun('hel'), { headers: eventStream }))
    const response = await conformFetch({ fetch, protocol })(`${address}/llm/invoke?x=1#y`, streaming())
    const verdict = judge(protocol, new Uint8Array(await response.arrayBuffer()))
    expect([verdict.ending, verdict.content.text]).toEqual(['error', 'hel'])
  })

  it('is told behind a query and a port', async () => {
    const { fetch } = inner(new Response('', { headers: eventStream }))
    const response = await conformFetch({ fetch })(
      `${address}:80/openai/deployments/x/chat/completions?api-version=1`,
      streaming(),
    )
    expect(await response.text()).toContain('data: [DONE]')
  })
})

describe('a response that is asked for again', () => {
  const [, { begun }] = answers as [unknown, (typeof answers)[number]]
  const middle = begun('hel', 'lo')
    .split(/(?<=\n\n)/)
    .slice(5)
    .join('')

  it('is a stream where the query says so', async () => {
    const { fetch } = inner(new Response(begun('hel'), { headers: eventStream }))
    const response = await conformFetch({ fetch })(`${address}/v1/responses/resp_a?stream=true`)
    expect(judge('responses', new Uint8Array(await response.arrayBuffer())).ending).toBe('error')
  })

  it('goes on in the middle behind `starting_after`', async () => {
    const { fetch } = inner(new Response(middle, { headers: eventStream }))
    const response = await conformFetch({ fetch })(`${address}/v1/responses/resp_a?stream=true&starting_after=4`)
    const text = await response.text()
    expect(text.startsWith(middle)).toBe(true)
    expect(text).not.toContain('response.created')
    expect(judge('responses', Buffer.from(text), { resume: true }).ending).toBe('error')
  })
})

describe("a caller's mistake", () => {
  it.each([
    { timeouts: { idle: 0 } },
    { timeouts: { total: Number.NaN } },
    { timeouts: { headers: -1 } },
    { heartbeat: 0 },
    { pieceSize: 0.5 },
    { limits: { maxFrameBytes: 0 } },
  ])('is refused at once: %j', (options) => {
    expect(() => conformFetch(options)).toThrow(RangeError)
  })
})
