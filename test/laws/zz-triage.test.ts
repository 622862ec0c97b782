import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { it } from 'vitest'
import { conformantStreams, damagedFrames, damagedStreams, losslesslyDamaged } from './arbitraries/damaged.js'
import { drafts } from './arbitraries/draft.js'
import { plain, write } from './arbitraries/formatting.js'
import { hostileBytes } from './arbitraries/hostile.js'
import * as c from './checks.js'
import { checkConservation } from './conservation.js'
import { messages as p } from './messages-protocol.js'
import { assertSameBytes, runChunks } from './run.js'

const seed = Number(process.env['SEED'] ?? 1),
  n = Number(process.env['N'] ?? 2000)
type B = { bytes: Uint8Array; damages?: readonly string[] }
const groups = new Map<string, { count: number; text: string; size: number; b64: string }>()
function each<T extends B>(law: string, arb: fc.Arbitrary<T>, f: (x: T) => void) {
  for (const x of fc.sample(arb, { numRuns: n, seed })) {
    try {
      f(x)
    } catch (e) {
      const m = (e as Error).message
      const key =
        law +
        (law === '5a' ? ' ' + [...(x.damages ?? [])].sort().join('+') : '') +
        ' :: ' +
        ((e as Error).name === 'AssertionError' ? '' : (e as Error).stack?.split('\n').slice(0, 3).join('|')) +
        signature(m)
      const g = groups.get(key) ?? { count: 0, text: '', size: Infinity, b64: '' }
      g.count++
      if (x.bytes.length < g.size) {
        g.size = x.bytes.length
        g.b64 = Buffer.from(x.bytes).toString('base64')
        g.text = (x.damages?.join(', ') ?? '') + '\n' + Buffer.from(x.bytes).toString() + '\n-----\n' + m.slice(0, 6000)
      }
      groups.set(key, g)
    }
  }
}
function signature(m: string) {
  const rules = [...m.matchAll(/message: ['"`](.*)['"`]|code: '(.*)'/g)].map((x) =>
    (x[1] ?? x[2])!.replace(/\d+/g, 'N'),
  )
  const head = m.split('\n')[0]!.replace(/\d+/g, 'N').slice(0, 90)
  return head + ' ## ' + [...new Set(rules)].slice(0, 3).join(' | ')
}
const only = process.env['LAW']
const law = <T extends B>(name: string, arb: fc.Arbitrary<T>, f: (x: T) => void) => {
  if (!only || only.split(',').includes(name)) each(name, arb, f)
}
it('triage', () => {
  law('1', conformantStreams(p), (x) => c.checkIdentity(p, x.bytes))
  law('2', damagedStreams(p), (x) => void c.checkValidity(p, x.bytes))
  law('3', damagedStreams(p), (x) => c.checkIdempotence(p, x.bytes))
  law('4', damagedStreams(p), (x) => {
    c.checkSplits(p, x.bytes, [7, 3, 50])
  })
  law('5a', losslesslyDamaged(p), (x) => c.checkSameContent(p, x.bytes, write(drafts(x.original), plain).bytes))
  law('5b', damagedFrames(p), (x) => checkConservation(p, x))
  law('6', conformantStreams(p), (x) => {
    for (const k of [3, 5, 7, 11, 13]) {
      const at = Math.floor((x.bytes.length * ((k * 7919) % 101)) / 101)
      const whole = x.events.filter((_, i) => x.frames[i]!.dataEnd <= at)
      try {
        c.checkEnding(p, x.bytes.subarray(0, at), p.endingAfter(whole), 'eof')
      } catch (e) {
        ;(e as Error).message += ' CUT ' + at
        throw e
      }
    }
  })
  law('7a', damagedStreams(p), (x) => c.checkPrefix(p, x.bytes, Math.floor(x.bytes.length * 0.61)))
  law('7b', conformantStreams(p), ({ bytes, frames, events }) => {
    const { after, output } = runChunks(
      p,
      frames.map(({ start, end }) => bytes.subarray(start, end)),
    )
    assertSameBytes(output, bytes, 'pushed frame by frame')
    events.forEach((event, number) => {
      const held = p.firstHeld(events.slice(0, number + 1))
      const owed = held > number ? frames[number]?.end : frames[held]?.start
      if (!((after[number] ?? 0) >= (owed ?? 0)))
        (() => {
          throw Object.assign(new Error('late ' + event.name), { name: 'AssertionError' })
        })()
      void `frame ${number + 1} (${event.name}): ${after[number]} of ${owed} bytes are out`
    })
  })
  p.smallLimits.forEach((l) => law('8', damagedStreams(p), (x) => c.checkBounds(p, x.bytes, l)))
  law(
    '9',
    hostileBytes(p).map((bytes) => ({ bytes })),
    (x) => {
      c.checkTotality(p, x.bytes, 'eof')
      c.checkTotality(p, x.bytes, 'cancel')
      c.checkTotality(p, x.bytes, 'reset')
    },
  )
  law('10', damagedStreams(p, 'zqcanaryqz'), (x) => c.checkSilence(p, x.bytes, ['zqcanaryqz']))
  const out = [...groups].sort((a, b) => a[0].localeCompare(b[0]))
  console.log(out.map(([k, g]) => `${g.count}\t${g.size}b\t${k}`).join('\n'))
  writeFileSync('/tmp/lawsdev/triage.json', JSON.stringify(Object.fromEntries(out), null, 1))
}, 600000)
