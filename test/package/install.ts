import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The tarball that would be published. */
export interface Tarball {
  readonly file: string
  /** Every path inside it. */
  readonly paths: readonly string[]
}

/** What a program that ran to its end with exit code 0 has printed. */
export async function run(folder: string, command: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { cwd: folder, encoding: 'utf8' })
  return stdout
}

/** `npm pack` into a new folder. */
export async function pack(): Promise<Tarball> {
  if (!existsSync(join(root, 'dist'))) throw new Error('There is no dist folder: run `npm run build` first.')
  const folder = await temporaryFolder()
  const printed = await run(root, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder)
  const [packed] = JSON.parse(printed) as [{ filename: string; files: { path: string }[] }]
  return { file: join(folder, packed.filename), paths: packed.files.map(({ path }) => path) }
}

/**
 * A project that has installed the tarball and, next to it, copies of packages of this project's own `node_modules`, so
 * that no network is needed.
 *
 * @param packages names, and the folder below `node_modules` where it is another
 * @returns the project's folder
 */
export async function install(tarball: Tarball, packages: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder()
  const beside = Object.entries(packages).map(([name, path]) => [name, `file:${projectModule(path)}`])
  const dependencies = { 'sse-conform': `file:${tarball.file}`, ...Object.fromEntries(beside) }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, dependencies }))
  await run(folder, 'npm', 'install', '--offline', '--install-links', '--ignore-scripts', '--no-audit', '--no-fund')
  return folder
}

/** The folder of a package that this project has installed. */
export function projectModule(path: string): string {
  return join(root, 'node_modules', path)
}

/** Where the files of the consumers stand. */
export const consumers: string = fileURLToPath(new URL('consumer/', import.meta.url))

function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sse-conform-'))
}
