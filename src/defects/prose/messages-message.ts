/** Prose of the message codes of `/v1/messages`: the start, its fields, and streams that are something else. */
export const messagesMessage = {
  'messages/message-start-duplicate': {
    title: 'A second `message_start` for the same message',
    rule: 'AN-2',
    severity: 'defect',
    action: 'dropped',
    summary:
      '`message_start` is repeated with the same id, right away or in the middle of the stream, or with another id before any block began.',
    repair: 'The repetition is dropped; usage that only it carries is kept for `message_delta`.',
    emitters: [
      { product: 'LiteLLM', versions: '1.90.3', issue: 'BerriAI/litellm#32478' },
      { product: 'Bifrost', issue: 'maximhq/bifrost#4556' },
      { product: 'Kimi K2.5 (29 of them in one stream)', issue: 'MoonshotAI/Kimi-K2.5#33' },
      { product: 'new-api', issue: 'QuantumNous/new-api#1502' },
      { product: 'Vertex AI relays', issue: 'vercel/ai#18331' },
    ],
    clients: [{ client: '@anthropic-ai/sdk 0.39 to 1.11', breaks: 'throws about the event order; the answer is lost' }],
    catalogue: 'messages 4',
  },
  'messages/message-start-missing': {
    title: 'Content without `message_start`',
    rule: ['AN-2', 'D-30'],
    severity: 'defect',
    action: 'inserted',
    summary:
      'The first event is a block start or a delta; `message_start` comes late, without its `message`, or never.',
    repair:
      'A start is made: derived id, the model of the request or `unknown`, usage of zero. A block start waits one frame for a late `message_start`, a delta does not. A lone ping or error makes none.',
    emitters: [
      { product: 'CLIProxyAPI', issue: 'router-for-me/CLIProxyAPI#530' },
      { product: 'free-claude-code', issue: 'Alishahryar1/free-claude-code#137' },
    ],
    clients: [
      { client: '@anthropic-ai/sdk 1.11', breaks: 'ignores the events, then says that no chunk came' },
      { client: '@anthropic-ai/sdk 0.39 to 0.133', breaks: 'throws about the event order' },
      { client: 'Claude Code 2.1.79', breaks: 'throws that the message was not found' },
      { client: 'anthropic for Python 1.13', breaks: 'RuntimeError about the event order' },
    ],
    catalogue: 'messages 28',
  },
  'messages/message-prefilled': {
    title: '`message_start` already carries the answer',
    rule: ['AN-3', 'D-28'],
    severity: 'defect',
    action: 'rewrote',
    summary: 'A server that does not stream puts the finished message into `message_start`.',
    repair:
      "The start waits one event. Content that nothing repeats is expanded into blocks, and the start goes out with `content: []`. Anthropic's own shape, a prefilled `tool_use` with a stop reason and then `message_stop`, passes.",
    emitters: [{ product: 'servers that only imitate streaming' }],
    clients: [
      { client: 'AI SDK 7', breaks: 'fails on the first chunk' },
      { client: 'AI SDK 5', breaks: 'an empty answer, finish `stop`' },
      { client: 'Claude Code 2.1.79', breaks: 'an empty answer' },
      { client: 'LangChain JS 1.5', breaks: 'an empty answer, stop reason doubled' },
    ],
    catalogue: 'messages 56',
  },
  'messages/required-field-omitted': {
    title: 'A required field is left out',
    rule: ['AN-3', 'AN-15', 'AN-9'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'Serialisers that leave out empty values lose `text: ""`, `thinking: ""`, `input: {}`, `content: []`, `role`, `type` or `stop_sequence`; or `input` comes as a string.',
    repair: 'The field is filled with the value that it starts with. A string of JSON as `input` becomes a delta.',
    emitters: [
      { product: 'sub2api', issue: 'Wei-Shaw/sub2api#1547' },
      { product: 'vLLM', issue: 'vllm-project/vllm#45367' },
      { product: 'vLLM', issue: 'vllm-project/vllm#55324' },
      { product: 'llama.cpp server (`input`)', issue: 'ggml-org/llama.cpp#22960' },
      { product: 'servers seen by C# SDK users', issue: 'anthropics/anthropic-sdk-csharp#181' },
    ],
    clients: [
      { client: 'AI SDK 5 and 7', breaks: 'a validation error and, for each delta, a part that is not found' },
      {
        client: 'anthropic for Python 1.13',
        breaks: 'TypeError when text is added to nothing; AttributeError without `content`',
      },
      {
        client: '@anthropic-ai/sdk 0.39 to 1.11',
        breaks: 'throws without `content`; thinking begins with the word "undefined"; tool input is undefined',
      },
    ],
    catalogue: 'messages 23',
  },
  'messages/unknown-event-type': {
    title: 'An event of another protocol',
    rule: 'AN-18',
    severity: 'defect',
    action: 'dropped',
    summary: 'The gateway adds events of its own: `vertex_event`, heartbeats, hook results, empty objects.',
    repair:
      'Foreign events are dropped. Unknown `message_*` and `content_block_*` events pass in place, since they are rather newer than we are than wrong. `unknownEvents` overrides both.',
    emitters: [
      { product: 'Vertex AI', issue: 'vercel/ai#11309' },
      { product: 'Vertex AI', issue: 'vercel/ai#13350' },
    ],
    clients: [
      {
        client: 'AI SDK 5 and 7',
        breaks: 'a validation error part for each; in the first frame the whole stream fails',
      },
    ],
    catalogue: 'messages 22',
  },
  'messages/message-spliced-retry': {
    title: 'A second message is spliced into the first',
    rule: ['AN-2', 'D-32'],
    severity: 'defect',
    action: 'ended',
    summary:
      'The gateway tried again in the middle of the answer: a `message_start` with another id comes after content went out, or a whole message object.',
    repair: 'The stream ends in an error at once. Two halves of two answers cannot be put together without lying.',
    emitters: [{ product: 'Vertex AI relays', issue: 'vercel/ai#18331' }],
    clients: [
      { client: '@anthropic-ai/sdk 0.39 to 1.11', breaks: 'throws about the event order' },
      { client: 'Claude Code 2.1.79', breaks: 'mixes both answers without an error' },
      { client: 'LangChain JS 1.5', breaks: 'mixes both answers; the call becomes invalid' },
      { client: 'anthropic for Python 1.13', breaks: 'fails on the joined arguments' },
    ],
    catalogue: 'messages 34',
  },
  'messages/content-type-wrong': {
    title: 'A whole message where a stream was promised',
    rule: ['W-1', 'D-12'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'The answer is one message object, as the JSON body or in a single frame; guardrails that block a request answer like this.',
    repair: 'The object is expanded into the events it stands for. A JSON body waits until it is whole.',
    emitters: [
      { product: 'LiteLLM (guardrails, one frame)', issue: 'BerriAI/litellm#38953' },
      { product: 'sub2api', issue: 'Wei-Shaw/sub2api#4610' },
      { product: 'free-claude-code', issue: 'Alishahryar1/free-claude-code#486' },
    ],
    clients: [
      { client: '@anthropic-ai/sdk 0.39 to 1.11', breaks: 'says that no chunk came' },
      { client: 'Claude Code 2.1.79', breaks: 'sees no event and repeats the request' },
      { client: 'AI SDK 5', breaks: 'an empty answer, finish `unknown`' },
      { client: 'LangChain JS 1.5', breaks: 'an empty answer, no error' },
    ],
    catalogue: 'messages 45',
  },
  'messages/raw-openai-chunks': {
    title: 'Chat completion chunks instead of messages events',
    rule: 'AN-2',
    severity: 'defect',
    action: 'ended',
    summary: 'The route leads to a backend that speaks `/v1/chat/completions`, and nothing converts.',
    repair: 'The stream ends in an error that says so. This library does not translate between protocols.',
    emitters: [{ product: 'a messages route without a converter (no report known)' }],
    clients: [
      { client: '@anthropic-ai/sdk 0.39 to 1.11', breaks: 'says that no chunk came' },
      { client: 'Claude Code 2.1.79', breaks: 'sees no event and repeats the request' },
      { client: 'LangChain JS 1.5', breaks: 'an empty answer, no error' },
    ],
    catalogue: 'messages 46',
  },
  'messages/empty-message': {
    title: 'A message without any block',
    rule: 'D-5',
    severity: 'observation',
    action: 'none',
    summary: 'Start and ending are there, nothing is between them.',
    repair: 'Only observed: Anthropic itself ends like this after a refusal or a stop sequence.',
    emitters: [
      { product: 'LiteLLM', versions: '1.90.2', issue: 'BerriAI/litellm#32086' },
      { product: 'gateways behind Claude Code', issue: 'anthropics/claude-code#68882' },
    ],
    clients: [{ client: 'every client', breaks: 'an empty answer that nobody can tell from a failure' }],
    catalogue: 'messages 30',
  },
} as const
