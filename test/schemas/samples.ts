/**
 * The smallest valid value of each event, block and delta, and the smallest damage that each of its fields can take.
 *
 * `broken` lists patches: a value to put in a field's place, or `undefined` to leave the field out.
 */
export interface Sample {
  readonly minimal: Readonly<Record<string, unknown>>
  /** Richer values that are valid as well. */
  readonly valid?: readonly Readonly<Record<string, unknown>>[]
  readonly broken: readonly Readonly<Record<string, unknown>>[]
}

const call = { id: 'call_a', name: 'look', input: {} }
const brokenCall = [
  { id: undefined },
  { id: 7 },
  { name: undefined },
  { name: null },
  { input: undefined },
  { input: '{}' },
  { input: [] },
  { input: null },
]
const answer = { tool_use_id: 'call_a', content: { type: 'some_answer' } }
const brokenAnswer = [{ tool_use_id: undefined }, { tool_use_id: 1 }, { content: undefined }, { content: {} }]
const usage = { input_tokens: 3, output_tokens: 1 }

export const message = {
  id: 'msg_a',
  type: 'message',
  role: 'assistant',
  model: 'model-a',
  content: [],
  stop_reason: null,
  stop_sequence: null,
  usage,
}

export const deltas: Readonly<Record<string, Sample>> = {
  text_delta: { minimal: { text: '' }, broken: [{ text: null }, { text: undefined }, { text: 4 }] },
  citations_delta: {
    minimal: { citation: { type: 'page_location' } },
    valid: [{ citation: { type: 'some_later_location', page: 3 } }],
    broken: [{ citation: undefined }, { citation: null }, { citation: {} }, { citation: [] }],
  },
  thinking_delta: {
    minimal: { thinking: 'so' },
    valid: [
      { thinking: '', estimated_tokens: null },
      { thinking: '', estimated_tokens: 12 },
    ],
    broken: [{ thinking: null }, { thinking: undefined }, { estimated_tokens: '12' }],
  },
  signature_delta: { minimal: { signature: '' }, broken: [{ signature: null }, { signature: undefined }] },
  input_json_delta: {
    minimal: { partial_json: '' },
    broken: [{ partial_json: undefined }, { partial_json: null }, { partial_json: {} }],
  },
  compaction_delta: {
    minimal: { content: null },
    valid: [{ content: 'in short', encrypted_content: 'zz' }],
    broken: [{ content: undefined }, { content: 1 }, { encrypted_content: 1 }],
  },
}

export const blocks: Readonly<Record<string, Sample>> = {
  text: {
    minimal: { text: '' },
    valid: [
      { text: 'x', citations: null },
      { text: 'x', citations: [{ type: 'char_location' }] },
    ],
    broken: [{ text: undefined }, { text: null }, { citations: {} }, { citations: [{}] }],
  },
  thinking: {
    minimal: { thinking: '' },
    valid: [{ thinking: '', signature: '' }],
    broken: [{ thinking: undefined }, { thinking: null }, { signature: null }],
  },
  redacted_thinking: { minimal: { data: 'zz' }, broken: [{ data: undefined }, { data: null }] },
  tool_use: {
    minimal: call,
    valid: [{ ...call, input: { city: 'Bern' }, caller: { type: 'direct' }, toolset_name: null }],
    broken: [...brokenCall, { caller: 'direct' }, { caller: {} }, { toolset_name: 1 }],
  },
  server_tool_use: { minimal: call, valid: [{ ...call, caller: { type: 'direct' } }], broken: brokenCall },
  mcp_tool_use: {
    minimal: { ...call, server_name: 'files' },
    broken: [...brokenCall, { server_name: undefined }, { server_name: null }],
  },
  web_search_tool_result: {
    minimal: { ...answer, content: [] },
    valid: [
      answer,
      { ...answer, content: [{ type: 'web_search_result', title: 'A page' }], caller: { type: 'direct' } },
    ],
    broken: [...brokenAnswer, { content: [{}] }, { content: 'a page' }],
  },
  web_fetch_tool_result: {
    minimal: answer,
    valid: [{ ...answer, caller: { type: 'direct' } }],
    broken: [...brokenAnswer, { content: [] }],
  },
  code_execution_tool_result: { minimal: answer, broken: brokenAnswer },
  bash_code_execution_tool_result: { minimal: answer, broken: brokenAnswer },
  text_editor_code_execution_tool_result: { minimal: answer, broken: brokenAnswer },
  tool_search_tool_result: { minimal: answer, broken: brokenAnswer },
  advisor_tool_result: { minimal: answer, broken: brokenAnswer },
  mcp_tool_result: {
    minimal: { tool_use_id: 'call_a', is_error: false, content: [] },
    valid: [{ tool_use_id: 'call_a', is_error: true, content: 'no such file' }],
    broken: [{ tool_use_id: undefined }, { is_error: undefined }, { is_error: 'no' }, { content: null }],
  },
  container_upload: { minimal: { file_id: 'file_a' }, broken: [{ file_id: undefined }, { file_id: null }] },
  fallback: {
    minimal: { from: { model: 'a' }, to: { model: 'b' }, trigger: { type: 'refusal' } },
    broken: [
      { from: undefined },
      { from: {} },
      { to: undefined },
      { to: 'b' },
      { trigger: undefined },
      { trigger: {} },
    ],
  },
  mcp_tool_listing: {
    minimal: { mcp_server_name: 'files', tools: [] },
    valid: [{ mcp_server_name: 'files', tools: [{ name: 'read' }] }],
    broken: [{ mcp_server_name: undefined }, { tools: undefined }, { tools: {} }, { tools: ['read'] }],
  },
  compaction: {
    minimal: { content: null },
    valid: [{ content: 'in short', encrypted_content: null, signature: 'zz', tool_changes: [] }],
    broken: [{ content: undefined }, { content: [] }, { encrypted_content: 1 }, { tool_changes: {} }],
  },
}

