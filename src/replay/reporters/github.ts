import { join } from 'node:path'
import { describeDifference } from './describe.js'
import type { ReplayRun } from './run.js'

/** One annotation of a GitHub Actions log. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly file: string
  readonly title: string
  readonly message: string
}

/**
 * Writes one annotation as GitHub Actions reads it, everything escaped by its rules: `%`, CR and LF everywhere, `:` and
 * `,` in properties besides.
 *
 * @example
 * annotate({ level: 'error', file: 'a.sse', title: 'sse/bom', message: 'found' }) // '::error file=a.sse,title=sse/bom::found\n'
 */
export function annotate({ level, file, title, message }: Annotation): string {
  return `::${level} file=${escapeProperty(file)},title=${escapeProperty(title)}::${escapeData(message)}\n`
}

/**
 * The report as annotations: one per difference and one per case that could not be read, none where all passed.
 *
 * @example
 * process.stdout.write(githubReport({ results, unreadable: [] }))
 */
export function githubReport(run: ReplayRun): string {
  const annotations: Annotation[] = [
    ...run.results.flatMap(({ fixture, differences }) =>
      differences.map((difference) => ({
        level: 'error' as const,
        file: join(fixture.directory, difference.kind === 'bytes' ? 'expected.sse' : 'fixture.json'),
        title: `sse-conform replay ${fixture.name}`,
        message: describeDifference(difference),
      })),
    ),
    ...run.unreadable.map(({ path, message }) => ({
      level: 'error' as const,
      file: path,
      title: 'sse-conform replay',
      message,
    })),
  ]
  return annotations.map(annotate).join('')
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
