import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { anchor, codes, defectsPage, readmeWithTable, rulesOf } from '../../scripts/defect-docs.js'
import { codeInfo, issueUrl } from '../../src/defects/registry.js'

const root = new URL('../../', import.meta.url)
const repairs = ['inserted', 'rewrote', 'dropped', 'moved', 'ended']

/** The files below a folder of the project (or the file itself), as paths relative to the root. */
function filesOf(path: string, extension: RegExp): string[] {
  const url = new URL(path, root)
  if (!existsSync(url)) return []
  if (!path.endsWith('/')) return [path]
  return readdirSync(fileURLToPath(url), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extension.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(fileURLToPath(root).length).replaceAll('\\', '/'))
    .map((file) => file.replace(/\/{2,}/g, '/'))
    .sort()
}

function read(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}

/** A code that only a comment names is still dead. */
function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}

const headings = new Set([...read('docs/validity.md').matchAll(/^### (.+)$/gm)].map(([, heading]) => heading))

describe('the registry', () => {
  it('names every code by its area and words in lower case', () => {
    expect(codes.length).toBeGreaterThan(60)
    expect(codes.filter((code) => !/^(sse|errors|messages|responses|chat)\/[a-z0-9-]+$/.test(code))).toEqual([])
  })

  it('gives every defect a repair and every observation none', () => {
    for (const code of codes) {
      const { severity, action } = codeInfo(code)
      expect(severity === 'observation' ? ['none'] : repairs, code).toContain(action)
    }
  })

  it('explains every code in whole sentences and says who breaks', () => {
    for (const code of codes) {
      const { title, summary, repair, clients, catalogue } = codeInfo(code)
      expect(title, code).toMatch(/^[A-Z`].*[^.]$/)
      expect(summary, code).toMatch(/\.$/)
      expect(repair, code).toMatch(/\.$/)
      expect(clients.length, code).toBeGreaterThan(0)
      expect(catalogue, code).not.toBe('')
    }
  })

  it('has no title twice', () => {
    const titles = codes.map((code) => codeInfo(code).title)
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([])
  })

  it('links only to well-formed issues', () => {
    for (const code of codes) {
      for (const { issue } of codeInfo(code).emitters) {
        if (issue === undefined) continue
        expect(issueUrl(issue), code).toMatch(/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/issues\/[1-9]\d*$/)
      }
    }
  })

  it.each(['litellm#1', 'BerriAI/litellm', 'BerriAI/litellm#', 'a/b/c#1', 'a/b#1x'])(
    'refuses %s as an issue',
    (issue) => {
      expect(() => issueUrl(issue)).toThrow(TypeError)
    },
  )
})

describe('the ids of rules and decisions', () => {
  it('has a heading in docs/validity.md for every rule of every code', () => {
    const lost = codes.flatMap((code) =>
      rulesOf(code)
        .filter((rule) => !headings.has(rule))
        .map((rule) => `${code}: ${rule}`),
    )
    expect(lost).toEqual([])
  })

  it('has a heading in docs/validity.md for every id that is cited anywhere', () => {
    const files = [
      ...['src/', 'test/', 'scripts/', 'bench/'].flatMap((folder) => filesOf(folder, /\.(ts|mts|mjs|js)$/)),
      ...filesOf('docs/', /\.md$/),
      ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'].flatMap((file) => filesOf(file, /./)),
    ]
    const lost = files.flatMap((file) =>
      [...read(file).matchAll(/\b(AN|W|D|RE|CH)-\d+\b/g)]
        .filter(([id]) => !headings.has(id))
        .map(([id]) => `${file}: ${id}`),
    )
    expect([...new Set(lost)]).toEqual([])
  })

  it('knows every anchor that the docs link to', () => {
    for (const file of filesOf('docs/', /\.md$/)) {
      for (const [, target, fragment] of read(file).matchAll(/\]\(([\w./-]*\.md)?#([\w-]+)\)/g)) {
        const text = read(target === undefined ? file : `docs/${target}`)
        const anchors = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading ?? ''))
        expect(anchors, `${file} links to ${target ?? ''}#${fragment}`).toContain(fragment)
      }
    }
  })
})

describe('the codes in use', () => {
  it('finds every code in the sources outside the registry', () => {
    const sources = filesOf('src/', /\.ts$/)
      .filter((file) => !file.startsWith('src/defects/prose/') && file !== 'src/defects/registry.ts')
      .map((file) => withoutComments(read(file)))
      .join('\n')
    const dead = codes.filter((code) => !sources.includes(`'${code}'`))
    expect(dead, 'codes that nothing in src reports').toEqual([])
  })

  it('finds a fixture for every code', () => {
    const named = new Set(
      filesOf('fixtures/', /^fixture\.json$/).flatMap((file) => {
        const { defects, observations } = JSON.parse(read(file)) as { defects?: string[]; observations?: string[] }
        return [...(defects ?? []), ...(observations ?? [])]
      }),
    )
    expect(
      codes.filter((code) => !named.has(code)),
      'codes that no fixture.json expects',
    ).toEqual([])
  })
})

describe('the generated docs', () => {
  it('has a docs/defects.md that agrees with the registry (node scripts/generate-docs.mjs)', () => {
    expect(read('docs/defects.md')).toBe(defectsPage())
  })

  it('has a table in README.md that agrees with the registry (node scripts/generate-docs.mjs)', () => {
    const readme = read('README.md')
    expect(readmeWithTable(readme)).toBe(readme)
  })

  it('writes the table between the markers and leaves the rest of the README alone', () => {
    const written = readmeWithTable('before\n<!-- defects:begin -->\nstale rows\n<!-- defects:end -->\nafter\n') ?? ''
    expect(written.startsWith('before\n<!-- defects:begin -->\n<details>')).toBe(true)
    expect(written.endsWith('</details>\n<!-- defects:end -->\nafter\n')).toBe(true)
    expect(written).not.toContain('stale rows')
    for (const code of codes) expect(written.split(`\`${code}\``)).toHaveLength(2)
    expect(readmeWithTable(written)).toBe(written)
  })

  it('refuses a README without markers', () => {
    expect(readmeWithTable('no table here')).toBeUndefined()
  })
})
