/** Prose of the tool codes of `/v1/responses`: announcements and arguments of function and custom tool calls. */
export const responsesTools = {
  'responses/tool-added-missing-or-partial': {
    title: 'A call announced without its id, call_id, name or arguments',
    rule: ['RE-8', 'RE-4', 'D-45'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      '`response.output_item.added` for a function call lacks `id`, `call_id`, `name` or `arguments`; the name may come in a later event.',
    repair:
      'A missing id is derived and `arguments` becomes the empty string. Without `call_id` or name the announcement and what belongs to the call wait until it comes or the item is done (`moved`); then a `call_id` is derived. A name is never invented: a call without one is dropped and the stream ends in an error.',
    emitters: [
      { product: 'LiteLLM', issue: 'BerriAI/litellm#19368' },
      { product: 'new-api', issue: 'QuantumNous/new-api#7087' },
      { product: 'vLLM', issue: 'vllm-project/vllm#41355' },
      { product: 'responses.js by Hugging Face (an empty `call_id`)' },
      { product: 'CLIProxyAPI bridges' },
    ],
    clients: [
      { client: 'AI SDK 6 and 7', breaks: 'a validation error; the call is lost (5 silently)' },
      { client: 'openai for Node 7, `.stream()`', breaks: 'throws that it expected an id or a `call_id`' },
      { client: 'openai for Python 2.54, `.stream()`', breaks: 'TypeError when arguments are added to nothing' },
      { client: 'Codex 0.169', breaks: 'loses a call without `call_id`' },
      { client: '@openai/agents 0.20', breaks: 'a validation error about `callId`' },
      { client: 'LangChain JS 1.5', breaks: 'a call with an empty name' },
    ],
    catalogue: 'openai A14',
  },
  'responses/tool-args-in-wrong-event': {
    title: 'Arguments in the wrong event or of the wrong type',
    rule: ['RE-13', 'D-45', 'D-44'],
    severity: 'defect',
    action: 'inserted',
    summary:
      'The arguments of a call come only in the announcement, in `function_call_arguments.done`, in the finished item or in the terminal; or as an object; or a done event is empty although the deltas were whole.',
    repair:
      'One delta with the arguments goes out in front of the first event that has them, and the done events are filled or made. An object is written as JSON text. Arguments that stay blank to the end mean `{}`; once one character came nothing is completed. Blank done events wait for the next item or the terminal.',
    emitters: [
      { product: 'a provider of OpenRouter (only in the terminal)', issue: 'OpenRouterTeam/ai-sdk-provider#336' },
      { product: 'gpt-5.3-codex-spark behind Forge (only in done)', issue: 'tailcallhq/forgecode#2558' },
      { product: 'vLLM (no done for a call without arguments)', issue: 'vllm-project/vllm#54236' },
      { product: 'LiteLLM (events missing)', issue: 'BerriAI/litellm#19368' },
      { product: 'LM Studio (done without deltas)' },
    ],
    clients: [
      { client: 'LangChain JS 1.5', breaks: 'runs the tool with `{}`' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'an invalid call with empty arguments; an object is a validation error' },
      { client: 'openai for Node 4 to 7 and for Python 2.54, raw', breaks: 'a call with empty arguments' },
      { client: 'Codex 0.169', breaks: 'a call with empty arguments; with an object the call is lost' },
    ],
    catalogue: 'openai A10',
  },
  'responses/tool-args-cut': {
    title: 'The arguments of a call are cut off',
    rule: ['D-49', 'D-45', 'Law 6'],
    severity: 'defect',
    action: 'ended',
    summary:
      'At the end the arguments of a call are a beginning of JSON that lacks its end, although the ending claims a whole call.',
    repair:
      'Nothing is completed and the call is not closed: the stream ends in an error, end state `truncated`. Clients run a call when it is done, so an `output_item.done` with cut arguments waits for the terminal, and is dropped in front of any error. Under `response.incomplete` it goes out: there cut arguments are legal.',
    emitters: [
      { product: 'vLLM', issue: 'vllm-project/vllm#44348' },
      { product: 'SGLang', issue: 'sgl-project/sglang#32167' },
    ],
    clients: [
      { client: 'LangChain JS 1.5', breaks: 'runs the tool with `{}`' },
      { client: 'AI SDK 5, 6 and 7', breaks: 'mark the call as invalid' },
      { client: 'openai for Node 4 to 7 and for Python 2.54, raw; Codex 0.169', breaks: 'fail when the tool is run' },
    ],
    catalogue: 'openai A10',
  },
  'responses/tool-args-malformed': {
    title: 'Arguments that no continuation could make JSON',
    rule: ['RE-13', 'D-45'],
    severity: 'observation',
    action: 'none',
    summary: 'The arguments are broken in the middle: no text behind them could make them JSON.',
    repair: 'Only observed: that is what the model wrote, and the caller must be able to tell it so.',
    emitters: [{ product: 'models that write loose JSON' }],
    clients: [{ client: 'AI SDK 5, 6 and 7', breaks: 'mark the call as invalid, which lets an agent try again' }],
    catalogue: 'openai A10',
  },
  'responses/tool-delta-obfuscated': {
    title: 'Encrypted argument deltas',
    rule: ['D-45', 'RE-13'],
    severity: 'defect',
    action: 'dropped',
    summary:
      'The deltas of the arguments are ciphertext; the clear text comes only in the done event or in the finished item.',
    repair:
      'Deltas that do not begin like JSON wait for the done event. Where it has other, clear arguments the deltas are dropped and one delta with the clear text is sent.',
    emitters: [
      { product: 'GitHub Copilot', issue: 'anomalyco/opencode#989' },
      { product: 'GitHub Copilot', issue: 'anomalyco/opencode#995' },
    ],
    clients: [{ client: 'LangChain JS 1.5', breaks: 'takes the ciphertext for the arguments; the call is invalid' }],
    catalogue: 'openai A21',
  },
} as const
