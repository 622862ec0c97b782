import { isJsonObject, type JsonObject, protocolOf } from '../defects/protocol.js'
import { recognise, saysError } from '../errors/recognise.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import { restatedFrame } from '../sse/made.js'
import type { Context } from './context.js'

/** An event of one content block. */
export type BlockMeaning = 'content_block_start' | 'content_block_delta' | 'content_block_stop'

/** What the upstream meant by a frame. */
export type Meaning =
  | BlockMeaning
  | 'message_start'
  | 'message_delta'
  | 'message_stop'
  | 'ping'
  /** An event of this protocol that is newer than we are (AN-18). */
  | 'newer'
  /** An event that is not of this protocol and carries nothing of the message (22). */
  | 'foreign'
  /** A whole Message in one frame (45). */
  | 'message'
  /** `[DONE]` (18). */
  | 'done'
  | 'error'
  /** Content with an error beside it (D-6). */
  | 'content and error'
  /** A normal event with an `error` key that says nothing (D-6). */
  | 'null error'
  /** A frame of another protocol (46). */
  | 'other protocol'
  /** Data that is no JSON and no error. */
  | 'broken'
  /** What is left of a frame in which the stream ended. */
  | 'cut'
  | 'not a stream'
  | 'comment'

const known = new Set<string>([
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
  'ping',
])

/** The type of an event: the one it names, else the name of its `event:` line where that is one of ours (23). */
export function typeOf(frame: EventFrame): string | undefined {
  const { value } = frame
  if (!isJsonObject(value)) return undefined
  if (typeof value['type'] === 'string') return value['type']
  return frame.event !== undefined && known.has(frame.event) ? frame.event : undefined
}

/** The event with the type that only its `event:` line names (23). */
export function typed({ reporter, writer }: Context, frame: EventFrame): EventFrame {
  const type = typeOf(frame)
  const value = frame.value as JsonObject
  if (type === undefined || value['type'] === type) return frame
  reporter.defect('messages/required-field-omitted', 'rewrote', frame, { path: 'type' })
  return writer.tooDeepToWrite(frame) ? frame : restatedFrame(frame, { ...value, type })
}

/** Reads what the upstream meant by a frame. */
export function meaningOf(frame: Frame): Meaning {
  if (frame.kind === 'comment') return 'comment'
  const { value } = frame
  if (frame.cut) return frame.body === 'text' ? 'not a stream' : 'cut'
  if (!isJsonObject(value)) {
    if (value !== undefined) return 'broken'
    if (frame.data === '[DONE]') return 'done'
    return frame.event === 'error' ? 'error' : 'broken'
  }
  const type = typeOf(frame)
  const says = saysError(value['error'])
  if (type !== undefined && known.has(type)) {
    if ('error' in value) return says ? 'content and error' : 'null error'
    // An event that the `event:` line calls an error is one only where it also reads like one.
    const error = frame.event === 'error' && value['message'] !== undefined
    return error && type !== 'ping' && type !== 'message_start' ? 'error' : (type as Meaning)
  }
  if (type === 'message' && Array.isArray(value['content'])) return 'message'
  if (type?.startsWith('message_') || type?.startsWith('content_block_')) return says ? 'error' : 'newer'
  if (recognise(frame.event, value, frame.data) !== undefined) return 'error'
  const protocol = protocolOf(value)
  return protocol !== undefined && protocol !== 'messages' ? 'other protocol' : 'foreign'
}
