import type { Json, JsonObject } from '../stream-event.js'
import {
  argumentsOf,
  callsFollow,
  callsIntact,
  callsOf,
  choicesOf,
  countChoices,
  type Entry,
  eachChoice,
  eachDelta,
  eachEntry,
  endsWell,
  entriesIn,
  innerOf,
  isDerived,
  isError,
  isObject,
  parses,
  speaksThroughout,
} from './chat-state.js'
import type { WholeStreamDamage } from './damage.js'
import type { Draft } from './draft.js'

/** Damage to tool calls that leaves ids, names and arguments somewhere in the stream (B01, B03, B04, B07, B08). */
export const callDamages: Readonly<Record<string, WholeStreamDamage>> = {
  // B01. Where the calls follow each other, their ids tell them apart as well.
  'call-indices': intact((list, choice) => {
    if (entriesIn(list).some(({ entry }) => isNewer(entry))) return [...list]
    const kind = choice % (consistent.length + collapsing.length)
    const map =
      consistent[kind] ?? (callsFollow(list) && idsAnnounced(list) ? collapsing[kind - consistent.length] : undefined)
    return map === undefined
      ? [...list]
      : eachEntry(list, ({ entry, number }) => withIndex(entry, map(Number(entry['index']), number)))
  }),
  // B01: parallel calls under one index, and without ids: the arguments before the next name are whole.
  'one-index-no-ids': intact((list) => {
    const all = entriesIn(list)
    const plain = all.every((at) => isFunction(at) && (at.number > 0 || isDerived(list, at)) && isWholeObject(at.whole))
    if (!plain || !callsFollow(list)) return [...list]
    return eachEntry(list, ({ entry }) => without({ ...entry, index: 0 }, 'id'))
  }),
  // B03.
  'no-call-ids': intact((list, choice) =>
    eachEntry(list, (at) =>
      isDerived(list, at) ? withId(at.entry, ([undefined, null, ''] as const)[choice % 3]) : at.entry,
    ),
  ),
  'call-ids-as-numbers': intact((list) =>
    eachEntry(list, ({ entry, number }) =>
      number === 0 && /^47\d+$/.test(String(entry['id'])) ? { ...entry, id: Number(entry['id']) } : entry,
    ),
  ),
  'later-call-ids': intact((list, choice) => {
    const id = (['', null, 'call_other'] as const)[choice % 3] ?? null
    // Another id behind whole arguments is another call.
    return eachEntry(list, ({ entry, number, before }) => (number > 0 && isUnderWay(before) ? { ...entry, id } : entry))
  }),
  // B04.
  'repeated-names': intact((list, choice) => {
    const names = namesIn(list)
    const blank = ([undefined, '', null] as const)[choice % 3]
    return eachEntry(list, (at) => {
      const { entry, choice, number, before } = at
      if (number === 0 || !isFunction(at)) return entry
      const name = blank === undefined ? names.get(`${choice}/${String(entry['index'])}`) : blank
      // The name once more behind whole arguments may begin another call.
      return blank === undefined && !isUnderWay(before) ? entry : withName(entry, name)
    })
  }),
  // A call of a newer type does not wait behind one without a name.
  'late-names': intact((list, choice) => {
    if (entriesIn(list).some(({ entry }) => isNewer(entry))) return [...list]
    const names = namesIn(list)
    return eachEntry(list, (at) => {
      const { entry, number, last, before } = at
      if (!isFunction(at)) return entry
      const name = names.get(`${at.choice}/${String(entry['index'])}`)
      const nameless = withName(entry, ([undefined, '', null] as const)[choice % 3])
      // Behind arguments that are whole, or malformed, a name may be another call's.
      if (number === 0) return last || !isUnderWay(argumentsOf(entry)) ? [nameless, nameOnly(entry, name)] : nameless
      return number === 1 && isUnderWay(before) ? withName(entry, name) : entry
    })
  }),
  // B07.
  'no-call-types': (list, choice) =>
    eachEntry(list, ({ entry, number }) => {
      if (isNewer(entry)) return entry
      if (number === 0) return choice % 4 === 3 ? entry : withType(entry, ([undefined, null, ''] as const)[choice % 4])
      return choice % 2 ? withType(entry, choice % 4 === 1 ? '' : null) : entry
    }),
  // B08.
  // A chunk that is emptied must not be one that seems to finish.
  'object-arguments': intact((list) =>
    endsWell(list) || list.some(isError)
      ? eachEntry(list, (at) => {
          const { entry, number, whole } = at
          const value = isFunction(at) ? parsed(whole) : undefined
          if (value === undefined) return entry
          return number === 0 ? withArguments(entry, value) : []
        })
      : [...list],
  ),
  // Only the next chunk is waited for, but for one that is a blank and has no usage.
  'empty-arguments-first': intact((list) =>
    countChoices(list) > 1 || !callsFollow(list) || !speaksThroughout(list) || list.some(countsAlong)
      ? [...list]
      : eachEntry(list, (at) => {
          const { entry, number, whole } = at
          if (!isFunction(at) || parsed(whole) === undefined || number > 0) return entry
          // What the first delta says is the beginning of another one.
          return argumentsOf(entry) === ''
            ? withArguments(entry, '{}')
            : [withArguments(entry, '{}'), laterOf(entry, argumentsOf(entry))]
        }),
  ),
  'arguments-twice': intact((list, choice) => {
    const begun = new Map(
      entriesIn(list).map(({ entry, choice, number }) => [`${choice}/${String(entry['index'])}/${number}`, entry]),
    )
    return eachEntry(list, (at) => {
      const { entry, last, whole } = at
      if (!last || !isFunction(at) || parsed(whole) === undefined) return entry
      const first = begun.get(`${at.choice}/${String(entry['index'])}/0`) ?? entry
      return [entry, choice % 2 ? laterOf(entry, whole) : withArguments(first, whole)]
    })
  }),
  'blank-arguments': intact((list) =>
    endsWell(list)
      ? eachEntry(list, (at) => (isFunction(at) && at.whole.trim() === '{}' ? withArguments(at.entry, '') : at.entry))
      : [...list],
  ),
  'null-arguments': intact((list, choice) =>
    eachEntry(list, (at) =>
      isFunction(at) && argumentsOf(at.entry) === ''
        ? withArguments(at.entry, choice % 2 ? null : undefined)
        : at.entry,
    ),
  ),
  'null-function': intact((list) =>
    eachEntry(list, (at) => {
      const { entry, number } = at
      if (!isFunction(at) || number === 0) return entry
      return [{ index: entry['index'] ?? null, function: null }, entry]
    }),
  ),
  'legacy-call': intact((list) => {
    const all = entriesIn(list)
    const one = all.every((at) => isFunction(at) && at.entry['index'] === 0 && (at.number > 0 || isDerived(list, at)))
    const alone = list.every((draft) => draft.data !== '' && choicesAre(draft, (choice) => callsOf(choice).length < 2))
    if (!one || !alone) return [...list]
    return list.map((draft) =>
      eachDelta(draft, (delta, choice) => {
        const [entry] = callsOf(choice)
        return entry === undefined ? delta : { ...without(delta, 'tool_calls'), function_call: innerOf(entry) }
      }),
    )
  }),
  'calls-as-object': intact((list) =>
    list.map((draft) =>
      eachDelta(draft, (delta, choice) => {
        const [entry, other] = callsOf(choice)
        return entry === undefined || other !== undefined ? delta : { ...delta, tool_calls: entry }
      }),
    ),
  ),
}

