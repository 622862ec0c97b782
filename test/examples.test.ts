import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const page = readFileSync(`${root}examples/README.md`, 'utf8')

/** Each example of the page, with what the page says that it prints. */
const shown = [...page.matchAll(/^```console\n\$ node (examples\/[\w-]+\.mjs)\n([\s\S]*?)^```$/gm)].map(
  ([, file = '', printed = '']) => ({ file, printed }),
)

describe('examples/', () => {
  beforeAll(() => {
    if (!existsSync(`${root}dist`)) throw new Error('There is no dist folder: run `npm run build` first.')
  })

  it('are all on their page', () => {
    const files = readdirSync(`${root}examples`).filter((name) => name.endsWith('.mjs'))
    expect(shown.map(({ file }) => file).sort()).toEqual(files.map((name) => `examples/${name}`).sort())
  })

  it.concurrent.each(shown)('$file ends by itself and prints what the page says', async ({ file, printed }) => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { cwd: root, encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(stdout.trimEnd()).toBe(printed.trimEnd())
  })
})
