import type { ChatRequest } from '../chat/options.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Protocol } from '../defects/types.js'
import { emptySnapshot } from '../responses/shapes.js'
import { toBytes } from '../sse/bytes.js'
import { frameText } from '../sse/encode.js'

/** What a message is made with. */
export interface MessageSource {
  readonly request: ChatRequest | undefined
  readonly newId: () => string
  readonly createdAt: number
}

/**
 * Makes the rest of a whole answer whose one text is a guardrail's words (D-74).
 *
 * @param begun the first event of the answer, where it had begun: what it said is not said again.
 * @returns the bytes of an upstream that had sent it so.
 */
export function guardrailMessage(
  protocol: Protocol,
  text: string,
  begun: JsonObject | undefined,
  source: MessageSource,
): Uint8Array {
  if (protocol === 'messages') return toBytes(refusal(text, begun !== undefined, source))
  return toBytes(protocol === 'responses' ? incomplete(text, begun, source) : filtered(text, begun, source))
}

function refusal(text: string, begun: boolean, { request, newId }: MessageSource): string {
  const message = {
    id: `msg_${newId()}`,
    type: 'message',
    role: 'assistant',
    model: request?.model ?? 'unknown',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 0, output_tokens: 0 },
  }
  return framed([
    ...(begun ? [] : [{ type: 'message_start', message }]),
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'refusal', stop_sequence: null }, usage: { output_tokens: 0 } },
    { type: 'message_stop' },
  ])
}

function incomplete(text: string, begun: JsonObject | undefined, { request, newId, createdAt }: MessageSource): string {
  const made = emptySnapshot(`resp_${newId()}`, request?.model ?? '', createdAt)
  const response = isJsonObject(begun?.['response']) ? begun['response'] : made
  const item = { id: `msg_${newId()}`, type: 'message', role: 'assistant', status: 'completed' }
  const place = { item_id: item.id, output_index: 0, content_index: 0 }
  const part = { type: 'output_text', text, annotations: [], logprobs: [] }
  const whole = { ...item, content: [part] }
  const end = { status: 'incomplete', incomplete_details: { reason: 'content_filter' }, output: [whole], usage: null }
  const opening = begun === undefined || begun['type'] === 'keepalive'
  const events: JsonObject[] = [
    ...(opening ? [{ type: 'response.created', response }] : []),
    ...(begun?.['type'] === 'response.in_progress' ? [] : [{ type: 'response.in_progress', response }]),
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { ...item, status: 'in_progress', content: [] },
    },
    { type: 'response.content_part.added', ...place, part: { ...part, text: '' } },
    { type: 'response.output_text.delta', ...place, delta: text, logprobs: [] },
    { type: 'response.output_text.done', ...place, text, logprobs: [] },
    { type: 'response.content_part.done', ...place, part },
    { type: 'response.output_item.done', output_index: 0, item: whole },
    { type: 'response.incomplete', response: { ...response, ...end } },
  ]
  const last = begun?.['sequence_number']
  if (!opening && typeof last !== 'number') return framed(events)
  const first = typeof last === 'number' ? last + 1 : 0
  return framed(events.map((event, at) => ({ ...event, sequence_number: first + at })))
}

function filtered(text: string, begun: JsonObject | undefined, { request, newId, createdAt }: MessageSource): string {
  const { id = `chatcmpl-${newId()}`, created = createdAt, model = request?.model ?? '' } = begun ?? {}
  const chunk = (delta: JsonObject, finish_reason: string | null) => ({
    id,
    object: 'chat.completion.chunk',
    created,
    model,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
  })
  const role = begun === undefined || !hasRole(begun)
  const events = [chunk({ ...(role && { role: 'assistant' }), content: text }, null), chunk({}, 'content_filter')]
  return `${events.map((event) => frameText(undefined, JSON.stringify(event))).join('')}data: [DONE]\n\n`
}

function hasRole({ choices }: JsonObject): boolean {
  const [choice] = Array.isArray(choices) ? (choices as unknown[]) : []
  const delta = isJsonObject(choice) ? choice['delta'] : undefined
  return isJsonObject(delta) && typeof delta['role'] === 'string'
}

function framed(events: readonly JsonObject[]): string {
  return events.map((event) => frameText(String(event['type']), JSON.stringify(event))).join('')
}
