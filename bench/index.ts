/**
 * Bundles the bench with the source of the library, as tsup bundles what is published, and runs it. Run as TypeScript straight
 * away the functions would carry their names with them (tsx keeps them), which costs on every closure and no user pays.
 */
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const outfile = fileURLToPath(new URL('../node_modules/.cache/sse-conform-bench/run.mjs', import.meta.url))

await build({
  entryPoints: [fileURLToPath(new URL('run.ts', import.meta.url))],
  bundle: true,
  // What is a dependency stays one: mitata, the companions, and eventsource-parser for both sides alike.
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'es2022',
  sourcemap: 'linked',
  outfile,
})
await import(outfile)
