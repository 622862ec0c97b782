import type { Json } from '../stream-event.js'
import type { WholeStreamDamage } from './damage.js'
import { at, type Draft, put, typeOf } from './draft.js'
import { toolDamages } from './messages-tool-damage.js'

/** Damage that leaves all content in the stream; each of these was seen in the wild (defects/messages.md). */
const lossless: Readonly<Record<string, WholeStreamDamage>> = {
  reindex: (list, choice) => {
    const maps = consistent.length
    const kind = interleaved(list) ? choice % maps : choice % (maps + collapsing.length)
    const map = kind < maps ? consistent[kind] : collapsing[kind - maps]
    return list.map((draft) => {
      const index = at(draft, 'index')
      return map !== undefined && typeof index === 'number' ? put(draft, ['index'], map(index)) : draft
    })
  },
  // A tool's start holds its name, and a block that is whole in its start has nothing else: those stay.
  'drop-starts': (list, choice) => {
    let before: Json | undefined
    return list.filter((draft, place) => {
      if (typeOf(draft) !== 'content_block_start') return true
      const type = at(draft, 'content_block', 'type')
      // A delta that we do not know needs its start; and what a block that we do not know accepts cannot be told from what
      // would follow it without a start.
      const first = list.find((other, behind) => behind > place && at(other, 'index') === at(draft, 'index'))
      const newer = before === 'hologram' || at(first, 'delta', 'type') === 'annotation_delta'
      const stays = newer || choice % 3 === (type === 'thinking' ? 2 : 1)
      before = type
      return stays || !(isEmptyText(draft) || isEmptyThinking(draft))
    })
  },
  // Before an error a tool that was not stopped may be a cut one, and what waits behind it is lost with it (D-23).
  'drop-stops': (list) => (endsWell(list) ? list.filter((draft) => typeOf(draft) !== 'content_block_stop') : [...list]),
  'double-starts': (list) =>
    list.flatMap((draft) =>
      isEmptyText(draft) || isEmptyThinking(draft) || isEmptyTool(draft) ? [draft, draft] : [draft],
    ),
  'double-stops': (list) =>
    list.flatMap((draft) => (typeOf(draft) === 'content_block_stop' ? [draft, draft] : [draft])),
  'defer-stops': (list, choice) => {
    const marker = list.findIndex((draft) => typeOf(draft) === (choice % 2 ? 'message_delta' : 'message_stop'))
    if (marker < 0 || !endsWell(list)) return [...list]
    const isStop = (draft: Draft) => typeOf(draft) === 'content_block_stop'
    const before = list.slice(0, marker)
    return [...before.filter((draft) => !isStop(draft)), ...before.filter(isStop), ...list.slice(marker)]
  },
  // Without a start and without content there is no answer, but an `empty` stream.
  'drop-message-start': (list) => (list.some(isContent) ? list.filter((draft) => !isPlainStart(draft)) : [...list]),
  'double-message-start': (list) => list.flatMap((draft) => (isPlainStart(draft) ? [draft, draft] : [draft])),
  // With a reason that explains cut JSON the message_stop is the evidence; it must not go.
  'drop-message-stop': (list) =>
    list.some((draft) => explainsCut.includes(String(at(draft, 'delta', 'stop_reason'))))
      ? [...list]
      : list.filter((draft) => typeOf(draft) !== 'message_stop'),
  'done-at-end': (list) => [...list, { event: undefined, data: '[DONE]', writing: 'plain' }],
  'late-null-reason': (list) =>
    list.flatMap((draft) =>
      typeOf(draft) === 'message_delta' ? [draft, put(draft, ['delta', 'stop_reason'], null)] : [draft],
    ),
  'foreign-reasons': (list) =>
    list.map((draft) => {
      const reason = foreignReasons[String(at(draft, 'delta', 'stop_reason'))]
      return reason === undefined ? draft : put(draft, ['delta', 'stop_reason'], reason)
    }),
  'no-usage': (list) =>
    list.map((draft) => (typeOf(draft) === 'message_delta' ? put(draft, ['usage'], undefined) : draft)),
  'untyped-deltas': (list) =>
    list.map((draft) =>
      knownDeltas.includes(String(at(draft, 'delta', 'type'))) ? put(draft, ['delta', 'type'], undefined) : draft,
    ),
  'text-in-start': (list) => {
    const out = [...list]
    out.forEach((draft, place) => {
      const next = out[place + 1]
      const text = at(next, 'delta', 'text')
      if (isEmptyText(draft) && typeof text === 'string' && at(next, 'delta', 'type') === 'text_delta') {
        out[place] = put(draft, ['content_block', 'text'], text)
        out.splice(place + 1, 1)
      }
    })
    return out
  },
  'error-shape': (list) =>
    list.map((draft) => {
      const error = typeOf(draft) === 'error' ? at(draft, 'error') : undefined
      return error === undefined ? draft : { ...draft, event: undefined, data: { error } }
    }),
  ...toolDamages,
}

