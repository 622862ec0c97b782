/** For each rule about the whole stream the smallest one that breaks it, and one that comes close and must pass. */
import type { RuleCase } from './messages-cases.js'
import {
  answer,
  answerTo,
  before,
  begun,
  behind,
  call,
  changed,
  citation,
  completed,
  created,
  type Events,
  failed,
  hybrid,
  incomplete,
  inProgress,
  item,
  keepalive,
  message,
  nested,
  of,
  queued,
  search,
  snapshot,
  unnumbered,
  usage,
  wire,
  without,
} from './responses-streams.js'
import type { Severity } from './verdict.js'

/** A stream as events, which are then numbered, or as the text of its frames. */
type Stream = Events | string

const textOf = (stream: Stream): string => (typeof stream === 'string' ? stream : wire(stream))

const c = (
  rule: string,
  severity: Severity,
  [when, breaks]: readonly [string, Stream],
  [unless, passes]: readonly [string, Stream],
): RuleCase => ({ rule, severity, when, breaks: textOf(breaks), unless, passes: textOf(passes) })

const text = answer(message(0, ['hel', 'lo']))
const two = answer(message(0, ['one']), call(1, ['{"a":', '1}']))
const cited = answer(message(0, ['see'], [citation]))
const pair: Events = [...begun, hybrid, failed]
const cut = answerTo(incomplete, message(0, ['hel']))
const [one, other] = [message(0, ['one']), call(1, ['{}'])]
const doneInReverse: Events = [
  ...begun,
  ...one.events.slice(0, -1),
  ...other.events,
  ...one.events.slice(-1),
  completed([one.item, other.item]),
]
const background = snapshot('in_progress', 'in_progress', { background: true })
const resumed: Events = [background, ...message(0, ['x']).events, completed([message(0, ['x']).item])]
const DONE = 'data: [DONE]\n\n'

const WIRE: readonly RuleCase[] = [
  c(
    'W-5',
    'must',
    ['the data is no JSON', `${wire(text)}event: x\ndata: {"a\n\n`],
    ['a comment follows', `${wire(text)}: bye\n\n`],
  ),
  c(
    'W-7',
    'must',
    ['an item event carries an error', changed(text, 'output_item.done', { error: { message: 'x' } })],
    ['a hosted call failed', answer(item(0, { type: 'mcp_call', id: 'mcp_0', error: { message: 'x' } }, {}))],
  ),
  c(
    'D-6',
    'should',
    ['an event carries an error that is null', changed(text, 'output_item.done', { error: null })],
    ['a snapshot has an error that is null', text],
  ),
  c(
    'W-8',
    'must',
    ['an event follows the terminal', [...text, keepalive]],
    ['a comment stands before the terminal', `: a\n\n${wire(text)}`],
  ),
  c('RE-16', 'must', ['there is no terminal', text.slice(0, -1)], ['there is no output', [...begun, completed([])]]),
  c('RE-23', 'must', ['[DONE] comes twice', wire(text) + DONE + DONE], ['[DONE] ends the stream', wire(text) + DONE]),
  c(
    'RE-23',
    'must',
    ['[DONE] comes first', DONE + wire(text)],
    ['the model says [DONE]', answer(message(0, ['[DONE]']))],
  ),
  c(
    'RE-21',
    'should',
    ['an event line is missing', wire(text).replace('event: response.created\n', '')],
    ['it follows the data', wire(text).replace(/^(event: .*\n)(data: .*\n)/, '$2$1')],
  ),
  c(
    'RE-21',
    'should',
    ['an event line names another event', wire(text).replace('event: response.created\n', 'event: message\n')],
    ['a second event line is right', `event: message\n${wire(text)}`],
  ),
  c(
    'RE-22',
    'must',
    ['an event has no type', behind(text, 'in_progress', { type: '' })],
    ['fields are new', changed(text, 'created', { agent: {} })],
  ),
]

const FAMILIES: readonly RuleCase[] = [
  c(
    'RE-24',
    'must',
    ['an event is of another family', behind(text, 'in_progress', { type: 'codex.rate_limits' })],
    ['an event of ours is new', behind(text, 'in_progress', of('metadata'))],
  ),
  c(
    'RE-25',
    'must',
    ['a ping is sent', behind(text, 'in_progress', { type: 'ping' })],
    ['a keepalive is sent', behind(text, 'in_progress', keepalive)],
  ),
  c(
    'RE-30',
    'must',
    ['response.done stands before the terminal', before(text, 'completed', of('done', { response: {} }))],
    ['an item is done', text],
  ),
]

