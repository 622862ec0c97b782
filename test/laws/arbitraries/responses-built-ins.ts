import type { JsonObject } from '../stream-event.js'
import { type Item, type ItemPlan, item, on, type Place } from './responses-items.js'

/** Items of the tools that run at OpenAI, whole or with the stages that some hosts leave out. */
export function builtIn(plan: ItemPlan, place: Place): Item {
  const make = builtIns[plan.variant % builtIns.length] ?? webSearch
  return make(plan, place)
}

type MakeItem = (plan: ItemPlan, place: Place) => Item

function staged(place: Place, family: string, stages: readonly string[]): JsonObject[] {
  return stages.map((stage) => on(place, `${family}.${stage}`))
}

const webSearch: MakeItem = ({ variant }, place) => {
  const fields = { id: place.id, type: 'web_search_call' }
  const stages = [['in_progress', 'searching', 'completed'], ['in_progress', 'searching'], []][variant % 3] ?? []
  const action = { type: 'search', query: place.tag('query') }
  return item(place, { ...fields, status: 'in_progress' }, staged(place, 'web_search_call', stages), {
    ...fields,
    status: 'completed',
    action,
  })
}

const fileSearch: MakeItem = (_, place) => {
  const fields = { id: place.id, type: 'file_search_call' }
  const body = staged(place, 'file_search_call', ['in_progress', 'searching', 'completed'])
  const found = { queries: [place.tag('query')], results: null }
  return item(place, { ...fields, status: 'in_progress', queries: [], results: null }, body, {
    ...fields,
    status: 'completed',
    ...found,
  })
}

const codeInterpreter: MakeItem = ({ texts }, place) => {
  const pieces = texts.map(place.tag)
  const code = pieces.join('')
  const fields = { id: place.id, type: 'code_interpreter_call', container_id: `cntr_1${place.mark}`, outputs: null }
  const body = [
    on(place, 'code_interpreter_call.in_progress'),
    ...pieces.map((delta) => on(place, 'code_interpreter_call_code.delta', { delta })),
    on(place, 'code_interpreter_call_code.done', { code }),
    ...staged(place, 'code_interpreter_call', ['interpreting', 'completed']),
  ]
  return item(place, { ...fields, code: '', status: 'in_progress' }, body, { ...fields, code, status: 'completed' })
}

const image: MakeItem = ({ variant }, place) => {
  const fields = { id: place.id, type: 'image_generation_call' }
  const partial = { partial_image_index: 0, partial_image_b64: 'aGk=', size: '16x16' }
  const body = [
    ...staged(place, 'image_generation_call', ['in_progress', 'generating']),
    on(place, 'image_generation_call.partial_image', partial),
    ...(variant % 2 ? staged(place, 'image_generation_call', ['completed']) : []),
  ]
  const done = { ...fields, status: 'completed', result: 'aGk=', revised_prompt: place.tag('prompt') }
  return item(place, { ...fields, status: 'in_progress' }, body, done)
}

// The events of shell commands have no item_id (FINDINGS A12).
const shell: MakeItem = ({ texts }, place) => {
  const pieces = texts.map(place.tag)
  const command = pieces.join('')
  const fields = { id: place.id, type: 'shell_call', call_id: `call_${place.index}${place.mark}`, environment: null }
  const limits = { max_output_length: null, timeout_ms: null }
  const event = (stage: string, more: JsonObject): JsonObject => ({
    type: `response.shell_call_command.${stage}`,
    output_index: place.index,
    command_index: 0,
    ...more,
  })
  const body = [
    event('added', { command: '' }),
    ...pieces.map((delta) => event('delta', { delta })),
    event('done', { command }),
  ]
  return item(place, { ...fields, status: 'in_progress', action: { commands: [], ...limits } }, body, {
    ...fields,
    status: 'completed',
    action: { commands: [command], ...limits },
  })
}

const shellOutput: MakeItem = (_, place) => {
  const fields = {
    id: place.id,
    type: 'shell_call_output',
    call_id: `call_shell_${place.index}`,
    max_output_length: null,
  }
  const stdout = place.tag('listing')
  const output = [{ outcome: { type: 'exit', exit_code: 0 }, stderr: '', stdout }]
  const body = [
    on(place, 'shell_call_output_content.delta', { command_index: 0, delta: { stdout } }),
    on(place, 'shell_call_output_content.done', { command_index: 0, output }),
  ]
  const status = 'completed'
  return item(place, { ...fields, status, output: [] }, body, { ...fields, status, output })
}

const patch: MakeItem = ({ texts }, place) => {
  const pieces = texts.map(place.tag)
  const fields = { id: place.id, type: 'apply_patch_call', call_id: `call_${place.index}${place.mark}` }
  const operation = { type: 'update_file', path: `notes${place.mark}.md` }
  const body = [
    ...pieces.map((delta) => on(place, 'apply_patch_call_operation_diff.delta', { delta })),
    on(place, 'apply_patch_call_operation_diff.done', { diff: pieces.join('') }),
  ]
  return item(place, { ...fields, status: 'in_progress', operation: { ...operation, diff: '' } }, body, {
    ...fields,
    status: 'completed',
    operation: { ...operation, diff: pieces.join('') },
  })
}

/** Items without events of their own between `added` and `done`. */
const bare: MakeItem = ({ variant }, place) => {
  const own: readonly JsonObject[] = [
    { type: 'compaction', encrypted_content: `gAAAA${place.mark}` },
    {
      type: 'local_shell_call',
      status: 'completed',
      call_id: `call_${place.index}`,
      action: { type: 'exec', command: [place.tag('ls')], env: {} },
    },
    {
      type: 'tool_search_call',
      status: 'completed',
      call_id: `call_${place.index}`,
      execution: 'client',
      arguments: { goal: 'x' },
    },
    { type: 'mcp_approval_request', name: 'roll', server_label: 'wiki', arguments: '{}' },
    {
      type: 'computer_call',
      status: 'completed',
      call_id: `call_${place.index}`,
      action: { type: 'click', button: 'left', x: 1, y: 2 },
      pending_safety_checks: [],
    },
  ]
  const whole = { id: place.id, ...(own[variant % own.length] ?? {}) }
  return item(place, whole, [], whole)
}

/** An item and events of a family that is newer than we are. */
const newer: MakeItem = ({ texts, variant }, place) => {
  const fields = { id: place.id, type: 'hologram_call', seed: place.tag('seed'), size: variant }
  const body = texts.map((part) => on(place, 'hologram_call.delta', { part: place.tag(part) }))
  return item(place, { ...fields, status: 'in_progress' }, body, { ...fields, status: 'completed' })
}

const builtIns: readonly MakeItem[] = [
  webSearch,
  fileSearch,
  codeInterpreter,
  image,
  shell,
  shellOutput,
  patch,
  bare,
  newer,
  webSearch,
  codeInterpreter,
]
