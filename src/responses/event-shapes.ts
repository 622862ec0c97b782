import type { Shape } from '../defects/shape.js'

const delta: Shape = { delta: 'string' }
const command: Shape = { command: 'string', command_index: 'integer' }

/** What events hold besides their place, where nothing else looks at it: clients that read it fail on another type (A27). */
export const eventShapes: ReadonlyMap<string, Shape> = new Map([
  ['response.audio.delta', delta],
  ['response.audio.transcript.delta', delta],
  ['response.code_interpreter_call_code.delta', delta],
  ['response.code_interpreter_call_code.done', { code: 'string' }],
  ['response.image_generation_call.partial_image', { partial_image_b64: 'string', partial_image_index: 'integer' }],
  ['response.shell_call_command.added', command],
  ['response.shell_call_command.delta', { ...delta, command_index: 'integer' }],
  ['response.shell_call_command.done', command],
  ['response.shell_call_output_content.delta', { delta: 'object', command_index: 'integer' }],
  ['response.shell_call_output_content.done', { output: 'array', command_index: 'integer' }],
])
