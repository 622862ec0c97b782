import type { Json, JsonObject } from '../stream-event.js'
import type { WholeStreamDamage } from './damage.js'
import { at, type Draft, put, typeOf } from './draft.js'
import { allDone, callsAreWhole, endsWell, hasItems, isBackground, isSequential, isSuccess } from './responses-state.js'

/** Damage to the first and last events that loses nothing an item said. */
export const endingDamages: Readonly<Record<string, WholeStreamDamage>> = {
  // A04. Without an item and without a start there is no answer, but an `empty` stream.
  'drop-created': (list, choice) => {
    const gone = [
      ['response.created'],
      ['response.in_progress'],
      ['response.created', 'response.queued', 'response.in_progress'],
    ]
    const types = gone[choice % gone.length] ?? []
    return hasItems(list) && !isBackground(list)
      ? list.filter((draft) => !types.includes(typeOf(draft) ?? ''))
      : [...list]
  },
  'double-created': (list) =>
    list.flatMap((draft) => (/response\.(created|in_progress)$/.test(typeOf(draft) ?? '') ? [draft, draft] : [draft])),
  // A13: a snapshot that is not wrapped, or lacks what clients ask it for.
  'unwrapped-snapshots': (list) => list.map((draft) => (isWell(draft) ? unwrapped(draft) : draft)),
  'thin-snapshots': (list, choice) => {
    const field = thinned[choice % thinned.length] ?? 'model'
    return list.map((draft) =>
      /created$|in_progress$/.test(typeOf(draft) ?? '') ? put(draft, ['response', field], undefined) : draft,
    )
  },
  'created-at-as-text': (list, choice) =>
    list.map((draft) =>
      at(draft, 'response', 'created_at') === undefined
        ? draft
        : put(draft, ['response', 'created_at'], choice % 2 ? '2026-01-02T03:04:05Z' : '1760000000'),
    ),
  // A01.
  'empty-output': (list, choice) =>
    list.map((draft) => {
      // What a resumed stream left out cannot be filled in (D-50).
      if (!isSuccess(draft) || at(draft, 'response') === undefined || isBackground(list)) return draft
      const { id = null, status = null } = (at(draft, 'response') ?? {}) as JsonObject
      if (choice % 4 === 3) return put(draft, ['response'], { id, status })
      return put(draft, ['response', 'output'], ([[], null, undefined] as const)[choice % 4])
    }),
  'cut-output': (list) =>
    list.map((draft) => {
      const output = at(draft, 'response', 'output')
      return isSuccess(draft) && Array.isArray(output) ? put(draft, ['response', 'output'], output.slice(0, -1)) : draft
    }),
  // A06.
  'other-usage': (list, choice) => {
    const usage = usages[choice % usages.length]
    return list.map((draft) => (isSuccess(draft) ? put(draft, ['response', 'usage'], usage) : draft))
  },
  // A20.
  'terminal-alias': (list) =>
    list.map((draft) =>
      isSuccess(draft) && typeOf(draft) === `response.${String(at(draft, 'response', 'status'))}`
        ? { ...put(draft, ['type'], 'response.done'), event: draft.event && 'response.done' }
        : draft,
    ),
  // RE-16: the event says more than the snapshot.
  'other-status': (list) =>
    list.map((draft) =>
      typeOf(draft) === 'response.completed' ? put(draft, ['response', 'status'], 'in_progress') : draft,
    ),
  'done-at-end': withSentinel,
  // D-49: [DONE] behind a last item that is whole.
  'done-for-terminal': (list) => {
    const done = list.filter((draft) => typeOf(draft) === 'response.output_item.done').at(-1)
    // Which item is the last one is clear where they follow each other.
    const evident =
      isSequential(list) &&
      !isBackground(list) &&
      ['message', 'function_call'].includes(String(at(done, 'item', 'type')))
    const status = at(done, 'item', 'status') === 'completed'
    if (!evident || !status || !endsWell(list) || !callsAreWhole(list) || !allDone(list) || !isLast(list, done))
      return [...list]
    return withSentinel(list.filter((draft) => !isSuccess(draft)))
  },
  'double-terminal': (list) => list.flatMap((draft) => (isSuccess(draft) ? [draft, draft] : [draft])),
  // E.1: one error in any of the shapes that say the same.
  'error-shape': (list, choice) => {
    const place = list.findIndex((draft) => typeOf(draft) === 'error')
    const error = at(list[place], 'error')
    const failed = list[place + 1]
    if (typeof error !== 'object' || error === null || typeOf(failed) !== 'response.failed' || failed === undefined)
      return [...list]
    return [...list.slice(0, place), ...reshaped(error as JsonObject, list[place] as Draft, failed, choice)]
  },
}

