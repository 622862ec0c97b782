// Bundles what a user's bundler would make of an import of this package, prints the sizes, and fails over the budget.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build } from 'esbuild'

interface Entry {
  readonly name: string
  /** What is imported. */
  readonly code: string
  /** What is imported anyway: the entry costs what it adds to that. */
  readonly beside?: string
  /** Minified and gzipped bytes, eventsource-parser included. Beyond it the script fails. */
  readonly budget?: number
  /** What it ought to be. */
  readonly wanted?: number
}

const everythingOf = (specifier: string) => `export * from '${specifier}'`

// The wanted sizes are far away for all but the smallest. Until they are reached the budgets are ratchets: a little above what is
// measured, never to be raised without a reason, to be lowered with each byte that is won.
const entries: readonly Entry[] = [
  { name: 'sse-conform/messages', code: everythingOf('sse-conform/messages'), budget: 22_500, wanted: 12_000 },
  { name: 'sse-conform/responses', code: everythingOf('sse-conform/responses'), budget: 33_000, wanted: 16_000 },
  { name: 'sse-conform/chat', code: everythingOf('sse-conform/chat'), budget: 23_400, wanted: 12_000 },
  {
    // The machines come with it, whichever way they are imported; so what counts is what the wrapper adds to them.
    name: 'fetch, on top of these',
    code: "export { conformFetch, createPipeline, normalizeResponse } from 'sse-conform'",
    beside: "export { createPipeline } from 'sse-conform'",
    budget: 7_000,
    wanted: 5_000,
  },
  { name: 'sse-conform', code: everythingOf('sse-conform'), budget: 65_000, wanted: 32_000 },
  { name: 'sse-conform/sse', code: everythingOf('sse-conform/sse') },
]

// What belongs to the schemas, the CLI and the docs must not ride along with a machine.
const forbidden = /(^|\/)(node_modules\/zod\/|src\/(defects\/(prose|registry)|schemas|replay|cli)\b)/

const root = new URL('../', import.meta.url)

function bundle(options: BuildOptions) {
  return build({
    absWorkingDir: fileURLToPath(root),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    write: false,
    metafile: true,
    logLevel: 'error',
    ...options,
  })
}

/** The size of the built package, resolved by its own `exports` as in any other project. */
async function measure(code: string) {
  const { outputFiles } = await bundle({
    stdin: { contents: code, resolveDir: fileURLToPath(root) },
    // The project's tsconfig points the package's name at its source.
    tsconfigRaw: '{}',
  })
  const bytes = outputFiles?.[0]?.contents ?? new Uint8Array()
  return { minified: bytes.byteLength, gzipped: gzipSync(bytes, { level: 9 }).byteLength }
}

/** The modules of the source that stay in the bundle: the built package no longer tells them apart. */
async function modules(code: string): Promise<string[]> {
  const { metafile } = await bundle({
    stdin: { contents: code, resolveDir: fileURLToPath(root) },
  })
  return Object.values(metafile?.outputs ?? {}).flatMap((output) =>
    Object.entries(output.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  )
}

const faults: string[] = []
if (!existsSync(new URL('dist', root))) throw new Error('There is no dist folder: run `npm run build` first.')

const rows = [['', 'minified', 'gzipped', 'budget', 'wanted']]
for (const { name, code, beside, budget, wanted } of entries) {
  const all = await measure(code)
  const other = beside === undefined ? { minified: 0, gzipped: 0 } : await measure(beside)
  const [minified, gzipped] = [all.minified - other.minified, all.gzipped - other.gzipped]
  rows.push([name, ...[minified, gzipped, budget, wanted].map((bytes) => (bytes === undefined ? '' : String(bytes)))])
  if (budget !== undefined && gzipped > budget) faults.push(`${name}: ${gzipped} bytes, ${budget} allowed`)
  for (const path of (await modules(code)).filter((path) => forbidden.test(path)))
    faults.push(`${name}: carries ${path}`)
}

for (const [name = '', ...figures] of rows) {
  console.log(name.padEnd(24) + figures.map((figure) => figure.padStart(10)).join(''))
}
for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0
