import OpenAI from 'openai'
import OpenAI6 from 'openai-6'
import { type Client, type Outcome, parsed, type ToolCall, toolCall } from '../outcome.js'
import { installedVersion } from '../version.js'
import { callsOf, type SentCall, SentChoices, type StreamEvent } from './stream-events.js'
import { messageOfThrown } from './thrown.js'

type OpenAIConstructor = typeof OpenAI

// 'off': the SDK logs a frame that it cannot parse, and the frames here are broken on purpose.
const connect = (Constructor: OpenAIConstructor, baseURL: string) =>
  new Constructor({ baseURL: `${baseURL}/v1`, apiKey: 'none', maxRetries: 0, logLevel: 'off' })

const request = (tools: readonly string[]) => ({
  model: 'gpt-test',
  messages: [{ role: 'user' as const, content: 'Hi' }],
  tools: tools.map((name) => ({ type: 'function' as const, function: { name, parameters: { type: 'object' } } })),
})

const prose = (choices: SentChoices, key: 'text' | 'thinking' | 'refusal') =>
  choices.inOrder.map((choice) => choice[key]).join('')

const proseOf = (choices: SentChoices) => ({
  text: prose(choices, 'text'),
  thinking: prose(choices, 'thinking'),
  refusal: prose(choices, 'refusal'),
})

function toolOf({ id, name, arguments: args, custom }: SentCall): ToolCall {
  return toolCall(id, name, custom ? args : args === '' ? {} : parsed(args))
}

/**
 * The chunks under a plain loop: text is printed as it comes, tools run when the loop is over, whatever the finish reason
 * says. The loop leaves failures to what the SDK throws, as most programs do.
 */
const chunkLoop = (Constructor: OpenAIConstructor): Client['run'] =>
  async function run(baseURL, names) {
    const choices = new SentChoices()
    try {
      const stream = await connect(Constructor, baseURL).chat.completions.create({ ...request(names), stream: true })
      for await (const chunk of stream) choices.add(chunk as StreamEvent)
    } catch (error) {
      return { ended: 'error', ...proseOf(choices), tools: [], error: messageOfThrown(error), errorParts: [] }
    }
    const stopReason = choices.inOrder[0]?.finishReason
    return {
      ended: stopReason === undefined ? 'silent-truncation' : 'success',
      ...proseOf(choices),
      tools: choices.inOrder.flatMap((choice) => callsOf(choice).map(toolOf)),
      ...(stopReason !== undefined && { stopReason }),
      errorParts: [],
    }
  }

/** What `chat.completions.stream()` has in both majors. */
interface Accumulating {
  on(event: 'chunk', listener: (chunk: StreamEvent) => void): unknown
  finalChatCompletion(): Promise<{ readonly choices: readonly FinalChoice[] }>
}
interface FinalChoice {
  readonly finish_reason?: string | null
  readonly message: {
    readonly content?: string | null
    readonly refusal?: string | null
    readonly tool_calls?: readonly FinalCall[] | null
  }
}
interface FinalCall {
  readonly id?: string
  readonly type?: string
  readonly function?: { readonly name?: string; readonly arguments?: string }
  readonly custom?: { readonly name?: string; readonly input?: string }
}

function finalToolOf({ id, type, function: called, custom }: FinalCall): ToolCall {
  const [name, args] = [called?.name ?? custom?.name ?? '', called?.arguments ?? custom?.input ?? '']
  return toolOf({ id, name, arguments: args, custom: type === 'custom' })
}

/**
 * `chat.completions.stream().finalChatCompletion()`: the SDK puts the answer together. Before a failure, and where a gateway
 * has fields that OpenAI has not, the program knows what its listeners saw.
 */
const finalCompletion = (Constructor: OpenAIConstructor): Client['run'] =>
  async function run(baseURL, names): Promise<Outcome> {
    const seen = new SentChoices()
    try {
      const stream = connect(Constructor, baseURL).chat.completions.stream(request(names)) as unknown as Accumulating
      stream.on('chunk', (chunk) => seen.watch(chunk))
      const { choices } = await stream.finalChatCompletion()
      const stopReason = choices[0]?.finish_reason
      return {
        ended: stopReason == null ? 'silent-truncation' : 'success',
        text: choices.map(({ message }) => message.content ?? '').join(''),
        thinking: prose(seen, 'thinking'),
        refusal: choices.map(({ message }) => message.refusal ?? '').join(''),
        tools: choices.flatMap(({ message }) => (message.tool_calls ?? []).map(finalToolOf)),
        ...(stopReason != null && { stopReason }),
        errorParts: [],
      }
    } catch (error) {
      return { ended: 'error', ...proseOf(seen), tools: [], error: messageOfThrown(error), errorParts: [] }
    }
  }

// Both majors have the same methods; only their private members tell their types apart.
const Constructor6 = OpenAI6 as unknown as OpenAIConstructor
const [version, version6] = [installedVersion('openai'), installedVersion('openai-6')]

export const openaiChunks: Client = {
  name: 'openai 7 create({ stream: true })',
  version,
  run: chunkLoop(OpenAI),
}
export const openaiStream: Client = {
  name: 'openai 7 stream().finalChatCompletion()',
  version,
  run: finalCompletion(OpenAI),
}
export const openai6Chunks: Client = {
  name: 'openai 6 create({ stream: true })',
  version: version6,
  run: chunkLoop(Constructor6),
}
export const openai6Stream: Client = {
  name: 'openai 6 stream().finalChatCompletion()',
  version: version6,
  run: finalCompletion(Constructor6),
}
