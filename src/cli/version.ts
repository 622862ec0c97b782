import { readFileSync } from 'node:fs'

/** The version in the package's own `package.json`, which stands above the source and above the built files alike. */
export function packageVersion(): string {
  for (const above of ['../package.json', '../../package.json']) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(above, import.meta.url), 'utf8'))
      if (isManifest(manifest)) return manifest.version
    } catch {
      // Not there: the next folder up.
    }
  }
  return 'unknown'
}

function isManifest(value: unknown): value is { name: string; version: string } {
  return (
    typeof value === 'object' && value !== null && 'name' in value && value.name === 'sse-conform' && 'version' in value
  )
}
