#!/usr/bin/env node
/**
 * The long run of the laws: 10,000 cases of each law from a fresh seed, where the suite runs a few hundred from a fixed one.
 *
 *   node scripts/laws-long.mjs [RUNS] [SEED]
 *
 * The seed is printed first; give it back to repeat a run. A failure prints the smallest case that fast-check found, as text
 * and as base64: keep it as a file under `test/laws/regressions/` (CONTRIBUTING tells how), then mend the machine.
 */
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const [runs = '10000', seed = String(randomInt(1, 2 ** 31))] = process.argv.slice(2)
if (![runs, seed].every((given) => /^[1-9]\d*$/.test(given))) {
  console.error('usage: node scripts/laws-long.mjs [RUNS] [SEED], both positive integers')
  process.exit(2)
}

console.log(`laws: ${runs} runs each, seed ${seed}`)
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/laws', '--reporter=verbose'], {
  cwd: new URL('..', import.meta.url),
  env: { ...process.env, SSE_CONFORM_RUNS: runs, SSE_CONFORM_SEED: seed },
  stdio: 'inherit',
})
process.exit(status ?? 1)
