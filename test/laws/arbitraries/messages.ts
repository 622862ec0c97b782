import fc from 'fast-check'
import type { JsonObject, StreamEvent } from '../stream-event.js'
import { type Block, type BlockPlan, blockPlans, layOut } from './messages-blocks.js'
import { sometimes } from './sometimes.js'

/** Everything that is chosen about one stream of `/v1/messages`. */
interface Plan {
  readonly blocks: readonly BlockPlan[]
  readonly cutLast: number
  readonly reason: number
  readonly opening: number
  readonly emptyDeltas: number
  readonly usage: number
  readonly noise: readonly { readonly at: number; readonly kind: number }[]
  readonly failure: { readonly at: number; readonly kind: number } | null
  readonly prefilled: boolean
}

const plans: fc.Arbitrary<Plan> = fc.record({
  blocks: fc.array(blockPlans, { maxLength: 6, size: 'max' }),
  cutLast: fc.nat(30),
  reason: fc.nat(20),
  opening: fc.nat(7),
  emptyDeltas: fc.constantFrom(0, 0, 0, 1, 2),
  usage: fc.nat(7),
  noise: fc.array(fc.record({ at: fc.nat(40), kind: fc.nat(9) }), { maxLength: 4 }),
  failure: sometimes(fc.record({ at: fc.nat(40), kind: fc.nat(9) }), 5),
  prefilled: fc.integer({ min: 1, max: 12 }).map((throwOf) => throwOf === 12),
})

/** Event lists that `/v1/messages` allows (GRAMMAR 2.3), `mark` in everything that a report must not contain. */
export function messagesStreams(mark: string): fc.Arbitrary<readonly StreamEvent[]> {
  // Prefilled content and then no message_stop is expanded (D-28), so it is no conformant list.
  return plans.map((plan) =>
    withNoise(plan.prefilled ? prefilled(mark) : fail(answer(plan, mark), plan, mark), plan, mark),
  )
}

/** The event named after its data's type (AN-1). */
function event(data: JsonObject & { readonly type: string }): StreamEvent {
  return { name: data.type, data }
}

function answer(plan: Plan, mark: string): StreamEvent[] {
  const blocks = layOut(plan.blocks, mark)
  const last = blocks.at(-1)
  const cut = plan.cutLast % 4 === 0 && last?.start['type'] === 'tool_use' ? cutShort(last, plan.cutLast) : undefined
  if (cut !== undefined) blocks.splice(-1, 1, cut)
  const reason = stopReason(blocks, plan.reason, cut !== undefined)
  return [
    messageStart(plan.opening, mark),
    ...blocks.flatMap((block, index) => [
      event({ type: 'content_block_start', index, content_block: block.start }),
      ...block.deltas.map((delta) => event({ type: 'content_block_delta', index, delta })),
      event({ type: 'content_block_stop', index }),
    ]),
    ...Array.from({ length: plan.emptyDeltas }, () => messageDelta(null, plan.usage, mark)),
    messageDelta(reason, plan.usage, mark),
    event({ type: 'message_stop', ...extra(plan.usage === 3, mark) }),
  ]
}

function messageStart(opening: number, mark: string): StreamEvent {
  const usage: JsonObject = {
    input_tokens: opening === 1 ? 0 : 12,
    ...(opening > 3 ? { cache_creation_input_tokens: null, cache_read_input_tokens: 4 } : {}),
    output_tokens: 1,
    ...(opening > 5 ? { service_tier: 'standard', server_tool_use: { web_search_requests: 0 } } : {}),
  }
  const message: JsonObject = {
    ...(opening === 2 ? extra(true, mark) : {}),
    id: `msg_0${opening}${mark}`,
    type: 'message',
    role: 'assistant',
    model: `model-${opening}${mark}`,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    ...(opening === 7 ? { stop_details: null, container: null } : {}),
    usage,
  }
  // The order of keys is free.
  return opening === 3
    ? { name: 'message_start', data: { message, type: 'message_start' } }
    : event({ type: 'message_start', message })
}

