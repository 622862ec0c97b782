import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parsed, type ToolCall, toolCall } from '../outcome.js'

/** What stands between Codex and the gateway for one run, and sees what Codex sends. */
export interface Relay {
  readonly url: string
  /** How often the prompt was sent. */
  readonly requests: () => number
  /** The calls that Codex took from the answer, as it sends them back with what became of them. */
  readonly tools: () => readonly ToolCall[]
  close(): Promise<void>
}

interface Item {
  readonly type: string
  readonly call_id?: string
  readonly name?: string
  readonly arguments?: string
  readonly input?: string
}

const ending = ['response.created', 'response.completed'].map((type, sequence_number) => {
  const status = type === 'response.created' ? 'in_progress' : 'completed'
  const usage = {
    ...{ input_tokens: 1, output_tokens: 1, total_tokens: 2 },
    ...{ input_tokens_details: { cached_tokens: 0 }, output_tokens_details: { reasoning_tokens: 0 } },
  }
  const response = { id: 'resp_relay', object: 'response', created_at: 1, model: 'm', status, output: [], usage }
  return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number, response })}\n\n`
})

function callsIn(input: readonly Item[]): ToolCall[] {
  return input.flatMap(({ type, call_id, name = '', arguments: args = '', input: text }) => {
    if (type === 'function_call') return [toolCall(call_id, name, args === '' ? {} : parsed(args))]
    return type === 'custom_tool_call' ? [toolCall(call_id, name, text)] : []
  })
}

/**
 * Starts a relay to `target`. Codex sends the outcome of tool calls back, and a stream that calls a tool each time would
 * keep it busy for ever: once an answer was whole, the next request is answered here, with an end of the turn. Any other
 * request is the prompt again, whatever became of tools on the way.
 */
export async function startRelay(target: string): Promise<Relay> {
  let requests = 0
  let whole = false
  let tools: readonly ToolCall[] = []
  const answer = async (path: string, body: string): Promise<Uint8Array | string> => {
    const { input = [] } = JSON.parse(body || '{}') as { input?: readonly Item[] }
    const called = input.some(({ type }) => type.endsWith('_output'))
    if (called) tools = callsIn(input)
    if (called && whole) return ending.join('')
    requests += 1
    const bytes = Buffer.from(await (await fetch(target + path)).arrayBuffer())
    whole = bytes.includes('"response.completed"')
    return bytes
  }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.once('end', () => {
      answer(request.url ?? '', Buffer.concat(parts).toString()).then(
        (body) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(body),
        () => response.destroy(),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    tools: () => tools,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
