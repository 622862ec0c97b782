import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const data = (value: object) => `data: ${JSON.stringify(value)}\n\n`

const chunk = { id: 'chatcmpl-Pier', object: 'chat.completion.chunk', created: 1760000000, model: 'm' }

/** What the gateway of the snippets sends: each of these streams breaks the client that stands in its text. */
const answers: Readonly<Record<string, string>> = {
  // The usage comes without `choices`, and nothing says that the stream is over.
  '/v1/chat/completions':
    data({ ...chunk, choices: [{ index: 0, delta: { role: '', content: 'At noon, ' }, finish_reason: '' }] }) +
    data({ ...chunk, choices: [{ index: 0, delta: { content: 'says OpenAI.' }, finish_reason: 'stop' }] }) +
    data({ ...chunk, usage: { prompt_tokens: 5, completion_tokens: 4, total_tokens: 9 } }),
  // No block is ever started.
  '/v1/messages':
    data({
      type: 'message_start',
      message: {
        id: 'msg_Pier',
        type: 'message',
        role: 'assistant',
        model: 'm',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 5, output_tokens: 1 },
      },
    }) +
    data({
      type: 'content_block_delta',
      index: -1,
      delta: { type: 'text_delta', text: 'At noon, says Anthropic.' },
    }) +
    data({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 4 },
    }) +
    data({ type: 'message_stop' }),
  // Bare deltas that call their item by the response's id.
  '/v1/responses':
    data({
      type: 'response.output_text.delta',
      item_id: 'resp_Pier',
      output_index: 0,
      delta: 'At noon, says the AI SDK.',
    }) +
    data({
      type: 'response.completed',
      response: { id: 'resp_Pier', object: 'response', status: 'completed', output: [] },
    }),
}

/** Starts the gateway that the snippets talk to; its address is in `GATEWAY_URL` while it runs. */
export async function startDocsGateway(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(answers[request.url ?? ''])
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  process.env['GATEWAY_URL'] = `http://127.0.0.1:${port}`
  return server
}
