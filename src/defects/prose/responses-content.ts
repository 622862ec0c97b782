/** Prose of the content codes of `/v1/responses`: parts, text, reasoning, annotations. */
export const responsesContent = {
  'responses/part-added-missing': {
    title: 'Text for a part that was never announced',
    rule: 'RE-6',
    severity: 'defect',
    action: 'inserted',
    summary:
      'The item is announced, but no `response.content_part.added` comes before the deltas of its text or its refusal.',
    repair: 'The part is announced in front of the event, as text or as refusal.',
    emitters: [
      { product: 'LiteLLM with every provider but OpenAI', issue: 'BerriAI/litellm#24445' },
      { product: 'sub2api', issue: 'Wei-Shaw/sub2api#2875' },
      { product: 'sub2api', issue: 'Wei-Shaw/sub2api#4468' },
      { product: 'an upstream of Hermes', issue: 'NousResearch/hermes-agent#119758' },
      { product: 'a server seen by openai for Python', issue: 'openai/openai-python#2852' },
    ],
    clients: [
      { client: 'openai for Node 4, 6 and 7, `.stream()`', breaks: 'throws `missing content at index 0`' },
      { client: 'openai for Python 2.54, `.stream()`', breaks: 'IndexError' },
    ],
    catalogue: 'openai A11',
  },
  'responses/reasoning-part-lifecycle': {
    title: 'Reasoning without its part, or with a part of another kind',
    rule: ['RE-6', 'RE-4', 'D-40'],
    severity: 'defect',
    action: 'inserted',
    summary:
      'Summary or raw reasoning deltas come without `reasoning_summary_part.added` or `content_part.added`, or the part announced on a reasoning item is an `output_text`.',
    repair:
      'The part of the right family is announced; an `output_text` part on reasoning is rewritten to `reasoning_text`. Summary and raw reasoning are two channels and neither is turned into the other.',
    emitters: [
      { product: 'Ollama (no summary part)' },
      { product: 'xAI grok-3-mini (no part for raw reasoning)' },
      { product: 'vLLM (`output_text` on reasoning)', issue: 'vllm-project/vllm#24788' },
      { product: 'LiteLLM', versions: '1.94.1', issue: 'BerriAI/litellm#36327' },
      { product: 'xAI (encrypted reasoning, only done)', issue: 'vercel/ai#12086' },
      { product: 'an upstream of AI SDK users', issue: 'vercel/ai#12054' },
      { product: 'an upstream of Cherry Studio', issue: 'CherryHQ/cherry-studio#10875' },
    ],
    clients: [
      {
        client: 'openai for Node 6 and 7, `.stream()`',
        breaks: 'throws `missing content at index 0`, with the xAI recording as well',
      },
      {
        client: 'AI SDK 5 and 6',
        breaks: 'without an announced item `reasoning part … not found`, then a TypeError that takes the text along',
      },
      { client: '@ai-sdk/xai 3.0', breaks: '`reasoning part … not found`' },
      { client: 'Codex 0.169', breaks: 'shows no reasoning' },
    ],
    catalogue: 'openai A12',
  },
  'responses/text-only-at-end': {
    title: 'Content that only stands in a done event or in the terminal',
    rule: ['RE-13', 'D-1'],
    severity: 'defect',
    action: 'inserted',
    summary:
      'No deltas were sent for a text, a refusal or reasoning, or fewer than the done event says: the rest stands only in `output_text.done`, the finished part or item, or the terminal.',
    repair:
      'One delta with what is missing goes out in front of the first event that has it. Nothing waits for that: the text did not exist earlier.',
    emitters: [
      { product: 'codex-lb', issue: 'Soju06/codex-lb#504' },
      { product: 'a provider behind Codex', issue: 'openai/codex#2141' },
      { product: 'LiteLLM (imitated stream)', versions: '1.63.14', issue: 'BerriAI/litellm#9545' },
      { product: 'gemini-web2api' },
    ],
    clients: [
      {
        client: 'openai for Node 4 to 7 and for Python 2.54 raw, AI SDK 5 to 7, @openai/agents 0.20, LangChain JS 1.5',
        breaks: 'an empty text and no error',
      },
      { client: 'Codex 0.169', breaks: 'shows the text only if the item is done' },
    ],
    catalogue: 'openai A15',
  },
  'responses/delta-not-string': {
    title: 'A delta that is no string',
    rule: 'RE-26',
    severity: 'defect',
    action: 'rewrote',
    summary: '`delta` is an object such as `{"type":"text","text":…}`, or null.',
    repair: 'The string under `text`, `content` or `value` takes its place. A null delta is dropped with its event.',
    emitters: [
      { product: 'better-ccflare (object)', issue: 'tombii/better-ccflare#233' },
      { product: 'LiteLLM bridge (null)', issue: 'BerriAI/litellm#40069' },
    ],
    clients: [
      { client: '@openai/agents 0.20 and LangChain JS 1.5', breaks: 'show `[object Object]`' },
      { client: 'loops over raw events', breaks: 'write the word `null` into the text' },
      { client: 'AI SDK 6 and 7', breaks: 'a validation error, the delta is lost (5 silently)' },
      { client: 'openai for Python 2.54, `.stream()`', breaks: 'TypeError' },
    ],
    catalogue: 'openai A22',
  },
  'responses/annotations-missing': {
    title: 'Text without `annotations`, or an annotation without its fields',
    rule: ['RE-6', 'D-1'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'An `output_text` part has no `annotations`, or a `url_citation` lacks `title`, `start_index` or `end_index`.',
    repair: '`annotations: []`; the URL stands in for the title, and 0 for both indices.',
    emitters: [
      { product: 'grok2api', issue: 'chenyme/grok2api#978' },
      { product: 'CLIProxyAPI', issue: 'router-for-me/CLIProxyAPI#5116' },
      { product: 'CLIProxyAPI', issue: 'router-for-me/CLIProxyAPI#4218' },
      { product: 'cc-switch', issue: 'farion1231/cc-switch#6820' },
      { product: 'sub2api', issue: 'Wei-Shaw/sub2api#5140' },
      { product: 'xAI (citations of web search)' },
    ],
    clients: [
      { client: 'LangChain JS 1.5', breaks: 'TypeError; the whole answer is lost' },
      { client: 'AI SDK 6 and 7', breaks: 'a validation error for an annotation without a title' },
    ],
    catalogue: 'openai A16',
  },
  'responses/snapshot-diverges': {
    title: 'A done event that says something else than the deltas',
    rule: ['RE-13', 'D-44'],
    severity: 'observation',
    action: 'none',
    summary:
      'The text, refusal, reasoning or arguments in a done event or in the terminal do not begin with what the deltas said.',
    repair: "Only observed: the deltas are out, and the upstream's own value stays where it stands.",
    emitters: [{ product: 'gateways that rewrite only the snapshots, masking personal data for instance' }],
    clients: [
      {
        client: 'AI SDK 7 against openai for Node 7',
        breaks: 'the one shows what the deltas said, the other returns what the snapshot says',
      },
    ],
    catalogue: 'openai A15',
  },
} as const
