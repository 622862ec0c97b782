/** Prose of the tool codes of `/v1/chat/completions`: index, id, type, name and arguments of tool calls. */
export const chatTools = {
  'chat/tool-index-missing-or-wrong': {
    title: 'A tool call with the wrong index, or with none',
    rule: 'CH-7',
    severity: 'defect',
    action: 'rewrote',
    summary:
      'The `index` of a tool call delta is missing, -1, a string, begins at 1, or is shared by two calls; or one call is continued under another index.',
    repair:
      'Calls are told apart by their index while it agrees with their id, otherwise by the id; where there is neither, a name after whole arguments begins a new call. They are numbered 0, 1, 2 in the order of their first deltas.',
    emitters: [
      { product: 'Mistral (missing)' },
      { product: 'Gemini behind new-api (missing)', issue: 'QuantumNous/new-api#671' },
      { product: 'Gemini behind new-api (missing)', issue: 'QuantumNous/new-api#672' },
      { product: 'LiteLLM (from 1)', versions: '1.90.2', issue: 'BerriAI/litellm#32759' },
      { product: 'LiteLLM (from 1)', issue: 'BerriAI/litellm#12973' },
      { product: 'LiteLLM (from 1)', issue: 'BerriAI/litellm#5231' },
      { product: 'Anthropic behind its own chat endpoint (from 1 after text)' },
      { product: 'MiniMax, NVIDIA NIM (all calls under 0)', issue: 'NousResearch/hermes-agent#62937' },
      { product: 'a server behind Hermes (all calls under 0)', issue: 'NousResearch/hermes-agent#57939' },
      { product: 'a server behind Hermes (all calls under 0)', issue: 'NousResearch/hermes-agent#11863' },
      { product: 'Bedrock Access Gateway', issue: 'aws-samples/bedrock-access-gateway#134' },
      { product: 'Higress', issue: 'alibaba/higress#3786' },
      { product: 'the router of Hugging Face (-1), older Ollama (missing)' },
    ],
    clients: [
      {
        client: 'openai for Node 7, `.stream()`',
        breaks: 'throws about an invalid tool call index, or a TypeError where it begins at 1',
      },
      {
        client: 'openai for Node 6, `.stream()`',
        breaks: 'loses the call silently; a TypeError where the index begins at 1',
      },
      {
        client: 'openai for Python 2.54, `.stream()`',
        breaks: 'TypeError or IndexError; a shared index doubles the name',
      },
      {
        client: 'AI SDK 5, 6 and 7',
        breaks: 'a validation error where the index is missing or a string; the call is lost',
      },
      { client: 'loops that join by index', breaks: 'one call with the arguments of two' },
      { client: '@openai/agents 0.20', breaks: 'looks for a tool with both names in one' },
      { client: 'LangChain JS 1.5', breaks: 'calls with `{}` and fragments that belong to none' },
    ],
    catalogue: 'openai B01',
  },
  'chat/tool-id-missing': {
    title: 'A tool call without an id, or with a changing one',
    rule: ['CH-8', 'CH-9'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'The first delta of a call has no `id`, or an empty one, null or a number; or a later delta has an empty id, null or another one.',
    repair:
      'A missing id is derived, a number becomes a string. On later deltas the id is taken out; one that only repeats the first passes.',
    emitters: [
      { product: 'vLLM', issue: 'vllm-project/vllm#18412' },
      { product: 'SGLang', issue: 'sgl-project/sglang#7048' },
      { product: 'NVIDIA NIM', issue: 'NVIDIA/nim-deploy#182' },
      { product: 'Zhipu', issue: 'CherryHQ/cherry-studio#16322' },
      { product: 'Zhipu', issue: 'CherryHQ/cherry-studio#16000' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#11407' },
      { product: 'Gemini behind its own chat endpoint (empty)' },
      { product: 'Alibaba qwen3-max (empty on later deltas)' },
    ],
    clients: [
      { client: '@openai/agents 0.20', breaks: 'throws that the call has no id; a validation error on numbers' },
      { client: 'LangChain JS 1.5', breaks: 'an invalid call; three calls where the id changes' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'a validation error on numbers' },
      { client: 'openai for Node 4, `.stream()`', breaks: 'throws that the id is missing' },
      {
        client: 'openai for Node 7, `.stream()` with a strict tool',
        breaks: 'throws that the identity of the call changed',
      },
    ],
    catalogue: 'openai B03',
  },
  'chat/tool-name-repeated-split-late': {
    title: 'The name of a tool is repeated, split, late, or never sent',
    rule: ['CH-8', 'CH-9', 'D-62'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'Each delta of a call repeats the name or has an empty one, the name comes in pieces, only after the first delta, or not at all.',
    repair:
      'Repeated and empty names are taken out of later deltas. A late name makes the deltas before it wait (`moved`). Two pieces are joined only where the tools of the request say so. A call that cannot be named ends the stream in an error (`ended`).',
    emitters: [
      { product: 'MiniMax, NVIDIA NIM (repeated)', issue: 'NousResearch/hermes-agent#8259' },
      { product: 'MiniMax, NVIDIA NIM (repeated)', issue: 'NousResearch/hermes-agent#12230' },
      { product: 'Kimi behind Fireworks (repeated)', issue: 'NousResearch/hermes-agent#8094' },
      { product: 'a server behind Open WebUI (repeated)', issue: 'open-webui/open-webui#22177' },
      { product: 'Gemini (split)', issue: 'continuedev/continue#5849' },
      { product: 'zai-glm behind Mistral (empty on later deltas)' },
    ],
    clients: [
      { client: '@openai/agents 0.20', breaks: 'looks for a tool with the name written three times' },
      { client: 'openai for Python 2.54, `.stream()`', breaks: 'doubles the name' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'a late name ends the stream; a split one makes two broken calls' },
      {
        client: 'openai for Node 7, `.stream()` with a strict tool',
        breaks: 'throws that the identity of the call changed',
      },
    ],
    catalogue: 'openai B04',
  },
  'chat/tool-type-missing': {
    title: 'A tool call without its type',
    rule: ['CH-8', 'CH-9'],
    severity: 'defect',
    action: 'rewrote',
    summary: 'The first delta of a call has no `type`, or a later one has an empty one or null.',
    repair: '`type: "function"` is added to the first delta and taken out of later ones where it is empty or null.',
    emitters: [
      { product: 'vLLM', issue: 'vllm-project/vllm#16340' },
      { product: 'Azure AI Foundry', issue: 'vercel/ai#12901' },
      { product: 'Mistral', issue: 'vercel/ai#12770' },
      { product: 'a server behind the AI SDK', issue: 'vercel/ai#5350' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#2645' },
    ],
    clients: [
      { client: 'openai for Node 6 and 7, `.stream()`', breaks: 'throws that the snapshot of the call has no `type`' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'a validation error on an empty type; the arguments are lost' },
      { client: 'openai for Python 2.54, `.stream()`', breaks: 'AssertionError on an empty type or null' },
    ],
    catalogue: 'openai B07',
  },
  'chat/tool-args-shape': {
    title: 'The arguments or the calls have the wrong shape',
    rule: ['CH-10', 'CH-8', 'D-63'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      '`arguments` is an object, an array or null, begins with a `{}` that does not belong there, comes twice, or stays blank; `tool_calls` is an object, `function` is null, or the call comes as the old `function_call`.',
    repair:
      "Objects become JSON text, a leading `{}` and a repetition of the whole call are dropped, blank arguments become `{}` in front of the finish, and `function_call` becomes a tool call. A choice's last `{}` waits for the next delta.",
    emitters: [
      { product: 'MiniMax (object)', issue: 'can1357/oh-my-pi#1779' },
      { product: 'Portkey (object)', issue: 'Portkey-AI/gateway#772' },
      { product: 'Text Generation Inference (object)', issue: 'huggingface/text-generation-inference#2794' },
      { product: 'Text Generation Inference (object)', issue: 'huggingface/text-generation-inference#2949' },
      { product: 'Bedrock (a leading `{}`)', issue: 'openai/openai-agents-js#712' },
      { product: 'servers behind Kilo (blank)', issue: 'Kilo-Org/cloud#4753' },
      { product: 'servers behind Qwen Code (blank)', issue: 'QwenLM/qwen-code#6249' },
      { product: 'Groq (null)' },
    ],
    clients: [
      {
        client: 'openai for Node 4 to 7',
        breaks: 'arguments that read `[object Object]`; doubled ones where the call is repeated',
      },
      { client: 'openai for Python 2.54, raw', breaks: 'TypeError on an object' },
      {
        client: 'AI SDK 5, 6 and 7',
        breaks: 'a validation error on an object, an invalid call on blank ones; runs a repeated call twice',
      },
      { client: '@openai/agents 0.20', breaks: 'no call on an object or on blank arguments' },
      { client: 'LangChain JS 1.5', breaks: 'an invalid call; on blank arguments `{}`' },
      { client: 'every client', breaks: 'does not see the old `function_call`' },
    ],
    catalogue: 'openai B08',
  },
  'chat/truncated-tool-args': {
    title: 'The arguments of a tool call are cut off',
    rule: ['D-60', 'CH-10', 'Law 6'],
    severity: 'defect',
    action: 'ended',
    summary:
      'At a finish that claims a whole call (`tool_calls` or `stop`), or at the end of the stream, the arguments are a beginning of JSON that lacks its end.',
    repair:
      'The stream ends in an error. What came has gone out; the JSON is never completed, and never becomes `{}`. Under `length` and `content_filter` cut arguments are legal and pass.',
    emitters: [{ product: 'every gateway whose connection breaks inside a call' }],
    clients: [
      { client: 'LangChain JS 1.5', breaks: 'runs the tool with `{}`' },
      { client: 'openai for Node 4 to 7 and for Python 2.54, raw', breaks: 'broken JSON, no error' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'an invalid call' },
    ],
    catalogue: 'openai B18',
  },
  'chat/tool-args-malformed': {
    title: 'Arguments that are no JSON',
    rule: ['CH-10', 'Law 5'],
    severity: 'observation',
    action: 'none',
    summary: 'The arguments of a call are the beginning of no JSON object: loose words, tags of a prompt format.',
    repair: 'Only observed: it is what the model wrote, and the client has to answer it.',
    emitters: [{ product: 'Together (tags of a prompt format in the arguments)' }],
    clients: [
      { client: 'AI SDK 5, 6 and 7', breaks: 'an invalid call, which the model is told about' },
      { client: 'LangChain JS 1.5', breaks: 'an invalid tool call' },
    ],
    catalogue: 'openai B08',
  },
} as const
