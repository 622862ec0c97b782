import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { isString } from '../defects/shape.js'
import { nestedDeeper } from '../sse/nesting.js'

/** One entry of `delta.tool_calls`, read through the dialects of the gateways. */
export interface ToolEntry {
  /** The upstream's index, where it is a count or the text of one. */
  readonly index: number | undefined
  readonly id: string | undefined
  readonly name: string | undefined
  /** What the entry adds to the arguments; undefined where it says nothing of them. */
  readonly args: string | undefined
  /** The entry is of a custom tool, whose input is no JSON. */
  readonly custom: boolean
}

/** Reads one entry: indices as text, ids as numbers, arguments as an object (B01, B03, B08). */
export function readEntry(entry: JsonObject): ToolEntry {
  const custom = isJsonObject(entry['custom'])
  const inner = custom ? entry['custom'] : isJsonObject(entry['function']) ? entry['function'] : {}
  const { name, arguments: json, input } = inner as JsonObject
  return {
    index: countOf(entry['index']),
    id: wordOf(entry['id']),
    name: wordOf(name),
    args: argumentsOf(custom ? input : json),
    custom,
  }
}

/** The type of a call, where it is newer than we are; undefined for functions, custom tools, and entries that say none. */
export function newerType(entry: JsonObject): string | undefined {
  const { type } = entry
  const ours = type === 'function' || type === 'custom' || 'function' in entry || 'custom' in entry
  return isString(type) && type !== '' && !ours ? type : undefined
}

/** Whether arguments that came as JSON, and not as text, are nested too deeply to be written (law 9). */
export function isTooDeep({ function: called, custom }: JsonObject, limit: number): boolean {
  return [called, custom].some((inner) => isJsonObject(inner) && nestedDeeper(inner, limit))
}

function countOf(index: unknown): number | undefined {
  const count = isString(index) && /^\d+$/.test(index) ? Number(index) : index
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined
}

function wordOf(word: unknown): string | undefined {
  if (typeof word === 'number') return String(word)
  return isString(word) && word !== '' ? word : undefined
}

function argumentsOf(given: unknown): string | undefined {
  if (given === undefined || given === null) return undefined
  return isString(given) ? given : JSON.stringify(given)
}
