import type { Json, JsonObject } from '../stream-event.js'
import {
  argumentsOf,
  callsAreWhole,
  callsIntact,
  choicesOf,
  countChoices,
  deltaOf,
  eachChoice,
  endsWell,
  innerOf,
  isDone,
  isError,
  isObject,
  isSpoken,
  isUsage,
  saysAnything,
  speaksThroughout,
} from './chat-state.js'
import type { WholeStreamDamage } from './damage.js'
import { at, type Draft } from './draft.js'

/** Damage to finish reasons, `[DONE]`, errors, and to the form of the whole, that loses nothing (B02, B10, B12, B17, E.3). */
export const endingDamages: Readonly<Record<string, WholeStreamDamage>> = {
  // B02.
  'empty-finish': (list) =>
    list.map((draft) =>
      eachChoice(draft, (entry) =>
        typeof entry['finish_reason'] === 'string' ? entry : { ...entry, finish_reason: '' },
      ),
    ),
  'foreign-finish': (list, choice) =>
    list.map((draft) =>
      eachChoice(draft, (entry) => {
        const others = foreign[String(entry['finish_reason'])]
        return others === undefined ? entry : { ...entry, finish_reason: others[choice % others.length] ?? null }
      }),
    ),
  // Only the next chunk is waited for, whatever choice it is of.
  'finish-everywhere': (list) =>
    endsWell(list) && callsAreWhole(list) && countChoices(list) === 1 && speaksThroughout(list)
      ? list.map((draft) =>
          eachChoice(draft, (entry) =>
            saysAnything(entry) && typeof entry['finish_reason'] !== 'string'
              ? { ...entry, finish_reason: 'stop' }
              : entry,
          ),
        )
      : [...list],
  'finish-twice': (list) =>
    endsWell(list)
      ? list.flatMap((draft) => {
          const twice = choicesOf(draft).some(
            (entry) => typeof entry['finish_reason'] === 'string' && !saysAnything(entry),
          )
          return twice && choicesOf(draft).length === 1 ? [draft, draft] : [draft]
        })
      : [...list],
  // D-60: the usage and `[DONE]` prove that it was over.
  'no-finish': (list, choice) => {
    if (!endsWell(list) || !callsAreWhole(list) || !list.some(isExactDone)) return [...list]
    const counted = list.findIndex(isUsage)
    const after = list.slice(counted + 1).some((draft) => choicesOf(draft).some((entry) => 'delta' in entry))
    if (counted < 0 || after || list.slice(0, counted).some(isDone)) return [...list]
    const gone = choice % 2 ? null : undefined
    return list.map((draft) => eachChoice(draft, (entry) => withFinish(entry, gone)))
  },
  // B10.
  'no-done': (list) => {
    const errs = list.some(isError) && !isSpoken(list)
    return errs || (endsWell(list) && !list.some(isRevised)) ? list.filter((draft) => !isDone(draft)) : [...list]
  },
  'mangled-done': (list, choice) =>
    // Nothing but the mark tells the end of what is spoken, and it may lose its field name yet.
    endsWell(list) || (list.some(isError) && !isSpoken(list))
      ? list.map((draft) => (isDone(draft) ? { ...draft, data: mangled[choice % mangled.length] ?? '[DONE]' } : draft))
      : [...list],
  'usage-behind-done': (list) => {
    const usage = list.filter(isUsage)
    const done = list.findIndex(isDone)
    const proven = list
      .flatMap(choicesOf)
      .some(({ finish_reason: finish }) => typeof finish === 'string' && finish !== '')
    if (usage.length === 0 || done < 0 || !proven || !endsWell(list)) return [...list]
    return [...list.filter((draft) => !isUsage(draft)), ...usage]
  },
  'done-twice': (list) => list.flatMap((draft) => (isDone(draft) ? [draft, draft] : [draft])),
  // B12, B17: all at once.
  'whole-completion': (list, choice) => {
    const done = list.filter(isDone)
    const whole = endsWell(list) && callsIntact(list) && callsAreWhole(list) ? completionOf(list) : undefined
    return whole === undefined ? [...list] : [whole, ...(choice % 2 ? done : [])]
  },
  // B12: the whole text once more in the last chunk.
  'message-at-end': (list) => {
    const place = list.findIndex((draft) => {
      const [entry, other] = choicesOf(draft)
      const finishes = typeof entry?.['finish_reason'] === 'string' && entry['finish_reason'] !== ''
      return finishes && other === undefined && entry !== undefined && !saysAnything(entry)
    })
    const [entry] = list[place] === undefined ? [] : choicesOf(list[place])
    if (!endsWell(list) || !callsIntact(list) || entry === undefined || !list.every(isPlain)) return [...list]
    if (list.some((draft) => at(draft, 'object') === 'chat.completion')) return [...list]
    const text = textOf(list, entry['index'], 'content')
    if (text === '' || list.slice(0, place).filter((draft) => speaksOf(draft, entry['index'])).length === 0)
      return [...list]
    const { delta: _, ...rest } = entry
    const message = { role: 'assistant', content: text }
    return list.map((draft, number) => (number === place ? eachChoice(draft, () => ({ ...rest, message })) : draft))
  },
  // E.3: one error in any of the shapes that say the same.
  'error-shape': (list, choice) => {
    const place = list.findIndex(
      (draft) => at(draft, 'error', 'message') !== undefined && at(draft, 'choices') === undefined,
    )
    const message = at(list[place], 'error', 'message')
    if (typeof message !== 'string' || isSpoken(list)) return [...list]
    return [...list.slice(0, place), ...reshaped(message, choice), ...list.slice(place + 1)]
  },
  // C-E04, C-E08: the error inside the last chunk of the answer.
  'error-in-chunk': (list, choice) => {
    const place = list.findIndex(
      (draft) => at(draft, 'error', 'message') !== undefined && at(draft, 'choices') === undefined,
    )
    const error = at(list[place], 'error')
    const before = list[place - 1]
    if (place < 1 || !isObject(error) || before === undefined || typeof before.data === 'string' || isSpoken(list))
      return [...list]
    const entries = choicesOf(before)
    if (entries.length === 0 || !entries.every((entry) => isObject(entry['delta'])) || 'error' in before.data)
      return [...list]
    const inside = choice % 3 === 0
    const failed = eachChoice(before, (entry) => ({ ...entry, finish_reason: 'error', ...(inside ? { error } : {}) }))
    const data = { ...(failed.data as JsonObject), ...(inside ? {} : { error }) }
    return [...list.slice(0, place - 1), { ...failed, data }, ...list.slice(place + 1)]
  },
}

