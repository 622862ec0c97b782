/** What a line of a block is, by the name of its field. */
export type FieldKind = 'data' | 'event' | 'id' | 'retry' | 'comment' | 'unknown'

/** What salvage makes of a line beyond that. */
export type LineKind = FieldKind | 'bare' | 'error'

/** Reads the field name of a line by the rules of the specification: case-sensitive, nothing trimmed. */
export function fieldKind(text: string, from: number, to: number): FieldKind {
  switch (text.charCodeAt(from)) {
    case 100:
      return named(text, from, to, 'data') ? 'data' : 'unknown'
    case 101:
      return named(text, from, to, 'event') ? 'event' : 'unknown'
    case 58:
      return 'comment'
    case 105:
      return named(text, from, to, 'id') ? 'id' : 'unknown'
    case 114:
      return named(text, from, to, 'retry') ? 'retry' : 'unknown'
    default:
      return 'unknown'
  }
}

/** The same, after leading blanks, and with the lines that broken servers send where a field should stand. */
export function salvageKind(text: string, from: number, to: number): { kind: LineKind; from: number } {
  let start = from
  while (start < to && (text.charCodeAt(start) === 32 || text.charCodeAt(start) === 9)) start++
  const kind = fieldKind(text, start, to)
  if (kind !== 'unknown') return { kind, from: start }
  // R-E12: `error: {…}` where `data:` should stand.
  if (named(text, start, to, 'error') && start + 5 < to) return { kind: 'error', from: start }
  // T7: JSON, or the sentinel, without `data:`.
  if (text.charCodeAt(start) === 123 || text.slice(start, to) === '[DONE]') return { kind: 'bare', from: start }
  return { kind, from }
}

/** The value of a field line: what stands behind the first colon, less one space. */
export function fieldValue(line: string): string {
  const colon = line.indexOf(':')
  if (colon === -1) return ''
  return line.slice(line.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1)
}

function named(text: string, from: number, to: number, name: string): boolean {
  const end = from + name.length
  return text.startsWith(name, from) && (end === to || (end < to && text.charCodeAt(end) === 58))
}
