import type { Parameters } from 'fast-check'

/**
 * How often each law runs, and from which seed. Without the two variables every run of the suite sees the same cases,
 * so that a red build can be repeated; `scripts/laws-long.mjs` sets both. `SSE_CONFORM_PATH`, with the path that fast-check
 * prints, goes straight to one counterexample; it is of use for one law at a time (`-t`).
 */
const runs = positive('SSE_CONFORM_RUNS', 150)
const seed = positive('SSE_CONFORM_SEED', 20261121)

const path = process.env['SSE_CONFORM_PATH']

/** The parameters of every `fc.assert` of the laws. */
export function lawParameters<Case>(): Parameters<Case> {
  return path === undefined ? { numRuns: runs, seed } : { numRuns: runs, seed, path }
}

/** A time limit that only a hang reaches. */
export const lawTimeout = 60_000 + runs * 120

function positive(name: string, fallback: number): number {
  const given = process.env[name]
  if (given === undefined || given === '') return fallback
  const value = Number(given)
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} must be a positive integer`)
  return value
}
