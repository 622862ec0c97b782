import type { JsonObject } from '../../src/defects/protocol.js'

/** One chunk as it comes in, with those in front of it. */
interface Incoming {
  readonly event: JsonObject
  readonly before: readonly JsonObject[]
  /** The names of the request's tools, where they are known. */
  readonly tools: readonly string[] | undefined
}

/** What may wait: the closed list of docs/holds.md, read off the stream alone and written without `src`. */
export interface Hold {
  /** How its row in docs/holds.md begins. */
  readonly row: string
  readonly mayHold: (incoming: Incoming) => boolean
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])
const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== ''

export const choicesOf = (event: JsonObject): JsonObject[] => listOf(event['choices'])
export const deltaOf = (choice: JsonObject): JsonObject => {
  const delta = choice['delta'] ?? choice['message']
  return isObject(delta) ? delta : {}
}
/** The entries of calls in a delta, also where there is but one, and no list. */
export const entriesOf = (delta: JsonObject): JsonObject[] => {
  const calls = delta['tool_calls']
  const legacy = isObject(delta['function_call']) ? [{ function: delta['function_call'] }] : []
  return [...(isObject(calls) ? [calls] : listOf(calls)), ...legacy]
}
const innerOf = (entry: JsonObject): JsonObject => {
  const inner = entry['custom'] ?? entry['function']
  return isObject(inner) ? inner : {}
}
/** What an entry adds to the arguments. */
export const argumentsOf = (entry: JsonObject): string => {
  const said = innerOf(entry)['input'] ?? innerOf(entry)['arguments'] ?? ''
  return typeof said === 'string' ? said : JSON.stringify(said)
}

const saysContent = (choice: JsonObject): boolean =>
  Object.entries(deltaOf(choice)).some(([name, value]) => name !== 'role' && value !== null && value !== '')

/** The entries of one choice so far. */
const callsOf = ({ event, before }: Incoming): JsonObject[] =>
  [...before, event].flatMap(choicesOf).flatMap((choice) => entriesOf(deltaOf(choice)))

/** Whether two entries may be of one call: nothing that both say contradicts it. */
const together = (one: JsonObject, other: JsonObject): boolean =>
  one['index'] === undefined || other['index'] === undefined || one['index'] === other['index']

export const holds: readonly Hold[] = [
  {
    row: 'a chunk whose finish reason comes with content',
    mayHold: ({ event, before }) =>
      choicesOf(event).some((choice) => {
        if (!isFilled(choice['finish_reason'])) return false
        const begun = before.flatMap(choicesOf).some((other) => other['index'] === choice['index'])
        return saysContent(choice) || !begun
      }),
  },
  {
    row: 'a chunk in which `{}` is all that has come',
    mayHold: (incoming) => {
      const own = choicesOf(incoming.event).flatMap((choice) => entriesOf(deltaOf(choice)))
      const all = callsOf(incoming)
      return own.some((entry) => {
        const same = all.filter((other) => together(entry, other))
        return same.some((other) => argumentsOf(other).trim() === '{}') && argumentsOf(entry).trim().length <= 2
      })
    },
  },
  {
    row: 'the deltas of a call whose name has not come',
    mayHold: (incoming) => {
      const { event, tools } = incoming
      if (!choicesOf(event).some((choice) => entriesOf(deltaOf(choice)).length > 0)) return false
      const all = callsOf(incoming)
      return all.some((entry) => {
        const names = all.filter((other) => together(entry, other)).map((other) => innerOf(other)['name'])
        const name = names.filter(isFilled).join('')
        return name === '' || (tools !== undefined && !tools.includes(name))
      })
    },
  },
]

/** The row of docs/holds.md that is about what is no chunk. */
export const behind = 'comments, and noise that passes'
