import { Agent, ModelRefusalError, OpenAIProvider, Runner, tool } from '@openai/agents'
import OpenAI from 'openai'
import { type Client, parsed, type ToolCall, toolCall } from '../outcome.js'
import { installedVersion } from '../version.js'
import { SentChoices, type StreamEvent } from './stream-events.js'
import { messageOfThrown } from './thrown.js'

const anyObject = {
  type: 'object' as const,
  properties: {},
  required: [] as string[],
  additionalProperties: true as const,
}

/** A streamed run of one turn over the chat completions model: what is done comes as run items. */
export const agents: Client = {
  name: '@openai/agents run()',
  version: `${installedVersion('@openai/agents')} with openai ${installedVersion('openai')}`,
  async run(baseURL, names) {
    let [text, thinking, refusal] = ['', '', '']
    // What a program can show while the run lasts; the items count only when they are done.
    let shown = ''
    const seen = new SentChoices()
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
      modelProvider: new OpenAIProvider({ openAIClient, useResponses: false }),
      tracingDisabled: true,
    })
    // Its items have no finish reason; the chunk that has it is handed through.
    const finish = () => {
      const stopReason = seen.inOrder[0]?.finishReason
      return { ...(stopReason !== undefined && { stopReason }), errorParts: [] }
    }
    try {
      const result = await runner.run(agent, 'Hi', { stream: true, maxTurns: 1 })
      for await (const event of result) {
        if (event.type === 'raw_model_stream_event') {
          if (event.data.type === 'output_text_delta') shown += event.data.delta
          else if (event.data.type === 'model') seen.watch(event.data.event as StreamEvent)
        }
        if (event.type !== 'run_item_stream_event') continue
        const { rawItem } = event.item
        if (event.item.type === 'message_output_item') {
          for (const part of event.item.rawItem.content) {
            if (part.type === 'output_text') text += part.text
            else if (part.type === 'refusal') refusal += part.refusal
          }
        } else if (rawItem?.type === 'reasoning') {
          thinking += (rawItem.rawContent ?? []).map((part) => part.text).join('')
        } else if (rawItem?.type === 'function_call') {
          tools.push(toolCall(rawItem.callId, rawItem.name, rawItem.arguments === '' ? {} : parsed(rawItem.arguments)))
        }
      }
      await result.completed
      // It has no notion of a missing finish: a stream that just ends is a run that succeeded.
      return { ended: 'success', text, thinking, refusal, tools, ...finish() }
    } catch (error) {
      if (error instanceof ModelRefusalError) {
        // Its way to hand over a refusal.
        return {
          ...{ ended: 'success', text, thinking, tools, ...finish() },
          refusal: refusal === '' ? error.refusal : refusal,
        }
      }
      // Items that were done count for nothing then; the program has seen the deltas.
      const live = { thinking: seen.inOrder[0]?.thinking ?? '', refusal: seen.inOrder[0]?.refusal ?? '' }
      return { ended: 'error', text: shown, ...live, tools, error: messageOfThrown(error), errorParts: [] }
    }
  },
}
