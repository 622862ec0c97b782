import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const src = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url))
const counts = process.env['SSE_CONFORM_COUNTS']

export default defineConfig({
  resolve: {
    // What the README shows is what the tests run: the package's own name means its source here.
    alias: [
      { find: /^sse-conform$/, replacement: src('index.ts') },
      { find: /^sse-conform\/([a-z]+)$/, replacement: src('$1/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    globalSetup: ['test/seed.ts'],
    env: {
      SSE_CONFORM_SEED: process.env['SSE_CONFORM_SEED'] ?? '20261121',
      SSE_CONFORM_RUNS: process.env['SSE_CONFORM_RUNS'] ?? '150',
    },
    pool: 'forks',
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // `.ci/run` counts the tests from this file.
    reporters: counts === undefined ? ['default'] : ['default', ['json', { outputFile: counts }]],
  },
})
