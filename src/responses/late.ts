import type { JsonObject } from '../defects/protocol.js'
import { isString, memberOf } from '../defects/shape.js'
import type { Item } from './item.js'
import { channels, type PartKind, type Route } from './item-types.js'
import { textOf } from './shapes.js'
import { isCall, type ToolCalls } from './tool-calls.js'

/** Whether a done item already has what comes late for it (D-46). */
export function hasAlready(
  calls: ToolCalls,
  item: Item,
  { step }: Route,
  kind: PartKind | undefined,
  value: JsonObject,
): boolean {
  if (step === 'other' || step === 'part added' || step === 'annotation') return true
  const part = kind === undefined ? undefined : value['part']
  const field = kind === undefined ? item.call?.field : channels[kind].field
  const said = step === 'delta' ? value['delta'] : field && memberOf(part ?? value, field)
  if (!isString(said) || said === '') return true
  if (kind === undefined) return !isCall(item) || calls.hasAlready(item, said, step)
  const parts = item.parts(kind).filter((other) => other.kind === kind)
  if (step !== 'delta') return parts.some((other) => other.text === said)
  const repeated = parts.find(({ text, again }) => text !== '' && (text.startsWith(said, again) || text.endsWith(said)))
  if (repeated !== undefined) repeated.again += said.length
  return repeated !== undefined
}

/** Whether a done says more than the item that it repeats (D-46). */
export function hasMore(given: JsonObject, known: JsonObject): boolean {
  return textOf(given) !== '' && !textOf(known).includes(textOf(given))
}
