import type { Exception } from '../exception.js'
import { parsed } from '../outcome.js'
import { agents } from './agents.js'
import { aiSdk, aiSdk6, aiSdkCompatible } from './ai-sdk.js'
import { langchain } from './langchain.js'
import { openai6Chunks, openai6Stream, openaiChunks, openaiStream } from './openai-sdk.js'
import { callsOf, choicesOf, hasDelta, type SentCall, type StreamEvent } from './stream-events.js'

const ofVercel = [aiSdk, aiSdk6, aiSdkCompatible]

const hasCall = (events: readonly StreamEvent[], is: (call: SentCall) => boolean) =>
  choicesOf(events).some((choice) => callsOf(choice).some(is))

const isWhole = (call: SentCall) => call.arguments === '' || typeof parsed(call.arguments) !== 'string'

/** The published list: docs/clients-chat.md shows it, and a test fails when one of them excuses nothing any more. */
export const exceptions: readonly Exception<StreamEvent>[] = [
  {
    id: 'audio',
    clients: [openaiChunks, openaiStream, openai6Chunks, openai6Stream, ...ofVercel, agents, langchain],
    condition: 'a spoken answer',
    effect: 'no client sees its ending: there is no finish reason, and chunks without `choices` are not expected',
    reason: "OpenAI's own recordings of audio look so, and what a vendor records is right. They pass as they are.",
    excuses: ['throws', 'error-part', 'unfinished'],
    shape: (events) => hasDelta(events, ({ audio }) => audio !== undefined),
  },
  {
    id: 'custom-tool',
    clients: [openai6Stream, ...ofVercel, agents, langchain],
    condition: 'a call of a tool that takes free text (`custom`)',
    effect: 'the client throws, shows errors in the place of the call, passes over it or hands it over without a name',
    reason:
      'It is how OpenAI sends such calls, and a call of a function would be another one. Only who declares such tools is sent them.',
    excuses: ['throws', 'error-part', 'tools'],
    shape: (events) => hasCall(events, ({ custom }) => custom),
  },
  {
    id: 'several-choices',
    clients: [...ofVercel, agents, langchain],
    condition: 'more than one choice',
    effect: 'the client reads the first choice of each chunk, or the choice 0, and joins or loses the others',
    reason:
      'Who asks for several gets several. Where one was asked for, and these clients read no more, choices are folded (D-61).',
    excuses: ['text', 'stop-reason'],
    shape: (events) => choicesOf(events).length > 1,
  },
  {
    id: 'reasoning-unread',
    clients: [aiSdk, aiSdk6],
    condition: 'reasoning, as `reasoning_content` or as `reasoning`',
    effect: 'it is not handed over',
    reason:
      "OpenAI's chat has no reasoning, and these providers read what OpenAI sends; @ai-sdk/openai-compatible reads both.",
    excuses: ['thinking'],
    shape: (events) => choicesOf(events).some(({ thinking }) => thinking !== ''),
  },
  {
    id: 'reasoning-content-unread',
    clients: [agents],
    condition: 'reasoning as `reasoning_content`',
    effect: 'it is not handed over: the client reads `reasoning`',
    reason: 'Which of the two names a client reads cannot be told from outside; the option `reasoning` chooses one.',
    excuses: ['thinking'],
    shape: (events) => hasDelta(events, ({ reasoning_content: reasoning }) => reasoning != null),
  },
  {
    id: 'reasoning-name-unread',
    clients: [langchain],
    condition: 'reasoning as `reasoning`',
    effect: 'it is not handed over: the client reads `reasoning_content`',
    reason: 'Which of the two names a client reads cannot be told from outside; the option `reasoning` chooses one.',
    excuses: ['thinking'],
    shape: (events) => hasDelta(events, ({ reasoning }) => reasoning != null),
  },
  {
    id: 'refusal-unread',
    clients: [langchain],
    condition: 'a refusal',
    effect: 'the answer is empty: deltas of refusals are not read',
    reason: 'The refusal passes whole, as OpenAI sends it.',
    excuses: ['text'],
    shape: (events) => choicesOf(events).some(({ refusal }) => refusal !== ''),
  },
  {
    id: 'no-message',
    clients: [agents],
    condition: 'an answer without text, refusal and call',
    effect: 'the run asks the model again, up to its limit of turns, which is one here',
    reason: 'The answer is whole. That a run goes on without a message is how agents work.',
    excuses: ['throws'],
    shape: (events) =>
      choicesOf(events).every(({ text, refusal, calls }) => text === '' && refusal === '' && calls.size === 0),
  },
  {
    id: 'cut-arguments-read',
    clients: [langchain],
    condition: 'a call whose arguments the token limit or a filter has cut, and the finish reason says so',
    effect: 'the client closes what is open in the arguments and hands the call over as if it were whole',
    reason:
      'It is how OpenAI ends such an answer, and no error. Programs that run tools must look at the finish reason first.',
    excuses: ['unfinished-call'],
    shape: (events) => {
      const limited = choicesOf(events).some(({ finishReason = '' }) =>
        ['length', 'content_filter'].includes(finishReason),
      )
      return limited && hasCall(events, (call) => !isWhole(call))
    },
  },
  {
    id: 'arguments-no-object',
    clients: [langchain],
    condition: 'a call whose arguments are JSON, but no object',
    effect: 'the call is listed among the invalid ones, with the text of its arguments',
    reason: 'The arguments are what was sent. What a list stands for is known to nobody.',
    excuses: ['tools'],
    shape: (events) => hasCall(events, (call) => Array.isArray(parsed(call.arguments))),
  },
  {
    id: 'asked-to-pass',
    clients: [openaiStream, openai6Stream, ...ofVercel],
    condition: 'an object that is no chunk',
    effect: 'the client throws, or shows an error part; the plain loop passes over it',
    reason: "It stays only where `unknownEvents: 'pass'` asks for it. By default it is dropped.",
    excuses: ['throws', 'error-part'],
    shape: (events) => events.some(({ choices, error }) => choices === undefined && error === undefined),
  },
]
