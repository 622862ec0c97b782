/** For each rule about chunks, choices and the ending the smallest stream that breaks it, and one that comes close. */
import {
  answer,
  changed,
  chunk,
  DONE,
  type Events,
  failure,
  filter,
  finish,
  frames,
  promptFilter,
  put,
  say,
  spoken,
  start,
  text,
  tools,
  usage,
  wire,
  withoutChoices,
} from './chat-streams.js'
import type { RuleCase } from './messages-cases.js'
import type { Severity } from './verdict.js'

/** A stream as events, which `[DONE]` follows, or as the text of its frames. */
type Stream = Events | string

const bodyOf = (stream: Stream): string => (typeof stream === 'string' ? stream : wire(stream))

export const c = (
  rule: string,
  severity: Severity,
  [when, breaks]: readonly [string, Stream],
  [unless, passes]: readonly [string, Stream],
): RuleCase => ({ rule, severity, when, breaks: bodyOf(breaks), unless, passes: bodyOf(passes) })

const hello = answer(text('hel'), text('lo'))
const two = [start(0), start(1), text('b', 1), text('a', 0), finish('stop', 1), finish('length', 0)]
const delta = 'choices.0.delta'

const WIRE: readonly RuleCase[] = [
  c(
    'W-1',
    'should',
    ['the body begins with a byte order mark', `\uFEFF${wire(hello)}`],
    ['the model says one', answer(text('\uFEFF'))],
  ),
  c(
    'W-2',
    'must',
    ['an event line has no data', `event: ping\n\n${wire(hello)}`],
    ['a comment has none', `: ping\n\n${wire(hello)}`],
  ),
  c('W-2', 'must', ['the data is empty', `data:\n\n${wire(hello)}`], ['a content is empty', answer(text(''))]),
  c(
    'W-3',
    'must',
    ['the data is null', `data: null\n\n${wire(hello)}`],
    ['the usage is null', changed(hello, 0, { usage: null })],
  ),
  c(
    'W-4',
    'must',
    ['the last blank line is missing', wire(hello).slice(0, -1)],
    ['a last comment has none', `${wire(hello)}: bye`],
  ),
  c(
    'W-5',
    'must',
    ['two objects share one event', `data: {}\ndata: {}\n\n${wire(hello)}`],
    ['one object is spread over two lines', wire(hello).replace('data: {', 'data: {\ndata: ')],
  ),
  c(
    'W-5',
    'must',
    ['[DONE] has a blank behind it', `data: [DONE] \n\n${wire(hello)}`],
    ['[DONE] has no blank before it', wire(hello).replace(': [DONE]', ':[DONE]')],
  ),
  c(
    'W-8',
    'must',
    ['the usage follows [DONE]', wire(hello) + frames([usage])],
    ['a comment follows it', `${wire(hello)}: bye\n\n`],
  ),
  c(
    'W-8',
    'must',
    ['an error follows [DONE]', wire(hello) + frames([failure])],
    ['it follows the finish', [...hello, failure]],
  ),
  c(
    'D-7',
    'should',
    ['lines end in CR alone', wire(hello).replaceAll('\n', '\r')],
    ['they end in CR and LF', wire(hello).replaceAll('\n', '\r\n')],
  ),
]

