/** Prose of the ending codes of `/v1/chat/completions`: finish reasons, `[DONE]`, errors, and what stands behind them. */
export const chatEnding = {
  'chat/finish-reason-missing-empty-wrong': {
    title: 'The finish reason is missing, empty, wrong, or sent twice',
    rule: ['CH-4', 'CH-5', 'D-60'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      "`finish_reason` is the empty string, stands on every chunk, is another protocol's word (`eos`, `STOP`, `end_turn`, `max_tokens`, `SAFETY`, `tool_use`), or never comes: often because the gateway, its guardrail or the connection cut the answer off.",
    repair:
      'Empty and repeated ones become null, known words become those of the enum. Where none ever came one is made (`inserted`) on evidence: a usage chunk, then `[DONE]`, with whole arguments. Without it the stream ends in an error (`ended`): half an answer never becomes a success.',
    emitters: [
      { product: 'LiteLLM with a Bedrock guardrail (cut)', issue: 'BerriAI/litellm#26387' },
      { product: 'opencode zen behind CLIProxyAPI (never)', issue: 'router-for-me/CLIProxyAPI#4860' },
      { product: 'Ollama (an error in the middle), Portkey (an exception while it converts), Snowflake (never)' },
      { product: 'Ollama (empty)', issue: 'ollama/ollama#4357' },
      { product: 'SGLang (empty)', issue: 'sgl-project/sglang#3912' },
      { product: 'OpenRouter, Avian (again on the usage chunk)' },
      { product: 'Together (`eos`; after each of several calls)' },
    ],
    clients: [
      { client: 'openai for Node 6 and 7, `.stream()`', breaks: 'throws `missing finish_reason for choice 0`' },
      {
        client: 'openai for Node 4 to 7 and for Python 2.54, raw; LangChain JS 1.5; @openai/agents 0.20',
        breaks: 'take half an answer for a whole one',
      },
      { client: '@ai-sdk/openai-compatible 2 and 3', breaks: 'say that the finish reason is missing' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'finish `unknown`, `other`, `interrupted`; unknown words are `other`' },
    ],
    catalogue: 'openai B02, C-E13',
  },
  'chat/finish-reason-unknown': {
    title: 'A finish reason that stands in no table',
    rule: 'CH-5',
    severity: 'observation',
    action: 'none',
    summary: '`finish_reason` is a word that neither OpenAI nor a known gateway uses.',
    repair: 'Only observed: it passes as it is. It may be newer than this version.',
    emitters: [{ product: 'models newer than this version' }],
    clients: [{ client: 'AI SDK 5, 6 and 7', breaks: 'finish `unknown` or `other`' }],
    catalogue: 'openai B02',
  },
  'chat/finish-reason-against-tools': {
    title: 'A finish reason that does not fit the tool calls',
    rule: 'CH-5',
    severity: 'observation',
    action: 'none',
    summary: 'The choice called tools and ends with `stop`, or ends with `tool_calls` and called none.',
    repair:
      "Only observed: OpenAI itself says `stop` where the request names the function. `finishReason: 'from-tools'` rewrites `stop` to `tool_calls`.",
    emitters: [
      { product: 'OpenAI with a `tool_choice` that names a function' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#35663' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#21041' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#12862' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#12481' },
      { product: 'Gemini behind CLIProxyAPI', issue: 'router-for-me/CLIProxyAPI#876' },
    ],
    clients: [{ client: 'loops of agents that look at the finish reason', breaks: 'stop and never run the tool' }],
    catalogue: 'openai B02',
  },
  'chat/content-after-finish': {
    title: 'Content behind the finish reason',
    rule: ['CH-11', 'D-60'],
    severity: 'observation',
    action: 'none',
    summary: 'A choice that has had its finish reason gets another delta with content.',
    repair:
      'Only observed: the content passes. Where `[DONE]` does not come afterwards, the finish reason no longer counts as evidence.',
    emitters: [{ product: 'Baseten (the finish on a reasoning chunk)' }, { product: 'Together' }],
    clients: [{ client: 'clients that stop at the finish reason', breaks: 'miss what follows' }],
    catalogue: 'GRAMMAR C16',
  },
  'chat/done-missing-or-mangled': {
    title: '`[DONE]` is missing or misspelt',
    rule: ['CH-14', 'W-3'],
    severity: 'defect',
    action: 'inserted',
    summary: 'A whole answer ends without `data: [DONE]`, or the mark is another word such as `DONE`.',
    repair:
      '`data: [DONE]` is written at the end, a misspelt one is written right (`rewrote`). Behind an error it is always written at once, and that is no defect.',
    emitters: [
      { product: 'llama-box', issue: 'gpustack/llama-box#2' },
      { product: 'OCI Generative AI', issue: 'cohere-ai/cohere-python#756' },
      { product: 'a server behind Codex', issue: 'openai/codex#8708' },
      { product: 'Perplexity' },
    ],
    clients: [
      { client: 'every client that was tried', breaks: 'reads a misspelt mark as JSON and fails' },
      { client: 'proxies and readers that wait for the mark', breaks: 'take the answer for cut, or hang' },
    ],
    catalogue: 'openai B10',
  },
  'chat/event-after-end': {
    title: 'Frames after `[DONE]`',
    rule: ['W-8', 'CH-14', 'D-4'],
    severity: 'defect',
    action: 'dropped',
    summary: 'Hook results, usage, a second ending or more content follow `[DONE]` or the end of an error.',
    repair: 'Nothing is emitted there. The stream goes on being counted; comments and another `[DONE]` are no defect.',
    emitters: [
      { product: 'Portkey (hook results of output guardrails)' },
      { product: 'CLIProxyAPI (usage)', issue: 'router-for-me/CLIProxyAPI#4783' },
    ],
    clients: [
      {
        client: 'AI SDK 5, 6 and 7',
        breaks: 'do not stop at `[DONE]`: a validation error, or the late text is added',
      },
    ],
    catalogue: 'openai B10',
  },
  'chat/error-code': {
    title: 'The code of a guardrail makes clients repeat the request',
    rule: ['D-64', 'D-10', 'CH-15'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'A guardrail that blocked the prompt carries a code that is not 400: a word, a status of the server, or none.',
    repair: 'The code becomes 400; type and message stay.',
    emitters: [
      { product: 'agentgateway (`guardrail_intervention`)' },
      { product: 'guardrails of LiteLLM', issue: 'BerriAI/litellm#13321' },
    ],
    clients: [
      {
        client: 'AI SDK 6 and 7',
        breaks: 'send the blocked prompt again, where the error is the first thing that comes',
      },
    ],
    catalogue: 'openai C-E01',
  },
  'chat/error-then-continue': {
    title: 'The chat stream goes on after an error',
    rule: ['CH-15', 'W-8'],
    severity: 'defect',
    action: 'dropped',
    summary: 'More chunks follow the error frame, sometimes with a clean finish.',
    repair: 'The error is the terminal, closed by `[DONE]`; what follows is dropped.',
    emitters: [
      { product: 'OpenAI audio models' },
      { product: 'gateways that write their usual ending after an error' },
    ],
    clients: [{ client: 'AI SDK 5, 6 and 7', breaks: 'read on; what follows looks like an ordinary end' }],
    catalogue: 'openai C-E19',
  },
} as const
