/** Prose of the item codes of `/v1/responses`: ids, positions, shapes, beginnings and endings of items. */
export const responsesItems = {
  'responses/item-id-mismatch': {
    title: 'An item id that is not the announced one',
    rule: ['RE-7', 'D-40'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      "`item_id` or `item.id` is missing, null, the response's id (`resp_…`), the id of the backend (`chatcmpl-…`), or another one in every event.",
    repair:
      'The first id seen at a position stands and every later mention is rewritten to it, in the terminal snapshot too. Where there is none it is derived from the response id and the position. `call_id` is never touched.',
    emitters: [
      { product: 'GitHub Copilot (every id changes with every event)', issue: 'vercel/ai#18548' },
      { product: 'LiteLLM with Gemini', issue: 'BerriAI/litellm#19125' },
      { product: 'LiteLLM (`chatcmpl-…`)', issue: 'BerriAI/litellm#27671' },
      { product: 'LiteLLM (ids per reasoning delta)', issue: 'BerriAI/litellm#37946' },
      { product: 'LiteLLM', versions: '1.83.7', issue: 'anomalyco/opencode#25487' },
      { product: 'an upstream of Cherry Studio', issue: 'CherryHQ/cherry-studio#14140' },
      { product: 'llama.cpp server', issue: 'cline/cline#12132' },
      { product: 'GitHub Copilot behind opencode', issue: 'anomalyco/opencode#995' },
    ],
    clients: [
      {
        client: 'AI SDK 5 and 6',
        breaks:
          '`text part … not found` for every delta and an empty answer; rotating reasoning ids end in a TypeError that takes the text along',
      },
      { client: 'openai for Node 7, `.stream()`', breaks: 'throws that it expected another id' },
      { client: '@ai-sdk/xai 3.0', breaks: 'doubles the text' },
    ],
    catalogue: 'openai A05',
  },
  'responses/item-id-odd': {
    title: 'An item id with an unusual prefix',
    rule: ['RE-7', 'D-1'],
    severity: 'observation',
    action: 'none',
    summary:
      'The id of an item does not begin as ids of its type do at OpenAI (`msg_`, `rs_`, `fc_`, `ctc_` and so on).',
    repair: 'Only observed: the id is consistent, and clients do not read meaning into it.',
    emitters: [{ product: 'OpenRouter (`gen-…`), DeepSeek, xAI' }],
    clients: [
      {
        client: 'every client',
        breaks: 'this turn works; OpenAI itself refuses such an id when the item is sent back to it',
      },
    ],
    catalogue: 'openai A05',
  },
  'responses/item-added-missing': {
    title: 'An event for an item that was never announced',
    rule: ['RE-4', 'D-40', 'D-43'],
    severity: 'defect',
    action: 'inserted',
    summary:
      'Deltas, parts or a done arrive and no `response.output_item.added` came before them. In its barest form the stream is text deltas and nothing else.',
    repair:
      'The item is announced in front of the event, of the type that the event implies, at the next index. A later announcement of the same item is dropped. A function call can only be announced once its name is known.',
    emitters: [
      { product: 'LiteLLM with gpt-5.3-codex', issue: 'BerriAI/litellm#22102' },
      { product: 'LiteLLM (the message after reasoning)', issue: 'BerriAI/litellm#41185' },
      { product: 'llm-gateway', issue: 'mnfst/llm-gateway#2064' },
      { product: 'cc-switch', versions: '5.9.3', issue: 'SaladDay/cc-switch-cli#387' },
      { product: 'agentic-api', issue: 'vllm-project/agentic-api#66' },
      { product: 'a provider behind Codex', issue: 'openai/codex#15720' },
    ],
    clients: [
      { client: 'AI SDK 5, 6 and 7', breaks: '`text part … not found` for every delta, and an empty answer' },
      { client: 'openai for Node 4, 6 and 7, `.stream()`', breaks: 'throws `missing output at index 0`' },
      { client: 'openai for Python 2.54, `.stream()`', breaks: 'IndexError' },
      { client: 'Codex 0.169', breaks: 'shows no delta; the text only appears if the item is done later' },
    ],
    catalogue: 'openai A03',
  },
  'responses/indices-missing-or-wrong': {
    title: 'Indices that are missing, fixed or shifted',
    rule: ['RE-5', 'RE-6', 'D-40'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      '`output_index`, `content_index` or `summary_index` is absent, no integer, negative, begins at 1, skips, is the same for every item, counts deltas instead of parts, or differs between an announcement and its done.',
    repair:
      'Items are numbered in the order in which they first appear, parts likewise inside their item. Which item an event means is decided by its id first, then by index and family, then by the only open item of the family.',
    emitters: [
      { product: 'llama.cpp server', issue: 'ggml-org/llama.cpp#20607' },
      { product: 'an upstream of maki', issue: 'tontinton/maki#514' },
      { product: 'Bifrost (always 0)', issue: 'maximhq/bifrost#604' },
      { product: 'SGLang (begins at 1)', issue: 'sgl-project/sglang#12644' },
      { product: 'vLLM with MCP reasoning (-1)', issue: 'vllm-project/vllm#30192' },
      { product: 'vLLM (done one higher than added)', issue: 'vllm-project/vllm#31761' },
      { product: 'vLLM with gpt-oss', issue: 'vllm-project/vllm#24788' },
      { product: 'better-ccflare (content_index is output_index)', issue: 'tombii/better-ccflare#233' },
      { product: 'LiteLLM (done out of order)', issue: 'BerriAI/litellm#36356' },
      { product: 'responses.js by Hugging Face (0 in every announcement)' },
      { product: 'Ollama (a call takes over the index of the open message)' },
    ],
    clients: [
      {
        client: 'openai for Node 4 and 6, `.stream()`',
        breaks: 'throws about a missing output or content; with one index for two items it merges them silently',
      },
      { client: 'openai for Node 7, `.stream()`', breaks: 'throws on an index that is used again' },
      { client: 'openai for Python 2.54, `.stream()`', breaks: 'TypeError, IndexError or AssertionError' },
      { client: 'AI SDK 6 and 7', breaks: 'validation errors without `output_index`; text and tools are lost' },
      { client: 'AI SDK 5', breaks: 'drops the event silently, then cannot find the part' },
      { client: 'LangChain JS 1.5', breaks: 'loses tool arguments' },
    ],
    catalogue: 'openai A07',
  },
  'responses/item-shape-incomplete': {
    title: 'An item or a part without its required fields',
    rule: ['RE-4', 'RE-6'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'A message without `content`, `role` or `status`, reasoning without `summary`, a part without `text`, `content: null`, `item: null`; or a done whose text, content or name is blank although it was there before.',
    repair:
      'The fields are filled with the values an item of its type has at that point, in a done with what was streamed. A null item is dropped and whatever comes for it opens it.',
    emitters: [
      { product: 'new-api', versions: '1.0.0-rc.21', issue: 'QuantumNous/new-api#7087' },
      { product: 'Bifrost', versions: 'transports 1.6.11', issue: 'maximhq/bifrost#6455' },
      { product: 'Volcengine Ark, DashScope', issue: 'agentclientprotocol/codex-acp#266' },
      { product: 'gpt-load', issue: 'tbphp/gpt-load#732' },
      { product: 'vLLM', issue: 'vllm-project/vllm#41355' },
      {
        product: 'CLIProxyAPI (blank name in a finished call)',
        versions: '6.5.52',
        issue: 'router-for-me/CLIProxyAPI#1004',
      },
      { product: 'an upstream of cindy (part without text)', issue: 'makecindy/cindy#4509' },
      { product: 'a server seen by openai for Python (`item: null`)', issue: 'openai/openai-python#3125' },
    ],
    clients: [
      {
        client: 'openai for Node 4, 6 and 7, `.stream()`',
        breaks: 'TypeError without `content` or `summary`; a part without text is not found',
      },
      {
        client: 'openai for Python 2.54, `.stream()`',
        breaks: 'AttributeError, or TypeError when text is added to nothing',
      },
      { client: 'Codex 0.169', breaks: 'cannot parse the item: no delta is shown, or no answer at all' },
      { client: 'AI SDK 6 and 7', breaks: 'lose a finished call without `status` to a validation error (5 silently)' },
    ],
    catalogue: 'openai A08',
  },
  'responses/item-done-missing': {
    title: 'Something that was opened is never done',
    rule: ['RE-11', 'D-43'],
    severity: 'defect',
    action: 'inserted',
    summary:
      'The next item or the terminal comes while a text, a part, the arguments of a call or an item is still open. `path` names the event that is missing.',
    repair:
      'The missing events are inserted, innermost first, with what was streamed. Messages, reasoning and calls with whole arguments are closed; a call with cut arguments is not.',
    emitters: [
      { product: 'CLIProxyAPI', versions: '7.2.123', issue: 'router-for-me/CLIProxyAPI#4860' },
      { product: 'Hermes (a call)', issue: 'NousResearch/hermes-agent#92764' },
      { product: 'an upstream of opencode (a call)', issue: 'anomalyco/opencode#37159' },
      { product: 'LlamaStack (`output_text.done`)', issue: 'ogx-ai/ogx#5309' },
      { product: 'vLLM with harmony', issue: 'vllm-project/vllm#37071' },
      { product: 'Portkey with Gemini, Ollama with text in front of a call' },
    ],
    clients: [
      { client: 'Codex 0.169', breaks: 'takes the answer from the finished item: it is empty, and the turn succeeds' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'never see the tool call' },
      { client: 'LangChain JS 1.5', breaks: 'never sees the tool call' },
      { client: 'openai for Node 7, `.stream()`', breaks: 'refuses to complete with unfinished items' },
    ],
    catalogue: 'openai A09',
  },
  'responses/duplicate-or-late-events': {
    title: 'The same event twice, or too late',
    rule: ['RE-12', 'D-46', 'D-40'],
    severity: 'defect',
    action: 'dropped',
    summary:
      'A second `response.created`, a second announcement or done of one item or part, or content for a finished item that the item already has.',
    repair: 'The repetition is dropped. Late content that is new is not lost: it opens a new item.',
    emitters: [
      { product: 'Bedrock Mantle behind Hermes', issue: 'NousResearch/hermes-agent#41332' },
      { product: 'a server seen by pipecat', issue: 'pipecat-ai/pipecat#4852' },
    ],
    clients: [
      { client: 'openai for Node 7, `.stream()`', breaks: 'throws about a duplicate index' },
      { client: 'AI SDK 5, 6 and 7', breaks: '`text part … not found` for late deltas' },
      { client: 'LangChain JS 1.5', breaks: 'joins arguments that came twice into an invalid call' },
    ],
    catalogue: 'openai A23',
  },
  'responses/built-in-tool-events-incomplete': {
    title: 'Events of a built-in tool that name no item',
    rule: ['RE-4', 'RE-7', 'D-40'],
    severity: 'defect',
    action: 'rewrote',
    summary: 'Progress events such as `response.mcp_call.completed` come without `item_id` or `output_index`.',
    repair: 'Both are filled from the open item of that type.',
    emitters: [{ product: 'responses.js by Hugging Face' }],
    clients: [
      { client: 'openai for Node 6 and 7, `.stream()`', breaks: 'throws about the missing id or index' },
      { client: 'AI SDK 6 and 7', breaks: 'a validation error' },
    ],
    catalogue: 'openai A27',
  },
} as const
