import fc from 'fast-check'
import type { JsonObject } from '../stream-event.js'
import { type CallPlan, call, callPlans } from './chat-calls.js'
import { type Tag, texts } from './texts.js'

/** What one entry of a chunk's `choices` says, without its index. */
export interface Said {
  readonly delta: JsonObject
  readonly more: JsonObject
  /** Null, or absent, until the choice is over. */
  readonly finish: string | undefined
}

const kinds = ['text', 'text', 'text', 'reasoning', 'refusal', 'calls', 'calls', 'calls', 'newer', 'empty'] as const

interface PartPlan {
  readonly kind: (typeof kinds)[number]
  readonly texts: readonly string[]
  readonly calls: readonly CallPlan[]
  /** Which of several calls speaks next; empty where they come one after another. */
  readonly turns: readonly number[]
  readonly variant: number
}

/** Everything that is chosen about one choice. */
export interface ChoicePlan {
  readonly parts: readonly PartPlan[]
  readonly opening: number
  readonly reason: number
  readonly ending: number
  readonly ids: number
}

export const choicePlans: fc.Arbitrary<ChoicePlan> = fc.record({
  parts: fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      texts: fc.array(texts, { maxLength: 4 }),
      calls: fc.array(callPlans, { minLength: 1, maxLength: 3 }),
      turns: fc.oneof(
        { arbitrary: fc.constant([]), weight: 2 },
        { arbitrary: fc.array(fc.nat(5), { minLength: 1, maxLength: 6 }), weight: 1 },
      ),
      variant: fc.nat(29),
    }),
    { maxLength: 4, size: 'max' },
  ),
  opening: fc.nat(9),
  reason: fc.nat(19),
  ending: fc.nat(29),
  ids: fc.nat(4),
})

/** Where a choice stands, and what its content is numbered and marked with. */
export interface ChoicePlace {
  readonly index: number
  /** The id of the answer. */
  readonly answer: string
  readonly tag: Tag
  readonly mark: string
  /** Cuts the arguments of the last call short. */
  readonly cut: number | undefined
}

/** What one choice says, from its role to its finish reason (GRAMMAR 4.2). */
export function choice(plan: ChoicePlan, place: ChoicePlace): Said[] {
  const { mark } = place
  const calls = plan.parts.flatMap(({ kind, calls }) => (kind === 'calls' ? calls : []))
  const spoken = layOut(plan, place)
  const cut = place.cut !== undefined && calls.at(-1)?.kind === 'function'
  const finish = finishReason(plan, calls.length > 0, cut)
  const role: JsonObject = { role: 'assistant' }
  const [first, ...rest] = spoken
  const content = openings[plan.opening]
  const begun: Said[] =
    content === undefined && first !== undefined
      ? [{ ...first, delta: { ...role, ...first.delta } }, ...rest]
      : [said({ ...role, ...content }), ...spoken]
  const last = begun.at(-1)
  const more: JsonObject = plan.ending === 7 ? { [`x_end${mark}`]: { note: `kept${mark}` } } : {}
  // Mistral and others put the finish reason on the last text.
  if (plan.ending < 4 && last !== undefined) return [...begun.slice(0, -1), { ...last, finish, more }]
  const end = { delta: endings[plan.ending % endings.length] ?? {}, more, finish }
  // CH-11, which is observed: a vendor goes on behind the finish.
  return plan.ending === 29 ? [...begun, end, said({ content: place.tag('late') })] : [...begun, end]
}

/** What the chunk of the role says beside it; undefined where it is the chunk of the first text. */
const openings: readonly (JsonObject | undefined)[] = [
  { content: '' },
  { content: '', refusal: null },
  { content: null },
  {},
  { content: '', tool_calls: null, reasoning_content: null },
  { content: '', refusal: null },
  { content: '' },
  undefined,
  undefined,
  undefined,
]

const endings: readonly JsonObject[] = [{}, {}, {}, { content: '' }, { content: null }, { content: '', role: null }]

function said(delta: JsonObject, more: JsonObject = {}): Said {
  return { delta, more, finish: undefined }
}

function layOut({ parts, ids }: ChoicePlan, place: ChoicePlace): Said[] {
  let calls = 0
  const last = parts.findLastIndex(({ kind }) => kind === 'calls')
  return parts.flatMap((part, number) => {
    if (part.kind !== 'calls') return speak(part, place)
    const begun = calls
    calls += part.calls.length
    return callAll(part, begun, ids, number === last ? place : { ...place, cut: undefined })
  })
}

