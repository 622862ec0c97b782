/** Prose of the codes of `/v1/responses` about the response itself: its beginning, ids, numbers, and streams that are something else. */
export const responsesLifecycle = {
  'responses/created-missing': {
    title: 'The stream does not begin with `response.created`',
    rule: ['RE-1', 'D-41'],
    severity: 'defect',
    action: 'inserted',
    summary:
      'The first event is a delta, an item or even the terminal. Converters that begin to write when the first token comes leave the opening out.',
    repair:
      "`response.created` goes out first. Its id is the upstream's where the first event tells it (a snapshot, or an `item_id` that begins with `resp_`), otherwise a derived one; its model is that of the request or empty. Foreign events and keep-alives wait behind it.",
    emitters: [
      { product: 'LiteLLM with gpt-5.3-codex', issue: 'BerriAI/litellm#22102' },
      { product: 'LiteLLM (imitated stream)', versions: '1.63.14', issue: 'BerriAI/litellm#9545' },
      { product: 'SGLang router without harmony', issue: 'sgl-project/sglang#12650' },
      { product: 'llm-gateway', issue: 'mnfst/llm-gateway#2064' },
      { product: 'gemini-web2api, open-responses-server' },
    ],
    clients: [
      {
        client: 'openai for Node 4, 6 and 7, `.stream()`',
        breaks: 'throws about a snapshot that was never set; the answer is lost',
      },
      { client: 'openai for Python 2.54, `.stream()`', breaks: 'RuntimeError about the missing event' },
    ],
    catalogue: 'openai A04',
  },
  'responses/in-progress-missing': {
    title: 'No `response.in_progress` behind `response.created`',
    rule: ['RE-2', 'D-1'],
    severity: 'defect',
    action: 'inserted',
    summary: 'The first item, or nothing at all, follows `response.created` directly.',
    repair:
      '`response.in_progress` with the snapshot of `response.created` goes in between. Where `response.queued` or `response.in_progress` is the next event nothing is added.',
    emitters: [{ product: 'gateways that build the opening themselves' }],
    clients: [
      {
        client: 'every client that was tried',
        breaks: 'none breaks; every recorded stream of OpenAI has the event, and it costs nothing to add',
      },
    ],
    catalogue: 'openai A04',
  },
  'responses/fields-missing-in-lifecycle': {
    title: 'A lifecycle event without the fields of its snapshot',
    rule: ['RE-3', 'RE-22', 'RE-1'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      '`response.created` or a terminal lacks `id`, `object`, `created_at`, `model`, `status` or `output`, or has one of the wrong type; or the snapshot stands at the top level instead of under `response`; or `type` is only in the `event:` line. `path` names the first field.',
    repair:
      'The snapshot is wrapped and the missing fields are filled: id, time and model as first sent, `object`, the status that the event means, `output: []` where nothing has come. Times as text become seconds. A missing `type` is taken from the `event:` line.',
    emitters: [
      { product: 'llama.cpp server', issue: 'ggml-org/llama.cpp#20607' },
      { product: 'llama.cpp server', issue: 'ggml-org/llama.cpp#21174' },
      { product: 'sub2api (`created_at`)', issue: 'Wei-Shaw/sub2api#5601' },
      { product: 'sub2api (`created_at`)', issue: 'Wei-Shaw/sub2api#6448' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#19032' },
      { product: 'llm-gateway', issue: 'mnfst/llm-gateway#2064' },
      { product: 'cursor2api, sap-ai-core-llm-proxy (not wrapped, or without `type`)' },
      { product: 'llm-rosetta (`response.completed` without an id)' },
    ],
    clients: [
      {
        client: 'AI SDK 6 and 7',
        breaks: 'a validation error for `response.created` without `created_at` or `model`',
      },
      {
        client: 'openai for Node 4 and 6, `.stream()`',
        breaks: 'TypeError without `output`; nothing comes of an unwrapped snapshot',
      },
      { client: 'openai for Node 7, `.stream()`', breaks: 'refuses lifecycle events without their `response`' },
      { client: 'openai for Python 2.54, `.stream()`', breaks: 'AttributeError' },
      { client: '@openai/agents 0.20', breaks: 'throws on a terminal without its payload or its id' },
      { client: 'LangChain JS 1.5', breaks: 'TypeError on an unwrapped terminal' },
      {
        client: 'Codex 0.169',
        breaks: 'does not accept a terminal without an id, waits for another, and sends the request again',
      },
    ],
    catalogue: 'openai A13',
  },
  'responses/response-id-mismatch': {
    title: 'The response changes its id',
    rule: 'RE-9',
    severity: 'defect',
    action: 'rewrote',
    summary:
      'A later lifecycle event carries another response id than the first one, often a `chatcmpl-…` of the backend, or a fresh id with every event.',
    repair: 'The first id stands; later mentions are rewritten to it.',
    emitters: [
      { product: 'GitHub Copilot (every id changes with every event)', issue: 'vercel/ai#18548' },
      { product: 'LiteLLM in front of GitHub Copilot', issue: 'BerriAI/litellm#30071' },
      { product: 'LiteLLM (final snapshot)', issue: 'BerriAI/litellm#37946' },
    ],
    clients: [
      {
        client: 'openai for Node 7, `.stream()`',
        breaks: 'throws that the identity of the response changed; the answer is lost at its very end',
      },
    ],
    catalogue: 'openai A05',
  },
  'responses/sequence-number': {
    title: 'Sequence numbers that do not increase',
    rule: ['RE-10', 'D-42'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      '`sequence_number` is always 0, repeats, falls, is no integer, or stands on some events and not on others. A stream without any is allowed, and so are gaps.',
    repair:
      "The first event that goes out decides. In a numbered stream an upstream number that is larger than the last one stays, any other becomes the last one plus one. In an unnumbered stream numbers that come later are removed, except on `error` and `response.failed`, which always carry one. Numbers that move only because an event was inserted are no defect of the upstream's.",
    emitters: [
      { product: 'LiteLLM (errors without a number)', issue: 'BerriAI/litellm#28899' },
      { product: 'sub2api', issue: 'Wei-Shaw/sub2api#7128' },
      { product: 'servers seen by Effect users', issue: 'Effect-TS/effect#8037' },
      { product: 'OmniRoute, GoModel, early vLLM' },
    ],
    clients: [
      {
        client: 'AI SDK 6 and 7',
        breaks:
          'need a number on `error` and `response.failed`: without one the message is buried in a validation error',
      },
      { client: 'Grok CLI and readers with a strict schema', breaks: 'refuse the stream' },
    ],
    catalogue: 'openai A17',
  },
  'responses/unknown-or-keepalive-events': {
    title: 'An event that is foreign to the Responses API',
    rule: ['RE-24', 'RE-25', 'D-51'],
    severity: 'defect',
    action: 'dropped',
    summary:
      'The gateway adds events of its own: `ping`, empty objects, hook results, `codex.rate_limits`, names with a vendor prefix (`vendor:event`).',
    repair:
      "They are dropped. Unknown `response.*` events and `keepalive` pass in place, since OpenAI sends such events before its own types know them. `unknownEvents: 'pass'` lets all pass, `'drop'` drops unknown `response.*` events too.",
    emitters: [
      { product: 'Portkey (hook results in front)' },
      { product: 'Azure AI Foundry (`keepalive`)', issue: 'vercel/ai#20575' },
      { product: 'the ChatGPT backend (`codex.rate_limits`)' },
    ],
    clients: [
      { client: 'openai for Node 6 and 7, `.stream()`', breaks: 'throws about an unhandled event; the answer is lost' },
      { client: '@ai-sdk/xai 3.0', breaks: 'a validation error for each' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'a validation error for objects without a `type`' },
    ],
    catalogue: 'openai A24',
  },
  'responses/chat-chunks-on-responses': {
    title: 'Chat completion chunks instead of Responses events',
    rule: ['RE-1', 'D-5'],
    severity: 'defect',
    action: 'ended',
    summary: 'The base URL leads to a server that only knows chat completions, and it answers in that protocol.',
    repair:
      'The stream ends at the first chunk in an error that says so. This library repairs a protocol, it does not translate one into another. End state `not-a-stream`.',
    emitters: [
      { product: '9router', issue: 'decolua/9router#210' },
      { product: 'base URLs configured in opencode', issue: 'anomalyco/opencode#30580' },
    ],
    clients: [
      { client: 'openai for Node 4 to 7 and for Python 2.54, raw', breaks: 'an empty answer, no error' },
      { client: 'LangChain JS 1.5', breaks: 'an empty answer, no error' },
      { client: 'AI SDK 5', breaks: 'one validation error per chunk (6 and 7 say what is wrong)' },
      { client: 'Codex 0.169', breaks: 'says that the stream closed early and sends the request again' },
      { client: '@openai/agents 0.20', breaks: 'says that there was no final response' },
    ],
    catalogue: 'openai A19',
  },
  'responses/non-stream-body': {
    title: 'A whole response where a stream was promised',
    rule: ['W-1', 'D-12'],
    severity: 'defect',
    action: 'rewrote',
    summary: 'The answer is one Response object, as the JSON body or in a single frame without a `type`.',
    repair:
      'The object is expanded into the events it stands for, each item with one delta. A JSON body waits until it is whole.',
    emitters: [
      { product: '9router', issue: 'decolua/9router#3051' },
      { product: '9router', issue: 'decolua/9router#3492' },
      { product: 'a server behind Hermes', issue: 'NousResearch/hermes-agent#21535' },
      { product: 'LM Studio' },
    ],
    clients: [
      { client: 'openai for Node 4 to 7 and for Python 2.54, raw', breaks: 'no event, no error' },
      { client: 'openai for Node 4, 6 and 7, `.stream()`', breaks: 'says that no event came' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'an empty answer' },
      { client: 'Codex 0.169', breaks: 'says that the stream closed early and sends the request again' },
    ],
    catalogue: 'openai A26',
  },
  'responses/empty-200': {
    title: 'Status 200 and no response',
    rule: ['RE-1', 'D-5'],
    severity: 'defect',
    action: 'ended',
    summary: 'The body is empty, or holds nothing but comments, keep-alives and `[DONE]`.',
    repair:
      '`response.created`, `response.in_progress` and one error with a fixed sentence. End state `empty`, whatever the ending says.',
    emitters: [
      { product: 'LiteLLM', issue: 'BerriAI/litellm#13982' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#42724' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#12854' },
    ],
    clients: [
      { client: 'openai for Node 4 to 7 and for Python 2.54, raw', breaks: 'no event, no error' },
      { client: 'openai for Node 4, 6 and 7, `.stream()`', breaks: 'says that no event came' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'an empty answer' },
      { client: 'LangChain JS 1.5', breaks: 'no chunk' },
      { client: 'Codex 0.169', breaks: 'says that the stream closed early and sends the request again' },
    ],
    catalogue: 'openai A26',
  },
} as const
