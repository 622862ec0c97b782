import type { Code } from './codes.js'
import { isJsonObject, type JsonObject } from './protocol.js'
import type { Detail, Reporter, Where } from './reporter.js'
import type { Repair } from './types.js'

/** Something that was found in an event while it was read, to be reported when the event is acted on. */
export interface Finding extends Detail {
  readonly code: Code
  readonly action: Repair
}

/** What each field must hold, by the names of `kinds`. */
export type Shape = Readonly<Record<string, string>>

export const isString = (value: unknown): value is string => typeof value === 'string'
export const isCount = (value: unknown): value is number => Number.isInteger(value)
export const isPresent = (value: unknown): boolean => value !== undefined && value !== null

/** A member of what should be an object. */
export function memberOf(value: unknown, name: string): unknown {
  return isJsonObject(value) ? value[name] : undefined
}

/** What a field may hold, and what it gets where it holds something else. */
const kinds = new Map<string, readonly [fits: (value: unknown) => boolean, fallback: unknown]>([
  ['string', [isString, '']],
  ['non-empty string', [(value) => isString(value) && value !== '', '']],
  ['string or nothing', [(value) => value === undefined || isString(value), '']],
  ['non-empty string or null', [(value) => value === null || (isString(value) && value !== ''), null]],
  ['string or null', [(value) => value === null || isString(value), null]],
  ['object', [isJsonObject, {}]],
  ['object or nothing', [(value) => !isPresent(value) || isJsonObject(value), null]],
  ['boolean', [(value) => typeof value === 'boolean', false]],
  ['array', [Array.isArray, []]],
  ['array or nothing', [(value) => !isPresent(value) || Array.isArray(value), null]],
  ['array or object', [isPresent, []]],
  ['integer', [isCount, 0]],
  ['integer or nothing', [(value) => !isPresent(value) || isCount(value), null]],
  ['"message"', [(value) => value === 'message', 'message']],
  ['"assistant"', [(value) => value === 'assistant', 'assistant']],
])

/**
 * Completes an object by its table.
 *
 * @param at the path of the object, with a point behind it.
 * @param findings takes what was wrong.
 * @param code the defect that each of them is.
 * @param known values to prefer to the fallbacks of the table.
 * @returns the object that came, where nothing in it changes.
 */
export function complete(
  object: JsonObject,
  shape: Shape,
  at: string,
  findings: Finding[],
  code: Code,
  known: JsonObject = {},
): JsonObject {
  let whole = object
  for (const [field, wanted] of Object.entries(shape)) {
    const kind = kinds.get(wanted)
    if (kind === undefined || kind[0](object[field])) continue
    findings.push({ code, action: 'rewrote', path: at + field, wanted, found: kindOf(object[field]) })
    whole = { ...whole, [field]: known[field] ?? kind[1] }
  }
  return whole
}

/** The kind of a value, as reports name it. Never the value. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** Reports what was found in an event, now that it is acted on. */
export function reportAll(reporter: Reporter, where: Where, findings: readonly Finding[]): void {
  for (const finding of findings) reporter.defect(finding.code, finding.action, where, finding)
}
