import type { Json, JsonObject } from '../stream-event.js'
import { derivedId } from './chat-choices.js'
import type { Draft } from './draft.js'

// What stands in a list of chunks, and what still holds in one that other damage may have been done to: damage that is to
// lose nothing asks here whether what it takes away is still told by something else.

/** The entries of a chunk's `choices`; none where there is no list. */
export function choicesOf({ data }: Draft): readonly JsonObject[] {
  const choices = typeof data === 'string' ? undefined : data['choices']
  return Array.isArray(choices) ? choices.filter(isObject) : []
}

export function deltaOf(choice: JsonObject): JsonObject {
  const delta = choice['delta']
  return isObject(delta) ? delta : {}
}

export function callsOf(choice: JsonObject): readonly JsonObject[] {
  const calls = deltaOf(choice)['tool_calls']
  return Array.isArray(calls) ? calls.filter(isObject) : []
}

/** The part of a call's entry that has name and arguments. */
export function innerOf(entry: JsonObject): JsonObject {
  const inner = entry['function'] ?? entry['custom']
  return isObject(inner) ? inner : {}
}

export function argumentsOf(entry: JsonObject): string {
  const said = innerOf(entry)['arguments'] ?? innerOf(entry)['input']
  return typeof said === 'string' ? said : ''
}

/** The draft with every entry of `choices` changed; none is left where all are taken away. */
export function eachChoice(draft: Draft, change: (choice: JsonObject) => JsonObject): Draft {
  const choices = choicesOf(draft)
  if (choices.length === 0 || typeof draft.data === 'string') return draft
  return { ...draft, data: { ...draft.data, choices: choices.map(change) } }
}

export function eachDelta(draft: Draft, change: (delta: JsonObject, choice: JsonObject) => JsonObject): Draft {
  return eachChoice(draft, (choice) =>
    isObject(choice['delta']) ? { ...choice, delta: change(choice['delta'], choice) } : choice,
  )
}

/** One entry of a call, with what is known of the call before it. */
export interface Entry {
  readonly entry: JsonObject
  readonly choice: number
  /** How many entries of the call came before. */
  readonly number: number
  /** The arguments before it. */
  readonly before: string
  /** Whether the call has no more entries. */
  readonly last: boolean
  /** All its arguments. */
  readonly whole: string
}

/** The list with each entry of a call replaced; the calls must be told apart by their indices (`callsIntact`). */
export function eachEntry(list: readonly Draft[], change: (at: Entry) => JsonObject | readonly JsonObject[]): Draft[] {
  const wholes = new Map<string, { count: number; whole: string }>()
  walk(list, (key, entry) => {
    const { count, whole } = wholes.get(key) ?? { count: 0, whole: '' }
    wholes.set(key, { count: count + 1, whole: whole + argumentsOf(entry) })
    return [entry]
  })
  const seen = new Map<string, { number: number; before: string }>()
  return walk(list, (key, entry, choice) => {
    const { number, before } = seen.get(key) ?? { number: 0, before: '' }
    seen.set(key, { number: number + 1, before: before + argumentsOf(entry) })
    const { count, whole } = wholes.get(key) ?? { count: 0, whole: '' }
    const changed = change({ entry, choice, number, before, last: number + 1 === count, whole })
    return Array.isArray(changed) ? changed : [changed as JsonObject]
  })
}

function walk(
  list: readonly Draft[],
  change: (key: string, entry: JsonObject, choice: number) => readonly JsonObject[],
): Draft[] {
  return list.map((draft) =>
    eachDelta(draft, (delta, { index }) => {
      const calls = delta['tool_calls']
      if (!Array.isArray(calls)) return delta
      const changed = (calls as readonly Json[]).flatMap((entry): readonly Json[] =>
        isObject(entry) ? change(`${String(index)}/${String(entry['index'])}`, entry, Number(index)) : [entry],
      )
      return { ...delta, tool_calls: changed }
    }),
  )
}

/** Every entry of every call, in order. */
export function entriesIn(list: readonly Draft[]): Entry[] {
  const all: Entry[] = []
  eachEntry(list, (at) => {
    all.push(at)
    return at.entry
  })
  return all
}

/** Whether all calls are as the protocol wants them: numbered from 0, named once, their arguments strings. */
export function callsIntact(list: readonly Draft[]): boolean {
  if (!placesIntact(list)) return false
  const begun = new Map<number, JsonObject[]>()
  const other = list.some((draft) =>
    choicesOf(draft).some((choice) => 'function_call' in deltaOf(choice) || isObject(deltaOf(choice)['tool_calls'])),
  )
  return (
    !other &&
    entriesIn(list).every(({ entry, choice, number }) => {
      const calls = begun.get(choice) ?? []
      begun.set(choice, calls)
      const inner = innerOf(entry)
      const said = inner['arguments'] ?? inner['input']
      if (entry['type'] === 'hologram' || 'hologram' in entry) return number > 0 || isNamed(entry['id'])
      if (typeof said !== 'string') return false
      if (number > 0) return !('name' in inner) && ['id', 'type'].every((name) => typeof entry[name] !== 'object')
      calls.push(entry)
      return isNamed(entry['id']) && typeof entry['type'] === 'string' && typeof inner['name'] === 'string'
    })
  )
}

function isNamed(id: Json | undefined): boolean {
  return typeof id === 'string' && id !== ''
}