const foreign: Readonly<Record<string, readonly string[]>> = {
  stop: ['eos', 'STOP', 'end_turn'],
  length: ['max_tokens', 'MAX_TOKENS'],
  tool_calls: ['tool_use', 'TOOL_CALLS'],
  content_filter: ['SAFETY'],
}

const mangled = ['[DONE] ', '[done]', 'DONE', 'done']

function isExactDone({ data, writing }: Draft): boolean {
  return data === '[DONE]' && writing === 'plain'
}

/** A chunk whose finish reason is not certain to be one. */
function isRevised(draft: Draft): boolean {
  return choicesOf(draft).some(({ finish_reason: finish }) => finish === '')
}

function withFinish(entry: JsonObject, finish: null | undefined): JsonObject {
  const { finish_reason: _, ...rest } = entry
  return finish === undefined ? rest : { ...rest, finish_reason: finish }
}

/** Whether what a chunk says is said as the protocol has it. */
function isPlain(draft: Draft): boolean {
  return choicesOf(draft).every((entry) => {
    const { content } = deltaOf(entry)
    return entry['message'] === undefined && (content === undefined || content === null || typeof content === 'string')
  })
}

function speaksOf(draft: Draft, index: Json | undefined): boolean {
  return choicesOf(draft).some((entry) => entry['index'] === index && 'delta' in entry)
}

function textOf(list: readonly Draft[], index: Json | undefined, field: string): string {
  const deltas = list.flatMap(choicesOf).filter((entry) => entry['index'] === index)
  return deltas.map((entry) => deltaOf(entry)[field] ?? '').join('')
}

