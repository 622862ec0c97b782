/** For each rule about items and parts the smallest stream that breaks it, and one that comes close and must pass. */
import type { RuleCase } from './messages-cases.js'
import {
  answer,
  answerTo,
  begun,
  behind,
  call,
  changed,
  citation,
  completed,
  custom,
  type Events,
  failed,
  first,
  hybrid,
  incomplete,
  interleaved,
  item,
  mcp,
  message,
  of,
  reasoning,
  refusal,
  respelled,
  search,
  summary,
  wire,
  without,
} from './responses-streams.js'
import type { JsonObject, Severity } from './verdict.js'

const c = (
  rule: string,
  severity: Severity,
  [when, breaks]: readonly [string, Events],
  [unless, passes]: readonly [string, Events],
): RuleCase => ({ rule, severity, when, breaks: wire(breaks), unless, passes: wire(passes) })

const text = answer(message(0, ['hel', 'lo']))
const two = answer(message(0, ['one']), call(1, ['{"a":', '1}']))
const think = answer(summary(0, ['first', 'second']), message(1, ['x']))
const raw = answer(reasoning(0, 'hm'))
const called = answer(call(0, ['{"a":', '1}']))
const ran = answer(custom(0, 'ls'))
const cited = answer(message(0, ['see'], [citation, citation]))
const silent = item(0, { type: 'message', id: 'msg_0', role: 'assistant', status: 'completed', content: [] }, {})
const shell = (rest: JsonObject): Events =>
  answer(
    item(0, { type: 'shell_call', id: 'sh_0', status: 'completed' }, {}, [
      of('shell_call_command.added', { item_id: undefined, command_index: 0, command: '' }),
      of('shell_call_command.delta', { item_id: undefined, command_index: 0, delta: 'ls', ...rest }),
      of('shell_call_command.done', { item_id: undefined, command_index: 0, command: 'ls' }),
    ]),
  )
const shellOutput = answer(
  item(0, { type: 'shell_call_output', id: 'sho_0' }, {}, [
    of('shell_call_output_content.delta', { command_index: 0, delta: { stdout: 'a' } }),
    of('shell_call_output_content.done', { command_index: 0, output: [{ stdout: 'a' }] }),
  ]),
)
const listing = item(0, { type: 'mcp_list_tools', id: 'mcpl_0', server_label: 's', tools: [] }, {})

/** The stream with every mention of an item at another index. */
const moved = (events: Events, id: string, index: number): Events =>
  events.map((event) =>
    event['item_id'] === id || (event['item'] as { id?: unknown } | undefined)?.id === id
      ? { ...event, output_index: index }
      : event,
  )

const ANNOUNCEMENTS: readonly RuleCase[] = [
  c(
    'RE-4',
    'must',
    ['an item is never announced', without(text, 'output_item.added')],
    [
      'a hosted item is announced, never done, and others go on',
      [
        ...begun,
        ...listing.events.slice(0, 1),
        ...message(1, ['x']).events,
        completed([listing.item, message(1, ['x']).item]),
      ],
    ],
  ),
  c(
    'RE-5',
    'must',
    ['the first item has index 1', moved(text, 'msg_0', 1)],
    ['items interleave', answer(...interleaved(message(0, ['one']), call(1, ['{}']), search(2)))],
  ),
  c(
    'RE-5',
    'must',
    ['an index is used twice', moved(two, 'fc_1', 0)],
    ['a shell event has an index and no item_id', shell({})],
  ),
  c(
    'RE-5',
    'must',
    ['a delta has no output_index', changed(text, 'output_text.delta', { output_index: undefined })],
    ['audio names no item', behind(text, 'in_progress', of('audio.delta', { delta: 'AA' }))],
  ),
  c(
    'RE-7',
    'must',
    ['the item_id of a delta is another one', changed(text, 'output_text.delta', { item_id: 'chatcmpl-1' })],
    ['the ids have no usual prefix', respelled(text, 'msg_0', 'a-b-c')],
  ),
  c(
    'RE-7',
    'must',
    ['the item_id is empty', changed(text, 'output_text.delta', { item_id: '' })],
    ['an event that is newer has none', behind(text, 'in_progress', of('note.delta', { delta: 'x' }))],
  ),
  c(
    'RE-7',
    'must',
    ['the item is announced without an id', changed(answer(search(0)), 'output_item.added', { 'item.id': null })],
    ['an item is announced as completed', changed(text, 'output_item.added', { 'item.status': 'completed' })],
  ),
  c(
    'RE-7',
    'must',
    ['two items have the same id', respelled(two, 'fc_1', 'msg_0')],
    ['two calls have the same name', answer(call(0, ['{}']), call(1, ['{}']))],
  ),
  c(
    'RE-7',
    'must',
    ['the item has the id of the response', respelled(text, 'msg_0', 'resp_a')],
    ['the text speaks of it', answer(message(0, ['resp_a']))],
  ),
  c(
    'RE-7',
    'must',
    ['the done of an item has another id', changed(text, 'output_item.done', { 'item.id': 'msg_9' })],
    ['the done of an item has another status', changed(text, 'output_item.done', { 'item.status': 'incomplete' })],
  ),
  c(
    'RE-7',
    'must',
    ['a shell event names another item', shell({ item_id: 'sh_9' })],
    ['a shell event names its item', shell({ item_id: 'sh_0' })],
  ),
  c(
    'RE-7',
    'must',
    [
      'arguments come for a message',
      behind(
        text,
        'output_item.added',
        of('function_call_arguments.delta', { item_id: 'msg_0', output_index: 0, delta: '' }),
      ),
    ],
    [
      'an item newer than we are takes any event',
      answer(item(0, { type: 'duet', id: 'du_0' }, {}, [of('web_search_call.searching')])),
    ],
  ),
  c(
    'RE-12',
    'must',
    ['a delta follows the done of its item', behind(text, 'output_item.done', first(text, 'output_text.delta'))],
    ['a hosted item is still open at the end', without(answer(listing), 'output_item.done')],
  ),
  c(
    'RE-12',
    'must',
    ['an item is done twice', behind(text, 'output_item.done', first(text, 'output_item.done'))],
    ['a delta is empty', answer(message(0, ['', 'x', '']))],
  ),
  c(
    'RE-11',
    'must',
    ['a success leaves a message open', without(text, 'output_item.done')],
    ['a failure leaves it open', [...begun, ...message(0, ['x']).events.slice(0, 3), hybrid, failed]],
  ),
  c(
    'RE-11',
    'must',
    ['an incomplete response leaves a call open', without(answerTo(incomplete, call(0, ['{"a'])), 'output_item.done')],
    ['an incomplete response cuts it', answerTo(incomplete, call(0, ['{"a']))],
  ),
]

