import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answering, type Handler, type MisbehavingGateway, startMisbehavingGateway } from './gateway.js'
import { outcome, type SdkClient, sdkClients } from './sdk-clients.js'

let gateway: MisbehavingGateway

beforeAll(async () => {
  gateway = await startMisbehavingGateway()
})

afterAll(() => gateway.close())

const blocked = 'Violated guardrail policy'
const guardrail = `{"error":{"message":"${blocked}","type":"guardrail_violation","code":"400"}}`
const json = { 'content-type': 'application/json' }

// Much of the time a client waits for its second attempt.
describe.concurrent.each(sdkClients)('$name through conformFetch', (client) => {
  const { stream, begun, whole } = client.answers
  const asked = (handler: Handler, options?: Parameters<SdkClient['ask']>[1]) =>
    outcome(gateway, client, handler, options)

  it('reads a stream', async () => {
    expect((await asked(answering(stream('hel', 'lo')))).text).toBe('hello')
  })

  it('reads a JSON body where it asked for a stream', async () => {
    expect((await asked(answering(whole('hello'), json))).text).toBe('hello')
  })

  it('hears of a cut stream', async () => {
    expect((await asked(answering(begun('hel')))).failure).toMatch(/upstream stream ended before/)
  })

  it('hears of a connection that breaks in the middle of a frame', async () => {
    const { failure } = await asked((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`${begun('hel')}data: {"cho`, () => response.socket?.resetAndDestroy())
    })
    expect(failure).toMatch(/upstream (stream|connection)/)
  })

  it.each([
    ['nothing', '', /empty stream/],
    ['only the sentinel', 'data: [DONE]\n\n', /empty stream/],
    ['only comments', ': wait\n\n: wait\n\n', /empty stream/],
    ['only pings', 'event: ping\ndata: {"type":"ping"}\n\n', /empty stream/],
    ['a page', '<html>Sign in</html>', /HTML page/],
  ])('hears of a stream that has %s', async (_what, body, words) => {
    expect((await asked(answering(body))).failure).toMatch(words)
  })

  it('does not send again what a guardrail blocked with HTTP 500', async () => {
    const { failure, requests } = await asked(answering(guardrail, json, 500))
    expect(failure).toMatch(blocked)
    expect(requests).toBe(1)
  })

  it("hears a guardrail's words in the middle of a stream", async () => {
    const body = `${begun('hel')}data: ${guardrail}\n\ndata: [DONE]\n\n`
    expect((await asked(answering(body))).failure).toMatch(blocked)
  })

  it.each([200, 400, 500])(
    "shows a guardrail's words as an answer where that is wanted, from HTTP %d",
    async (status) => {
      const body = status === 200 ? `data: ${guardrail}\n\n` : guardrail
      const { text, failure } = await asked(answering(body, json, status), { guardrail: 'message' })
      if (client.refusesIncomplete) expect(failure).toMatch(/response\.incomplete/)
      else expect(text).toBe(blocked)
    },
  )
})
