import type { Sample } from '../samples.js'
import { brokenId, brokenText } from './positions.js'

const call = { id: 'sh_a', call_id: 'call_a', status: 'completed' }
const brokenCall = [...brokenId('id'), ...brokenId('call_id'), ...brokenText('status')]
const given = { stdout: '', stderr: '', outcome: { type: 'exit', exit_code: 0 } }

export const shellItems: Readonly<Record<string, Sample>> = {
  local_shell_call: {
    minimal: { ...call, action: { type: 'exec', command: [] } },
    valid: [{ ...call, action: { type: 'exec', command: ['ls'], env: { A: '1' }, timeout_ms: null } }],
    broken: [
      ...brokenCall,
      { action: undefined },
      { action: { type: 'exec' } },
      { action: { type: 'exec', command: 'ls' } },
      { action: { type: 'exec', command: [], env: 'A=1' } },
    ],
  },
  local_shell_call_output: {
    minimal: { id: 'lso_a', output: '' },
    broken: [...brokenId('id'), ...brokenText('output'), { status: 1 }],
  },
  shell_call: {
    minimal: { ...call, action: { commands: [] } },
    valid: [
      {
        ...call,
        action: { commands: ['ls'], max_output_length: 100, timeout_ms: null },
        environment: { type: 'container_reference', container_id: 'cntr_a' },
        caller: { type: 'direct' },
      },
    ],
    broken: [
      ...brokenCall,
      { action: {} },
      { action: { commands: 'ls' } },
      { action: { commands: [], timeout_ms: '1' } },
      { environment: 'local' },
      { caller: {} },
    ],
  },
  shell_call_output: {
    minimal: { id: 'sho_a', call_id: 'call_a', output: [] },
    valid: [
      { ...call, max_output_length: null, output: [given] },
      { ...call, output: [{ ...given, outcome: { type: 'timeout' } }] },
    ],
    broken: [
      ...brokenId('call_id'),
      { output: undefined },
      { output: 'x' },
      { output: [{ ...given, stderr: null }] },
      { output: [{ ...given, outcome: {} }] },
      { output: [{ ...given, outcome: { type: 'exit', exit_code: '0' } }] },
    ],
  },
  apply_patch_call: {
    minimal: { ...call, operation: { type: 'delete_file', path: 'a' } },
    valid: [{ ...call, operation: { type: 'update_file', path: 'a', diff: '@@' }, caller: null }],
    broken: [
      ...brokenCall,
      { operation: null },
      { operation: { type: 'delete_file' } },
      { operation: { path: 'a' } },
      { operation: { type: 'create_file', path: 'a', diff: 1 } },
    ],
  },
  apply_patch_call_output: {
    minimal: call,
    valid: [{ ...call, status: 'failed', output: 'No such file.' }],
    broken: [...brokenCall, { output: {} }],
  },
}