const lossy: Readonly<Record<string, WholeStreamDamage>> = {
  'drop-all-starts': (list) => list.filter((draft) => typeOf(draft) !== 'content_block_start'),
  'drop-message-delta': (list) => list.filter((draft) => typeOf(draft) !== 'message_delta'),
  'drop-ending': (list) => list.filter((draft) => !['message_delta', 'message_stop'].includes(String(typeOf(draft)))),
  'drop-names': (list) => list.map((draft) => put(draft, ['content_block', 'name'], undefined)),
  'stop-first': (list) => {
    const stop = list.find((draft) => typeOf(draft) === 'message_stop')
    return stop === undefined ? [...list] : [stop, ...list]
  },
  // Deltas of two neighbouring blocks in turns, whatever the blocks are.
  alternate: (list, choice) => {
    const from = choice % Math.max(list.length, 1)
    const head = list.slice(from)
    return [
      ...list.slice(0, from),
      ...head.filter((_, place) => place % 2 === 0),
      ...head.filter((_, place) => place % 2),
    ]
  },
  'mistype-deltas': (list, choice) =>
    list.map((draft, place) => {
      const delta = at(draft, 'delta', 'type')
      if (!knownDeltas.includes(String(delta)) || (place + choice) % 3) return draft
      const type = knownDeltas[(place + choice) % knownDeltas.length] ?? ''
      const content =
        at(draft, 'delta', 'text') ?? at(draft, 'delta', 'thinking') ?? at(draft, 'delta', 'partial_json') ?? ''
      return put(draft, ['delta'], { type, [fieldOf[type] ?? 'text']: content })
    }),
  'second-message': (list, choice) => {
    const other = list.map((draft) => (isPlainStart(draft) ? put(draft, ['message', 'id'], 'msg_other') : draft))
    return [...list.slice(0, choice % (list.length + 1)), ...other]
  },
}

export const messagesDamages: Readonly<Record<string, WholeStreamDamage>> = { ...lossless, ...lossy }
export const messagesLossless: readonly string[] = Object.keys(lossless)

/** Reasons under which cut tool JSON is no truncation. */
const explainsCut = ['max_tokens', 'refusal', 'model_context_window_exceeded', 'length']

const consistent: readonly ((index: number) => Json | undefined)[] = [
  (index) => String(index),
  (index) => index * 2 + 1,
  (index) => 30 - index,
  (index) => index - 1,
]
const collapsing: readonly ((index: number) => Json | undefined)[] = [
  () => -1,
  () => undefined,
  () => 0,
  () => 3,
  () => '0',
]

const foreignReasons: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  tool_use: 'tool_calls',
  max_tokens: 'length',
}
const knownDeltas = ['text_delta', 'thinking_delta', 'input_json_delta']
const fieldOf: Readonly<Record<string, string>> = {
  text_delta: 'text',
  thinking_delta: 'thinking',
  input_json_delta: 'partial_json',
}

function isEmptyText(draft: Draft): boolean {
  return typeOf(draft) === 'content_block_start' && at(draft, 'content_block', 'text') === ''
}

function isEmptyThinking(draft: Draft): boolean {
  return typeOf(draft) === 'content_block_start' && at(draft, 'content_block', 'thinking') === ''
}

function isEmptyTool(draft: Draft): boolean {
  return (
    at(draft, 'content_block', 'type') === 'tool_use' && JSON.stringify(at(draft, 'content_block', 'input')) === '{}'
  )
}

function endsWell(list: readonly Draft[]): boolean {
  return !list.some((draft) => typeOf(draft) === 'error' || at(draft, 'error') !== undefined)
}

/** A frame that shows that an answer began, and that no other damage here takes away. */
function isContent(draft: Draft): boolean {
  const said = at(draft, 'delta', 'text') ?? at(draft, 'delta', 'thinking')
  const block = typeOf(draft) === 'content_block_start' && !isEmptyText(draft) && !isEmptyThinking(draft)
  return block || (typeof said === 'string' && said.trim() !== '')
}

/** A message_start that holds no content of its own. */
function isPlainStart(draft: Draft): boolean {
  return typeOf(draft) === 'message_start' && JSON.stringify(at(draft, 'message', 'content')) === '[]'
}

/** Whether some index is returned to after another one, so that only the index tells the blocks apart. */
function interleaved(list: readonly Draft[]): boolean {
  const left = new Set<Json>()
  let current: Json | undefined
  for (const draft of list) {
    const index = at(draft, 'index')
    if (index === undefined || index === current) continue
    if (left.has(index)) return true
    if (current !== undefined) left.add(current)
    current = index
  }
  return false
}
