import Anthropic from '@anthropic-ai/sdk'
import { type Client, messageOf, type Outcome, parsed, type ToolCall, toolCall } from '../outcome.js'
import { installedVersion } from '../version.js'

const version = installedVersion('@anthropic-ai/sdk')

// 'off': the SDK logs a frame that it cannot parse, and the frames here are broken on purpose.
const connect = (baseURL: string) => new Anthropic({ baseURL, apiKey: 'none', maxRetries: 0, logLevel: 'off' })

const request = (tools: readonly string[]) => ({
  model: 'claude-test',
  max_tokens: 1024,
  messages: [{ role: 'user' as const, content: 'Hi' }],
  tools: tools.map((name) => ({ name, input_schema: { type: 'object' as const } })),
})

/**
 * The SDK's event iterator under a plain loop: text is printed as it comes, a tool runs when its block stops. The loop
 * trusts the order of events, as agents do: it checks nothing that the protocol promises.
 */
export const anthropicEvents: Client = {
  name: '@anthropic-ai/sdk create({ stream: true })',
  version,
  async run(baseURL, names) {
    let [text, thinking, stopped] = ['', '', false]
    let stopReason: string | null = null
    const tools: ToolCall[] = []
    const blocks = new Map<number, { call: ToolCall; json: string }>()
    const seen = () => ({ text, thinking, tools, ...(stopReason !== null && { stopReason }), errorParts: [] })
    try {
      for await (const event of await connect(baseURL).messages.create({ ...request(names), stream: true })) {
        if (event.type === 'message_start') {
          stopReason = event.message.stop_reason
          for (const block of event.message.content ?? []) tools.push(...toolOf(block))
        } else if (event.type === 'content_block_start') {
          const [call] = toolOf(event.content_block)
          if (call) blocks.set(event.index, { call, json: '' })
          else blocks.delete(event.index)
        } else if (event.type === 'content_block_delta') {
          if (event.delta.type === 'text_delta') text += event.delta.text
          else if (event.delta.type === 'thinking_delta') thinking += event.delta.thinking
          else if (event.delta.type === 'input_json_delta') {
            const block = blocks.get(event.index)
            if (block) block.json += event.delta.partial_json
          }
        } else if (event.type === 'content_block_stop') {
          const block = blocks.get(event.index)
          if (block) tools.push({ ...block.call, input: block.json === '' ? block.call.input : parsed(block.json) })
        } else if (event.type === 'message_delta') {
          stopReason = event.delta.stop_reason
        } else if (event.type === 'message_stop') stopped = true
      }
      return { ended: stopped ? 'success' : 'silent-truncation', ...seen() }
    } catch (error) {
      return { ended: 'error', ...seen(), error: messageOf(error) }
    }
  },
}

/** What `messages.stream()` and its beta twin have in common. */
interface Accumulating {
  on(event: 'text' | 'thinking', listener: (delta: string) => void): unknown
  on(event: 'contentBlock', listener: (block: Block) => void): unknown
  finalMessage(): Promise<{ content: readonly Block[]; stop_reason: string | null }>
}
interface Block {
  readonly type: string
}

const textOf = (block: Block) => ('text' in block && block.type === 'text' ? String(block.text) : '')
const thinkingOf = (block: Block) => ('thinking' in block && block.type === 'thinking' ? String(block.thinking) : '')
function toolOf(block: Block): ToolCall[] {
  if (block.type !== 'tool_use') return []
  const { id, name, input } = block as Block & { id?: string; name: string; input: unknown }
  return [toolCall(id, name, input)]
}

async function finalMessageOf(stream: Accumulating): Promise<Outcome> {
  let [text, thinking] = ['', '']
  const tools: ToolCall[] = []
  stream.on('text', (delta) => {
    text += delta
  })
  stream.on('thinking', (delta) => {
    thinking += delta
  })
  stream.on('contentBlock', (block) => tools.push(...toolOf(block)))
  try {
    const { content, stop_reason } = await stream.finalMessage()
    return {
      ended: 'success',
      text: content.map(textOf).join(''),
      thinking: content.map(thinkingOf).join(''),
      tools: content.flatMap(toolOf),
      ...(stop_reason != null && { stopReason: stop_reason }),
      errorParts: [],
    }
  } catch (error) {
    // Before it failed the program had seen what the listeners got.
    return { ended: 'error', text, thinking, tools, error: messageOf(error), errorParts: [] }
  }
}

/** `messages.stream().finalMessage()`: the SDK puts the message together and parses the tools' arguments. */
export const anthropicStream: Client = {
  name: '@anthropic-ai/sdk stream()',
  version,
  run: (baseURL, tools) => finalMessageOf(connect(baseURL).messages.stream(request(tools)) as Accumulating),
}

/** The beta twin, whose accumulator is another one with other errors. */
export const anthropicBetaStream: Client = {
  name: '@anthropic-ai/sdk beta stream()',
  version,
  run: (baseURL, tools) => finalMessageOf(connect(baseURL).beta.messages.stream(request(tools)) as Accumulating),
}
