import { readEventStream } from '../oracle/index.js'

/** The parsed data of every event of a stream; what is no JSON is left out. */
export function eventsOf(bytes: Uint8Array): unknown[] {
  return readEventStream(bytes).frames.flatMap(({ data, terminated }) => {
    if (data === undefined || !terminated) return []
    try {
      return [JSON.parse(data) as unknown]
    } catch {
      return []
    }
  })
}

/** Every string in a value, keys left out. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

/** Everything in a value that is no string, as JSON: what is told as text although it was sent as something else. */
export function jsonIn(value: unknown): string[] {
  if (typeof value === 'string') return []
  const inside = typeof value === 'object' && value !== null ? Object.values(value).flatMap(jsonIn) : []
  return [JSON.stringify(value), ...inside]
}

/** Every object in a value as JSON with sorted keys, for arguments that came as an object. */
export function objectsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return [canonical(value), ...Object.values(value).flatMap(objectsIn)]
}

/** JSON text in one form, or the text itself where it is no JSON; blank arguments mean `{}` (AN-14). */
export function sameArguments(text: string): string {
  if (text === '') return '{}'
  try {
    return canonical(JSON.parse(text))
  } catch {
    return text
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [two]) => (one < two ? -1 : 1)))
      : inner,
  )
}
