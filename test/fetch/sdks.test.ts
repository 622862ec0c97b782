import { createOpenAI } from '@ai-sdk/openai'
import Anthropic from '@anthropic-ai/sdk'
import { streamText } from 'ai'
import OpenAI from 'openai'
import OpenAI6 from 'openai-6'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conformFetch } from '../../src/index.js'
import { answers } from './answers.js'
import { answering, type Handler, type MisbehavingGateway, startMisbehavingGateway } from './gateway.js'

let gateway: MisbehavingGateway
let requests = 0

beforeAll(async () => {
  gateway = await startMisbehavingGateway()
})

afterAll(() => gateway.close())

/** A base address that is answered so, with every request counted. */
function base(handler: Handler): string {
  requests = 0
  return gateway.route((...given) => {
    requests++
    handler(...given)
  })
}

const key = 'test'
const messages = [{ role: 'user' as const, content: 'hi' }]
const [anthropic, responses, chat] = answers as [
  (typeof answers)[number],
  (typeof answers)[number],
  (typeof answers)[number],
]
const blocked = 'Violated guardrail policy'
const guardrail = `{"error":{"message":"${blocked}","type":"guardrail_violation","code":"400"}}`
const json = { 'content-type': 'application/json' }

/** What a client made of an answer: its text, or the words it failed with. */
async function outcome(run: () => Promise<string>): Promise<{ text?: string; failure?: string }> {
  try {
    return { text: await run() }
  } catch (error) {
    return { failure: String(error) }
  }
}

type Options = Parameters<typeof conformFetch>[0]

const clients: readonly {
  readonly client: string
  readonly path: string
  readonly answers: (typeof answers)[number]
  readonly ask: (baseURL: string, options?: Options) => Promise<string>
}[] = [
  ...([OpenAI, OpenAI6] as (typeof OpenAI)[]).flatMap((Client, at) => {
    const version = `openai ${7 - at}`
    return [
      {
        client: `${version}, chat`,
        path: '/v1',
        answers: chat,
        ask: async (baseURL: string, options?: Options) => {
          const client = new Client({ baseURL, apiKey: key, fetch: conformFetch(options), maxRetries: 1 })
          const stream = await client.chat.completions.create({ model: 'm', messages, stream: true })
          let text = ''
          for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
          return text
        },
      },
      {
        client: `${version}, responses`,
        path: '/v1',
        answers: responses,
        ask: async (baseURL: string, options?: Options) => {
          const client = new Client({ baseURL, apiKey: key, fetch: conformFetch(options), maxRetries: 1 })
          const stream = client.responses.stream({ model: 'm', input: 'hi' })
          return (await stream.finalResponse()).output_text
        },
      },
    ]
  }),
  {
    client: 'Anthropic',
    path: '',
    answers: anthropic,
    ask: async (baseURL, options) => {
      const client = new Anthropic({ baseURL, apiKey: key, fetch: conformFetch(options), maxRetries: 1 })
      const stream = client.messages.stream({ model: 'm', max_tokens: 9, messages })
      const { content } = await stream.finalMessage()
      return content.map((block) => (block.type === 'text' ? block.text : '')).join('')
    },
  },
  {
    client: 'AI SDK, chat',
    path: '/v1',
    answers: chat,
    ask: async (baseURL, options) => {
      const provider = createOpenAI({ baseURL, apiKey: key, fetch: conformFetch(options) })
      const failures: unknown[] = []
      const { textStream } = streamText({
        model: provider.chat('m'),
        prompt: 'hi',
        maxRetries: 1,
        onError: ({ error }) => void failures.push(error),
      })
      let text = ''
      for await (const piece of textStream) text += piece
      if (failures.length > 0) throw failures[0]
      return text
    },
  },
]

describe.each(clients)('$client through conformFetch', ({ path, answers: { stream, begun, whole }, ask }) => {
  it('reads a stream', async () => {
    expect(await outcome(() => ask(base(answering(stream('hel', 'lo'))) + path))).toEqual({ text: 'hello' })
  })

  it('reads a JSON body where it asked for a stream', async () => {
    expect(await outcome(() => ask(base(answering(whole('hello'), json)) + path))).toEqual({ text: 'hello' })
  })

  it('hears of a cut stream', async () => {
    const { failure } = await outcome(() => ask(base(answering(begun('hel'))) + path))
    expect(failure).toMatch(/upstream stream ended before/)
  })

  it('hears of a stream that is none, and of one that is empty', async () => {
    for (const body of ['', 'data: [DONE]\n\n', ': wait\n\n', '<html>Sign in</html>']) {
      const { failure } = await outcome(() => ask(base(answering(body)) + path))
      expect(failure).toMatch(/empty stream|HTML page/)
    }
  })

  it('is told the words of an HTTP 500 that is no JSON', async () => {
    const python = "AttributeError: 'NoneType' object has no attribute 'get'"
    const { failure } = await outcome(() => ask(base(answering(python, {}, 500)) + path))
    expect(failure).toMatch(/AttributeError/)
    expect(
      (await outcome(() => ask(base(answering(python, {}, 500)) + path, { httpErrors: 'stream' }))).failure,
    ).toMatch(/AttributeError/)
  })

  it('does not send again what a guardrail blocked with HTTP 500', async () => {
    const { failure } = await outcome(() => ask(base(answering(guardrail, json, 500)) + path))
    expect(failure).toMatch(blocked)
    expect(requests).toBe(1)
  })

  it("hears a guardrail's words in the middle of a stream", async () => {
    const body = `${begun('hel')}data: ${guardrail}\n\ndata: [DONE]\n\n`
    expect((await outcome(() => ask(base(answering(body)) + path))).failure).toMatch(blocked)
  })

  it.each([200, 400, 500])(
    "shows a guardrail's words as an answer where that is wanted, from HTTP %d",
    async (status) => {
      const body = status === 200 ? `data: ${guardrail}\n\n` : guardrail
      const { text } = await outcome(() => ask(base(answering(body, json, status)) + path, { guardrail: 'message' }))
      expect(text).toBe(blocked)
    },
  )
})
