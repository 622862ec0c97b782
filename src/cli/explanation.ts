import { type CodeInfo, issueUrl } from '../defects/registry.js'
import type { Colors } from '../replay/index.js'

const WIDTH = 100

/** One code for people: the rule, what it is, what is done, who emits it, and which client breaks how. */
export function explanation(code: string, info: CodeInfo, colors: Colors): string {
  const rules = typeof info.rule === 'string' ? [info.rule] : info.rule
  const heading = (text: string) => ['', colors.bold(text)]
  const lines = [
    `${colors.bold(code)}`,
    ...wrap(info.title, ''),
    '',
    `severity   ${info.severity === 'defect' ? colors.yellow(info.severity) : info.severity}`,
    ...(info.severity === 'defect' ? [`action     ${info.action}`] : []),
    `rule       ${rules.join(', ')}`,
    `catalogue  ${info.catalogue}`,
    ...heading('What it is'),
    ...wrap(info.summary, '  '),
    ...heading('What is done about it'),
    ...wrap(info.repair, '  '),
  ]
  if (info.emitters.length > 0) {
    lines.push(...heading('Who emits it'))
    for (const { product, versions, issue } of info.emitters) {
      const link = issue === undefined ? '' : `: ${issueUrl(issue)}`
      lines.push(...wrap(`${product}${versions === undefined ? '' : ` ${versions}`}${link}`, '  - '))
    }
  }
  if (info.clients.length > 0) {
    lines.push(...heading('Which client breaks'))
    for (const { client, breaks } of info.clients) lines.push(...wrap(`${client}: ${breaks}`, '  - '))
  }
  return `${lines.join('\n')}\n`
}

/** Breaks a text at blanks; lines after the first are indented as far as the first one's text. */
function wrap(text: string, indent: string): string[] {
  const lines: string[] = []
  let line = indent
  for (const word of text.split(' ')) {
    if (line.length > indent.length && line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = ' '.repeat(indent.length)
    }
    line += line.length > indent.length ? ` ${word}` : word
  }
  return [...lines, line]
}