/** Whether the choices and their calls are numbered from 0, each begun in its turn. */
function placesIntact(list: readonly Draft[]): boolean {
  const counts: number[] = []
  return list.flatMap(choicesOf).every((choice) => {
    const { index } = choice
    if (typeof index !== 'number' || index < 0 || index > counts.length) return false
    if (choice['delta'] === undefined && choice['message'] !== undefined) return false
    counts[index] ??= 0
    return callsOf(choice).every((entry) => {
      const place = entry['index']
      if (typeof place !== 'number' || place < 0 || place > (counts[index] ?? 0)) return false
      if (place === counts[index]) counts[index] += 1
      return true
    })
  })
}

/** Whether each call is done with before the next one of its choice speaks. */
export function callsFollow(list: readonly Draft[]): boolean {
  const current = new Map<number, number>()
  return entriesIn(list).every(({ entry, choice }) => {
    const index = Number(entry['index'])
    if (index < (current.get(choice) ?? 0)) return false
    current.set(choice, index)
    return true
  })
}

/** Whether the arguments of every call are whole, and stand where they belong. */
export function callsAreWhole(list: readonly Draft[]): boolean {
  const elsewhere = list
    .flatMap(choicesOf)
    .some(
      (choice) =>
        choice['message'] !== undefined ||
        'function_call' in deltaOf(choice) ||
        isObject(deltaOf(choice)['tool_calls']),
    )
  return (
    !elsewhere &&
    entriesIn(list).every(
      ({ entry, whole }) => 'custom' in entry || 'hologram' in entry || whole.trim() === '' || parses(whole),
    )
  )
}

/** Whether a call's first entry has the id that is derived for a call without one. */
export function isDerived(list: readonly Draft[], { entry, choice, number }: Entry): boolean {
  const answer = list.map(({ data }) => (typeof data === 'string' ? '' : data['id'])).find((id) => id !== '')
  return number === 0 && entry['id'] === derivedId(String(answer), choice, Number(entry['index']))
}

/** How many choices there are. */
export function countChoices(list: readonly Draft[]): number {
  return new Set(list.flatMap(choicesOf).map(({ index }) => index)).size
}

/** FINDINGS A17: what speaks is left as it is. */
export function isSpoken(list: readonly Draft[]): boolean {
  return list.some(({ data }) => typeof data !== 'string' && /\baudio\b/.test(String(data['model'])))
}

/** Whether no error of any shape is in the list, and every choice finishes with nothing behind it. */
export function endsWell(list: readonly Draft[]): boolean {
  return !isSpoken(list) && !list.some(isError) && finishesOnce(list)
}

export function isError({ data, writing, event }: Draft): boolean {
  if (writing === 'error-field' || event === 'error') return true
  if (typeof data === 'string') return data.trim() !== '' && !noise.includes(data) && !isDoneText(data)
  if (data['choices'] === undefined && data['usage'] === undefined && data['object'] === undefined)
    return !isNoise(data)
  return saysError(data['error']) || choicesOf({ data, writing, event }).some(({ error }) => saysError(error))
}

/** D-6: an `error` key that is null or empty makes no error. */
function saysError(error: Json | undefined): boolean {
  return isObject(error) ? Object.keys(error).length > 0 : Boolean(error)
}

/** Text that gateways send to keep a connection open. */
const noise = ['null', 'ping', ': keep-alive']

function isNoise(data: JsonObject): boolean {
  return data['type'] === 'heartbeat' || Object.keys(data).every((key) => ['hook_results', 'status'].includes(key))
}

export function isDone({ data }: Draft): boolean {
  return typeof data === 'string' && isDoneText(data)
}

function isDoneText(text: string): boolean {
  return /^\s*\[?done\]?\s*$/i.test(text)
}

function finishesOnce(list: readonly Draft[]): boolean {
  const finished = new Set<Json | undefined>()
  const begun = new Set<Json | undefined>()
  for (const choice of list.flatMap(choicesOf)) {
    const { index, delta, finish_reason: finish } = choice
    if (finished.has(index) && saysAnything(choice)) return false
    if (delta !== undefined || finish !== null) begun.add(index)
    if (typeof finish === 'string' && finish !== '') finished.add(index)
  }
  return begun.size > 0 && begun.size === finished.size
}

export function saysAnything(choice: JsonObject): boolean {
  const said = choice['delta'] ?? choice['message']
  return Object.entries(isObject(said) ? said : {}).some(([name, value]) => {
    return name !== 'role' && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  })
}

/** Whether every chunk between the first and the last of the answer says something of it. */
export function speaksThroughout(list: readonly Draft[]): boolean {
  const isOfAnswer = (draft: Draft): boolean => choicesOf(draft).some((entry) => 'delta' in entry || 'message' in entry)
  const from = list.findIndex(isOfAnswer)
  return list.slice(from + 1, list.findLastIndex(isOfAnswer)).every((draft) => choicesOf(draft).some(saysAnything))
}

/** Whether a chunk has nothing but the usage. */
export function isUsage({ data }: Draft): boolean {
  if (typeof data === 'string' || !isObject(data['usage'])) return false
  const { choices } = data
  return choices === undefined || choices === null || (Array.isArray(choices) && choices.length === 0)
}

export function parses(json: string): boolean {
  try {
    JSON.parse(json)
    return true
  } catch {
    return false
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
