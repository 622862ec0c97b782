import type { Exception } from '../exception.js'
import { aiSdk } from './ai-sdk.js'
import { anthropicBetaStream, anthropicStream } from './anthropic-sdk.js'
import { langchain } from './langchain.js'
import type { StreamEvent } from './stream-events.js'

// What @ai-sdk/anthropic 4 declares in its schema of stream events: anything else fails its validation.
const aiEvents = new Set([
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
  'error',
  'ping',
])
const aiBlocks = new Set([
  'text',
  'thinking',
  'redacted_thinking',
  'tool_use',
  'server_tool_use',
  'mcp_tool_use',
  'mcp_tool_result',
  'web_search_tool_result',
  'web_fetch_tool_result',
  'code_execution_tool_result',
  'bash_code_execution_tool_result',
  'text_editor_code_execution_tool_result',
  'tool_search_tool_result',
  'advisor_tool_result',
  'compaction',
  'fallback',
])
const aiDeltas = new Set([
  'text_delta',
  'thinking_delta',
  'signature_delta',
  'input_json_delta',
  'citations_delta',
  'compaction_delta',
])

const unknown = (known: ReadonlySet<string>, type: unknown) => typeof type === 'string' && !known.has(type)

/** The argument texts of a stream's tools, each put together. */
function toolInputs(events: readonly StreamEvent[]): string[] {
  const inputs = new Map<unknown, string>()
  for (const { index, delta } of events) {
    if (typeof delta?.partial_json === 'string') inputs.set(index, (inputs.get(index) ?? '') + delta.partial_json)
  }
  return [...inputs.values()]
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The published list: docs/clients.md shows it, and a test fails when one of them excuses nothing any more. */
export const exceptions: readonly Exception<StreamEvent>[] = [
  {
    id: 'newer-event',
    clients: [aiSdk],
    condition: 'an event type that the client does not know',
    effect: 'an error part per event; everything else arrives',
    reason: 'Unknown `message_*` and `content_block_*` events pass, so that what the vendor adds tomorrow is not lost.',
    excuses: ['error-part'],
    shape: (events) => events.some((event) => unknown(aiEvents, event.type)),
  },
  {
    id: 'newer-block',
    clients: [aiSdk],
    condition: 'a content block of a type that the client does not know',
    effect: 'an error part per block; everything else arrives',
    reason: 'Unknown blocks pass, and no alias is made up for them (D-31).',
    excuses: ['error-part'],
    shape: (events) => events.some((event) => unknown(aiBlocks, event.content_block?.type)),
  },
  {
    id: 'newer-delta',
    clients: [aiSdk],
    condition: 'a delta of a type that the client does not know',
    effect: 'an error part per delta; everything else arrives',
    reason: 'Unknown deltas pass, as unknown blocks do.',
    excuses: ['error-part'],
    shape: (events) =>
      events.some((event) => event.type === 'content_block_delta' && unknown(aiDeltas, event.delta?.type)),
  },
  {
    id: 'citation-without-encrypted-index',
    clients: [aiSdk],
    condition: 'a web search citation without `encrypted_index`',
    effect: 'an error part in the place of the citation; the text arrives',
    reason: 'The value is a secret of the vendor: nobody else can make it, and an empty one is refused when sent back.',
    excuses: ['error-part'],
    shape: (events) =>
      events.some(({ delta }) => {
        const citation = delta?.citation
        return citation?.['type'] === 'web_search_result_location' && typeof citation['encrypted_index'] !== 'string'
      }),
  },
  {
    id: 'search-result-without-encrypted-content',
    clients: [aiSdk],
    condition: 'a `web_search_result` without `encrypted_content`',
    effect: 'an error part in the place of the results; the text arrives',
    reason: 'The value is a secret of the vendor: nobody else can make it, and an empty one is refused when sent back.',
    excuses: ['error-part'],
    shape: (events) =>
      events.some(({ content_block: block }) => {
        if (block?.type !== 'web_search_tool_result' || !Array.isArray(block.content)) return false
        return block.content.some((result: Record<string, unknown>) => typeof result['encrypted_content'] !== 'string')
      }),
  },
  {
    id: 'malformed-tool-input',
    clients: [anthropicStream, anthropicBetaStream],
    condition: 'tool arguments that are malformed JSON (merely cut short they are read as far as they go)',
    effect: 'the accumulator throws; the plain event iterator hands them over',
    reason: 'The arguments are what the model wrote: repairing them would invent a call (D-31).',
    excuses: ['throws'],
    shape: (events) => toolInputs(events).some((input) => !isJson(input)),
  },
  {
    id: 'prefilled-tool',
    clients: [langchain],
    condition: 'a `message_start` that brings the tool call with it',
    effect: 'the call is lost: the content of `message_start` is not read',
    reason: 'The vendor itself sends such streams, and they pass as they are (D-28).',
    excuses: ['tools'],
    shape: (events) => events.some(({ message }) => Array.isArray(message?.content) && message.content.length > 0),
  },
  {
    id: 'tool-input-in-start',
    clients: [langchain],
    condition: 'a tool call made by code (`caller`) whose arguments stand in its start',
    effect: 'the arguments are lost: only deltas are read',
    reason: 'The vendor sends such calls so; the arguments of every other call become a delta (D-29).',
    excuses: ['tools'],
    shape: (events) =>
      events.some(
        ({ content_block: block }) =>
          block?.type === 'tool_use' && block.caller !== undefined && Object.keys(block.input ?? {}).length > 0,
      ),
  },
]
