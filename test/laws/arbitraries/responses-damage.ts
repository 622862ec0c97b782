import type { Json } from '../stream-event.js'
import type { WholeStreamDamage } from './damage.js'
import { at, type Draft, put, typeOf } from './draft.js'
import { callDamages } from './responses-call-damage.js'
import { endingDamages } from './responses-ending-damage.js'
import { itemDamages } from './responses-item-damage.js'
import { placeDamages } from './responses-place-damage.js'
import { keeping, routed } from './responses-state.js'

/** Damage that leaves all content in the stream; each of these was seen in the wild (defects/openai.md, A01 to A27). */
const lossless: Readonly<Record<string, WholeStreamDamage>> = Object.fromEntries(
  Object.entries({ ...placeDamages, ...itemDamages, ...callDamages, ...endingDamages }).map(([name, damage]) => [
    name,
    keeping(damage),
  ]),
)

const without = (pattern: RegExp) => (list: readonly Draft[]) =>
  list.filter((draft) => !pattern.test(typeOf(draft) ?? ''))

const lossy: Readonly<Record<string, WholeStreamDamage>> = {
  'drop-all-added': without(/\.added$/),
  'drop-all-done': without(/\.done$/),
  'drop-all-boundaries': without(/\.(added|done)$/),
  'drop-lifecycle': without(/^response\.(created|queued|in_progress)$/),
  'drop-terminal': without(/^response\.(completed|incomplete|failed)$/),
  'drop-terminal-for-done': (list) => [...without(/^response\.(completed|incomplete|failed)$/)(list), sentinel],
  // What is left of the seed case: deltas, the response's id in them, and a terminal.
  'bare-deltas': (list) =>
    list
      .filter((draft) => /\.delta$|^response\.(completed|incomplete|failed)$|^error$/.test(typeOf(draft) ?? ''))
      .map((draft) => ({
        ...(at(draft, 'item_id') === undefined ? draft : put(draft, ['item_id'], 'resp_01')),
        event: undefined,
      })),
  'deltas-only': without(/^(?!.*\.delta$)/),
  'no-ids': (list) => list.map((draft) => strip(strip(draft, 'item_id'), 'item', 'id')),
  'no-indices': (list) => list.map((draft) => indexFields.reduce((before, field) => strip(before, field), draft)),
  'no-places': (list) =>
    list.map((draft) => ['item_id', ...indexFields].reduce((before, field) => strip(before, field), draft)),
  'constant-indices': (list, choice) =>
    list.map((draft) =>
      indexFields.reduce(
        (before, field) => (at(before, field) === undefined ? before : put(before, [field], (choice % 4) - 1)),
        draft,
      ),
    ),
  'no-types': (list) => list.map((draft) => strip(draft, 'type')),
  'no-names': (list) => list.map((draft) => strip(draft, 'item', 'name')),
  'no-call-ids': (list) => list.map((draft) => strip(draft, 'item', 'call_id')),
  'null-items': (list) => list.map((draft) => (at(draft, 'item') === undefined ? draft : put(draft, ['item'], null))),
  'null-parts': (list) => list.map((draft) => (at(draft, 'part') === undefined ? draft : put(draft, ['part'], null))),
  'null-responses': (list) =>
    list.map((draft) => (at(draft, 'response') === undefined ? draft : put(draft, ['response'], null))),
  'cut-arguments': (list) =>
    list.map((draft) => {
      const json = at(draft, 'arguments')
      return typeof json === 'string' ? put(draft, ['arguments'], json.slice(0, -1)) : draft
    }),
  'failed-terminal': (list) =>
    list.map((draft) =>
      typeOf(draft) === 'response.completed'
        ? { ...put(draft, ['type'], 'response.failed'), event: 'response.failed' }
        : draft,
    ),
  'cancelled-terminal': (list) =>
    list.map((draft) =>
      typeOf(draft) === 'response.completed'
        ? { ...put(put(draft, ['type'], 'response.cancelled'), ['response', 'status'], 'cancelled'), event: undefined }
        : draft,
    ),
  'other-snapshots': (list) => list.map((draft) => (typeOf(draft)?.endsWith('.done') ? otherSaid(draft) : draft)),
  'terminal-first': (list) => {
    const terminal = list.find((draft) => typeOf(draft) === 'response.completed')
    return terminal === undefined ? [...list] : [terminal, ...list]
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
  'late-added': (list) => {
    const isAdded = (draft: Draft) => typeOf(draft)?.endsWith('.added') === true
    return [...list.slice(0, 2), ...list.slice(2).filter((draft) => !isAdded(draft)), ...list.filter(isAdded)]
  },
  'mistype-deltas': (list, choice) =>
    list.map((draft, place) => {
      if (!typeOf(draft)?.endsWith('.delta') || (place + choice) % 3) return draft
      const type = deltaTypes[(place + choice) % deltaTypes.length] ?? ''
      return { ...put(draft, ['type'], type), event: type }
    }),
  'second-response': (list, choice) => {
    const other = list.map((draft) =>
      at(draft, 'response', 'id') === undefined ? draft : put(draft, ['response', 'id'], 'resp_other'),
    )
    return [...list.slice(0, choice % (list.length + 1)), ...other]
  },
  resumed: (list, choice) => {
    const from = choice % Math.max(list.length, 1)
    const first = list[from]
    // D-50: a snapshot that is no `created` and says that it is in the background begins in the middle.
    const inMiddle = first !== undefined && at(first, 'response') !== undefined && !routed(first)
    return inMiddle ? [put(first, ['response', 'background'], true), ...list.slice(from + 1)] : list.slice(from)
  },
}

export const responsesDamages: Readonly<Record<string, WholeStreamDamage>> = { ...lossless, ...lossy }
export const responsesLossless: readonly string[] = Object.keys(lossless)

const sentinel: Draft = { event: undefined, data: '[DONE]', writing: 'plain' }
const indexFields = ['output_index', 'content_index', 'summary_index', 'annotation_index']
const deltaTypes = [
  'response.output_text.delta',
  'response.refusal.delta',
  'response.reasoning_text.delta',
  'response.reasoning_summary_text.delta',
  'response.function_call_arguments.delta',
  'response.custom_tool_call_input.delta',
]

function strip(draft: Draft, ...path: string[]): Draft {
  return at(draft, ...path) === undefined ? draft : put(draft, path, undefined)
}

/** RE-13: what closes something says other words than the deltas did. */
function otherSaid(draft: Draft): Draft {
  const fields: readonly (readonly [string, Json])[] = [
    ['text', 'other words'],
    ['refusal', 'other words'],
    ['arguments', '{"other":1}'],
  ]
  return fields.reduce(
    (before, [field, value]) => (at(before, field) === undefined ? before : put(before, [field], value)),
    draft,
  )
}
