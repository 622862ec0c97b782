import fc from 'fast-check'
import type { LawProtocol } from '../protocol.js'
import type { StreamEvent } from '../stream-event.js'
import { byteDamages, type Damage, frameDamages, noise, writingDamages } from './damage.js'
import { type Draft, drafts } from './draft.js'
import { type Formatting, formattings, type Written, write } from './formatting.js'
import { legible } from './legible.js'
import { sometimes } from './sometimes.js'

/** A conformant stream as it was and as it arrives. */
export interface DamagedStream {
  readonly original: readonly StreamEvent[]
  readonly drafts: readonly Draft[]
  readonly bytes: Uint8Array
  /** The names of the damage done, in order. */
  readonly damages: readonly string[]
  /** False where bytes were changed after writing, so that `drafts` no longer tells what is in them. */
  readonly wholeFrames: boolean
}

/** A conformant stream, written in any legal way. */
export interface ConformantStream extends Written {
  readonly events: readonly StreamEvent[]
}

/** Conformant streams in any legal writing. */
export function conformantStreams(protocol: LawProtocol, mark = ''): fc.Arbitrary<ConformantStream> {
  return fc
    .record({ events: protocol.streams(mark), formatting: formattings })
    .map(({ events, formatting }) => legible({ events, ...write(drafts(events), formatting) }))
}

/** Any damage at all: to frames, to whole streams, to bytes. */
export function damagedStreams(protocol: LawProtocol, mark = ''): fc.Arbitrary<DamagedStream> {
  return build(protocol, mark, kindsOf(protocol), sometimes(byteDamage, 4))
}

/** Damage to frames only, so that what the input held stays known. */
export function damagedFrames(protocol: LawProtocol, mark = ''): fc.Arbitrary<DamagedStream> {
  return build(protocol, mark, kindsOf(protocol), fc.constant(null))
}

/** Damage after which everything the model said is still there. */
export function losslesslyDamaged(protocol: LawProtocol): fc.Arbitrary<DamagedStream> {
  const kinds = [...losslessWriting, ...protocol.losslessDamages]
  const bytes = fc.record({ kind: fc.constantFrom(...losslessBytes), at: fc.constant(0), choice: fc.nat(7) })
  return build(protocol, '', kinds, sometimes(bytes, 4), true)
}

const losslessWriting = [
  'glue',
  'join',
  'indent',
  'double',
  'strip-event',
  'harmless-noise',
  ...Object.keys(writingDamages),
]
const losslessBytes = ['byte-order-mark', 'no-final-blank', 'bare-cr']

const byteDamage = fc.record({
  kind: fc.constantFrom(...Object.keys(byteDamages)),
  at: fc.nat(100_000),
  choice: fc.nat(65_535),
})

function kindsOf(protocol: LawProtocol): string[] {
  const kinds = [...Object.keys(frameDamages), ...Object.keys(writingDamages), ...Object.keys(protocol.damages)]
  return [...kinds, 'noise', 'noise', 'foreign']
}

function build(
  protocol: LawProtocol,
  mark: string,
  kinds: readonly string[],
  bytesDamage: fc.Arbitrary<Damage | null>,
  onceEach = false,
): fc.Arbitrary<DamagedStream> {
  const damage = fc.record({ kind: fc.constantFrom(...kinds), at: fc.nat(10_000), choice: fc.nat(100_000) })
  return fc
    .record({
      events: protocol.streams(mark),
      damages: onceEach
        ? fc.uniqueArray(damage, { minLength: 1, maxLength: 5, selector: ({ kind }) => kind })
        : fc.array(damage, { minLength: 1, maxLength: 5 }),
      bytesDamage,
      formatting: fc.oneof({ arbitrary: formattings, weight: 1 }, { arbitrary: plainly, weight: 2 }),
    })
    .map(({ events, damages, bytesDamage, formatting }) => {
      const list = damages.reduce((before, damage) => apply(protocol, before, damage), drafts(events))
      const written = write(list, formatting).bytes
      const bytes = bytesDamage === null ? written : damageBytes(written, bytesDamage)
      const names = [...damages, ...(bytesDamage === null ? [] : [bytesDamage])].map(({ kind }) => kind)
      const wholeFrames = bytesDamage === null || losslessBytes.includes(bytesDamage.kind)
      return legible({ original: events, drafts: list, bytes, damages: names, wholeFrames })
    })
}

const plainly: fc.Arbitrary<Formatting> = fc.constant({ lineEnd: '\n', frames: [0] })

function apply(protocol: LawProtocol, list: Draft[], { kind, at, choice }: Damage): Draft[] {
  const whole = protocol.damages[kind] ?? writingDamages[kind]
  if (whole !== undefined) return whole(list, choice)
  const copy = [...list]
  if (kind === 'noise') copy.splice(at % (list.length + 1), 0, choose(noise, choice))
  else if (kind === 'harmless-noise') copy.splice(at % (list.length + 1), 0, choose(harmless, choice))
  else if (kind === 'foreign') {
    const data = choose(protocol.foreignEvents, choice)
    copy.splice(at % (list.length + 1), 0, { event: choice % 2 ? 'error' : undefined, data, writing: 'plain' })
  } else if (list.length > 0) frameDamages[kind]?.(copy, at % list.length, choice, protocol)
  return copy
}

/** Noise that no content can hide in and that ends nothing. */
const harmless = noise.filter(({ data }) => typeof data !== 'string' || ['', 'null', ': keep-alive'].includes(data))

function damageBytes(bytes: Uint8Array, { kind, at, choice }: Damage): Uint8Array {
  return byteDamages[kind]?.(bytes, at % Math.max(bytes.length, 1), choice) ?? bytes
}

function choose<T>(from: readonly T[], choice: number): T {
  const chosen = from[choice % from.length]
  if (chosen === undefined) throw new RangeError('nothing to choose from')
  return chosen
}
