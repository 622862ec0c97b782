import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { isString } from '../defects/shape.js'
import type { Block } from './block.js'
import type { Context } from './context.js'

// What is odd and left alone: nothing here changes a byte or a verdict.

/** 48: a result whose call was never seen. */
export function observeStart({ reporter }: Context, where: Where, block: JsonObject, toolIds: Set<unknown>): void {
  const { type, tool_use_id: id } = block
  if (!isString(type) || !type.endsWith('_tool_result') || toolIds.has(id)) return
  reporter.observe('messages/server-tool-orphan-result', where, { path: 'content_block.tool_use_id' })
}

/** 49: a citation without the fields that its kind must have, and that cannot be made. */
export function observeCitation({ reporter }: Context, where: Where, { citation }: JsonObject): void {
  if (!isJsonObject(citation) || citation['type'] !== 'web_search_result_location') return
  if (isString(citation['encrypted_index']) && citation['title'] !== undefined) return
  reporter.observe('messages/citation-malformed', where, { path: 'delta.citation' })
}

/** 57: counts deltas that come twice in a row. */
export function observeDoubling(block: Block, text: string): void {
  block.deltas++
  if (block.deltas % 2 === 0 && text !== '' && text === block.before) block.doubled++
  block.before = text
}

/** 10, 14, 19, 38, 57: what can be said of a block once it is whole. */
export function observeBlock({ reporter }: Context, block: Block, where: Where): void {
  const { family, type, filled, input, deltas, doubled } = block
  if (family === 'thinking' && !filled) reporter.observe('messages/thinking-signature-missing', where)
  if (type === 'text' && !filled) reporter.observe('messages/empty-text-block', where)
  if (input !== undefined && input.status !== 'empty' && !input.isObject)
    reporter.observe('messages/first-delta-dropped', where)
  if (input?.status === 'malformed') reporter.observe('messages/tool-args-bad-json', where)
  if (deltas >= 6 && doubled * 2 === deltas) reporter.observe('messages/content-doubled', where)
}
