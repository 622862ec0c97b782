/** Prose of the tool codes of `/v1/messages`: ids, names and arguments. */
export const messagesTools = {
  'messages/tool-args-concatenated': {
    title: 'More arguments after whole arguments',
    rule: 'AN-14',
    severity: 'defect',
    action: 'dropped',
    summary:
      'Tool arguments come twice: an empty `{}` before the real ones, the whole object once more in the last chunk, or those of a second call.',
    repair:
      'A first fragment that is `{}`, `null` or `""` waits for the next fragment or the stop and is dropped when more JSON follows. An exact repetition is dropped. Different arguments without a call to belong to exist nowhere else: they are dropped and the stream ends in an error.',
    emitters: [
      { product: 'Archestra', issue: 'archestra-ai/platform#5409' },
      { product: 'Envoy AI Gateway', issue: 'envoyproxy/ai-gateway#1465' },
      { product: 'backends that repeat all arguments in the last chunk' },
    ],
    clients: [
      { client: '@anthropic-ai/sdk 0.39 to 1.11', breaks: 'throws on the text after the first JSON value' },
      { client: 'Claude Code 2.1.79', breaks: 'passes the joined text to the tool, which cannot read it' },
      { client: 'AI SDK 5 and 7', breaks: 'marks the call invalid' },
      { client: 'LangChain JS 1.5', breaks: 'puts the call under invalid calls' },
      { client: 'anthropic for Python 1.13', breaks: 'runs the tool with the first object, `{}`' },
    ],
    catalogue: 'messages 20',
  },
  'messages/tool-id-bad': {
    title: 'A tool id that is missing or used twice',
    rule: ['AN-15', 'AN-22'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'A `tool_use` block without an id, two blocks with the same id, or an id with characters that the API does not take back, such as `functions.Read:0`.',
    repair:
      'A missing id is derived from the message id and the position, so that replays agree; a second use gets an ending of its own. Odd characters are only observed, since the id has to find its way back to the upstream.',
    emitters: [
      { product: 'CLIProxyAPI', issue: 'router-for-me/CLIProxyAPI#1872' },
      { product: 'OpenClaw', issue: 'openclaw/openclaw#108002' },
      { product: 'gateways behind Claude Code', issue: 'anthropics/claude-code#20901' },
    ],
    clients: [
      { client: 'AI SDK 5 and 7', breaks: 'missing id: a validation error part, the call is lost' },
      { client: 'LangChain JS 1.5', breaks: 'missing id: the call is put under invalid calls' },
      {
        client: '@anthropic-ai/sdk, Claude Code, Python',
        breaks: 'missing id: the result cannot be assigned; same id twice: the API refuses the next turn',
      },
    ],
    catalogue: 'messages 36',
  },
  'messages/tool-name-missing': {
    title: 'A tool call without a name',
    rule: ['AN-15', 'Law 5'],
    severity: 'defect',
    action: 'dropped',
    summary: 'The name in `content_block_start` is empty; sometimes a second start brings it later.',
    repair:
      'The start and its arguments wait until the name comes (`moved`). A name is never invented: when the block stops without one it is dropped, and since the call exists nowhere else the stream ends in an error. A placeholder cannot be told from a name.',
    emitters: [
      { product: 'CLIProxyAPI', issue: 'router-for-me/CLIProxyAPI#3748' },
      { product: '@musistudio/llms (a placeholder when the name is late)', versions: '1.0.53' },
    ],
    clients: [
      { client: 'AI SDK 5 and 7', breaks: 'an invalid call to a tool without a name' },
      { client: 'every other client', breaks: 'a call to a tool that does not exist' },
    ],
    catalogue: 'messages 37',
  },
  'messages/tool-args-bad-json': {
    title: 'Tool arguments that are no JSON object',
    rule: ['AN-14', 'D-22', 'D-31'],
    severity: 'observation',
    action: 'none',
    summary: 'The arguments of a tool are malformed, cut short, or sent as an object where a string belongs.',
    repair:
      'Malformed JSON is what the model wrote: it passes, observed. Cut JSON is legal under a stop reason that says so (`max_tokens`, `refusal` and the like); under one that claims a whole call it is truncation and the stream ends in an error (`ended`). A `partial_json` that is no string is written as one (`rewrote`). Arguments are never completed, since a shortened command is dangerous.',
    emitters: [
      { product: 'new-api', issue: 'QuantumNous/new-api#7301' },
      { product: 'backends of hermes-agent', issue: 'NousResearch/hermes-agent#107830' },
    ],
    clients: [
      {
        client: '@anthropic-ai/sdk 1.11',
        breaks: 'malformed: `stream()` throws; cut: runs the tool with `{}`; an object: throws',
      },
      { client: '@anthropic-ai/sdk 0.39, 0.120', breaks: 'runs the tool with `{}` in either case' },
      {
        client: 'anthropic for Python 1.13',
        breaks: 'malformed: ValueError; cut: runs the tool with `{}`; an object: TypeError',
      },
      { client: 'LangChain JS 1.5', breaks: 'cut: completes the JSON and runs the tool; an object: throws' },
      { client: 'AI SDK 5 and 7', breaks: 'marks the call invalid; an object: a validation error and `{}`' },
    ],
    catalogue: 'messages 38',
  },
  'messages/server-tool-orphan-result': {
    title: 'A server tool result without its call',
    rule: 'D-1',
    severity: 'observation',
    action: 'none',
    summary:
      'A `web_search_tool_result` made from annotations of another protocol: no `server_tool_use` before it, no `encrypted_content` in it.',
    repair: 'Only observed: `encrypted_content` cannot be made, and an empty one is refused when it is sent back.',
    emitters: [
      { product: 'claude-code-router / @musistudio/llms', versions: '1.0.53' },
      { product: 'converters behind LangChain', issue: 'langchain-ai/langchainjs#10013' },
    ],
    clients: [{ client: 'AI SDK 5 and 7', breaks: 'a validation error part; the result is lost, the text arrives' }],
    catalogue: 'messages 48',
  },
} as const
