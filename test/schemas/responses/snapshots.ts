type Fields = Readonly<Record<string, unknown>>

export const usage = { input_tokens: 3, output_tokens: 4, total_tokens: 7 }

/** The least that a response says of itself, at one stage of its life. */
export function snapshot(status: string, more: Fields = {}): Fields {
  return { id: 'resp_a', object: 'response', created_at: 1700000000, status, model: 'model-a', output: [], ...more }
}

const brokenFields: readonly Fields[] = [
  { id: undefined },
  { id: null },
  { object: 'chat.completion' },
  { object: undefined },
  { created_at: '2026-01-01' },
  { created_at: undefined },
  { model: null },
  { output: undefined },
  { output: null },
  { output: {} },
  { output: [null] },
  { output: [{ type: 'reasoning', id: 'rs_a' }] },
  { status: undefined },
  { status: 'done' },
  { status: 'cancelled' },
  { error: 'It broke.' },
  { error: { message: 'It broke.' } },
  { error: { code: 500, message: 'It broke.' } },
  { incomplete_details: 'max_output_tokens' },
  { incomplete_details: { reason: 7 } },
  { usage: { ...usage, input_tokens: '3' } },
  { usage: { ...usage, total_tokens: undefined } },
  { usage: { ...usage, input_tokens_details: {} } },
  { usage: { ...usage, output_tokens_details: { reasoning_tokens: null } } },
  { usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } },
  { instructions: 7 },
  { tools: {} },
  { temperature: '1' },
  { background: 'no' },
]

/** Each way to break the snapshot of an event, the status of another event among them. */
export function brokenSnapshot(status: string, others: readonly string[], more: Fields = {}): Fields[] {
  const good = snapshot(status, more)
  const broken = [...brokenFields, ...others.map((other) => ({ status: other }))]
  return [
    { response: undefined },
    { response: null },
    { response: [] },
    ...broken.map((patch) => ({ response: { ...good, ...patch } })),
  ]
}

/** What a snapshot may say besides. */
export const fullSnapshot: Fields = {
  output: [
    { type: 'function_call', id: 'fc_a', call_id: 'call_a', name: 'look', arguments: '{}' },
    { type: 'some_later_item' },
  ],
  usage: {
    ...usage,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 1 },
    cost: 0.5,
  },
  incomplete_details: null,
  instructions: [{ type: 'message' }],
  metadata: {},
  reasoning: { effort: null },
  temperature: 0.5,
  tool_choice: { type: 'function', name: 'look' },
  tools: [{ type: 'function' }],
  user: null,
  some_later_field: [1],
}
