// A guardrail fires after HTTP 200, in the middle of the answer. Some gateways say so, others just stop.
import OpenAI from 'openai'
import { conformFetch } from 'sse-conform'
import { show, startGateway, stream } from './gateway.js'

const envelope = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1760000000, model: 'some-model' }
const frame = (json) => `data: ${JSON.stringify(json)}\n\n`
const chunk = (delta) => frame({ ...envelope, choices: [{ index: 0, delta, finish_reason: null }] })
const begun = chunk({ role: 'assistant', content: '' }) + chunk({ content: 'The recipe needs two' })
// The words are there, but not where clients look for them.
const words = { error: { message: { error: 'Violated guardrail policy' }, type: 'guardrail_violation' } }

const endings = {
  'with words': frame(words),
  'without words': '',
  'without words, [DONE]': 'data: [DONE]\n\n',
}

for (const [name, ending] of Object.entries(endings)) {
  const gateway = await startGateway((response) => stream(response, begun + ending))
  const ask = async (fetch) => {
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none', maxRetries: 0, fetch })
    const messages = [{ role: 'user', content: 'Hi' }]
    let text = ''
    for await (const { choices } of await client.chat.completions.create({
      model: 'some-model',
      messages,
      stream: true,
    }))
      text += choices[0]?.delta?.content ?? ''
    return text
  }
  // Without words, half an answer looks whole.
  await show(`${name}, as it is:`, () => ask(globalThis.fetch))
  await show(`${name}, conformFetch:`, () => ask(conformFetch()))
  gateway.close()
}
