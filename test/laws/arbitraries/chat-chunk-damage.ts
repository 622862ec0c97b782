import type { Json, JsonObject } from '../stream-event.js'
import {
  callsIntact,
  choicesOf,
  countChoices,
  deltaOf,
  eachChoice,
  eachDelta,
  endsWell,
  isObject,
  isSpoken,
  isUsage,
  saysAnything,
} from './chat-state.js'
import type { WholeStreamDamage } from './damage.js'
import { at, type Draft, put } from './draft.js'

/** Damage to what stands around the calls: envelope, choices, roles, contents, usage (B05, B06, B09, B11 to B13, B15, B16). */
export const chunkDamages: Readonly<Record<string, WholeStreamDamage>> = {
  // B11. Ids of calls may be derived from the id of the answer.
  'chunk-ids': (list, choice) => {
    const ids = [undefined, null, '', 7] as const
    if (choice % 5 === 4)
      return list.map((draft, place) => (isChunk(draft) && place > 0 ? keepFirst(list, draft, place) : draft))
    return callsIntact(list)
      ? list.map((draft) => (isChunk(draft) ? put(draft, ['id'], ids[choice % 5]) : draft))
      : [...list]
  },
  'chunk-kinds': (list, choice) => {
    const kind = ([undefined, null, '', 'chat.completion', 'text_completion'] as const)[choice % 5]
    // Without its choices, and without its kind, a chunk is nothing.
    return list.map((draft) =>
      choicesOf(draft).length > 0 && onlyDeltas(draft) ? put(draft, ['object'], kind) : draft,
    )
  },
  'chunk-times': (list, choice) => {
    const times = [undefined, null, '1760000000', 1760000000.5, '', {}] as const
    return list.map((draft) => (isChunk(draft) ? put(draft, ['created'], times[choice % times.length]) : draft))
  },
  // The name of its model tells an answer that is spoken.
  'chunk-models': (list, choice) =>
    isSpoken(list)
      ? [...list]
      : list.map((draft) =>
          isChunk(draft) ? put(draft, ['model'], ([undefined, null, 4] as const)[choice % 3]) : draft,
        ),
  'choice-indices': alone((list, choice) => {
    // D-61: the first index says whether choices are folded.
    const index = ([undefined, null, '0', -1, 1, 7] as const)[choice % 6]
    return list.map((draft) =>
      eachChoice(draft, (entry) => (index === undefined ? without(entry, 'index') : { ...entry, index })),
    )
  }),
  // B13: texts in one choice, calls in another.
  'split-choices': alone((list) =>
    list.map((draft) =>
      eachChoice(draft, (entry) => ({ ...entry, index: Array.isArray(deltaOf(entry)['tool_calls']) ? 2 : 1 })),
    ),
  ),
  // B13: what one delta says in two entries of its chunk.
  'split-entries': alone((list) => (isSpoken(list) ? [...list] : list.map(inTwoEntries))),
  'joined-chunks': alone((list, choice) => (isSpoken(list) ? [...list] : joinChunks(list, choice))),
  // B05.
  'usage-without-choices': (list, choice) =>
    list.map((draft) => (isUsage(draft) ? put(draft, ['choices'], choice % 2 ? null : undefined) : draft)),
  'usage-as-text': (list, choice) =>
    list.map((draft) => {
      const usage = at(draft, 'usage')
      if (typeof draft.data === 'string' || !isObject(usage)) return draft
      const texts = Object.entries(usage).map(([name, count]) => [
        name,
        typeof count === 'number' ? String(count) : count,
      ])
      const { total_tokens: _, ...rest } = usage
      return { ...draft, data: { ...draft.data, usage: choice % 2 ? rest : (Object.fromEntries(texts) as JsonObject) } }
    }),
  'empty-usage': (list) =>
    list.map((draft) =>
      choicesOf(draft).length > 0 && at(draft, 'usage') === undefined ? withKey(draft, 'usage', {}) : draft,
    ),
  // B06.
  roles: (list, choice) => {
    if (isSpoken(list)) return [...list]
    const role = ([undefined, null, '', 'model', 'assistant'] as const)[choice % 5]
    const begun = new Set<Json | undefined>()
    return list.map((draft) =>
      eachDelta(draft, (delta, { index = null }) => {
        const first = !begun.has(index)
        begun.add(index)
        if (first && choice % 2) return delta
        if (role === undefined) return without(delta, 'role')
        return first || choice % 2 ? { ...delta, role } : delta
      }),
    )
  },
  // Some never send the chunk that has nothing but the role.
  'no-role-chunk': (list) => {
    const place = list.findIndex((draft) => choicesOf(draft).length > 0)
    const [only, other] = list[place] === undefined ? [] : choicesOf(list[place])
    if (only === undefined || other !== undefined || saysAnything(only) || typeof only['finish_reason'] === 'string')
      return [...list]
    const goesOn = list
      .slice(place + 1)
      .some((draft) => choicesOf(draft).some((entry) => entry['index'] === only['index'] && 'delta' in entry))
    const first = list.slice(place + 1).flatMap(choicesOf)[0]
    const same = first === undefined || first['index'] === only['index']
    const told = !isError(list) && only['delta'] !== undefined && !isSpoken(list)
    return goesOn && same && told ? [...list.slice(0, place), ...list.slice(place + 1)] : [...list]
  },
  // B09.
  'no-delta': (list, choice) =>
    list.map((draft) =>
      eachChoice(draft, (entry) => {
        if (!isObject(entry['delta']) || saysAnything(entry)) return entry
        const given = ([undefined, null, [], ''] as const)[choice % 4]
        // A choice that has only what a filter found, and no delta, is a vendor's own.
        const filtered = Object.keys(entry).some((key) => key.startsWith('content_filter'))
        if (given === undefined) return filtered ? entry : without(entry, 'delta')
        return { ...entry, delta: given }
      }),
    ),
  // B12.
  'content-parts': (list, choice) =>
    list.map((draft) =>
      eachDelta(draft, (delta) => {
        const { content } = delta
        return typeof content === 'string' && content !== '' ? { ...delta, content: partsOf(content, choice) } : delta
      }),
    ),
  'thinking-parts': (list) =>
    list.map((draft) =>
      eachDelta(draft, (delta) => {
        const { reasoning_content: thought, content, ...rest } = delta
        if (typeof thought !== 'string' || thought === '' || (content !== undefined && content !== null)) return delta
        return { ...rest, content: [{ type: 'thinking', thinking: [{ type: 'text', text: thought }] }] }
      }),
    ),
  'message-for-delta': (list) =>
    list.some((draft) => at(draft, 'object') === 'chat.completion')
      ? [...list]
      : list.map((draft) =>
          eachChoice(draft, (entry) => {
            const { delta, ...rest } = entry
            return isObject(delta) && saysAnything(entry) && !isObject(delta['audio'])
              ? { ...rest, message: delta }
              : entry
          }),
        ),
  // B15. Where there is an error, it must stay.
  'null-errors': (list, choice) =>
    list.map((draft, place) =>
      isChunk(draft) && at(draft, 'error') === undefined && (place + choice) % 2
        ? withKey(draft, 'error', ([null, {}, '', false] as const)[choice % 4] ?? null)
        : draft,
    ),
  // B16.
  'empty-frames': (list, choice) => {
    const data: JsonObject =
      [{}, { hook_results: { before_request_hooks: [] } }, { status: 'queued' }][choice % 3] ?? {}
    const place = (choice >> 2) % (list.length + 1)
    return [...list.slice(0, place), { event: undefined, data, writing: 'plain' }, ...list.slice(place)]
  },
}

