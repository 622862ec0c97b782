/** The parsed JSON of one event of a stream, as far as the harness looks at it. */
export interface StreamEvent {
  readonly type?: string
  readonly item?: StreamItem | null
  readonly part?: { readonly type?: string } | null
  readonly delta?: unknown
  readonly summary_index?: number
  readonly response?: {
    readonly status?: string
    readonly error?: { readonly code?: string } | null
    readonly incomplete_details?: { readonly reason?: string } | null
    readonly output?: readonly StreamItem[]
  }
}

/** An output item, as far as the harness looks at it. */
interface StreamItem {
  readonly type?: string
  readonly name?: string
  readonly status?: string
  readonly tools?: readonly { readonly annotations?: unknown }[]
  readonly content?: readonly { readonly type?: string; readonly text?: string }[]
}

const clientCalls: readonly unknown[] = ['function_call', 'custom_tool_call']

/** Whether one event at least is of one of these types. */
export const hasEvent = (events: readonly StreamEvent[], ...types: readonly string[]) =>
  events.some(({ type }) => type !== undefined && types.includes(type))

/** Whether an item of one of these types was announced or done. */
export const hasItem = (events: readonly StreamEvent[], ...types: readonly string[]) =>
  events.some(({ item }) => item?.type !== undefined && types.includes(item.type))

/** Whether the text of the terminal's snapshot is another one than the deltas gave. */
export function snapshotDiverges(events: readonly StreamEvent[]): boolean {
  if (stopReasonOf(events) === undefined) return false
  const deltas = events.map(({ type, delta }) => (type === 'response.output_text.delta' ? String(delta) : ''))
  const parts = (events.at(-1)?.response?.output ?? []).flatMap(({ content }) => content ?? [])
  const said = parts.map(({ type, text }) => (type === 'output_text' ? (text ?? '') : ''))
  return said.join('') !== deltas.join('')
}

/** The names of the tools that the program itself is to run; what the server ran is not among them. */
export function clientToolNames(events: readonly StreamEvent[]): Set<string> {
  const calls = events.flatMap(({ item }) => (item && clientCalls.includes(item.type) ? [item.name ?? ''] : []))
  return new Set(calls)
}

/** How a whole answer ended: `completed`, or the reason for which it is incomplete. Undefined where it failed. */
export function stopReasonOf(events: readonly StreamEvent[]): string | undefined {
  const last = events.at(-1)
  if (last?.type === 'response.completed') return 'completed'
  return last?.type === 'response.incomplete' ? (last.response?.incomplete_details?.reason ?? 'incomplete') : undefined
}

/** The code that a failed response ends with; undefined where it did not fail. */
export function failureCodeOf(events: readonly StreamEvent[]): string | undefined {
  const failed = events.findLast(({ type }) => type === 'response.failed')
  return failed?.response?.error?.code
}