const SEQUENCE: readonly RuleCase[] = [
  c(
    'D-42',
    'must',
    ['one event has no number', changed(text, 'output_text.delta', { sequence_number: undefined })],
    ['no event has one', unnumbered(text)],
  ),
  c(
    'D-42',
    'must',
    ['a number comes twice', changed(text, 'output_text.delta', { sequence_number: 3 })],
    ['the numbers have gaps', changed(text, 'completed', { sequence_number: 900 })],
  ),
  c(
    'D-42',
    'must',
    ['a number is a string', changed(text, 'output_text.delta', { sequence_number: '4' })],
    ['the numbers begin at 1', text.map((event, at) => ({ ...event, sequence_number: at + 1 }))],
  ),
  c(
    'D-42',
    'must',
    ['only the first event has none', changed(pair, 'created', { sequence_number: undefined })],
    ['only the error pair has some', unnumbered(pair)],
  ),
  c(
    'D-42',
    'must',
    ['a failed response has none', changed(pair, 'failed', { sequence_number: undefined })],
    ['a keepalive has one', behind(text, 'in_progress', keepalive)],
  ),
]

const LIFECYCLE: readonly RuleCase[] = [
  c(
    'RE-1',
    'must',
    ['there is no response.created', without(text, 'created')],
    ['a background response begins in the middle', resumed],
  ),
  c(
    'RE-1',
    'must',
    ['a keepalive precedes it', [keepalive, ...text]],
    ['a comment precedes it', `: hi\n\n${wire(text)}`],
  ),
  c(
    'RE-1',
    'must',
    ['it comes twice', [created, ...text]],
    ['in_progress comes twice', [...begun, inProgress, completed([])]],
  ),
  c('RE-1', 'must', ['an error comes alone', [hybrid, failed]], ['an error comes behind both', pair]),
  c(
    'RE-2',
    'should',
    ['response.in_progress is missing', without(text, 'in_progress')],
    ['response.queued precedes it', behind(text, 'created', queued)],
  ),
  c(
    'RE-2',
    'should',
    ['an error takes its place', without(pair, 'in_progress')],
    ['a warm-up goes straight to its end', [created, completed([])]],
  ),
  c(
    'RE-3',
    'must',
    ['a response is completed when it is created', changed(text, 'created', { 'response.status': 'completed' })],
    ['a response is queued when it is created', changed(text, 'created', { 'response.status': 'queued' })],
  ),
  c(
    'RE-3',
    'must',
    [
      'a response has output when it begins',
      changed(text, 'in_progress', { 'response.output': [message(0, ['x']).item] }),
    ],
    ['a snapshot lacks its usage', changed(text, 'in_progress', { 'response.usage': undefined })],
  ),
  c(
    'RE-9',
    'must',
    ['the id changes at the end', changed(text, 'completed', { 'response.id': 'resp_b' })],
    ['the model changes at the end', changed(text, 'completed', { 'response.model': 'm-2' })],
  ),
  c(
    '3.2',
    'must',
    ['the terminal is not wrapped', changed(text, 'completed', { response: undefined })],
    ['the terminal lacks what nobody needs', changed(text, 'completed', { 'response.incomplete_details': undefined })],
  ),
]

