import { strict as assert } from 'node:assert'
import type { DamagedStream } from './arbitraries/damaged.js'
import type { Draft } from './arbitraries/draft.js'
import type { LawProtocol, Unit } from './protocol.js'
import { eventsOf, jsonIn, objectsIn, sameArguments, stringsIn } from './reading.js'
import { run } from './run.js'

/** Law 5, over any damage to frames: nothing is invented, nothing is told out of turn, nothing is lost in silence. */
export function checkConservation(protocol: LawProtocol, stream: DamagedStream): void {
  const { output, defects } = run(protocol, stream.bytes)
  const events = eventsOf(output)
  const shown = `\n${Buffer.from(output).toString('utf8')}`
  assertNothingInvented(protocol, stream, events, shown)
  const lost = lostUnits(protocol, stream.drafts, events)
  if (lost.length === 0) return
  const told = defects.some(({ action }) => action === 'dropped' || action === 'ended')
  assert.ok(told, `lost without a word: ${JSON.stringify(lost)}${shown}`)
  assert.notEqual(
    protocol.judge(output).ending,
    'success',
    `lost, and called a success: ${JSON.stringify(lost)}${shown}`,
  )
}

/** Every string of content in the output was in the input, no more often, and in that order within its block. */
function assertNothingInvented(
  protocol: LawProtocol,
  { drafts }: DamagedStream,
  events: readonly unknown[],
  shown: string,
): void {
  const data = drafts.map(named)
  const raw = data.filter((line) => typeof line === 'string').join('\n')
  const strings = data.flatMap(stringsIn)
  const objects = new Set(data.flatMap(objectsIn))
  const copies = data.flatMap((event) => copiesIn(protocol, event))
  const stock = new Map<string, number>()
  const sent = protocol.joins === true ? [...strings, ...data.flatMap(jsonIn)] : strings
  for (const text of sent) stock.set(text, (stock.get(text) ?? 0) + 1)
  const joined: Unit[] = []
  for (const unit of events.flatMap((event) => [...protocol.units(event)])) {
    const { kind, value } = unit
    if (value === '' || raw.includes(JSON.stringify(value).slice(1, -1)) || protocol.mayBeMade?.(unit)) continue
    if (kind === 'arguments' && objects.has(sameArguments(value))) continue
    const left = stock.get(value) ?? 0
    if (left <= 0 && protocol.joins === true) {
      joined.push(unit)
      continue
    }
    // What only a copy still tells comes as the rest of that copy.
    const rest = left <= 0 && copies.some((copy) => copy.value.includes(value))
    assert.ok(left > 0 || rest, `${kind} that was not sent, or not as often: ${JSON.stringify(value)}${shown}`)
    // A start that is written anew may carry the name again; only content is counted.
    if (kind !== 'name') stock.set(value, left - 1)
  }
  const readable = drafts.filter(isReadable).map((draft) => ({ ...draft, data: named(draft) }))
  // What each unit was sent as comes first; the joined ones are made of what is left.
  for (const { kind, value } of joined) {
    assert.ok(takeJoined(value, stock), `${kind} that was not sent, or not as often: ${JSON.stringify(value)}${shown}`)
  }
  assertOncePerStretch(protocol, data, events, protocol.isRouted?.(readable) ?? true, shown)
  assertOrder(protocol, strings, events, shown)
}

/** The data of a frame, with the type that only its `event:` line names (A13). */
function named({ data, event, writing }: Draft): Draft['data'] {
  const isNamed = typeof data === 'string' || typeof data['type'] === 'string' || writing === 'nameless'
  return isNamed || event === undefined ? data : { ...data, type: event }
}

/** Takes the strings out of the stock that a value is joined from; false where it is joined from none. */
function takeJoined(value: string, stock: Map<string, number>): boolean {
  if (value === '') return true
  for (const [text, left] of stock) {
    if (left <= 0 || text === '' || !value.startsWith(text)) continue
    stock.set(text, left - 1)
    if (takeJoined(value.slice(text.length), stock)) return true
    stock.set(text, left)
  }
  return false
}

