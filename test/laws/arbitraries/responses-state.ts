import type { Json } from '../stream-event.js'
import type { WholeStreamDamage } from './damage.js'
import { at, type Draft, typeOf } from './draft.js'

// What still holds in a list that other damage may have been done to. Damage that is to lose nothing asks here whether what it
// is about to take away is still told by something else.

/** The damage, undone where it would take the last copy of some content, name or call away. */
export function keeping(damage: WholeStreamDamage): WholeStreamDamage {
  return (list, choice) => {
    const after = damage(list, choice)
    const left = told(after)
    return [...told(list)].every((thing) => left.has(thing)) ? after : [...list]
  }
}

const blankable = ['text', 'refusal', 'input']

/** Every numbered stretch, name, call and message that the list still holds where a reader may take it from. */
function told(list: readonly Draft[]): Set<string> {
  const found = new Set<string>()
  const collect = (value: Json | undefined, key: string): void => {
    if (typeof value === 'string') {
      for (const [stretch] of value.matchAll(/#\d+#/g)) found.add(stretch)
      if ((key === 'name' || key === 'call_id') && value !== '') found.add(value)
      // White space has no number.
      if (blankable.includes(key) && value !== '' && value.trim() === '') found.add(`blank ${key}`)
    } else if (typeof value === 'object' && value !== null) {
      for (const [inner, child] of Object.entries(value)) collect(child, Array.isArray(value) ? key : inner)
    }
  }
  // A response that failed may leave its output out, and then nothing is filled in.
  for (const draft of list) {
    if (typeOf(draft) !== 'response.failed' && typeof draft.data !== 'string') collect(draft.data, '')
  }
  return found
}

/** Whether each item is known by one id and that id by one index, in every event. */
export function idsIntact(list: readonly Draft[]): boolean {
  const byIndex = new Map<Json, Json>()
  return list.every((draft) => {
    const index = at(draft, 'output_index')
    const announces = /output_item\.(added|done)$/.test(typeOf(draft) ?? '')
    if (announces && typeof at(draft, 'item', 'id') !== 'string') return false
    const id = announces ? at(draft, 'item', 'id') : at(draft, 'item_id')
    // The events of shell commands name no item.
    if (id === undefined) return !routed(draft) || String(typeOf(draft)).startsWith('response.shell_call_command')
    if (typeof id !== 'string' || id.startsWith('resp_')) return false
    if (index === undefined || byIndex.get(index) === undefined) byIndex.set(index ?? id, id)
    return (byIndex.get(index ?? id) ?? id) === id
  })
}

/** Whether the items are numbered from 0 in the order of their announcements, and every event has that number. */
export function indicesIntact(list: readonly Draft[]): boolean {
  let items = 0
  return list.every((draft) => {
    if (!routed(draft)) return true
    const index = at(draft, 'output_index')
    if (typeOf(draft) === 'response.output_item.added') return index === items++
    return typeof index === 'number' && index >= 0 && index < items
  })
}

/** Whether every item and part is announced once, before its first event, and none is announced twice. */
export function boundariesIntact(list: readonly Draft[]): boolean {
  const open = new Set<string>()
  return list.every((draft) => {
    const type = typeOf(draft) ?? ''
    if (!routed(draft)) return true
    const key = keyOf(draft)
    const parent = String(at(draft, 'output_index'))
    if (type === 'response.output_item.added' || type.endsWith('_part.added')) {
      if (open.has(key)) return false
      open.add(key)
      return true
    }
    return open.has(key) && open.has(parent)
  })
}

/** Whether every event that tells a text names a part, or an item, that was announced for such texts. */
function textsIntact(list: readonly Draft[]): boolean {
  const announced = new Map<string, string>()
  return list.every((draft) => {
    const type = typeOf(draft) ?? ''
    const holder = type.endsWith('_part.added') ? 'part' : type === 'response.output_item.added' ? 'item' : undefined
    if (holder !== undefined) announced.set(keyOf(draft), String(at(draft, holder, 'type')))
    const kind = textHolders[/^response\.(\w+)\.(delta|done)$/.exec(type)?.[1] ?? '']
    if (kind === undefined) return true
    const family = partFamilies[kind] ?? kind
    return announced.get(keyOf(draft)) === kind && announced.get(String(at(draft, 'output_index'))) === family
  })
}

/** The item that each part stands in. */
const partFamilies: Readonly<Record<string, string>> = {
  output_text: 'message',
  refusal: 'message',
  reasoning_text: 'reasoning',
  summary_text: 'reasoning',
}

/** What holds the text of an event, by the name that its deltas and its done share. */
const textHolders: Readonly<Record<string, string>> = {
  output_text: 'output_text',
  refusal: 'refusal',
  reasoning_text: 'reasoning_text',
  reasoning_summary_text: 'summary_text',
  function_call_arguments: 'function_call',
  custom_tool_call_input: 'custom_tool_call',
  mcp_call_arguments: 'mcp_call',
  code_interpreter_call_code: 'code_interpreter_call',
}

/** Whether every event still says which item and part it is of. */
export function isRouted(list: readonly Draft[]): boolean {
  return boundariesIntact(list) && textsIntact(list) && (indicesIntact(list) || idsIntact(list))
}

/** Whether everything that was announced is also done, where the list ends well. */
export function allDone(list: readonly Draft[]): boolean {
  const added = list.filter((draft) => /(output_item|_part)\.added$/.test(typeOf(draft) ?? ''))
  const done = new Set(list.filter((draft) => /(output_item|_part)\.done$/.test(typeOf(draft) ?? '')).map(keyOf))
  return added.every((draft) => done.has(keyOf(draft)))
}

/** Whether nothing has been done to the places of things: ids, indices, announcements. */
export function isPristine(list: readonly Draft[]): boolean {
  return idsIntact(list) && indicesIntact(list) && boundariesIntact(list)
}

/** Whether one item is done with before the next one speaks, told by `field`. */
export function isSequential(list: readonly Draft[], field: 'output_index' | 'item_id' = 'output_index'): boolean {
  const left = new Set<Json>()
  let current: Json | undefined
  for (const draft of list.filter(routed)) {
    const key = at(draft, field) ?? (field === 'item_id' ? at(draft, 'item', 'id') : undefined)
    if (key === undefined || key === current) continue
    if (left.has(key)) return false
    if (current !== undefined) left.add(current)
    current = key
  }
  return true
}

/** Whether the event belongs to one item. */
export function routed(draft: Draft): boolean {
  const type = typeOf(draft) ?? ''
  return at(draft, 'output_index') !== undefined || at(draft, 'item_id') !== undefined || type.includes('output_item')
}

/** The item, or the part in it, that an event is about. */
function keyOf(draft: Draft): string {
  const item = String(at(draft, 'output_index'))
  const part = at(draft, 'content_index')
  const summary = at(draft, 'summary_index')
  return part === undefined && summary === undefined ? item : `${item}/${part ?? ''}/${summary ?? ''}`
}

/** Whether the list has a success terminal and no error of any shape. */
export function endsWell(list: readonly Draft[]): boolean {
  return (
    list.some(isSuccess) &&
    !list.some((draft) => at(draft, 'error') != null || /failed$|^error$/.test(typeOf(draft) ?? ''))
  )
}

export function isSuccess(draft: Draft): boolean {
  return ['response.completed', 'response.incomplete', 'response.done'].includes(typeOf(draft) ?? '')
}

/** Whether some item speaks: without one there is no answer, but an `empty` stream. */
export function hasItems(list: readonly Draft[]): boolean {
  return list.some((draft) => routed(draft) && typeOf(draft)?.startsWith('response.'))
}

/** A first snapshot that says it is in the background means a stream that was resumed: then nothing is filled in (D-50). */
export function isBackground(list: readonly Draft[]): boolean {
  return list.some((draft) => at(draft, 'response', 'background') === true || at(draft, 'background') === true)
}

/** Whether the arguments of every call are whole JSON. */
export function callsAreWhole(list: readonly Draft[]): boolean {
  return !list.some((draft) => at(draft, 'item', 'status') === 'incomplete')
}