/** Damage to a list with one choice, whose index is as it was, one entry a chunk. */
function alone(damage: WholeStreamDamage): WholeStreamDamage {
  return (list, choice) => {
    const one = countChoices(list) === 1 && list.every((draft) => choicesOf(draft).length < 2)
    return one && list.flatMap(choicesOf).every(({ index }) => index === 0) ? damage(list, choice) : [...list]
  }
}

function isChunk({ data }: Draft): boolean {
  return typeof data !== 'string' && (data['choices'] !== undefined || data['usage'] !== undefined)
}

function isError(list: readonly Draft[]): boolean {
  return !endsWell(list)
}

/** An id of its own for each chunk but the first that has one. */
function keepFirst(list: readonly Draft[], draft: Draft, place: number): Draft {
  const named = list.findIndex(
    (other) => isChunk(other) && typeof at(other, 'id') === 'string' && at(other, 'id') !== '',
  )
  return named >= 0 && place > named ? put(draft, ['id'], `chatcmpl-other-${place}`) : draft
}

/** Whether every choice has a delta: with a message, and another kind, a chunk would be a whole completion. */
function onlyDeltas(draft: Draft): boolean {
  return choicesOf(draft).every(({ delta, message }) => isObject(delta) && message === undefined)
}

function withKey(draft: Draft, name: string, value: Json): Draft {
  return typeof draft.data === 'string' ? draft : { ...draft, data: { ...draft.data, [name]: value } }
}

