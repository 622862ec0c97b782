// A guardrail blocks the prompt before the model is asked. By default that is an error; a chat UI may want to show it as an answer.
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { conformFetch } from 'sse-conform'
import { show, startGateway, stream } from './gateway.js'

const block = { error: { message: 'Violated guardrail policy', type: 'guardrail_violation', code: 400 } }
const gateway = await startGateway((response) => stream(response, `data: ${JSON.stringify(block)}\n\ndata: [DONE]\n\n`))

const messages = [{ role: 'user', content: 'Hi' }]
const model = 'some-model'

async function chat(fetch) {
  const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none', maxRetries: 0, fetch })
  const { choices } = await client.chat.completions.stream({ model, messages }).finalChatCompletion()
  return [choices[0].finish_reason, choices[0].message.content]
}

async function responses(fetch) {
  const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none', maxRetries: 0, fetch })
  const response = await client.responses.stream({ model, input: 'Hi' }).finalResponse()
  return [response.status, response.incomplete_details.reason, response.output_text]
}

async function anthropic(fetch) {
  const client = new Anthropic({ baseURL: gateway.url, apiKey: 'none', maxRetries: 0, fetch })
  const message = await client.messages.stream({ model, max_tokens: 99, messages }).finalMessage()
  return [message.stop_reason, message.content[0].text]
}

for (const ask of [chat, responses, anthropic]) {
  await show(`${ask.name}, by default:`, () => ask(conformFetch()))
  await show(`${ask.name}, guardrail 'message':`, () => ask(conformFetch({ guardrail: 'message' })))
}

gateway.close()
