import type { Ending, JsonObject, StreamEvent } from './protocol.js'

/**
 * How a stream of `/v1/messages` must end that stops after these whole events: the success table of DESIGN.md with D-24,
 * for conformant lists only. Written without `src` and without the oracle.
 */
export function messagesEnding(events: readonly StreamEvent[]): Ending | 'either' {
  if (events.some(({ name }) => name === 'error')) return 'error'
  if (events.some(({ name }) => name === 'message_stop')) return 'success'
  const reason = events.map(reasonOf).findLast((found) => typeof found === 'string')
  if (reason === undefined) return 'error'
  // A reason that explains cut JSON against the table's "no tool JSON is cut": the table leaves it open without message_stop.
  return hasCutTool(events) ? 'either' : 'success'
}

function reasonOf({ name, data }: StreamEvent): unknown {
  if (name === 'message_delta') return (data['delta'] as JsonObject)['stop_reason']
  if (name === 'message_start') return (data['message'] as JsonObject)['stop_reason'] ?? undefined
  return undefined
}

function hasCutTool(events: readonly StreamEvent[]): boolean {
  const joined = new Map<unknown, string>()
  for (const { data } of events) {
    const partial = (data['delta'] as JsonObject | undefined)?.['partial_json']
    if (typeof partial === 'string') joined.set(data['index'], (joined.get(data['index']) ?? '') + partial)
  }
  return [...joined.values()].some((json) => json !== '' && !parses(json))
}

function parses(json: string): boolean {
  try {
    JSON.parse(json)
    return true
  } catch {
    return false
  }
}

/** What an event that may wait waits for; undefined where it must leave at once. The closed list of law 7. */
type Release = (next: StreamEvent) => boolean

/** The place of the first event that may still wait after the last of these has been pushed, or their number. */
export function messagesFirstHeld(events: readonly StreamEvent[]): number {
  const held = events.findIndex((event, place) => {
    const release = mayWait(events.slice(0, place), event)
    return release !== undefined && !events.slice(place + 1).some(release)
  })
  return held === -1 ? events.length : held
}

function mayWait(before: readonly StreamEvent[], { name, data }: StreamEvent): Release | undefined {
  const own = (next: StreamEvent) => next.data['index'] === data['index'] || next.name === 'error'
  switch (name) {
    case 'message_start': // prefilled content (D-28)
      return ((data['message'] as JsonObject)['content'] as readonly unknown[]).length > 0 ? notNoise : undefined
    case 'message_delta': // D-24 to D-26: only the terminal says that no block and no other message_delta follows
      return ({ name }) => name === 'message_stop' || name === 'error'
    case 'content_block_start': // input in the start (D-29)
      return hasInput(data) ? own : undefined
    case 'content_block_delta': // a first fragment that may be a placeholder (entry 20)
      return isPlaceholder(before, data) ? (next) => own(next) && !isBlankFragment(next) : undefined
    case 'content_block_stop':
      if (isUnsigned(before, data)) return () => true // D-27: one frame
      return hasCutTool(before) ? settlesTheCut : undefined // D-22
    default:
      return undefined
  }
}

/** D-22: with a reason at hand it is settled whether a stopped tool call was cut. */
function settlesTheCut(next: StreamEvent): boolean {
  const delta = next.data['delta'] as JsonObject | undefined
  return next.name === 'message_delta' ? typeof delta?.['stop_reason'] === 'string' : notNoise(next)
}

function isBlankFragment({ data }: StreamEvent): boolean {
  const delta = data['delta'] as JsonObject | undefined
  return typeof delta?.['partial_json'] === 'string' && delta['partial_json'].trim() === ''
}

function notNoise({ name }: StreamEvent): boolean {
  return (
    ['message_start', 'message_delta', 'message_stop', 'error'].includes(name) ||
    /^content_block_(start|delta|stop)$/.test(name)
  )
}

function hasInput(data: JsonObject): boolean {
  const input = (data['content_block'] as JsonObject)['input']
  return typeof input === 'object' && input !== null && Object.keys(input).length > 0
}

function isPlaceholder(before: readonly StreamEvent[], data: JsonObject): boolean {
  const partial = fragment(data)
  if (partial === undefined) return false
  const earlier = ofBlock(before, data).map((event) => fragment(event.data) ?? '')
  return ['{}', 'null', '""'].includes(earlier.join('') + partial)
}

function fragment(data: JsonObject): string | undefined {
  const partial = (data['delta'] as JsonObject | undefined)?.['partial_json']
  return typeof partial === 'string' ? partial : undefined
}

function isUnsigned(before: readonly StreamEvent[], data: JsonObject): boolean {
  const block = ofBlock(before, data)
  const start = block.find(({ name }) => name === 'content_block_start')?.data['content_block'] as
    | JsonObject
    | undefined
  return (
    start?.['type'] === 'thinking' && !block.some((event) => 'signature' in ((event.data['delta'] as JsonObject) ?? {}))
  )
}

function ofBlock(before: readonly StreamEvent[], data: JsonObject): StreamEvent[] {
  return before.filter((event) => event.name.startsWith('content_block_') && event.data['index'] === data['index'])
}
