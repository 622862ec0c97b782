import { errorChunk } from '../chat/endings.js'
import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { isString, memberOf } from '../defects/shape.js'
import type { Protocol } from '../defects/types.js'
import { classify } from '../errors/classify.js'
import { type RecognisedError, recognise } from '../errors/recognise.js'
import type { UpstreamError } from '../errors/upstream-error.js'
import { errorEvent } from '../messages/endings.js'
import { errorFields } from '../responses/endings.js'
import { decode } from '../sse/decode.js'
import type { Frame } from '../sse/frame.js'
import { kindOfBody } from './sniff.js'

/** The longest text of a gateway that is passed on as its message. */
const longestText = 2000

/** What the body of an HTTP error says. */
export interface ErrorBody extends RecognisedError {
  /** The body is the protocol's own error already. */
  readonly proper: boolean
}

/** Reads the error out of the body of an HTTP error: JSON of any shape, an event stream, a page, plain text (R-E19 to R-E22). */
export function readErrorBody(body: Uint8Array, protocol: Protocol, status: number): ErrorBody {
  const text = new TextDecoder().decode(body).trim()
  const [value, framed] = objectIn(text, body)
  const found = value === undefined ? undefined : (recognise(undefined, value, '') ?? recognise('error', value, ''))
  const error = found?.error ?? {
    kind: 'server',
    type: '',
    code: '',
    message: sentenceOf(text, body, status),
  }
  const type = error.type === 'None' ? '' : error.type
  // The status of the response tells more than the words of a type, and less than the marks of a guardrail.
  const kind = error.kind === 'guardrail' ? error.kind : classify(type, error.code, status, [])
  return {
    shape: found?.shape ?? 'err-event-plain',
    error: { ...error, type, kind, status: error.status ?? status },
    proper: !framed && isProper(value, protocol),
  }
}

/** The JSON body of an HTTP error, as the protocol's own server writes it. */
export function errorBodyOf(error: UpstreamError, protocol: Protocol): JsonObject {
  if (protocol === 'messages') return errorEvent(error)
  return protocol === 'chat' ? errorChunk(error) : { error: { ...(errorFields(error)['error'] as JsonObject) } }
}

/**
 * The same error as an event of an upstream stream, which the machine words for its protocol.
 *
 * A guardrail that was told by the keys around its error gets a type that tells it.
 */
export function errorFrameOf(given: UpstreamError, protocol: Protocol): string {
  const error = given.kind === 'guardrail' ? { ...given, type: 'guardrail_violation', status: 400 } : given
  const { status, type, code, message, param, requestId: request_id } = error
  // On chat this shape is the canonical one and passes by its bytes.
  const event = protocol === 'chat' ? errorChunk(error) : { error: { message, type, code, param, status }, request_id }
  return `data: ${JSON.stringify(event)}\n\n`
}

/** The object in a body, and whether it stood in an event stream. */
function objectIn(text: string, body: Uint8Array): readonly [value: JsonObject | undefined, framed: boolean] {
  try {
    const value: unknown = JSON.parse(text)
    const [first] = Array.isArray(value) ? (value as unknown[]) : [value]
    return [isJsonObject(first) ? first : undefined, Array.isArray(value)]
  } catch {
    return [eventOf(body), true]
  }
}

/** The first event of an event stream that is an error, else its first. */
function eventOf(body: Uint8Array): JsonObject | undefined {
  const values: JsonObject[] = []
  let error: JsonObject | undefined
  const look = (frame: Frame) => {
    if (frame.kind === 'comment' || frame.body !== undefined) return
    if (isJsonObject(frame.value)) values.push(frame.value)
    if (recognise(frame.event, frame.value, frame.data) === undefined || error !== undefined) return
    error = isJsonObject(frame.value) ? frame.value : { error: { message: frame.data } }
  }
  const stage = decode()
  stage.push(body, look)
  stage.end('eof', look)
  return error ?? values[0]
}

/** What is said where a body is no JSON. A page says nothing; its status does. */
function sentenceOf(text: string, body: Uint8Array, status: number): string {
  if (text === '') return `The upstream answered with HTTP ${status} and an empty body.`
  const readable = kindOfBody(body) !== 'markup' && !text.includes('\uFFFD')
  if (!readable) return `The upstream answered with an HTML page (HTTP ${status}).`
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text
}

function isProper(value: JsonObject | undefined, protocol: Protocol): boolean {
  const error = memberOf(value, 'error')
  if (!isJsonObject(error) || !isString(error['message']) || error['message'] === '') return false
  const { type, code, param } = error
  if (protocol === 'messages') return value?.['type'] === 'error' && isString(type) && type !== ''
  return (
    isTextOrNothing(type) &&
    type !== 'None' &&
    isTextOrNothing(param) &&
    (typeof code === 'number' || isTextOrNothing(code))
  )
}

function isTextOrNothing(value: unknown): boolean {
  return value === undefined || value === null || isString(value)
}
