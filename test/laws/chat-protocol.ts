import { createPipeline } from '../../src/index.js'
import { judge } from '../oracle/index.js'
import { chatStreams } from './arbitraries/chat.js'
import { chatDamages, chatLossless } from './arbitraries/chat-damage.js'
import { chatEnding, chatFirstHeld } from './chat-reading.js'
import { chatEndsContent, chatUnits } from './chat-units.js'
import type { JsonObject, LawProtocol } from './protocol.js'

const around = { id: 'chatcmpl-9', object: 'chat.completion.chunk', created: 9, model: 'other' }
const chunk = (delta: JsonObject, more: JsonObject = {}): JsonObject => ({
  ...around,
  choices: [{ index: 0, delta, finish_reason: null, ...more }],
})

const envelope = '"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m"'
const nestedChoices = (nest: string): string[] => {
  const deep = ['content', 'role', 'tool_calls', 'function_call', 'audio', 'x_other'].map(
    (name) => `"delta":{"${name}":${nest}}`,
  )
  const call = `{"index":0,"id":"call_0","function":{"name":"run","arguments":${nest}}}`
  const others = [
    `"delta":{"content":[${nest.replaceAll('"a"', '"thinking"')}]}`,
    `"delta":{"tool_calls":[${call}]}`,
    `"delta":{"tool_calls":${call}}`,
    `"delta":{},"finish_reason":${nest}`,
    `"message":{"content":${nest}}`,
    `"error":${nest}`,
  ]
  return [...deep, ...others].map((said) => `{${envelope},"choices":[{"index":0,${said}}]}`)
}

/** `/v1/chat/completions` as the laws see it. */
export const chat: LawProtocol = {
  name: 'chat',
  createPipeline: (options) => createPipeline({ protocol: 'chat', ...options }),
  // What the project observes and leaves alone (CH-11, CH-12) its output owes to no one.
  judge: (bytes) => judge('chat', bytes, { repairedOnly: true }),
  streams: chatStreams,
  damages: chatDamages,
  losslessDamages: chatLossless,
  foreignNames: ['message', 'chunk', 'error', 'done', 'ping', 'completion.chunk', ''],
  otherTypes: ['ping', 'error', 'message_start', 'response.created', 'chat.completion.chunk', 'x_other', ''],
  nestingFields: ['delta', 'choices', 'error', 'message', 'usage', 'detail'],
  nestings: (nest) => [
    ...nestedChoices(nest),
    `{${envelope},"choices":[],"usage":${nest}}`,
    `{${envelope},"choices":[{"index":0,"delta":{"content":"a"}}],"usage":{"prompt_tokens":${nest}}}`,
    `{"object":"chat.completion","id":"x","choices":[{"index":0,"message":{"content":${nest}},"finish_reason":"stop"}]}`,
  ],
  foreignEvents: [
    { error: { message: 'quota used up', type: 'insufficient_quota', param: null, code: 429 } },
    { error: { message: 'blocked', type: 'guardrail_violation', param: null, code: 'content_filter' } },
    { error: { message: { error: 'blocked', bedrock_guardrail_response: 'no' }, type: 'None', code: '400' } },
    { error: { message: 'engine died', http_status_code: 422 } },
    { error: { code: 500, type: 'server_error' } },
    { error: 'bad gateway' },
    { reason: 'guardrail', error: 'not safe' },
    { error: true, message: 'stopped' },
    { detail: 'not allowed' },
    { detail: [{ loc: ['body'], msg: 'too long' }] },
    { message: 'no such model' },
    { error_type: 'overloaded', error_message: 'later' },
    { object: 'error', message: 'engine died', type: 'InternalServerError', code: 500 },
    { type: 'error', error: { type: 'overloaded_error', message: 'other protocol' } },
    { type: 'error', message: 'flat', code: 500, param: null },
    { ...around, choices: [], error: { code: 502, message: 'upstream died' } },
    { ...chunk({ content: 'last words' }, { finish_reason: 'error' }), error: { code: 502, message: 'upstream died' } },
    chunk({}, { finish_reason: 'error' }),
    chunk({ content: '' }, { error: { code: 500, message: 'inside' } }),
    { ...chunk({ content: 'with a null error' }), error: null },
    { ...chunk({ content: 'with an empty error' }), error: {} },
    { type: 'message_start', message: { id: 'msg_9', type: 'message', role: 'assistant', content: [] } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'other protocol' } },
    { type: 'response.created', sequence_number: 0, response: { id: 'resp_1', output: [] } },
    { type: 'ping' },
    { hook_results: { before_request_hooks: [] } },
    { status: 'queued', position: 3 },
    { ...around, object: 'chat.completion.chunk', choices: null, usage: null },
    { ...around, usage: { prompt_tokens: 1, completion_tokens: '2' } },
    { usage: { prompt_tokens: 1 } },
    {
      ...around,
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content: 'all at once' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    },
    chunk({ content: 'stray' }),
    chunk({ role: 'assistant', content: 'stray' }, { index: 7 }),
    chunk({ content: 'at the end' }, { finish_reason: 'stop' }),
    chunk({
      tool_calls: [{ index: 0, id: 'call_again', type: 'function', function: { name: 'again', arguments: '' } }],
    }),
    chunk({ tool_calls: [{ index: 4, function: { arguments: '{"stray":1}' } }] }),
    chunk({ tool_calls: [{ function: { name: 'nowhere', arguments: '{}' } }] }),
    chunk({ function_call: { name: 'old', arguments: '{"old":true}' } }),
    chunk({ tool_calls: [null] }),
    'gateway timeout',
    '[done]',
    'DONE',
    '{"error":{"message":"cut',
  ],
  endingAfter: chatEnding,
  firstHeld: chatFirstHeld,
  // CH-14: the terminal is the error with its `[DONE]`; nobody waits for the upstream's own.
  behindError: 'data: [DONE]\n\n',
  units: chatUnits,
  placeOf: () => undefined,
  joins: true,
  // D-63: arguments that stayed blank to the end.
  mayBeMade: ({ kind, value }) => kind === 'arguments' && value === '{}',
  endsContent: chatEndsContent,
  smallLimits: [
    { maxFrameBytes: 64 },
    { maxFrameBytes: 260 },
    { maxHeldBytes: 60 },
    { maxHeldFrames: 1 },
    { maxOpenBlocks: 1 },
    { maxDepth: 3 },
    { maxFrameBytes: 400, maxHeldBytes: 300, maxHeldFrames: 2, maxOpenBlocks: 2, maxDepth: 7 },
  ],
}
