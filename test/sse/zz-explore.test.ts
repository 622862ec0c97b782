import { it } from 'vitest'
import { readFileSync } from 'node:fs'
import { read, cuts, readChunks, codes, datas, sent } from '/work/main/test/sse/reading.js'
const cases: string[] = JSON.parse(readFileSync('/tmp/cases.json', 'utf8'))
it('x', () => {
  for (const c of cases) {
    const w = read(c)
    const bad: unknown[] = []
    for (const ch of cuts(c)) {
      const r = readChunks(ch)
      if (JSON.stringify([r.frames, r.defects]) !== JSON.stringify([w.frames, w.defects])) bad.push(ch.length === 2 ? ch[0]!.length : 'bytewise')
    }
    const s = read(c, { mode: 'strict' })
    console.log(JSON.stringify(c.length > 200 ? c.slice(0, 200) : c), '\n  ', codes(w).join(' '), bad.length ? '\n   SPLIT-DIFF ' + bad.join(',') : '', '\n  ',
      w.frames.map((f) => `${f.number}@${f.offset} ${f.kind}${f.cut ? ' CUT' : ''}${f.body ? ' body' : ''} ${f.event ?? '-'} ${JSON.stringify(f.data)} raw=${JSON.stringify(f.raw)}`).join('\n   '), '\n   strict:', JSON.stringify(datas(s)))
  }
})