/** The list as one completion; undefined where something in it is not as it was. */
function completionOf(list: readonly Draft[]): Draft | undefined {
  const entries = list.flatMap(choicesOf)
  const first = list.find((draft) => choicesOf(draft).some(({ delta }) => delta !== undefined))
  const intact = list.every(isPlain) && entries.every((entry) => !('delta' in entry) || isObject(entry['delta']))
  const said = JSON.stringify(list)
  // One thought under both names at once is read once.
  const newer = said.includes('"hologram"') || (said.includes('"reasoning":') && said.includes('"reasoning_content":"'))
  if (first === undefined || typeof first.data === 'string' || !intact || newer) return undefined
  // Nobody begins a list of several choices with another one than the first.
  const indices = [...new Set(entries.filter((entry) => 'delta' in entry).map(({ index }) => index))].sort()
  const choices = indices.map((index) => {
    const own = entries.filter((entry) => entry['index'] === index)
    const finish =
      own.map((entry) => entry['finish_reason']).find((word) => typeof word === 'string' && word !== '') ?? null
    return { index: index ?? 0, message: messageOf(list, own, index), finish_reason: finish }
  })
  const usage = list.map((draft) => at(draft, 'usage')).findLast(isObject)
  const { id = null, created = null, model = null } = first.data
  const data = { id, object: 'chat.completion', created, model, choices, ...(usage === undefined ? {} : { usage }) }
  return { event: undefined, data, writing: 'plain' }
}

function messageOf(list: readonly Draft[], own: readonly JsonObject[], index: Json | undefined): JsonObject {
  const texts = ['content', 'reasoning_content', 'reasoning', 'refusal'].flatMap((field) => {
    const text = textOf(list, index, field)
    return text === '' && field !== 'content' ? [] : [[field, text]]
  })
  const calls = new Map<Json | undefined, JsonObject>()
  for (const entry of own.flatMap((each) => (deltaOf(each)['tool_calls'] ?? []) as readonly Json[]).filter(isObject)) {
    const { index: place, ...before } = calls.get(entry['index']) ?? entry
    const custom = isObject(entry['custom'])
    const field = custom ? 'input' : 'arguments'
    const said = calls.has(entry['index']) ? argumentsOf(before) + argumentsOf(entry) : argumentsOf(entry)
    calls.set(entry['index'], { ...before, [custom ? 'custom' : 'function']: { ...innerOf(before), [field]: said } })
  }
  const tools: JsonObject = calls.size === 0 ? {} : { tool_calls: [...calls.values()] }
  return { role: 'assistant', ...(Object.fromEntries(texts) as JsonObject), ...tools }
}

/** A failure in the words of others (C-E01 to C-E12). */
function reshaped(message: string, choice: number): Draft[] {
  const as = (data: JsonObject, event?: string): Draft => ({ event, data, writing: 'plain' })
  const around = { id: 'chatcmpl-err', object: 'chat.completion.chunk', created: 1, model: 'm' }
  const shapes: readonly Draft[] = [
    as({ error: { message, type: 'server_error', param: null, code: null } }, 'error'),
    as({ type: 'error', error: { type: 'overloaded_error', message } }),
    as({ ...around, choices: [], error: { code: 502, message } }),
    as({
      ...around,
      choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
      error: { code: 502, message },
    }),
    as({ error: message }),
    as({ reason: 'guardrail', error: message }),
    as({
      error: {
        message: { error: message, bedrock_guardrail_response: 'no' },
        type: 'None',
        param: 'None',
        code: '400',
      },
    }),
    as({ object: 'error', message, type: 'BadRequestError', code: 400 }),
    as({ detail: message }),
    as({ message }),
    as({ error_type: 'overloaded', error_message: message }),
    as({ error: true, message }),
    as({ error: { message, type: 'guardrail_violation', param: null, code: 'content_filter' } }),
    as({ error: { message, http_status_code: 422 } }),
    as({ type: 'error', message, code: 500, param: null }),
    { ...as({ message, code: 500, type: 'server_error' }), writing: 'error-field' },
  ]
  return shapes.slice(choice % shapes.length).slice(0, 1)
}
