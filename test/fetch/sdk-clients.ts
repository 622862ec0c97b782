import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import Anthropic from '@anthropic-ai/sdk'
import { ChatAnthropic } from '@langchain/anthropic'
import type { AIMessageChunk } from '@langchain/core/messages'
import { ChatOpenAI } from '@langchain/openai'
import { Agent, OpenAIProvider, Runner } from '@openai/agents'
import { type LanguageModel, streamText } from 'ai'
import OpenAI from 'openai'
import OpenAI6 from 'openai-6'
import { conformFetch } from '../../src/index.js'
import { type Answers, answers } from './answers.js'
import type { Handler, MisbehavingGateway } from './gateway.js'

type Options = Parameters<typeof conformFetch>[0]

/** A client as a program makes it, with `conformFetch` as its only change. */
export interface SdkClient {
  readonly name: string
  /** What it speaks, and what its gateway sends. */
  readonly answers: Answers
  /** Asks the gateway and returns the text of the answer; rejects with what the client shows of a failure. */
  ask(gateway: string, options?: Options): Promise<string>
  /** An answer that ends as `incomplete` is an error to it, whatever it says (docs/fetch.md). */
  readonly refusesIncomplete?: true
}

const key = 'test'
const messages = [{ role: 'user' as const, content: 'hi' }]
// Each of them may try once more, since what is sent again is one of the questions.
const maxRetries = 1

const [anthropic, responses, chat] = answers as [Answers, Answers, Answers]

const openai = (Client: typeof OpenAI, gateway: string, options: Options) =>
  new Client({ baseURL: `${gateway}/v1`, apiKey: key, fetch: conformFetch(options), maxRetries, logLevel: 'off' })

const ofOpenai = ([OpenAI, OpenAI6] as (typeof OpenAI)[]).flatMap((Client, at): SdkClient[] => [
  {
    name: `openai ${7 - at}, chat`,
    answers: chat,
    async ask(gateway, options) {
      const { completions } = openai(Client, gateway, options).chat
      let text = ''
      for await (const chunk of await completions.create({ model: 'm', messages, stream: true }))
        text += chunk.choices[0]?.delta.content ?? ''
      return text
    },
  },
  {
    name: `openai ${7 - at}, responses`,
    answers: responses,
    async ask(gateway, options) {
      const stream = openai(Client, gateway, options).responses.stream({ model: 'm', input: 'hi' })
      return (await stream.finalResponse()).output_text
    },
  },
])

const ofAnthropic: SdkClient = {
  name: 'Anthropic',
  answers: anthropic,
  async ask(baseURL, options) {
    const client = new Anthropic({ baseURL, apiKey: key, fetch: conformFetch(options), maxRetries, logLevel: 'off' })
    const { content } = await client.messages.stream({ model: 'm', max_tokens: 9, messages }).finalMessage()
    return content.map((block) => (block.type === 'text' ? block.text : '')).join('')
  },
}

type Provider = (settings: { baseURL: string; apiKey: string; fetch: ReturnType<typeof conformFetch> }) => LanguageModel

function ofVercel(name: string, answers: Answers, provider: Provider): SdkClient {
  return {
    name: `AI SDK, ${name}`,
    answers,
    async ask(gateway, options) {
      const failures: unknown[] = []
      const { textStream } = streamText({
        model: provider({ baseURL: `${gateway}/v1`, apiKey: key, fetch: conformFetch(options) }),
        prompt: 'hi',
        maxOutputTokens: 9,
        maxRetries,
        onError: ({ error }) => void failures.push(error),
      })
      let text = ''
      for await (const piece of textStream) text += piece
      if (failures.length > 0) throw failures[0]
      return text
    },
  }
}

const ofAgents = [chat, responses].map((answers): SdkClient => {
  const useResponses = answers === responses
  return {
    name: `@openai/agents, ${answers.protocol}`,
    answers,
    ...(useResponses && { refusesIncomplete: true }),
    async ask(gateway, options) {
      const openAIClient = openai(OpenAI, gateway, options)
      const modelProvider = new OpenAIProvider({ openAIClient, useResponses })
      const runner = new Runner({ modelProvider, tracingDisabled: true })
      const result = await runner.run(new Agent({ name: 'Test', model: 'm' }), 'hi', { stream: true, maxTurns: 1 })
      for await (const _event of result);
      await result.completed
      return result.finalOutput ?? ''
    },
  }
})

/** The chunks of LangChain's stream put together, as a chain does. */
async function joined(chunks: AsyncIterable<AIMessageChunk>): Promise<string> {
  let text = ''
  for await (const chunk of chunks) text += chunk.text
  return text
}

const ofLangchain = [chat, responses, anthropic].map((answers): SdkClient => {
  return {
    name: `LangChain, ${answers.protocol}`,
    answers,
    async ask(gateway, options) {
      const common = { model: 'm', apiKey: key, maxRetries }
      const client = { fetch: conformFetch(options), logLevel: 'off' as const }
      const model =
        answers === anthropic
          ? new ChatAnthropic({ ...common, anthropicApiUrl: gateway, clientOptions: client })
          : new ChatOpenAI({
              ...common,
              useResponsesApi: answers === responses,
              configuration: { ...client, baseURL: `${gateway}/v1` },
            })
      return joined(await model.stream('hi'))
    },
  }
})

export const sdkClients: readonly SdkClient[] = [
  ...ofOpenai,
  ofAnthropic,
  ofVercel('chat', chat, (settings) => createOpenAI(settings).chat('m')),
  ofVercel('compatible', chat, (settings) => createOpenAICompatible({ ...settings, name: 'gateway' }).chatModel('m')),
  ofVercel('responses', responses, (settings) => createOpenAI(settings).responses('m')),
  ofVercel('messages', anthropic, (settings) => createAnthropic(settings)('m')),
  ...ofAgents,
  ...ofLangchain,
]

/** What a client made of an answer: its text, or the words it failed with, and how often it asked. */
export interface Outcome {
  readonly text?: string
  readonly failure?: string
  readonly requests: number
}

/** Lets a client ask a gateway that behaves so. */
export async function outcome(
  gateway: MisbehavingGateway,
  client: SdkClient,
  handler: Handler,
  options?: Options,
): Promise<Outcome> {
  let requests = 0
  const url = gateway.route((...given) => {
    requests++
    handler(...given)
  })
  try {
    return { text: await client.ask(url, options), requests }
  } catch (error) {
    return { failure: error instanceof Error ? String(error) : JSON.stringify(error), requests }
  }
}
