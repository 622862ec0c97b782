import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { memberOf } from '../defects/shape.js'
import type { MadeEvent } from '../sse/made.js'

// A message, or blocks, that came whole in one frame (45, 56), as the events that they should have come as.

/** What a message holds before anything of it was said. */
const unsaid = { content: [], stop_reason: null, stop_sequence: null }

/** The message as a `message_start` opens it. */
export function emptied(message: JsonObject): JsonObject {
  return { ...message, ...unsaid }
}

/** The blocks: what their starts hold is parted like that of any start. */
export function blockEvents(content: readonly unknown[]): MadeEvent[] {
  return content.flatMap((block, index) => [
    { type: 'content_block_start', index, content_block: block },
    { type: 'content_block_stop', index },
  ])
}

/** What ends a message. */
export function endEvents({ usage, stop_reason = null, stop_sequence = null }: JsonObject): MadeEvent[] {
  return [{ type: 'message_delta', delta: { stop_reason, stop_sequence }, usage }, { type: 'message_stop' }]
}

/** A call as Anthropic itself sends it in a `message_start`. */
export function isWholeCall(block: unknown): boolean {
  const named = [memberOf(block, 'id'), memberOf(block, 'name')].every(
    (word) => typeof word === 'string' && word !== '',
  )
  return memberOf(block, 'type') === 'tool_use' && named && isJsonObject(memberOf(block, 'input'))
}
