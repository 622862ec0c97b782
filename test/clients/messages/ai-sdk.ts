import { createAnthropic } from '@ai-sdk/anthropic'
import { jsonSchema, streamText, tool } from 'ai'
import { type Client, messageOf, type ToolCall, toolCall } from '../outcome.js'
import { installedVersion } from '../version.js'

const anyObject = jsonSchema<unknown>({ type: 'object' })

/** `streamText` over the Anthropic provider: every part of the full stream is read, and an `error` part is an error. */
export const aiSdk: Client = {
  name: 'ai streamText()',
  version: `${installedVersion('ai')} with @ai-sdk/anthropic ${installedVersion('@ai-sdk/anthropic')}`,
  async run(baseURL, names) {
    let [text, thinking] = ['', '']
    let stopReason: string | undefined
    const tools: ToolCall[] = []
    const summaries = new Set<string>()
    const errorParts: string[] = []
    const seen = () => ({ text, thinking, tools, ...(stopReason !== undefined && { stopReason }), errorParts })
    try {
      const result = streamText({
        model: createAnthropic({ baseURL: `${baseURL}/v1`, apiKey: 'none' })('claude-test'),
        prompt: 'Hi',
        maxRetries: 0,
        maxOutputTokens: 1024,
        // Without `execute` the first tool call ends the run, so that there is one request per stream.
        tools: Object.fromEntries(names.map((name) => [name, tool({ inputSchema: anyObject })])),
        // By default every error part is also written to the console.
        onError: () => {},
      })
      for await (const part of result.fullStream) {
        if (part.type === 'text-start' && part.providerMetadata?.['anthropic']?.['type'] === 'compaction') {
          // It hands a summary of the conversation over as a text part, marked so that nobody shows it as the answer.
          summaries.add(part.id)
        } else if (part.type === 'text-delta') text += summaries.has(part.id) ? '' : part.text
        else if (part.type === 'reasoning-delta') thinking += part.text
        else if (part.type === 'tool-call' && !part.providerExecuted) {
          tools.push(toolCall(part.toolCallId, part.toolName, part.input))
        } else if (part.type === 'error') errorParts.push(messageOf(part.error))
        else if (part.type === 'finish-step') stopReason = part.rawFinishReason ?? part.finishReason
      }
    } catch (error) {
      return { ended: 'error', ...seen(), error: messageOf(error) }
    }
    const [error] = errorParts
    if (error !== undefined) return { ended: 'error', ...seen(), error }
    // What the provider calls a stream without message_stop; nothing is thrown and no part tells of it.
    return { ended: stopReason === 'interrupted' ? 'silent-truncation' : 'success', ...seen() }
  },
}
