import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAI as createOpenAI3 } from '@ai-sdk/openai-3'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { jsonSchema, type LanguageModel, streamText, tool } from 'ai'
import { jsonSchema as jsonSchema6, streamText as streamText6, tool as tool6 } from 'ai-6'
import { type Client, type ToolCall, toolCall } from '../outcome.js'
import { installedVersion } from '../version.js'
import { messageOfThrown } from './thrown.js'

interface Sdk {
  readonly jsonSchema: typeof jsonSchema
  readonly streamText: typeof streamText
  readonly tool: typeof tool
  readonly model: (baseURL: string) => LanguageModel
}

/** `streamText` over a chat model: every part of the full stream is read, and an `error` part is an error. */
const run = ({ jsonSchema, streamText, tool, model }: Sdk): Client['run'] =>
  async function run(baseURL, names) {
    let [text, thinking] = ['', '']
    let stopReason: string | undefined
    const tools: ToolCall[] = []
    const errorParts: string[] = []
    const seen = () => ({
      ...{ text, thinking, tools, errorParts },
      ...(stopReason !== undefined && { stopReason }),
    })
    try {
      const result = streamText({
        model: model(`${baseURL}/v1`),
        prompt: 'Hi',
        maxRetries: 0,
        // A run of one step: the calls are carried out, and no second request tells the model of it.
        tools: Object.fromEntries(
          names.map((name) => {
            const execute = (input: unknown, { toolCallId }: { toolCallId: string }) => {
              tools.push(toolCall(toolCallId, name, input))
              return 'done'
            }
            return [name, tool({ inputSchema: jsonSchema({ type: 'object' }), execute })]
          }),
        ),
        // By default every error part is also written to the console.
        onError: () => {},
      })
      for await (const part of result.fullStream) {
        if (part.type === 'text-delta') text += part.text
        else if (part.type === 'reasoning-delta') thinking += part.text
        else if (part.type === 'tool-call' && part.invalid) {
          // A call that it cannot read is not run; it is handed over with the text of its arguments.
          tools.push(toolCall(part.toolCallId, part.toolName, part.input))
        } else if (part.type === 'error') errorParts.push(messageOfThrown(part.error))
        else if (part.type === 'finish-step') stopReason = part.rawFinishReason
      }
    } catch (error) {
      return { ended: 'error', ...seen(), error: messageOfThrown(error) }
    }
    const [error] = errorParts
    if (error !== undefined) return { ended: 'error', ...seen(), error }
    return { ended: stopReason === undefined ? 'silent-truncation' : 'success', ...seen() }
  }

const sdk7 = { jsonSchema, streamText, tool }

export const aiSdk: Client = {
  name: 'ai 7 streamText() with @ai-sdk/openai',
  version: `${installedVersion('ai')} with @ai-sdk/openai ${installedVersion('@ai-sdk/openai')}`,
  run: run({ ...sdk7, model: (baseURL) => createOpenAI({ baseURL, apiKey: 'none' }).chat('gpt-test') }),
}

export const aiSdk6: Client = {
  name: 'ai 6 streamText() with @ai-sdk/openai',
  version: `${installedVersion('ai-6')} with @ai-sdk/openai ${installedVersion('@ai-sdk/openai-3')}`,
  // The parts that are read here are the same in both majors; the types around them are not.
  run: run({
    jsonSchema: jsonSchema6,
    streamText: streamText6,
    tool: tool6,
    model: (baseURL: string) => createOpenAI3({ baseURL, apiKey: 'none' }).chat('gpt-test'),
  } as unknown as Sdk),
}

export const aiSdkCompatible: Client = {
  name: 'ai 7 streamText() with @ai-sdk/openai-compatible',
  version: `${installedVersion('ai')} with @ai-sdk/openai-compatible ${installedVersion('@ai-sdk/openai-compatible')}`,
  run: run({
    ...sdk7,
    model: (baseURL) => createOpenAICompatible({ name: 'gateway', baseURL, apiKey: 'none' }).chatModel('gpt-test'),
  }),
}
