import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conformFetch, isRetryable, type Report } from '../../src/index.js'
import { streaming } from './answers.js'
import { answering, type Handler, type MisbehavingGateway, startMisbehavingGateway } from './gateway.js'
import { outcome, type SdkClient, sdkClients } from './sdk-clients.js'

// The cases that this project was started for, end to end: a gateway that misbehaves exactly so, and real clients.
let gateway: MisbehavingGateway

beforeAll(async () => {
  gateway = await startMisbehavingGateway()
})

afterAll(() => gateway.close())

const json = { 'content-type': 'application/json' }
const speaking = (protocol: SdkClient['answers']['protocol']) =>
  sdkClients.filter(({ answers }) => answers.protocol === protocol)
const [{ answers: chat }] = speaking('chat') as [SdkClient]
const words = 'Violated guardrail policy'

/** The response that a client is given, with the report on it. */
async function received(handler: Handler, options: Parameters<typeof conformFetch>[0] = {}) {
  const reports: Report[] = []
  const fetch = conformFetch({ ...options, onEnd: (report) => reports.push(report) })
  const response = await fetch(gateway.route(handler) + chat.path, streaming())
  return { response, text: await response.text(), report: reports[0] as Report }
}

describe('a guardrail that fails with HTTP 500 and an exception of Python in front of chat', () => {
  const exception = "AttributeError: 'NoneType' object has no attribute 'choices'"
  const traceback = `Traceback (most recent call last):\n  File "guardrail.py", line 88, in after\n${exception}\n`
  const bodies: readonly (readonly [shape: string, body: string, headers: Record<string, string>])[] = [
    ['its words', exception, { 'content-type': 'text/plain' }],
    ['a traceback', traceback, { 'content-type': 'text/event-stream' }],
    [
      'an error of its own',
      JSON.stringify({ error: { message: exception, type: 'None', param: 'None', code: '500' } }),
      json,
    ],
    ['a detail', JSON.stringify({ detail: exception }), json],
  ]

  it.each(bodies)('is an HTTP 500 with a proper JSON error: %s', async (_shape, body, headers) => {
    const { response, text } = await received(answering(body, headers, 500))
    expect([response.status, response.headers.get('content-type')]).toEqual([500, 'application/json'])
    const { error } = JSON.parse(text) as { error: { message: unknown } }
    expect(error.message).toContain(exception)
  })

  it.each(bodies)('is an error in a stream of status 200 where that is wanted: %s', async (_shape, body, headers) => {
    const { response, text } = await received(answering(body, headers, 500), { httpErrors: 'stream' })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
    const [first = '', ...rest] = text.split('\n\n')
    const { error } = JSON.parse(first.replace(/^data: /, '')) as { error: { message: unknown } }
    expect(error.message).toContain(exception)
    expect(rest).toEqual(['data: [DONE]', ''])
  })

  describe.concurrent.each(speaking('chat'))('$name', (client) => {
    it.each(bodies)('shows its words: %s', async (_shape, body, headers) => {
      for (const httpErrors of ['normalize', 'stream'] as const) {
        const { failure } = await outcome(gateway, client, answering(body, headers, 500), { httpErrors })
        expect(failure).toContain("'NoneType' object has no attribute 'choices'")
      }
    })
  })
})

describe('a guardrail that fires after HTTP 200 and cuts the chat stream', () => {
  const { begun } = chat

  it('is told in its own words, as the one error that every client shows', async () => {
    const error = { message: words, type: 'guardrail_violation', code: 400 }
    const shapes = [
      { error },
      { error, choices: [] },
      { error: { ...error, code: '400', param: null } },
      { error: { message: { error: words }, type: 'guardrail_violation', code: 'guardrail_violation' } },
    ]
    for (const shape of shapes) {
      const body = `${begun('hel')}data: ${JSON.stringify(shape)}\n\n`
      const { text, report } = await received(answering(body))
      const [sent = '', done, end] = text.slice(begun('hel').length).split('\n\n')
      expect(JSON.parse(sent.replace(/^data: /, ''))).toMatchObject({ error: { message: words, code: 400 } })
      expect(sent).not.toContain('choices')
      expect([done, end, report.endState]).toEqual(['data: [DONE]', '', 'upstream-error'])
    }
  })

  it('is an honest truncation where it gave no words', async () => {
    for (const handler of [answering(begun('hel')), answering(`${begun('hel')}data: [DONE]\n\n`)]) {
      const { text, report } = await received(handler)
      expect(text.slice(begun('hel').length)).toMatch(/^data: {"error":{"message":"The upstream stream ended before/)
      expect([report.endState, isRetryable(report.endState)]).toEqual(['truncated', true])
    }
  })
})

describe('an upstream that gives nothing at all', () => {
  it.each([
    ['no byte', ''],
    ['the sentinel', 'data: [DONE]\n\n'],
    ['comments', ': OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n'],
    ['pings', 'event: ping\ndata: {"type":"ping"}\n\nevent: ping\ndata: {"type":"ping"}\n\n'],
  ])('is an error that a retry may help: %s', async (_what, body) => {
    const { text, report } = await received(answering(body))
    expect(text).toContain('"message":"Provider returned an empty stream."')
    expect([report.endState, isRetryable(report.endState)]).toEqual(['empty', true])
  })
})

/** A case of `fixtures/`, with the text that a program must have received of it. */
function fixture(path: string): { upstream: Uint8Array; text: string } {
  const folder = new URL(`../../fixtures/${path}/`, import.meta.url)
  const { content } = JSON.parse(readFileSync(new URL('fixture.json', folder), 'utf8')) as { content: { text: string } }
  return { upstream: readFileSync(new URL('upstream.sse', folder)), text: content.text }
}

describe.each(speaking('messages'))('/v1/messages with index -1 and no starts: $name', (client) => {
  it('reads the whole answer', async () => {
    const { upstream, text } = fixture('messages/litellm-lmstudio-index-minus-one')
    expect((await outcome(gateway, client, answering(upstream))).text).toBe(text)
  })
})

describe.each(speaking('responses'))('/v1/responses with bare deltas: $name', (client) => {
  it.each(['bare-deltas', 'litellm-lmstudio-bare-deltas'])('reads the whole answer: %s', async (name) => {
    const { upstream, text } = fixture(`responses/${name}`)
    expect((await outcome(gateway, client, answering(upstream))).text).toBe(text)
  })
})
