import { ChatAnthropic } from '@langchain/anthropic'
import type { AIMessageChunk } from '@langchain/core/messages'
import { type Client, messageOf, type Outcome, type ToolCall, toolCall } from '../outcome.js'
import { installedVersion } from '../version.js'

const sdk = installedVersion('@langchain/anthropic/node_modules/@anthropic-ai/sdk')

/** The joined text of all content blocks that have it under this key. */
function joined(message: AIMessageChunk | undefined, key: 'text' | 'thinking'): string {
  const content = message?.content ?? ''
  if (typeof content === 'string') return key === 'text' ? content : ''
  return content.map((block) => (key in block ? String((block as Record<string, unknown>)[key]) : '')).join('')
}

function read(message: AIMessageChunk | undefined): Omit<Outcome, 'ended'> {
  const tools: ToolCall[] = []
  for (const call of message?.tool_calls ?? []) tools.push(toolCall(call.id, call.name, call.args))
  // A call whose arguments it cannot parse is listed apart, with their text. One without a name stands there too: that
  // is what becomes of the arguments of a tool that the server runs, and no program can run it.
  for (const call of message?.invalid_tool_calls ?? [])
    if (call.name) tools.push(toolCall(call.id, call.name, call.args))
  const stopReason = message?.additional_kwargs['stop_reason']
  return {
    text: joined(message, 'text'),
    thinking: joined(message, 'thinking'),
    tools,
    ...(typeof stopReason === 'string' && { stopReason }),
    errorParts: [],
  }
}

/** `ChatAnthropic.stream()` with its chunks concatenated, as a chain does before it uses the message. */
export const langchain: Client = {
  name: '@langchain/anthropic stream()',
  version: `${installedVersion('@langchain/anthropic')} with @anthropic-ai/sdk ${sdk}`,
  async run(baseURL, names) {
    let message: AIMessageChunk | undefined
    try {
      const model = new ChatAnthropic({
        model: 'claude-test',
        apiKey: 'none',
        anthropicApiUrl: baseURL,
        maxRetries: 0,
        clientOptions: { logLevel: 'off' },
      }).bindTools(names.map((name) => ({ name, input_schema: { type: 'object' as const } })))
      for await (const chunk of await model.stream('Hi')) message = message ? message.concat(chunk) : chunk
    } catch (error) {
      // A call in pieces is not handed over before the stream is over.
      return { ended: 'error', ...read(message), tools: [], error: messageOf(error) }
    }
    const outcome = read(message)
    // It has no notion of a missing ending: only an absent stop reason would tell, and no chain looks.
    return { ended: outcome.stopReason === undefined ? 'silent-truncation' : 'success', ...outcome }
  },
}