const sentinel: Draft = { event: undefined, data: '[DONE]', writing: 'plain' }

/** `[DONE]` at the end, once: two of them on the lines of one frame are nobody's sentinel. */
function withSentinel(list: readonly Draft[]): Draft[] {
  return [...list.filter(({ data }) => data !== sentinel.data), sentinel]
}

const thinned = ['id', 'object', 'created_at', 'status', 'model', 'output', 'tools', 'error']

const usages: readonly (Json | undefined)[] = [
  undefined,
  null,
  {},
  { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, prompt_tokens_details: { cached_tokens: 2 } },
  { input_tokens: 10, output_tokens: 5 },
  { input_tokens: 10, output_tokens: 5, total_tokens: 15, input_tokens_details: {}, output_tokens_details: null },
  { input_tokens: '10', output_tokens: 5.5, total_tokens: -1 },
]

/** An event of the lifecycle that is no failure. */
function isWell(draft: Draft): boolean {
  return at(draft, 'response') !== undefined && typeOf(draft) !== 'response.failed'
}

function unwrapped(draft: Draft): Draft {
  if (typeof draft.data === 'string') return draft
  const { response, ...rest } = draft.data
  return typeof response === 'object' && response !== null
    ? { ...draft, data: { ...(response as JsonObject), ...rest } }
    : draft
}

/** Whether nothing that belongs to an item stands behind the frame. */
function isLast(list: readonly Draft[], done: Draft | undefined): boolean {
  return !list
    .slice(done === undefined ? 0 : list.indexOf(done) + 1)
    .some((draft) => at(draft, 'output_index') !== undefined)
}

/** The frames of a failure, told by one of them, by both, or by something else (R-E01 to R-E10). */
function reshaped(error: JsonObject, nested: Draft, failed: Draft, choice: number): Draft[] {
  const { code = null, message = null, type = null } = error
  const as = (data: JsonObject, event: string | undefined = 'error'): Draft => ({ event, data, writing: 'plain' })
  const flat = { type: 'error', code, message, param: null }
  const other: readonly (readonly Draft[])[] = [
    [nested],
    [failed],
    [as(flat), failed],
    [as(flat, undefined)],
    [as({ ...flat, code: 500, sequence_number: 900 })],
    [as({ error: { message, type, param: null, code: 400 } }, undefined)],
    [as({ error: { message, type, param: null, code: '429' } }), sentinel],
    [as({ error: message }, undefined)],
    [put(put(failed, ['error'], undefined), ['response', 'error', 'code'], 400)],
    [failedBeside(failed, error)],
    [as({ type: 'error', error: { type: 'overloaded_error', message } })],
    [as({ detail: message }, undefined)],
    [as({ object: 'error', message, type: 'BadRequestError', code: 400 }, undefined)],
    [nested, put(failed, ['response', 'error'], null)],
    [nested, sentinel],
  ]
  return [...(other[choice % other.length] ?? [])]
}

/** R-E06: the error beside a response that has none. */
function failedBeside(failed: Draft, error: JsonObject): Draft {
  const without = put(failed, ['response', 'error'], null)
  return typeof without.data === 'string' ? without : { ...without, data: { ...without.data, error } }
}
