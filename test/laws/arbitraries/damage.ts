import type { Json, JsonObject } from '../stream-event.js'
import { type Draft, type Writing, withField } from './draft.js'

/** What one piece of damage does, and where: both numbers are taken modulo what they choose from. */
export interface Damage {
  readonly kind: string
  readonly at: number
  readonly choice: number
}

/** Damage that needs to see the whole stream; `choice` is any natural number. */
export type WholeStreamDamage = (list: readonly Draft[], choice: number) => Draft[]

/** The names and types with which a protocol's frames are mistreated. */
interface Names {
  readonly foreignNames: readonly string[]
  readonly otherTypes: readonly string[]
}

type FrameDamage = (list: Draft[], at: number, choice: number, names: Names) => void

/** Damage to one frame among others. `list` is a copy that may be changed; the frames in it are not. */
export const frameDamages: Readonly<Record<string, FrameDamage>> = {
  drop: (list, at) => void list.splice(at, 1),
  'drop-rest': (list, at) => void list.splice(at),
  duplicate: (list, at, choice) => void list.splice(choice % 2 ? at : choice % (list.length + 1), 0, pick(list, at)),
  swap: (list, at, choice) => {
    const other = choice % 2 ? Math.min(at + 1, list.length - 1) : choice % list.length
    const moved = pick(list, at)
    list[at] = pick(list, other)
    list[other] = moved
  },
  rename: (list, at, choice, { foreignNames }) =>
    void change(list, at, { event: foreignNames[choice % foreignNames.length] }),
  retype: (list, at, choice, { otherTypes }) =>
    setField(list, at, ['type'], otherTypes[choice % otherTypes.length] ?? ''),
  'null-field': (list, at, choice) => replaceField(list, at, choice, () => null),
  'remove-field': (list, at, choice) => replaceField(list, at, choice, () => undefined),
  'retype-field': (list, at, choice) => {
    const others: readonly Json[] = ['', '7', 7, -1, 1.5, true, [], {}, ['x'], { x: 1 }]
    replaceField(list, at, Math.floor(choice / 10), () => others[choice % 10])
  },
  'cut-json': (list, at, choice) => {
    const text = JSON.stringify(pick(list, at).data)
    change(list, at, { data: text.slice(0, choice % text.length) })
  },
  glue: writing('glued'),
  join: writing('joined'),
  bare: writing('bare'),
  double: writing('doubled'),
  indent: writing('indented'),
  split: writing('split'),
  'error-field': writing('error-field'),
  'strip-event': writing('nameless'),
  'strip-data': writing('dataless'),
}

/** Writing damage over a whole stream: what a gateway does once it does to every frame. */
export const writingDamages: Readonly<Record<string, WholeStreamDamage>> = {
  'strip-events': (list) => list.map((draft) => ({ ...draft, writing: 'nameless' })),
  'glue-all': (list) => list.map((draft) => ({ ...draft, writing: 'glued' })),
  'indent-all': (list) => list.map((draft) => ({ ...draft, writing: 'indented' })),
  'double-all': (list) => list.map((draft) => ({ ...draft, writing: 'doubled' })),
  'bare-all': (list) => list.map((draft) => ({ ...draft, writing: 'bare' })),
  'generic-names': (list) => list.map((draft) => ({ ...draft, event: 'message' })),
}

/** Frames that mean nothing, in the shapes gateways send them. */
export const noise: readonly Draft[] = [
  { event: undefined, data: '[DONE]', writing: 'plain' },
  { event: 'done', data: '[DONE]', writing: 'plain' },
  { event: undefined, data: '', writing: 'plain' },
  { event: undefined, data: 'null', writing: 'plain' },
  { event: undefined, data: ': keep-alive', writing: 'plain' },
  { event: undefined, data: 'ping', writing: 'plain' },
  { event: 'ping', data: '', writing: 'dataless' },
  { event: undefined, data: {}, writing: 'plain' },
  { event: 'heartbeat', data: { type: 'heartbeat' }, writing: 'plain' },
  { event: undefined, data: '{"type":', writing: 'plain' },
  { event: 'error', data: 'upstream went away', writing: 'plain' },
  { event: undefined, data: '<html><body>502</body></html>', writing: 'bare' },
]

/** Damage to the bytes themselves. */
export const byteDamages: Readonly<Record<string, (bytes: Uint8Array, at: number, choice: number) => Uint8Array>> = {
  cut: (bytes, at) => bytes.slice(0, at),
  flip: (bytes, at, choice) => bytes.map((byte, position) => (position === at ? choice & 255 : byte)),
  insert: (bytes, at, choice) => splice(bytes, at, 0, [choice & 255, (choice >> 8) & 255]),
  remove: (bytes, at, choice) => splice(bytes, at, 1 + (choice % 40), []),
  'byte-order-mark': (bytes) => splice(bytes, 0, 0, [0xef, 0xbb, 0xbf]),
  'bare-cr': (bytes) => bytes.filter((byte) => byte !== 13).map((byte) => (byte === 10 ? 13 : byte)),
  'one-line-end': (bytes, at, choice) => {
    const found = bytes.indexOf(10, at)
    return found < 0 ? bytes : splice(bytes, found, 1, choice % 2 ? [13] : choice % 4 ? [13, 10] : [])
  },
  'no-final-blank': (bytes, _at, choice) => {
    let end = bytes.length
    for (let gone = 0; gone < 1 + (choice % 4) && (bytes[end - 1] === 10 || bytes[end - 1] === 13); gone += 1) end -= 1
    return bytes.slice(0, end)
  },
}

function pick(list: readonly Draft[], at: number): Draft {
  const draft = list[at]
  if (draft === undefined) throw new RangeError(`no frame ${at}`)
  return draft
}

function change(list: Draft[], at: number, part: Partial<Draft>): void {
  list[at] = { ...pick(list, at), ...part }
}

function writing(style: Writing): FrameDamage {
  return (list, at) => change(list, at, { writing: style })
}

function splice(bytes: Uint8Array, at: number, gone: number, come: readonly number[]): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, at), ...come, ...bytes.subarray(at + gone)])
}

type Path = readonly string[]

/** Every place in a value below its root, branches included. */
function paths(value: Json, above: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [[...above, key], ...paths(inner, [...above, key])])
}

function replaceField(list: Draft[], at: number, choice: number, replacement: () => Json | undefined): void {
  const { data } = pick(list, at)
  if (typeof data === 'string') return
  const all = paths(data)
  const path = all[choice % Math.max(all.length, 1)]
  if (path !== undefined) setField(list, at, path, replacement())
}

function setField(list: Draft[], at: number, path: Path, value: Json | undefined): void {
  const { data } = pick(list, at)
  if (typeof data === 'string') return
  change(list, at, { data: withField(data, path, value) as JsonObject })
}
