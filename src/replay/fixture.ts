import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { type FixtureFile, parseFixtureFile } from './fixture-file.js'

/** One case: a folder with `upstream.sse`, `expected.sse` and `fixture.json`. */
export interface Fixture {
  /** The folder, relative to the one that was searched, with `/` between its parts. */
  readonly name: string
  readonly directory: string
  readonly upstream: Uint8Array
  /** Undefined where `expected.sse` has not been written yet. */
  readonly expected: Uint8Array | undefined
  readonly file: FixtureFile
  /** `fixture.json` as parsed, unknown fields included, so that an update keeps them. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** A fixture that cannot be read: a missing file, JSON that does not parse, a field of the wrong type. */
export class FixtureError extends Error {
  override readonly name = 'FixtureError'
  /** The file or folder that could not be read. */
  readonly path: string

  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`)
    this.path = path
  }
}

/**
 * Finds the cases below a folder: every folder, at any depth, that holds a `fixture.json`.
 *
 * @param directory where to search; it may be a case itself
 * @returns the folders of the cases, sorted by path
 * @throws FixtureError where the folder cannot be read
 * @example
 * const folders = await findFixtures('fixtures')
 */
export async function findFixtures(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new FixtureError(directory, folderProblem(error.code))
  })
  const found = entries.some((entry) => entry.isFile() && entry.name === 'fixture.json') ? [directory] : []
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory() && entry.name !== 'node_modules') {
      found.push(...(await findFixtures(join(directory, entry.name))))
    }
  }
  return found
}

/**
 * Reads one case.
 *
 * @param directory the folder of the case
 * @param root the folder that the case's name is relative to; by default its parent
 * @throws FixtureError where `upstream.sse` or `fixture.json` cannot be read or a field is wrong
 * @example
 * const fixture = await loadFixture('fixtures/messages/index-minus-one')
 */
export async function loadFixture(directory: string, root?: string): Promise<Fixture> {
  const inside = root === undefined ? '' : relative(root, directory)
  const name = inside === '' ? basename(directory) : inside.split(sep).join('/')
  const jsonPath = join(directory, 'fixture.json')
  const raw = parseJson(jsonPath, await readNeeded(jsonPath))
  return {
    name,
    directory,
    upstream: await readNeeded(join(directory, 'upstream.sse')),
    expected: await readFile(join(directory, 'expected.sse')).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw new FixtureError(join(directory, 'expected.sse'), `cannot be read (${error.code})`)
    }),
    file: parseFixtureFile(raw, (reason) => new FixtureError(jsonPath, reason)),
    raw,
  }
}

/**
 * Reads every case below a folder.
 *
 * @param directory where to search, as in {@link findFixtures}
 * @returns the cases, sorted by path; empty where there are none
 * @throws FixtureError at the first case that cannot be read
 * @example
 * const results = (await loadFixtures('fixtures')).map((fixture) => runFixture(fixture))
 */
export async function loadFixtures(directory: string): Promise<Fixture[]> {
  const fixtures: Fixture[] = []
  for (const folder of await findFixtures(directory)) fixtures.push(await loadFixture(folder, directory))
  return fixtures
}

function folderProblem(code: string | undefined): string {
  if (code === 'ENOENT') return 'no such folder'
  if (code === 'ENOTDIR') return 'is a file; a folder with cases is wanted'
  return `cannot be read (${code})`
}

async function readNeeded(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new FixtureError(path, error.code === 'ENOENT' ? 'no such file' : `cannot be read (${error.code})`)
  })
}

function parseJson(path: string, bytes: Uint8Array): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new FixtureError(path, 'is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FixtureError(path, 'must be a JSON object')
  }
  return value as Record<string, unknown>
}
