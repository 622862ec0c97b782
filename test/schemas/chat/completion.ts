import * as schemas from '../../../src/schemas/index.js'
import {
  type ChatSample,
  each,
  envelope,
  message,
  noIndex,
  noText,
  oddText,
  oddThoughts,
  prompts,
  usage,
  verdict,
} from './values.js'

export const completion: Readonly<Record<string, ChatSample>> = {
  chatCompletion: {
    schema: schemas.chatCompletion,
    minimal: { ...envelope, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: 'stop' }] },
    valid: [
      { ...envelope, object: 'chat.completion', choices: [], usage, metadata: {}, prompt_filter_results: prompts },
    ],
    broken: [
      ...noText('id', 'model'),
      ...each(['object'], [undefined, '', 'chat.completion.chunk']),
      ...each(['created'], [undefined, '1']),
      ...each(['choices'], [undefined, null, {}, [{ index: 0, delta: {}, finish_reason: 'stop' }]]),
      { error: null },
      { usage: { prompt_tokens: 1 } },
    ],
  },
  chatCompletionChoice: {
    schema: schemas.chatCompletionChoice,
    minimal: { index: 0, message, finish_reason: 'stop' },
    valid: [{ ...verdict, message, finish_reason: 'tool_calls', logprobs: { content: null } }],
    broken: [
      ...noIndex,
      ...each(['message'], [undefined, null, 'Hi', {}]),
      ...each(['finish_reason'], [undefined, null, '', 'error', 1]),
      { logprobs: [] },
      { content_filter_results: [] },
    ],
  },
  chatCompletionMessage: {
    schema: schemas.chatCompletionMessage,
    minimal: { role: 'assistant' },
    valid: [
      { ...message, tool_calls: [{ type: 'some_later_tool', points: [1] }], function_call: null, annotations: [] },
      { ...message, audio: { id: 'audio_a', data: 'AAAA', transcript: 'Hi', expires_at: 1 }, reasoning: 'So' },
    ],
    broken: [
      ...each(['role'], [undefined, null, '', 'model']),
      ...oddText('content'),
      ...oddThoughts,
      ...each(['tool_calls'], [{}, [{}], [{ type: '' }], [{ type: 'function', id: 'call_a' }]]),
      ...each(['audio'], [{}, { id: 'audio_a' }, 'AAAA']),
    ],
  },
}
