import type { Code } from '../defects/codes.js'
import { registry } from '../defects/registry.js'
import type { EndState, Protocol } from '../defects/types.js'
import type { NormalizeOptions } from '../index.js'

/** The options of a pipeline that can stand in a `fixture.json`. */
export type FixtureOptions = Pick<
  NormalizeOptions,
  'limits' | 'request' | 'unknownEvents' | 'emptyText' | 'done' | 'resume' | 'reasoning' | 'finishReason'
>

/** What `fixture.json` says: where the stream comes from and what must come out of it. */
export interface FixtureFile {
  /** One sentence: what is broken. */
  readonly title: string
  readonly protocol: Protocol
  /** Who emits such a stream: product, version, public issue. Read by people and the docs, not by the runner. */
  readonly source: unknown
  readonly endState: EndState
  /** The exact set of defect codes. */
  readonly defects: readonly Code[]
  /** The exact set of observation codes; left out where there are none. */
  readonly observations?: readonly Code[]
  readonly options?: FixtureOptions
  /** What a client must have received in the end. Checked by the tests with real clients, not by the runner. */
  readonly content?: unknown
}

/** The three protocols, in the order in which help texts name them. */
export const protocols: readonly Protocol[] = ['messages', 'responses', 'chat']

// A record rather than a list, so that the compiler says so when an end state is added.
const endStates: Record<EndState, true> = {
  complete: true,
  truncated: true,
  'upstream-error': true,
  empty: true,
  'not-a-stream': true,
  cancelled: true,
  'timed-out': true,
  limit: true,
}

/**
 * Checks a parsed `fixture.json`. Fields it does not know are left alone.
 *
 * @param raw the parsed object
 * @param problem makes the error to throw from one sentence
 * @returns the fields the runner reads
 * @throws what `problem` returns, at the first field that is missing or wrong
 * @internal
 */
export function parseFixtureFile(
  raw: Readonly<Record<string, unknown>>,
  problem: (reason: string) => Error,
): FixtureFile {
  const { title, protocol, source, endState, defects, observations, options, content } = raw
  if (typeof title !== 'string') throw problem('"title" must be a string')
  if (!isOneOf(protocol, protocols)) throw problem(`"protocol" must be one of ${protocols.join(', ')}`)
  if (!isOneOf(endState, Object.keys(endStates) as EndState[])) {
    throw problem(`"endState" must be one of ${Object.keys(endStates).join(', ')}`)
  }
  if (options !== undefined && (typeof options !== 'object' || options === null)) {
    throw problem('"options" must be an object')
  }
  return {
    title,
    protocol,
    source,
    endState,
    defects: parseCodes('defects', defects, problem),
    ...(observations === undefined ? {} : { observations: parseCodes('observations', observations, problem) }),
    ...(options === undefined ? {} : { options: options as FixtureOptions }),
    ...(content === undefined ? {} : { content }),
  }
}

function parseCodes(field: string, value: unknown, problem: (reason: string) => Error): readonly Code[] {
  if (!Array.isArray(value)) throw problem(`"${field}" must be a list of codes`)
  for (const code of value) {
    // A code nobody knows can never be found: a typing mistake in an expectation must not pass as "not found today".
    if (typeof code !== 'string' || !Object.hasOwn(registry, code)) {
      throw problem(`"${field}" names an unknown code: ${String(code)}`)
    }
  }
  return value as Code[]
}

function isOneOf<Name extends string>(value: unknown, names: readonly Name[]): value is Name {
  return names.some((name) => name === value)
}

/**
 * Writes a `fixture.json` as the formatter of this repository does: objects over several lines, short lists on one.
 *
 * @internal
 */
export function formatFixtureFile(file: Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify(file, null, 2)
  // A raw line end never stands inside a JSON string, so that this matches lists of strings and nothing else.
  const joined = json.replaceAll(
    /^(.*)\[\n\s*("[^"\n]*"(?:,\n\s*"[^"\n]*")*)\n\s*\](,?)$/gm,
    (whole, key, items, comma) => {
      const line = `${key}[${items.replaceAll(/,\n\s*/g, ', ')}]${comma}`
      return line.length > 120 ? whole : line
    },
  )
  return `${joined}\n`
}
