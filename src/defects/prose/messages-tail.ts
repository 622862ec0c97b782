/** Prose of the tail codes of `/v1/messages`: `message_delta`, its stop reason, its usage and its place. */
export const messagesTail = {
  'messages/stop-reason-end-turn-with-tool': {
    title: 'The stop reason hides a tool call',
    rule: 'AN-13',
    severity: 'defect',
    action: 'rewrote',
    summary:
      'A tool was called and the stop reason is `end_turn`, or it is a word of another protocol: `stop`, `length`, `tool_calls`, `function_call`, `content_filter`.',
    repair:
      'With a client tool in the message `end_turn` becomes `tool_use`. Foreign words are translated: `stop` to `end_turn`, `length` to `max_tokens`, `tool_calls` and `function_call` to `tool_use`, `content_filter` to `refusal`. Other stop reasons stay; server and MCP tools do not count.',
    emitters: [
      { product: 'LiteLLM', versions: '1.93 to 1.96', issue: 'BerriAI/litellm#34692' },
      { product: 'Bifrost', versions: '1.6.6, 1.6.9', issue: 'maximhq/bifrost#6123' },
      { product: '@musistudio/llms', versions: '1.0.53' },
      { product: 'vLLM agentic-api', issue: 'vllm-project/agentic-api#296' },
      { product: 'a gateway behind oh-my-pi', issue: 'can1357/oh-my-pi#12224' },
    ],
    clients: [
      {
        client: 'AI SDK 5 and 7',
        breaks: 'finish `stop`, or `other` and `unknown` on foreign words: the loop ends and the tool does not run',
      },
      {
        client: 'agent loops that read `stop_reason`',
        breaks: 'end the turn without running the tool; nothing is thrown',
      },
    ],
    catalogue: 'messages 7',
  },
  'messages/stop-reason-tool-use-without-tool': {
    title: 'Stop reason `tool_use` without a tool',
    rule: 'AN-13',
    severity: 'defect',
    action: 'rewrote',
    summary: 'The message ends with `tool_use` and holds no `tool_use` block.',
    repair: 'It becomes `end_turn`. Where a tool was there and had to be dropped, the stream ends in an error instead.',
    emitters: [
      { product: 'an answer captured by a proxy in front of Anthropic', issue: 'earendil-works/pi#9681' },
      { product: 'converters that lost the call' },
    ],
    clients: [{ client: 'agent loops', breaks: 'wait for a tool result or ask again without end' }],
    catalogue: 'messages 33',
  },
  'messages/stop-reason-wrong-value': {
    title: 'A stop reason that cannot be true',
    rule: 'AN-13',
    severity: 'observation',
    action: 'none',
    summary: '`stop_sequence` without the sequence that matched: often a content filter in disguise.',
    repair: 'Only observed: the truth is not on the wire.',
    emitters: [
      { product: '@musistudio/llms', versions: '1.0.53' },
      { product: 'exo', issue: 'exo-explore/exo#2122' },
    ],
    clients: [{ client: 'every client', breaks: 'takes a filtered answer for a finished one' }],
    catalogue: 'messages 58',
  },
  'messages/message-delta-duplicate': {
    title: 'Several `message_delta` that do not agree',
    rule: ['AN-10', 'D-26'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'A second `message_delta` changes the stop reason or sets it back to null, often because it is only there to bring usage.',
    repair:
      'The last event is held; two that contradict, or a later one that would erase, become one. Of the stop reasons refusal, max_tokens, model_context_window_exceeded and pause_turn come first, then tool_use if the blocks say so, then stop_sequence and end_turn; of the usage the last number of each field that is not zero. Several that agree pass.',
    emitters: [
      { product: 'cc-switch', issue: 'farion1231/cc-switch#2366' },
      { product: 'a gateway behind the Python SDK', issue: 'anthropics/anthropic-sdk-python#1940' },
      { product: 'a gateway behind the TypeScript SDK', issue: 'anthropics/anthropic-sdk-typescript#1204' },
      { product: 'LM Studio behind openclaude', issue: 'Gitlawb/openclaude#21' },
    ],
    clients: [
      {
        client: '@anthropic-ai/sdk 0.39 to 1.11',
        breaks: 'the last one wins: stop reason null, or `end_turn` on a tool call',
      },
      { client: 'Claude Code 2.1.79', breaks: 'the last one wins' },
      { client: 'LangChain JS 1.5', breaks: 'joins the words to `tool_useend_turn` and adds the tokens up' },
      { client: 'AI SDK 5 and 7', breaks: 'finish `other`, `unknown` or `stop`' },
    ],
    catalogue: 'messages 31',
  },
  'messages/message-delta-malformed': {
    title: '`message_delta` is missing or says nothing',
    rule: ['AN-9', 'AN-10', 'D-24'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      '`message_stop` comes with no `message_delta` before it, or with one that lacks `delta` or carries a null stop reason.',
    repair:
      'An explicit `message_stop` with every block closed is evidence that the answer is whole: the stop reason is derived from the blocks (`tool_use` or `end_turn`) and reported. A missing event is inserted. Without `message_stop` it is truncation.',
    emitters: [
      { product: 'gateways behind Claude Code', issue: 'anthropics/claude-code#16785' },
      { product: 'Ollama and converters without a finish reason' },
    ],
    clients: [
      {
        client: '@anthropic-ai/sdk 0.39 to 1.11',
        breaks: 'throws when `delta` is missing; stop reason null otherwise',
      },
      { client: 'Claude Code 2.1.79', breaks: 'throws when `delta` is missing' },
      { client: 'anthropic for Python 1.13', breaks: 'AttributeError when `delta` is missing' },
      { client: 'LangChain JS 1.5', breaks: 'throws when `delta` is missing' },
      { client: 'AI SDK 5 and 7', breaks: 'finish `other` or `unknown`' },
    ],
    catalogue: 'messages 32',
  },
  'messages/usage-missing': {
    title: 'Usage is missing',
    rule: ['AN-3', 'AN-9'],
    severity: 'defect',
    action: 'rewrote',
    summary: '`usage` is absent or null in `message_start` or `message_delta`, or lacks a number in it.',
    repair: 'The missing numbers become 0, or what another event told; other fields stay.',
    emitters: [
      { product: 'Bifrost', issue: 'maximhq/bifrost#1732' },
      { product: 'MiniMax-M3', issue: 'earendil-works/pi#6567' },
      { product: 'a backend of hermes-agent', issue: 'NousResearch/hermes-agent#60683' },
      { product: 'backends of gptel', issue: 'karthink/gptel#1331' },
    ],
    clients: [
      { client: '@anthropic-ai/sdk 0.39 to 1.11', breaks: 'TypeError at `message_delta`; the whole answer is lost' },
      { client: 'Claude Code 2.1.79', breaks: 'TypeError, then the request is repeated without streaming' },
      { client: 'LangChain JS 1.5', breaks: 'TypeError' },
      { client: 'anthropic for Python 1.13', breaks: 'AttributeError' },
      { client: 'AI SDK 7', breaks: 'in `message_start` the stream fails; in `message_delta` finish `other`' },
    ],
    catalogue: 'messages 13',
  },
  'messages/usage-zero-or-late': {
    title: 'Usage is zero at the start and comes late',
    rule: ['AN-3', 'AN-23'],
    severity: 'observation',
    action: 'none',
    summary: '`message_start` says 0 input tokens; the real numbers come at the end, in another event, or never.',
    repair:
      'Only observed: `message_start` is never delayed. Numbers learnt from an event that is dropped are written into `message_delta`, which is then a defect with the action `rewrote`.',
    emitters: [
      { product: 'CLIProxyAPI', issue: 'router-for-me/CLIProxyAPI#1700' },
      { product: 'SGLang', issue: 'sgl-project/sglang#20678' },
      { product: 'GLM-5', issue: 'zai-org/GLM-5#139' },
      { product: 'claudish', issue: 'MadAppGang/claudish#123' },
      { product: 'Envoy AI Gateway', issue: 'envoyproxy/ai-gateway#2290' },
      { product: 'claude-code-proxy', issue: '1rgs/claude-code-proxy#86' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#24176' },
    ],
    clients: [{ client: 'every client', breaks: 'context meters, automatic compaction and costs are wrong' }],
    catalogue: 'messages 11',
  },
  'messages/stop-order': {
    title: 'Blocks are stopped after `message_delta`',
    rule: ['AN-11', 'D-25'],
    severity: 'defect',
    action: 'moved',
    summary: 'A server closes blocks only at the very end, behind `message_delta`.',
    repair: '`message_delta` is held for one event anyway; the stops go out in front of it. One defect per stream.',
    emitters: [{ product: 'llama.cpp server (all blocks close at the end)' }, { product: 'new-api (parallel tools)' }],
    clients: [
      { client: 'Claude Code 2.1.79', breaks: 'shows nothing until the end, since blocks appear when they stop' },
      { client: 'AI SDK 5 and 7', breaks: 'loses a signature that comes this late' },
    ],
    catalogue: 'messages 55',
  },
} as const