/** Each numbered stretch of content is told as often as it was sent: once, where only a copy or an object held it. */
function assertOncePerStretch(
  protocol: LawProtocol,
  sent: readonly unknown[],
  events: readonly unknown[],
  routed: boolean,
  shown: string,
): void {
  // Where an event does not say which of several open texts it is of, each that tells a stretch may open one of its own.
  const before = routed ? stretches(protocol, sent) : tellings(protocol, sent)
  // A second response may say in its deltas what the first said in a `done` alone.
  for (const [number, times] of repeats(protocol, sent)) before.set(number, Math.max(times, before.get(number) ?? 0))
  const early = toldAhead(protocol, sent)
  const others = responseIds(sent) > 1 ? 1 : 0
  for (const [number, times] of stretches(protocol, events)) {
    const most = Math.max(1, before.get(number) ?? 0) + (early.has(number) ? 1 : 0) + others
    assert.ok(times <= most, `stretch ${number} is told ${times} times${shown}`)
  }
}

/** In how many events each number stands, deltas and copies alike. */
function tellings(protocol: LawProtocol, events: readonly unknown[]): Map<string, number> {
  const count = new Map<string, number>()
  for (const event of events) {
    const units = [...protocol.units(event), ...copiesIn(protocol, event)]
    for (const key of new Set(units.flatMap(keysOf))) count.set(key, (count.get(key) ?? 0) + 1)
  }
  return count
}

