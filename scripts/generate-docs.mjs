// Writes src/defects/codes.ts, docs/defects.md and the table in README.md from the registry of codes.
// `node scripts/generate-docs.mjs --check` writes nothing and exits with 1 when either is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = new URL('../', import.meta.url)
const check = process.argv.includes('--check')

// Node 20 does not read TypeScript, so the renderer is bundled in memory and imported from there.
const bundle = await build({
  entryPoints: [fileURLToPath(new URL('scripts/defect-docs.ts', root))],
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
})
const code = Buffer.from(bundle.outputFiles[0].contents).toString('base64')
const { codesModule, defectsPage, readmeWithTable } = await import(`data:text/javascript;base64,${code}`)

const stale = []
update('src/defects/codes.ts', () => codesModule())
update('docs/defects.md', () => defectsPage())
update('README.md', (readme) => (readme === undefined ? undefined : (readmeWithTable(readme) ?? missingMarkers())))

if (check && stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}. Run \`node scripts/generate-docs.mjs\`.`)
  process.exitCode = 1
}

/** @param {string} path @param {(text: string | undefined) => string | undefined} render */
function update(path, render) {
  const file = new URL(path, root)
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  const after = render(before)
  if (after === undefined || after === before) return
  stale.push(path)
  if (!check) {
    writeFileSync(file, after)
    console.error(`Wrote ${path}.`)
  }
}

function missingMarkers() {
  console.error('README.md has no <!-- defects:begin --> and <!-- defects:end --> to write the table between.')
  process.exitCode = 1
  return undefined
}