const CHUNKS: readonly RuleCase[] = [
  c(
    'CH-1',
    'must',
    ['the usage comes without choices', [...hello, put(usage, { choices: undefined })]],
    ['it comes with none', [...hello, usage]],
  ),
  c(
    'CH-1',
    'must',
    ['choices are null', changed(hello, 1, { choices: null })],
    ['Azure begins with none', [promptFilter, ...hello]],
  ),
  c('CH-1', 'must', ['a chunk has no choices', [...hello, withoutChoices]], ['the stream is audio', spoken]),
  c(
    'CH-1',
    'must',
    ['an event is of another protocol', [{ type: 'ping' }, ...hello]],
    ['fields are new', changed(hello, 0, { type: 'ping' })],
  ),
  c(
    '4.1',
    'must',
    ['a chunk is named otherwise', changed(hello, 1, { object: 'completion.chunk' })],
    ['the chunk is only a filter of Azure', [...hello, filter()]],
  ),
  c(
    '4.1',
    'must',
    ['a chunk of the answer has no name', changed(hello, 1, { object: '' })],
    ['its id is empty', changed(hello, 1, { id: '' })],
  ),
  c(
    '4.1',
    'must',
    ['the usage has no name', [...hello, { ...usage, object: '' }]],
    ['the prompt filter has none', [promptFilter, ...hello]],
  ),
  c(
    '4.1',
    'must',
    ['created is a string', changed(hello, 0, { created: '7' })],
    ['created changes', changed(hello, 1, { created: 8 })],
  ),
  c(
    '4.1',
    'must',
    ['there is no model', changed(hello, 0, { model: undefined })],
    ['the model changes', changed(hello, 1, { model: 'other' })],
  ),
  c(
    '4.1',
    'must',
    ['content is a list of parts', answer(say({ content: [{ type: 'text', text: 'x' }] }))],
    ['content is null', answer(say({ content: null, refusal: null, tool_calls: null }))],
  ),
  c(
    '4.2',
    'must',
    ['the usage has no total', [...hello, chunk([], { usage: { prompt_tokens: 1, completion_tokens: 2 } })]],
    [
      'every chunk has its usage',
      hello.map((event) => ({ ...event, usage: { prompt_tokens: 1, completion_tokens: 0, total_tokens: 1 } })),
    ],
  ),
  c(
    '4.2',
    'must',
    ['the usage is a list', changed(hello, 3, { usage: [] })],
    ['it rides on the finish', changed(hello, 3, { usage: usage['usage'] })],
  ),
  c(
    'D-6',
    'should',
    ['a chunk has an error that is null', changed(hello, 1, { error: null })],
    ['the error is inside the delta', changed(hello, 1, { [`${delta}.error`]: null })],
  ),
  c(
    'CH-13',
    'should',
    ['a chunk has an id of its own', changed(hello, 1, { id: 'chatcmpl-b' })],
    ['the first one has an empty id', changed(hello, 0, { id: '' })],
  ),
]

const CHOICES: readonly RuleCase[] = [
  c(
    'CH-2',
    'must',
    ['the only choice is not the first', [start(1), finish('stop', 1)]],
    ['the second one comes first', [start(1), finish('stop', 1), start(0), finish('stop', 0)]],
  ),
  c(
    'CH-2',
    'must',
    ['a choice is left out', [start(0), start(2), finish('stop', 0), finish('stop', 2)]],
    ['an error comes before it', [start(0), start(2), failure]],
  ),
  c(
    'CH-2',
    'must',
    ['an index is a string', [put(filter(), { 'choices.0.index': '0' }), ...hello]],
    ['two choices interleave', two],
  ),
  c(
    'D-1',
    'should',
    ['one chunk has two entries for a choice', answer(double(0, 0))],
    ['they are for two choices', [start(0), start(1), double(0, 1), finish('stop', 0), finish('stop', 1)]],
  ),
  c(
    'CH-3',
    'must',
    ['there is no role', changed(hello, 0, { [`${delta}.role`]: undefined })],
    ['it comes with the content', [say({ role: 'assistant', content: 'x' }), finish()]],
  ),
  c(
    'CH-3',
    'must',
    ['the second choice has none', changed(two, 1, { [`${delta}.role`]: undefined })],
    ['a filter of Azure precedes it', [filter(), ...hello]],
  ),
  c(
    'CH-3',
    'must',
    ['the role is another', changed(hello, 1, { [`${delta}.role`]: 'model' })],
    ['each choice has its own', two],
  ),
  c(
    'CH-3',
    'should',
    ['the role comes again', changed(hello, 1, { [`${delta}.role`]: 'assistant' })],
    ['the stream is audio', spoken],
  ),
  c('CH-3', 'should', ['the role comes late', [text('x'), ...answer()]], ['the content comes late', answer(text('x'))]),
  c(
    'CH-4',
    'must',
    ['a choice never finishes', [start(), text('x')]],
    ['an error takes its place', [start(), failure]],
  ),
  c('CH-4', 'must', ['one of two choices never finishes', two.slice(0, -1)], ['both do', two]),
  c(
    'CH-4',
    'must',
    ['a choice finishes twice', [...hello, finish('stop')]],
    ['the usage follows its finish', [...hello, usage]],
  ),
  c(
    'CH-4',
    'must',
    ['a finish_reason is empty', changed(hello, 1, { 'choices.0.finish_reason': '' })],
    ['a finish_reason is not there', changed(hello, 1, { 'choices.0.finish_reason': undefined })],
  ),
  c(
    'CH-4',
    'must',
    ['a finish_reason is a number', changed(hello, 1, { 'choices.0.finish_reason': 0 })],
    ['the stream is audio', spoken],
  ),
  c(
    'CH-5',
    'should',
    ['the finish_reason is another vendor’s', [start(), finish('end_turn')]],
    ['the filter stops the answer', [start(), finish('content_filter')]],
  ),
  c('CH-6', 'must', ['a delta is null', changed(hello, 3, { [delta]: null })], ['a delta is empty', hello]),
  c(
    'CH-6',
    'must',
    ['a message stands in place of the delta', answer(chunk([{ index: 0, message: { content: 'x' } }]))],
    ['Azure’s filter has no delta', answer(text('x'), filter())],
  ),
  c(
    'CH-6',
    'must',
    ['Azure’s filter finishes the answer', [start(), chunk([{ ...filterChoice(), finish_reason: 'content_filter' }])]],
    ['it does so with a delta', [start(), chunk([{ ...filterChoice(), delta: {}, finish_reason: 'content_filter' }])]],
  ),
  c(
    'CH-11',
    'should',
    ['content follows the finish', [...hello, text('!')]],
    ['a filter of Azure follows it', [...hello, filter(), usage]],
  ),
  c(
    'CH-11',
    'should',
    [
      'a tool call follows the finish',
      [...hello, tools({ index: 0, id: 'a', type: 'custom', custom: { name: 'n', input: '' } })],
    ],
    ['an empty delta follows it', [...hello, text('')]],
  ),
  c(
    'CH-12',
    'should',
    ['the answer goes on behind the usage', [start(), usage, finish()]],
    ['a second usage is behind it', [...hello, usage, usage]],
  ),
]