function keysOf({ kind, value }: Unit): string[] {
  return [...value.matchAll(/#\d+#/g)].map(([number]) => `${kind} ${number}`)
}

/** Stretches whose copy comes before the deltas that it repeats: what then comes late cannot always be known again (D-46). */
function toldAhead(protocol: LawProtocol, events: readonly unknown[]): Set<string> {
  const copied = new Set<string>()
  const ahead = new Set<string>()
  for (const event of events) {
    for (const key of stretches(protocol, [event]).keys()) if (copied.has(key)) ahead.add(key)
    for (const key of copiesIn(protocol, event).flatMap(keysOf)) copied.add(key)
  }
  return ahead
}

/** How many responses the events speak of: what is spliced in of a second one falls into the parts of the first. */
function responseIds(events: readonly unknown[]): number {
  const ids = events.map((event) => (event as { response?: { id?: unknown } | null } | null)?.response?.id)
  return new Set(ids.filter((id) => typeof id === 'string')).size
}

/** In how many events of one type each number stands, the most of any type. */
function repeats(protocol: LawProtocol, events: readonly unknown[]): Map<string, number> {
  const byType = new Map<string, Map<string, number>>()
  const most = new Map<string, number>()
  for (const event of events) {
    const type = JSON.stringify((event as { type?: unknown } | null)?.type)
    const count = byType.get(type) ?? new Map<string, number>()
    byType.set(type, count)
    for (const key of new Set(copiesIn(protocol, event).flatMap(keysOf))) {
      count.set(key, (count.get(key) ?? 0) + 1)
      most.set(key, Math.max(count.get(key) ?? 0, most.get(key) ?? 0))
    }
  }
  return most
}

/** How often each number of the generator stands in what the events say. */
function stretches(protocol: LawProtocol, events: readonly unknown[]): Map<string, number> {
  const count = new Map<string, number>()
  for (const { kind, value } of events.flatMap((event) => [...protocol.units(event)])) {
    if (kind === 'name') continue
    for (const [number] of value.matchAll(/#\d+#/g)) {
      // A delta that was sent as another kind is new to the kind in which its `done` tells it.
      const key = protocol.copies === undefined ? number : `${kind} ${number}`
      count.set(key, (count.get(key) ?? 0) + 1)
    }
  }
  return count
}

function assertOrder(
  protocol: LawProtocol,
  strings: readonly string[],
  events: readonly unknown[],
  shown: string,
): void {
  const places = new Map<unknown, number>()
  for (const event of events) {
    const whole = protocol.placeOf(event)
    for (const { kind, value, place } of protocol.units(event)) {
      // A name may come behind what waited for it.
      if (kind === 'name' || value === '') continue
      const block = place ?? whole
      const from = places.get(block) ?? 0
      const found = placeIn(protocol, strings, value, from)
      // Strings made from objects and from two frames have no place of their own.
      if (found < 0 && !strings.includes(value)) continue
      assert.ok(found >= 0, `out of order in block ${String(block)}: ${JSON.stringify(value)}${shown}`)
      places.set(block, strings[found] === value ? found + 1 : found)
    }
  }
}

/** Where a value was sent, or told by a copy: it may be the rest of one whose deltas came too late. */
function placeIn(protocol: LawProtocol, strings: readonly string[], value: string, from: number): number {
  if (protocol.copies === undefined) return strings.indexOf(value, from)
  return strings.findIndex((text, place) => place >= from && text.includes(value))
}

/** Content of the input, up to its first terminal, that is nowhere in the output. */
function lostUnits(protocol: LawProtocol, list: readonly Draft[], events: readonly unknown[]): Unit[] {
  const end = list.findIndex((draft) => draft.data === '[DONE]' || protocol.endsContent(named(draft)))
  const counted = (end < 0 ? list : list.slice(0, end)).filter(isReadable)
  const units = events.flatMap((event) => [...protocol.units(event)])
  const told = [...units, ...events.flatMap((event) => copiesIn(protocol, event))]
  const said = joined(protocol, told)
  const objects = new Set(events.flatMap(objectsIn))
  const whole = told.some(({ kind, value }) => kind === 'arguments' && isJson(value))
  // D-44: cut arguments never beat whole ones.
  const isBeaten = ({ kind, value }: Unit): boolean => kind === 'arguments' && whole && !isJson(value)
  const isLost = ({ kind, value }: Unit): boolean => {
    if (kind === 'signature' || kind === 'name') return false
    // White space is told from nothing by no reader; a placeholder before real arguments is no content (entry 20).
    if (value.trim() === '' || ['{}', 'null', '""'].includes(value)) return false
    const found = (said.get(countedAs(protocol, kind)) ?? []).some((text) => text.includes(value))
    return !found && !(kind === 'arguments' && objects.has(sameArguments(value)))
  }
  const copies = counted.flatMap(({ data }) => copiesIn(protocol, data)).filter((unit) => !isBeaten(unit))
  return [...counted.flatMap(({ data }) => protocol.units(data)), ...copies].filter(isLost)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The values of each kind, one behind the other; apart for each place where units tell theirs. */
function joined(protocol: LawProtocol, units: readonly Unit[]): Map<string, string[]> {
  const byPlace = new Map<string, Map<string, string>>()
  for (const { kind, value, place = '' } of units) {
    const counted = countedAs(protocol, kind)
    const said = byPlace.get(counted) ?? new Map<string, string>()
    byPlace.set(counted, said.set(place, (said.get(place) ?? '') + value))
  }
  return new Map([...byPlace].map(([kind, said]) => [kind, [...said.values()]]))
}

/** Where content is told twice, a damaged stream may call it by two kinds; that it is there is what counts. */
function countedAs(protocol: LawProtocol, kind: Unit['kind']): string {
  return protocol.copies === undefined ? kind : 'any'
}

function copiesIn(protocol: LawProtocol, data: unknown): readonly Unit[] {
  return protocol.copies?.(data) ?? []
}

/** Whether the frame carries its data where a reader finds it. */
function isReadable({ writing }: Draft): boolean {
  return writing !== 'dataless' && writing !== 'error-field'
}