const TERMINAL: readonly RuleCase[] = [
  c(
    'RE-14',
    'must',
    ['the output is empty', changed(text, 'completed', { 'response.output': [] })],
    ['the output of a failure is', [...begun, ...message(0, ['x']).events, hybrid, failed]],
  ),
  c(
    'RE-14',
    'must',
    [
      'the output is in another order',
      changed(two, 'completed', { 'response.output': [call(1, ['{"a":1}']).item, message(0, ['one']).item] }),
    ],
    ['items were done in another order', doneInReverse],
  ),
  c(
    'RE-14',
    'must',
    [
      'the output has an item that was never announced',
      [...text.slice(0, -1), completed([message(0, ['hello']).item, search(1).item])],
    ],
    ['an item in it has more fields', changed(text, 'completed', { 'response.output.0.phase': 'final' })],
  ),
  c(
    'RE-7',
    'must',
    ['the output has another id', changed(text, 'completed', { 'response.output.0.id': 'msg_9' })],
    ['the output has another status', changed(text, 'completed', { 'response.output.0.status': 'in_progress' })],
  ),
  c(
    'RE-16',
    'must',
    ['a completed response failed', changed(text, 'completed', { 'response.status': 'failed' })],
    ['an incomplete response is incomplete', cut],
  ),
  c(
    'RE-16',
    'must',
    ['a failed response is in progress', changed(pair, 'failed', { 'response.status': 'in_progress' })],
    ['a response fails with a usage', changed(pair, 'failed', { 'response.usage': usage })],
  ),
  c(
    'RE-17',
    'should',
    ['an incomplete response does not say why', changed(cut, 'incomplete', { 'response.incomplete_details': null })],
    ['its reason is new', changed(cut, 'incomplete', { 'response.incomplete_details': { reason: 'tired' } })],
  ),
  c(
    '3.2',
    'must',
    ['the usage has the names of chat', changed(text, 'completed', { 'response.usage.input_tokens': undefined })],
    ['the usage is null', changed(text, 'completed', { 'response.usage': null })],
  ),
  c(
    '3.2',
    'must',
    ['the details have no count', changed(text, 'completed', { 'response.usage.input_tokens_details': {} })],
    ['the usage has a cost', changed(text, 'completed', { 'response.usage.cost': 1 })],
  ),
  c(
    '3.2',
    'should',
    ['the details are missing', changed(text, 'completed', { 'response.usage.output_tokens_details': undefined })],
    ['the usage is missing', changed(text, 'completed', { 'response.usage': undefined })],
  ),
]

const ERRORS: readonly RuleCase[] = [
  c(
    'RE-18',
    'must',
    ['an error is only flat', changed(pair, 'error', { error: undefined })],
    ['an error is only nested', [...begun, nested, failed]],
  ),
  c(
    'RE-18',
    'must',
    ['the code of an error is a number', [...begun, ...changed([nested], 'error', { 'error.code': 429 }), failed]],
    ['the vendor gives no code', [...begun, ...changed([nested], 'error', { 'error.code': null }), failed]],
  ),
  c(
    'RE-18',
    'must',
    ['the flat message is not the nested one', changed(pair, 'error', { message: 'other' })],
    ['both have no param', changed(pair, 'error', { 'error.param': undefined })],
  ),
  c(
    'RE-18',
    'must',
    ['an error has no number', changed(pair, 'error', { sequence_number: undefined })],
    ['a number is far ahead', changed(pair, 'failed', { sequence_number: 77 })],
  ),
  c(
    'RE-19',
    'must',
    ['nothing follows an error', pair.slice(0, -1)],
    [
      'keepalives and comments stand between',
      `${wire([...begun, hybrid, keepalive, { type: 'keepalive' }, failed])}: bye\n\n`,
    ],
  ),
  c(
    'RE-19',
    'must',
    ['a response fails without an error', without(pair, 'error')],
    ['the error comes behind content', [...begun, ...message(0, ['x']).events.slice(0, 3), hybrid, failed]],
  ),
  c(
    'RE-19',
    'must',
    ['an error is followed by a success', before(text, 'completed', hybrid)],
    ['a text tells of an error', answer(message(0, ['error']))],
  ),
  c(
    'RE-19',
    'must',
    ['two errors come', before(pair, 'failed', hybrid)],
    ['[DONE] ends the failure', wire(pair) + DONE],
  ),
  c(
    'RE-19',
    'must',
    ['the failed response has no error', changed(pair, 'failed', { 'response.error': null })],
    ['its message is another one', changed(pair, 'failed', { 'response.error.message': 'see above' })],
  ),
  c(
    'RE-19',
    'must',
    ['its code is a number', changed(pair, 'failed', { 'response.error.code': 500 })],
    ['its code is another one', changed(pair, 'failed', { 'response.error.code': 'invalid_prompt' })],
  ),
]

const SHAPES: readonly RuleCase[] = [
  c(
    '3.2',
    'must',
    ['a citation has no title', changed(cited, 'output_text.annotation.added', { 'annotation.title': undefined })],
    ['a file is cited', changed(cited, 'output_text.annotation.added', { annotation: { type: 'file_citation' } })],
  ),
]

export const STREAM_CASES: readonly RuleCase[] = [
  ...WIRE,
  ...FAMILIES,
  ...SEQUENCE,
  ...LIFECYCLE,
  ...TERMINAL,
  ...ERRORS,
  ...SHAPES,
]
