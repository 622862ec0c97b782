import type { Json, JsonObject } from '../stream-event.js'
import type { WholeStreamDamage } from './damage.js'
import { at, type Draft, put, typeOf } from './draft.js'
import { callsAreWhole, endsWell, isBackground, isPristine, isSequential } from './responses-state.js'

/** Damage to announcements, `done` events, parts and deltas that leaves their content somewhere in the stream. */
export const itemDamages: Readonly<Record<string, WholeStreamDamage>> = {
  // A03, A14: a call whose announcement is gone has its name in its `done`.
  'drop-item-added': whole((list, choice) =>
    list.filter((draft) => {
      // What a resumed stream did not see begin is not filled in (D-50).
      if (typeOf(draft) !== 'response.output_item.added' || isBackground(list)) return true
      const type = String(at(draft, 'item', 'type'))
      const call = choice % 2 === 1 && isNamed(list, at(draft, 'output_index'), 'done')
      return !(['message', 'reasoning'].includes(type) || call)
    }),
  ),
  // A11, A12.
  'drop-part-added': whole((list) => list.filter((draft) => !typeOf(draft)?.endsWith('_part.added'))),
  // A12: vLLM announces reasoning as text of a message.
  'reasoning-part-as-text': whole((list) =>
    list.map((draft) =>
      typeOf(draft) === 'response.content_part.added' && at(draft, 'part', 'type') === 'reasoning_text'
        ? put(draft, ['part'], { type: 'output_text', text: '', annotations: [] })
        : draft,
    ),
  ),
  // A09: any of the events that close something.
  'drop-done': whole((list, choice) => {
    const kinds = [/(text|refusal|arguments|input)\.done$/, /_part\.done$/, /(text|refusal|_part)\.done$/]
    return list.filter((draft) => !kinds[choice % kinds.length]?.test(typeOf(draft) ?? ''))
  }),
  // Before an error what is open stays open; a call that is cut short must not be taken for one that goes on.
  'drop-item-done': whole((list) =>
    endsWell(list) && callsAreWhole(list)
      ? list.filter((draft) => {
          const type = String(at(draft, 'item', 'type'))
          if (typeOf(draft) !== 'response.output_item.done' || !closes.includes(type)) return true
          return !(['message', 'reasoning'].includes(type) || isNamed(list, at(draft, 'output_index'), 'added'))
        })
      : [...list],
  ),
  // A15: no deltas; the text stands in what closes the part, the item, or the response.
  'drop-deltas': whole((list, choice) => {
    const kinds = [/(text|refusal)\.delta$/, /(text|refusal)\.(delta|done)$|_part\./]
    return endsWell(list) ? list.filter((draft) => !kinds[choice % kinds.length]?.test(typeOf(draft) ?? '')) : [...list]
  }),
  'terminal-only': whole((list, choice) =>
    endsWell(list) && !isBackground(list)
      ? list.filter(
          (draft) =>
            /response\.(created|completed|incomplete|done)$/.test(typeOf(draft) ?? '') ||
            (choice % 2 && isLifecycle(draft)),
        )
      : [...list],
  ),
  // A22: the text of a delta inside an object.
  'object-deltas': (list, choice) => {
    const field = ['text', 'content', 'value'][choice % 3] ?? 'text'
    return list.map((draft) => {
      const delta = at(draft, 'delta')
      const inside: JsonObject = { ...(choice % 2 ? { type: 'text' } : {}), [field]: delta ?? null }
      return isTextDelta(draft) && typeof delta === 'string' ? put(draft, ['delta'], inside) : draft
    })
  },
  'null-deltas': (list) =>
    list.flatMap((draft) => (isTextDelta(draft) ? [draft, put(draft, ['delta'], null)] : [draft])),
  // A23.
  'double-added': whole((list) =>
    list.flatMap((draft) => (typeOf(draft)?.endsWith('.added') && !isNote(draft) ? [draft, draft] : [draft])),
  ),
  'double-done': whole((list) =>
    list.flatMap((draft) => (/_(item|part)\.done$/.test(typeOf(draft) ?? '') ? [draft, draft] : [draft])),
  ),
  // A08: what an item or a part is announced and closed without.
  'thin-items': (list, choice) => {
    const [type, field, value] = thin[choice % thin.length] ?? thin[0]
    return list.map((draft) => {
      const holder = typeOf(draft) === 'response.output_item.added' ? 'item' : 'part'
      return at(draft, holder, 'type') === type && typeOf(draft)?.endsWith('.added')
        ? put(draft, [holder, field], value)
        : draft
    })
  },
  'thin-done-items': (list, choice) => {
    const field = ['status', 'role', 'summary'][choice % 3] ?? 'status'
    return list.map((draft) =>
      typeOf(draft) === 'response.output_item.done' && callsAreWhole(list) && !hasSummary(draft)
        ? put(draft, ['item', field], undefined)
        : draft,
    )
  },
  // A16.
  'no-annotations': (list) =>
    list.map((draft) => {
      const bare =
        at(draft, 'part', 'annotations') === undefined ? draft : put(draft, ['part', 'annotations'], undefined)
      const content = at(bare, 'item', 'content')
      return Array.isArray(content) ? put(bare, ['item', 'content'], content.map(unannotated)) : bare
    }),
}

/** Damage that needs every item and part where it was, and one item behind the other. */
function whole(damage: WholeStreamDamage): WholeStreamDamage {
  return (list, choice) => (isPristine(list) && isSequential(list) ? damage(list, choice) : [...list])
}

/** The items that are closed where nobody else does it. */
const closes = ['message', 'reasoning', 'function_call', 'custom_tool_call']

const thin: readonly [readonly [string, string, Json | undefined], ...(readonly [string, string, Json | undefined])[]] =
  [
    ['message', 'content', undefined],
    ['message', 'content', null],
    ['message', 'role', undefined],
    ['message', 'status', undefined],
    ['reasoning', 'summary', undefined],
    ['reasoning', 'summary', null],
    ['function_call', 'status', undefined],
    ['function_call', 'arguments', undefined],
    ['custom_tool_call', 'input', undefined],
    ['output_text', 'text', undefined],
    ['output_text', 'text', null],
    ['refusal', 'refusal', undefined],
    ['summary_text', 'text', undefined],
  ]

/** Whether the call at this index has both its names where it is announced, or where it is done. */
function isNamed(list: readonly Draft[], index: Json | undefined, where: 'added' | 'done'): boolean {
  const draft = list.find(
    (other) => typeOf(other) === `response.output_item.${where}` && at(other, 'output_index') === index,
  )
  return ['name', 'call_id'].every((field) => (at(draft, 'item', field) ?? '') !== '')
}

function isTextDelta(draft: Draft): boolean {
  return /\.(output_text|refusal|reasoning_text|reasoning_summary_text)\.delta$/.test(typeOf(draft) ?? '')
}

function isLifecycle(draft: Draft): boolean {
  return /response\.(queued|in_progress)$/.test(typeOf(draft) ?? '')
}

function isNote(draft: Draft): boolean {
  return /annotation|shell_call_command/.test(typeOf(draft) ?? '')
}

function hasSummary(draft: Draft): boolean {
  const summary = at(draft, 'item', 'summary')
  return Array.isArray(summary) && summary.length > 0
}

function unannotated(part: Json): Json {
  if (typeof part !== 'object' || part === null) return part
  const { annotations: _, ...rest } = part as JsonObject
  return rest
}
