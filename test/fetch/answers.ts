import type { Protocol } from '../../src/index.js'
import * as chat from '../oracle/chat-streams.js'
import * as responses from '../oracle/responses-streams.js'
import { close, delta, message, open, say, start, textBlock } from '../oracle/streams.js'

/** What one protocol's upstream sends, the same answer in each. */
export interface Answers {
  readonly protocol: Protocol
  readonly path: string
  /** A whole stream that says the texts, one delta each. */
  stream(...texts: readonly string[]): string
  /** The beginning of such a stream, up to and with the texts. */
  begun(...texts: readonly string[]): string
  /** The events before any content. */
  readonly preamble: string
  /** The JSON body of an answer that is no stream. */
  whole(text: string): string
  /** How an answer ends that a guardrail's words were made into. */
  readonly blocked: string
  /** A proper JSON body of an HTTP error. */
  error(message: string): string
}

const item = (text: string) => ({
  type: 'message',
  id: 'msg_0',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
})

const openaiError = (message: string) =>
  JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code: null } })

export const answers: readonly Answers[] = [
  {
    protocol: 'messages',
    path: '/v1/messages',
    stream: (...texts) => message(open(0, textBlock) + texts.map((text) => delta(0, say(text))).join('') + close(0)),
    begun: (...texts) => start() + open(0, textBlock) + texts.map((text) => delta(0, say(text))).join(''),
    preamble: start(),
    whole: (text) =>
      JSON.stringify({
        id: 'msg_a',
        type: 'message',
        role: 'assistant',
        model: 'm',
        content: [{ type: 'text', text }],
        stop_reason: 'end_turn',
        stop_sequence: null,
        usage: { input_tokens: 3, output_tokens: 9 },
      }),
    blocked: 'refusal',
    error: (message) => JSON.stringify({ type: 'error', error: { type: 'invalid_request_error', message } }),
  },
  {
    protocol: 'responses',
    path: '/v1/responses',
    stream: (...texts) => responses.wire(responses.answer(responses.message(0, texts))),
    begun: (...texts) =>
      responses.wire([...responses.begun, ...responses.message(0, texts).events.slice(0, 2 + texts.length)]),
    preamble: responses.wire(responses.begun),
    whole: (text) => {
      const { response } = responses.completed([item(text)]) as unknown as { response: object }
      return JSON.stringify(response)
    },
    blocked: 'content_filter',
    error: openaiError,
  },
  {
    protocol: 'chat',
    path: '/v1/chat/completions',
    stream: (...texts) => chat.wire(chat.answer(...texts.map((text) => chat.text(text)))),
    begun: (...texts) => chat.frames([chat.start(), ...texts.map((text) => chat.text(text))]),
    preamble: chat.frames([chat.start()]),
    whole: (text) =>
      JSON.stringify({
        id: 'chatcmpl-a',
        object: 'chat.completion',
        created: 7,
        model: 'm',
        choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 },
      }),
    blocked: 'content_filter',
    error: openaiError,
  },
]

/** The request of a client that wants a stream. */
export function streaming(rest: RequestInit = {}, body: object = {}): RequestInit {
  return { method: 'POST', body: JSON.stringify({ model: 'm', stream: true, ...body }), ...rest }
}
