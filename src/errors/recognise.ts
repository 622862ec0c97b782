import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { classify } from './classify.js'
import type { UpstreamError } from './upstream-error.js'

/** The shapes in which gateways send errors inside a stream, by the names of the catalogue (openai.md E.1, E.3). */
export type ErrorShape =
  | 'err-anthropic'
  | 'err-flat'
  | 'err-chat'
  | 'err-string'
  | 'err-detail'
  | 'err-vllm-obj'
  | 'err-message-only'
  | 'err-event-object'
  | 'err-event-plain'

/** An error frame that was understood. */
export interface RecognisedError {
  readonly shape: ErrorShape
  readonly error: UpstreamError
}

/** What is said for an error that brought no words. */
export const noMessage = 'The upstream reported an error without a message.'
/** The keys that an object may have and still be nothing but an error message. */
const messageKeys = new Set([
  'message',
  'code',
  'type',
  'status',
  'status_code',
  'param',
  'request_id',
  'details',
  'success',
])

/**
 * Reads an error out of an event, whatever its shape.
 *
 * @param event the `event:` field of the frame.
 * @param value the JSON of its data, undefined where the data is plain text.
 * @param data the data itself.
 * @returns undefined where the event is no error. An `error` key that is null or empty makes none (D-6).
 * @example
 * recognise(undefined, { error: { message: 'Blocked', code: 400 } }, '…')?.error.kind // 'invalid-request'
 */
export function recognise(event: string | undefined, value: unknown, data: string): RecognisedError | undefined {
  if (!isJsonObject(value)) {
    if (event !== 'error' || value !== undefined) return undefined
    return { shape: 'err-event-plain', error: read({ message: data }, {}) }
  }
  const { error, type, message, error_message: words, error_type: kind, detail } = value
  const keys = Object.keys(value)
  const found = (shape: ErrorShape, said: JsonObject, around: JsonObject = {}) => ({ shape, error: read(said, around) })
  if (isJsonObject(error) && saysError(error)) {
    return found(type === 'error' ? 'err-anthropic' : 'err-chat', error, value)
  }
  if (typeof error === 'string' && error !== '') return found('err-string', { message: error }, value)
  if (error === true) return found('err-message-only', value)
  if (type === 'error') {
    return isJsonObject(message) ? found('err-flat', message, value) : found('err-flat', { ...value, type: '' })
  }
  if (value['object'] === 'error') return found('err-vllm-obj', value)
  if (event === 'error') return found('err-event-object', value)
  if (typeof words === 'string') return found('err-message-only', { message: words, type: kind }, value)
  if (detail !== undefined && keys.length <= 2) return found('err-detail', { message: detail }, value)
  if (typeof message === 'string' && keys.every((key) => messageKeys.has(key))) return found('err-message-only', value)
  return undefined
}

/** Whether an `error` key says something. */
export function saysError(error: unknown): boolean {
  if (error === undefined || error === null || error === '' || error === false) return false
  return !isJsonObject(error) || Object.keys(error).length > 0
}

function read(error: JsonObject, around: JsonObject): UpstreamError {
  const type = textOf(error['type'])
  const code = textOf(error['code']) || textOf(around['code'])
  const status = statusOf(error) ?? statusOf(around)
  const param = textOf(error['param'])
  const requestId = textOf(around['request_id']) || textOf(error['request_id'])
  const retryAfter = error['retry_after'] ?? around['retry_after']
  return {
    kind: classify(type, code, status, [around, error, error['message']]),
    ...(status && { status }),
    type,
    code,
    message: messageOf(error['message'] ?? error['detail'] ?? error['error']) ?? noMessage,
    ...(param && { param }),
    ...(requestId && { requestId }),
    ...(typeof retryAfter === 'number' && { retryAfter }),
  }
}

/** The words of a message that may be a text, an object around one, or a list of them (FastAPI). */
function messageOf(message: unknown, depth = 0): string | undefined {
  if (typeof message === 'string') return message.trim() === '' ? undefined : message
  if (depth > 4) return undefined
  if (Array.isArray(message)) {
    const words = message.map((part) => messageOf(part, depth + 1)).filter((part) => part !== undefined)
    return words.length === 0 ? undefined : words.join('; ')
  }
  if (!isJsonObject(message)) return undefined
  for (const key of ['message', 'error', 'msg', 'detail', 'reason', 'description']) {
    const words = messageOf(message[key], depth + 1)
    if (words !== undefined) return words
  }
  return undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

/** The HTTP status among the keys that gateways put it in. */
function statusOf(object: JsonObject): number | undefined {
  for (const key of ['status', 'status_code', 'http_status_code', 'code']) {
    const status = object[key]
    if (/^[45]\d\d$/.test(textOf(status))) return Number(status)
  }
  return undefined
}
