import { it } from 'vitest'
import { writeSync } from 'node:fs'
import { createPipeline } from '../src/index.js'
import { bytesOf } from './oracle/streams.js'
it('x', () => {
  for (const more of ['data:\n', 'data: null\n', 'data: : c\ndata: null\n', 'data: data: x\n', 'data: {"a":1}{"b":2}\n', 'data: {"a":1}\ndata: null\n', 'data: : a\n']) {
   for (const n of [5_000, 10_000, 40_000]) {
    const p = createPipeline({ protocol: 'messages' })
    let out = 0
    const t = performance.now()
    let m = ''
    try {
      p.push(bytesOf(more.repeat(n) + '\n'), (b) => { out += b.length })
      p.end('eof', (b) => { out += b.length })
      m = `ok ${out} ${p.report().endState} ${p.report().defects.map((d) => d.code + d.count).join(' ')} ${Math.round(performance.now() - t)}`
    } catch (e) { m = 'THROWS ' + String(e) }
    writeSync(2, `>> ${JSON.stringify(more)} ${n} ${m}\n`)
    if (m[0] === 'T') break
   }
  }
}, 300000)
