import type { JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import type { Context } from './context.js'
import { idCode, indexCode, nameCode, type ToolCall, typeCode } from './tool-call.js'
import type { ToolCalls } from './tool-calls.js'
import type { ToolEntry } from './tool-entry.js'
import { identify } from './tool-output.js'

// Calls of a type that is newer than we are: they pass in their place.

/** The entry that begins such a call, as it must be sent. */
export function beginNewer(
  context: Context,
  tools: ToolCalls,
  read: ToolEntry,
  type: string,
  entry: JsonObject,
  where: Where,
): JsonObject | undefined {
  if (tools.waiting.length > 0) {
    // It cannot be begun before a call that has no name yet.
    context.lose(nameCode, where, 'delta.tool_calls')
    return undefined
  }
  const call = tools.begin({ ...read, custom: true }, type)
  call.announced = true
  identify(context, tools, call, where, typeof entry['id'] === 'number')
  const placed = inPlace(context, call, entry, where)
  return placed['id'] === call.id ? placed : { ...placed, id: call.id }
}

/** A later entry of such a call. */
export function continueNewer(context: Context, call: ToolCall, entry: JsonObject, where: Where): JsonObject {
  let same = inPlace(context, call, entry, where)
  if ('id' in entry && entry['id'] !== call.id) {
    context.rewrote(idCode, where, 'id', entry['id'])
    const { id: _, ...rest } = same
    same = rest
  }
  if ('type' in entry && entry['type'] !== call.newer) {
    context.rewrote(typeCode, where, 'type', entry['type'])
    const { type: _, ...rest } = same
    same = rest
  }
  return same
}

function inPlace(context: Context, { index }: ToolCall, entry: JsonObject, where: Where): JsonObject {
  if (entry['index'] === index) return entry
  context.rewrote(indexCode, where, 'index', entry['index'], 'dense integer')
  return { ...entry, index }
}
