import { afterAll, beforeAll, describe, it } from 'vitest'
import { answering, type Handler, type MisbehavingGateway, startMisbehavingGateway } from './gateway.js'
import { outcome, type SdkClient, sdkClients } from './sdk-clients.js'

let gateway: MisbehavingGateway

beforeAll(async () => {
  gateway = await startMisbehavingGateway()
})

afterAll(() => gateway.close())

type Options = Parameters<SdkClient['ask']>[1]

const blocked = 'Violated guardrail policy'
const guardrail = `{"error":{"message":"${blocked}","type":"guardrail_violation","code":"400"}}`
const json = { 'content-type': 'application/json' }

describe.concurrent.each(sdkClients)('$name through conformFetch', (client) => {
  const { stream, begun, whole, protocol } = client.answers

  /** What the client makes of an answer, and how often it asked. */
  async function asked(handler: Handler, options?: Options) {
    let requests = 0
    const url = gateway.route((...given) => {
      requests++
      handler(...given)
    })
    return { ...(await outcome(client.ask(url, options))), requests }
  }

  it('reads a stream', async ({ expect }) => {
    expect((await asked(answering(stream('hel', 'lo')))).text).toBe('hello')
  })

  it('reads a JSON body where it asked for a stream', async ({ expect }) => {
    expect((await asked(answering(whole('hello'), json))).text).toBe('hello')
  })

  it('hears of a cut stream', async ({ expect }) => {
    expect((await asked(answering(begun('hel')))).failure).toMatch(/upstream stream ended before/)
  })

  it.each([
    ['nothing', '', /empty stream/],
    ['only the sentinel', 'data: [DONE]\n\n', /empty stream/],
    ['only comments', ': wait\n\n: wait\n\n', /empty stream/],
    ['only pings', 'event: ping\ndata: {"type":"ping"}\n\n', /empty stream/],
    ['a page', '<html>Sign in</html>', /HTML page/],
  ])('hears of a stream that has %s', async (_what, body, words) => {
    const { expect } = await import('vitest')
    expect((await asked(answering(body))).failure).toMatch(words)
  })
})
