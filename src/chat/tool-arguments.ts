import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { JsonScan } from '../sse/json-scan.js'
import type { Context } from './context.js'
import { Fingerprint } from './fingerprint.js'
import { addArguments, argsCode, isBlank, type ToolCall } from './tool-call.js'
import type { ToolCalls } from './tool-calls.js'
import type { ToolEntry } from './tool-entry.js'

// The arguments of calls (B08), and the `{}` that may stand in front of the real ones (D-63).

/** The whole call once more, which clients would append (B08). */
export function isRepeat(call: ToolCall, { args, name, id }: ToolEntry): boolean {
  if (args === undefined || args === '' || call.custom || !call.announced || call.scan.status !== 'whole') return false
  const again = name !== undefined || id !== undefined || args.length > 2 || !call.braces
  return again && call.scan.isObject && call.sent.matches(args) && !(call.braces && name === undefined)
}

/** Arguments for a call whose `{}` was taken for all of them, because something else came behind it. */
export function isTooLate(call: ToolCall, { args }: ToolEntry): boolean {
  return call.settled && !call.custom && !isBlank(args)
}

/** Adds what an entry says to the arguments of its call, and returns it. */
export function takeArguments(
  context: Context,
  { prefixed, braced }: ToolCalls,
  call: ToolCall,
  { args = '', id }: ToolEntry,
  where: Where,
): string {
  call.upstreamId ??= id
  if (args === '' || call.custom) {
    if (args !== '') call.sent.add(args)
    return args
  }
  if (call.braces && args.trim() !== '') {
    // D-63: `{}` was but the beginning.
    call.braces = false
    call.scan = new JsonScan()
    call.sent = new Fingerprint()
    if (call.announced) prefixed.push(call)
    else {
      context.reporter.defect(argsCode, 'dropped', where, { path: 'function.arguments' })
      takeParts(context, call)
    }
  }
  if (call.scan.status === 'empty' && args.trim() === '{}') {
    call.braces = true
    if (call.announced) braced.push(call)
  }
  addArguments(call, args)
  return args
}

/** What of a call's arguments waited, which is not kept any longer. */
export function takeParts({ held }: Context, { parts }: ToolCall): string {
  for (const part of parts) held.remove(part.length)
  return parts.splice(0).join('')
}

/** The entry with its arguments blank. */
export function withoutArguments(entry: JsonObject): JsonObject {
  return isJsonObject(entry['function']) ? { ...entry, function: { ...entry['function'], arguments: '' } } : entry
}
