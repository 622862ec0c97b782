import { it, vi } from 'vitest'
import fc from 'fast-check'
vi.mock('../../src/index.js', () => ({ createPipeline: () => ({}) }))
import { conformantStreams, damagedStreams, losslesslyDamaged } from './arbitraries/damaged.js'
import { messages } from './messages-protocol.js'
it('stats', () => {
  const s = fc.sample(conformantStreams(messages), { numRuns: 2000, seed: 3 })
  const count = (f: (x: (typeof s)[number]) => string) => { const m: Record<string, number> = {}; for (const x of s) { const k = f(x); m[k] = (m[k] ?? 0) + 1 } return m }
  console.log(count((x) => String(Math.min(9, x.events.filter((e) => e.name === 'content_block_start').length))))
  console.log(count((x) => x.events.at(-1)!.name))
  console.log(count((x) => String(x.events.findLast((e) => e.name === 'message_delta')?.data['delta']?.['stop_reason'])))
  const kinds: Record<string, number> = {}
  for (const x of s) for (const e of x.events) { const b = e.data['content_block'] as any; if (b) kinds[b.type] = (kinds[b.type] ?? 0) + 1 }
  console.log(kinds, s.filter((x) => x.bytes.length === 0).length)
  console.log(new TextDecoder().decode(s[77]!.bytes))
  const d = fc.sample(damagedStreams(messages), { numRuns: 500, seed: 3 })
  console.log(d.slice(40, 43).map((x) => x.damages.join() + '\n' + new TextDecoder().decode(x.bytes)).join('\n=======\n'))
  console.time('l'); fc.sample(losslesslyDamaged(messages), { numRuns: 2000, seed: 3 }); console.timeEnd('l')
}, 60000)