const PARTS: readonly RuleCase[] = [
  c(
    'RE-6',
    'must',
    ['a part is never announced', without(text, 'content_part.added')],
    ['a message has no parts', answer(silent)],
  ),
  c(
    'RE-6',
    'must',
    ['raw reasoning has no part', without(raw, 'content_part.added')],
    ['reasoning has neither text nor summary', answer(summary(0, []))],
  ),
  c(
    'RE-6',
    'must',
    ['a summary has no part', without(think, 'reasoning_summary_part.added')],
    ['a summary has two parts', think],
  ),
  c(
    'RE-6',
    'must',
    ['the only part has index 1', respelled(answer(message(0, [''])), '"content_index":0', '"content_index":1')],
    ['an index has more fields beside it', changed(text, 'content_part.added', { obfuscation: 'x' })],
  ),
  c(
    'RE-6',
    'must',
    ['a delta has no content_index', changed(text, 'output_text.delta', { content_index: null })],
    ['a delta has no logprobs', changed(text, 'output_text.delta', { logprobs: undefined })],
  ),
  c(
    'RE-6',
    'must',
    ['annotations leave a gap', changed(cited, 'output_text.annotation.added', { annotation_index: 1 })],
    ['annotations count from 0', cited],
  ),
  c(
    'RE-7',
    'must',
    [
      'text comes in a part that refuses',
      behind(answer(refusal(0, 'no')), 'content_part.added', first(text, 'output_text.delta')),
    ],
    ['a message refuses', answer(refusal(0, 'no'))],
  ),
  c(
    'RE-7',
    'must',
    [
      'a reasoning item has a part of a message',
      [
        ...changed([...begun, ...reasoning(0, 'hm').events.slice(0, 2)], 'content_part.added', {
          part: { type: 'output_text', text: '', annotations: [] },
        }),
        hybrid,
        failed,
      ],
    ],
    ['a part is newer than we are', changed(text, 'content_part.added', { 'part.type': 'poem' })],
  ),
  c(
    'RE-11',
    'should',
    ['the done of a text is missing', without(text, 'output_text.done')],
    ['a text is empty', answer(message(0, ['']))],
  ),
  c(
    'RE-11',
    'should',
    ['the done of a part is missing', without(text, 'content_part.done')],
    ['an interpreter has phases instead', answer(search(0))],
  ),
  c(
    'RE-11',
    'should',
    ['a summary is done before its text', without(think, 'reasoning_summary_text.done')],
    ['a summary is closed in order', think],
  ),
  c(
    'RE-11',
    'should',
    ['the done of the arguments is missing', without(called, 'function_call_arguments.done')],
    ['the done of an input is missing', without(ran, 'custom_tool_call_input.done')],
  ),
  c(
    'RE-12',
    'must',
    ['a delta follows the done of its text', behind(text, 'output_text.done', first(text, 'output_text.delta'))],
    ['a text in one piece', answer(message(0, ['all']))],
  ),
  c(
    'RE-12',
    'must',
    [
      'arguments follow their done',
      behind(called, 'function_call_arguments.done', first(called, 'function_call_arguments.delta')),
    ],
    ['arguments come in one piece', answer(call(0, ['{"a":1}']))],
  ),
  c(
    'RE-26',
    'must',
    ['a delta is null', changed(answer(message(0, ['', 'x'])), 'output_text.delta', { delta: null })],
    ['a shell output has an object as delta', shellOutput],
  ),
]

