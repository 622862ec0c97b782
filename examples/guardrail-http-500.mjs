// A guardrail in front of chat fails. A stream was asked for, and what comes is HTTP 500 with an exception of Python.
import { createOpenAI } from '@ai-sdk/openai'
import { streamText } from 'ai'
import { conformFetch } from 'sse-conform'
import { show, startGateway } from './gateway.js'

const gateway = await startGateway((response) => {
  response.writeHead(500, { 'content-type': 'text/plain' })
  response.end("AttributeError: 'NoneType' object has no attribute 'choices'")
})
const baseURL = `${gateway.url}/v1`

async function ask(fetch) {
  let failure
  const { textStream } = streamText({
    model: createOpenAI({ baseURL, apiKey: 'none', fetch }).chat('some-model'),
    prompt: 'Hi',
    maxRetries: 0,
    onError: ({ error }) => {
      failure = error
    },
  })
  let text = ''
  for await (const piece of textStream) text += piece
  if (failure) throw failure
  return text
}

// The client looks for the JSON of an error and finds none; the words of the gateway are lost.
await show('as it is:', () => ask(globalThis.fetch))
// By default the status stays, and the body becomes a proper error.
await show('conformFetch:', () => ask(conformFetch()))

// For clients that expect nothing but a stream, the error can come in one.
const fetch = conformFetch({ httpErrors: 'stream' })
const response = await fetch(`${baseURL}/chat/completions`, {
  method: 'POST',
  body: JSON.stringify({ model: 'some-model', messages: [], stream: true }),
})
console.log(`httpErrors 'stream': HTTP ${response.status}\n${(await response.text()).trim()}`)

gateway.close()
