import type { JsonObject } from '../../../src/defects/protocol.js'
import type { DefectLine } from '../conform.js'
import {
  args,
  call,
  calling,
  callStart,
  calls,
  custom,
  delta,
  done,
  end,
  type Frames,
  failure,
  finish,
  first,
  more,
  role,
  text,
} from '../stream.js'
import type { NearMiss, Rule, Violation } from './rule.js'

const json = '{"a":1}'

/** Deltas of calls behind a role, and what they become. */
const called = (when: string, upstream: Frames, output: Frames, ...defects: readonly DefectLine[]): Violation => ({
  when,
  upstream: calling(upstream),
  output: calling(output),
  defects,
  endState: 'complete',
})
const fine = (when: string, ...upstream: readonly Frames[]): NearMiss => ({ when, upstream: calling(...upstream) })
const nameless = (args = ''): JsonObject => first(0, '', { function: { arguments: args } })
/** A later delta that says a name again. */
const renamed = (name: unknown, args: string): string => calls([{ index: 0, function: { name, arguments: args } }])

/** The identity of calls, and what their arguments are. test/chat/tool-calls.test.ts has every way of it. */
export const toolRules: readonly Rule[] = [
  {
    code: 'chat/tool-index-missing-or-wrong',
    violations: [
      called(
        'it is missing',
        calls([first(0, json, { index: undefined })]),
        callStart(0, json),
        'chat/tool-index-missing-or-wrong rewrote @2 index',
      ),
      called(
        'it is -1',
        calls([first(0, json, { index: -1 })]),
        callStart(0, json),
        'chat/tool-index-missing-or-wrong rewrote @2 index',
      ),
      called(
        'it is a string',
        calls([first(0, json, { index: '0' })]),
        callStart(0, json),
        'chat/tool-index-missing-or-wrong rewrote @2 index',
      ),
      called(
        'it begins at 1',
        calls([first(0, json, { index: 1 })]),
        callStart(0, json),
        'chat/tool-index-missing-or-wrong rewrote @2 index',
      ),
      called(
        'two calls share it',
        [callStart(0, json), calls([first(1, json, { index: 0 })])],
        [callStart(0, json), callStart(1, json)],
        'chat/tool-index-missing-or-wrong rewrote @3 index',
      ),
      called(
        'one call has two',
        [callStart(0), calls([{ ...more(1, json), id: 'call_0' }])],
        [callStart(0), calls([{ ...more(0, json), id: 'call_0' }])],
        'chat/tool-index-missing-or-wrong rewrote @3 index',
      ),
    ],
    nearMisses: [
      fine('there is one call', call(0, json)),
      fine('there are two that interleave', callStart(0), callStart(1), args(json, 1), args(json, 0)),
    ],
  },
  {
    code: 'chat/tool-id-missing',
    violations: [
      called(
        'it is missing',
        callStart(0, json, { id: undefined }),
        callStart(0, json, { id: 'call_1_0_0' }),
        'chat/tool-id-missing rewrote @2 id',
      ),
      called(
        'it is null',
        callStart(0, json, { id: null }),
        callStart(0, json, { id: 'call_1_0_0' }),
        'chat/tool-id-missing rewrote @2 id',
      ),
      called(
        'it is a number',
        callStart(0, json, { id: 5 }),
        callStart(0, json, { id: '5' }),
        'chat/tool-id-missing rewrote @2 id',
      ),
      called(
        'a later one is empty',
        [callStart(0), calls([{ ...more(0, json), id: '' }])],
        [callStart(0), args(json)],
        'chat/tool-id-missing rewrote @3 id',
      ),
      called(
        'a later one is another',
        [callStart(0), calls([{ ...more(0, json), id: 'call_7' }])],
        [callStart(0), args(json)],
        'chat/tool-id-missing rewrote @3 id',
      ),
      called(
        'two calls have the same',
        [callStart(0, json), callStart(1, '{"b":2}', { id: 'call_0' })],
        [callStart(0, json), callStart(1, '{"b":2}', { id: 'call_0_1' })],
        'chat/tool-id-missing rewrote @3 id',
      ),
    ],
    nearMisses: [
      fine('it is on the first delta', call(0, json)),
      fine('each delta repeats it', callStart(0), calls([{ ...more(0, json), id: 'call_0' }])),
    ],
  },
  {
    code: 'chat/tool-name-repeated-split-late',
    violations: [
      called(
        'it is repeated',
        [callStart(0), renamed('look', json)],
        [callStart(0), args(json)],
        'chat/tool-name-repeated-split-late rewrote @3 function.name',
      ),
      called(
        'a later one is empty',
        [callStart(0), renamed('', json)],
        [callStart(0), args(json)],
        'chat/tool-name-repeated-split-late rewrote @3 function.name',
      ),
      called(
        'it comes late',
        [calls([nameless()]), renamed('look', json)],
        [delta({}), callStart(0, json)],
        'chat/tool-name-repeated-split-late moved @2 function.name',
      ),
      {
        when: 'it comes in two parts, and the request has a tool of that name',
        upstream: calling(calls([first(0, '', { function: { name: 'lo', arguments: '' } })]), renamed('ok', json)),
        output: calling(delta({}), callStart(0, json)),
        defects: [
          'chat/tool-name-repeated-split-late moved @2 function.name',
          'chat/tool-name-repeated-split-late moved @3 function.name',
        ],
        endState: 'complete',
        options: { request: { tools: ['look'] } },
      },
      {
        when: 'it comes in two parts, and nothing tells that they are one',
        upstream: calling(callStart(0), renamed('up', json)),
        output: [role(), callStart(0), args(json), finish('tool_calls'), failure('dropped')],
        defects: ['chat/tool-name-repeated-split-late dropped @3 function.name'],
        endState: 'truncated',
      },
      {
        when: 'it never comes',
        upstream: [role(), calls([nameless()]), finish('tool_calls'), done()],
        output: [role(), delta({}), failure('dropped')],
        defects: [
          'chat/tool-name-repeated-split-late moved @2 function.name',
          'chat/tool-name-repeated-split-late ended @3',
        ],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      fine('it is on the first delta', call(0, json)),
      { ...fine('it is that of no tool of the request', call(0, json)), options: { request: { tools: ['other'] } } },
      {
        ...fine('it is that of a tool, and the beginning of another', call(0, json)),
        options: { request: { tools: ['look', 'lookup'] } },
      },
    ],
  },
  {
    code: 'chat/tool-type-missing',
    violations: [
      called(
        'it is missing',
        callStart(0, json, { type: undefined }),
        callStart(0, json),
        'chat/tool-type-missing rewrote @2 type',
      ),
      called(
        'it is empty',
        callStart(0, json, { type: '' }),
        callStart(0, json),
        'chat/tool-type-missing rewrote @2 type',
      ),
      called(
        'a later one is null',
        [callStart(0), calls([{ ...more(0, json), type: null }])],
        [callStart(0), args(json)],
        'chat/tool-type-missing rewrote @3 type',
      ),
    ],
    nearMisses: [
      fine('it is on the first delta', call(0, json)),
      fine('each delta repeats it', callStart(0), calls([{ ...more(0, json), type: 'function' }])),
      fine('it is custom', custom(0, 'ls')),
    ],
  },
  {
    code: 'chat/tool-args-shape',
    violations: [
      called(
        'they are an object',
        callStart(0, { a: 1 }),
        callStart(0, json),
        'chat/tool-args-shape rewrote @2 function.arguments',
      ),
      called(
        'they are null',
        [callStart(0, null), args(json)],
        [callStart(0), args(json)],
        'chat/tool-args-shape rewrote @2 function.arguments',
      ),
      called(
        '{} stands in front of them',
        [callStart(0), args('{}'), args(json)],
        [callStart(0), args(''), args(json)],
        'chat/tool-args-shape dropped @3 function.arguments',
      ),
      called(
        'the whole call comes again',
        [callStart(0, json), callStart(0, json)],
        [callStart(0, json), delta({})],
        'chat/tool-args-shape dropped @3 function',
      ),
      called(
        'they are blank to the end',
        callStart(0),
        [callStart(0), args('{}')],
        'chat/tool-args-shape inserted @3 function.arguments',
      ),
      called(
        'tool_calls is one call',
        delta({ tool_calls: first(0, json) }),
        callStart(0, json),
        'chat/tool-args-shape rewrote @2 delta.tool_calls',
      ),
      called(
        'function is null',
        [callStart(0, json), calls([{ index: 0, function: null }])],
        [callStart(0, json), delta({})],
        'chat/tool-args-shape dropped @3 function',
      ),
      {
        when: 'a call is the old function_call',
        upstream: [role(), delta({ function_call: { name: 'look', arguments: json } }), end('function_call')],
        output: calling(callStart(0, json, { id: 'call_1_0_0' })),
        defects: [
          'chat/tool-args-shape rewrote @2 delta.function_call',
          'chat/tool-id-missing rewrote @2 id',
          'chat/finish-reason-missing-empty-wrong rewrote @3 choices.finish_reason',
        ],
        endState: 'complete',
      },
    ],
    nearMisses: [
      fine('they come in fragments', call(0, '{', '"a":', '1}')),
      fine('{} is all that comes', call(0, '{}')),
      fine('two calls are alike', callStart(0, json), callStart(1, json)),
      fine('the input of a custom tool comes twice', custom(0, 'x', 'x')),
      { when: 'they are blank, and the answer is cut', upstream: [role(), callStart(0), end('length')] },
      {
        when: 'the old function_call was asked for',
        upstream: [role(), delta({ function_call: { name: 'look', arguments: json } }), end('function_call')],
        options: { request: { tools: [] } },
      },
    ],
  },
  {
    code: 'chat/truncated-tool-args',
    violations: [
      ...['tool_calls', 'stop'].map((reason) => ({
        when: `they are cut at the finish ${reason}`,
        upstream: [role(), call(0, '{"a":'), finish(reason)],
        output: [role(), call(0, '{"a":'), failure('truncated')],
        defects: ['chat/truncated-tool-args ended @4'] as const,
        endState: 'truncated' as const,
      })),
      {
        when: 'they are cut at the end',
        upstream: [role(), call(0, '{"a":')],
        output: [role(), call(0, '{"a":'), failure('truncated')],
        defects: ['chat/truncated-tool-args ended @3'],
        endState: 'truncated',
      },
      {
        when: 'they are cut at [DONE]',
        upstream: [role(), call(0, '{"a":'), done()],
        output: [role(), call(0, '{"a":'), failure('truncated')],
        defects: ['chat/truncated-tool-args ended @4'],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      fine('they are whole', call(0, json)),
      { when: 'the answer was cut by its length', upstream: [role(), call(0, '{"a":'), end('length')] },
      { when: 'the answer was filtered', upstream: [role(), call(0, '{"a":'), end('content_filter')] },
      fine('the input of a custom tool looks cut', custom(0, '{"a":')),
      { when: 'they are no beginning of JSON', upstream: calling(callStart(0, '{]')) },
    ],
  },
  {
    code: 'chat/tool-args-malformed',
    violations: ['{]', 'words', `${json}${json}`].map((words) => ({
      when: `they are ${words}`,
      upstream: calling(callStart(0, words)),
      output: calling(callStart(0, words)),
      defects: [],
      observations: ['chat/tool-args-malformed @3'] as const,
      endState: 'complete' as const,
    })),
    nearMisses: [
      fine('they are JSON with blanks around', callStart(0, ` ${json} `)),
      fine('the input of a custom tool is no JSON', custom(0, '{]')),
      { when: 'a text is no JSON', upstream: [role(), text('{]'), end()] },
    ],
  },
]
