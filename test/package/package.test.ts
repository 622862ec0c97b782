import { readFileSync } from 'node:fs'
import { copyFile, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consumers, install, pack, projectModule, run, type Tarball } from './install.js'

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string
  readonly exports: Readonly<Record<string, unknown>>
}
const subpaths = Object.keys(manifest.exports).filter((subpath) => subpath !== './package.json')
const specifiers = subpaths.map((subpath) => subpath.replace(/^\./, 'sse-conform'))

const folders: string[] = []
let tarball: Tarball

beforeAll(async () => {
  tarball = await pack()
  folders.push(dirname(tarball.file))
})

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

async function project(packages: Readonly<Record<string, string>>): Promise<string> {
  const folder = await install(tarball, packages)
  folders.push(folder)
  return folder
}

async function exportsOf(folder: string, format: 'import' | 'require', specifier: string): Promise<string[]> {
  const script =
    format === 'import'
      ? `import * as all from '${specifier}'; console.log(JSON.stringify(Object.keys(all)))`
      : `console.log(JSON.stringify(Object.keys(require('${specifier}'))))`
  const inputType = format === 'import' ? 'module' : 'commonjs'
  const names = JSON.parse(
    await run(folder, process.execPath, `--input-type=${inputType}`, '--eval', script),
  ) as string[]
  return names.sort()
}

describe('the tarball', () => {
  it('holds what was built and the papers, and nothing else', () => {
    const wanted = /^(dist\/.+\.(js|cjs|d\.ts|d\.cts)|package\.json|(README|CHANGELOG|SECURITY)\.md|LICENSE)$/
    expect(tarball.paths.filter((path) => !wanted.test(path))).toEqual([])
    expect(tarball.paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/cli.js', 'dist/index.d.cts']))
  })
})

describe.each([
  ['3', 'eventsource-parser'],
  ['4', 'eventsource-parser-4'],
])('a project with eventsource-parser %s', (_major, parser) => {
  let folder: string

  beforeAll(async () => {
    folder = await project({ 'eventsource-parser': parser, zod: 'zod' })
  })

  it.each(specifiers)('imports and requires %s and finds the same names', async (specifier) => {
    const imported = await exportsOf(folder, 'import', specifier)
    expect(imported).not.toEqual([])
    expect(await exportsOf(folder, 'require', specifier)).toEqual(imported)
  })

  it('has the command', async () => {
    const bin = join(folder, 'node_modules', '.bin', 'sse-conform')
    expect(await run(folder, bin, '--help')).toMatch(/^Usage: sse-conform/)
    expect(await run(folder, bin, '--version')).toBe(`${manifest.version}\n`)
  })
})

describe('a project without zod', () => {
  let folder: string

  beforeAll(async () => {
    folder = await project({ 'eventsource-parser': 'eventsource-parser' })
  })

  it('has installed nothing but eventsource-parser beside the package', async () => {
    const installed = await readdir(join(folder, 'node_modules'))
    expect(installed.filter((name) => !name.startsWith('.')).sort()).toEqual(['eventsource-parser', 'sse-conform'])
  })

  it.each(specifiers.filter((specifier) => specifier !== 'sse-conform/schemas'))('imports %s', async (specifier) => {
    expect(await exportsOf(folder, 'import', specifier)).not.toEqual([])
  })
})

describe('the types', () => {
  let folder: string

  beforeAll(async () => {
    folder = await project({ 'eventsource-parser': 'eventsource-parser', zod: 'zod' })
    for (const file of await readdir(consumers)) await copyFile(join(consumers, file), join(folder, file))
  })

  const web = { lib: ['es2023', 'dom', 'dom.iterable'], types: [] }
  const node = { lib: ['es2023'], types: ['node'], typeRoots: [projectModule('@types')] }
  const nodenext = { module: 'nodenext', moduleResolution: 'nodenext' }

  it.each([
    ['an ES module with lib.dom', 'web.mts', { ...web, ...nodenext }],
    ['a bundler with lib.dom', 'web.mts', { ...web, module: 'preserve', moduleResolution: 'bundler' }],
    ['a CommonJS module with lib.dom', 'commonjs.cts', { ...web, ...nodenext }],
    ['an ES module with node:stream/web and no lib.dom', 'node-streams.mts', { ...node, ...nodenext }],
    ['the Node subpath', 'replay.mts', { ...node, ...nodenext }],
  ])(
    'compile in %s, the declarations of the package included',
    async (_name, file, options) => {
      const compilerOptions = {
        target: 'es2022',
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        ...options,
      }
      const config = join(folder, `tsconfig.${file}.json`)
      await writeFile(
        config,
        JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: false }, files: [file] }),
      )
      expect(await typeErrors(folder, config)).toEqual([])
      // The compiler takes its time, and more of it on a busy machine.
    },
    180_000,
  )
})

async function typeErrors(folder: string, config: string): Promise<string[]> {
  const tsc = join(projectModule('typescript'), 'bin', 'tsc')
  const printed = await run(folder, process.execPath, tsc, '--pretty', 'false', '-p', config).catch(
    (error: { stdout: string }) => error.stdout,
  )
  return printed.split('\n').filter((line) => line !== '')
}
