/** Prose of the framing codes: the bytes do not cut into frames, or a frame does not carry one JSON object. */
export const sse = {
  'sse/event-line-missing': {
    title: 'No `event:` line, or one that disagrees with `data.type`',
    rule: ['AN-1', 'RE-21'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'Frames consist of `data:` alone, or carry a generic or wrong event name. Gateways that parse the JSON and write it out again lose the line.',
    repair:
      'The name is taken from `data.type` and written in front of the data; `id:`, `retry:` and comment lines of the frame stay. Nothing waits.',
    emitters: [
      { product: 'Anthropic-compatible proxies used with pi', issue: 'earendil-works/pi#1983' },
      { product: 'a company gateway used with pi', issue: 'earendil-works/pi#4381' },
      { product: 'gateways reported by OpenClaw users', issue: 'openclaw/openclaw#37571' },
      { product: 'LiteLLM, OpenRouter, responses.js by Hugging Face (responses)' },
      { product: 'agentic-api (responses)', issue: 'vllm-project/agentic-api#168' },
    ],
    clients: [
      {
        client: '@anthropic-ai/sdk 0.39 to 1.11',
        breaks: 'skips every unnamed frame, then says that no chunk ever came',
      },
      { client: 'Claude Code 2.1.79', breaks: 'sees no event at all and repeats the whole request without streaming' },
      { client: 'anthropic for Python 1.13', breaks: 'fails with a bare AssertionError' },
      { client: 'LangChain JS 1.5', breaks: 'yields no chunk and reports no error' },
      { client: '@anthropic-ai/sdk 0.39', breaks: 'also loses frames that are named `message`' },
      {
        client: 'openai for Node 4 (responses)',
        breaks: 'loses frames that are named `message`; missing lines break nobody there',
      },
    ],
    catalogue: 'messages 39',
  },
  'sse/frame-separator-missing': {
    title: 'No blank line between two events',
    rule: ['W-5', 'D-8'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'Event and data lines of several events follow one another without the blank line that ends a frame, or one frame carries two objects glued as `}{`.',
    repair:
      'A frame ends at a blank line, or where a `data:` line follows data that is already a whole JSON object. Once that has happened the rest of the stream is cut at line ends, so that nothing waits. A brace scanner decides, `JSON.parse` is not tried again and again.',
    emitters: [
      { product: 'GLM-4.7 and Kimi-K2.5 endpoints', issue: 'rexxars/eventsource-parser#31' },
      { product: 'llama.cpp server', issue: 'ggml-org/llama.cpp#14268' },
      { product: 'sub2api', issue: 'Wei-Shaw/sub2api#1471' },
    ],
    clients: [
      { client: '@anthropic-ai/sdk 0.39 to 1.11', breaks: 'throws on the second JSON object of the joined data' },
      { client: 'Claude Code 2.1.79', breaks: 'SyntaxError, then the request is repeated without streaming' },
      { client: 'LangChain JS 1.5', breaks: 'SyntaxError' },
      { client: 'anthropic for Python 1.13', breaks: 'JSONDecodeError, "Extra data"' },
      { client: 'AI SDK 5 and 7', breaks: 'fails on the first chunk; nothing is delivered' },
    ],
    catalogue: 'messages 40, openai T5',
  },
  'sse/data-empty-or-null': {
    title: 'A frame whose data is empty or `null`',
    rule: 'W-2',
    severity: 'defect',
    action: 'dropped',
    summary:
      '`data:` with nothing behind it, `data: null`, or an `event:` line that no data follows: usually a keep-alive that lost its shape.',
    repair:
      'The frame is dropped. It carries no content, so nothing depends on it; a `ping` without data goes the same way.',
    emitters: [
      { product: 'proxies that turn comment keep-alives into events', issue: 'mnfst/llm-gateway#2053' },
      { product: 'servers seen by Anthropic SDK users', issue: 'anthropics/anthropic-sdk-typescript#292' },
      { product: 'servers seen by AI SDK users', issue: 'vercel/ai#1159' },
    ],
    clients: [
      {
        client: '@anthropic-ai/sdk 0.39 to 0.133',
        breaks: 'parses the empty string as JSON and throws (1.11 skips it)',
      },
      { client: '@anthropic-ai/sdk 1.11', breaks: '`data: null` under an event name: reads `type` of null and throws' },
      { client: 'Claude Code 2.1.79', breaks: 'throws on either shape' },
      { client: 'LangChain JS 1.5', breaks: 'throws on either shape' },
      { client: 'anthropic for Python 1.13', breaks: 'JSONDecodeError, or TypeError on `null`' },
      { client: 'AI SDK 5 and 7', breaks: 'an error part in the middle of the stream' },
    ],
    catalogue: 'messages 41, openai T3',
  },
  'sse/sse-whitespace': {
    title: 'Blanks before a field name, or bare CR line ends',
    rule: ['W-1', 'D-7'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'A line begins with blanks (` data: …`), which the standard reads as an unknown field, or lines end in CR alone. CRLF, a missing blank after the colon and data over several lines are legal and pass.',
    repair: 'Blanks in front of a known field name are taken away; frames that ended in bare CR leave with LF.',
    emitters: [{ product: 'an upstream behind cc-switch', issue: 'farion1231/cc-switch#5019' }],
    clients: [
      {
        client: '@anthropic-ai/sdk 1.11',
        breaks: 'leading blank on the last frame: `message_stop` is lost and the message is refused',
      },
      {
        client: 'Claude Code 2.1.79',
        breaks: 'leading blank: dispatches the event without data and fails on the empty JSON',
      },
      { client: 'LangChain JS 1.5', breaks: 'leading blank: fails on the empty JSON' },
      { client: 'anthropic for Python 1.13', breaks: 'leading blank: JSONDecodeError' },
      {
        client: 'AI SDK 5 and 7',
        breaks: 'loses the event; with bare CR loses the last one, finish `interrupted` or `unknown`',
      },
    ],
    catalogue: 'messages 52',
  },
  'sse/data-malformed-json': {
    title: 'A frame whose data is broken JSON',
    rule: 'W-3',
    severity: 'defect',
    action: 'ended',
    summary:
      'The data of one frame is cut, or error text was written into the middle of it, or it is a word such as `ping`.',
    repair:
      'The frame waits for one more: if both together are one JSON object they are joined (`rewrote`). Keep-alive words are dropped. Anything else has lost content that exists nowhere else, so the stream ends in an error; the rest is never guessed.',
    emitters: [
      { product: 'sub2api', issue: 'Wei-Shaw/sub2api#1471' },
      { product: 'proxies that cut frames into new chunks' },
    ],
    clients: [
      {
        client: '@anthropic-ai/sdk 0.39 to 1.11',
        breaks: "throws with the JSON parser's message; the whole answer is gone",
      },
      { client: 'Claude Code 2.1.79', breaks: 'SyntaxError, then the request is repeated without streaming' },
      { client: 'LangChain JS 1.5', breaks: 'SyntaxError' },
      { client: 'anthropic for Python 1.13', breaks: 'JSONDecodeError' },
      {
        client: 'AI SDK 5 and 7',
        breaks: 'an error part, then the stream goes on and finishes as `stop`: the missing words are not noticed',
      },
    ],
    catalogue: 'messages 53, openai T11',
  },
  'sse/data-comment': {
    title: 'A comment wrapped in a data line',
    rule: ['W-3', 'D-9'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'A gateway forwards the keep-alive comment of its own upstream behind `data:`, as in `data: : OPENROUTER PROCESSING`.',
    repair: 'It becomes the comment again that it was, and stays in its place.',
    emitters: [{ product: 'mnfst/llm-gateway in front of OpenRouter', issue: 'mnfst/llm-gateway#2053' }],
    clients: [
      { client: 'AI SDK 7', breaks: 'as the first frame: the stream fails and delivers nothing' },
      { client: 'AI SDK 5', breaks: 'as the first frame: AI_APICallError from the JSON parser' },
      { client: 'openai for Node 4 to 7', breaks: 'throws on the first keep-alive (chat and responses)' },
    ],
    catalogue: 'openai T2',
  },
  'sse/no-final-blank-line': {
    title: 'The last frame is not terminated',
    rule: 'W-4',
    severity: 'defect',
    action: 'rewrote',
    summary:
      'The body ends without the blank line after the last frame, often after `message_stop`. The standard tells readers to throw such a frame away.',
    repair:
      'Where its data is whole the frame is dispatched and gets its blank line. Where it is not, what is left is dropped and the stream counts as cut there.',
    emitters: [
      { product: 'proxies that trim the body, generators that forget the last line end' },
      { product: 'an upstream behind cc-switch', issue: 'farion1231/cc-switch#6541' },
    ],
    clients: [
      { client: '@anthropic-ai/sdk 0.39 to 1.11', breaks: 'loses `message_stop` and refuses the message' },
      { client: 'AI SDK 7', breaks: 'finish `interrupted`' },
      { client: 'AI SDK 5', breaks: 'finish `unknown`' },
      { client: 'eventsource-parser 3 and 4', breaks: 'drop the frame, as the standard asks' },
    ],
    catalogue: 'openai T4',
  },
  'sse/double-data-prefix': {
    title: 'The data prefix is written twice',
    rule: 'W-3',
    severity: 'defect',
    action: 'rewrote',
    summary: 'Two proxies, one behind the other, each write their own prefix: `data: data: {…}`.',
    repair: 'The second prefix is taken away.',
    emitters: [{ product: 'nested proxies' }],
    clients: [
      {
        client: 'every client that was tried (13 on chat and responses)',
        breaks: 'the data is no JSON; the stream fails',
      },
    ],
    catalogue: 'openai T6',
  },
  'sse/raw-ndjson': {
    title: 'JSON without the `data:` prefix',
    rule: ['W-1', 'D-12'],
    severity: 'defect',
    action: 'rewrote',
    summary:
      'Bare JSON lines (NDJSON), one JSON document instead of a stream, or a JSON body written behind frames that were already sent. To a reader of the standard all of these are unknown fields, which means silence.',
    repair:
      'Each JSON line becomes a frame. A JSON document is handed over whole, as one frame, and the protocol says what it is: a message to expand or an error.',
    emitters: [
      { product: "Ollama's native API behind a thin gateway" },
      { product: 'servers that send their JSON error body after the stream began', issue: 'BerriAI/litellm#38953' },
    ],
    clients: [
      { client: '@anthropic-ai/sdk 0.39 to 1.11', breaks: 'ignores the lines; the cause of the failure is lost' },
      { client: 'LangChain JS 1.5', breaks: 'returns what came before as a whole answer' },
      { client: 'anthropic for Python 1.13', breaks: 'returns what came before as a whole answer' },
      { client: 'AI SDK 7', breaks: 'finish `interrupted`, without the reason' },
    ],
    catalogue: 'openai T7',
  },
  'sse/bom': {
    title: 'A byte order mark in front of the stream',
    rule: ['W-1', 'D-1'],
    severity: 'defect',
    action: 'dropped',
    summary:
      'The body begins with U+FEFF. The standard allows one, but readers that search for `event:` at the very first byte lose the first frame.',
    repair: 'The mark is dropped.',
    emitters: [{ product: 'servers on Windows' }],
    clients: [
      { client: '@anthropic-ai/sdk 0.39', breaks: 'loses `message_start` and throws at the first block' },
      { client: 'anthropic for Python 1.13', breaks: 'loses `message_start` and throws at the first block' },
      { client: 'Codex 0.169 (responses)', breaks: 'says that the stream closed early and sends the request again' },
    ],
    catalogue: 'openai T8, messages 52',
  },
  'sse/not-a-stream': {
    title: 'The body is no event stream',
    rule: ['W-1', 'D-5'],
    severity: 'defect',
    action: 'ended',
    summary:
      'A page of HTML or plain text arrives with status 200: a captive portal, a login page, the error page of a CDN.',
    repair:
      'The stream ends in one error event with a fixed sentence; the page itself is not forwarded. End state `not-a-stream`.',
    emitters: [
      { product: 'portals and CDNs in front of any gateway' },
      { product: '9router', versions: '0.4.55', issue: 'decolua/9router#1299' },
      { product: 'free-claude-code', issue: 'Alishahryar1/free-claude-code#497' },
    ],
    clients: [
      { client: '@anthropic-ai/sdk 0.39 to 1.11', breaks: 'says that no chunk came; the cause stays hidden' },
      { client: 'Claude Code 2.1.79', breaks: 'sees no event and repeats the request without streaming' },
      { client: 'AI SDK 5', breaks: 'an empty answer, finish `unknown`, no error' },
      { client: 'LangChain JS 1.5', breaks: 'an empty answer, no error' },
    ],
    catalogue: 'messages 9',
  },
  'sse/limit-exceeded': {
    title: 'A limit was hit',
    rule: 'Law 8',
    severity: 'defect',
    action: 'ended',
    summary:
      'A frame without end, more held bytes or frames than allowed, too many open blocks, or JSON nested too deep to be written anew. `path` names the limit, as in `maxFrameBytes`.',
    repair:
      "What went out stays as it is, then the protocol's error event ends the stream. End state `limit`. The caller can raise each limit.",
    emitters: [],
    clients: [{ client: 'any client', breaks: 'without a limit its memory grows for as long as the upstream sends' }],
    catalogue: 'none',
  },
} as const
