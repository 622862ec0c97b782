/** For each rule the smallest stream that breaks it, and one that comes close and must pass. */
import {
  argue,
  close,
  delta,
  ended,
  failure,
  frame,
  message,
  messageDelta,
  open,
  ping,
  reason,
  say,
  sign,
  start,
  stop,
  text,
  textBlock,
  think,
  thinkingBlock,
  tool,
  toolBlock,
  unnamed,
} from './streams.js'
import type { Severity } from './verdict.js'

export interface RuleCase {
  readonly rule: string
  readonly severity: Severity
  /** What is wrong, as the end of "it breaks AN-5 when …". */
  readonly when: string
  readonly breaks: string
  /** What is right all the same, as the end of "but not when …". */
  readonly unless: string
  readonly passes: string
}

const c = (
  rule: string,
  severity: Severity,
  [when, breaks]: readonly [string, string],
  [unless, passes]: readonly [string, string],
): RuleCase => ({ rule, severity, when, breaks, unless, passes })

const prefilledCall = { ...toolBlock, input: { a: 1 }, caller: { type: 'code_execution' } }
const prefilled = start({ content: [prefilledCall], stop_reason: 'tool_use' })

const WIRE: readonly RuleCase[] = [
  c(
    'W-1',
    'should',
    ['the body begins with a byte order mark', `\uFEFF${message(text(0))}`],
    ['the mark is inside the text', message(text(0, '\uFEFF'))],
  ),
  c(
    'W-2',
    'must',
    ['an event line has no data', `event: ping\n\n${message(text(0))}`],
    ['a block holds only an id and a retry time', `id: 7\nretry: 10\n\n${message(text(0))}`],
  ),
  c(
    'W-2',
    'must',
    ['the data is empty', `event: ping\ndata:\n\n${message(text(0))}`],
    ['comments stand before the data', `: waiting\n\n: still\n${message(text(0))}`],
  ),
  c(
    'W-3',
    'must',
    ['the data is null', `event: ping\ndata: null\n\n${message(text(0))}`],
    ['the data has no space before it', message(text(0)).replaceAll('data: ', 'data:')],
  ),
  c(
    'W-4',
    'must',
    ['the blank line after the last event is missing', message(text(0)).slice(0, -1)],
    ['only a comment is unfinished', `${message(text(0))}: bye`],
  ),
  c(
    'W-5',
    'must',
    ['two objects share a frame', `event: ping\ndata: {"type":"ping"}\ndata: {"type":"ping"}\n\n${message(text(0))}`],
    ['one object takes two data lines', `event: ping\ndata: {"type":\ndata: "ping"}\n\n${message(text(0))}`],
  ),
  c(
    'W-7',
    'must',
    ['a text delta carries an error', start() + frame({ type: 'ping', error: { message: 'x' } }) + text(0) + ended()],
    ['the text talks of an error', message(text(0, '{"error":{}}'))],
  ),
  c(
    'D-6',
    'should',
    ['an event carries an error that is null', start() + frame({ type: 'ping', error: null }) + text(0) + ended()],
    ['the error event carries its error', start() + failure],
  ),
  c(
    'D-7',
    'should',
    ['lines end in a bare CR', message(text(0)).replaceAll('\n', '\r')],
    ['lines end in CR and LF', message(text(0)).replaceAll('\n', '\r\n')],
  ),
]

