import type { Json, JsonObject } from '../stream-event.js'
import type { WholeStreamDamage } from './damage.js'
import { at, type Draft, put, typeOf } from './draft.js'
import { allDone, boundariesIntact, idsIntact, indicesIntact, isSequential, routed } from './responses-state.js'

/** Damage to ids and indices that leaves enough to tell the items apart. */
export const placeDamages: Readonly<Record<string, WholeStreamDamage>> = {
  // A05: the ids of Copilot are new in every event; others name the response, a chat id, or nothing.
  'other-item-ids': (list, choice) => {
    // One id for items that are open together would be the id of either (D-40).
    const maps = isSequential(list) ? [...itemIds, () => 'chatcmpl-abc'] : itemIds
    return mayLoseIds(list)
      ? list.map((draft, place) => withIds(draft, maps[choice % maps.length] ?? same, place))
      : [...list]
  },
  'other-delta-ids': (list, choice) =>
    mayLoseIds(list)
      ? list.map((draft, place) =>
          typeOf(draft)?.endsWith('.delta') ? withIds(draft, deltaIds[choice % deltaIds.length] ?? same, place) : draft,
        )
      : [...list],
  'other-done-ids': (list) =>
    mayLoseIds(list)
      ? list.map((draft, place) =>
          typeOf(draft) === 'response.output_item.done' ? put(draft, ['item', 'id'], `msg_zz${place}`) : draft,
        )
      : [...list],
  'other-response-ids': (list, choice) =>
    list.map((draft, place) =>
      typeof at(draft, 'response', 'id') === 'string' && place > 0
        ? put(draft, ['response', 'id'], choice % 2 ? `resp_zz${place}` : undefined)
        : draft,
    ),
  'other-terminal-ids': (list) =>
    list.map((draft) => {
      const output = at(draft, 'response', 'output')
      // The id of a call at an MCP server is what the call is known by.
      if (!Array.isArray(output) || output.length === 0) return draft
      if (output.some((item) => (item as JsonObject | null)?.['type'] === 'mcp_call')) return draft
      return put(
        draft,
        ['response', 'output'],
        output.map((item, place) => ({ ...item, id: `chatcmpl-${place}` })),
      )
    }),
  // A07: absent, constant, from 1, sparse, as a string.
  'other-output-indices': (list, choice) => {
    if (!indicesIntact(list) || !boundariesIntact(list)) return [...list]
    // A constant index is reused by the next item, which closes the one that has it (D-43). What only an index routes needs it.
    const byId = idsIntact(list) && !list.some(hasNoId)
    const maps = [...shifted, ...(isSequential(list) ? collapsed : byId ? absent : [])]
    const map = maps[choice % maps.length] ?? same
    return list.map((draft) => {
      const index = at(draft, 'output_index')
      return typeof index === 'number' ? put(draft, ['output_index'], map(index)) : draft
    })
  },
  'other-content-indices': (list, choice) => {
    if (!boundariesIntact(list)) return [...list]
    // Two parts at one index are two only where the first is done before the second begins.
    const maps = allDone(list) ? [...shifted, ...collapsed, undefined] : shifted
    const map = maps[choice % maps.length]
    let count = 0
    return list.map((draft) => {
      const index = at(draft, 'content_index')
      if (typeof index !== 'number') return draft
      if (map !== undefined) return put(draft, ['content_index'], map(index))
      // One more on every delta.
      return typeOf(draft)?.endsWith('.delta') ? put(draft, ['content_index'], count++) : draft
    })
  },
  'other-summary-indices': (list, choice) => {
    if (!boundariesIntact(list)) return [...list]
    const maps = allDone(list) ? [...shifted, ...collapsed] : shifted
    const map = maps[choice % maps.length] ?? same
    return list.map((draft) => {
      const index = at(draft, 'summary_index')
      return typeof index === 'number' ? put(draft, ['summary_index'], map(index)) : draft
    })
  },
  // A27: the stages of built-in tools without their routing.
  'stages-without-routing': (list) =>
    isSequential(list) && boundariesIntact(list)
      ? list.map((draft) =>
          isStage(draft) ? put(put(draft, ['item_id'], undefined), ['output_index'], undefined) : draft,
        )
      : [...list],
  // A17.
  'other-sequence-numbers': (list, choice) =>
    list.map((draft, place) => {
      const number = at(draft, 'sequence_number')
      const others: readonly (Json | undefined)[] = [
        undefined,
        0,
        String(number),
        7,
        -place,
        place % 3 ? undefined : number,
      ]
      return number === undefined ? draft : put(draft, ['sequence_number'], others[choice % others.length])
    }),
}

type MapIndex = (index: number) => Json | undefined

const shifted: readonly MapIndex[] = [(index) => index + 1, (index) => index * 2, (index) => String(index)]
const absent: readonly MapIndex[] = [() => undefined, () => null]
const collapsed: readonly MapIndex[] = [...absent, () => 0, () => -1]

type MapId = (id: string, place: number) => Json | undefined

const same = <T>(value: T): T => value
const itemIds: readonly MapId[] = [
  (id, place) => `${id}+${place}`,
  () => 'resp_01',
  () => undefined,
  () => null,
  () => '',
]

const deltaIds: readonly MapId[] = [...itemIds, () => 'chatcmpl-abc']

/** Ids may go where the indices tell the items apart, or where one item is announced after another. */
function mayLoseIds(list: readonly Draft[]): boolean {
  return boundariesIntact(list) && (indicesIntact(list) || isSequential(list, 'item_id'))
}

function withIds(draft: Draft, map: MapId, place: number): Draft {
  const id = at(draft, 'item_id')
  const own = at(draft, 'item', 'id')
  const renamed = typeof id === 'string' ? put(draft, ['item_id'], map(id, place)) : draft
  return typeof own === 'string' && !(isMcpCall(draft) && typeOf(draft)?.endsWith('.added'))
    ? put(renamed, ['item', 'id'], map(own, place))
    : renamed
}

function isMcpCall(draft: Draft): boolean {
  return at(draft, 'item', 'type') === 'mcp_call'
}

function hasNoId(draft: Draft): boolean {
  return routed(draft) && at(draft, 'item_id') === undefined && at(draft, 'item') === undefined
}

function isStage(draft: Draft): boolean {
  return /_call\.(in_progress|searching|interpreting|generating|completed|failed)$/.test(typeOf(draft) ?? '')
}