const ENDING: readonly RuleCase[] = [
  c('CH-14', 'must', ['[DONE] is missing', frames(hello)], ['it comes', hello]),
  c('CH-14', 'must', ['[DONE] comes twice', wire(hello) + DONE], ['the model says [DONE]', answer(text('[DONE]'))]),
  c(
    'CH-14',
    'should',
    ['[DONE] is missing behind an error', frames([start(), failure])],
    ['the error comes alone', [failure]],
  ),
  c('CH-15', 'must', ['an error is a string', [{ error: 'it broke' }]], ['its code is a number', [withCode(400)]]),
  c(
    'CH-15',
    'must',
    ['an error has no message', [{ error: { type: 't', code: 500 } }]],
    ['it has nothing else', [{ error: { message: 'it broke' } }]],
  ),
  c(
    'CH-15',
    'must',
    ['the message is an object', [{ error: { message: {} } }]],
    ['its type is null', [{ error: { message: '', type: null } }]],
  ),
  c('CH-15', 'must', ['the code is an object', [withCode({})]], ['it is a string', [withCode('rate_limit')]]),
  c(
    'CH-15',
    'must',
    ['there are choices beside the error', [start(), { ...chunk([]), ...failure }]],
    ['there is an id beside it', [start(), { id: 'chatcmpl-a', type: 'error', ...failure }]],
  ),
  c(
    'CH-15',
    'must',
    ['the answer goes on behind the error', [start(), failure, text('x')]],
    ['the stream is audio', [...spoken.slice(0, 2), failure, ...spoken.slice(2)]],
  ),
  c(
    'CH-15',
    'must',
    ['an error frame is named', `event: error\n${wire([failure])}`],
    ['a chunk is named', `event: message\n${wire(hello)}`],
  ),
  c(
    'CH-15',
    'must',
    ['a choice has an error', changed(hello, 1, { 'choices.0.error': { message: 'x' } })],
    ['it has none', changed(hello, 1, { 'choices.0.error': null })],
  ),
  c(
    'CH-15',
    'must',
    ['an error is a finish_reason', [start(), finish('error')]],
    ['it is a word', answer(text('error'))],
  ),
  c(
    'CH-16',
    'must',
    ['there is nothing but [DONE]', DONE],
    ['there is nothing but an end', [put(finish(), { [`${delta}.role`]: 'assistant' })]],
  ),
  c(
    'CH-16',
    'must',
    ['there is nothing but a filter and a usage', [promptFilter, usage]],
    ['there is an error', [promptFilter, failure]],
  ),
]

function double(one: number, other: number): Events[number] {
  return chunk([one, other].map((index) => ({ index, delta: { content: 'x' }, finish_reason: null })))
}

function filterChoice(): Events[number] {
  return { index: 0, finish_reason: null, content_filter_results: {} }
}

function withCode(code: unknown): Events[number] {
  return { error: { message: 'it broke', type: 'server_error', param: null, code } }
}

export const STREAM_CASES: readonly RuleCase[] = [...WIRE, ...CHUNKS, ...CHOICES, ...ENDING]
