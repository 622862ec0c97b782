// An upstream gives nothing at all, with HTTP 200. That is no empty answer but an error, and one that another attempt may help.
import OpenAI from 'openai'
import { conformFetch, isRetryable } from 'sse-conform'
import { show, startGateway, stream } from './gateway.js'

const nothing = {
  'no byte': '',
  'only [DONE]': 'data: [DONE]\n\n',
  'only comments': ': PROCESSING\n\n: PROCESSING\n\n',
  'only pings': 'event: ping\ndata: {"type":"ping"}\n\n',
}

for (const [name, body] of Object.entries(nothing)) {
  const gateway = await startGateway((response) => stream(response, body))
  const ask = async (fetch) => {
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none', maxRetries: 0, fetch })
    const messages = [{ role: 'user', content: 'Hi' }]
    let text = ''
    for await (const { choices } of await client.chat.completions.create({
      model: 'some-model',
      messages,
      stream: true,
    }))
      text += choices?.[0]?.delta?.content ?? ''
    return text
  }
  const onEnd = ({ endState }) => console.log(`${name}: end state ${endState}, retryable: ${isRetryable(endState)}`)
  await show(`${name}, as it is:`, () => ask(globalThis.fetch))
  await show(`${name}, conformFetch:`, () => ask(conformFetch({ onEnd })))
  gateway.close()
}
