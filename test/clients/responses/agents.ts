import { Agent, ModelRefusalError, OpenAIProvider, Runner, tool } from '@openai/agents'
import OpenAI from 'openai'
import { type Client, messageOf, parsed, type ToolCall, toolCall } from '../outcome.js'
import { installedVersion } from '../version.js'

const anyObject = {
  type: 'object' as const,
  properties: {},
  required: [] as string[],
  additionalProperties: true as const,
}

/** The deltas that it hands through as the provider sent them. */
function addDelta(
  live: { summary: string; refusal: string },
  event: { readonly type?: string; readonly delta?: string },
) {
  if (event.type === 'response.reasoning_summary_text.delta') live.summary += event.delta
  else if (event.type === 'response.refusal.delta') live.refusal += event.delta
}

/** A streamed run of one turn: what is done comes as run items, and only those count when the run succeeds. */
export const agents: Client = {
  name: '@openai/agents run()',
  version: `${installedVersion('@openai/agents')} with openai ${installedVersion('openai')}`,
  async run(baseURL, names) {
    let [text, thinking, summary, refusal] = ['', '', '', '']
    // What a program can show while the run lasts; the items count only when they are done.
    const live = { text: '', summary: '', refusal: '' }
    const tools: ToolCall[] = []
    const openAIClient = new OpenAI({ baseURL: `${baseURL}/v1`, apiKey: 'none', maxRetries: 0, logLevel: 'off' })
    const agent = new Agent({
      name: 'Test',
      model: 'gpt-test',
      tools: names.map((name) =>
        tool({ name, description: name, parameters: anyObject, strict: false, execute: () => 'done' }),
      ),
      // The first tool call ends the run, so that there is one request per stream.
      toolUseBehavior: 'stop_on_first_tool',
    })
    const runner = new Runner({
      modelProvider: new OpenAIProvider({ openAIClient, useResponses: true }),
      tracingDisabled: true,
    })
    try {
      const result = await runner.run(agent, 'Hi', { stream: true, maxTurns: 1 })
      for await (const event of result) {
        if (event.type === 'raw_model_stream_event') {
          if (event.data.type === 'output_text_delta') live.text += event.data.delta
          else if (event.data.type === 'model') addDelta(live, event.data.event)
        }
        if (event.type !== 'run_item_stream_event') continue
        const { rawItem } = event.item
        if (event.item.type === 'message_output_item') {
          for (const part of event.item.rawItem.content) {
            if (part.type === 'output_text') text += part.text
            else if (part.type === 'refusal') refusal += part.refusal
          }
        } else if (rawItem?.type === 'reasoning') {
          summary += rawItem.content.map((part) => part.text).join('')
          thinking += (rawItem.rawContent ?? []).map((part) => part.text).join('')
        } else if (rawItem?.type === 'function_call') {
          tools.push(toolCall(rawItem.callId, rawItem.name, rawItem.arguments === '' ? {} : parsed(rawItem.arguments)))
        }
      }
      await result.completed
      // A run that does not end in `response.completed` throws, so that here it was.
      return { ended: 'success', text, thinking, summary, refusal, tools, stopReason: 'completed', errorParts: [] }
    } catch (error) {
      if (error instanceof ModelRefusalError) {
        // Its way to hand over a refusal.
        return {
          ...{ ended: 'success', thinking, summary, tools, stopReason: 'completed', errorParts: [] },
          ...{ text, refusal: refusal === '' ? error.refusal : refusal },
        }
      }
      // Items that were done count for nothing then; the program has seen the deltas.
      return {
        ...{ ended: 'error', ...live, thinking: '', tools },
        ...{ error: messageOf(error), errorParts: [] },
      }
    }
  },
}
