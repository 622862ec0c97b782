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

const noMessage = 'The upstream reported an error without a message.'
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
  const { error } = value
  if (isJsonObject(error) && Object.keys(error).length > 0) {
    return { shape: value['type'] === 'error' ? 'err-anthropic' : 'err-chat', error: read(error, value) }
  }
  if (typeof error === 'string' && error !== '') return { shape: 'err-string', error: read({ message: error }, value) }
  if (error === true) return { shape: 'err-message-only', error: read(value, {}) }
  if (value['type'] === 'error') {
    const { message } = value
    return { shape: 'err-flat', error: isJsonObject(message) ? read(message, value) : read({ ...value, type: '' }, {}) }
  }
  if (value['object'] === 'error') return { shape: 'err-vllm-obj', error: read(value, {}) }
  if (event === 'error') return { shape: 'err-event-object', error: read(value, {}) }
  if (typeof value['error_message'] === 'string') {
    const { error_message: message, error_type: type } = value
    return { shape: 'err-message-only', error: read({ message, type }, value) }
  }
  if (value['detail'] !== undefined && Object.keys(value).length <= 2) {
    return { shape: 'err-detail', error: read({ message: value['detail'] }, value) }
  }
  if (typeof value['message'] === 'string' && Object.keys(value).every((key) => messageKeys.has(key))) {
    return { shape: 'err-message-only', error: read(value, {}) }
  }
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
  const status = statusOf([
    error['status'],
    error['status_code'],
    error['http_status_code'],
    error['code'],
    around['status'],
    around['code'],
  ])
  const param = textOf(error['param'])
  const requestId = textOf(around['request_id']) || textOf(error['request_id'])
  const retryAfter = error['retry_after'] ?? around['retry_after']
  return {
    kind: classify(type, code, status, [around, error, error['message']]),
    ...(status === undefined ? {} : { status }),
    type,
    code,
    message: messageOf(error['message'] ?? error['detail'] ?? error['error']) ?? noMessage,
    ...(param === '' ? {} : { param }),
    ...(requestId === '' ? {} : { requestId }),
    ...(typeof retryAfter === 'number' ? { retryAfter } : {}),
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

function statusOf(candidates: readonly unknown[]): number | undefined {
  for (const candidate of candidates) {
    const status = typeof candidate === 'string' && /^\d{3}$/.test(candidate) ? Number(candidate) : candidate
    if (typeof status === 'number' && Number.isInteger(status) && status >= 400 && status < 600) return status
  }
  return undefined
}
