import { ciphertext } from '../responses-units.js'
import type { Json } from '../stream-event.js'
import type { WholeStreamDamage } from './damage.js'
import { at, type Draft, put, typeOf } from './draft.js'
import { callsAreWhole, endsWell, isPristine, isSequential, routed } from './responses-state.js'

/** Damage to function calls that leaves their names and arguments somewhere in the stream (A10, A14, A21, A23). */
export const callDamages: Readonly<Record<string, WholeStreamDamage>> = {
  'arguments-only-when-done': calls((frames) => frames.filter((draft) => !isDelta(draft))),
  'arguments-only-in-item': calls((frames) => frames.filter((draft) => !isDelta(draft) && !isDone(draft))),
  // D-45: what is blank is waited for until the next item begins.
  'arguments-only-at-end': calls((frames, choice, _json, isLast) =>
    isLast
      ? frames
          .filter((draft) => !isDelta(draft) && (choice % 2 === 1 || !isDone(draft)))
          .map((draft) =>
            isDone(draft)
              ? put(draft, ['arguments'], '')
              : isItemDone(draft)
                ? put(draft, ['item', 'arguments'], '')
                : draft,
          )
      : frames,
  ),
  'arguments-in-announcement': calls((frames, choice, json) =>
    frames
      .filter((draft) => choice % 2 === 1 || !isDelta(draft))
      .map((draft) => (isAdded(draft) ? put(draft, ['item', 'arguments'], json) : draft)),
  ),
  'no-arguments-done': calls((frames) => frames.filter((draft) => !isDone(draft))),
  'blank-arguments-done': calls((frames, choice) =>
    frames.map((draft) => {
      if (isDone(draft) && choice % 3 !== 1) return put(draft, ['arguments'], choice % 2 ? '' : undefined)
      return isItemDone(draft) && choice % 3 !== 0 ? put(draft, ['item', 'arguments'], '') : draft
    }),
  ),
  'object-arguments': calls((frames, choice, json) => {
    const value = parsed(json)
    if (value === undefined) return frames
    const kept = choice % 2 ? frames.filter((draft) => !isDelta(draft)) : frames
    return kept.map((draft) =>
      isDone(draft)
        ? put(draft, ['arguments'], value)
        : isItemDone(draft)
          ? put(draft, ['item', 'arguments'], value)
          : draft,
    )
  }),
  'encrypted-deltas': calls((frames, _choice, json) =>
    json.trim() === ''
      ? frames
      : frames.map((draft, place) => (isDelta(draft) ? put(draft, ['delta'], `${ciphertext}${place}==`) : draft)),
  ),
  'blank-name-when-done': calls((frames) =>
    has(frames[0], 'name')
      ? frames.map((draft) => (isItemDone(draft) ? put(draft, ['item', 'name'], '') : draft))
      : frames,
  ),
  'late-name': calls((frames, choice) => late(frames, choice, 'name')),
  'late-call-id': calls((frames, choice) => late(frames, choice, 'call_id')),
  'no-item-id': calls((frames) =>
    frames.map((draft) => (isAdded(draft) ? put(draft, ['item', 'id'], undefined) : draft)),
  ),
}

type CallDamage = (frames: readonly Draft[], choice: number, json: string, isLast: boolean) => readonly Draft[]

/** Rewrites the frames of each function call that has all of them, in a list whose items follow each other. */
function calls(damage: CallDamage): WholeStreamDamage {
  return (list, choice) => {
    // What a call that is cut short, or not done, still has to say cannot be told.
    if (!isPristine(list) || !isSequential(list) || !endsWell(list) || !callsAreWhole(list)) return [...list]
    const out: Draft[] = []
    for (let from = 0; from < list.length; ) {
      const to = endOfCall(list, from)
      const frames = list.slice(from, to)
      const isLast = !list.slice(to).some(routed)
      out.push(...(frames.length > 1 ? damage(frames, choice, argumentsOf(frames), isLast) : frames))
      from = to
    }
    return out
  }
}

/** The end of the call that begins here; the next place where none does, or not all of one. */
function endOfCall(list: readonly Draft[], from: number): number {
  const first = list[from]
  if (first === undefined || !isAdded(first)) return from + 1
  const length = list
    .slice(from)
    .findIndex((draft) => isItemDone(draft) && at(draft, 'output_index') === at(first, 'output_index'))
  const frames = list.slice(from, from + length + 1)
  return length < 0 || !frames.some(isDone) || argumentsOf(frames) === '' ? from + 1 : from + length + 1
}

/** Takes a name from the announcement, where the `done` has it too (D-45). */
function late(frames: readonly Draft[], choice: number, field: 'name' | 'call_id'): readonly Draft[] {
  if (!has(frames.at(-1), field)) return frames
  return frames.map((draft) => (isAdded(draft) ? put(draft, ['item', field], choice % 2 ? '' : undefined) : draft))
}

function has(draft: Draft | undefined, field: 'name' | 'call_id'): boolean {
  return (at(draft, 'item', field) ?? '') !== ''
}

/** The arguments, where deltas, `done` and item agree about them. */
function argumentsOf(frames: readonly Draft[]): string {
  const said = frames.filter(isDelta).map((draft) => String(at(draft, 'delta')))
  const done = at(frames.find(isDone), 'arguments')
  return done === said.join('') && done === at(frames.at(-1), 'item', 'arguments') ? String(done) : ''
}

function isAdded(draft: Draft): boolean {
  return typeOf(draft) === 'response.output_item.added' && at(draft, 'item', 'type') === 'function_call'
}

function isDelta(draft: Draft): boolean {
  return typeOf(draft) === 'response.function_call_arguments.delta'
}

function isDone(draft: Draft): boolean {
  return typeOf(draft) === 'response.function_call_arguments.done'
}

function isItemDone(draft: Draft): boolean {
  return typeOf(draft) === 'response.output_item.done' && at(draft, 'item', 'type') === 'function_call'
}

/** The object that the arguments stand for; undefined where they are no whole JSON. */
function parsed(json: string): Json | undefined {
  try {
    return JSON.parse(json) as Json
  } catch {
    return undefined
  }
}
