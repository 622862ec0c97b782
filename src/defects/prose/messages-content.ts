/** Prose of the content codes of `/v1/messages`: what deltas and block starts carry, thinking and signatures. */
export const messagesContent = {
  'messages/block-delta-type-mismatch': {
    title: 'A delta of the wrong kind for its block',
    rule: ['AN-4', 'D-20', 'D-31'],
    severity: 'defect',
    action: 'inserted',
    summary:
      'A converter puts everything into one block: thinking into a text block, text into a tool or a thinking block.',
    repair:
      'The open block is stopped and a block of the right kind is started at the next index; going back to the first kind opens another one. Behind a tool with incomplete JSON the new block waits. A text delta of nothing but white space addressed to a tool is dropped, since a blank text block is refused on the next turn; that forbids no success.',
    emitters: [
      { product: 'LiteLLM', versions: '1.83 to 1.90', issue: 'BerriAI/litellm#33224' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#32357' },
      { product: 'LiteLLM with Bedrock and thinking', versions: '1.88', issue: 'BerriAI/litellm#29441' },
      {
        product: 'claude-code-router / @musistudio/llms',
        versions: '2.0.0 / 1.0.53',
        issue: 'musistudio/claude-code-router#1725',
      },
      { product: 'SGLang', issue: 'sgl-project/sglang#24293' },
      { product: 'cc-switch', versions: '3.13.0', issue: 'farion1231/cc-switch#2054' },
      { product: 'CLIProxyAPI', issue: 'router-for-me/CLIProxyAPI#539' },
      { product: 'gateways behind Claude Code', versions: '2.1.104, 2.1.105', issue: 'anthropics/claude-code#47375' },
    ],
    clients: [
      {
        client: 'Claude Code 2.1.79',
        breaks: 'throws that the block is of another kind, then repeats the request without streaming',
      },
      { client: 'AI SDK 5 and 7', breaks: 'an error part (`reasoning part 0 not found`)' },
      { client: '@anthropic-ai/sdk 0.39 to 1.11', breaks: 'throws the delta away without an error' },
      { client: 'anthropic for Python 1.13', breaks: 'throws the delta away without an error' },
    ],
    catalogue: 'messages 2',
  },
  'messages/thinking-signature-missing': {
    title: 'A thinking block without a signature',
    rule: ['AN-16', 'D-27'],
    severity: 'observation',
    action: 'none',
    summary: 'Converters from other protocols have no signature to give, and some make one up.',
    repair:
      'Only observed. A signature is never invented: one that Anthropic did not issue is refused on the next turn, and clients read an absent one well.',
    emitters: [
      { product: 'DeepSeek V4 behind new-api', issue: 'QuantumNous/new-api#4761' },
      { product: 'SGLang', issue: 'sgl-project/sglang#39752' },
      { product: 'lmdeploy', issue: 'InternLM/lmdeploy#4851' },
      { product: 'LiteLLM responses adapter', issue: 'BerriAI/litellm#38809' },
      { product: 'imp', issue: 'kekzl/imp#1555' },
      { product: '@musistudio/llms (a time stamp instead of a signature)', versions: '1.0.53' },
      { product: 'vLLM (random hexadecimal digits instead of a signature)' },
    ],
    clients: [
      {
        client: 'every client',
        breaks: 'this turn works; Anthropic answers 400 when an unsigned or made-up block is sent back',
      },
    ],
    catalogue: 'messages 10',
  },
  'messages/delta-malformed': {
    title: 'A delta without its value or its type',
    rule: 'AN-4',
    severity: 'defect',
    action: 'dropped',
    summary:
      '`delta` is missing or empty, its text is `null`, or its `type` is missing; serialisers that leave out empty strings do this.',
    repair:
      'Where the one known key tells the type it is filled in (`rewrote`); a delta that carries nothing is dropped. A delta type newer than we are passes.',
    emitters: [
      { product: 'sub2api', issue: 'Wei-Shaw/sub2api#1528' },
      { product: 'Go gateways whose serialiser omits empty strings' },
    ],
    clients: [
      {
        client: '@anthropic-ai/sdk 0.39 to 1.11',
        breaks: 'writes the word "null" into the answer; throws when `delta` is missing; loses the text when `type` is',
      },
      {
        client: 'Claude Code 2.1.79',
        breaks: 'writes the word "null" into the answer; throws when `delta` is missing',
      },
      { client: 'anthropic for Python 1.13', breaks: 'TypeError, or AttributeError when `delta` is missing' },
      { client: 'AI SDK 5 and 7', breaks: 'a validation error part; the delta is lost' },
      { client: 'LangChain JS 1.5', breaks: 'throws when `delta` is missing' },
    ],
    catalogue: 'messages 42',
  },
  'messages/signature-misplaced': {
    title: 'A signature in the wrong place',
    rule: ['AN-16', 'D-27'],
    severity: 'defect',
    action: 'moved',
    summary: 'The signature rides on a `thinking_delta`, in the block start, or comes after the block was stopped.',
    repair:
      'It becomes a `signature_delta` of its own, last in its block. The stop of a thinking block without a signature waits one frame for it. A signature that comes later still is dropped, which forbids no success.',
    emitters: [
      { product: 'Bifrost (on the thinking delta)', issue: 'maximhq/bifrost#5638' },
      { product: 'CLIProxyAPI (after the stop)', issue: 'router-for-me/CLIProxyAPI#5873' },
      { product: 'claudish with z.ai (in the start)', issue: 'MadAppGang/claudish#102' },
      { product: 'llama.cpp server (after the next block has begun)' },
    ],
    clients: [
      { client: 'AI SDK 5 and 7', breaks: 'loses the signature; the thinking block cannot be sent back' },
      { client: 'Claude Code 2.1.79', breaks: 'loses the signature' },
      { client: '@anthropic-ai/sdk 0.39 to 1.11', breaks: 'loses a signature on a thinking delta' },
      { client: 'anthropic for Python 1.13', breaks: 'loses a signature on a thinking delta' },
    ],
    catalogue: 'messages 43',
  },
  'messages/content-in-block-start': {
    title: 'Content inside `content_block_start`',
    rule: ['AN-15', 'D-29'],
    severity: 'defect',
    action: 'moved',
    summary: 'The start of a block already carries text, thinking, a signature or the whole tool input.',
    repair:
      'The start goes out empty and the content follows as a delta. Tool input waits for the first delta or the stop: whole deltas win, else the input becomes one delta. Tools with a `caller`, server tools, results and redacted thinking keep their data in the start, where Anthropic puts it.',
    emitters: [
      { product: 'z.ai behind claudish', issue: 'MadAppGang/claudish#102' },
      { product: 'a gateway behind pi', issue: 'earendil-works/pi#7283' },
      { product: 'servers that send a tool call in one piece' },
    ],
    clients: [
      {
        client: 'Claude Code 2.1.79',
        breaks: 'empties the block at its start: first words, thinking and tool input are gone',
      },
      { client: 'AI SDK 5 and 7', breaks: 'loses the text of the start; version 5 runs the tool with `{}`' },
      { client: 'LangChain JS 1.5', breaks: 'runs the tool with `{}`' },
    ],
    catalogue: 'messages 35',
  },
  'messages/first-delta-dropped': {
    title: 'The first piece of tool arguments is missing',
    rule: 'AN-14',
    severity: 'observation',
    action: 'none',
    summary:
      'A converter swallows the first delta of a block. In text that cannot be seen; tool arguments then do not begin like JSON.',
    repair: 'Only observed, and only on tool arguments: what is lost cannot be had back and is never guessed.',
    emitters: [
      { product: 'LiteLLM', versions: '1.87.0', issue: 'BerriAI/litellm#30014' },
      { product: 'vLLM', issue: 'vllm-project/vllm#34887' },
      { product: 'SGLang', issue: 'sgl-project/sglang#34214' },
    ],
    clients: [{ client: 'every client', breaks: 'the tool call is invalid, or runs with `{}`' }],
    catalogue: 'messages 19',
  },
  'messages/redacted-thinking': {
    title: 'Redacted thinking without data',
    rule: 'Law 5',
    severity: 'defect',
    action: 'dropped',
    summary: 'A `redacted_thinking` block without its `data`.',
    repair:
      'The block is dropped and later indices move down: it carries nothing, the data cannot be invented, and an empty one is refused when it is sent back.',
    emitters: [
      { product: 'OpenRouter', issue: 'anthropics/claude-code#47273' },
      { product: 'LiteLLM', issue: 'BerriAI/litellm#9058' },
    ],
    clients: [
      { client: 'AI SDK 5 and 7', breaks: 'a validation error part' },
      { client: 'every client', breaks: 'the next turn sends back a block that the API refuses' },
    ],
    catalogue: 'messages 47',
  },
  'messages/citation-malformed': {
    title: 'A citation without the fields of its type',
    rule: 'D-1',
    severity: 'observation',
    action: 'none',
    summary: 'A `citations_delta` made from annotations of another protocol lacks fields such as `encrypted_index`.',
    repair:
      'Only observed: an invented `encrypted_index` would be refused when the citation is sent back. `citations: null` in a start is legal.',
    emitters: [{ product: 'converters from OpenAI annotations', issue: 'langchain-ai/langchainjs#10013' }],
    clients: [{ client: 'AI SDK 5 and 7', breaks: 'a validation error part; the citation is lost, the text arrives' }],
    catalogue: 'messages 49',
  },
  'messages/content-doubled': {
    title: 'Every delta of a block comes twice',
    rule: 'Law 5',
    severity: 'observation',
    action: 'none',
    summary: 'Each delta is followed by its exact copy.',
    repair:
      'Only observed, when a whole block reads like this: two equal tokens in a row are ordinary language, and dropping one would lose content.',
    emitters: [
      { product: 'Open WebUI (thinking)', issue: 'open-webui/open-webui#29860' },
      { product: 'LiteLLM (first chunk)', issue: 'BerriAI/litellm#35118' },
    ],
    clients: [{ client: 'every client', breaks: 'shows every piece twice' }],
    catalogue: 'messages 57',
  },
} as const
