import type { Json, JsonObject, StreamEvent } from '../stream-event.js'

/** How a frame is mistreated when it is written. `plain` is a frame as the wire rules want it. */
export type Writing =
  | 'plain'
  | 'glued' // no blank line behind it
  | 'joined' // the next frame's JSON follows on the same data line
  | 'bare' // JSON without `data:`
  | 'doubled' // `data: data: {…}`
  | 'indented' // blanks before the field names
  | 'split' // one JSON cut over two frames
  | 'error-field' // `error: {…}`
  | 'nameless' // no `event:` line
  | 'dataless' // no `data:` line

/** A frame before it becomes bytes: what damage works on. */
export interface Draft {
  readonly event: string | undefined
  /** An event's data, or a data line that is no JSON object. */
  readonly data: JsonObject | string
  readonly writing: Writing
}

/** A conformant list of events as drafts. */
export function drafts(events: readonly StreamEvent[]): Draft[] {
  return events.map(({ name, data, unnamed, sentinel }) => ({
    event: unnamed === true ? undefined : name,
    data: sentinel ?? data,
    writing: 'plain',
  }))
}

/** The type of an event, where its data is an object that says so. */
export function typeOf(draft: Draft | undefined): string | undefined {
  const type = draft === undefined || typeof draft.data === 'string' ? undefined : draft.data['type']
  return typeof type === 'string' ? type : undefined
}

/** What stands at a path of an event's data. */
export function at(draft: Draft | undefined, ...path: string[]): Json | undefined {
  let value: Json | undefined = draft?.data
  for (const key of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    value = (value as JsonObject)[key]
  }
  return value
}

/** The draft with one place of its data changed; `undefined` takes the place away. */
export function put(draft: Draft, path: readonly string[], value: Json | undefined): Draft {
  return typeof draft.data === 'string' ? draft : { ...draft, data: withField(draft.data, path, value) as JsonObject }
}

/** A copy in which one place holds another value, or is gone; unchanged where nothing leads to that place. */
export function withField(value: Json, path: readonly string[], replacement: Json | undefined): Json {
  const [key, ...rest] = path
  if (key === undefined) return replacement ?? null
  if (typeof value !== 'object' || value === null) return value
  const copy: { [key: string]: Json } = Array.isArray(value) ? ([...value] as never) : { ...(value as JsonObject) }
  if (rest.length > 0 && copy[key] === undefined) return value
  if (rest.length > 0) copy[key] = withField(copy[key] ?? null, rest, replacement)
  else if (replacement === undefined) delete copy[key]
  else copy[key] = replacement
  return copy
}
