/** Prose of the ending codes of `/v1/responses`: terminals, their snapshots, usage, and the error pair. */
export const responsesEnding = {
  'responses/completed-output-empty': {
    title: 'The terminal snapshot has no output',
    rule: ['RE-14', 'D-44'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'After a good stream `response.completed` says `output: []` or null, has no `output`, is nothing but an id and a status, or lacks some of the items.',
    repair:
      "The items that went out fill it, in order. What the upstream's snapshot has stays as it is, item by item, apart from ids and order. `response.failed` is left alone.",
    emitters: [
      { product: 'the ChatGPT backend behind CLIProxyAPI', issue: 'router-for-me/CLIProxyAPI#2626' },
      { product: 'the ChatGPT backend behind Hermes', issue: 'NousResearch/hermes-agent#5741' },
      { product: 'the ChatGPT backend, seen by openai for Python', issue: 'openai/openai-python#3325' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#25429' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#41014' },
      { product: 'vLLM', issue: 'vllm-project/vllm#30223' },
      { product: 'new-api', issue: 'QuantumNous/new-api#4362' },
      { product: 'sub2api', issue: 'Wei-Shaw/sub2api#4468' },
      { product: 'Open WebUI', issue: 'open-webui/open-webui#27789' },
      { product: '9router (missing)', issue: 'decolua/9router#705' },
      { product: 'llm-gateway', issue: 'mnfst/llm-gateway#2064' },
    ],
    clients: [
      {
        client: 'openai for Node 4, 6 and 7 and for Python 2.54, `.stream()`',
        breaks:
          'an empty array erases the answer and the calls without an error; null or missing throws (4, 6, Python)',
      },
      { client: '@openai/agents 0.20', breaks: 'loses calls silently; null or missing is a TypeError' },
      { client: 'LangChain JS 1.5', breaks: 'null or missing is a TypeError' },
      { client: '@ai-sdk/xai 3.0', breaks: 'null or missing is a validation error' },
    ],
    catalogue: 'openai A01',
  },
  'responses/usage-malformed': {
    title: 'Usage in the wrong shape',
    rule: 'RE-16',
    severity: 'defect',
    action: 'rewrote',
    summary:
      'The usage of the terminal has the names of chat completions (`prompt_tokens`), numbers as text, or lacks a count or the details it announces.',
    repair:
      'The counts are mapped to `input_tokens`, `output_tokens` and `total_tokens`, the details to `cached_tokens` and `reasoning_tokens`. Missing totals are the sum, other missing counts 0. Usage that nobody sent stays null.',
    emitters: [
      { product: '9router (names of chat completions)', issue: 'decolua/9router#2082' },
      { product: 'Kimi behind cc-switch (no reasoning tokens)', issue: 'farion1231/cc-switch#3514' },
      { product: 'an upstream of cc-switch', issue: 'farion1231/cc-switch#3081' },
      { product: 'new-api (no reasoning tokens)', issue: 'QuantumNous/new-api#6682' },
      { product: 'CLIProxyAPI (details)', issue: 'router-for-me/CLIProxyAPI#4985' },
      { product: 'OmniRoute (no total, or none)' },
    ],
    clients: [
      { client: 'Codex 0.169', breaks: 'fails the whole turn when a count or a detail is missing' },
      { client: 'AI SDK 6 and 7', breaks: 'a validation error; the finish is lost' },
    ],
    catalogue: 'openai A06',
  },
  'responses/usage-missing': {
    title: 'A completed response without usage',
    rule: ['RE-16', 'D-1'],
    severity: 'observation',
    action: 'none',
    summary: '`response.completed` has no `usage`, or null.',
    repair: 'Only observed: no number is invented. `onUsage` can add what the caller knows.',
    emitters: [{ product: 'gateways that do not count' }],
    clients: [{ client: 'every client', breaks: 'counts nothing for this turn' }],
    catalogue: 'openai A06',
  },
  'responses/terminal-missing': {
    title: 'The stream ends without a terminal event',
    rule: ['RE-16', 'D-49', 'D-5'],
    severity: 'defect',
    action: 'ended',
    summary:
      'The body ends, the connection breaks or `[DONE]` comes, and there was no `response.completed`, `response.incomplete` or `response.failed`.',
    repair:
      'Where the last item is a finished message or function call and `[DONE]` came, `response.completed` is made, with usage null (`inserted`). In all other cases the stream ends in an error, what is open stays open: half an answer never becomes a success.',
    emitters: [
      { product: 'OpenRouter', issue: 'moeru-ai/airi#2593' },
      { product: 'CLIProxyAPI', issue: 'router-for-me/CLIProxyAPI#1407' },
      { product: 'CLIProxyAPI', issue: 'router-for-me/CLIProxyAPI#1979' },
      { product: 'cc-switch', issue: 'farion1231/cc-switch#4535' },
      { product: 'providers behind Codex', issue: 'openai/codex#41340' },
      { product: 'providers behind Codex', issue: 'openai/codex#41989' },
      { product: 'LiteLLM with a Bedrock guardrail', issue: 'BerriAI/litellm#26387' },
      { product: 'Ollama (an error after the first token)' },
      { product: 'Portkey (an exception while it converts)' },
    ],
    clients: [
      { client: 'openai for Node 4 to 7; LangChain JS 1.5', breaks: 'take half an answer for a whole one' },
      { client: 'Codex 0.169', breaks: 'says that the stream closed early and sends the whole request again' },
      { client: '@openai/agents 0.20', breaks: 'says that there was no final response' },
      { client: 'openai for Python 2.54, `.stream()`', breaks: 'RuntimeError about the missing event' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'finish `unknown`, `other`, `interrupted`' },
    ],
    catalogue: 'openai A02',
  },
  'responses/terminal-alias': {
    title: 'A terminal under another name',
    rule: 'RE-30',
    severity: 'defect',
    action: 'rewrote',
    summary: '`response.done`, as the Realtime API says, or `response.cancelled` ends the stream.',
    repair: 'The event is renamed after the status of its response: completed, incomplete or failed.',
    emitters: [{ product: 'gateways that serve the Realtime API too' }],
    clients: [
      { client: 'openai for Node 6 and 7, `.stream()`', breaks: 'throws about an unhandled event' },
      {
        client: 'Codex 0.169, @openai/agents 0.20, openai for Python 2.54 `.stream()`',
        breaks: 'as if there were no terminal at all',
      },
      { client: 'AI SDK 5 and 6', breaks: 'finish `unknown`, `other`' },
    ],
    catalogue: 'openai A20',
  },
  'responses/terminal-status-mismatch': {
    title: 'A terminal whose status says something else than its name',
    rule: 'RE-16',
    severity: 'defect',
    action: 'rewrote',
    summary:
      'The status of the response in a terminal is not the one that the event is named after, or still `in_progress`.',
    repair: 'The status is rewritten to the name of the event.',
    emitters: [{ product: 'gateways that copy the snapshot of `response.created`' }],
    clients: [
      {
        client: 'openai for Node 4, 6 and 7, `.stream()`',
        breaks: 'return a response that looks unfinished',
      },
    ],
    catalogue: 'openai A20',
  },
  'responses/event-after-end': {
    title: 'Events after the terminal',
    rule: ['W-8', 'RE-16', 'D-4'],
    severity: 'defect',
    action: 'dropped',
    summary: 'Deltas, a second terminal or an error follow the terminal, or the server holds its socket open.',
    repair:
      'Nothing is emitted after the terminal. The stream goes on being counted; `[DONE]`, comments and blank lines there are no defect.',
    emitters: [{ product: 'a proxy behind Codex that stays open', issue: 'openai/codex#43140' }],
    clients: [
      {
        client: 'openai for Node 4 to 7, LangChain JS 1.5, @openai/agents 0.20',
        breaks: 'add the late text to the answer',
      },
      { client: 'AI SDK 5, 6 and 7', breaks: '`text part … not found`' },
      { client: 'every client but Codex', breaks: 'hangs while the socket stays open' },
    ],
    catalogue: 'openai A23',
  },
  'responses/failed-missing': {
    title: 'An error that no `response.failed` follows',
    rule: ['RE-19', 'D-47'],
    severity: 'defect',
    action: 'inserted',
    summary: 'The upstream sends its `error` and closes, or goes on as if nothing had happened.',
    repair:
      'The error leaves at once; a `response.failed` with the same message follows it as soon as another event, `[DONE]` or the end shows that none is coming. In a live stream that is one second at most.',
    emitters: [
      { product: 'LiteLLM', versions: '1.96' },
      { product: 'LlamaStack' },
      { product: 'OpenAI (after all items were done)' },
    ],
    clients: [{ client: 'Codex 0.169', breaks: 'ignores `error`: the message is lost and the request is sent again' }],
    catalogue: 'openai R-E01, R-E03',
  },
  'responses/error-missing': {
    title: 'A failed response without an `error` event',
    rule: ['RE-18', 'RE-19', 'D-47'],
    severity: 'defect',
    action: 'inserted',
    summary: '`response.failed` comes and no `error` event stood before it.',
    repair: 'An `error` event with the same code and message goes out in front of it.',
    emitters: [
      { product: 'responses.js by Hugging Face' },
      { product: 'Ollama (web search)' },
      { product: 'Pioneer', issue: 'openai/codex#24973' },
    ],
    clients: [
      {
        client: 'openai for Node 4, 6 and 7; openai for Python 2.54, raw; LangChain JS 1.5',
        breaks: 'end as if nothing had happened',
      },
      { client: 'AI SDK 5', breaks: 'ends as if nothing had happened' },
      { client: '@openai/agents 0.20', breaks: 'a generic error, without the message' },
    ],
    catalogue: 'openai R-E02',
  },
  'responses/error-code': {
    title: 'An error code that hides the error or makes clients repeat the request',
    rule: ['D-48', 'RE-18', 'D-10'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'The code of an error is a number, `response.error` is null, or a guardrail that blocked the prompt carries a code that reads like a passing failure.',
    repair:
      "Codes become strings. In `response.failed` a guardrail's becomes `invalid_prompt`, and so does every other code that is not worth a retry; a retryable one becomes `server_error`. `context_length_exceeded`, `insufficient_quota`, `server_is_overloaded`, `rate_limit_exceeded`, `bio_policy` and `cyber_policy` stay. The `error` event keeps the upstream's code.",
    emitters: [
      { product: 'guardrails of LiteLLM and agentgateway' },
      { product: 'Pioneer (null)', issue: 'openai/codex#24973' },
    ],
    clients: [
      {
        client: 'Codex 0.169',
        breaks: 'sends the blocked prompt again, up to five times; on null or a number the message is lost',
      },
      { client: 'AI SDK 6 and 7', breaks: 'a validation error on numbers' },
      { client: 'AI SDK 5', breaks: 'ends as if nothing had happened' },
    ],
    catalogue: 'openai R-E02',
  },
} as const
