import { parseArgs } from 'node:util'
import { fetching } from './fetch.js'
import { type Figure, tableOf, verdictOf } from './figure.js'
import { growth } from './growth.js'
import { memory } from './memory.js'
import { ratios } from './ratios.js'
import { sets } from './sets.js'
import type { BenchSet } from './streams.js'

type Part = (sets: readonly BenchSet[]) => AsyncIterable<Figure> | Iterable<Figure>
const parts: Record<string, Part> = { ratios, fetch: fetching, growth, memory }

const { values } = parseArgs({
  options: {
    /** Exit with 1 where a limit is broken. */
    assert: { type: 'boolean', default: false },
    /** One part alone, for a profile. */
    only: { type: 'string' },
    /** One protocol alone. */
    protocol: { type: 'string' },
  },
})

const chosen = values.only === undefined ? Object.values(parts) : [parts[values.only]]
const fed = sets.filter(({ protocol }) => values.protocol === undefined || protocol === values.protocol)
if (fed.length === 0) throw new Error(`--protocol takes one of ${sets.map(({ protocol }) => protocol).join(', ')}.`)
const figures: Figure[] = []
for (const part of chosen) {
  if (part === undefined) throw new Error(`--only takes one of ${Object.keys(parts).join(', ')}.`)
  for await (const figure of part(fed)) {
    figures.push(figure)
    process.stderr.write(verdictOf(figure) === 'FAIL' ? 'F' : '.')
  }
}
process.stderr.write('\n')

const judged = figures.filter((figure) => figure.limit !== undefined)
const failed = judged.filter((figure) => verdictOf(figure) === 'FAIL')
console.log(tableOf(figures))
console.log(`\n${judged.length - failed.length} of ${judged.length} limits hold.`)
if (values.assert && failed.length > 0) process.exitCode = 1