function without(value: JsonObject, name: string): JsonObject {
  const { [name]: _, ...rest } = value
  return rest
}

function partsOf(text: string, choice: number): Json {
  // A stretch stays in one piece.
  const middle = Math.min(text.length >> 1, text.includes('#') ? text.indexOf('#') : text.length)
  const part = (said: string): JsonObject => ({ type: 'text', text: said })
  return (
    [
      [part(text)],
      [part(text.slice(0, middle)), part(text.slice(middle))],
      part(text),
      [text],
      { type: 'text', content: text },
    ][choice % 5] ?? text
  )
}

/** The calls of a delta apart from its texts, in entries of one chunk. */
function inTwoEntries(draft: Draft): Draft {
  const [entry] = choicesOf(draft)
  if (entry === undefined || typeof draft.data === 'string' || !isObject(entry['delta'])) return draft
  const { tool_calls: calls, ...rest } = entry['delta']
  const { finish_reason: finish, ...others } = entry
  if (Array.isArray(calls) && calls.length > 0) {
    const said = { ...others, delta: rest, finish_reason: null }
    return { ...draft, data: { ...draft.data, choices: [said, { ...entry, delta: { tool_calls: calls } }] } }
  }
  if (typeof finish !== 'string' || !saysAnything(entry)) return draft
  const said = { ...entry, finish_reason: null }
  return { ...draft, data: { ...draft.data, choices: [said, { ...others, delta: {}, finish_reason: finish }] } }
}

function isFinished({ finish_reason: finish }: JsonObject): boolean {
  return typeof finish === 'string'
}

/** Two neighbours in one chunk, as entries of the same choice. */
function joinChunks(list: readonly Draft[], choice: number): Draft[] {
  const place = choice % Math.max(list.length - 1, 1)
  const [one, two] = [list[place], list[place + 1]]
  if (one === undefined || two === undefined || typeof one.data === 'string' || typeof two.data === 'string')
    return [...list]
  const [first, second] = [choicesOf(one), choicesOf(two)]
  const mergeable = [...first, ...second].every((entry) => isObject(entry['delta']))
  // A finish in the middle of a chunk is another kind of damage.
  const finished = first.some(isFinished)
  // B02: a finish reason that comes with content is none where the answer goes on.
  const goesOn = second.some(isFinished) && list.slice(place + 2).some((draft) => choicesOf(draft).some(saysAnything))
  if (first.length === 0 || second.length === 0 || !mergeable || finished || goesOn) return [...list]
  const data = { ...one.data, ...two.data, choices: [...first, ...second] }
  return [...list.slice(0, place), { ...two, data }, ...list.slice(place + 2)]
}
