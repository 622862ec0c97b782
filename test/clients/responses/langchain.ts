import type { AIMessageChunk } from '@langchain/core/messages'
import { ChatOpenAI } from '@langchain/openai'
import { type Client, messageOf, type Outcome, type ToolCall, toolCall } from '../outcome.js'
import { installedVersion } from '../version.js'

/** The joined text of all content blocks that have it under this key. */
function joined(message: AIMessageChunk | undefined, key: 'text' | 'reasoning'): string {
  const content = message?.content ?? ''
  if (typeof content === 'string') return key === 'text' ? content : ''
  return content.map((block) => (key in block ? String((block as Record<string, unknown>)[key]) : '')).join('')
}

function stopReasonOf(metadata: Record<string, unknown>): string | undefined {
  const { status, incomplete_details: details } = metadata as {
    status?: string
    incomplete_details?: { reason?: string } | null
  }
  return status === 'incomplete' ? (details?.reason ?? status) : status
}

function read(message: AIMessageChunk | undefined): Omit<Outcome, 'ended'> {
  const tools: ToolCall[] = []
  // The calls that take free text; it hands that over as an argument of its own making.
  const freeText = new Set(Object.keys(message?.additional_kwargs['__openai_custom_tool_call_ids__'] ?? {}))
  for (const call of message?.tool_calls ?? []) {
    // What it makes of a call of the vendor's own computer; what is compared are those of the program's tools.
    if (call.name === 'computer_use') continue
    tools.push(toolCall(call.id, call.name, freeText.has(call.id ?? '') ? call.args['input'] : call.args))
  }
  // A call whose arguments it cannot parse is listed apart, with their text.
  for (const call of message?.invalid_tool_calls ?? [])
    if (call.name) tools.push(toolCall(call.id, call.name, call.args))
  const refusal = message?.additional_kwargs['refusal']
  const stopReason = stopReasonOf(message?.response_metadata ?? {})
  return {
    text: joined(message, 'text'),
    thinking: '',
    summary: joined(message, 'reasoning'),
    ...(typeof refusal === 'string' && { refusal }),
    tools,
    ...(stopReason !== undefined && { stopReason }),
    errorParts: [],
  }
}

/** `ChatOpenAI.stream()` over the Responses API with its chunks concatenated, as a chain does before it uses the message. */
export const langchain: Client = {
  name: '@langchain/openai stream()',
  version: `${installedVersion('@langchain/openai')} with openai ${installedVersion('openai')}`,
  async run(baseURL, names) {
    let message: AIMessageChunk | undefined
    try {
      const model = new ChatOpenAI({
        model: 'gpt-test',
        apiKey: 'none',
        useResponsesApi: true,
        maxRetries: 0,
        configuration: { baseURL: `${baseURL}/v1`, logLevel: 'off' },
      }).bindTools(
        names.map((name) => ({ type: 'function' as const, function: { name, parameters: { type: 'object' } } })),
      )
      for await (const chunk of await model.stream('Hi')) message = message ? message.concat(chunk) : chunk
    } catch (error) {
      // A call in pieces is not handed over before the stream is over.
      return { ended: 'error', ...read(message), tools: [], error: messageOf(error) }
    }
    const outcome = read(message)
    // It has no notion of a missing ending: only an absent status would tell, and no chain looks.
    return { ended: outcome.stopReason === undefined ? 'silent-truncation' : 'success', ...outcome }
  },
}
