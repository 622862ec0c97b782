import type { JsonObject } from '../../src/defects/protocol.js'

/** One event as it comes in, with those in front of it. */
interface Incoming {
  readonly event: JsonObject
  readonly type: string
  readonly before: readonly JsonObject[]
}

/** What may wait: the closed list of docs/holds.md, read off the stream alone and written without `src`. */
export interface Hold {
  /** How its row in docs/holds.md begins. */
  readonly row: string
  readonly mayHold: (incoming: Incoming) => boolean
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

const opening =
  /^response\.(?:created|queued|in_progress|output_item|content_part|output_text|refusal|reasoning|function|custom)/
const callTypes = ['function_call', 'custom_tool_call']
const callEvent = /^response\.(?:function_call_arguments|custom_tool_call_input)\./

const itemOf = (event: JsonObject): JsonObject => (isObject(event['item']) ? event['item'] : {})
const idOf = (event: JsonObject): unknown => event['item_id'] ?? itemOf(event)['id']

/** Whether two events may be of the same call: nothing that both say contradicts it. */
function together(one: JsonObject, other: JsonObject): boolean {
  const agree = (a: unknown, b: unknown) => a === undefined || b === undefined || a === b
  return agree(idOf(one), idOf(other)) || agree(one['output_index'], other['output_index'])
}

const isOfCall = ({ event, type }: Incoming): boolean =>
  callEvent.test(type) ||
  (type.startsWith('response.output_item.') && callTypes.includes(String(itemOf(event)['type'])))

/** The events of the same call so far, this one included. */
const ofCall = ({ event, before }: Incoming): JsonObject[] => [
  ...before.filter((other) => together(other, event)),
  event,
]

function isNamed(incoming: Incoming): boolean {
  const named = (name: string) =>
    ofCall(incoming).some((event) => isFilled(itemOf(event)[name]) || (name === 'name' && isFilled(event['name'])))
  return named('name') && named('call_id')
}

/** The arguments that have come for a call in deltas. */
const argumentsOf = (incoming: Incoming): string =>
  ofCall(incoming)
    .filter(({ type }) => type === 'response.function_call_arguments.delta')
    .map(({ delta }) => String(delta))
    .join('')

/** What a done says of the arguments. */
const saidBy = ({ event }: Incoming): unknown => event['arguments'] ?? itemOf(event)['arguments']

function isCut(json: string): boolean {
  try {
    JSON.parse(json)
    return false
  } catch {
    return /^\s*[[{"]/.test(json)
  }
}

export const holds: readonly Hold[] = [
  {
    row: 'unknown events and `keepalive` before `response.created`',
    mayHold: ({ type, before }) => !opening.test(type) && !before.some((other) => opening.test(String(other['type']))),
  },
  {
    row: 'a function or custom tool call without name or `call_id`',
    mayHold: (incoming) => isOfCall(incoming) && !isNamed(incoming),
  },
  {
    row: 'argument deltas of a function call that do not begin like JSON',
    mayHold: (incoming) =>
      incoming.type === 'response.function_call_arguments.delta' && !/^\s*[[{"\d-]/.test(argumentsOf(incoming)),
  },
  {
    row: "the done of a function call's arguments, and of its item, when both say nothing",
    mayHold: (incoming) =>
      /(?:arguments|output_item)\.done$/.test(incoming.type) &&
      isOfCall(incoming) &&
      isBlank(saidBy(incoming)) &&
      isBlank(argumentsOf(incoming)),
  },
  {
    row: 'the done of a function call whose arguments are cut',
    mayHold: (incoming) =>
      incoming.type === 'response.output_item.done' &&
      isOfCall(incoming) &&
      isCut(String(isBlank(saidBy(incoming)) ? argumentsOf(incoming) : saidBy(incoming))),
  },
]

/** The row of docs/holds.md that holds back nothing that came, but what is owed. */
export const owed = 'the `response.failed` that an `error` owes'