const EVENTS: readonly RuleCase[] = [
  c(
    'AN-1',
    'must',
    ['the event line is missing', start() + unnamed('{"type":"ping"}') + text(0) + ended()],
    ['the event line follows the data', `${start()}data: {"type":"ping"}\nevent: ping\n\n${text(0)}${ended()}`],
  ),
  c(
    'AN-1',
    'must',
    ['the event line names another event', start() + frame({ type: 'ping' }, 'message') + text(0) + ended()],
    ['the last of two event lines is right', `event: x\n${message(text(0))}`],
  ),
  c(
    '2.1',
    'must',
    ['an event has no type', start() + frame({ kind: 'ping' }, 'ping') + text(0) + ended()],
    ['an event has fields that are new', start() + frame({ type: 'ping', at: 1 }) + text(0) + ended()],
  ),
  c(
    'AN-2',
    'must',
    ['there is no message_start', text(0) + ended()],
    [
      'ping, comment and unknown event precede it',
      `: hi\n\n${ping}${frame({ type: 'message_ack' })}${message(text(0))}`,
    ],
  ),
  c(
    'AN-2',
    'must',
    ['a second message_start follows', start() + start() + text(0) + ended()],
    ['an error comes without any', ping + failure],
  ),
  c(
    'AN-18',
    'must',
    ['an event is of another family', start() + frame({ type: 'vertex_event' }) + text(0) + ended()],
    ['an event of our family is new', start() + frame({ type: 'content_block_note', index: 0 }) + text(0) + ended()],
  ),
  c(
    'AN-21',
    'must',
    ['[DONE] comes before the terminal', start() + text(0) + reason('end_turn') + unnamed('[DONE]') + stop],
    ['the model says [DONE]', message(text(0, '[DONE]'))],
  ),
  c(
    'AN-21',
    'must',
    ['[DONE] comes after the terminal', message(text(0)) + unnamed('[DONE]')],
    ['blank lines and comments come after the terminal', `${message(text(0))}\n\n: [DONE]\n\n`],
  ),
  c(
    'AN-3',
    'must',
    ['the content of the message is null', start({ content: null }) + text(0) + ended()],
    ['the message has no container', message(text(0))],
  ),
  c(
    'AN-3',
    'must',
    ['the usage of the message is missing', start({ usage: undefined }) + text(0) + ended()],
    [
      'cache figures are null',
      start({ usage: { input_tokens: 0, output_tokens: 0, cache_read_input_tokens: null } }) + text(0) + ended(),
    ],
  ),
  c(
    'AN-3',
    'must',
    ['input_tokens are missing', start({ usage: { output_tokens: 1 } }) + text(0) + ended()],
    ['input_tokens are 0', start({ usage: { input_tokens: 0, output_tokens: 0 } }) + text(0) + ended()],
  ),
  c(
    '2.1',
    'must',
    ['the role of the message is missing', start({ role: undefined }) + text(0) + ended()],
    ['the message has fields that are new', start({ tier: 'x' }) + text(0) + ended()],
  ),
  c(
    '2.1',
    'must',
    ['the stop_sequence of the message is missing', start({ stop_sequence: undefined }) + text(0) + ended()],
    [
      'a message_delta names its stop_sequence',
      start() + text(0) + messageDelta({ stop_reason: 'stop_sequence', stop_sequence: '#' }) + stop,
    ],
  ),
  c(
    'AN-22',
    'should',
    ['the id of the message is empty', start({ id: '' }) + text(0) + ended()],
    ['the id of the message is of no known form', start({ id: 'x' }) + text(0) + ended()],
  ),
]

