import type { JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import type { EventFrame } from '../sse/frame.js'
import { madeFrame } from './writer.js'

/** The blocks that a message carries whole (45, 56): what their starts hold is parted like that of any start. */
export function blockFrames(content: readonly unknown[], where: Where): EventFrame[] {
  return content.flatMap((block, index) => [
    madeFrame({ type: 'content_block_start', index, content_block: block }, where),
    madeFrame({ type: 'content_block_stop', index }, where),
  ])
}

/** The events that end a whole Message, and the one that begins it (D-12, 45). */
export function messageFrames(message: JsonObject, where: Where): { start: EventFrame; end: EventFrame[] } {
  const { usage, stop_reason = null, stop_sequence = null } = message
  const begun = { ...message, content: [], stop_reason: null, stop_sequence: null }
  const delta = { type: 'message_delta', delta: { stop_reason, stop_sequence }, usage: usage ?? { output_tokens: 0 } }
  return {
    start: madeFrame({ type: 'message_start', message: begun }, where),
    end: [madeFrame(delta, where), madeFrame({ type: 'message_stop' }, where)],
  }
}
