import * as schemas from '../../../src/schemas/index.js'
import {
  type ChatSample,
  custom,
  each,
  first,
  logprob,
  noIndex,
  noText,
  oddText,
  oddThoughts,
  verdict,
} from './values.js'

export const choices: Readonly<Record<string, ChatSample>> = {
  chatDeltaChoice: {
    schema: schemas.chatDeltaChoice,
    minimal: { index: 0, delta: {} },
    valid: [
      { index: 1, delta: {}, finish_reason: null, logprobs: null },
      { index: 0, delta: {}, finish_reason: 'some_later_reason', native_finish_reason: 'x' },
      { ...verdict, delta: { content: 'Hi' }, logprobs: { content: [logprob], refusal: null } },
    ],
    broken: [
      ...noIndex,
      ...each(['delta'], [undefined, null, 'Hi', []]),
      ...each(['finish_reason'], ['', 'error', 0, {}]),
      ...each(['logprobs'], [[], { content: {} }, { refusal: [{ token: 'H' }] }]),
      ...each(['content_filter_results', 'content_filter_offsets'], ['x', []]),
      { content_filter_results: { hate: 'safe' } },
      { content_filter_offsets: { end_offset: '9' } },
    ],
  },
  chatFilterChoice: {
    schema: schemas.chatFilterChoice,
    minimal: verdict,
    valid: [
      { index: 0, content_filter_offsets: { check_offset: 1, start_offset: 1, end_offset: 2 }, finish_reason: null },
      { index: 0, content_filter_result: { error: { code: 'content_filter_error', message: '' } } },
    ],
    broken: [
      ...noIndex,
      { delta: {} },
      { delta: null },
      { finish_reason: 'content_filter' },
      { content_filter_results: undefined },
      { content_filter_results: { violence: { filtered: 'no' } } },
    ],
  },
  chatDelta: {
    schema: schemas.chatDelta,
    minimal: {},
    valid: [
      { role: 'assistant', content: '', refusal: null, tool_calls: null, function_call: null },
      { content: null, function_call: { name: 'look', arguments: '' } },
      { role: null, content: null, tool_calls: [first, custom], reasoning_details: [{ type: 'reasoning.text' }] },
      { audio: { id: 'audio_a', transcript: 'Hi' }, reasoning_content: 'So', reasoning: null, annotations: [{}] },
    ],
    broken: [
      ...each(['role'], ['', 'model', 'user', 1]),
      ...oddText('content'),
      ...oddThoughts,
      ...each(['tool_calls'], [{}, 'x', first, [null], [{}]]),
      ...each(['audio'], ['x', [], { data: 1 }, { id: 1 }, { transcript: {} }, { expires_at: '1' }]),
    ],
  },
  chatLogprob: {
    schema: schemas.chatLogprob,
    minimal: logprob,
    valid: [{ ...logprob, bytes: [72], top_logprobs: [{ ...logprob, bytes: null }] }],
    broken: [
      ...noText('token'),
      ...each(['logprob'], [undefined, null, '0']),
      ...each(['bytes'], ['H', ['H']]),
      ...each(['top_logprobs'], [{}, [{ token: 'H' }], [{ logprob: 0 }], [{ ...logprob, bytes: 'H' }]]),
    ],
  },
  promptFilterResult: {
    schema: schemas.promptFilterResult,
    minimal: { prompt_index: 0 },
    valid: [
      { prompt_index: 1, content_filter_results: { jailbreak: { detected: false, filtered: false }, some_later: {} } },
      { prompt_index: 0, content_filter_results: { hate: { severity: 'some_later_word' }, profanity: null } },
    ],
    broken: [
      ...each(['prompt_index'], [undefined, null, '0', -1]),
      ...each(['content_filter_results'], [[], { sexual: true }, { self_harm: { severity: 2 } }]),
      { content_filter_results: { protected_material_code: { detected: 'no' } } },
    ],
  },
}
