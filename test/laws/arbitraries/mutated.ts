import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { Protocol } from '../../../src/defects/types.js'
import { legible } from './legible.js'

/** One change to a stream of text; the numbers are taken modulo what they choose from. */
interface Mutation {
  readonly kind: keyof typeof kinds
  readonly at: number
  readonly place: number
  readonly choice: number
}

/** A fixture's upstream that was changed in a few places, and how. */
interface Mutated {
  readonly damages: readonly string[]
  readonly bytes: Uint8Array
}

const fixtures = new URL('../../../fixtures/', import.meta.url)

/**
 * Fixtures, which are broken as gateways break streams, broken once more: members taken away, of another kind, larger by one or
 * repeated, alone or in every frame; frames dropped, doubled, moved, cut, or taken from another fixture.
 */
export function mutatedFixtures(protocol: Protocol): fc.Arbitrary<Mutated> {
  const folder = new URL(`${protocol}/`, fixtures)
  const names = readdirSync(folder).sort()
  const texts = names.map((name) => readFileSync(new URL(`${name}/upstream.sse`, folder), 'utf8'))
  const mutation: fc.Arbitrary<Mutation> = fc.record({
    kind: fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[])),
    at: fc.nat(1000),
    place: fc.nat(1000),
    choice: fc.nat(1000),
  })
  return fc
    .record({ number: fc.nat(names.length - 1), mutations: fc.array(mutation, { minLength: 1, maxLength: 4 }) })
    .map(({ number, mutations }) => {
      let frames = framesOf(texts[number] ?? '')
      for (const { kind, at, place, choice } of mutations) {
        if (frames.length > 0) frames = kinds[kind](frames, at % frames.length, place, choice, texts)
      }
      const text = frames.map((frame) => `${frame}\n\n`).join('')
      const damages = [names[number] ?? '', ...mutations.map(({ kind }) => kind)]
      return legible({ damages, bytes: new Uint8Array(Buffer.from(text)) })
    })
}

type Change = (frames: string[], at: number, place: number, choice: number, texts: readonly string[]) => string[]

const kinds = {
  member: (frames, at, place, choice) =>
    frames.with(
      at,
      withData(frames[at], (data) => changed(data, place, choice)),
    ),
  'member everywhere': (frames, at, place, choice) => {
    const keys = pathsIn(dataOf(frames[at])).map((path) => path.at(-1) ?? '')
    const key = keys[place % keys.length]
    const value = odd[choice % odd.length]
    return frames.map((frame) => withData(frame, (data) => everywhere(data, key, value)))
  },
  drop: (frames, at) => frames.toSpliced(at, 1),
  double: (frames, at) => frames.toSpliced(at, 0, frames[at] ?? ''),
  swap: (frames, at, place) => {
    const other = place % frames.length
    return frames.with(at, frames[other] ?? '').with(other, frames[at] ?? '')
  },
  'cut behind': (frames, at) => frames.slice(0, at + 1),
  'cut before': (frames, at) => frames.slice(at),
  'cut inside': (frames, at, place) => frames.with(at, (frames[at] ?? '').slice(0, place % 200)),
  foreign: (frames, at, place, choice, texts) => {
    const others = framesOf(texts[choice % texts.length] ?? '')
    return frames.toSpliced(at, 0, others[place % Math.max(others.length, 1)] ?? '')
  },
  noise: (frames, at, _, choice) => frames.toSpliced(at, 0, noise[choice % noise.length] ?? ''),
  'no names': (frames) => frames.map((frame) => frame.replace(/^event:.*\n/gm, '')),
} satisfies Record<string, Change>

/** What stands where something else was meant. */
const odd: readonly unknown[] = [
  undefined,
  null,
  '',
  ' ',
  'x',
  '0',
  'null',
  '{"a":1}',
  '{"a":',
  0,
  -1,
  2,
  1e21,
  true,
  false,
  [],
  [null],
  [{}],
  {},
  { message: 'm' },
]

const noise = [
  'data: [DONE]',
  ': hi',
  'data: null',
  'data: {}',
  'data: "x"',
  'data: 1',
  'data: []',
  'id: 3',
  'event: ping\ndata: {"type":"ping"}',
  'data: {"type":"keepalive"}',
  'data: {"type":"x.y"}',
  'data: {"choices":[]}',
  'data: {"usage":{}}',
  'data: {"error":null}',
  'data: {"error":"boom"}',
  'data: {"error":{"message":"boom","type":"server_error","code":500}}',
  'data: {"detail":"boom"}',
  'event: error\ndata: boom',
  'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"boom"}}',
]

function framesOf(text: string): string[] {
  return text.split(/\r?\n\r?\n/).filter((frame) => frame !== '')
}

type Json = Record<string, unknown>
type Path = readonly string[]

const dataLine = /^data: ?(\{.*\})$/m

function dataOf(frame = ''): Json {
  try {
    return JSON.parse(dataLine.exec(frame)?.[1] ?? '{}') as Json
  } catch {
    return {}
  }
}

/** The frame with other data; as it is where its data is no JSON object. */
function withData(frame: string | undefined, change: (data: Json) => void): string {
  const data = dataOf(frame)
  if (frame === undefined || Object.keys(data).length === 0) return frame ?? ''
  change(data)
  return frame.replace(dataLine, () => `data: ${JSON.stringify(data)}`)
}

function pathsIn(value: unknown, to: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => [[...to, key], ...pathsIn(member, [...to, key])])
}

/** Changes one member, wherever it stands. */
function changed(data: Json, place: number, choice: number): void {
  const paths = pathsIn(data)
  const path = paths[place % paths.length]
  const key = path?.at(-1)
  if (path === undefined || key === undefined) return
  const holder = path.slice(0, -1).reduce((object, step) => object[step] as Json, data)
  const value = holder[key]
  const others = [...odd, ...likeIt(value)]
  put(holder, key, others[choice % others.length])
}

/** What a value may easily be instead. */
function likeIt(value: unknown): unknown[] {
  if (typeof value === 'number') return [value - 1, value + 1, value + 5, String(value)]
  if (typeof value === 'string') return [value + value, value.slice(0, value.length >> 1), `${value}x`, [value]]
  return [JSON.stringify(value), [value, value]]
}

function everywhere(value: unknown, key: string | undefined, other: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const name of Object.keys(value)) {
    if (name === key) put(value as Json, name, other)
    else everywhere((value as Json)[name], key, other)
  }
}

function put(holder: Json, key: string, value: unknown): void {
  if (value !== undefined) holder[key] = structuredClone(value)
  else if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else delete holder[key]
}
