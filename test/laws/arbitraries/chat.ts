import fc from 'fast-check'
import type { JsonObject, StreamEvent } from '../stream-event.js'
import { type ChoicePlan, choice, choicePlans, type Said } from './chat-choices.js'
import { type EnvelopePlan, envelope, envelopes, filterChunks, spokenAnswer, usageOf } from './chat-envelope.js'
import { sometimes } from './sometimes.js'
import { tags } from './texts.js'

/** Everything that is chosen about one stream of `/v1/chat/completions`. */
interface Plan {
  readonly choices: readonly ChoicePlan[]
  /** Which of the choices speaks next. */
  readonly turns: readonly number[]
  readonly envelope: EnvelopePlan
  /** The arguments of the last call are cut short. */
  readonly cut: number | null
  /** Where the stream breaks off in the vendor's own error. */
  readonly failure: { readonly at: number; readonly kind: number } | null
  readonly filters: readonly { readonly at: number; readonly kind: number }[]
  readonly spoken: number
}

const plans: fc.Arbitrary<Plan> = fc.record({
  choices: fc.oneof(
    { arbitrary: fc.tuple(choicePlans), weight: 5 },
    { arbitrary: fc.tuple(choicePlans, choicePlans), weight: 2 },
  ),
  turns: fc.array(fc.nat(5), { minLength: 1, maxLength: 9 }),
  envelope: envelopes,
  cut: sometimes(fc.nat(60), 5),
  failure: sometimes(fc.record({ at: fc.nat(60), kind: fc.nat(11) }), 5),
  filters: fc.oneof(
    { arbitrary: fc.constant([]), weight: 3 },
    { arbitrary: fc.array(fc.record({ at: fc.nat(60), kind: fc.nat(5) }), { maxLength: 3 }), weight: 1 },
  ),
  spoken: fc.nat(239),
})

/** Event lists that `/v1/chat/completions` allows (GRAMMAR 4.2), `mark` in everything that a report must not contain. */
export function chatStreams(mark: string): fc.Arbitrary<readonly StreamEvent[]> {
  return plans.map((plan) => {
    const chunks = plan.spoken < 20 ? spokenAnswer(plan.spoken, mark) : answer(plan, mark)
    return [...fail(chunks.map(event), plan, mark), done]
  })
}

const done: StreamEvent = { name: 'done', data: {}, unnamed: true, sentinel: '[DONE]' }

/** The protocol has no `event:` lines (GRAMMAR 4.1). */
function event(data: JsonObject): StreamEvent {
  return { name: 'chunk', data, unnamed: true }
}

function answer(plan: Plan, mark: string): JsonObject[] {
  const tag = tags(mark)
  const around = envelope(plan.envelope, mark)
  const last = plan.choices.length - 1
  const lists = plan.choices.map((each, index) =>
    choice(each, { index, answer: around.id, tag, mark, cut: index === last ? (plan.cut ?? undefined) : undefined }),
  )
  const said = takeTurns(lists, plan.turns).map((entries) => entries.map(([index, each]) => entryOf(plan, index, each)))
  const chunks = said.map((choices, number) => around.chunk(choices, number))
  const usage = usageOf(plan.envelope, mark)
  return withUsage(filterChunks(plan.filters, chunks, around, mark), plan.envelope, usage, around.chunk)
}

/** Some vendors leave `finish_reason` out where nothing finishes. */
function entryOf({ envelope: { keys } }: Plan, index: number, { delta, more, finish }: Said): JsonObject {
  const goesOn: JsonObject = keys % 4 === 1 ? {} : { finish_reason: null }
  const scores: JsonObject = keys % 3 === 1 ? { logprobs: null } : {}
  const reason: JsonObject = finish === undefined ? goesOn : { finish_reason: finish }
  // The order of keys is free.
  return keys % 5 === 1 ? { ...reason, delta, index, ...more } : { index, delta, ...scores, ...more, ...reason }
}

/** Lets the choices speak in turns, now and then in one chunk; choice 0 begins (D-61). */
function takeTurns(lists: readonly (readonly Said[])[], turns: readonly number[]): (readonly [number, Said])[][] {
  const left = lists.map((list, index) => list.map((each) => [index, each] as const))
  const out: (readonly [number, Said])[][] = []
  for (let turn = 0; ; turn += 1) {
    const open = left.filter((list) => list.length > 0)
    if (open.length === 0) return out
    const pick = turns[turn % turns.length] ?? 0
    const speaking = pick === 5 ? open : [out.length === 0 ? open[0] : open[pick % open.length]]
    out.push(speaking.flatMap((list) => list?.splice(0, 1) ?? []))
  }
}

/** CH-12: in a chunk of its own, on the last of the answer, or on every one. */
function withUsage(
  chunks: readonly JsonObject[],
  { usage: style }: EnvelopePlan,
  usage: JsonObject,
  chunk: (choices: readonly JsonObject[], number: number) => JsonObject,
): JsonObject[] {
  const last = chunks.length - 1
  if (style < 2) return [...chunks]
  if (style === 2)
    return chunks.map((each, place) => (place === last && each['object'] !== '' ? { ...each, usage } : each))
  // What a filter says has none.
  if (style === 3) return chunks.map((each) => (each['object'] === '' ? each : { ...each, usage }))
  // OpenAI says that there is none on every other chunk.
  const others = style % 2 ? chunks.map((each) => ({ ...each, usage: null })) : chunks
  return [...others, { ...chunk([], last + 1), usage }]
}

const errors: readonly JsonObject[] = [
  { type: 'server_error', param: null, code: null },
  { type: 'rate_limit_exceeded', param: null, code: 'rate_limit_exceeded' },
  { type: 'server_error', param: null, code: 502 },
  { type: 'invalid_request_error', param: 'messages', code: '400' },
  { type: 'guardrail_violation', param: null, code: 400 },
  { code: 429 },
  {},
  { type: null, code: null },
]

/** Ends the list in the protocol's own error (C-E01) at some point; `[DONE]` follows it. */
function fail(events: readonly StreamEvent[], { failure }: Plan, mark: string): readonly StreamEvent[] {
  if (failure === null) return events
  const error = { message: `Too busy${mark}`, ...(errors[failure.kind % errors.length] ?? {}) }
  const request: JsonObject = failure.kind > 8 ? { request_id: `req_011${mark}` } : {}
  const data = { error, ...request }
  return [...events.slice(0, failure.at % (events.length + 1)), { name: 'error', data, unnamed: true }]
}
