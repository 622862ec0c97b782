/** For each rule about tool calls the smallest stream that breaks it, and one that comes close and must pass. */
import { c } from './chat-cases.js'
import { call, calling, failure, finish, more, opening, say, start, text, tools } from './chat-streams.js'
import type { RuleCase } from './messages-cases.js'

const one = call(0, '{"a":', '1}')
const custom = (rest: object = {}) => ({
  index: 0,
  id: 'call_0',
  type: 'custom',
  custom: { name: 'run', input: '', ...rest },
})

const INDICES: readonly RuleCase[] = [
  c(
    'CH-7',
    'must',
    ['a call has no index', calling(tools(opening(undefined)), tools(more(0, '{}', { index: undefined })))],
    ['two calls come in one delta', calling(tools(opening(0), opening(1)), tools(more(1, '{}'), more(0, '{}')))],
  ),
  c(
    'CH-7',
    'must',
    ['an index is a string', calling(tools(opening('0'), more(0, '{}', { index: '0' })))],
    ['the calls interleave', calling(tools(opening(0)), tools(opening(1)), tools(more(0, '{}')), tools(more(1, '{}')))],
  ),
  c(
    'CH-7',
    'must',
    ['the index is negative', calling(tools(opening(-1), more(-1, '{}')))],
    ['text precedes the call', calling(text('x'), ...one)],
  ),
  c(
    'CH-7',
    'must',
    ['the calls begin at 1', calling(...call(1, '{}'))],
    ['there are two of them', calling(...one, ...call(1, '{}'))],
  ),
  c(
    'CH-7',
    'must',
    ['an index is left out', calling(...one, ...call(2, '{}'))],
    [
      'each choice counts its own',
      [
        start(0),
        start(1),
        ...one,
        ...one.map((event) => JSON.parse(JSON.stringify(event).replace('"index":0', '"index":1'))),
        finish('tool_calls', 0),
        finish('tool_calls', 1),
      ],
    ],
  ),
  c(
    'CH-7',
    'must',
    ['two calls share an index', calling(tools(opening(0)), tools(more(0, '{}', { id: 'call_9' })))],
    ['the id comes again', calling(tools(opening(0)), tools(more(0, '{}', { id: 'call_0', type: 'function' })))],
  ),
  c(
    'CH-7',
    'must',
    ['an entry is null', calling(...one, tools(null))],
    ['there is no entry', calling(...one, tools())],
  ),
]

const IDENTITIES: readonly RuleCase[] = [
  c(
    'CH-8',
    'must',
    ['a call has no id', calling(tools(opening(0, { id: undefined })), tools(more(0, '{}')))],
    ['it has one', calling(...one)],
  ),
  c(
    'CH-8',
    'must',
    ['the id is a number', calling(tools(opening(0, { id: 7 })), tools(more(0, '{}')))],
    [
      'two calls share an id',
      calling(tools(opening(0), opening(1, { id: 'call_0' })), tools(more(0, '{}'), more(1, '{}'))),
    ],
  ),
  c(
    'CH-8',
    'must',
    ['a call has no type', calling(tools(opening(0, { type: undefined })), tools(more(0, '{}')))],
    ['the tool is a custom one', calling(tools(custom()), tools({ index: 0, custom: { input: 'ls' } }))],
  ),
  c(
    'CH-8',
    'must',
    ['a call has no name', calling(tools(opening(0, { function: { arguments: '{}' } })))],
    ['all of it comes at once', calling(tools(opening(0, { function: { name: 'look', arguments: '{}' } })))],
  ),
  c(
    'CH-8',
    'must',
    ['a custom tool has no name', calling(tools(custom({ name: '' })))],
    ['its input is no JSON', calling(tools(custom({ input: '{' })))],
  ),
  c(
    'CH-8',
    'must',
    [
      'the first delta has no arguments',
      calling(tools(opening(0, { function: { name: 'look' } })), tools(more(0, '{}'))),
    ],
    ['a later one has none', calling(...one, tools({ index: 0, function: {} }), tools({ index: 0 }))],
  ),
  ...(
    [
      ['the id is null', { id: null }],
      ['the id is empty', { id: '' }],
      ['the type is null', { type: null }],
      ['the type is empty', { type: '' }],
      ['the type changes', { type: 'custom' }],
    ] as const
  ).map(([when, rest]) =>
    c(
      'CH-9',
      'must',
      [`${when} later`, calling(tools(opening(0)), tools(more(0, '{}', rest)))],
      ['it is not there', calling(tools(opening(0)), tools(more(0, '{}')))],
    ),
  ),
  ...([null, '', 'look', 'up'] as const).map((name) =>
    c(
      'CH-9',
      'must',
      [
        `the name comes later as ${JSON.stringify(name)}`,
        calling(tools(opening(0)), tools({ index: 0, function: { name, arguments: '{}' } })),
      ],
      ['two calls have the same name', calling(...one, ...call(1, '{}'))],
    ),
  ),
]

