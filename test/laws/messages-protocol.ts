import { createPipeline } from '../../src/index.js'
import { judge } from '../oracle/index.js'
import { messagesStreams } from './arbitraries/messages.js'
import { messagesDamages, messagesLossless } from './arbitraries/messages-damage.js'
import { messagesEnding, messagesFirstHeld } from './messages-reading.js'
import type { JsonObject, LawProtocol, Unit } from './protocol.js'

/** `/v1/messages` as the laws see it. */
export const messages: LawProtocol = {
  name: 'messages',
  createPipeline: (options) => createPipeline({ protocol: 'messages', ...options }),
  judge: (bytes) => judge('messages', bytes),
  streams: messagesStreams,
  damages: messagesDamages,
  losslessDamages: messagesLossless,
  foreignNames: ['message', 'content_block_delta', 'error', 'done', 'ping', 'vertex_event', ''],
  otherTypes: ['ping', 'message_start', 'content_block_stop', 'message_delta', 'message_stop', 'error', 'x_other', ''],
  nestingFields: ['delta', 'error', 'message'],
  foreignEvents: [
    { error: { message: 'quota used up', type: 'insufficient_quota', param: null, code: '429' } },
    { error: 'bad gateway' },
    { detail: 'not allowed' },
    { type: 'error', message: 'flat' },
    { object: 'error', message: 'engine died', type: 'InternalServerError', code: 500 },
    { id: 'chatcmpl-1', object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'other' } }] },
    { type: 'response.created', sequence_number: 0, response: { id: 'resp_1', output: [] } },
    { type: 'vertex_event', usage: {} },
    {
      type: 'message',
      id: 'msg_9',
      role: 'assistant',
      content: [{ type: 'text', text: 'all at once' }],
      stop_reason: 'end_turn',
    },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'stray' } },
    {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'tool_use', id: 'toolu_0', name: 'again', input: {} },
    },
    { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 0 } },
    { type: 'ping', error: null },
    'gateway timeout',
    '{"error":{"message":"cut',
  ],
  endingAfter: messagesEnding,
  firstHeld: messagesFirstHeld,
  units,
  placeOf: (data) => (data as { index?: unknown }).index,
  endsContent,
  smallLimits: [
    { maxFrameBytes: 64 },
    { maxFrameBytes: 220 },
    { maxHeldBytes: 60 },
    { maxHeldFrames: 1 },
    { maxOpenBlocks: 1 },
    { maxDepth: 3 },
    { maxFrameBytes: 400, maxHeldBytes: 300, maxHeldFrames: 2, maxOpenBlocks: 2, maxDepth: 4 },
  ],
}

const kindOf: Readonly<Record<string, readonly [Unit['kind'], string]>> = {
  text_delta: ['text', 'text'],
  thinking_delta: ['thinking', 'thinking'],
  input_json_delta: ['arguments', 'partial_json'],
  signature_delta: ['signature', 'signature'],
}

/** What one event says: its delta, or what its start carries. */
function units(data: unknown): readonly Unit[] {
  if (!isObject(data)) return []
  const { delta, content_block: block } = data as { delta?: unknown; content_block?: unknown }
  if (data['type'] === 'content_block_delta' && isObject(delta)) {
    const [kind, field] = kindOf[typeOf(delta)] ?? []
    const value = field === undefined ? undefined : delta[field]
    return kind !== undefined && typeof value === 'string' ? [{ kind, value }] : []
  }
  if (data['type'] !== 'content_block_start' || !isObject(block)) return []
  const fields = [
    ['text', block['text']],
    ['thinking', block['thinking']],
    ['signature', block['signature']],
  ] as const
  const named = String(block['type']).endsWith('tool_use') ? [['name', block['name']] as const] : []
  return [...fields, ...named].flatMap(([kind, value]) => (typeof value === 'string' && value ? [{ kind, value }] : []))
}

/** The type of a delta; where it names none, the one that its only field tells. */
function typeOf(delta: object): string {
  const { type } = delta as { type?: unknown }
  if (typeof type === 'string' && type !== '') return type
  const said = Object.entries({ ...kindOf, citations_delta: ['citation', 'citation'] }).filter(([, [, field = '']]) =>
    isPresent((delta as JsonObject)[field]),
  )
  return said.length === 1 ? (said[0]?.[0] ?? '') : ''
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null
}

/** A terminal, an error of any shape, or a whole Message, which is expanded with its own ending. */
function endsContent(data: unknown): boolean {
  return isObject(data) && (['message_stop', 'error', 'message'].includes(String(data['type'])) || 'error' in data)
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