function messageDelta(reason: string | null, usage: number, mark: string): StreamEvent {
  const delta: JsonObject = {
    stop_reason: reason,
    stop_sequence: reason === 'stop_sequence' ? `END${mark}` : null,
    ...(usage === 6 ? { stop_details: null } : {}),
  }
  const counts: JsonObject = {
    ...(usage > 3 ? { input_tokens: usage === 4 ? null : 12, cache_read_input_tokens: 4 } : {}),
    output_tokens: reason === null ? 9 : 21,
  }
  return event({ type: 'message_delta', delta, usage: counts, ...extra(usage === 2, mark) })
}

/** A reason that the blocks allow (AN-13): `tool_use` only with a client tool, `end_turn` only without one. */
function stopReason(blocks: readonly Block[], choice: number, cut: boolean): string {
  const cutting = ['max_tokens', 'refusal', 'model_context_window_exceeded']
  const any = [...cutting, 'stop_sequence', 'pause_turn']
  const hasTool = blocks.some(({ start }) => start['type'] === 'tool_use')
  const usual = hasTool ? 'tool_use' : 'end_turn'
  if (cut) return cutting[choice % cutting.length] ?? 'max_tokens'
  return choice < 10 ? usual : (any[choice % any.length] ?? usual)
}

/** The block with its JSON cut, where cutting leaves a proper prefix of JSON. */
function cutShort(block: Block, choice: number): Block | undefined {
  const whole = block.deltas.map((delta) => String(delta['partial_json'] ?? '')).join('')
  const kept = whole.slice(0, 1 + (choice % Math.max(whole.length, 1)))
  if (whole.length < 3 || kept.length >= whole.length) return undefined
  return { ...block, deltas: [{ type: 'input_json_delta', partial_json: kept }] }
}

const errorTypes = ['overloaded_error', 'api_error', 'rate_limit_error', 'invalid_request_error', 'timeout_error']

/** Ends the list in the protocol's own error at some point before its terminal. */
function fail(events: StreamEvent[], { failure }: Plan, mark: string): StreamEvent[] {
  if (failure === null) return events
  const error = { type: errorTypes[failure.kind % errorTypes.length] ?? 'api_error', message: `Too busy${mark}` }
  const request = failure.kind > 5 ? { request_id: 'req_011' } : {}
  return [...events.slice(0, failure.at % events.length), event({ type: 'error', error, ...request })]
}

/** Programmatic tool calling: the start holds it all (FINDINGS A1, D-28). */
function prefilled(mark: string): StreamEvent[] {
  const start = messageStart(0, mark).data['message'] as JsonObject
  const tool = {
    type: 'tool_use',
    id: 'toolu_0',
    name: `run${mark}`,
    input: { row: `one${mark}` },
    caller: { type: 'code' },
  }
  return [
    event({ type: 'message_start', message: { ...start, content: [tool], stop_reason: 'tool_use' } }),
    event({ type: 'message_stop' }),
  ]
}

/** Pings anywhere before the terminal (AN-17), events of the protocol's families that we do not know behind the start. */
function withNoise(events: StreamEvent[], { noise }: Plan, mark: string): StreamEvent[] {
  const out = [...events]
  for (const { at, kind } of noise) {
    const place = at % out.length
    const started = out.slice(0, place).some(({ name }) => name === 'message_start')
    const newer = kind === 8 ? 'message_note' : 'content_block_hint'
    const add = kind > 7 && started ? event({ type: newer, note: `soon${mark}` }) : event({ type: 'ping' })
    out.splice(place, 0, add)
  }
  return out
}

function extra(wanted: boolean, mark: string): JsonObject {
  return wanted ? { [`x_trace${mark}`]: { note: `kept${mark}`, list: [1, null, true] } } : {}
}
