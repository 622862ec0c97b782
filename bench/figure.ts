import type { BenchProtocol } from './streams.js'

/** One row of the table. */
export interface Figure {
  readonly protocol: BenchProtocol
  /** What was measured: a stream, or a growth. */
  readonly name: string
  readonly chunks: string
  /** What ran, and what it is held against. */
  readonly subject: string
  readonly base: string
  readonly value: number
  readonly unit: '×' | 'MiB' | 'µs'
  /** Undefined where the figure is for information only. */
  readonly limit?: number | undefined
  /** Microseconds per event, where events were counted. */
  readonly perEvent?: number | undefined
}

/** Whether a figure keeps to its limit; undefined where it has none. */
export function verdictOf(figure: Figure): 'PASS' | 'FAIL' | undefined {
  if (figure.limit === undefined) return undefined
  return figure.value <= figure.limit ? 'PASS' : 'FAIL'
}

const columns: readonly (readonly [title: string, cell: (figure: Figure) => string])[] = [
  ['protocol', (figure) => figure.protocol],
  ['stream', (figure) => figure.name],
  ['chunks', (figure) => figure.chunks],
  ['measured', (figure) => figure.subject],
  ['against', (figure) => figure.base],
  ['µs per event', ({ perEvent }) => (perEvent === undefined ? '' : perEvent.toFixed(2))],
  ['figure', ({ value, unit }) => `${value.toFixed(2)} ${unit}`],
  ['limit', ({ limit, unit }) => (limit === undefined ? '' : `${limit.toFixed(1)} ${unit}`)],
  ['verdict', (figure) => verdictOf(figure) ?? ''],
]

/** The figures as one Markdown table, its columns in line for those who read it in a terminal. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [columns.map(([title]) => title), ...figures.map((figure) => columns.map(([, cell]) => cell(figure)))]
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}
