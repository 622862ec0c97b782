import { isDeepStrictEqual } from 'node:util'
import type { Outcome, ToolCall } from './outcome.js'

/** What a program must have received of one stream when it is over. */
export interface Expectation {
  /** Which of the two endings are honest. */
  readonly endings: readonly ('success' | 'error')[]
  readonly text: string
  readonly thinking: string
  readonly summary?: string
  readonly refusal?: string
  /** `arguments` is the whole JSON text that was sent; it is compared as JSON where it parses. */
  readonly tools: readonly { readonly name: string; readonly arguments: string }[]
  /** The upstream's own words, where it failed with an error. */
  readonly errorMessage?: string
  /** Left out where nothing is said about it. */
  readonly stopReason?: string
}

/** One way in which a client did not get what was sent. */
export interface Trouble {
  readonly kind: TroubleKind
  /** For the table: a few words. */
  readonly words: string
}

export type TroubleKind =
  | 'throws'
  | 'error-part'
  | 'hides-error'
  | 'silent'
  | 'unfinished'
  | 'text'
  | 'thinking'
  | 'summary'
  | 'tools'
  | 'unfinished-call'
  | 'stop-reason'

/** Compares what a client gave with what was sent; empty where it gave the whole, or the error that ended it. */
export function judge(outcome: Outcome, expected: Expectation): Trouble[] {
  const failed = expected.endings.includes('error') && outcome.ended === 'error'
  if (failed) return judgeError(outcome, expected)
  if (!expected.endings.includes('success')) return [{ kind: 'silent', words: 'silent' }]
  return judgeSuccess(outcome, expected)
}

function judgeError(outcome: Outcome, expected: Expectation): Trouble[] {
  const troubles: Trouble[] = []
  const shown = [outcome.error ?? '', ...outcome.errorParts]
  if (expected.errorMessage !== undefined && !shown.some((message) => says(message, expected.errorMessage ?? ''))) {
    troubles.push({ kind: 'hides-error', words: `other error "${shorten(outcome.error ?? '')}"` })
  }
  // What was received before the failure has gone out, so that a program can show it.
  troubles.push(...judgeProse(outcome, expected))
  // A call that was still open is never handed over, or only as far as it came; what is handed over must be one of ours.
  let from = 0
  for (const call of outcome.tools) {
    const at = expected.tools.findIndex((tool, index) => index >= from && sameCall(call, tool))
    if (at < 0) troubles.push(strange(call, outcome.tools))
    else from = at + 1
  }
  return troubles
}

function judgeSuccess(outcome: Outcome, expected: Expectation): Trouble[] {
  const troubles: Trouble[] = []
  for (const part of new Set(outcome.errorParts))
    troubles.push({ kind: 'error-part', words: `error part "${shorten(part)}"` })
  if (outcome.ended === 'error' && troubles.length === 0) {
    return [{ kind: 'throws', words: `throws "${shorten(outcome.error ?? '')}"` }]
  }
  if (outcome.ended === 'silent-truncation') troubles.push({ kind: 'unfinished', words: 'sees no ending' })
  troubles.push(...judgeProse(outcome, expected), ...judgeTools(outcome.tools, expected))
  const { stopReason } = expected
  if (stopReason !== undefined && outcome.ended === 'success' && outcome.stopReason !== stopReason) {
    troubles.push({ kind: 'stop-reason', words: `stop reason ${outcome.stopReason ?? 'missing'}` })
  }
  return troubles
}

function judgeProse(outcome: Outcome, expected: Expectation): Trouble[] {
  return [
    // A refusal stands in the place of the text, and some clients hand it over as text.
    ...comparePart('text', outcome.text + (outcome.refusal ?? ''), expected.text + (expected.refusal ?? '')),
    ...comparePart('thinking', outcome.thinking, expected.thinking),
    ...comparePart('summary', outcome.summary ?? '', expected.summary ?? ''),
  ]
}

function comparePart(kind: 'text' | 'thinking' | 'summary', got: string, wanted: string): Trouble[] {
  // D-31: white space that was addressed to a tool is dropped, and nobody misses it.
  if (got === wanted || (wanted.trim() === '' && got === '')) return []
  const verb = got.length < wanted.length ? 'loses' : !got.startsWith(wanted) ? 'garbles' : 'repeats'
  if (verb === 'repeats' && !wanted.includes(got.slice(wanted.length))) return [{ kind, words: `adds ${kind}` }]
  return [{ kind, words: `${verb} ${kind}` }]
}

function judgeTools(calls: readonly ToolCall[], { tools }: Expectation): Trouble[] {
  const extra = calls[tools.length]
  if (extra) return [strange(extra, calls)]
  const troubles: Trouble[] = []
  if (calls.length < tools.length) troubles.push({ kind: 'tools', words: 'loses a tool call' })
  for (const [at, call] of calls.entries()) {
    const tool = tools[at]
    if (tool && call.name !== tool.name) troubles.push({ kind: 'tools', words: 'another tool name' })
    else if (tool && !readsAs(call.input, tool.arguments)) troubles.push(wrongInput(call))
  }
  const ids = calls.map((call) => call.id)
  if (ids.some((id) => !id)) troubles.push({ kind: 'tools', words: 'tool call without id' })
  else if (new Set(ids).size < ids.length) troubles.push({ kind: 'tools', words: 'two tool calls share an id' })
  return troubles
}

function wrongInput({ input }: ToolCall): Trouble {
  if (typeof input === 'string') return { kind: 'tools', words: 'breaks the arguments' }
  return { kind: 'tools', words: 'loses arguments' }
}

function strange(call: ToolCall, calls: readonly ToolCall[]): Trouble {
  const twice =
    calls.filter((other) => other.name === call.name && isDeepStrictEqual(other.input, call.input)).length > 1
  return { kind: 'tools', words: twice ? 'runs a tool twice' : 'adds a tool call' }
}

function sameCall(call: ToolCall, tool: { name: string; arguments: string }): boolean {
  return call.name === tool.name && (readsAs(call.input, tool.arguments) || partOf(call.input, tool.arguments))
}

/**
 * Whether these are the arguments that were sent. Arguments that are no JSON (malformed, or cut short where that is legal)
 * are the model's own text: a client passes them on as they are, or reads as much of them as it can. Then every key and
 * every value of what it read must stand in that text.
 */
export function readsAs(input: unknown, sent: string): boolean {
  if (sent.trim() === '') return isDeepStrictEqual(input, {})
  try {
    return isDeepStrictEqual(input, JSON.parse(sent))
  } catch {
    return input === sent || (typeof input !== 'string' && partOf(input, sent))
  }
}

function partOf(value: unknown, sent: string): boolean {
  if (typeof value === 'string') return sent.includes(JSON.stringify(value).slice(1, -1))
  if (typeof value !== 'object' || value === null) return value === null || sent.includes(String(value))
  return Object.entries(value).every(
    ([key, member]) => (Array.isArray(value) || partOf(key, sent)) && partOf(member, sent),
  )
}

/** Whether a shown message has the upstream's words in it, as they are or inside JSON. */
function says(shown: string, words: string): boolean {
  return shown.includes(words) || shown.includes(JSON.stringify(words).slice(1, -1))
}

/** A client's message in the space of a table cell, the same on every version of Node. */
export function shorten(message: string): string {
  // Where the client quotes what it refused, the quotation is left out: it can be a page long.
  const line = message
    .replace(/ \(line \d+ column \d+\)/g, '')
    .replace(/^(Type validation failed|JSON parsing failed): [\s\S]*/, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > 60 ? `${line.slice(0, 58).trimEnd()}…` : line
}
