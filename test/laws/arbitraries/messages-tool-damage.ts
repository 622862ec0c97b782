import type { Json, JsonObject } from '../stream-event.js'
import type { WholeStreamDamage } from './damage.js'
import { at, type Draft, put, typeOf } from './draft.js'

/** Where the frames of one tool block stand: its start and the whole JSON of its deltas, which follow it at once. */
interface ToolRun {
  readonly start: number
  readonly end: number
  readonly json: string
}

/** Damage to client tools that leaves their arguments in the stream. */
export const toolDamages: Readonly<Record<string, WholeStreamDamage>> = {
  // Entry 38: an object where a string of JSON belongs.
  'arguments-as-object': (list) =>
    eachTool(list, (run, frames) => {
      const value = parsed(run.json)
      return value === undefined ? frames : [...frames.slice(0, 1), deltaOf(frames, value)]
    }),
  // Entry 35: all input in the start.
  'arguments-in-start': (list) =>
    eachTool(list, (run, frames) => {
      const value = parsed(run.json)
      const [start] = frames
      return value === undefined || start === undefined ? frames : [put(start, ['content_block', 'input'], value)]
    }),
  // Entry 20: `{}` before the real arguments.
  'empty-arguments-first': (list) =>
    eachTool(list, (run, frames) =>
      run.json === '' ? frames : [...frames.slice(0, 1), deltaOf(frames, '{}'), ...frames.slice(1)],
    ),
  // Entry 20: everything once more at the end.
  'arguments-twice': (list) =>
    eachTool(list, (run, frames) => (parsed(run.json) === undefined ? frames : [...frames, deltaOf(frames, run.json)])),
  // Entry 37: the name comes with a second start.
  'late-name': (list) =>
    eachTool(list, (_run, frames) => {
      const [start] = frames
      return start === undefined ? frames : [put(start, ['content_block', 'name'], ''), start, ...frames.slice(1)]
    }),
  // Entry 16: two tools in turns, told apart by their indices alone.
  'interleave-tools': (list, choice) => {
    for (const first of tools(list)) {
      const second = tools(list).find(({ start }) => start > first.end && !contentBetween(list, first.end, start))
      if (second === undefined || typeof at(list[first.start], 'index') !== 'number') continue
      if (at(list[first.start], 'index') === at(list[second.start], 'index')) continue
      if (parsed(first.json) === undefined || parsed(second.json) === undefined) continue
      const one = list.slice(first.start, first.end)
      const two = list.slice(second.start, second.end)
      const between = list.slice(first.end, second.start)
      // Either both starts come first, or the second begins once the first has begun its arguments.
      const begun = choice % 2 ? 1 : Math.min(2, one.length)
      const turns = Array.from({ length: Math.max(one.length - begun, two.length) }, (_, turn) => [
        two[turn],
        one[begun + turn],
      ])
      const mixed = [...one.slice(0, begun), ...turns.flat().filter((draft) => draft !== undefined), ...between]
      return [...list.slice(0, first.start), ...mixed, ...list.slice(second.end)]
    }
    return [...list]
  },
}

/** The client tools of a stream whose deltas follow their start without anything between. */
function tools(list: readonly Draft[]): ToolRun[] {
  const runs: ToolRun[] = []
  for (const [start, draft] of list.entries()) {
    // Input that is whole in the start, or a start without a name, is other damage.
    const block = at(draft, 'content_block') as JsonObject | undefined
    if (typeOf(draft) !== 'content_block_start' || block?.['type'] !== 'tool_use') continue
    if (JSON.stringify(block['input']) !== '{}' || block['name'] === '') continue
    let end = start + 1
    let json = ''
    while (typeof at(list[end], 'delta', 'partial_json') === 'string') json += at(list[end++], 'delta', 'partial_json')
    runs.push({ start, end, json })
  }
  return runs
}

/** Rewrites the frames of each tool, start and deltas; the last one first, so that places stay. */
function eachTool(
  list: readonly Draft[],
  change: (run: ToolRun, frames: readonly Draft[]) => readonly Draft[],
): Draft[] {
  const out = [...list]
  for (const run of tools(list).reverse()) {
    out.splice(run.start, run.end - run.start, ...change(run, list.slice(run.start, run.end)))
  }
  return out
}

function deltaOf(frames: readonly Draft[], partial: Json): Draft {
  const index = at(frames[0], 'index')
  const data = { type: 'content_block_delta', delta: { type: 'input_json_delta', partial_json: partial } }
  return { event: 'content_block_delta', data: index === undefined ? data : { ...data, index }, writing: 'plain' }
}

/** The object that whole arguments stand for; undefined where they are cut, blank, or an empty object. */
function parsed(json: string): JsonObject | undefined {
  try {
    const value = JSON.parse(json) as JsonObject
    return Object.keys(value).length > 0 ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether anything but stops, pings and starts of no interest stands between two places. */
function contentBetween(list: readonly Draft[], from: number, to: number): boolean {
  return list.slice(from, to).some((draft) => !['content_block_stop', 'ping'].includes(String(typeOf(draft))))
}
