/** Prose of the chunk codes of `/v1/chat/completions`: envelope, choices, role, delta, content, usage, bodies. */
export const chatChunks = {
  'chat/chunk-envelope': {
    title: 'A chunk without the fields that every chunk has',
    rule: ['CH-2', 'CH-1', 'CH-13'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      '`id`, `object`, `created`, `model` or the `index` of a choice is missing, null or of the wrong type, `object` is another word than `chat.completion.chunk`, `choices` is missing, or the id changes from chunk to chunk.',
    repair:
      'What is missing is filled from the chunks before it, or derived where none had it; the first id stays. A `created` or `model` that changes passes, and so does the empty envelope of the filter chunk that Azure sends first.',
    emitters: [
      { product: 'Cloudflare Workers AI (no `index`)', issue: 'vercel/ai#4031' },
      { product: 'LiteLLM (a new id for each chunk)', issue: 'BerriAI/litellm#1571' },
      { product: 'Moonshot (no `object`)' },
      { product: 'Together (`object: "completion.chunk"`)' },
      { product: 'Perplexity (the id changes, the last `object` is `chat.completion.done`)' },
      { product: 'Gemini behind its own chat endpoint (no id)' },
      { product: 'Snowflake and Text Generation Inference (an empty id)' },
    ],
    clients: [
      {
        client: 'openai for Python 2.54, `.stream()`',
        breaks: 'AssertionError without `object`, TypeError without `index`',
      },
      {
        client: 'openai for Node 6 and 7, `.stream()`',
        breaks:
          'without `index` throws about an invalid choice, or that no message was produced; without `choices` that it is not iterable',
      },
      {
        client: 'AI SDK 5, 6 and 7',
        breaks:
          'a validation error per chunk without `index` or `choices`, or whose `created` is a string; the text is lost',
      },
      { client: '@openai/agents 0.20', breaks: 'an empty answer without `index`' },
    ],
    catalogue: 'openai B11',
  },
  'chat/role-missing-or-invalid': {
    title: 'The role is missing, empty, wrong, or repeated',
    rule: ['CH-3', 'D-1'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'No delta of a choice says `role: "assistant"` at the beginning, the role is null, empty or `model`, or every delta repeats it.',
    repair:
      'The first delta of each choice gets `role: "assistant"`; on later ones the role is taken out. Audio streams, which open two times, are left alone.',
    emitters: [
      { product: 'servers behind LangChain JS', issue: 'langchain-ai/langchainjs#11468' },
      { product: 'servers behind LibreChat', issue: 'danny-avila/LibreChat#1221' },
      { product: 'zai-glm-5-2 behind Mistral, Groq compound models (missing)' },
      { product: 'LiteLLM with `n: 2` (missing in the second choice)' },
      { product: 'gateways in front of Gemini (`model`)' },
      { product: 'OpenRouter, Together, Databricks, Perplexity (repeated)' },
    ],
    clients: [
      { client: 'openai for Node 6 and 7, `.stream()`', breaks: 'throws `missing role for choice 0`' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'with an empty or another role a validation error; the text is lost' },
      { client: 'LangChain JS 1.5', breaks: 'loses the tool calls where the role is empty' },
    ],
    catalogue: 'openai B06',
  },
  'chat/delta-missing': {
    title: 'A choice without a delta',
    rule: 'CH-6',
    severity: 'defect',
    action: 'rewrote',
    summary: '`delta` is missing, null or no object in a choice.',
    repair:
      "An empty object takes its place. A choice that carries nothing but Azure's content filter results, and no finish reason, passes.",
    emitters: [
      { product: 'Azure OpenAI with the asynchronous filter', issue: 'microsoft/autogen#6465' },
      { product: 'Azure OpenAI', issue: 'langchain-ai/langchain#18977' },
      { product: 'Azure OpenAI', issue: 'openai/openai-python#1677' },
      { product: 'Azure OpenAI', issue: 'Azure/azure-sdk-for-net#38214' },
    ],
    clients: [
      { client: 'openai for Node 4, `.stream()`', breaks: 'TypeError' },
      {
        client: 'loops over `choices[0].delta.content`',
        breaks: 'TypeError in JavaScript, AttributeError on `NoneType` in Python',
      },
      {
        client: 'LangChain JS 1.5 and openai for Python 2.54, `.stream()`',
        breaks: 'lose the finish reason of a choice without a delta',
      },
    ],
    catalogue: 'openai B09',
  },
  'chat/content-not-string': {
    title: 'Content in parts, or under `message`',
    rule: ['CH-6', 'D-12'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      '`delta.content` is an array of parts or an object, or the choice has a `message` in place of its `delta`.',
    repair:
      'Text parts are joined to a string, thinking parts become `reasoning_content`; `message` becomes `delta`, and is taken out where it only repeats what was said.',
    emitters: [
      { product: 'Mistral while it thinks (array)', issue: 'vercel/ai#8012' },
      { product: 'Mistral (array)', issue: 'n8n-io/n8n#37352' },
      { product: 'Mistral (array)', issue: 'CherryHQ/cherry-studio#10343' },
      { product: 'adapters like one-api, old LM Studio (`message`)' },
      { product: 'Perplexity (`message` beside `delta`)' },
    ],
    clients: [
      { client: 'AI SDK 5, 6 and 7', breaks: 'a validation error on parts; text under `message` is lost silently' },
      { client: 'openai for Node 4 to 7, @openai/agents 0.20', breaks: 'write `[object Object]` into the text' },
      { client: 'LangChain JS 1.5', breaks: 'an empty text, no error' },
      {
        client: 'openai for Python 2.54',
        breaks: 'TypeError in loops that join the content; `.stream()` an empty text or a RuntimeError',
      },
    ],
    catalogue: 'openai B12',
  },
  'chat/split-choices': {
    title: 'One answer is spread over several choices',
    rule: ['CH-2', 'D-61'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'Text and tool calls of one answer come under different choice indices, or the only choice has another index than 0, though one choice was asked for.',
    repair:
      'They are folded into choice 0: only where `n` is known to be 1, or where it is unknown and the first index is not 0.',
    emitters: [
      { product: 'GitHub Copilot', issue: 'HKUDS/nanobot#1555' },
      { product: 'GitHub Copilot', issue: 'ericc-ch/copilot-api#81' },
    ],
    clients: [
      {
        client: 'openai for Node 6 and 7 and for Python 2.54, `.stream()`; @openai/agents 0.20',
        breaks: 'lose the tool call silently; with index 1 alone they throw or return nothing',
      },
    ],
    catalogue: 'openai B13',
  },
  'chat/usage-chunk-shape': {
    title: 'A usage chunk without choices, or usage in the wrong shape',
    rule: ['CH-1', 'CH-12'],
    severity: 'defect',
    action: 'rewrote',
    summary: 'The usage chunk has no `choices`, or null; counts are strings, or the total is missing.',
    repair:
      '`choices: []`, numbers, and the sum as the total. Usage on every chunk or on the finish chunk passes: the last one counts.',
    emitters: [
      { product: 'zukijourney', issue: 'anomalyco/opencode#1298' },
      { product: 'ATOM', issue: 'ROCm/ATOM#1711' },
      { product: 'v0', issue: 'vercel/ai#7417' },
      { product: 'Portkey', issue: 'Portkey-AI/gateway#1629' },
    ],
    clients: [
      { client: 'openai for Node 6 and 7, `.stream()`', breaks: 'throws `chunk.choices is not iterable`' },
      { client: 'openai for Python 2.54, `.stream()`', breaks: 'TypeError on `NoneType`' },
      { client: 'loops over `choices[0]`', breaks: 'TypeError' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'a validation error; the usage is lost' },
      { client: '@openai/agents 0.20', breaks: 'a validation error on strings' },
    ],
    catalogue: 'openai B05',
  },
  'chat/empty-or-null-frames': {
    title: 'An object that is no chunk',
    rule: ['CH-1', 'W-2'],
    severity: 'defect',
    action: 'dropped',
    summary: 'The gateway sends objects without choices, usage or error: `{}`, pings, hook results.',
    repair: "They are dropped; nothing of the answer is in them. `unknownEvents: 'pass'` lets them through.",
    emitters: [
      { product: 'Portkey with `strictOpenAiCompliance: false` (hook results in front)' },
      { product: 'gateways that send pings as data' },
    ],
    clients: [
      { client: 'openai for Node 6 and 7, `.stream()`', breaks: 'throws `chunk.choices is not iterable`' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'a validation error for each' },
      { client: 'loops over `choices[0]`', breaks: 'TypeError' },
    ],
    catalogue: 'openai B16',
  },
  'chat/non-stream-body': {
    title: 'A whole completion where a stream was promised',
    rule: ['W-1', 'D-12', 'D-65'],
    severity: 'defect',
    action: 'rewrote',
    summary: 'The body is one JSON document, a chat completion.',
    repair:
      'It is expanded into the chunks it stands for, each choice with one delta per kind of content, and `[DONE]`. Its usage rides on the finish chunk unless the request asked for a usage chunk.',
    emitters: [
      { product: '9router', issue: 'decolua/9router#3051' },
      { product: 'gateways that ignore `stream: true` or answer out of a cache' },
    ],
    clients: [
      { client: 'openai for Node 4 to 7 and for Python 2.54, raw; @openai/agents 0.20', breaks: 'no chunk, no error' },
      { client: 'openai for Node 6 and 7, `.stream()`', breaks: 'says that the request ended without any chunk' },
      { client: 'openai for Python 2.54, `.stream()`', breaks: 'AssertionError' },
      { client: '@ai-sdk/openai-compatible 2 and 3', breaks: 'says that the finish reason is missing' },
    ],
    catalogue: 'openai B17',
  },
  'chat/empty-200': {
    title: 'Status 200 and no completion',
    rule: ['CH-16', 'D-5'],
    severity: 'defect',
    action: 'ended',
    summary:
      'The body is empty, or holds nothing but comments, pings, usage and `[DONE]`: no content, no tool call, no role, no finish reason.',
    repair: 'One error with a fixed sentence, then `[DONE]`. End state `empty`, whatever the ending says.',
    emitters: [
      { product: 'LiteLLM', issue: 'BerriAI/litellm#13982' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#42724' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#12854' },
      { product: 'Ollama (an error read as an empty chunk)' },
    ],
    clients: [
      { client: 'openai for Node 4 to 7 and for Python 2.54, raw; @openai/agents 0.20', breaks: 'no chunk, no error' },
      { client: 'openai for Node 6 and 7, `.stream()`', breaks: 'says that the request ended without any chunk' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'an empty answer' },
    ],
    catalogue: 'openai B17, C-E21',
  },
  'chat/foreign-protocol': {
    title: 'Events of another protocol instead of chat chunks',
    rule: ['CH-1', 'D-5'],
    severity: 'defect',
    action: 'ended',
    summary: "The base URL leads to a server that answers with Anthropic's messages or with Responses events.",
    repair:
      'The stream ends at the first of them in an error that says so. This library repairs a protocol, it does not translate one into another. End state `not-a-stream`.',
    emitters: [{ product: 'wrong base URLs and routes' }],
    clients: [
      { client: 'openai for Node 6 and 7, `.stream()`', breaks: 'throws `chunk.choices is not iterable`' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'one validation error per event' },
      { client: 'loops over `choices[0]`', breaks: 'TypeError' },
    ],
    catalogue: 'openai A19',
  },
} as const