const SAYINGS: readonly RuleCase[] = [
  c(
    'RE-13',
    'must',
    ['the done of a text is empty', changed(text, 'output_text.done', { text: '' })],
    ['the done of a text says something else', changed(text, 'output_text.done', { text: 'other' })],
  ),
  c(
    'RE-13',
    'must',
    ['the done of an item has no content', changed(text, 'output_item.done', { 'item.content': [] })],
    ['the done of an item says something else', changed(text, 'output_item.done', { 'item.content.0.text': 'other' })],
  ),
  c(
    'RE-13',
    'must',
    ['the terminal has the message without its text', changed(text, 'completed', { 'response.output.0.content': [] })],
    ['the terminal says something else', changed(text, 'completed', { 'response.output.0.content.0.text': 'other' })],
  ),
  c(
    'RE-13',
    'must',
    ['the done of the arguments is empty', changed(called, 'function_call_arguments.done', { arguments: '' })],
    [
      'the done of the arguments says something else',
      changed(called, 'function_call_arguments.done', { arguments: '{}' }),
    ],
  ),
  c(
    'RE-13',
    'must',
    ['the terminal forgets a summary', changed(think, 'completed', { 'response.output.0.summary': [] })],
    ['the terminal has other secrets', changed(think, 'completed', { 'response.output.0.encrypted_content': 'x' })],
  ),
  c(
    'D-1',
    'must',
    ['a text stands only in its dones', without(answer(message(0, ['all'])), 'output_text.delta')],
    ['a text is longer in its done', changed(text, 'output_text.done', { text: 'hello!' })],
  ),
  c(
    'D-1',
    'must',
    ['arguments stand only in their dones', without(answer(call(0, ['{}'])), 'function_call_arguments.delta')],
    ['those of a hosted call do', without(answer(mcp(0, '{}')), 'mcp_call_arguments.delta')],
  ),
  c(
    'D-1',
    'must',
    ['a part is announced with its text', changed(text, 'content_part.added', { 'part.text': 'hel' })],
    ['a part is announced with logprobs', changed(text, 'content_part.added', { 'part.logprobs': [] })],
  ),
  c(
    'D-45',
    'must',
    ['a call is announced with its arguments', changed(called, 'output_item.added', { 'item.arguments': '{"a":1}' })],
    [
      'a search call is announced with its action',
      changed(answer(search(0)), 'output_item.added', { 'item.action': {} }),
    ],
  ),
  c(
    'D-45',
    'must',
    ['a call has no arguments to the end', answer(call(0, []))],
    ['a tool has no input to the end', answer(custom(0, ''))],
  ),
  c(
    'law 6',
    'must',
    ['a completed response has a call that is cut', answer(call(0, ['{"a":']))],
    ['the arguments are no JSON at all', answer(call(0, ['{"a" 1}']))],
  ),
]

const CALLS: readonly RuleCase[] = [
  c(
    'RE-8',
    'must',
    ['a call is announced without a call_id', changed(called, 'output_item.added', { 'item.call_id': undefined })],
    ['a search is found without one', answer(item(0, { type: 'tool_search_call', id: 'ts_0', call_id: null }, {}))],
  ),
  c(
    'RE-8',
    'must',
    ['a call is announced without a name', changed(called, 'output_item.added', { 'item.name': '' })],
    ['the done of the arguments has none', called],
  ),
  c(
    'RE-8',
    'must',
    ['the call_id changes in the done', changed(called, 'output_item.done', { 'item.call_id': 'call_9' })],
    [
      'the call_id of a hosted call does',
      changed(answer(mcp(0, '{}')), 'output_item.done', { 'item.call_id': 'call_9' }),
    ],
  ),
  c(
    'RE-8',
    'must',
    ['the name changes in the terminal', changed(ran, 'completed', { 'response.output.0.name': 'go' })],
    ['a call has a caller', changed(ran, 'completed', { 'response.output.0.caller': {} })],
  ),
]

export const ITEM_CASES: readonly RuleCase[] = [...ANNOUNCEMENTS, ...PARTS, ...SAYINGS, ...CALLS]
