/** What an event of an item does. */
type Step = 'delta' | 'done' | 'part added' | 'part done' | 'annotation' | 'other'

/** The kinds of parts that carry text. */
export type PartKind = 'output_text' | 'refusal' | 'reasoning_text' | 'summary_text'

/** Where an event belongs, by its type. */
export interface Route {
  /** The type of the item. For the parts of `content` the part decides between message and reasoning. */
  readonly family: string
  readonly step: Step
  /** The part that the event speaks of; undefined where it speaks of the item. */
  readonly part?: PartKind
}

/** How the text of a part is sent. */
export interface Channel {
  readonly family: 'message' | 'reasoning'
  /** The events of its text are `<events>.delta` and `<events>.done`. */
  readonly events: string
  /** The event names of the part itself are `<partEvents>.added` and `<partEvents>.done`. */
  readonly partEvents: string
  /** The member that numbers it, and the list of the item that it stands in. */
  readonly index: 'content_index' | 'summary_index'
  readonly list: 'content' | 'summary'
  /** The member that holds its text, in its done event and in the part. */
  readonly field: 'text' | 'refusal'
}

const content = { partEvents: 'response.content_part', index: 'content_index', list: 'content', field: 'text' } as const

export const channels: Readonly<Record<PartKind, Channel>> = {
  output_text: { ...content, family: 'message', events: 'response.output_text' },
  refusal: { ...content, family: 'message', events: 'response.refusal', field: 'refusal' },
  reasoning_text: { ...content, family: 'reasoning', events: 'response.reasoning_text' },
  summary_text: {
    family: 'reasoning',
    events: 'response.reasoning_summary_text',
    partEvents: 'response.reasoning_summary_part',
    index: 'summary_index',
    list: 'summary',
    field: 'text',
  },
}

const partKinds = Object.keys(channels) as PartKind[]

/** Items whose content is one text of arguments. */
export interface Call {
  /** The events of the arguments are `<events>.delta` and `<events>.done`. */
  readonly events: string
  /** The member of the item, and of the done event, that holds the arguments. */
  readonly field: 'arguments' | 'input'
  /** The client runs it: it needs a name and a `call_id`, and arguments that are not cut. */
  readonly client: boolean
  readonly json: boolean
}

export const calls: ReadonlyMap<string, Call> = new Map([
  ['function_call', { events: 'response.function_call_arguments', field: 'arguments', client: true, json: true }],
  ['custom_tool_call', { events: 'response.custom_tool_call_input', field: 'input', client: true, json: false }],
  ['mcp_call', { events: 'response.mcp_call_arguments', field: 'arguments', client: false, json: true }],
])

const routes = new Map<string, Route>([
  ['response.content_part.added', { family: 'message', step: 'part added' }],
  ['response.content_part.done', { family: 'message', step: 'part done' }],
  ['response.reasoning_summary_part.added', { family: 'reasoning', step: 'part added', part: 'summary_text' }],
  ['response.reasoning_summary_part.done', { family: 'reasoning', step: 'part done', part: 'summary_text' }],
  ['response.output_text.annotation.added', { family: 'message', step: 'annotation', part: 'output_text' }],
])
for (const part of partKinds) {
  const { events, family } = channels[part]
  routes.set(`${events}.delta`, { family, step: 'delta', part })
  routes.set(`${events}.done`, { family, step: 'done', part })
}
for (const [family, { events }] of calls) {
  routes.set(`${events}.delta`, { family, step: 'delta' })
  routes.set(`${events}.done`, { family, step: 'done' })
}

const toolEvent = /^response\.(\w+?_call(?:_output)?|mcp_list_tools|compaction)(?:_[a-z_]+)?\.\w+$/

/** Where an event of an item belongs; undefined where it is none, or newer than we are. */
export function routeOf(type: string): Route | undefined {
  const route = routes.get(type)
  if (route !== undefined) return route
  const family = toolEvent.exec(type)?.[1]
  return family === undefined ? undefined : { family, step: 'other' }
}

/** What is newer than we are opens nothing (D-41). */
export function isItemEvent(type: string): boolean {
  return type === 'response.output_item.added' || type === 'response.output_item.done' || routeOf(type) !== undefined
}

const prefixes = new Map([
  ['message', 'msg'],
  ['reasoning', 'rs'],
  ['function_call', 'fc'],
  ['custom_tool_call', 'ctc'],
  ['mcp_call', 'mcp'],
  ['mcp_list_tools', 'mcpl'],
  ['web_search_call', 'ws'],
  ['file_search_call', 'fs'],
  ['code_interpreter_call', 'ci'],
  ['image_generation_call', 'ig'],
  ['compaction', 'cmp'],
])

/** How ids of an item type begin. */
export function idPrefix(type: string): string {
  return prefixes.get(type) ?? 'item'
}
