/** Prose of the block codes of `/v1/messages`: starts, stops and indices. */
export const messagesBlocks = {
  'messages/block-delta-without-start': {
    title: 'A delta for a block that was never started',
    rule: ['AN-4', 'D-20', 'D-30'],
    severity: 'defect',
    action: 'inserted',
    summary:
      '`content_block_delta` names an index that no `content_block_start` opened, often -1 because the converter counts from there and the backend behind it skipped the event that would have opened the block.',
    repair:
      'A `content_block_start` of the kind that the delta implies goes out in front of it, at the next free index; later deltas under the same upstream index continue that block. Tool input cannot be given a start, since its name is unknown: it is dropped and the stream ends in an error.',
    emitters: [
      { product: "LiteLLM behind LM Studio's responses API", versions: '1.83.10', issue: 'BerriAI/litellm#27442' },
      { product: 'LiteLLM', versions: '1.74.9, 1.75', issue: 'BerriAI/litellm#13373' },
      { product: '@musistudio/llms (claude-code-router), reasoning mode', versions: '1.0.53' },
      { product: 'ik_llama.cpp', issue: 'ikawrakow/ik_llama.cpp#1524' },
      { product: 'new-api', versions: '0.12.14', issue: 'QuantumNous/new-api#4321' },
      { product: 'CLIProxyAPI', issue: 'router-for-me/CLIProxyAPI#3720' },
      { product: 'a gateway behind Kilo Code', issue: 'Kilo-Org/kilocode#9190' },
      { product: 'kiro-gateway', issue: 'jwadow/kiro-gateway#74' },
    ],
    clients: [
      {
        client: '@anthropic-ai/sdk 0.39 to 1.11',
        breaks:
          'throws a TypeError; when some block exists, index -1 addresses the last one and the text disappears without an error',
      },
      {
        client: 'Claude Code 2.1.79',
        breaks: 'RangeError "Content block not found", then the whole request is repeated without streaming',
      },
      { client: 'anthropic for Python 1.13', breaks: 'IndexError' },
      { client: 'AI SDK 5 and 7', breaks: 'one error part per delta (`text part -1 not found`)' },
    ],
    catalogue: 'messages 1',
  },
  'messages/duplicate-block-stop': {
    title: 'A block is stopped twice',
    rule: 'AN-4',
    severity: 'defect',
    action: 'dropped',
    summary:
      'A second `content_block_stop` for a block that is already closed, for instance because a backend sends its finish reason on several chunks.',
    repair: 'The second stop is dropped.',
    emitters: [
      { product: 'LiteLLM with chat completions behind it', issue: 'BerriAI/litellm#37273' },
      { product: 'Bifrost', versions: '1.4.12', issue: 'maximhq/bifrost#2293' },
      { product: 'claudish', versions: '7.4.0', issue: 'MadAppGang/claudish#141' },
      { product: 'openclaude with LM Studio', issue: 'Gitlawb/openclaude#21' },
      { product: 'free-claude-code', issue: 'Alishahryar1/free-claude-code#883' },
    ],
    clients: [
      {
        client: 'Claude Code 2.1.79',
        breaks: 'makes a block per stop, so the tool really runs twice; no error is shown',
      },
    ],
    catalogue: 'messages 3',
  },
  'messages/empty-text-block': {
    title: 'A text block without text',
    rule: 'D-1',
    severity: 'observation',
    action: 'none',
    summary:
      'A text block is opened and closed without any text, because a converter opens one before it knows what will come.',
    repair:
      "Only observed: the shape is legal. With `emptyText: 'drop'` the block is left out and the report carries a defect with the action `dropped`, because some upstreams refuse it when the conversation is sent back.",
    emitters: [
      { product: 'LiteLLM', versions: '1.87 to 1.96', issue: 'BerriAI/litellm#30765' },
      { product: 'LiteLLM', versions: '1.93 to 1.96', issue: 'BerriAI/litellm#34692' },
      { product: 'a gateway behind Claude Code', issue: 'anthropics/claude-code#88536' },
    ],
    clients: [
      {
        client: 'every client',
        breaks:
          'this turn works; the next request carries the empty block back and can be refused with status 400, for the rest of the session',
      },
    ],
    catalogue: 'messages 14',
  },
  'messages/block-index-collision': {
    title: 'One index for two blocks',
    rule: ['AN-5', 'AN-6'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'A new block starts under an index that is still open or was already used; parallel tool calls share one index.',
    repair:
      'Each start gets the next free index, the block that was open is stopped first, and later events under that upstream index belong to the newest block.',
    emitters: [
      { product: 'Ollama', versions: '0.30.8, 0.31.2', issue: 'ollama/ollama#17101' },
      { product: 'CLIProxyAPI', issue: 'router-for-me/CLIProxyAPI#539' },
    ],
    clients: [
      {
        client: '@anthropic-ai/sdk 0.39 to 1.11',
        breaks:
          'writes deltas into the older block: text disappears; with parallel tools the joined arguments are no JSON and it throws',
      },
      {
        client: 'Claude Code 2.1.79',
        breaks: 'overwrites the first block: its text, or the first of two tools, is gone',
      },
      { client: 'AI SDK 5 and 7', breaks: 'with parallel tools only the last call is delivered' },
      { client: 'anthropic for Python 1.13', breaks: 'text ends up empty, the second tool gets `{}`' },
    ],
    catalogue: 'messages 15',
  },
  'messages/blocks-interleaved': {
    title: 'Blocks overlap, or a delta comes after its block was stopped',
    rule: ['AN-6', 'AN-8', 'D-20', 'D-21', 'D-22'],
    severity: 'defect',
    action: 'moved',
    summary:
      "Deltas of several open blocks alternate, or the rest of a tool's arguments arrives after the block was stopped.",
    repair:
      'One block is open at a time. A start closes an open text or thinking block and a tool whose JSON is whole; behind a tool with incomplete JSON everything else waits, block by block, in order. Late text or thinking opens a new block of its kind; late arguments join the tool whose stop was held.',
    emitters: [
      { product: '@musistudio/llms (claude-code-router)', versions: '1.0.53' },
      { product: 'CLIProxyAPI', issue: 'router-for-me/CLIProxyAPI#5581' },
      { product: 'Bifrost', issue: 'maximhq/bifrost#3441' },
      { product: 'copilot-api, new-api, llama.cpp (blocks left open until the end)' },
    ],
    clients: [
      { client: 'Claude Code 2.1.79', breaks: 'takes the tool input as it stood at the stop: half a JSON object' },
      { client: 'AI SDK 5 and 7', breaks: 'marks the tool call invalid; late text gives an error part' },
      {
        client: '@anthropic-ai/sdk 0.39 to 1.11',
        breaks: 'hands the wrong block to `contentBlock` listeners on every stop',
      },
    ],
    catalogue: 'messages 16',
  },
  'messages/block-stop-missing': {
    title: 'A block is never stopped',
    rule: 'AN-7',
    severity: 'defect',
    action: 'inserted',
    summary: 'The next block, `message_delta` or `message_stop` comes while a block is still open.',
    repair: 'The stop is inserted in front of the next start; at the end of the message in front of the ending.',
    emitters: [
      {
        product: 'claude-code-router / @musistudio/llms',
        versions: '2.x / 1.0.53',
        issue: 'musistudio/claude-code-router#1725',
      },
      { product: 'LiteLLM responses adapter', issue: 'BerriAI/litellm#28868' },
    ],
    clients: [
      {
        client: 'Claude Code 2.1.79',
        breaks: 'delivers a block only when it stops: the text is not shown, the tool does not run',
      },
      { client: 'AI SDK 5 and 7', breaks: 'never emits the tool call, leaves text parts open' },
      { client: '@anthropic-ai/sdk 1.11', breaks: 'emits no `contentBlock` for it' },
    ],
    catalogue: 'messages 17',
  },
  'messages/orphan-block-stop': {
    title: 'A stop for a block that was never started',
    rule: 'AN-4',
    severity: 'defect',
    action: 'dropped',
    summary: '`content_block_stop` with an index that no block has.',
    repair: 'The stop is dropped.',
    emitters: [
      { product: 'new-api', versions: '1.0.0-rc.11', issue: 'QuantumNous/new-api#5482' },
      { product: 'free-claude-code', issue: 'Alishahryar1/free-claude-code#883' },
    ],
    clients: [
      { client: 'Claude Code 2.1.79', breaks: 'RangeError "Content block not found", then the request is repeated' },
      { client: 'anthropic for Python 1.13', breaks: 'IndexError' },
    ],
    catalogue: 'messages 25',
  },
  'messages/duplicate-block-start': {
    title: 'One block is started again and again',
    rule: 'AN-5',
    severity: 'defect',
    action: 'dropped',
    summary: '`content_block_start` is repeated for the block that is open, per token or per piece of arguments.',
    repair:
      'Same index, same kind and, for a tool, the same id (or none): the second start is dropped and what it carries becomes a delta. A different tool id is a new block.',
    emitters: [
      { product: 'OmniRoute (responses path)', issue: 'diegosouzapw/OmniRoute#682' },
      { product: 'llama.cpp server', issue: 'ggml-org/llama.cpp#18551' },
    ],
    clients: [
      {
        client: 'Claude Code 2.1.79',
        breaks: 'empties the block at every start: only what follows the last one is left',
      },
      {
        client: '@anthropic-ai/sdk 0.39 to 1.11',
        breaks: 'an empty extra block at the end, which the next turn sends back',
      },
      { client: 'anthropic for Python 1.13', breaks: 'an empty extra block at the end' },
    ],
    catalogue: 'messages 26',
  },
  'messages/index-non-contiguous': {
    title: 'Block indices skip, or do not begin at 0',
    rule: 'AN-5',
    severity: 'defect',
    action: 'rewrote',
    summary: 'Blocks are numbered 0, 2 or from 1, because a gateway left some out without counting again.',
    repair: 'Indices are rewritten to the next free one; the rest of the frame keeps its bytes.',
    emitters: [
      { product: 'new-api', versions: '1.0.0-rc.11', issue: 'QuantumNous/new-api#5483' },
      { product: 'a gateway behind big-AGI', issue: 'enricoros/big-AGI#917' },
    ],
    clients: [
      { client: '@anthropic-ai/sdk 0.39 to 1.11', breaks: 'text becomes empty, tool input becomes `{}`, no error' },
      { client: 'anthropic for Python 1.13', breaks: 'IndexError' },
    ],
    catalogue: 'messages 27',
  },
  'messages/block-type-unknown': {
    title: 'A block of an unknown type',
    rule: ['AN-18', 'D-31'],
    severity: 'observation',
    action: 'none',
    summary:
      'A `content_block` type that this version does not know: an experiment of a gateway, or something newer than we are.',
    repair:
      'Only observed: the block passes as it is and no alias is guessed. A start without any `content_block` is a defect: it is dropped, and the next delta opens a block of its kind.',
    emitters: [
      { product: 'experimental gateways (`reasoning`)' },
      { product: 'Anthropic itself, whenever it adds a type', issue: 'vercel/ai#12471' },
    ],
    clients: [
      { client: 'AI SDK 5 and 7', breaks: 'an error part per event of the block; the rest of the answer arrives' },
      { client: '@anthropic-ai/sdk 0.39, 1.11 beta', breaks: 'throws on a start without `content_block`' },
      { client: 'Claude Code 2.1.79', breaks: 'throws on a start without `content_block`' },
    ],
    catalogue: 'messages 50',
  },
  'messages/index-missing': {
    title: 'The block index is absent or no number',
    rule: 'AN-5',
    severity: 'defect',
    action: 'rewrote',
    summary: 'Block events without `index`, or with the index as a string.',
    repair:
      'A string of digits is read as the number; an absent index means the open block, or the next one on a start.',
    emitters: [{ product: 'gateways written by hand' }],
    clients: [
      { client: 'AI SDK 5 and 7', breaks: 'a validation error for every event; the text is lost' },
      { client: '@anthropic-ai/sdk 0.120 to 1.11', breaks: 'an empty text block, no error' },
      { client: 'anthropic for Python 1.13', breaks: 'TypeError' },
    ],
    catalogue: 'messages 51',
  },
} as const
