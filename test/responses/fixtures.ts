import { readdirSync, readFileSync } from 'node:fs'
import { type FixtureFile, parseFixtureFile } from '../../src/replay/fixture-file.js'

/** One fixture as it lies in its folder. */
export interface Fixture {
  readonly name: string
  readonly file: FixtureFile
  readonly upstream: Uint8Array
}

const folder = new URL('../../fixtures/responses/', import.meta.url)

/** The fixtures of `/v1/responses`, by name. */
export const fixtures: readonly Fixture[] = readdirSync(folder).map((name) => {
  const read = (file: string) => readFileSync(new URL(`${name}/${file}`, folder))
  const file = parseFixtureFile(JSON.parse(read('fixture.json').toString('utf8')), (reason) => new Error(reason))
  return { name, file, upstream: new Uint8Array(read('upstream.sse')) }
})
