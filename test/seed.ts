import type { TestProject } from 'vitest/node'

/** Prints once what the property tests run with: what is needed to run a failure again. */
export default function announceSeed({ config }: TestProject): void {
  const { SSE_CONFORM_SEED: seed, SSE_CONFORM_RUNS: runs } = config.env
  console.log(`fast-check: SSE_CONFORM_SEED=${seed} SSE_CONFORM_RUNS=${runs}`)
}
