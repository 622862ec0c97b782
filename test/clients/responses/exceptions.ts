import type { Exception } from '../exception.js'
import { agents } from './agents.js'
import { aiSdk, aiSdk6 } from './ai-sdk.js'
import { codex } from './codex.js'
import { accumulatedEvents } from './known-events.js'
import { langchain } from './langchain.js'
import { openai6Stream, openaiStream } from './openai-sdk.js'
import { failureCodeOf, hasEvent, hasItem, type StreamEvent, snapshotDiverges } from './stream-events.js'

/** The codes of failures for which Codex has words of its own; it shows those and does not try again. */
const codexOwnWords = ['context_length_exceeded', 'insufficient_quota', 'server_is_overloaded']

/** The published list: docs/clients-responses.md shows it, and a test fails when one of them excuses nothing any more. */
export const exceptions: readonly Exception<StreamEvent>[] = [
  {
    id: 'newer-event',
    clients: [openaiStream, openai6Stream],
    condition: 'an event type that the client does not know',
    effect: 'the accumulator throws; the plain event iterator hands everything over',
    reason: 'OpenAI itself sends events that no SDK knows yet, and what it adds tomorrow must not be lost (D-51).',
    excuses: ['throws'],
    shape: (events) => events.some(({ type }) => type !== undefined && !accumulatedEvents.has(type)),
  },
  {
    id: 'newer-part',
    clients: [agents],
    condition: 'a content part of a type that the client does not know',
    effect: 'the run throws',
    reason: 'Unknown parts pass, as unknown items and events do.',
    excuses: ['throws'],
    shape: (events) =>
      events.some(
        ({ part }) => part && !['output_text', 'refusal', 'reasoning_text', 'summary_text'].includes(part.type ?? ''),
      ),
  },
  {
    id: 'incomplete',
    clients: [agents, codex],
    condition: 'a `response.incomplete`',
    effect: 'the run throws, and Codex tries again; what had arrived is shown',
    reason:
      'It is how OpenAI ends an answer that was cut by a limit or a filter, and says so. Nothing else would be true.',
    excuses: ['throws'],
    shape: (events) => hasEvent(events, 'response.incomplete'),
  },
  {
    id: 'resumed',
    clients: [openaiStream, openai6Stream, aiSdk, aiSdk6, agents, codex],
    condition: 'a stream that starts in the middle',
    effect: 'the client looks for the part that it was not given, or reads it from the terminal',
    reason:
      'It is the answer to `starting_after`, and nothing is opened that was opened before (D-50). These requests are others.',
    excuses: ['throws', 'error-part', 'text', 'tools', 'unfinished'],
    shape: ([first]) => first?.type !== 'response.created',
  },
  {
    id: 'snapshot-diverges',
    clients: [openaiStream, openai6Stream, agents, codex],
    condition: 'items that say something else when they are done than their deltas did',
    effect: 'the program gets the text of the finished item',
    reason:
      'The upstream contradicts itself, and which of the two is right cannot be known: both pass, and it is observed.',
    excuses: ['text'],
    shape: snapshotDiverges,
  },
  {
    id: 'thinking-itself',
    clients: [aiSdk, aiSdk6, agents, langchain, codex],
    condition: 'thinking as it is (`reasoning_text`), not as a summary',
    effect: 'it is not handed over',
    reason: 'These clients read summaries only. The two are different channels, and thinking is no summary.',
    excuses: ['thinking'],
    shape: (events) => hasEvent(events, 'response.reasoning_text.delta'),
  },
  {
    id: 'tool-not-declared',
    clients: [agents],
    condition: 'a call of a tool of the vendor, or of one that takes free text',
    effect: 'the run throws, since the agent has no such tool',
    reason: 'The calls are what was sent. An agent that asks for them declares the tool.',
    excuses: ['throws', 'tools'],
    shape: (events) =>
      hasItem(
        events,
        ...[
          'apply_patch_call',
          'computer_call',
          'custom_tool_call',
          'local_shell_call',
          'mcp_approval_request',
          'shell_call',
        ],
      ),
  },
  {
    id: 'no-message',
    clients: [agents],
    condition: 'an answer without message and without a call for the program',
    effect: 'the run asks the model again, up to its limit of turns, which is one here',
    reason: 'The answer is whole. That a run goes on without a message is how agents work.',
    excuses: ['throws'],
    shape: (events) => !hasItem(events, 'message', 'function_call'),
  },
  {
    id: 'mcp-call-without-status',
    clients: [aiSdk, aiSdk6],
    condition: 'an MCP call without `status`',
    effect: 'an error part in the place of the call; everything else arrives',
    reason: "OpenAI's own recordings show such calls, and what a vendor records is right.",
    excuses: ['error-part'],
    shape: (events) => events.some(({ item }) => item?.type === 'mcp_call' && item.status === undefined),
  },
  {
    id: 'mcp-annotations-null',
    clients: [aiSdk, aiSdk6],
    condition: 'a list of MCP tools in which `annotations` is null',
    effect: 'an error part in the place of the list; everything else arrives',
    reason: 'The API allows null there.',
    excuses: ['error-part'],
    shape: (events) => events.some(({ item }) => (item?.tools ?? []).some(({ annotations }) => annotations === null)),
  },
  {
    id: 'refusal-not-printed',
    clients: [codex],
    condition: 'a refusal',
    effect: 'the turn ends well and nothing is printed',
    reason: 'Codex reads the text of messages and nothing else. The refusal passes whole, as OpenAI sends it.',
    excuses: ['text'],
    shape: (events) => hasEvent(events, 'response.refusal.delta'),
  },
  {
    id: 'summary-lines',
    clients: [codex],
    condition: 'a summary of several parts',
    effect: 'the parts are printed with a line end between them',
    reason: 'It is a matter of layout.',
    excuses: ['summary'],
    shape: (events) => events.some(({ summary_index: index }) => index !== undefined && index > 0),
  },
  {
    id: 'own-words',
    clients: [codex],
    condition: `a failure whose code is ${codexOwnWords.map((code) => `\`${code}\``).join(', ')}`,
    effect: 'Codex shows a sentence of its own and sends the request once',
    reason: 'The codes are those of OpenAI, and what Codex says is what they mean (D-48).',
    excuses: ['hides-error'],
    shape: (events) => codexOwnWords.includes(failureCodeOf(events) ?? ''),
  },
  {
    id: 'done-items-only',
    clients: [codex],
    condition: 'any failure',
    effect:
      'text is printed when its item is done: what was open is not printed, and what was done is printed once per attempt',
    reason:
      'The terminal interface shows text as it comes. `codex exec` waits for the item, after a failure of OpenAI too.',
    excuses: ['text', 'thinking', 'summary'],
    shape: (events) => failureCodeOf(events) !== undefined,
  },
]
