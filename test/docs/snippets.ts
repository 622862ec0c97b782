import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
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

/** Runs a snippet with `sse-conform` resolved to the sources, and returns what it printed, one string per `console.log`. */
export async function run(snippet: Snippet): Promise<string[]> {
  const bundle = await build({
    stdin: { contents: snippet.code, loader: 'ts', resolveDir: root },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    write: false,
    alias: {
      'sse-conform': `${root}src/index.ts`,
      'sse-conform/sse': `${root}src/sse/index.ts`,
      'sse-conform/messages': `${root}src/messages/index.ts`,
      'sse-conform/responses': `${root}src/responses/index.ts`,
      'sse-conform/schemas': `${root}src/schemas/index.ts`,
    },
    define: { 'console.log': 'globalThis.__print' },
  })
  const printed: string[] = []
  const scope = globalThis as { __print?: (...values: unknown[]) => void }
  scope.__print = (...values) => {
    printed.push(values.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' '))
  }
  const source = Buffer.from(bundle.outputFiles[0]?.contents ?? []).toString('base64')
  await import(/* @vite-ignore */ `data:text/javascript;base64,${source}`)
  return printed
}
