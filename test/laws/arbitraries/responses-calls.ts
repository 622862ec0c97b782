import type { Json, JsonObject } from '../stream-event.js'
import { type Item, type ItemPlan, item, on, type Place } from './responses-items.js'
import { cutText } from './texts.js'

/** Arguments, in fragments as the deltas carry them. */
function fragments({ texts, cuts, variant }: ItemPlan, { tag }: Place): string[] {
  const value = Object.fromEntries(texts.map((part, key) => [`${tag('key')}${key}`, inside(tag(part), key)]))
  const json = variant % 3 === 0 ? JSON.stringify(value, null, 2) : JSON.stringify(value)
  // Malformed JSON is the model's content: it passes, observed.
  const cut = cutText(variant % 23 === 7 ? `${json}}` : json, cuts)
  if (variant % 5 === 1) cut.unshift('')
  return cut
}

function inside(content: string, kind: number): Json {
  return kind === 1 ? [content, { deep: [1.5e-7, false, null] }] : kind === 2 ? { inner: content } : content
}

/** A function call; with `kept`, only so many characters of its arguments came, and it is incomplete (FINDINGS A15). */
export function functionCall(plan: ItemPlan, place: Place, kept?: number): Item {
  const { variant } = plan
  const all = fragments(plan, place)
  const whole = all.join('')
  const cut = kept !== undefined && whole.length > 2
  const said = cut ? [whole.slice(0, 1 + (kept % (whole.length - 1)))] : all
  const name = `get_${place.index}${place.mark}`
  const fields = { id: place.id, type: 'function_call', call_id: `call_${place.index}${place.mark}`, name }
  const padding: JsonObject = variant % 4 === 1 ? { obfuscation: `q${place.mark}` } : {}
  const named: JsonObject = variant % 7 === 2 ? { name } : {}
  const body = [
    ...said.map((delta) => on(place, 'function_call_arguments.delta', { delta, ...padding })),
    on(place, 'function_call_arguments.done', { arguments: said.join(''), ...named }),
  ]
  const final = { ...fields, arguments: said.join(''), status: cut ? 'incomplete' : 'completed' }
  return item(place, { ...fields, arguments: '', status: 'in_progress' }, body, final)
}

/** A custom tool call, whose input is text and no JSON. Its `done` is absent in a recording of OpenAI's own. */
export function customCall({ texts, variant }: ItemPlan, place: Place): Item {
  const pieces = texts.map(place.tag)
  const input = pieces.join('')
  const fields = {
    id: place.id,
    type: 'custom_tool_call',
    call_id: `call_${place.index}${place.mark}`,
    name: `write_${place.index}${place.mark}`,
  }
  const body = pieces.map((delta) => on(place, 'custom_tool_call_input.delta', { delta }))
  if (variant % 6 !== 5) body.push(on(place, 'custom_tool_call_input.done', { input }))
  return item(place, { ...fields, input: '', status: 'in_progress' }, body, { ...fields, input, status: 'completed' })
}

/** A call that the server makes at an MCP server. */
export function mcpCall(plan: ItemPlan, place: Place): Item {
  const { variant } = plan
  const said = fragments(plan, place)
  const failed = variant % 5 === 4
  const fields = {
    id: place.id,
    type: 'mcp_call',
    approval_request_id: null,
    name: `lookup_${place.index}${place.mark}`,
    server_label: `wiki${place.mark}`,
  }
  const body = [
    on(place, 'mcp_call.in_progress'),
    ...said.map((delta) => on(place, 'mcp_call_arguments.delta', { delta })),
    on(place, 'mcp_call_arguments.done', { arguments: said.join('') }),
    on(place, failed ? 'mcp_call.failed' : 'mcp_call.completed'),
  ]
  const announced = { ...fields, arguments: '', error: null, output: null }
  const error: Json = failed ? { type: 'mcp_tool_execution_error', content: [] } : null
  const output = failed ? null : place.tag('found')
  return item(place, announced, body, { ...fields, arguments: said.join(''), error, output })
}

/** The tools of an MCP server. Two of three recorded ones are never done, yet the terminal lists them (FINDINGS A8). */
export function mcpTools({ variant }: ItemPlan, place: Place): Item {
  const fields = { id: place.id, type: 'mcp_list_tools', server_label: `wiki${place.mark}` }
  const body = [on(place, 'mcp_list_tools.in_progress'), on(place, 'mcp_list_tools.completed')]
  const tools = [{ name: `roll${place.mark}`, description: null, annotations: null, input_schema: { type: 'object' } }]
  const whole = item(place, { ...fields, tools: [] }, body, { ...fields, tools })
  return variant % 3 === 0 ? { ...whole, events: whole.events.slice(0, -1) } : whole
}
