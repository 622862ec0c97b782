/** Prose of the error codes: the upstream failed and said so in a shape its protocol does not know. */
export const errors = {
  'errors/error-frame-shape': {
    title: 'An error that is not in the shape of an error event',
    rule: ['AN-19', 'RE-18', 'RE-20', 'CH-15', 'D-6'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'Guardrails, backends and proxies report failure in their own way: `{"error":{…}}` as on chat completions, `{"error":"text"}`, `{"detail":…}`, an object with `object: "error"`, plain text under `event: error`, the details under `message`, or a right object without the `event:` line. On responses every shape but the nested one of OpenAI counts; on chat completions everything but `{"error":{…}}` with message, type, param and code, alone in its frame and without an `event:` line. `found` in the report names the shape.',
    repair:
      "One canonical error event takes its place, with the upstream's message and a type derived from its status or code (400 invalid_request_error, 401 authentication_error, 403 permission_error, 404 not_found_error, 413 request_too_large, 429 rate_limit_error, 503 and 529 overloaded_error, 504 timeout_error, otherwise api_error). On responses it is an `error` that carries its fields both flat and nested, followed by `response.failed`; the code of the latter is chosen so that no client repeats a blocked request. On chat completions it is an object under `error`, without choices, then `[DONE]`. Content in the same frame leaves first. Nothing follows.",
    emitters: [
      { product: 'LiteLLM (guardrails)', issue: 'BerriAI/litellm#38953' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#41826' },
      { product: 'vLLM', issue: 'vllm-project/vllm#46162' },
      { product: 'Ollama, llm-router and others (a bare string)' },
      { product: 'codex-router in front of LiteLLM 1.96 (flat, without a number)' },
      { product: 'Bifrost (`response.failed` without a response)', issue: 'maximhq/bifrost#6783' },
      { product: 'Pioneer (the error beside the response)', issue: 'openai/codex#24973' },
      { product: 'OpenRouter (beside choices, `finish_reason: "error"`)' },
      { product: 'LiteLLM with a Bedrock guardrail (the message an object)', issue: 'BerriAI/litellm#13321' },
      { product: 'Bifrost (no message)', issue: 'maximhq/bifrost#4413' },
      { product: 'Venice (`error_type` and `error_message`)', issue: 'NousResearch/hermes-agent#68451' },
      { product: 'Kong (`error: true`)' },
      { product: 'FastAPI servers (`detail`)' },
      { product: '@musistudio/llms (details under `message`)', versions: '1.0.53' },
      { product: 'servers seen by AI SDK users', issue: 'vercel/ai#2463' },
      { product: 'servers seen by Anthropic SDK users', issue: 'anthropics/anthropic-sdk-typescript#346' },
    ],
    clients: [
      {
        client: '@anthropic-ai/sdk 0.39 to 1.11',
        breaks: "skips the unnamed frame and reports a generic early end; the guardrail's words are lost",
      },
      { client: 'Claude Code 2.1.79', breaks: 'generic failure, the message is lost, the request is repeated' },
      { client: 'LangChain JS 1.5', breaks: 'returns the partial text as a success' },
      {
        client: 'anthropic for Python 1.13',
        breaks: 'returns the partial text as a success; as the first frame a bare AssertionError',
      },
      {
        client: 'AI SDK 7',
        breaks: 'a validation error with the message buried in it; as the first frame the message is gone',
      },
      {
        client: 'Codex 0.169 (responses)',
        breaks: 'reads none of these shapes: the message is lost, and the request is sent again',
      },
      {
        client: 'openai for Node 4 to 7 (responses)',
        breaks:
          'raw loops are handed a flat error as an ordinary event, and hear nothing of `detail` or `object: "error"`',
      },
      {
        client: 'all 13 clients that were tried (chat)',
        breaks: 'take a finish reason `error`, or an error inside a choice, for an ordinary end',
      },
      {
        client: 'AI SDK 5, 6 and 7 (chat)',
        breaks: 'hear nothing of an error that stands beside choices; a string is a validation error',
      },
    ],
    catalogue: 'messages 8',
  },
  'errors/err-field-old': {
    title: 'The error is sent in a field called `error:`',
    rule: ['AN-19', 'CH-15', 'D-6'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'A frame with the line `error: {…}` instead of `data:`. The standard makes that an unknown field, so every reader ignores it.',
    repair: 'Read as the error it is and rewritten to the canonical error event.',
    emitters: [
      { product: 'llama.cpp server', versions: 'before September 2025', issue: 'ggml-org/llama.cpp#16109' },
      { product: 'llama.cpp server b5966 behind coddy-agent', issue: 'coddy-project/coddy-agent#106' },
      { product: 'llama-box (GPUStack)' },
    ],
    clients: [
      {
        client: '@anthropic-ai/sdk 0.39 to 1.11',
        breaks: 'hears nothing of the error and reports a generic early end',
      },
      { client: 'openai for Node 7 (chat)', breaks: 'ends as if nothing had happened' },
      { client: 'LangChain JS', breaks: 'ends as if nothing had happened' },
      { client: 'openai-go', breaks: 'dispatches an empty event and fails on the empty JSON' },
    ],
    catalogue: 'openai R-E12',
  },
  'errors/error-null-key': {
    title: 'A normal frame carries an empty `error` key',
    rule: ['W-7', 'D-6'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'A serialiser that writes every key sends `"error": null` (or an empty string or object) along with content.',
    repair: 'The key is taken out, the rest of the frame is untouched. It is no error.',
    emitters: [{ product: 'gateways that serialise unset fields' }],
    clients: [
      {
        client: '@ai-sdk/openai-compatible 2 and 3 (chat)',
        breaks: 'takes the key for an error: one error part with `null`, all text lost',
      },
    ],
    catalogue: 'openai B15',
  },
} as const
