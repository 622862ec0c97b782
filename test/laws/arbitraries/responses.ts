import fc from 'fast-check'
import type { JsonObject, StreamEvent } from '../stream-event.js'
import { builtIn } from './responses-built-ins.js'
import { customCall, functionCall, mcpCall, mcpTools } from './responses-calls.js'
import { type Item, type ItemPlan, message, type Place, reasoning } from './responses-items.js'
import { type Ending, endings, isResumed, lifecycle, type Opening, openings, terminals } from './responses-lifecycle.js'
import { sometimes } from './sometimes.js'
import { tags, texts } from './texts.js'

/** The families of items, with their weights. */
const families = [
  'message',
  'message',
  'message',
  'message',
  'reasoning',
  'reasoning',
  'function',
  'function',
  'function',
  'custom',
  'mcp',
  'mcp-tools',
  'built-in',
  'built-in',
  'built-in',
] as const

/** Everything that is chosen about one stream of `/v1/responses`. */
interface Plan {
  readonly items: readonly (ItemPlan & { readonly family: (typeof families)[number] })[]
  /** Which of the open items speaks next; empty where they come one after another. */
  readonly turns: readonly number[]
  readonly opening: Opening
  readonly ending: Ending
  /** Where the stream breaks off in the vendor's own pair of errors. */
  readonly failure: number | null
  readonly noise: readonly { readonly at: number; readonly kind: number }[]
  readonly numbering: number
}

const plans: fc.Arbitrary<Plan> = fc.record({
  items: fc.array(
    fc.record({
      family: fc.constantFrom(...families),
      texts: fc.array(texts, { maxLength: 4 }),
      cuts: fc.array(fc.nat(60), { maxLength: 4 }),
      variant: fc.nat(59),
    }),
    { maxLength: 5, size: 'max' },
  ),
  turns: fc.oneof(
    { arbitrary: fc.constant([]), weight: 3 },
    { arbitrary: fc.array(fc.nat(11), { minLength: 1, maxLength: 9 }), weight: 1 },
  ),
  opening: openings,
  ending: endings,
  failure: sometimes(fc.nat(60), 5),
  noise: fc.array(fc.record({ at: fc.nat(60), kind: fc.nat(9) }), { maxLength: 4 }),
  numbering: fc.nat(7),
})

/** Event lists that `/v1/responses` allows (GRAMMAR 3.3), `mark` in everything that a report must not contain. */
export function responsesStreams(mark: string): fc.Arbitrary<readonly StreamEvent[]> {
  return plans.map((plan) => numbered(answer(plan, mark), plan).map(event))
}

/** The event named after its data's type (RE-21). */
function event(data: JsonObject): StreamEvent {
  return { name: String(data['type']), data }
}

function answer(plan: Plan, mark: string): JsonObject[] {
  const tag = tags(mark)
  const last = plan.items.length - 1
  const items = plan.items.map((item, index) => {
    const place = { id: idOf(item.family, index, plan.opening.id, mark), index, tag, mark }
    return make(item, place, index === last && plan.ending.cut ? plan.ending.kept : undefined)
  })
  const body = takeTurns(
    items.map(({ events }) => events),
    plan.turns,
  )
  const said = plan.failure === null ? body : body.slice(0, plan.failure % (body.length + 1))
  const cut = items.at(-1)?.final['status'] === 'incomplete'
  const finals = items.map(({ final }) => final)
  const spoken = withNoise(said, plan, mark)
  const tail = terminals(plan.opening, { ...plan.ending, cut, failed: plan.failure !== null }, finals, mark)
  const goesOn = spoken.length > 0 || tail[0]?.['type'] !== 'response.completed'
  return [...lifecycle(plan.opening, goesOn, mark), ...spoken, ...tail]
}

function make(plan: Plan['items'][number], place: Place, kept: number | undefined): Item {
  switch (plan.family) {
    case 'message':
      return message(plan, place)
    case 'reasoning':
      return reasoning(plan, place)
    case 'function':
      return functionCall(plan, place, kept)
    case 'custom':
      return customCall(plan, place)
    case 'mcp':
      return mcpCall(plan, place)
    case 'mcp-tools':
      return mcpTools(plan, place)
    case 'built-in':
      return builtIn(plan, place)
  }
}

const prefixes: Readonly<Record<Plan['items'][number]['family'], string>> = {
  message: 'msg',
  reasoning: 'rs',
  function: 'fc',
  custom: 'ctc',
  mcp: 'mcp',
  'mcp-tools': 'mcpl',
  'built-in': 'ws',
}

/** The usual prefix, or none: ids are opaque. */
function idOf(family: Plan['items'][number]['family'], index: number, choice: number, mark: string): string {
  return choice === 4 ? `aG9s+${index}/=${mark}` : `${prefixes[family]}_0${index}${mark}`
}

/** Lets up to three items be open at a time (GRAMMAR 3.3), each of them opened in the order of its index. */
function takeTurns(lists: readonly (readonly JsonObject[])[], turns: readonly number[]): JsonObject[] {
  if (turns.length === 0) return lists.flat()
  const waiting = lists.map((list) => [...list])
  const open: JsonObject[][] = []
  const out: JsonObject[] = []
  for (let turn = 0; open.length > 0 || waiting.length > 0; turn += 1) {
    const mayOpen = waiting.length > 0 && open.length < 3
    const pick = (turns[turn % turns.length] ?? 0) % (open.length + (mayOpen ? 1 : 0))
    if (pick === open.length) open.push(waiting.shift() ?? [])
    const next = open[pick]?.shift()
    if (next !== undefined) out.push(next)
    if (open[pick]?.length === 0) open.splice(pick, 1)
  }
  return out
}

/** Keep-alives and events of `response.*` that we do not know, anywhere behind the lifecycle's first events. */
function withNoise(events: readonly JsonObject[], { noise }: Plan, mark: string): JsonObject[] {
  const out = [...events]
  for (const { at, kind } of noise) {
    const add = kind > 5 ? { type: 'response.note', note: `soon${mark}` } : { type: 'keepalive' }
    out.splice(at % (out.length + 1), 0, add)
  }
  return out
}

/** Numbers from 0, from elsewhere, with gaps, or none at all: all of it is recorded (D-42, FINDINGS A14). */
function numbered(events: readonly JsonObject[], { numbering: style, opening }: Plan): JsonObject[] {
  const isError = ({ type }: JsonObject) => type === 'error' || type === 'response.failed'
  let number = isResumed(opening) ? 2 : ([0, 0, 0, 0, 1, 7, 0, 0][style] ?? 0)
  return events.map((data, place) => {
    const { type, ...fields } = data
    const sequence_number = number
    number += style > 4 && place % 3 === 0 ? style - 3 : 1
    if (style === 7 && !isError(data)) return data
    // The order of keys is free.
    return style === 2 ? { ...data, sequence_number } : { type: type ?? null, sequence_number, ...fields }
  })
}