const BLOCKS: readonly RuleCase[] = [
  c(
    'AN-4',
    'must',
    ['a delta has no start', start() + delta(0, say('x')) + ended()],
    ['a start has no delta', message(open(0, textBlock) + close(0))],
  ),
  c(
    'AN-4',
    'must',
    ['a stop has no start', start() + text(0) + close(1) + ended()],
    ['there is no block at all', message('', 'refusal')],
  ),
  c(
    'AN-4',
    'must',
    ['a block stops twice', message(text(0) + close(0))],
    ['two blocks stop once each', message(text(0) + text(1))],
  ),
  c(
    'AN-5',
    'must',
    ['the first index is 1', message(text(1))],
    ['pings stand between the blocks', message(text(0) + ping + ping + text(1) + ping)],
  ),
  c(
    'AN-5',
    'must',
    ['an index is skipped', message(text(0) + text(2))],
    ['a block newer than we are takes the place', message(text(0) + open(1, { type: 'voice' }) + close(1) + text(2))],
  ),
  c(
    'AN-5',
    'must',
    ['an index is used again', message(text(0) + text(0))],
    ['ten blocks follow each other', message(Array.from({ length: 10 }, (_, index) => text(index)).join(''))],
  ),
  c(
    'AN-5',
    'must',
    ['an index is negative', message(text(-1))],
    ['the same text comes twice', message(text(0) + text(1))],
  ),
  c(
    '2.1',
    'must',
    ['an index is a string', message(open('0', textBlock) + delta('0', say('x')) + close('0'))],
    ['an index is written 0.0', message(text(0)).replaceAll('"index":0', '"index":0.0')],
  ),
  c(
    '2.1',
    'must',
    ['a start has no content_block', message(open(0, undefined) + close(0))],
    ['a start has a block type that is new', message(open(0, { type: 'voice', x: null }) + close(0))],
  ),
  c(
    'AN-6',
    'must',
    ['two blocks are open', message(open(0, textBlock) + open(1, textBlock) + close(0) + close(1))],
    [
      'a block opens right after the other closed',
      message(open(0, textBlock) + close(0) + open(1, textBlock) + close(1)),
    ],
  ),
  c(
    'AN-7',
    'must',
    ['a block is open at the message_stop', message(open(0, textBlock) + delta(0, say('x')))],
    ['a block is open at the error', start() + open(0, textBlock) + delta(0, say('x')) + failure],
  ),
  c(
    'AN-8',
    'must',
    ['a delta follows the stop of its block', message(text(0) + delta(0, say('x')))],
    ['a ping follows the stop of a block', message(text(0) + ping)],
  ),
  c(
    'AN-11',
    'should',
    ['a block follows the message_delta', start() + text(0) + reason('end_turn') + text(1) + ended()],
    ['a ping follows the message_delta', start() + text(0) + reason('end_turn') + ping + stop],
  ),
  c(
    'AN-11',
    'should',
    [
      'the stop of a block follows the message_delta',
      start() + open(0, textBlock) + reason('end_turn') + close(0) + stop,
    ],
    [
      'a message_delta and then an error leave a block open',
      start() + open(0, textBlock) + reason('end_turn') + failure,
    ],
  ),
  c(
    'D-1',
    'must',
    ['text is in the start of its block', message(open(0, { type: 'text', text: 'x' }) + close(0))],
    [
      'a redacted block has its data in the start',
      message(open(0, { type: 'redacted_thinking', data: 'x' }) + close(0)),
    ],
  ),
  c(
    'D-1',
    'must',
    [
      'a signature is in the start of its block',
      message(open(0, { ...thinkingBlock, signature: 'x' }) + delta(0, think('x')) + close(0)),
    ],
    [
      'a result has its content in the start',
      message(open(0, { type: 'web_search_tool_result', tool_use_id: 's', content: [{ type: 'x' }] }) + close(0)),
    ],
  ),
  c(
    'D-1',
    'must',
    [
      'a signature rides on the thinking',
      message(open(0, thinkingBlock) + delta(0, { ...think('x'), signature: 's' }) + close(0)),
    ],
    [
      'an estimate rides on the thinking',
      message(open(0, thinkingBlock) + delta(0, { ...think('x'), estimated_tokens: 3 }) + close(0)),
    ],
  ),
  c(
    'D-29',
    'must',
    ['a call has its input in the start', message(tool(0, '', { input: { a: 1 } }), 'tool_use')],
    ['a call with a caller has its input in the start', message(tool(0, '', prefilledCall), 'tool_use')],
  ),
  c(
    'D-29',
    'must',
    ['a call has its input in the start and in deltas', message(tool(0, '{"a":1}', { input: { a: 1 } }), 'tool_use')],
    ['a server tool has its input in the start', message(tool(0, '', { type: 'server_tool_use', input: { a: 1 } }))],
  ),
  c(
    '2.2',
    'must',
    ['a text block starts without text', message(open(0, { type: 'text' }) + delta(0, say('x')) + close(0))],
    [
      'a thinking block starts without signature',
      message(open(0, { type: 'thinking', thinking: '' }) + delta(0, think('x')) + close(0)),
    ],
  ),
  c(
    '2.2',
    'must',
    ['a text block starts with text that is null', message(open(0, { type: 'text', text: null }) + close(0))],
    ['the citations of a start are null', message(open(0, { ...textBlock, citations: null }) + close(0))],
  ),
  c(
    '2.2',
    'must',
    [
      'a delta has text that is null',
      message(open(0, textBlock) + delta(0, { type: 'text_delta', text: null }) + close(0)),
    ],
    ['a delta has text that is empty', message(text(0, ''))],
  ),
  c(
    '2.2',
    'must',
    ['a delta has no type', message(open(0, textBlock) + delta(0, { text: 'x' }) + close(0))],
    ['a delta has a type that is new', message(open(0, textBlock) + delta(0, { type: 'voice_delta' }) + close(0))],
  ),
  c(
    '2.2',
    'must',
    ['a text delta is sent to a thinking block', message(open(0, thinkingBlock) + delta(0, say('x')) + close(0))],
    ['a signature is sent to a thinking block', message(open(0, thinkingBlock) + delta(0, sign('x')) + close(0))],
  ),
  c(
    '2.2',
    'must',
    [
      'a delta is sent to a redacted block',
      message(open(0, { type: 'redacted_thinking', data: 'x' }) + delta(0, think('x')) + close(0)),
    ],
    [
      'a delta is sent to a block newer than we are',
      message(open(0, { type: 'voice' }) + delta(0, say('x')) + close(0)),
    ],
  ),
  c(
    '2.2',
    'must',
    [
      'a citation is no object',
      message(open(0, textBlock) + delta(0, { type: 'citations_delta', citation: 'x' }) + close(0)),
    ],
    [
      'a citation is an object',
      message(open(0, textBlock) + delta(0, { type: 'citations_delta', citation: {} }) + close(0)),
    ],
  ),
  c(
    '2.2',
    'must',
    ['a result names no call', message(open(0, { type: 'web_fetch_tool_result', content: {} }) + close(0))],
    [
      'a result has a caller as well',
      message(open(0, { type: 'web_fetch_tool_result', tool_use_id: 's', content: {}, caller: {} }) + close(0)),
    ],
  ),
  c(
    '2.2',
    'must',
    [
      'a compaction is a number',
      message(
        open(0, { type: 'compaction', content: null }) + delta(0, { type: 'compaction_delta', content: 1 }) + close(0),
      ),
    ],
    [
      'a compaction is null',
      message(
        open(0, { type: 'compaction', content: null }) +
          delta(0, { type: 'compaction_delta', content: null }) +
          close(0),
      ),
    ],
  ),
  c(
    'AN-15',
    'must',
    ['a call has no id', message(tool(0, '{}', { id: undefined }), 'tool_use')],
    ['the id of a call has odd characters', message(tool(0, '{}', { id: 'a.b/1' }), 'tool_use')],
  ),
  c(
    'AN-15',
    'must',
    ['the name of a call is empty', message(tool(0, '{}', { name: '' }), 'tool_use')],
    ['the name of a call has odd characters', message(tool(0, '{}', { name: 'a b' }), 'tool_use')],
  ),
  c(
    'AN-15',
    'must',
    ['the input of a call is a string', message(tool(0, '{}', { input: '' }), 'tool_use')],
    ['a call has no fragment', message(tool(0, ''), 'tool_use')],
  ),
  c(
    'AN-15',
    'must',
    [
      'a prefilled call has no id',
      start({ content: [{ ...prefilledCall, id: undefined }], stop_reason: 'tool_use' }) + stop,
    ],
    [
      'a prefilled call has no caller',
      start({ content: [{ ...toolBlock, input: { a: 1 } }], stop_reason: 'tool_use' }) + stop,
    ],
  ),
  c(
    '2.2',
    'must',
    ['a block has no type', message(open(0, { text: '' }) + close(0))],
    ['a block has a type only', message(open(0, { type: 'voice' }) + close(0))],
  ),
  c(
    'AN-22',
    'should',
    ['two calls share an id', message(tool(0, '{}') + tool(1, '{}'), 'tool_use')],
    [
      'a result repeats the id of its call',
      message(
        tool(0, '{}', { type: 'server_tool_use' }) +
          open(1, { type: 'web_search_tool_result', tool_use_id: 'toolu_a', content: [] }) +
          close(1),
      ),
    ],
  ),
]

