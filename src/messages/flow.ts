import type { EventFrame } from '../sse/frame.js'
import type { Context } from './context.js'
import { observeDoubling } from './observe.js'

/**
 * Sends a plain delta on where it is just what the open block takes and nothing waits: most of every stream.
 *
 * @returns false where it has to be looked at more closely; nothing has been done then.
 */
export function flow({ plain, turns, writer }: Context, frame: EventFrame): boolean {
  const { live } = turns
  if (live === undefined || live.index < 0 || live.heldStop !== undefined || !turns.free) return false
  if (!plain.recognises(frame.data) || plain.index !== live.key || plain.family !== live.family) return false
  const { index, input } = live
  if (input === undefined) {
    observeDoubling(live, plain.text)
    if (plain.text !== '' && plain.family === 'text') live.filled = true
  } else {
    // Only what is under way and cannot reach beyond the arguments is read on without a thought for what may stand behind.
    if (input.status !== 'cut') return false
    const fragment = plain.text.includes('\\') ? (JSON.parse(`"${plain.text}"`) as string) : plain.text
    const brace = fragment.indexOf('}')
    if (brace !== -1 && brace !== fragment.length - 1) return false
    input.feed(fragment)
  }
  writer.send(frame, 'content_block_delta', index, undefined, plain.numbered(frame.data, index))
  return true
}
