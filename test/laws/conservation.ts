import { strict as assert } from 'node:assert'
import type { DamagedStream } from './arbitraries/damaged.js'
import type { Draft } from './arbitraries/draft.js'
import type { LawProtocol, Unit } from './protocol.js'
import { eventsOf, objectsIn, sameArguments, stringsIn } from './reading.js'
import { run } from './run.js'

/** Law 5, over any damage to frames: nothing is invented, nothing is told out of turn, nothing is lost in silence. */
export function checkConservation(protocol: LawProtocol, stream: DamagedStream): void {
  const { output, defects } = run(protocol, stream.bytes)
  const events = eventsOf(output)
  const shown = `\n${Buffer.from(output).toString('utf8')}`
  assertNothingInvented(protocol, stream.drafts, events, shown)
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
  list: readonly Draft[],
  events: readonly unknown[],
  shown: string,
): void {
  const data = list.map((draft) => draft.data)
  const raw = data.filter((line) => typeof line === 'string').join('\n')
  const strings = data.flatMap(stringsIn)
  const objects = new Set(data.flatMap(objectsIn))
  const stock = new Map<string, number>()
  for (const text of strings) stock.set(text, (stock.get(text) ?? 0) + 1)
  for (const { kind, value } of events.flatMap((event) => [...protocol.units(event)])) {
    if (value === '' || raw.includes(JSON.stringify(value).slice(1, -1))) continue
    if (kind === 'arguments' && objects.has(sameArguments(value))) continue
    const left = stock.get(value) ?? 0
    assert.ok(left > 0, `${kind} that was not sent, or not as often: ${JSON.stringify(value)}${shown}`)
    // A start that is written anew may carry the name again; only content is counted.
    if (kind !== 'name') stock.set(value, left - 1)
  }
  assertOrder(protocol, strings, events, shown)
}

function assertOrder(
  protocol: LawProtocol,
  strings: readonly string[],
  events: readonly unknown[],
  shown: string,
): void {
  const places = new Map<unknown, number>()
  for (const event of events) {
    const block = (event as { index?: unknown }).index
    for (const { kind, value } of protocol.units(event)) {
      // A name may come behind what waited for it.
      if (kind === 'name') continue
      const from = places.get(block) ?? 0
      const found = strings.indexOf(value, from)
      // Strings made from objects and from two frames have no place of their own.
      if (found < 0 && !strings.includes(value)) continue
      assert.ok(found >= 0, `out of order in block ${String(block)}: ${JSON.stringify(value)}${shown}`)
      places.set(block, found + 1)
    }
  }
}

/** Content of the input, up to its first terminal, that is nowhere in the output. */
function lostUnits(protocol: LawProtocol, list: readonly Draft[], events: readonly unknown[]): Unit[] {
  const end = list.findIndex(({ data }) => data === '[DONE]' || protocol.endsContent(data))
  const counted = (end < 0 ? list : list.slice(0, end)).filter(isReadable)
  const said = new Map<Unit['kind'], string>()
  for (const { kind, value } of events.flatMap((event) => [...protocol.units(event)])) {
    said.set(kind, (said.get(kind) ?? '') + value)
  }
  const objects = new Set(events.flatMap(objectsIn))
  return counted
    .flatMap((draft) => protocol.units(draft.data))
    .filter(({ kind, value }) => {
      if (kind === 'signature' || kind === 'name') return false
      // White space is told from nothing by no reader; a placeholder before real arguments is no content (entry 20).
      if (value.trim() === '' || ['{}', 'null', '""'].includes(value)) return false
      return !(said.get(kind) ?? '').includes(value) && !(kind === 'arguments' && objects.has(sameArguments(value)))
    })
}

/** Whether the frame carries its data where a reader finds it. */
function isReadable({ writing }: Draft): boolean {
  return writing !== 'dataless' && writing !== 'error-field'
}
