/** The parsed JSON of one event of a stream, as far as the harness looks at it. */
export interface StreamEvent {
  readonly type?: unknown
  readonly content_block?: {
    readonly type?: unknown
    readonly content?: unknown
    readonly input?: object
    readonly caller?: unknown
  }
  readonly delta?: {
    readonly type?: unknown
    readonly stop_reason?: unknown
    readonly partial_json?: unknown
    readonly citation?: Readonly<Record<string, unknown>>
  }
  readonly message?: { readonly content?: unknown; readonly stop_reason?: unknown }
  readonly index?: unknown
}

/** The stop reason that a whole stream ends with; undefined where it has none. */
export function stopReasonOf(events: readonly StreamEvent[]): string | undefined {
  let last: unknown
  for (const event of events) last = event.delta?.stop_reason ?? event.message?.stop_reason ?? last
  return typeof last === 'string' ? last : undefined
}
