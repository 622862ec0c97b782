import * as schemas from '../../../src/schemas/index.js'
import {
  brokenEnvelope,
  type ChatSample,
  chunk,
  details,
  each,
  envelope,
  oddCount,
  prompts,
  usage,
  verdict,
} from './values.js'

export const chunks: Readonly<Record<string, ChatSample>> = {
  chatCompletionChunk: {
    schema: schemas.chatCompletionChunk,
    minimal: { ...chunk, choices: [] },
    valid: [
      { ...chunk, choices: [], usage },
      { ...chunk, id: '', model: '', created: 1.5, choices: [{ index: 0, delta: {} }], usage: null },
      { ...chunk, choices: [verdict, { index: 1, delta: { content: 'Hi' } }], usage },
      {
        ...chunk,
        choices: [],
        service_tier: null,
        system_fingerprint: 'fp',
        obfuscation: '',
        prompt_filter_results: prompts,
      },
    ],
    broken: [
      ...brokenEnvelope,
      ...each(['object'], [undefined, null, '', 'chat.completion', 'completion.chunk']),
      ...each(['choices'], [undefined, null, {}, [null], [{}]]),
      ...each(['usage'], [0, [], {}, { ...usage, total_tokens: undefined }]),
    ],
  },
  chatFilterChunk: {
    schema: schemas.chatFilterChunk,
    minimal: { id: '', created: 0, model: '', object: '', choices: [] },
    valid: [
      { id: '', created: 0, model: '', object: '', choices: [], prompt_filter_results: prompts },
      { ...envelope, object: '', choices: [{ ...verdict, finish_reason: null, logprobs: null }], usage: null },
    ],
    broken: [...brokenEnvelope, { object: undefined }, { choices: undefined }, { choices: [{ index: 0 }] }, { usage }],
  },
  chatBareChunk: {
    schema: schemas.chatBareChunk,
    minimal: chunk,
    valid: [{ ...chunk, usage: null, obfuscation: 'x' }],
    broken: [...brokenEnvelope, { object: '' }, { choices: null }, { choices: [] }, { usage }],
  },
  chatErrorEvent: {
    schema: schemas.chatErrorEvent,
    minimal: { error: { message: 'It broke.' } },
    valid: [
      { error: { message: '', type: 'server_error', param: null, code: null } },
      { error: { message: 'No.', type: null, param: 'messages', code: 400, later: [] } },
      { error: { message: 'No.', code: 'tool_use_failed' }, id: 'chatcmpl-a' },
    ],
    broken: [
      ...each(['error'], [undefined, null, true, 'It broke.', {}, { message: {} }, { message: null }]),
      ...each(['choices'], [null, [], [{ index: 0, delta: {}, finish_reason: 'error' }]]),
      { error: { message: 'x', code: {} } },
      { error: { message: 'x', type: 1 } },
      { error: { message: 'x', param: ['x'] } },
    ],
  },
  chatUsage: {
    schema: schemas.chatUsage,
    minimal: usage,
    valid: [
      { ...usage, ...details, cost: { usd: 0.1 } },
      { ...usage, prompt_tokens_details: null, completion_tokens_details: null },
    ],
    broken: [
      ...each(['prompt_tokens', 'completion_tokens', 'total_tokens'], [undefined, null, '2', 0.5]),
      ...each(
        ['prompt_tokens_details', 'completion_tokens_details'],
        [0, [], { audio_tokens: '1' }, { text_tokens: 0.5 }],
      ),
    ],
  },
  promptTokensDetails: {
    schema: schemas.promptTokensDetails,
    minimal: {},
    valid: [{ cached_tokens: 0, cache_write_tokens: null, audio_tokens: 1, image_tokens: 2, text_tokens: 3 }],
    broken: oddCount('cached_tokens', 'cache_write_tokens', 'audio_tokens', 'image_tokens', 'text_tokens'),
  },
  completionTokensDetails: {
    schema: schemas.completionTokensDetails,
    minimal: {},
    valid: [{ reasoning_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: null, audio_tokens: 0 }],
    broken: oddCount(
      'reasoning_tokens',
      'accepted_prediction_tokens',
      'rejected_prediction_tokens',
      'audio_tokens',
      'text_tokens',
    ),
  },
}
