import type { ChatRequest } from '../chat/options.js'
import type { Protocol } from '../defects/types.js'
import { toBytes } from '../sse/bytes.js'

/** What a message is made with. */
export interface MessageSource {
  readonly request: ChatRequest | undefined
  readonly newId: () => string
  readonly createdAt: number
}

/**
 * Makes a whole answer, as JSON, whose one text is a guardrail's words (D-74). The machine makes events of it, behind what of
 * an answer there was already (D-12).
 *
 * @returns an event of an upstream that had answered so.
 */
export function guardrailMessage(
  protocol: Protocol,
  text: string,
  { request, newId, createdAt }: MessageSource,
): Uint8Array {
  const id = newId()
  const role = 'assistant'
  const model = request?.model ?? 'unknown'
  const bodies = {
    messages: {
      id: `msg_${id}`,
      type: 'message',
      role,
      model,
      content: [{ type: 'text', text }],
      stop_reason: 'refusal',
      stop_sequence: null,
      usage: { input_tokens: 0, output_tokens: 0 },
    },
    responses: {
      id: `resp_${id}`,
      object: 'response',
      created_at: createdAt,
      model,
      status: 'incomplete',
      incomplete_details: { reason: 'content_filter' },
      output: [
        {
          type: 'message',
          id: `msg_${id}`,
          role,
          status: 'completed',
          content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
        },
      ],
      usage: null,
    },
    chat: {
      id: `chatcmpl-${id}`,
      object: 'chat.completion',
      created: createdAt,
      model,
      choices: [{ index: 0, message: { role, content: text }, finish_reason: 'content_filter' }],
    },
  }
  return toBytes(`data: ${JSON.stringify(bodies[protocol])}\n\n`)
}