const ARGUMENTS: readonly RuleCase[] = [
  c(
    'CH-10',
    'must',
    ['arguments are an object', calling(tools(opening(0)), tools(more(0, { a: 1 })), tools(more(0, '{}')))],
    ['they are malformed', calling(...call(0, '{a:1}'))],
  ),
  c(
    'CH-10',
    'must',
    ['arguments are null', calling(...one, tools(more(0, null)))],
    ['they are empty', calling(...one, tools(more(0, '')))],
  ),
  c(
    'CH-10',
    'must',
    ['a function is null', calling(...one, tools({ index: 0, function: null }))],
    ['the tools are null', calling(...one, say({ tool_calls: null }))],
  ),
  c(
    'CH-10',
    'must',
    ['the calls are an object', calling(...one, say({ tool_calls: {} }))],
    ['there are none', calling(say({ tool_calls: [] }))],
  ),
  c(
    'CH-10',
    'must',
    ['an empty object precedes the arguments', calling(...call(0, '{}', '{"a":', '1}'))],
    ['they are an empty object', calling(...call(0, '{', '}', ' '))],
  ),
  c(
    'CH-10',
    'must',
    ['the arguments come twice', calling(...one, tools(more(0, '{"a":1}')))],
    ['a fragment of them does', calling(...call(0, '[1,', '1,', '1,', '1]'))],
  ),
  c(
    'D-63',
    'must',
    ['a call has no arguments', calling(tools(opening(0)))],
    ['the answer was cut before them', [start(), tools(opening(0)), finish('length')]],
  ),
  c(
    'D-63',
    'must',
    ['the arguments are blank', calling(...call(0, ' ', '\n'))],
    ['a custom tool has no input', calling(tools(custom()))],
  ),
  c(
    'law 6',
    'must',
    ['arguments are cut under tool_calls', calling(...call(0, '{"a":'))],
    ['they are cut under length', [start(), ...call(0, '{"a":'), finish('length')]],
  ),
  c(
    'law 6',
    'must',
    ['arguments are cut under stop', [start(), ...call(0, '{"a":'), finish('stop')]],
    ['they are whole under stop', [start(), ...one, finish('stop')]],
  ),
  c(
    'law 6',
    'must',
    ['arguments are cut under a word that is new', [start(), ...call(0, '{"a":'), finish('tired')]],
    ['they are cut under content_filter', [start(), ...call(0, '{"a":'), finish('content_filter')]],
  ),
  c(
    'law 6',
    'must',
    ['the first of two calls is cut', calling(...call(0, '{"a'), ...call(1, '{}'))],
    ['an error cuts it', [start(), ...call(0, '{"a'), failure]],
  ),
  c(
    'D-1',
    'should',
    [
      'a call comes as function_call',
      [start(), say({ function_call: { name: 'look', arguments: '{}' } }), finish('function_call')],
    ],
    ['there is none', calling(...one, say({ function_call: null }))],
  ),
]

export const TOOL_CASES: readonly RuleCase[] = [...INDICES, ...IDENTITIES, ...ARGUMENTS]
