import type { Sample } from '../samples.js'
import { brokenId, brokenText } from './positions.js'
import { shellItems } from './shell-items.js'

const status = 'completed'
const brokenStatus = brokenText('status')
const text = { type: 'output_text', text: 'Hi', annotations: [] }
const call = { id: 'item_a', call_id: 'call_a', name: 'look' }
const brokenCall = [...brokenId('id'), ...brokenId('call_id'), ...brokenText('name'), { caller: 'program' }]
const mcp = { id: 'mcp_a', name: 'look', server_label: 'docs', arguments: '{}' }
const brokenMcp = [...brokenId('id'), ...brokenText('name'), ...brokenText('server_label'), ...brokenText('arguments')]
const brokenTools = [{ tools: undefined }, { tools: null }, { tools: {} }, { tools: ['look'] }]
const search = { id: 'tsc_a', status }
const caller = { type: 'program', caller_id: 'call_p' }

export const items: Readonly<Record<string, Sample>> = {
  ...shellItems,
  message: {
    minimal: { id: 'msg_a', status, role: 'assistant', content: [] },
    valid: [
      { id: 'msg_a', status: 'in_progress', role: 'assistant', content: [], phase: null },
      {
        id: 'msg_a',
        status: 'some_later_status',
        role: 'assistant',
        phase: 'final_answer',
        content: [text, { type: 'refusal', refusal: 'No.' }, { type: 'some_later_part' }],
      },
    ],
    broken: [
      ...brokenId('id'),
      ...brokenStatus,
      ...[undefined, null, 'user'].map((role) => ({ role })),
      ...[undefined, null, 'Hi', {}, [null], ['Hi']].map((content) => ({ content })),
      { content: [{ type: 'output_text', text: 'Hi' }] },
      { content: [{ type: 'reasoning_text', text: 'Hi' }] },
      { phase: 1 },
    ],
  },
  reasoning: {
    minimal: { id: 'rs_a', summary: [] },
    valid: [
      {
        id: 'rs_a',
        status: 'in_progress',
        summary: [{ type: 'summary_text', text: 'So.' }],
        content: [{ type: 'reasoning_text', text: 'Well.' }, { type: 'some_later_part' }],
        encrypted_content: 'zz',
      },
      { id: 'rs_a', status: null, summary: [], content: null, encrypted_content: null },
    ],
    broken: [
      ...brokenId('id'),
      ...[undefined, null, 'So.', [{ type: 'summary_text' }], [text]].map((summary) => ({ summary })),
      { content: [text] },
      { content: 'Well.' },
      { encrypted_content: 1 },
      { status: 1 },
    ],
  },
  function_call: {
    minimal: { ...call, arguments: '' },
    valid: [{ ...call, arguments: '{"a":1}', status, namespace: 'crm', caller }],
    broken: [...brokenCall, ...brokenText('arguments'), { status: 1 }, { namespace: {} }],
  },
  function_call_output: {
    minimal: { id: 'fco_a', output: '' },
    valid: [{ id: 'fco_a', output: [{ type: 'input_text', text: '' }], call_id: 'call_a', status }],
    broken: [...brokenId('id'), { output: undefined }, { output: null }, { output: {} }, { output: ['x'] }],
  },
  custom_tool_call: {
    minimal: { ...call, input: '' },
    valid: [{ ...call, input: 'look there', status: null, caller: null }],
    broken: [...brokenCall, ...brokenText('input'), { status: {} }],
  },
  custom_tool_call_output: {
    minimal: { id: 'cto_a', call_id: 'call_a', output: '' },
    broken: [...brokenId('id'), ...brokenId('call_id'), { output: undefined }, { output: 1 }],
  },
  program: {
    minimal: { id: 'prog_a', call_id: 'call_a', code: '' },
    valid: [{ id: 'prog_a', call_id: 'call_a', code: 'x()', fingerprint: 'zz' }],
    broken: [...brokenId('id'), ...brokenId('call_id'), ...brokenText('code'), { fingerprint: 1 }],
  },
  program_output: {
    minimal: { id: 'po_a', call_id: 'call_a', result: '', status },
    broken: [...brokenId('id'), ...brokenText('result'), ...brokenStatus],
  },
  compaction: {
    minimal: { id: 'cmp_a', encrypted_content: 'zz' },
    broken: [...brokenId('id'), ...brokenText('encrypted_content')],
  },
  additional_tools: {
    minimal: { id: 'at_a', role: 'developer', tools: [{ type: 'function' }] },
    broken: [...brokenId('id'), ...brokenText('role'), ...brokenTools],
  },
  tool_search_call: {
    minimal: search,
    valid: [
      { ...search, arguments: { query: 'x' }, call_id: null, execution: 'server' },
      { ...search, arguments: '{}', call_id: 'call_a' },
    ],
    broken: [...brokenId('id'), ...brokenStatus, { arguments: 1 }, { call_id: 1 }, { execution: {} }],
  },
  tool_search_output: {
    minimal: { ...search, tools: [] },
    broken: [...brokenId('id'), ...brokenStatus, ...brokenTools],
  },
  web_search_call: {
    minimal: { id: 'ws_a', status: 'searching' },
    valid: [
      { id: 'ws_a', status, action: { type: 'search', query: 'x', queries: ['x'], sources: [{ type: 'url' }] } },
      { id: 'ws_a', status, action: { type: 'some_later_action' } },
    ],
    broken: [
      ...brokenId('id'),
      ...brokenStatus,
      { action: 'search' },
      { action: {} },
      { action: { type: 'search', query: 1 } },
    ],
  },
  file_search_call: {
    minimal: { id: 'fs_a', status, queries: [] },
    valid: [{ id: 'fs_a', status, queries: ['x'], results: [{ file_id: 'file_a' }] }],
    broken: [...brokenId('id'), ...brokenStatus, { queries: undefined }, { queries: 'x' }, { results: ['x'] }],
  },
  code_interpreter_call: {
    minimal: { id: 'ci_a', status: 'interpreting', container_id: 'cntr_a' },
    valid: [{ id: 'ci_a', status, container_id: 'cntr_a', code: 'x', outputs: [{ type: 'logs', logs: '' }] }],
    broken: [...brokenId('id'), ...brokenStatus, ...brokenText('container_id'), { code: 1 }, { outputs: 'x' }],
  },
  image_generation_call: {
    minimal: { id: 'ig_a', status: 'generating' },
    valid: [{ id: 'ig_a', status, result: 'zz', size: '1x1', action: null, error: { code: null } }],
    broken: [...brokenId('id'), ...brokenStatus, { result: {} }, { size: 1 }, { error: 'x' }],
  },
  computer_call: {
    minimal: { id: 'cu_a', call_id: 'call_a', status, pending_safety_checks: [] },
    valid: [
      {
        id: 'cu_a',
        call_id: 'call_a',
        status,
        pending_safety_checks: [{ id: 'sc_a' }],
        action: { type: 'click', x: 1, y: 2 },
        actions: [{ type: 'wait' }],
      },
    ],
    broken: [...brokenId('call_id'), ...brokenStatus, { pending_safety_checks: null }, { action: {} }, { actions: {} }],
  },
  computer_call_output: {
    minimal: { id: 'cuo_a', call_id: 'call_a', output: { type: 'computer_screenshot' } },
    valid: [{ id: 'cuo_a', call_id: 'call_a', status, output: { type: 'computer_screenshot', image_url: 'data:' } }],
    broken: [...brokenId('call_id'), { output: 'data:' }, { output: {} }, { acknowledged_safety_checks: {} }],
  },
  mcp_call: {
    minimal: mcp,
    valid: [
      { ...mcp, status: 'calling', approval_request_id: null, error: null, output: 'x' },
      { ...mcp, error: { type: 'http_error', code: 500, message: 'It broke.' } },
      { ...mcp, error: 'It broke.' },
    ],
    broken: [...brokenMcp, { status: 1 }, { error: 500 }, { output: {} }],
  },
  mcp_list_tools: {
    minimal: { id: 'mcpl_a', server_label: 'docs', tools: [] },
    valid: [{ id: 'mcpl_a', server_label: 'docs', tools: [{ name: 'look', input_schema: {} }], error: null }],
    broken: [...brokenId('id'), ...brokenText('server_label'), ...brokenTools, { error: 1 }],
  },
  mcp_approval_request: { minimal: mcp, broken: brokenMcp },
  mcp_approval_response: {
    minimal: { id: 'mcpr_a', approval_request_id: 'mcpr_b', approve: false },
    valid: [{ id: 'mcpr_a', approval_request_id: 'mcpr_b', approve: true, reason: null }],
    broken: [...brokenText('approval_request_id'), { approve: 'yes' }, { approve: undefined }, { reason: 1 }],
  },
}