const TAIL: readonly RuleCase[] = [
  c(
    'AN-9',
    'must',
    ['there is no message_delta', start() + text(0) + stop],
    ['the message is prefilled and stops', prefilled + ping + stop],
  ),
  c(
    'AN-9',
    'must',
    [
      'the message has a stop_reason from the start, but streams a block',
      start({ stop_reason: 'end_turn' }) + text(0) + stop,
    ],
    ['there is none before an error', start() + text(0) + failure],
  ),
  c(
    'AN-9',
    'must',
    ['the message_delta has no usage', start() + text(0) + messageDelta({}, { usage: undefined }) + stop],
    [
      'the message_delta has usage that is new',
      start() + text(0) + messageDelta({}, { usage: { output_tokens: 0, x: {} } }) + stop,
    ],
  ),
  c(
    'AN-9',
    'must',
    ['the output_tokens are null', start() + text(0) + messageDelta({}, { usage: { output_tokens: null } }) + stop],
    [
      'the input_tokens are null',
      start() + text(0) + messageDelta({}, { usage: { output_tokens: 1, input_tokens: null } }) + stop,
    ],
  ),
  c(
    '2.1',
    'must',
    ['the message_delta has no stop_sequence', start() + text(0) + messageDelta({ stop_sequence: undefined }) + stop],
    ['the message_delta has a container that is null', start() + text(0) + messageDelta({ container: null }) + stop],
  ),
  c(
    'AN-10',
    'must',
    ['the stop_reason is null', start() + text(0) + reason(null) + stop],
    ['only the first of two is null', start() + text(0) + reason(null) + reason('end_turn') + stop],
  ),
  c(
    'AN-10',
    'must',
    ['a later message_delta erases the stop_reason', start() + text(0) + reason('end_turn') + reason(null) + stop],
    ['the stop_reason is null before an error', start() + text(0) + reason(null) + failure],
  ),
  c(
    'D-26',
    'should',
    ['two message_delta contradict each other', start() + text(0) + reason('end_turn') + reason('max_tokens') + stop],
    ['two message_delta agree', start() + text(0) + reason('end_turn') + reason('end_turn') + stop],
  ),
  c(
    'D-28',
    'must',
    [
      'a prefilled message holds text',
      start({ content: [{ type: 'text', text: 'x' }], stop_reason: 'end_turn' }) + stop,
    ],
    ['a prefilled message holds a call', prefilled + stop],
  ),
  c(
    'D-28',
    'must',
    ['a block follows a prefilled call', prefilled + text(1) + ended('tool_use')],
    ['an error follows a prefilled call', prefilled + failure],
  ),
  c(
    'AN-12',
    'must',
    ['there is no terminal', start() + text(0) + reason('end_turn')],
    ['the only frame is an error', failure],
  ),
  c('AN-12', 'must', ['the stream is empty', ''], ['the message is empty', message('')]),
  c(
    'AN-12',
    'must',
    ['there are two message_stop', message(text(0)) + stop],
    ['a comment follows the message_stop', `${message(text(0))}: x\n\n`],
  ),
  c(
    'W-8',
    'must',
    ['a ping follows the message_stop', message(text(0)) + ping],
    ['a ping precedes the message_stop', start() + text(0) + reason('end_turn') + ping + stop],
  ),
  c(
    'W-8',
    'must',
    ['an error follows the message_stop', message(text(0)) + failure],
    ['an error comes in the message_stop’s place', start() + text(0) + reason('end_turn') + failure],
  ),
  c(
    'AN-20',
    'must',
    ['a message_stop follows the error', start() + failure + stop],
    ['a comment follows the error', `${start()}${failure}: x\n\n`],
  ),
  c(
    'AN-13',
    'must',
    ['the stop_reason is a word of the chat protocol', message(text(0), 'stop')],
    ['the stop_reason is a word we do not know', message(text(0), 'tired')],
  ),
  c(
    'AN-13',
    'should',
    ['a tool ends in end_turn', message(tool(0, '{}'), 'end_turn')],
    ['a server tool ends in end_turn', message(tool(0, '{}', { type: 'server_tool_use' }), 'end_turn')],
  ),
  c(
    'AN-13',
    'should',
    ['tool_use ends a message without a tool', message(text(0), 'tool_use')],
    [
      'tool_use ends a message with a block newer than we are',
      message(open(0, { type: 'voice_use' }) + close(0), 'tool_use'),
    ],
  ),
  c(
    'AN-14',
    'must',
    ['the arguments are cut under tool_use', message(tool(0, '{"a":'), 'tool_use')],
    ['the arguments are cut under max_tokens', message(tool(0, '{"a":'), 'max_tokens')],
  ),
  c(
    'AN-14',
    'must',
    ['the arguments of a server tool are cut', message(tool(0, '{"a":', { type: 'server_tool_use' }))],
    ['the arguments are cut before an error', start() + open(0, toolBlock) + delta(0, argue('{"a":')) + failure],
  ),
  c(
    'AN-14',
    'must',
    ['the arguments are cut under stop_sequence', message(tool(0, '[1,'), 'stop_sequence')],
    ['the arguments are malformed', message(tool(0, '{"a": ls}'), 'tool_use')],
  ),
  c(
    'AN-14',
    'must',
    ['the arguments are a cut string', message(tool(0, '"a'), 'tool_use')],
    ['the arguments are an array', message(tool(0, '[1]'), 'tool_use')],
  ),
  c(
    'AN-14/joined',
    'should',
    ['the arguments are two objects', message(tool(0, '{}{"a":1}'), 'tool_use')],
    ['the arguments have a bracket too many', message(tool(0, '{"a":1}}'), 'tool_use')],
  ),
  c(
    'AN-19',
    'must',
    ['the error has no message', start() + frame({ type: 'error', error: { type: 'api_error' } })],
    [
      'the error has an id of its request',
      start() + frame({ type: 'error', error: { type: 'x', message: '' }, request_id: null }),
    ],
  ),
  c(
    'AN-19',
    'must',
    ['the error is a string', start() + frame({ type: 'error', error: 'x' })],
    [
      'the error has fields that are new',
      start() + frame({ type: 'error', error: { type: 'x', message: 'y', code: 5 } }),
    ],
  ),
]

