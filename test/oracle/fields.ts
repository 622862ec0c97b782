/** What a field of an event must hold, as data: the tables of the shapes are made of these. */
import { isObject, type JsonObject, type Ledger } from './verdict.js'

interface Check {
  readonly wanted: string
  holds(value: unknown): boolean
}

/** One required (or optional) field of a shape. */
export interface Field {
  readonly rule: string
  readonly path: readonly string[]
  readonly check: Check
}

export const string: Check = { wanted: 'a string', holds: (value) => typeof value === 'string' }
export const filled: Check = {
  wanted: 'a string that is not empty',
  holds: (value) => typeof value === 'string' && value !== '',
}
export const number: Check = { wanted: 'a number', holds: (value) => typeof value === 'number' }
export const integer: Check = { wanted: 'an integer', holds: (value) => Number.isInteger(value) }
export const boolean: Check = { wanted: 'a boolean', holds: (value) => typeof value === 'boolean' }
export const object: Check = { wanted: 'an object', holds: isObject }
export const array: Check = { wanted: 'an array', holds: Array.isArray }
export const present: Check = {
  wanted: 'anything but null',
  holds: (value) => value !== undefined && value !== null,
}
export const literal = (word: string): Check => ({ wanted: `"${word}"`, holds: (value) => value === word })
export const nullable = (check: Check): Check => ({
  wanted: `${check.wanted}, or null`,
  holds: (value) => value === null || check.holds(value),
})
export const optional = (check: Check): Check => ({
  wanted: `${check.wanted}, or nothing`,
  holds: (value) => value === undefined || check.holds(value),
})

/** A field by its dotted path. */
export const field = (rule: string, path: string, check: Check): Field => ({ rule, path: path.split('.'), check })

/** Writes every field that does not hold what it must into the ledger. */
export function judgeFields(
  fields: readonly Field[],
  value: JsonObject,
  where: string,
  frame: number,
  ledger: Ledger,
): void {
  const broken: string[] = []
  for (const { rule, path, check } of fields) {
    const name = path.join('.')
    // What hangs on a broken field is reported once, at the field.
    if (broken.some((parent) => name.startsWith(`${parent}.`))) continue
    if (check.holds(valueAt(value, path))) continue
    broken.push(name)
    ledger.must(rule, frame, `${where}: ${name} must be ${check.wanted}`)
  }
}

function valueAt(value: JsonObject, path: readonly string[]): unknown {
  let at: unknown = value
  for (const name of path) {
    at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined
  }
  return at
}
