import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** One code block of a page, and what its comments say that it prints. */
export interface Snippet {
  readonly name: string
  readonly code: string
  readonly prints: readonly string[]
}

/** The TypeScript blocks of a page, each with the comments behind its `console.log` calls. */
export function snippetsOf(page: string): Snippet[] {
  const text = readFileSync(`${root}${page}`, 'utf8')
  return Array.from(text.matchAll(/```ts\n([\s\S]*?)```/g), (match, number) => {
    const code = match[1] ?? ''
    const prints = Array.from(code.matchAll(/console\.log\(.*\),? \/\/ (.*)$/gm), ([, comment]) => comment ?? '')
    return { name: `${page} snippet ${number + 1}`, code, prints }
  })
}

/** The package's own names mean its sources. */
const alias = {
  'sse-conform': `${root}src/index.ts`,
  ...Object.fromEntries(
    ['sse', 'messages', 'responses', 'chat', 'fetch', 'schemas'].map((name) => [
      `sse-conform/${name}`,
      `${root}src/${name}/index.ts`,
    ]),
  ),
}

/** Runs a snippet and returns what it printed, one string per `console.log`. */
export async function run(snippet: Snippet): Promise<string[]> {
  // Beside the packages that it imports, which stay what they are.
  const outfile = `${root}node_modules/.cache/sse-conform-docs/${process.pid}-${++runs}.mjs`
  await build({
    stdin: { contents: snippet.code, loader: 'ts', resolveDir: root },
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outfile,
    alias,
    define: { 'console.log': 'globalThis.__print' },
  })
  const printed: string[] = []
  const scope = globalThis as { __print?: (...values: unknown[]) => void }
  scope.__print = (...values) => {
    printed.push(values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' '))
  }
  try {
    await import(/* @vite-ignore */ pathToFileURL(outfile).href)
  } finally {
    await rm(outfile)
  }
  return printed
}

let runs = 0
