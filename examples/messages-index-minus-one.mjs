// LM Studio behind LiteLLM on /v1/messages: deltas with index -1, and no block was ever started.
import { readFile } from 'node:fs/promises'
import Anthropic from '@anthropic-ai/sdk'
import { conformFetch } from 'sse-conform'
import { show, startGateway, stream } from './gateway.js'

const fixture = new URL('../fixtures/messages/litellm-lmstudio-index-minus-one/upstream.sse', import.meta.url)
const body = await readFile(fixture)
const gateway = await startGateway((response) => stream(response, body))

async function ask(fetch) {
  const client = new Anthropic({ baseURL: gateway.url, apiKey: 'none', maxRetries: 0, fetch })
  const messages = [{ role: 'user', content: 'When does the bakery open?' }]
  const message = await client.messages.stream({ model: 'some-model', max_tokens: 99, messages }).finalMessage()
  return message.content.map((block) => block.text).join('')
}

await show('as it is:', () => ask(globalThis.fetch))
// What was mended is told as it happens, for the log of a server; nothing of the answer is in it.
const onDefect = ({ code, action }) => console.log(`  ${action}: ${code}`)
await show('conformFetch:', () => ask(conformFetch({ onDefect })))

gateway.close()
