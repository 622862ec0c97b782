import type { Json, JsonObject } from '../stream-event.js'
import { callDamages } from './chat-call-damage.js'
import { chunkDamages } from './chat-chunk-damage.js'
import { endingDamages } from './chat-ending-damage.js'
import {
  argumentsOf,
  choicesOf,
  eachChoice,
  eachDelta,
  eachEntry,
  innerOf,
  isDone,
  isObject,
  isUsage,
  saysAnything,
} from './chat-state.js'
import type { WholeStreamDamage } from './damage.js'
import { at, type Draft, put } from './draft.js'

/** Damage that leaves all content in the stream; each of these was seen in the wild (defects/openai.md, B01 to B18, E.3). */
const lossless: Readonly<Record<string, WholeStreamDamage>> = { ...callDamages, ...chunkDamages, ...endingDamages }

const lossy: Readonly<Record<string, WholeStreamDamage>> = {
  'drop-finish': (list) => list.map((draft) => eachChoice(draft, (entry) => ({ ...entry, finish_reason: null }))),
  'drop-finish-chunks': (list) => list.filter((draft) => !choicesOf(draft).some(isFinished)),
  'drop-done': (list) => list.filter((draft) => !isDone(draft)),
  'drop-ending': (list) =>
    list.filter((draft) => !isDone(draft) && !isUsage(draft) && !choicesOf(draft).some(isFinished)),
  'done-only': (list) => list.filter(isDone),
  'done-first': (list) => [...list.filter(isDone), ...list.filter((draft) => !isDone(draft))],
  'finish-first': (list) => {
    const finish = list.find((draft) => choicesOf(draft).some(isFinished))
    return finish === undefined ? [...list] : [finish, ...list]
  },
  'other-finish': (list, choice) =>
    list.map((draft) =>
      eachChoice(draft, (entry) =>
        isFinished(entry) ? { ...entry, finish_reason: words[choice % words.length] ?? null } : entry,
      ),
    ),
  // B18, law 6: the last of the arguments never came.
  'cut-arguments': (list, choice) =>
    eachEntry(list, ({ entry, last }) =>
      last ? withArguments(entry, argumentsOf(entry).slice(0, -1 - (choice % 3))) : entry,
    ),
  'drop-arguments': (list, choice) => eachEntry(list, ({ entry, number }) => (number > choice % 3 ? [] : entry)),
  'blank-all-arguments': (list) => eachEntry(list, ({ entry }) => withArguments(entry, '')),
  'no-ids': (list) => eachEntry(list, ({ entry }) => without(entry, 'id')),
  'no-names': (list) => eachEntry(list, ({ entry }) => withInner(entry, without(innerOf(entry), 'name'))),
  'split-names': (list) =>
    eachEntry(list, ({ entry }) => {
      const { name } = innerOf(entry)
      if (typeof name !== 'string' || name.length < 2) return entry
      const field = isObject(entry['custom']) ? 'custom' : 'function'
      const later = { index: entry['index'] ?? null, [field]: { name: name.slice(2) } }
      return [withInner(entry, { ...innerOf(entry), name: name.slice(0, 2) }), later]
    }),
  // D-62: a call under way that gets another name.
  'rename-calls': (list) =>
    eachEntry(list, ({ entry, number }) =>
      number === 1 ? withInner(entry, { ...innerOf(entry), name: 'other' }) : entry,
    ),
  'same-ids': (list) => eachEntry(list, ({ entry }) => ({ ...entry, id: 'call_same' })),
  'ids-as-names': (list) =>
    eachEntry(list, ({ entry }) =>
      entry['id'] === undefined ? entry : { ...entry, id: innerOf(entry)['name'] ?? null },
    ),
  'new-ids': (list) => list.map((draft, place) => eachOne(draft, (entry) => ({ ...entry, id: `call_new_${place}` }))),
  'no-indices': (list) => eachEntry(list, ({ entry }) => without(entry, 'index')),
  'constant-indices': (list, choice) =>
    eachEntry(list, ({ entry }) => ({ ...entry, index: ([0, -1, 5, '0'] as const)[choice % 4] ?? 0 })),
  'nameless-places': (list) => eachEntry(list, ({ entry }) => without(without(entry, 'index'), 'id')),
  'null-calls': (list, choice) =>
    list.map((draft) =>
      eachDelta(draft, (delta) =>
        'tool_calls' in delta
          ? { ...delta, tool_calls: ([null, 'x', [null], {}] as const)[choice % 4] ?? null }
          : delta,
      ),
    ),
  'no-roles': (list) => list.map((draft) => eachDelta(draft, (delta) => without(delta, 'role'))),
  'no-envelopes': (list) =>
    list.map((draft) => ['id', 'object', 'created', 'model'].reduce((before, field) => gone(before, field), draft)),
  'no-choices': (list, choice) =>
    list.map((draft, place) =>
      choicesOf(draft).length > 0 && (place + choice) % 3 === 0
        ? put(draft, ['choices'], choice % 2 ? null : undefined)
        : draft,
    ),
  'choices-as-object': (list) =>
    list.map((draft) => {
      const [entry] = choicesOf(draft)
      return entry === undefined ? draft : put(draft, ['choices'], entry)
    }),
  'constant-choice': (list, choice) =>
    list.map((draft) => eachChoice(draft, (entry) => ({ ...entry, index: (choice % 4) - 1 }))),
  'no-choice-indices': (list) => list.map((draft) => eachChoice(draft, (entry) => without(entry, 'index'))),
  'renumber-choices': (list) => list.map((draft, place) => eachChoice(draft, (entry) => ({ ...entry, index: place }))),
  'null-deltas': (list, choice) =>
    list.map((draft, place) =>
      eachChoice(draft, (entry) => ((place + choice) % 2 ? { ...entry, delta: null } : entry)),
    ),
  'both-delta-and-message': (list) =>
    list.map((draft) =>
      eachChoice(draft, (entry) => (isObject(entry['delta']) ? { ...entry, message: entry['delta'] } : entry)),
    ),
  'content-objects': (list, choice) =>
    list.map((draft) =>
      eachDelta(draft, (delta) =>
        typeof delta['content'] === 'string' ? { ...delta, content: oddContent(delta['content'], choice) } : delta,
      ),
    ),
  'both-reasonings': (list) =>
    list.map((draft) =>
      eachDelta(draft, (delta) =>
        typeof delta['reasoning'] === 'string' ? { ...delta, reasoning_content: delta['reasoning'] } : delta,
      ),
    ),
  // A vendor that goes on behind its error, and one that says it twice.
  'error-then-continue': (list, choice) => {
    const place = choice % (list.length + 1)
    const error = {
      message: 'stopped',
      type: 'guardrail_violation',
      param: null,
      code: choice % 2 ? 400 : 'content_filter',
    }
    return [...list.slice(0, place), { event: undefined, data: { error }, writing: 'plain' }, ...list.slice(place)]
  },
  'errors-in-chunks': (list, choice) =>
    list.map((draft, place) =>
      choicesOf(draft).length > 0 && (place + choice) % 4 === 0
        ? withKey(draft, 'error', { message: 'inside', code: 502 })
        : draft,
    ),
  'second-answer': (list, choice) => {
    const other = list.map((draft) => (at(draft, 'id') === undefined ? draft : put(draft, ['id'], 'chatcmpl-second')))
    return [...list.slice(0, choice % (list.length + 1)), ...other]
  },
  // Frames in turns, whatever they are.
  alternate: (list, choice) => {
    const from = choice % Math.max(list.length, 1)
    const head = list.slice(from)
    return [
      ...list.slice(0, from),
      ...head.filter((_, place) => place % 2 === 0),
      ...head.filter((_, place) => place % 2),
    ]
  },
  'spoken-model': (list) =>
    list.map((draft) => (at(draft, 'model') === undefined ? draft : put(draft, ['model'], 'gpt-audio-2'))),
  'completion-chunks': (list) =>
    list.map((draft) =>
      choicesOf(draft).some(saysAnything)
        ? put(
            eachChoice(draft, ({ delta = {}, ...entry }) => ({ ...entry, message: delta })),
            ['object'],
            'chat.completion',
          )
        : draft,
    ),
}

