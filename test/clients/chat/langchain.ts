import type { AIMessageChunk } from '@langchain/core/messages'
import { ChatOpenAI } from '@langchain/openai'
import { type Client, type Outcome, type ToolCall, toolCall } from '../outcome.js'
import { installedVersion } from '../version.js'
import { messageOfThrown } from './thrown.js'

function read(message: AIMessageChunk | undefined): Omit<Outcome, 'ended'> {
  const tools: ToolCall[] = []
  for (const call of message?.tool_calls ?? []) tools.push(toolCall(call.id, call.name, call.args))
  // A call whose arguments it cannot parse is listed apart, with their text.
  for (const call of message?.invalid_tool_calls ?? [])
    if (call.name) tools.push(toolCall(call.id, call.name, call.args))
  const { reasoning_content: thinking, refusal } = message?.additional_kwargs ?? {}
  const { finish_reason: stopReason } = message?.response_metadata ?? {}
  return {
    text: typeof message?.content === 'string' ? message.content : '',
    thinking: typeof thinking === 'string' ? thinking : '',
    ...(typeof refusal === 'string' && { refusal }),
    tools,
    ...(typeof stopReason === 'string' && { stopReason }),
    errorParts: [],
  }
}

/** `ChatOpenAI.stream()` over chat completions with its chunks concatenated, as a chain does before it uses the message. */
export const langchain: Client = {
  name: '@langchain/openai stream()',
  version: `${installedVersion('@langchain/openai')} with openai ${installedVersion('openai')}`,
  async run(baseURL, names) {
    let message: AIMessageChunk | undefined
    try {
      const model = new ChatOpenAI({
        model: 'gpt-test',
        apiKey: 'none',
        useResponsesApi: false,
        maxRetries: 0,
        configuration: { baseURL: `${baseURL}/v1`, logLevel: 'off' },
      }).bindTools(
        names.map((name) => ({ type: 'function' as const, function: { name, parameters: { type: 'object' } } })),
      )
      for await (const chunk of await model.stream('Hi')) message = message ? message.concat(chunk) : chunk
    } catch (error) {
      // A call in pieces is not handed over before the stream is over.
      return { ended: 'error', ...read(message), tools: [], error: messageOfThrown(error) }
    }
    const outcome = read(message)
    // It has no notion of a missing ending: only an absent finish reason would tell, and no chain looks.
    return { ended: outcome.stopReason === undefined ? 'silent-truncation' : 'success', ...outcome }
  },
}
