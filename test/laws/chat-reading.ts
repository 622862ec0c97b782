import type { Ending, JsonObject, StreamEvent } from './protocol.js'

/**
 * How a stream of `/v1/chat/completions` must end that stops after these whole events: the success table of DESIGN.md with
 * D-60, for conformant lists only. Written without `src` and without the oracle.
 */
export function chatEnding(events: readonly StreamEvent[]): Ending | 'either' {
  if (events.some(({ name }) => name === 'error')) return 'error'
  if (events.some(({ name }) => name === 'done')) return 'success'
  // FINDINGS A17: a spoken answer has no finish reason, so that nothing but `[DONE]` tells its end.
  if (events.some(({ data }) => /\baudio\b/.test(String(data['model'])))) return 'error'
  const choices = new Map<unknown, JsonObject[]>()
  for (const entry of events.flatMap(entriesIn)) {
    choices.set(entry['index'], [...(choices.get(entry['index']) ?? []), entry])
  }
  const all = [...choices.values()]
  if (all.length === 0 || !all.every(isOver)) return 'error'
  // A reason that explains cut JSON against the table's "no tool JSON is cut": the table leaves it open without `[DONE]`.
  return all.some(hasCutCall) ? 'either' : 'success'
}

/** The choices of an event, what filters found left out. */
function entriesIn({ data }: StreamEvent): JsonObject[] {
  const entries = Array.isArray(data['choices']) ? (data['choices'] as readonly JsonObject[]) : []
  return entries.filter((entry) => entry['delta'] !== undefined)
}

function deltaOf(entry: JsonObject): JsonObject {
  return entry['delta'] as JsonObject
}

function callsIn(entry: JsonObject): readonly JsonObject[] {
  return (deltaOf(entry)['tool_calls'] ?? []) as readonly JsonObject[]
}

/** D-60: content behind a finish reason revokes it. */
function isOver(entries: readonly JsonObject[]): boolean {
  const finish = entries.findIndex((entry) => typeof entry['finish_reason'] === 'string')
  return finish >= 0 && !entries.slice(finish + 1).some(saysAnything)
}

function saysAnything(entry: JsonObject): boolean {
  return Object.entries(deltaOf(entry)).some(([name, value]) => {
    return name !== 'role' && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  })
}

function hasCutCall(entries: readonly JsonObject[]): boolean {
  const joined = new Map<unknown, string>()
  for (const call of entries.flatMap(callsIn)) {
    joined.set(call['index'], (joined.get(call['index']) ?? '') + (argumentsOf(call) ?? ''))
  }
  return [...joined.values()].some((json) => json.trim() !== '' && !parses(json))
}

function argumentsOf(call: JsonObject): string | undefined {
  const said = (call['function'] as JsonObject | undefined)?.['arguments']
  return typeof said === 'string' ? said : undefined
}

function parses(json: string): boolean {
  try {
    JSON.parse(json)
    return true
  } catch {
    return false
  }
}

/** What an event that may wait waits for. The closed list of law 7 (docs/holds.md). */
type Release = (next: StreamEvent) => boolean

/** The place of the first event that may still wait after the last of these has been pushed, or their number. */
export function chatFirstHeld(events: readonly StreamEvent[]): number {
  const held = events.findIndex((event, place) => {
    const release = mayWait(events.slice(0, place), event)
    return release !== undefined && !events.slice(place + 1).some(release)
  })
  return held === -1 ? events.length : held
}

function mayWait(before: readonly StreamEvent[], event: StreamEvent): Release | undefined {
  const entries = entriesIn(event)
  // B02: a finish reason that comes with content, or as the first thing of its choice.
  const doubtful = entries.some(
    (entry) => typeof entry['finish_reason'] === 'string' && (saysAnything(entry) || isFirst(before, entry)),
  )
  if (doubtful) return () => true
  // D-63: `{}` may be a placeholder in front of the real arguments.
  return entries.some((entry) => isPlaceholder(before, entry)) ? (next) => !isBlank(next) : undefined
}

function isFirst(before: readonly StreamEvent[], { index }: JsonObject): boolean {
  return !before.flatMap(entriesIn).some((entry) => entry['index'] === index)
}

/** Whether `{}` is all that a call has said once this entry has come. */
function isPlaceholder(before: readonly StreamEvent[], entry: JsonObject): boolean {
  const own = [...before.flatMap(entriesIn).filter(({ index }) => index === entry['index']), entry].flatMap(callsIn)
  return callsIn(entry).some(
    ({ index }) =>
      own
        .filter((call) => call['index'] === index)
        .map((call) => argumentsOf(call) ?? '')
        .join('')
        .trim() === '{}',
  )
}

/** Whether an event says nothing but that the arguments of one call go on with a blank. */
function isBlank(event: StreamEvent): boolean {
  const [entry, other] = entriesIn(event)
  if (entry === undefined || other !== undefined || typeof entry['finish_reason'] === 'string') return false
  const [call, another] = callsIn(entry)
  return call !== undefined && another === undefined && argumentsOf(call)?.trim() === ''
}