export const chatDamages: Readonly<Record<string, WholeStreamDamage>> = { ...lossless, ...lossy }
export const chatLossless: readonly string[] = Object.keys(lossless)

const words = ['error', 'stop', 'tool_calls', 'function_call', 'length', 'content_filter', '', 'newer_word']

function isFinished({ finish_reason: finish }: JsonObject): boolean {
  return typeof finish === 'string' && finish !== ''
}

function oddContent(content: string, choice: number): Json {
  return (
    [
      [{ type: 'image_url', image_url: { url: content } }],
      [{ type: 'text', text: content }, null, 7],
      { text: [content] },
      [[content]],
      [{ type: 'reasoning', reasoning: content }, content],
    ][choice % 5] ?? null
  )
}

function eachOne(draft: Draft, change: (entry: JsonObject) => JsonObject): Draft {
  return eachEntry([draft], ({ entry }) => change(entry))[0] ?? draft
}

function withArguments(entry: JsonObject, json: string): JsonObject {
  const field = isObject(entry['custom']) ? 'input' : 'arguments'
  return withInner(entry, { ...innerOf(entry), [field]: json })
}

function withInner(entry: JsonObject, inner: JsonObject): JsonObject {
  if (isObject(entry['custom'])) return { ...entry, custom: inner }
  return isObject(entry['function']) ? { ...entry, function: inner } : entry
}

function withKey(draft: Draft, name: string, value: Json): Draft {
  return typeof draft.data === 'string' ? draft : { ...draft, data: { ...draft.data, [name]: value } }
}

function without(value: JsonObject, name: string): JsonObject {
  const { [name]: _, ...rest } = value
  return rest
}

function gone(draft: Draft, name: string): Draft {
  return at(draft, name) === undefined ? draft : put(draft, [name], undefined)
}
