import { isJsonObject, protocolOf } from '../defects/protocol.js'
import { recognise, saysError } from '../errors/recognise.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import { restatedFrame } from '../sse/made.js'
import type { Context } from './context.js'
import { statusOf } from './shapes.js'

/** What the upstream meant by a frame. */
export type Meaning =
  /** `response.created`, `response.queued`, `response.in_progress`. */
  | 'opening'
  /** `response.completed`, `response.incomplete`, and names that gateways give them (A20). */
  | 'terminal'
  | 'response.failed'
  | 'item'
  /** An event of this protocol that is no item's, or is newer than we are; `keepalive` too. */
  | 'newer'
  /** An event that is not of this protocol and carries nothing of the response (D-51). */
  | 'foreign'
  /** A whole Response in one frame (A26). */
  | 'response'
  | 'done'
  | 'error'
  /** A normal event with an `error` key that says nothing (D-6). */
  | 'null error'
  /** Content with an error beside it (D-6). */
  | 'content and error'
  | 'other protocol'
  | 'broken'
  | 'cut'
  | 'not a stream'
  | 'comment'

/** Terminals by other names: the Realtime one, and one that no schema knows (A20). */
const aliases = new Set(['response.done', 'response.cancelled'])

/** The type of an event: the one it names, else the name of its `event:` line (A13). */
export function typeOf(frame: EventFrame): string | undefined {
  const { value } = frame
  if (!isJsonObject(value)) return undefined
  if (typeof value['type'] === 'string' && value['type'] !== '') return value['type']
  return frame.event?.startsWith('response.') ? frame.event : undefined
}

/** The event with the type that only its `event:` line names (A13). */
export function typed({ reporter, writer }: Context, frame: EventFrame): EventFrame {
  const type = typeOf(frame)
  const { value } = frame
  if (type === undefined || !isJsonObject(value) || value['type'] === type) return frame
  reporter.defect('responses/fields-missing-in-lifecycle', 'rewrote', frame, { path: 'type' })
  const { type: _, ...rest } = value
  return writer.tooDeepToWrite(frame) ? frame : restatedFrame(frame, { type, ...rest })
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
  if (type?.startsWith('response.')) {
    if (type === 'response.failed') return type
    // A snapshot that is not wrapped has an `error` of its own (A13).
    const bare = statusOf.has(type) && value['response'] === undefined
    if ('error' in value && !bare) return saysError(value['error']) ? 'content and error' : 'null error'
    return ofType(type)
  }
  if (type === 'keepalive') {
    if (!('error' in value)) return 'newer'
    return saysError(value['error']) ? 'content and error' : 'null error'
  }
  if (value['object'] === 'response' && value['type'] === undefined) return 'response'
  if (recognise(frame.event, value, frame.data) !== undefined) return 'error'
  const protocol = protocolOf(value)
  return protocol !== undefined && protocol !== 'responses' ? 'other protocol' : 'foreign'
}

/** What an event of this protocol means by its type. */
export function ofType(type: string): Meaning {
  if (type === 'keepalive') return 'newer'
  if (type === 'response.completed' || type === 'response.incomplete' || aliases.has(type)) return 'terminal'
  return statusOf.has(type) ? 'opening' : 'item'
}

/** The text of a delta, which some gateways wrap in an object (A22). */
export function unwrapped(delta: unknown): unknown {
  return isJsonObject(delta) ? (delta['text'] ?? delta['content'] ?? delta['value'] ?? delta['delta']) : delta
}
