/**
 * A failure as OpenAI's own servers end a stream (D-47): the nested `error`, then `response.failed`. What a client makes
 * of it is the most that can be asked of it for any other failure.
 */
const message = 'The greenhouse lost its power.'
const response = {
  ...{ id: 'resp_Pair', object: 'response', created_at: 1_790_000_000, status: 'in_progress', error: null },
  ...{ incomplete_details: null, instructions: null, model: 'test-model-1', output: [], parallel_tool_calls: true },
  ...{ metadata: {}, tool_choice: 'auto', tools: [], temperature: 1, top_p: 1, usage: null },
}
const item = { id: 'msg_Pair', type: 'message', status: 'in_progress', role: 'assistant', content: [] }
const at = { item_id: item.id, output_index: 0, content_index: 0 }
const text = 'Water the ferns '

const opening = [
  { type: 'response.created', response },
  { type: 'response.in_progress', response },
]
const answer = [
  { type: 'response.output_item.added', output_index: 0, item },
  {
    type: 'response.content_part.added',
    ...at,
    part: { type: 'output_text', text: '', annotations: [], logprobs: [] },
  },
  { type: 'response.output_text.delta', ...at, delta: text, logprobs: [] },
]
const failure = [
  { type: 'error', error: { type: 'server_error', code: 'server_error', message, param: null } },
  {
    type: 'response.failed',
    response: { ...response, status: 'failed', error: { code: 'server_error', message } },
  },
]

const stream = (events: readonly { readonly type: string }[]) =>
  new TextEncoder().encode(
    events
      .map(({ type, ...rest }, sequence_number) => {
        return `event: ${type}\ndata: ${JSON.stringify({ type, ...rest, sequence_number })}\n\n`
      })
      .join(''),
  )
const expected = { endings: ['error'] as const, thinking: '', tools: [], errorMessage: message }

/** The pair before anything else and in the middle of a text, with what a program must be told. */
export const vendorPairs = [
  {
    name: 'before any output',
    upstream: stream([...opening, ...failure]),
    options: {},
    expected: { ...expected, text: '' },
  },
  {
    name: 'in the middle of a text',
    upstream: stream([...opening, ...answer, ...failure]),
    options: {},
    expected: { ...expected, text },
  },
]
