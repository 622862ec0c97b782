// Prints `N passed, N failed` from vitest's JSON report and the closing line of the replay.
// node .ci/count.mjs EXIT_STATUS VITEST_JSON REPLAY_TEXT
import { existsSync, readFileSync } from 'node:fs'

const [, , status, vitest, replay] = process.argv
let passed = 0
let failed = 0

if (existsSync(vitest)) {
  const report = JSON.parse(readFileSync(vitest, 'utf8'))
  passed += report.numPassedTests
  failed += report.numFailedTests
}

if (existsSync(replay)) {
  const closing = /^(\d+) passed, (\d+) failed\s*$/m.exec(readFileSync(replay, 'utf8'))
  passed += Number(closing?.[1] ?? 0)
  failed += Number(closing?.[2] ?? 0)
}

// A step that is no test (a lint, a type, a size) failed: it counts as one.
if (status !== '0' && failed === 0) failed = 1
console.log(`${passed} passed, ${failed} failed`)
if (passed === 0 && failed === 0) process.exitCode = 1
