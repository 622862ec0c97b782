// LM Studio behind LiteLLM on /v1/responses: bare deltas that belong to no item, no event names, and a [DONE].
import { readFile } from 'node:fs/promises'
import OpenAI from 'openai'
import { conformFetch } from 'sse-conform'
import { show, startGateway, stream } from './gateway.js'

const fixture = new URL('../fixtures/responses/litellm-lmstudio-bare-deltas/upstream.sse', import.meta.url)
const body = await readFile(fixture)
const gateway = await startGateway((response) => stream(response, body))

async function ask(fetch) {
  const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none', maxRetries: 0, fetch })
  const stream = client.responses.stream({ model: 'some-model', input: 'When does the bakery open?' })
  return (await stream.finalResponse()).output_text
}

await show('as it is:', () => ask(globalThis.fetch))
// One line per call, for the log of a server.
const onEnd = ({ endState, defects }, { path }) => {
  const counts = defects.map(({ code, count }) => `${count} ${code}`)
  console.log(`  ${path} ${endState}: ${counts.join(', ')}`)
}
await show('conformFetch:', () => ask(conformFetch({ onEnd })))

gateway.close()