export const RULE_CASES: readonly RuleCase[] = [...WIRE, ...EVENTS, ...BLOCKS, ...TAIL]

/** Legal in every way, however odd: no violation of either severity, and nothing newer. */
export const LEGAL: readonly (readonly [string, string])[] = [
  [
    'thinking, text and a call in turn',
    message(
      open(0, thinkingBlock) +
        delta(0, think('hm')) +
        delta(0, sign('s')) +
        close(0) +
        text(1) +
        open(2, toolBlock) +
        delta(2, argue('')) +
        ping +
        delta(2, argue('{"a":')) +
        delta(2, argue('1}')) +
        close(2),
      'tool_use',
    ),
  ],
  [
    'pings before the start, in blocks and before the end',
    `${ping}${start()}${ping}${open(0, textBlock)}${ping}${close(0)}${reason('end_turn')}${ping}${stop}`,
  ],
  ['a thinking block without any signature', message(open(0, thinkingBlock) + delta(0, think('hm')) + close(0))],
  ['JSON padded with blanks', message(text(0)).replaceAll('}\n\n', '          }\n\n')],
  ['a call that refusal cut short', message(tool(0, '{"a'), 'refusal')],
  ['a call that pause_turn cut short', message(tool(0, '{"a'), 'pause_turn')],
  ['a call that the context window cut short', message(tool(0, '{"a'), 'model_context_window_exceeded')],
  ['a call whose arguments are followed by more', message(tool(0, '{"a":1} done'), 'tool_use')],
  ['a call under stop_sequence', message(tool(0, '{}'), 'stop_sequence')],
]
