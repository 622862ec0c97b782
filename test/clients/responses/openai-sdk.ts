import OpenAI from 'openai'
import OpenAI6 from 'openai-6'
import { type Client, messageOf, type Outcome, parsed, type ToolCall, toolCall } from '../outcome.js'
import { installedVersion } from '../version.js'

type OpenAIConstructor = typeof OpenAI

// 'off': the SDK logs a frame that it cannot parse, and the frames here are broken on purpose.
const connect = (Constructor: OpenAIConstructor, baseURL: string) =>
  new Constructor({ baseURL: `${baseURL}/v1`, apiKey: 'none', maxRetries: 0, logLevel: 'off' })

const request = (tools: readonly string[]) => ({
  model: 'gpt-test',
  input: 'Hi',
  tools: tools.map((name) => ({
    type: 'function' as const,
    name,
    parameters: { type: 'object' },
    strict: false,
  })),
})

/** An output item, as far as a program that runs tools and prints text reads it. */
interface Item {
  readonly type: string
  readonly call_id?: string
  readonly name?: string
  readonly arguments?: string
  readonly input?: string
  readonly content?: readonly Part[]
  readonly summary?: readonly Part[]
}
interface Part {
  readonly type: string
  readonly text?: string
  readonly refusal?: string
}

function toolOf({ type, call_id, name = '', arguments: args = '', input }: Item): ToolCall[] {
  if (type === 'function_call') return [toolCall(call_id, name, args === '' ? {} : parsed(args))]
  return type === 'custom_tool_call' ? [toolCall(call_id, name, input)] : []
}

/**
 * The event iterator under a plain loop: text is printed as it comes, a tool runs when its item is done. The loop leaves
 * failures to what the SDK throws, as agents do, and knows that an answer is over by `response.completed`.
 */
const eventLoop = (Constructor: OpenAIConstructor): Client['run'] =>
  async function run(baseURL, names) {
    let [text, thinking, summary, refusal] = ['', '', '', '']
    let stopReason: string | undefined
    const tools: ToolCall[] = []
    const seen = () => ({
      ...{ text, thinking, summary, refusal, tools, errorParts: [] },
      ...(stopReason !== undefined && { stopReason }),
    })
    try {
      const stream = await connect(Constructor, baseURL).responses.create({ ...request(names), stream: true })
      for await (const event of stream) {
        if (event.type === 'response.output_text.delta') text += event.delta
        else if (event.type === 'response.refusal.delta') refusal += event.delta
        else if (event.type === 'response.reasoning_text.delta') thinking += event.delta
        else if (event.type === 'response.reasoning_summary_text.delta') summary += event.delta
        else if (event.type === 'response.output_item.done') tools.push(...toolOf(event.item as Item))
        else if (event.type === 'response.completed') stopReason = 'completed'
        else if (event.type === 'response.incomplete')
          stopReason = event.response.incomplete_details?.reason ?? 'incomplete'
      }
      return { ended: stopReason === undefined ? 'silent-truncation' : 'success', ...seen() }
    } catch (error) {
      return { ended: 'error', ...seen(), error: messageOf(error) }
    }
  }

/** What `responses.stream()` has in both majors. */
interface Accumulating {
  on(event: string, listener: (event: { delta: string }) => void): unknown
  finalResponse(): Promise<{
    readonly status?: string | null
    readonly incomplete_details?: { readonly reason?: string } | null
    readonly output: readonly Item[]
  }>
}

const joined = (items: readonly Item[], type: string, read: (part: Part) => string | undefined) =>
  items
    .flatMap(({ content, summary }) => [...(content ?? []), ...(summary ?? [])])
    .map((part) => (part.type === type ? (read(part) ?? '') : ''))
    .join('')

/** `responses.stream().finalResponse()`: the SDK puts the response together; before a failure listeners saw the deltas. */
const finalResponse = (Constructor: OpenAIConstructor): Client['run'] =>
  async function run(baseURL, names): Promise<Outcome> {
    let [text, thinking, summary, refusal] = ['', '', '', '']
    try {
      const stream = connect(Constructor, baseURL).responses.stream(request(names)) as unknown as Accumulating
      stream.on('response.output_text.delta', ({ delta }) => {
        text += delta
      })
      stream.on('response.refusal.delta', ({ delta }) => {
        refusal += delta
      })
      stream.on('response.reasoning_text.delta', ({ delta }) => {
        thinking += delta
      })
      stream.on('response.reasoning_summary_text.delta', ({ delta }) => {
        summary += delta
      })
      const { status, incomplete_details: details, output } = await stream.finalResponse()
      const stopReason = status === 'incomplete' ? (details?.reason ?? status) : status
      return {
        // Whether it failed or was cut stands in `status` only, and who reads the output does not look there.
        ended: status === 'completed' || status === 'incomplete' ? 'success' : 'silent-truncation',
        text: joined(output, 'output_text', (part) => part.text),
        refusal: joined(output, 'refusal', (part) => part.refusal),
        thinking: joined(output, 'reasoning_text', (part) => part.text),
        summary: joined(output, 'summary_text', (part) => part.text),
        tools: output.flatMap(toolOf),
        ...(stopReason != null && { stopReason }),
        errorParts: [],
      }
    } catch (error) {
      return { ended: 'error', text, thinking, summary, refusal, tools: [], error: messageOf(error), errorParts: [] }
    }
  }

// Both majors have the same methods; only their private members tell their types apart.
const Constructor6 = OpenAI6 as unknown as OpenAIConstructor
const [version, version6] = [installedVersion('openai'), installedVersion('openai-6')]

export const openaiEvents: Client = {
  name: 'openai 7 create({ stream: true })',
  version,
  run: eventLoop(OpenAI),
}
export const openaiStream: Client = {
  name: 'openai 7 stream().finalResponse()',
  version,
  run: finalResponse(OpenAI),
}
export const openai6Events: Client = {
  name: 'openai 6 create({ stream: true })',
  version: version6,
  run: eventLoop(Constructor6),
}
export const openai6Stream: Client = {
  name: 'openai 6 stream().finalResponse()',
  version: version6,
  run: finalResponse(Constructor6),
}
