import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import type { EventFrame } from '../sse/frame.js'
import type { Block } from './blocks.js'
import type { Context } from './context.js'
import type { ReadDelta } from './delta.js'
import { isString } from './shapes.js'

// What is odd and left alone: nothing here changes a byte or a verdict.

/** 48: a result whose call was never seen. */
export function observeStart(
  { reporter }: Context,
  where: Where,
  block: JsonObject,
  toolIds: ReadonlySet<string>,
): void {
  const { type, tool_use_id: id } = block
  if (!isString(type) || !type.endsWith('_tool_result')) return
  if (isString(id) && toolIds.has(id)) return
  reporter.observe('messages/server-tool-orphan-result', where, { path: 'content_block.tool_use_id' })
}

/** 49: a citation without the fields that its kind must have, and that cannot be made. */
export function observeCitation({ reporter }: Context, frame: EventFrame, read: ReadDelta): void {
  const delta = read.restated ?? (frame.value as JsonObject)['delta']
  const citation = isJsonObject(delta) ? delta['citation'] : undefined
  if (!isJsonObject(citation) || citation['type'] !== 'web_search_result_location') return
  if (isString(citation['encrypted_index']) && citation['title'] !== undefined) return
  reporter.observe('messages/citation-malformed', frame, { path: 'delta.citation' })
}

/** 57: counts deltas that come twice in a row. */
export function observeDoubling(block: Block, text: string): void {
  block.deltas++
  if (block.deltas % 2 === 0 && text !== '' && text === block.before) block.doubled++
  block.before = text
}

/** 10, 14, 19, 38, 57: what can be said of a block once it is whole. */
export function observeBlock({ reporter }: Context, block: Block, where: Where): void {
  if (block.family === 'thinking' && !block.signed) reporter.observe('messages/thinking-signature-missing', where)
  if (block.type === 'text' && !block.filled) reporter.observe('messages/empty-text-block', where)
  const { input } = block
  if (input !== undefined && input.status !== 'empty' && !input.isObject && block.placeholder === undefined) {
    reporter.observe('messages/first-delta-dropped', where)
  }
  if (input?.status === 'malformed') reporter.observe('messages/tool-args-bad-json', where)
  if (block.deltas >= 6 && block.doubled * 2 === block.deltas) reporter.observe('messages/content-doubled', where)
}
