import type { Code } from '../defects/codes.js'

/** What a line of a block is: a field of the specification, or (`bare`, T7) JSON that stands where `data:` should. */
type FieldKind = 'data' | 'event' | 'id' | 'retry' | 'comment' | 'bare' | 'unknown'

/** One line, read. */
export interface Field {
  readonly kind: FieldKind
  /** What stands behind the colon, less one space; of a bare line all of it. */
  readonly value: string
  /** The line as it should have been sent. */
  readonly text: string
  /** What is wrong with it. */
  readonly odd?: Code
}

/**
 * Reads a line by the rules of the specification: names are case-sensitive and nothing is trimmed. Salvage also takes what
 * broken servers send where a field should stand.
 */
export function fieldOf(line: string, salvage = false): Field {
  const text = salvage ? line.replace(/^[ \t\uFEFF]+/, '') : line
  const name = /^(?:data|event|id|retry|)(?=:)|^(?:data|event|id|retry)$/.exec(text)?.[0]
  if (name !== undefined) {
    const kind = (name || 'comment') as FieldKind
    const value = text.slice(name.length).replace(/^: ?/, '')
    return text === line ? { kind, value, text } : { kind, value, text, odd: 'sse/sse-whitespace' }
  }
  if (salvage && text.startsWith('error:')) {
    // R-E12: `error: {…}` where `data:` should stand.
    const value = text.replace(/^error: ?/, '')
    return { kind: 'data', value, text: `event: error\ndata: ${value}`, odd: 'errors/err-field-old' }
  }
  return salvage && (text.startsWith('{') || text === '[DONE]')
    ? bareField(line)
    : { kind: 'unknown', value: '', text: line }
}

/** T7: a line of JSON, or the sentinel, without `data:`. */
export function bareField(line: string): Field {
  return { kind: 'bare', value: line, text: line, odd: 'sse/raw-ndjson' }
}

/** Tells the lines that a frame keeps when its event changes. */
export function isKept({ kind }: Field): boolean {
  return kind === 'comment' || kind === 'id' || kind === 'retry'
}

/** Words that some gateways send as data to keep a connection open. They carry nothing. */
export const keepAliveWord: RegExp = /^"?(?:ping|pong|heartbeat|keep-?alive|ok)"?$/i

/** Data that stands for no event: `null`, nothing, a keep-alive word. */
export function carriesNothing(line: string): boolean {
  return line === '' || line === 'null' || keepAliveWord.test(line)
}
