import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import type { EventFrame } from '../sse/frame.js'
import { isString } from './shapes.js'
import { madeFrame } from './writer.js'

/** The frames of the blocks that a message carries whole (45, 56), as a stream would have sent them. */
export function blockFrames(content: readonly unknown[], where: Where): EventFrame[] {
  return content.flatMap((block, index) => {
    const [start, deltas] = parted(block)
    return [
      frameOf({ type: 'content_block_start', index, content_block: start }, where),
      ...deltas.map((delta) => frameOf({ type: 'content_block_delta', index, delta }, where)),
      frameOf({ type: 'content_block_stop', index }, where),
    ]
  })
}

/** A whole block as an empty start and the deltas that fill it. */
function parted(block: unknown): [start: unknown, deltas: JsonObject[]] {
  if (!isJsonObject(block)) return [block, []]
  const { type, text, thinking, signature, input } = block
  if (type === 'text' && isString(text))
    return [{ ...block, text: '' }, text === '' ? [] : [{ type: 'text_delta', text }]]
  if (type === 'thinking' && isString(thinking)) {
    const deltas: JsonObject[] = thinking === '' ? [] : [{ type: 'thinking_delta', thinking }]
    if (isString(signature) && signature !== '') deltas.push({ type: 'signature_delta', signature })
    return [{ ...block, thinking: '', signature: '' }, deltas]
  }
  if (type === 'tool_use' && isJsonObject(input) && Object.keys(input).length > 0) {
    return [{ ...block, input: {} }, [{ type: 'input_json_delta', partial_json: JSON.stringify(input) }]]
  }
  return [block, []]
}

/**
 * The events that a whole Message stands for: what its JSON says once, as a stream would have said it (D-12, 45).
 *
 * @param message the Message, with its content an array.
 */
export function messageFrames(message: JsonObject, where: Where): EventFrame[] {
  const { usage, stop_reason: stopReason, stop_sequence: stopSequence } = message
  const content = Array.isArray(message['content']) ? message['content'] : []
  const start = { ...message, content: [], stop_reason: null, stop_sequence: null }
  const counted = isJsonObject(usage) ? { ...usage } : { output_tokens: 0 }
  return [
    frameOf({ type: 'message_start', message: start }, where),
    ...blockFrames(content, where),
    frameOf(
      {
        type: 'message_delta',
        delta: { stop_reason: stopReason ?? null, stop_sequence: stopSequence ?? null },
        usage: counted,
      },
      where,
    ),
    frameOf({ type: 'message_stop' }, where),
  ]
}

function frameOf(event: JsonObject & { readonly type: string }, where: Where): EventFrame {
  return madeFrame(event.type, JSON.stringify(event), event, where)
}
