/**
 * Takes the rules out of the sources one by one and runs the tests of the rules: who survives has no test.
 *
 *   npm run mutate [-- PATH...]     src/sse, the machines and src/fetch, or the files whose path holds a PATH
 *
 * A rule is a place that names a code of the registry, or that tells of a repair around the events (`repaired` in src/fetch).
 * Its mutants are the branch that leads there, never taken, and the call that reports it, left out. Each lives in a copy of the
 * project; the checkout is not touched. Slow (seconds for each mutant) and no part of CI: run it after a change of the rules, and
 * answer a survivor with a test or with less code.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

interface Mutant {
  readonly folder: keyof typeof folders
  readonly file: string
  readonly line: number
  readonly code: string
  readonly what: 'the branch is never taken' | 'the call is left out'
  readonly source: string
}

const project = fileURLToPath(new URL('..', import.meta.url))
/** Where the rules are, and the tests that have to find each one missing. */
const folders = {
  'src/sse': ['test/sse', 'test/messages'],
  'src/messages': ['test/messages'],
  'src/responses': ['test/responses'],
  'src/chat': ['test/chat'],
  'src/fetch': ['test/fetch'],
} as const
const copied = ['src', 'test', 'fixtures', 'docs', 'package.json', 'tsconfig.json', 'vitest.config.ts']
/** Mocks a module, which cannot be done where all files share one process for speed. */
const apart = '**/parser-4.test.ts'
const secondsForEach = 60
const codeOf = /^(?:sse|errors|messages|responses|chat)\/[a-z0-9-]+$/

/** Every mutant of one source file. */
function mutantsOf(folder: Mutant['folder'], file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const mutants = new Map<string, Mutant>()
  const add = (from: number, to: number, by: string, code: string, what: Mutant['what']): void => {
    const line = source.getLineAndCharacterOfPosition(from).line + 1
    const mutant = { folder, file, line, code, what, source: text.slice(0, from) + by + text.slice(to) }
    if (!mutants.has(mutant.source)) mutants.set(mutant.source, mutant)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && isRule(node)) {
      const branch = branchOf(node)
      if (branch !== undefined) {
        add(branch.from, branch.to, branch.taken ? 'false' : 'true', node.text, 'the branch is never taken')
      }
      const call = callOf(node)
      if (call !== undefined) add(call.getStart(), call.getEnd(), 'void 0', node.text, 'the call is left out')
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return [...mutants.values()]
}

/** A code of the registry; or, around the events, what a call is told to have been `repaired`. */
function isRule(node: ts.StringLiteral): boolean {
  if (codeOf.test(node.text)) return !ts.isLiteralTypeNode(node.parent)
  return ts.isCallExpression(node.parent) && /\brepaired$/.test(node.parent.expression.getText())
}

/** The condition of the nearest branch around a node, and whether it leads there when it holds. */
function branchOf(node: ts.Node): { from: number; to: number; taken: boolean } | undefined {
  for (let child = node, at = node.parent; at !== undefined; child = at, at = at.parent) {
    const [condition, then, otherwise] = ts.isIfStatement(at)
      ? [at.expression, at.thenStatement, at.elseStatement]
      : ts.isConditionalExpression(at)
        ? [at.condition, at.whenTrue, at.whenFalse]
        : []
    if (condition !== undefined && child !== condition && (child === then || child === otherwise)) {
      return { from: condition.getStart(), to: condition.getEnd(), taken: child === then }
    }
    if (ts.isFunctionLike(at)) return undefined
  }
  return undefined
}

/** The statement-like call that a node is an argument of. */
function callOf(node: ts.Node): ts.CallExpression | undefined {
  for (let at = node.parent; at !== undefined && !ts.isStatement(at); at = at.parent) {
    if (ts.isCallExpression(at)) return ts.isExpressionStatement(at.parent) ? at : undefined
  }
  return undefined
}

/** Runs the tests in the copy; true where they pass. */
function pass(copy: string, tests: readonly string[]): Promise<boolean> {
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
  const run = [
    vitest,
    'run',
    ...tests,
    '--bail=1',
    '--reporter=dot',
    '--no-isolate',
    '--maxWorkers=1',
    '--exclude',
    apart,
  ]
  return new Promise((resolve) => {
    // A group of its own, so that a worker which a mutant has sent into an endless loop dies with the rest.
    const child = spawn(process.execPath, run, { cwd: copy, stdio: 'ignore', detached: true })
    const { pid } = child
    const late = setTimeout(() => pid !== undefined && process.kill(-pid, 'SIGKILL'), secondsForEach * 1000)
    child.on('close', (status) => {
      clearTimeout(late)
      resolve(status === 0)
    })
  })
}

const wanted = process.argv.slice(2)
const copy = mkdtempSync(join(tmpdir(), 'sse-conform-mutate-'))
process.on('exit', () => rmSync(copy, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
for (const name of copied) cpSync(join(project, name), join(copy, name), { recursive: true })
symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'), 'junction')

const mutants = (Object.keys(folders) as Mutant['folder'][]).flatMap((folder) =>
  readdirSync(join(project, folder))
    .map((name) => `${folder}/${name}`)
    .filter((file) => file.endsWith('.ts') && (wanted.length === 0 || wanted.some((path) => file.includes(path))))
    .flatMap((file) => mutantsOf(folder, file, readFileSync(join(copy, file), 'utf8'))),
)

for (const folder of new Set(mutants.map((mutant) => mutant.folder))) {
  const tests = folders[folder]
  if (await pass(copy, tests)) continue
  console.error(`${tests.join(' and ')} fail without any mutant; mend them first.`)
  process.exit(2)
}
const survivors: string[] = []
for (const [at, { folder, file, line, code, what, source }] of mutants.entries()) {
  const path = join(copy, file)
  const original = readFileSync(path, 'utf8')
  writeFileSync(path, source)
  const survived = await pass(copy, folders[folder])
  writeFileSync(path, original)
  const name = `${file}:${line} ${code}: ${what}`
  if (survived) survivors.push(name)
  console.log(`${at + 1}/${mutants.length} ${survived ? 'SURVIVED' : 'killed'} ${name}`)
}
console.log(`\n${survivors.length} of ${mutants.length} survived`)
for (const survivor of survivors) console.log(`  ${survivor}`)
process.exitCode = survivors.length === 0 ? 0 : 1
