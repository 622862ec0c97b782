import type { Protocol } from './types.js'

/** A JSON object as it came. */
export type JsonObject = { readonly [key: string]: unknown }

/** Tells a JSON object from every other value. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const messagesType = /^(?:message_(?:start|delta|stop)|content_block_(?:start|delta|stop)|message)$/

/**
 * Tells the protocol of an event from a `type` or `object` that only one of the three has.
 *
 * @returns undefined where the event could belong to any of them (`ping`, `error`, `[DONE]`).
 */
export function protocolOf(value: unknown): Protocol | undefined {
  if (!isJsonObject(value)) return undefined
  const { type, object } = value
  if (typeof type === 'string') {
    if (messagesType.test(type)) return 'messages'
    if (type.startsWith('response.')) return 'responses'
  }
  if (object === 'response') return 'responses'
  if (typeof object === 'string' && object.startsWith('chat.completion')) return 'chat'
  return Array.isArray(value['choices']) ? 'chat' : undefined
}