const filled = {
  ...message,
  content: [{ type: 'tool_use', ...call }],
  stop_reason: 'tool_use',
  usage: { ...usage, cache_creation_input_tokens: null, cache_creation: { some: 1 }, service_tier: 'standard' },
  container: { id: 'box_a' },
  stop_details: null,
}
const start = { index: 0, content_block: { type: 'text', text: '' } }
const delta = { index: 0, delta: { type: 'text_delta', text: 'Hi' } }
const end = { delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 2 } }
// AN-5: a place in the content array.
const brokenIndex = [{ index: undefined }, { index: null }, { index: -1 }, { index: 0.5 }, { index: '0' }]

export const events: Readonly<Record<string, Sample>> = {
  message_start: {
    minimal: { message },
    valid: [{ message: filled }],
    broken: [
      { message: undefined },
      ...Object.keys(message).map((field) => ({ message: { ...message, [field]: undefined } })),
      { message: { ...message, id: null } },
      { message: { ...message, role: 'user' } },
      { message: { ...message, type: 'reply' } },
      { message: { ...message, content: null } },
      { message: { ...message, content: [{ type: 'text', text: null }] } },
      { message: { ...message, usage: { output_tokens: 1 } } },
      { message: { ...message, usage: { ...usage, input_tokens: '3' } } },
      { message: { ...message, usage: { ...usage, cache_read_input_tokens: '0' } } },
    ],
  },
  content_block_start: {
    minimal: start,
    broken: [...brokenIndex, { content_block: undefined }, { content_block: null }, { content_block: { text: '' } }],
  },
  content_block_delta: {
    minimal: delta,
    broken: [...brokenIndex, { delta: undefined }, { delta: null }, { delta: { text: 'Hi' } }],
  },
  content_block_stop: { minimal: { index: 4 }, broken: brokenIndex },
  message_delta: {
    minimal: { delta: { stop_reason: null }, usage: { output_tokens: 0 } },
    valid: [
      end,
      { ...end, delta: { stop_reason: 'some_later_reason', stop_sequence: 'END' } },
      { ...end, usage: { output_tokens: 2, input_tokens: null, iterations: [{ type: 'message' }] } },
      { ...end, context_management: { applied_edits: [] } },
    ],
    broken: [
      { delta: undefined },
      { delta: {} },
      { delta: { stop_reason: 1 } },
      { delta: { stop_reason: null, stop_sequence: 1 } },
      { usage: undefined },
      { usage: {} },
      { usage: { output_tokens: null } },
      { usage: { output_tokens: 1.5 } },
    ],
  },
  message_stop: { minimal: {}, broken: [] },
  ping: { minimal: {}, broken: [] },
  error: {
    minimal: { error: { type: 'api_error', message: 'It broke.' } },
    valid: [
      { error: { type: 'some_later_error', message: '' }, request_id: null },
      { error: { type: 'overloaded_error', message: 'Busy.' }, request_id: 'req_a' },
    ],
    broken: [
      { error: undefined },
      { error: null },
      { error: 'It broke.' },
      { error: { message: 'It broke.' } },
      { error: { type: 'api_error' } },
      { error: { type: 'api_error', message: null } },
      { request_id: 7 },
    ],
  },
}

/** The same value with one patch; a field whose patch is undefined is left out, as JSON would. */
export function patched(value: Readonly<Record<string, unknown>>, patch: Readonly<Record<string, unknown>>): unknown {
  return JSON.parse(JSON.stringify({ ...value, ...patch }))
}