function speak({ kind, texts: parts, variant }: PartPlan, { tag, mark }: ChoicePlace): Said[] {
  switch (kind) {
    case 'text': {
      const text = parts.map((part) => said({ content: tag(part) }, variant === 4 ? logprobs(mark) : {}))
      // Text that a filter looked at carries what it found.
      const filtered = { content_filter_results: { hate: { filtered: false, severity: 'safe' } } }
      return variant === 5 ? text.map((each) => ({ ...each, more: filtered })) : text
    }
    case 'reasoning':
      return parts.map((part) => {
        const thought = tag(part)
        const details = [{ type: 'reasoning.text', text: `again${mark}`, index: 0 }]
        if (variant % 5 === 0) return said({ reasoning: thought, content: '' })
        if (variant % 5 === 1) return said({ reasoning: thought, reasoning_details: details })
        return variant % 5 === 2
          ? said({ reasoning_content: thought })
          : said({ content: null, reasoning_content: thought })
      })
    case 'refusal':
      return parts.map((part) => said(variant % 2 ? { refusal: tag(part) } : { content: null, refusal: tag(part) }))
    case 'newer':
      return [said({ [`x_delta${mark}`]: { note: `soon${mark}`, list: [1, null, true] } })]
    default:
      return variant % 3 === 0 ? [said({ content: '' })] : variant % 3 === 1 ? [said({})] : [said({ annotations: [] })]
  }
}

function logprobs(mark: string): JsonObject {
  const token = { token: `tok${mark}`, logprob: -0.25, bytes: [104, 105] }
  return { logprobs: { content: [{ ...token, top_logprobs: [token] }], refusal: null } }
}

/** The calls of one part: each in its turn, or several at a time (parallel calls), also in one chunk. */
function callAll(part: PartPlan, begun: number, ids: number, place: ChoicePlace): Said[] {
  const lists = part.calls.map((plan, number) => {
    const index = begun + number
    const kept = number === part.calls.length - 1 ? place.cut : undefined
    return call(plan, { index, id: idOf(ids, index, place), tag: place.tag, mark: place.mark }, kept)
  })
  const text: JsonObject = part.variant % 4 === 1 ? { content: null } : {}
  const entries = takeTurns(lists, part.turns)
  // Some send all calls in one delta.
  if (part.variant % 6 === 2) return [said({ ...text, tool_calls: entries })]
  if (part.variant % 6 === 3) return pairs(entries).map((pair) => said({ ...text, tool_calls: pair }))
  return entries.map((entry) => said({ ...text, tool_calls: [entry] }))
}

/**
 * The id of a call: the usual kind, digits, opaque; or the one that is derived for a call that lost it (B03), so that it
 * can come back.
 */
function idOf(style: number, index: number, { index: choice, answer, mark }: ChoicePlace): string {
  if (style < 2) return derivedId(answer, choice, index)
  const usual = `call_${choice}${index}${mark}`
  return style === 2 ? `47${choice}${index}` : style === 3 ? `fY+${choice}/${index}=${mark}` : usual
}

/** What a call is called that has no id: its place in the answer. */
export function derivedId(answer: string, choice: number, index: number): string {
  return `call_${answer.replace(/^chatcmpl-/, '')}_${choice}_${index}`
}

/** Lets calls speak in turns; each is begun in the order of its index (CH-7). */
function takeTurns(lists: readonly (readonly JsonObject[])[], turns: readonly number[]): JsonObject[] {
  if (turns.length === 0) return lists.flat()
  const waiting = lists.map((list) => [...list])
  const open: JsonObject[][] = []
  const out: JsonObject[] = []
  for (let turn = 0; open.length > 0 || waiting.length > 0; turn += 1) {
    const pick = (turns[turn % turns.length] ?? 0) % (open.length + (waiting.length > 0 ? 1 : 0))
    if (pick === open.length) open.push(waiting.shift() ?? [])
    const next = open[pick]?.shift()
    if (next !== undefined) out.push(next)
    if (open[pick]?.length === 0) open.splice(pick, 1)
  }
  return out
}

function pairs(entries: readonly JsonObject[]): JsonObject[][] {
  return Array.from({ length: Math.ceil(entries.length / 2) }, (_, pair) => entries.slice(2 * pair, 2 * pair + 2))
}

/** FINDINGS A16: `stop` with tool calls is a vendor's own. A word that is in no table passes. */
function finishReason({ reason }: ChoicePlan, calls: boolean, cut: boolean): string {
  if (cut) return reason % 2 ? 'length' : 'content_filter'
  const usual = calls ? 'tool_calls' : 'stop'
  return ['length', 'content_filter', 'stop', 'insufficient_resources', 'tool_calls'][reason] ?? usual
}
