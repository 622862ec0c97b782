import type { Sample } from '../samples.js'
import { aDelta, brokenPlace, brokenText, ofItem, ofResponse } from './positions.js'

/** An event that brings a text of an item whole. */
const whole = (field: string, brokenToo: Sample['broken'] = [], valid: Sample['broken'] = []) =>
  ofItem({ [field]: '' }, [...brokenText(field), ...brokenToo], valid)

const brokenCommand = [...brokenPlace('output_index'), ...brokenPlace('command_index')]
const command = () =>
  ofResponse({ output_index: 0, command_index: 0, command: '' }, [...brokenCommand, ...brokenText('command')])
const given = { stdout: '', stderr: '', outcome: { type: 'timeout' } }

export const callEvents: Readonly<Record<string, Sample>> = {
  'response.function_call_arguments.delta': ofItem(...aDelta),
  'response.function_call_arguments.done': whole(
    'arguments',
    [{ arguments: { a: 1 } }, { name: 7 }],
    [{ name: 'look' }, { name: null }],
  ),
  'response.custom_tool_call_input.delta': ofItem(...aDelta),
  'response.custom_tool_call_input.done': whole('input'),
  'response.mcp_call.in_progress': ofItem(),
  'response.mcp_call.completed': ofItem(),
  'response.mcp_call.failed': ofItem(),
  'response.mcp_call_arguments.delta': ofItem(...aDelta),
  'response.mcp_call_arguments.done': whole('arguments'),
  'response.mcp_list_tools.in_progress': ofItem(),
  'response.mcp_list_tools.completed': ofItem(),
  'response.mcp_list_tools.failed': ofItem(),
  'response.web_search_call.in_progress': ofItem(),
  'response.web_search_call.searching': ofItem(),
  'response.web_search_call.completed': ofItem(),
  'response.file_search_call.in_progress': ofItem(),
  'response.file_search_call.searching': ofItem(),
  'response.file_search_call.completed': ofItem(),
  'response.code_interpreter_call.in_progress': ofItem(),
  'response.code_interpreter_call.interpreting': ofItem(),
  'response.code_interpreter_call.completed': ofItem(),
  'response.code_interpreter_call_code.delta': ofItem(...aDelta),
  'response.code_interpreter_call_code.done': whole('code'),
  'response.image_generation_call.in_progress': ofItem(),
  'response.image_generation_call.generating': ofItem(),
  'response.image_generation_call.completed': ofItem(),
  'response.image_generation_call.partial_image': ofItem(
    { partial_image_b64: '', partial_image_index: 0 },
    [...brokenText('partial_image_b64'), ...brokenPlace('partial_image_index'), { size: 1 }],
    [{ background: 'opaque', output_format: 'png', quality: null, size: '1x1' }],
  ),
  'response.shell_call_command.added': command(),
  'response.shell_call_command.delta': ofResponse(
    { output_index: 0, command_index: 0, ...aDelta[0] },
    [...brokenCommand, ...aDelta[1]],
    aDelta[2],
  ),
  'response.shell_call_command.done': command(),
  'response.shell_call_output_content.delta': ofItem(
    { command_index: 0, delta: {} },
    [...brokenPlace('command_index'), ...[undefined, null, 'x', { stdout: 1 }].map((delta) => ({ delta }))],
    [{ delta: { stdout: 'x' } }, { delta: { stderr: 'x' } }],
  ),
  'response.shell_call_output_content.done': ofItem(
    { command_index: 0, output: [] },
    [...brokenPlace('command_index'), ...[undefined, 'x', [{}]].map((output) => ({ output }))],
    [{ output: [given] }],
  ),
  'response.apply_patch_call_operation_diff.delta': ofItem(...aDelta),
  'response.apply_patch_call_operation_diff.done': whole('diff'),
}
