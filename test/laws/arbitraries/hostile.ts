import fc from 'fast-check'
import type { LawProtocol } from '../protocol.js'
import type { Json, JsonObject, StreamEvent } from '../stream-event.js'

const encoder = new TextEncoder()

/** Pieces of the wire format, for byte soup that gets past the first line. */
const pieces = [
  'data:',
  'data: ',
  'event: ',
  ': ',
  'id: ',
  'retry: ',
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  '{',
  '}',
  '[',
  '"',
  '\\u',
  ',',
  '[DONE]',
  'null',
  '\u{feff}',
]

/** Bytes that nobody who means well would send: noise, soup of wire pieces, and events with any JSON inside. */
export function hostileBytes(protocol: LawProtocol): fc.Arbitrary<Uint8Array> {
  const noise = fc.uint8Array({ maxLength: 400 })
  const soup = fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 6 })), { maxLength: 60 })
    .map((parts) => encoder.encode(parts.join('')))
  return fc.oneof(noise, soup, wrongEvents(protocol))
}

/** Real event types around arbitrary JSON, and real events in which any value is another one. */
function wrongEvents(protocol: LawProtocol): fc.Arbitrary<Uint8Array> {
  const json = fc.jsonValue({ maxDepth: 3 })
  return fc
    .record({
      events: protocol.streams(''),
      values: fc.array(json, { minLength: 1, maxLength: 8 }),
      picks: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
    })
    .map(({ events, values, picks }) => {
      const frames = events.map((event, number) => {
        const pick = picks[number % picks.length] ?? 0
        const value = values[pick % values.length] as Json
        const said = event.sentinel ?? JSON.stringify(upset(event.data, pick, value))
        return frame(event, pick % 3 ? said : JSON.stringify(value))
      })
      return encoder.encode(frames.join(''))
    })
}

function frame({ name, unnamed }: StreamEvent, data: string): string {
  return `${unnamed === true ? '' : `event: ${name}\n`}data: ${data}\n\n`
}

/** Replaces one value of an event, the event's type excepted, at its first or second level. */
function upset(data: JsonObject, pick: number, value: Json): JsonObject {
  const keys = Object.keys(data).filter((key) => key !== 'type')
  const key = keys[pick % Math.max(keys.length, 1)]
  if (key === undefined) return { ...data, extra: value }
  const inner = data[key]
  if (pick % 2 === 0 || typeof inner !== 'object' || inner === null || Array.isArray(inner))
    return { ...data, [key]: value }
  const innerKeys = Object.keys(inner)
  const innerKey = innerKeys[pick % Math.max(innerKeys.length, 1)] ?? 'extra'
  return { ...data, [key]: { ...(inner as JsonObject), [innerKey]: value } }
}

/** Streams with one event nested so deep that recursion would not survive it: known, unknown, not JSON at all. */
export function deepEvents(protocol: LawProtocol, depth: number): Uint8Array[] {
  const sample = fc.sample(protocol.streams(''), { numRuns: 1, seed: 1 })[0] ?? []
  const nests = [
    `${'['.repeat(depth)}${']'.repeat(depth)}`,
    `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
    '['.repeat(depth),
  ]
  const types = [...new Set(sample.map(({ name }) => name)), 'x_unknown']
  return nests.flatMap((nest) => [
    encoder.encode(nest),
    ...(protocol.nestings?.(nest) ?? []).map((data) => encoder.encode(`data: ${data}\n\n`)),
    ...types.map((type) => {
      const before = sample.slice(0, 1).map((event) => frame(event, JSON.stringify(event.data)))
      const nested = protocol.nestingFields.map((field) => `,"${field}":${nest}`)
      return encoder.encode(`${before.join('')}data: {"type":"${type}","index":0${nested.join('')}}\n\n`)
    }),
  ])
}
