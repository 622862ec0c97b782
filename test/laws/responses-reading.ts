import type { Ending, StreamEvent } from './protocol.js'

/**
 * How a stream of `/v1/responses` must end that stops after these whole events: the success table of DESIGN.md, for
 * conformant lists only. Only the upstream's own terminal is evidence; an end of file never is. Written without `src` and
 * without the oracle.
 */
export function responsesEnding(events: readonly StreamEvent[]): Ending | 'either' {
  if (events.some(({ name }) => name === 'error' || name === 'response.failed')) return 'error'
  // `incomplete` is an answer cut short on purpose, with its reason: like max_tokens on messages, it is no failure.
  return events.some(({ name }) => name === 'response.completed' || name === 'response.incomplete')
    ? 'success'
    : 'error'
}

/** The place of the first event that may still wait after the last of these has been pushed, or their number. */
export function responsesFirstHeld(events: readonly StreamEvent[]): number {
  const held = events.findIndex((event, place) => {
    const release = mayWait(events.slice(0, place), event)
    return release !== undefined && !events.slice(place + 1).some(release)
  })
  return held === -1 ? events.length : held
}

/** What an event that may wait waits for; undefined where it must leave at once. The closed list of law 7. */
type Release = (next: StreamEvent) => boolean

/**
 * The closed list of D-41, D-43, D-45 and D-47, as far as a conformant list can meet it: with `created` first and calls
 * that are named when they are announced, only blanks where JSON belongs are left to wait for.
 */
function mayWait(before: readonly StreamEvent[], event: StreamEvent): Release | undefined {
  const { data, name } = event
  if (argumentDeltas.includes(name)) {
    return isBlank(before, event) ? (next) => isOf(next, event) && !isBlankDelta(next) : undefined
  }
  const said = data['arguments'] ?? data['input'] ?? finalArguments(event)
  // D-45: the next item or the terminal may still carry what a blank end left out.
  if (typeof said === 'string' && said.trim() === '') return opensOrEnds
  return undefined
}

const argumentDeltas = ['response.function_call_arguments.delta', 'response.mcp_call_arguments.delta']

/** Whether no character of the arguments has come yet, this delta included: it cannot be told from what is no JSON. */
function isBlank(before: readonly StreamEvent[], event: StreamEvent): boolean {
  const own = [...before.filter((other) => other.name === event.name && isOf(other, event)), event]
  return own.every(isBlankDelta)
}

function isBlankDelta({ name, data }: StreamEvent): boolean {
  return argumentDeltas.includes(name) && String(data['delta']).trim() === ''
}

/** An event of the same item, or one that ends them all. */
function isOf(one: StreamEvent, other: StreamEvent): boolean {
  return terminals.includes(one.name) || one.data['output_index'] === other.data['output_index']
}

function finalArguments({ name, data }: StreamEvent): unknown {
  const item = data['item'] as { type?: unknown; arguments?: unknown; input?: unknown } | undefined
  return name === 'response.output_item.done' && String(item?.type).endsWith('_call')
    ? (item?.arguments ?? item?.input)
    : undefined
}

const terminals = ['response.completed', 'response.incomplete', 'response.failed', 'error']

function opensOrEnds({ name }: StreamEvent): boolean {
  return name === 'response.output_item.added' || terminals.includes(name)
}
