import { readFileSync } from 'node:fs'

/** The version of a test-only package as it is installed; `path` may lead into the packages of another package. */
export function installedVersion(path: string): string {
  const manifest = new URL(`../../node_modules/${path}/package.json`, import.meta.url)
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
}
