import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAI as createOpenAI3 } from '@ai-sdk/openai-3'
import { jsonSchema, streamText, tool } from 'ai'
import { jsonSchema as jsonSchema6, streamText as streamText6, tool as tool6 } from 'ai-6'
import { type Client, messageOf, type ToolCall, toolCall } from '../outcome.js'
import { installedVersion } from '../version.js'

interface Sdk {
  readonly jsonSchema: typeof jsonSchema
  readonly streamText: typeof streamText
  readonly tool: typeof tool
  readonly createOpenAI: typeof createOpenAI
}

/** What the SDK calls a finish, in the words of the protocol; undefined where the answer did not finish. */
function stopReasonOf(finishReason: string, raw: string | undefined): string | undefined {
  if (raw !== undefined) return raw
  // A refusal in a completed response is told as 'content-filter'.
  return ['stop', 'tool-calls', 'content-filter'].includes(finishReason) ? 'completed' : undefined
}

// Calls of the vendor's own tools; what is compared are those of the program's.
const vendorTools = ['apply_patch', 'computer', 'local_shell', 'shell']

/** `streamText` over the OpenAI provider: every part of the full stream is read, and an `error` part is an error. */
const run = ({ jsonSchema, streamText, tool, createOpenAI }: Sdk): Client['run'] =>
  async function run(baseURL, names) {
    let [text, summary] = ['', '']
    let stopReason: string | undefined
    const tools: ToolCall[] = []
    const errorParts: string[] = []
    const seen = () => ({
      ...{ text, thinking: '', summary, tools, errorParts },
      ...(stopReason !== undefined && { stopReason }),
    })
    try {
      const result = streamText({
        model: createOpenAI({ baseURL: `${baseURL}/v1`, apiKey: 'none' }).responses('gpt-test'),
        prompt: 'Hi',
        maxRetries: 0,
        // Without `execute` the first tool call ends the run, so that there is one request per stream.
        tools: Object.fromEntries(names.map((name) => [name, tool({ inputSchema: jsonSchema({ type: 'object' }) })])),
        // By default every error part is also written to the console.
        onError: () => {},
      })
      for await (const part of result.fullStream) {
        if (part.type === 'text-delta') text += part.text
        // It reads summaries only; the thinking itself is no part of its stream.
        else if (part.type === 'reasoning-delta') summary += part.text
        else if (part.type === 'tool-call' && !part.providerExecuted && !vendorTools.includes(part.toolName)) {
          tools.push(toolCall(part.toolCallId, part.toolName, part.input))
        } else if (part.type === 'error') errorParts.push(messageOf(part.error))
        else if (part.type === 'finish-step') stopReason = stopReasonOf(part.finishReason, part.rawFinishReason)
      }
    } catch (error) {
      return { ended: 'error', ...seen(), error: messageOf(error) }
    }
    const [error] = errorParts
    if (error !== undefined) return { ended: 'error', ...seen(), error }
    // 'interrupted' and 'other' are finish reasons like any other: nothing is thrown, and no part tells of it.
    return { ended: stopReason === undefined ? 'silent-truncation' : 'success', ...seen() }
  }

export const aiSdk: Client = {
  name: 'ai 7 streamText()',
  version: `${installedVersion('ai')} with @ai-sdk/openai ${installedVersion('@ai-sdk/openai')}`,
  run: run({ jsonSchema, streamText, tool, createOpenAI }),
}

export const aiSdk6: Client = {
  name: 'ai 6 streamText()',
  version: `${installedVersion('ai-6')} with @ai-sdk/openai ${installedVersion('@ai-sdk/openai-3')}`,
  // The parts that are read here are the same in both majors; the types around them are not.
  run: run({
    jsonSchema: jsonSchema6,
    streamText: streamText6,
    tool: tool6,
    createOpenAI: createOpenAI3,
  } as unknown as Sdk),
}
