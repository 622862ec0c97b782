import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import type { Where } from '../defects/reporter.js'
import { isString } from '../defects/shape.js'
import type { Context } from './context.js'
import { takeParts } from './tool-arguments.js'
import { argsCode, idCode, nameCode, type ToolCall, typeCode } from './tool-call.js'
import type { ToolCalls } from './tool-calls.js'
import type { ToolEntry } from './tool-entry.js'
import { isPartlyNamed } from './tool-names.js'

// What goes out of a call: its first delta with id, type and name (CH-8), later ones with arguments alone (CH-9).

/** The first delta of a call, once it has a name and no call before it waits for one; until then its arguments wait. */
export function announce(
  context: Context,
  tools: ToolCalls,
  call: ToolCall,
  entry: JsonObject,
  args: string,
  where: Where,
): JsonObject | undefined {
  const { reporter, held } = context
  if (call.name === undefined || isPartlyNamed(context, call) || tools.lowestWaiting !== call) {
    reporter.defect(nameCode, 'moved', where, { path: 'function.name' })
    call.parts.push(args)
    held.add(args.length)
    return undefined
  }
  const waited = call.parts.length > 0
  const field = call.custom ? 'custom' : 'function'
  const member = call.custom ? 'input' : 'arguments'
  const inner = isJsonObject(entry[field]) ? entry[field] : {}
  const whole = release(context, tools, call) + args
  identify(context, tools, call, where, typeof entry['id'] === 'number')
  if (!call.typed) context.rewrote(typeCode, where, 'type', entry['type'], field)
  if (inner['name'] !== undefined && !isString(inner['name'])) {
    context.rewrote(nameCode, where, `${field}.name`, inner['name'], 'string')
  }
  if (!waited && !isString(inner[member])) {
    context.rewrote(argsCode, where, `${field}.${member}`, inner[member], 'string')
  }
  const same = entry['index'] === call.index && entry['id'] === call.id && entry['type'] === field
  if (same && inner['name'] === call.name && inner[member] === whole) return entry
  return firstDelta(call, whole, entry, inner)
}

/**
 * The first deltas of calls that wait and need not any more.
 *
 * @param last nothing more will come: the beginning of a name is a name (D-62).
 */
export function announceWaiting(context: Context, tools: ToolCalls, where: Where, last: boolean): JsonObject[] {
  const released: JsonObject[] = []
  for (const call of tools.all) {
    if (call.announced) continue
    if (call.name === undefined || (!last && isPartlyNamed(context, call))) break
    const args = release(context, tools, call)
    identify(context, tools, call, where)
    if (!call.typed) context.reporter.defect(typeCode, 'rewrote', where, { path: 'type' })
    released.push(firstDelta(call, args))
  }
  return released
}

function release(context: Context, { braced }: ToolCalls, call: ToolCall): string {
  call.announced = true
  if (call.braces) braced.push(call)
  return takeParts(context, call)
}

function firstDelta(call: ToolCall, args: string, entry: JsonObject = {}, inner: JsonObject = {}): JsonObject {
  const { index, id, custom, name } = call
  const said = custom ? { name, input: args } : { name, arguments: args }
  const field = custom ? 'custom' : 'function'
  const { [custom ? 'function' : 'custom']: _, ...rest } = entry
  return { ...rest, index, id, type: field, [field]: { ...inner, ...said } }
}

/** Gives a call its id downstream: its own, else one derived from its place (B03). Two calls never share one. */
export function identify(
  { reporter, envelope }: Context,
  { all, choice }: ToolCalls,
  call: ToolCall,
  where: Where,
  numeric = false,
): void {
  const own = call.upstreamId
  let id = own ?? `call_${envelope.identity.replace(/^chatcmpl-/, '')}_${choice}_${call.index}`
  const isTaken = (other: ToolCall): boolean => other !== call && other.id === id
  while (all.some(isTaken)) id += `_${call.index}`
  if (own !== id || numeric) reporter.defect(idCode, 'rewrote', where, { path: 'id', wanted: 'string' })
  call.id = id
}

/** A later delta of a call: index and arguments, nothing else that contradicts the first (CH-9). */
export function continued(
  context: Context,
  call: ToolCall,
  entry: JsonObject,
  read: ToolEntry,
  args: string,
  where: Where,
): JsonObject {
  const { reporter } = context
  const field = call.custom ? 'custom' : 'function'
  const member = call.custom ? 'input' : 'arguments'
  let { id, type } = entry
  const strange = call.custom ? 'function' : 'custom'
  const { index, id: _id, type: _type, [strange]: _strange, ...rest } = entry
  const inner = rest[field]
  let same = index === call.index
  if (strange in entry) {
    // A call is of one kind to its end, and so are its deltas.
    reporter.defect(argsCode, 'rewrote', where, { path: strange, wanted: field })
    same = false
  }
  if ('id' in entry && id !== call.id) {
    context.rewrote(idCode, where, 'id', id)
    id = undefined
    same = false
  }
  if ('type' in entry && type !== field) {
    context.rewrote(typeCode, where, 'type', type)
    type = undefined
    same = false
  }
  let said = isJsonObject(inner) ? inner : undefined
  if (said === undefined && field in entry) {
    context.rewrote(argsCode, where, field, inner)
    same = false
  }
  if (said !== undefined && 'name' in said) {
    const { name, ...others } = said
    // D-62: it has gone out under its first name.
    if (read.name !== undefined && read.name !== call.name) context.lose(nameCode, where, 'function.name')
    else context.rewrote(nameCode, where, `${field}.name`, name)
    said = others
    same = false
  }
  if (said !== undefined && member in said && said[member] !== args) {
    context.rewrote(argsCode, where, `${field}.${member}`, said[member], 'string')
    said = { ...said, [member]: args }
    same = false
  }
  if (same) return entry
  const { [field]: _, ...others } = rest
  return {
    index: call.index,
    ...(id !== undefined && { id }),
    ...(type !== undefined && { type }),
    ...others,
    [field]: said ?? { [member]: args },
  }
}
