import type { JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import type { EventFrame } from '../sse/frame.js'
import type { Block } from './block.js'
import type { Context } from './context.js'
import type { ReadDelta } from './delta.js'
import { deltaShape } from './shapes.js'

// What goes out of a block: its start, and its deltas.

/** Gives a tool an id where it has none, and one of its own where it shares one (36, AN-22). */
export function identify(context: Context, block: Block, ids: Set<unknown>, frame: EventFrame): void {
  const { reporter, messageId, writer } = context
  const { id: given } = block.block
  const missing = typeof given !== 'string' || given === ''
  let id = missing ? `toolu_${messageId.replace(/[^a-zA-Z0-9_-]/g, '')}_${writer.next}` : given
  while (ids.has(id)) id = `${id}_${writer.next}`
  ids.add(id)
  const detail = { path: 'content_block.id' }
  if (id !== given) {
    reporter.defect('messages/tool-id-bad', 'rewrote', frame, detail)
    block.block = { ...block.block, id }
  } else if (!/^[a-zA-Z0-9_-]+$/.test(id)) reporter.observe('messages/tool-id-bad', frame, detail)
}

/** Sends the start of a block that has something to say, or may be empty. */
export function beginBlock({ writer }: Context, block: Block): void {
  if (block.index >= 0 || block.start === undefined) return
  block.index = writer.openBlock(block.type)
  const value = block.start.value as JsonObject
  const restated = block.block === value['content_block'] ? undefined : { ...value, content_block: block.block }
  writer.send(block.start, 'content_block_start', block.index, restated)
}

/** Sends a delta of the upstream. */
export function sendDelta(context: Context, block: Block, frame: EventFrame, { type, text, delta }: ReadDelta): void {
  beginBlock(context, block)
  if (text !== '' && type !== 'thinking_delta') block.filled = true
  const value = frame.value as JsonObject
  const restated = delta === value['delta'] ? undefined : { ...value, delta }
  context.writer.send(frame, 'content_block_delta', block.index, restated)
}

/** Sends a delta of our making. */
function makeDelta(context: Context, block: Block, type: string, text: string, where: Where): void {
  beginBlock(context, block)
  if (type !== 'thinking_delta') block.filled = true
  const delta = { type, [deltaShape(type)?.field ?? '']: text }
  context.writer.make({ type: 'content_block_delta', index: block.index, delta }, where)
}

/** Sends text or thinking that came in a start as the delta it should have been (35). */
export function sendContent(context: Context, block: Block, content: string, where: Where): void {
  if (content !== '') makeDelta(context, block, `${block.family}_delta`, content, where)
}

/** A signature on a thinking delta is lost on every client: it leaves as a delta of its own (43). */
export function splitSignature(
  context: Context,
  block: Block,
  frame: EventFrame,
  read: ReadDelta,
  signature: string,
): void {
  context.reporter.defect('messages/signature-misplaced', 'moved', frame, { path: 'delta.signature' })
  const { signature: _, ...delta } = read.delta
  if (read.text !== '') sendDelta(context, block, frame, { ...read, delta })
  makeDelta(context, block, 'signature_delta', signature, frame)
}

/** Sends what came in a start and was not said by deltas (D-29, 43). */
export function payOwed(context: Context, block: Block, where: Where): void {
  if (block.owed === undefined || block.filled) return
  makeDelta(context, block, block.family === 'tool' ? 'input_json_delta' : 'signature_delta', block.owed, where)
  block.input?.feed(block.owed)
}
