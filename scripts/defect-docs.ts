import { codeInfo, issueUrl, registry } from '../src/defects/registry.js'

type Code = keyof typeof registry

/** The codes in the order of the registry. */
export const codes: readonly Code[] = Object.keys(registry) as Code[]

const tableBegin = '<!-- defects:begin -->'
const tableEnd = '<!-- defects:end -->'

const sections = [
  { prefix: 'sse/', title: 'Framing' },
  { prefix: 'errors/', title: 'Error shapes' },
  { prefix: 'messages/', title: '`/v1/messages`' },
  { prefix: 'responses/', title: '`/v1/responses`' },
  { prefix: 'chat/', title: '`/v1/chat/completions`' },
]

/** Takes the text of a heading and returns the anchor that GitHub gives it. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-')
}

/** Takes a code and returns the rules it stands on, as a list. */
export function rulesOf(code: Code): readonly string[] {
  const { rule } = codeInfo(code)
  return typeof rule === 'string' ? [rule] : rule
}

/** Returns docs/defects.md as it must be for the registry at hand. */
export function defectsPage(): string {
  const parts = [
    '# Defects and observations',
    '<!-- Generated from src/defects/registry.ts by scripts/generate-docs.mjs. Do not edit. -->',
    'A *defect* breaks the [validity set](validity.md): it is repaired, or it is the reason why the stream ended. An *observation* is odd and left alone; it ' +
      'changes no byte, no verdict and no exit code. The action is the usual one; the text names the exceptions. `sse-conform explain CODE` prints the same.',
    'Products are named as they were seen, in the versions that were seen, and may have changed since. What a client does is what its named version did when ' +
      'the raw stream was served to it; "Claude Code 2.1.79" stands for a re-implementation of how that version reads a stream.',
    overviewTable((code) => `#${anchor(code)}`),
  ]
  for (const { prefix, title } of sections) {
    parts.push(`## ${title}`)
    for (const code of codes) if (code.startsWith(prefix)) parts.push(entry(code))
  }
  return `${parts.join('\n\n')}\n`
}

/**
 * Returns src/defects/codes.ts. The union is written out, because a type taken from the registry would carry all its prose into
 * the declaration files of the core.
 */
export function codesModule(): string {
  const union = codes.map((code) => `\n  | '${code}'`).join('')
  return (
    '// Generated from src/defects/registry.ts by scripts/generate-docs.mjs. Do not edit.\n\n' +
    `/** Every code that a report can carry. \`sse-conform explain CODE\` and docs/defects.md tell what it means. */\nexport type Code =${union}\n`
  )
}

/** Takes the README and returns it with the table between the markers written anew; undefined where there are none. */
export function readmeWithTable(readme: string): string | undefined {
  const begin = readme.indexOf(tableBegin)
  const end = readme.indexOf(tableEnd)
  if (begin < 0 || end < begin) return undefined
  // Folded, one table for each family: all of them at once are a wall.
  const tables = sections.map(({ prefix, title }) => {
    const family = codes.filter((code) => code.startsWith(prefix))
    const table = overviewTable((code) => `docs/defects.md#${anchor(code)}`, family)
    return `<details><summary>${title.replaceAll(/`([^`]+)`/g, '<code>$1</code>')}: ${family.length} codes</summary>\n\n${table}\n\n</details>`
  })
  return `${readme.slice(0, begin)}${tableBegin}\n${tables.join('\n')}\n${readme.slice(end)}`
}

function overviewTable(href: (code: Code) => string, family: readonly Code[] = codes): string {
  const rows = family.map((code) => {
    const { title, action } = codeInfo(code)
    return `| [\`${code}\`](${href(code)}) | ${cell(title)} | ${action === 'none' ? 'observed' : action} |`
  })
  return ['| code | what the upstream sends | what is done |', '|---|---|---|', ...rows].join('\n')
}

function entry(code: Code): string {
  const { title, severity, action, summary, repair, emitters, clients } = codeInfo(code)
  const rules = rulesOf(code).map((rule) => `[${rule}](validity.md#${anchor(rule)})`)
  const verdict = severity === 'defect' ? `Defect, \`${action}\`` : 'Observation'
  const parts = [
    `### ${code}`,
    `**${title}.** ${verdict}. Rules: ${rules.join(', ')}.`,
    summary,
    `What comes out: ${repair}`,
  ]
  if (emitters.length > 0) parts.push(['Seen from:', '', ...emitters.map(emitterLine)].join('\n'))
  if (clients.length > 0) {
    parts.push(['Who breaks:', '', ...clients.map(({ client, breaks }) => `- ${client}: ${breaks}`)].join('\n'))
  }
  return parts.join('\n\n')
}

function emitterLine({ product, versions, issue }: ReturnType<typeof codeInfo>['emitters'][number]): string {
  const version = versions ? ` ${versions}` : ''
  return `- ${product}${version}${issue ? ` ([${issue}](${issueUrl(issue)}))` : ''}`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