/** Damage to calls that are as they were. */
function intact(damage: WholeStreamDamage): WholeStreamDamage {
  return (list, choice) => (callsIntact(list) && entriesIn(list).length > 0 ? damage(list, choice) : [...list])
}

type MapIndex = (index: number, number: number) => Json | undefined

const consistent: readonly MapIndex[] = [(index) => String(index), (index) => index + 1, (index) => index * 2 + 1]
const collapsing: readonly MapIndex[] = [
  () => undefined,
  () => 0,
  () => -1,
  () => null,
  (index, number) => (number === 0 ? undefined : index),
]

/** Whether two calls of one delta, and two of one choice, are told apart by their ids. */
function idsAnnounced(list: readonly Draft[]): boolean {
  const first = entriesIn(list).filter(({ number }) => number === 0)
  const ids = new Set(first.map(({ entry, choice }) => `${choice} ${String(entry['id'])}`))
  // A call that is cut short has no other behind it that it could be told from.
  return ids.size === first.length && entriesIn(list).every(({ entry }) => !isNewer(entry))
}

function countsAlong(draft: Draft): boolean {
  return choicesOf(draft).length > 0 && typeof draft.data !== 'string' && isObject(draft.data['usage'])
}

function choicesAre(draft: Draft, holds: (choice: JsonObject) => boolean): boolean {
  let all = true
  eachChoice(draft, (choice) => {
    all &&= holds(choice)
    return choice
  })
  return all
}

function isFunction({ entry }: Entry): boolean {
  return isObject(entry['function'])
}

function isNewer(entry: JsonObject): boolean {
  return 'hologram' in entry
}

/** Whether what came of the arguments begins JSON and is not whole. */
function isUnderWay(before: string): boolean {
  return before.trim() === '' ? false : !parses(before) && !/\}\s*\}$/.test(before)
}

function isWholeObject(json: string): boolean {
  return parses(json) && json.trim().startsWith('{')
}

/** The object that whole arguments stand for; undefined where they are cut, blank, or an empty object. */
function parsed(json: string): JsonObject | undefined {
  if (!parses(json)) return undefined
  const value = JSON.parse(json) as Json
  return isObject(value) && Object.keys(value).length > 0 ? value : undefined
}

function namesIn(list: readonly Draft[]): Map<string, Json | undefined> {
  const first = entriesIn(list).filter(({ number }) => number === 0)
  return new Map(first.map(({ entry, choice }) => [`${choice}/${String(entry['index'])}`, innerOf(entry)['name']]))
}

function without(value: JsonObject, name: string): JsonObject {
  const { [name]: _, ...rest } = value
  return rest
}

function set(value: JsonObject, name: string, given: Json | undefined): JsonObject {
  return given === undefined ? without(value, name) : { ...value, [name]: given }
}

const withIndex = (entry: JsonObject, index: Json | undefined) => set(entry, 'index', index)
const withId = (entry: JsonObject, id: Json | undefined) => set(entry, 'id', id)
const withType = (entry: JsonObject, type: Json | undefined) => set(entry, 'type', type)

function withName(entry: JsonObject, name: Json | undefined): JsonObject {
  return { ...entry, function: set(innerOf(entry), 'name', name) }
}

function withArguments(entry: JsonObject, given: Json | undefined): JsonObject {
  return { ...entry, function: set(innerOf(entry), 'arguments', given) }
}

function nameOnly({ index = null }: JsonObject, name: Json | undefined): JsonObject {
  return { index, function: set({}, 'name', name) }
}

function laterOf({ index = null }: JsonObject, json: string): JsonObject {
  return { index, function: { arguments: json } }
}
