import {
  argsDelta,
  argsDone,
  begin,
  call,
  callAdded,
  callDone,
  callItem,
  closeCall,
  completed,
  custom,
  customItem,
  event,
  failed,
  failure,
  incomplete,
  itemDone,
  madeAt,
  nested,
  openCall,
} from '../stream.js'
import type { Rule } from './rule.js'

const one = '{"a":1}'
const look = [callItem(0, one)]

/** Function calls: their names, their ids, their arguments. */
export const toolsRules: readonly Rule[] = [
  {
    code: 'responses/tool-added-missing-or-partial',
    violations: [
      {
        when: 'the announcement has no arguments',
        upstream: [
          begin(),
          callAdded(0, { arguments: undefined }),
          argsDelta(0, one),
          closeCall(0, one),
          completed(look),
        ],
        output: [begin(), call(0, one), completed(look)],
        defects: ['responses/tool-added-missing-or-partial rewrote @3 item.arguments'],
        endState: 'complete',
      },
      {
        when: 'the announcement has no id',
        upstream: [begin(), callAdded(0, { id: null }), argsDelta(0, one), closeCall(0, one), completed(look)],
        output: [begin(), call(madeAt(0, 'fc'), one), completed([callItem(madeAt(0, 'fc'), one)])],
        defects: [
          'responses/tool-added-missing-or-partial rewrote @3 item.id',
          'responses/item-id-mismatch rewrote @4 item_id',
          'responses/item-id-mismatch rewrote @5 item_id',
          'responses/item-id-mismatch rewrote @6 item.id',
          'responses/item-id-mismatch rewrote @7 item.id',
        ],
        endState: 'complete',
      },
      {
        when: 'the name comes with the done of the arguments',
        upstream: [begin(), callAdded(0, { name: '' }), argsDelta(0, one), closeCall(0, one), completed(look)],
        output: [begin(), call(0, one), completed(look)],
        defects: ['responses/tool-added-missing-or-partial moved @5'],
        endState: 'complete',
      },
      {
        when: 'the call_id comes with the done of the item',
        upstream: [
          begin(),
          callAdded(0, { call_id: undefined }),
          argsDelta(0, one),
          argsDone(0, one),
          callDone(0, one),
          completed(look),
        ],
        output: [begin(), call(0, one), completed(look)],
        defects: ['responses/tool-added-missing-or-partial moved @6'],
        endState: 'complete',
      },
      {
        when: 'there is no call_id anywhere',
        upstream: [
          begin(),
          callAdded(0, { call_id: undefined }),
          argsDelta(0, one),
          argsDone(0, one),
          itemDone(0, callItem(0, one, { call_id: undefined })),
          completed([callItem(0, one, { call_id: undefined })]),
        ],
        output: [
          begin(),
          callAdded(0, { call_id: 'call_1_0' }),
          argsDelta(0, one),
          argsDone(0, one),
          itemDone(0, callItem(0, one, { call_id: 'call_1_0' })),
          completed([callItem(0, one, { call_id: 'call_1_0' })]),
        ],
        defects: [
          'responses/tool-added-missing-or-partial moved @6',
          'responses/tool-added-missing-or-partial rewrote @6 item.call_id',
          'responses/tool-added-missing-or-partial rewrote @7 item.call_id',
        ],
        endState: 'complete',
      },
      {
        when: 'the name never comes',
        upstream: [
          begin(),
          callAdded(0, { name: '' }),
          argsDelta(0, one),
          event('function_call_arguments.done', { output_index: 0, item_id: 'fc_0', arguments: one }),
          itemDone(0, callItem(0, one, { name: '' })),
          completed([callItem(0, one, { name: '' })]),
        ],
        output: [begin(), failure('dropped')],
        defects: [
          'responses/tool-added-missing-or-partial dropped @7',
          'responses/tool-added-missing-or-partial dropped @3',
          'responses/tool-added-missing-or-partial dropped @4',
          'responses/tool-added-missing-or-partial dropped @5',
          'responses/tool-added-missing-or-partial dropped @6',
        ],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      { when: 'id, call_id, name and arguments are there', upstream: [begin(), call(0, one), completed(look)] },
      {
        when: 'the name stands in the announcement alone',
        upstream: [
          begin(),
          openCall(0, one),
          event('function_call_arguments.done', { output_index: 0, item_id: 'fc_0', arguments: one }),
          callDone(0, one),
          completed(look),
        ],
      },
      {
        when: 'an MCP call has no call_id',
        upstream: [
          begin(),
          event('output_item.added', {
            output_index: 0,
            item: { id: 'mcp_0', type: 'mcp_call', name: 'ask', server_label: 's', arguments: '' },
          }),
          event('mcp_call_arguments.delta', { output_index: 0, item_id: 'mcp_0', delta: one }),
          event('mcp_call_arguments.done', { output_index: 0, item_id: 'mcp_0', arguments: one }),
          itemDone(0, { id: 'mcp_0', type: 'mcp_call', name: 'ask', server_label: 's', arguments: one }),
          completed([{ id: 'mcp_0', type: 'mcp_call', name: 'ask', server_label: 's', arguments: one }]),
        ],
      },
    ],
  },
  {
    code: 'responses/tool-args-in-wrong-event',
    violations: [
      {
        when: 'the arguments stand only in their done',
        upstream: [begin(), callAdded(0), closeCall(0, one), completed(look)],
        output: [begin(), call(0, one), completed(look)],
        defects: ['responses/tool-args-in-wrong-event inserted @4 arguments'],
        endState: 'complete',
      },
      {
        when: 'they stand only in the done of the item',
        upstream: [begin(), callAdded(0), callDone(0, one), completed(look)],
        output: [begin(), call(0, one), completed(look)],
        defects: [
          'responses/tool-args-in-wrong-event inserted @4 arguments',
          'responses/item-done-missing inserted @4 response.function_call_arguments.done',
        ],
        endState: 'complete',
      },
      {
        when: 'they stand only in the terminal',
        upstream: [begin(), callAdded(0), closeCall(0, ''), completed(look)],
        output: [begin(), call(0, one), completed(look)],
        defects: [
          'responses/tool-args-in-wrong-event inserted @6 arguments',
          'responses/tool-args-in-wrong-event rewrote @4 arguments',
          'responses/tool-args-in-wrong-event rewrote @5 arguments',
        ],
        endState: 'complete',
      },
      {
        when: 'they stand in the announcement, and nowhere else',
        upstream: [begin(), callAdded(0, { arguments: one }), closeCall(0, ''), completed([])],
        output: [begin(), call(0, one), completed(look)],
        defects: [
          'responses/tool-args-in-wrong-event moved @3 item.arguments',
          'responses/tool-args-in-wrong-event inserted @4 arguments',
          'responses/tool-args-in-wrong-event rewrote @5 arguments',
          'responses/completed-output-empty rewrote @6 response.output',
        ],
        endState: 'complete',
      },
      {
        when: 'they are an object',
        upstream: [
          begin(),
          callAdded(0),
          argsDone(0, { a: 1 }),
          itemDone(0, callItem(0, '', { arguments: { a: 1 } })),
          completed([callItem(0, '', { arguments: { a: 1 } })]),
        ],
        output: [begin(), call(0, one), completed(look)],
        defects: [
          'responses/tool-args-in-wrong-event rewrote @4 arguments',
          'responses/tool-args-in-wrong-event inserted @4 arguments',
          'responses/tool-args-in-wrong-event rewrote @5 arguments',
          'responses/tool-args-in-wrong-event rewrote @6 arguments',
        ],
        endState: 'complete',
      },
      {
        when: 'a done is empty although the deltas were whole',
        upstream: [begin(), openCall(0, one), argsDone(0, ''), callDone(0, ''), completed(look)],
        output: [begin(), call(0, one), completed(look)],
        defects: [
          'responses/tool-args-in-wrong-event rewrote @5 arguments',
          'responses/tool-args-in-wrong-event rewrote @6 arguments',
        ],
        endState: 'complete',
      },
      {
        when: 'they are blank to the end, which means none (D-45)',
        upstream: [begin(), callAdded(0), closeCall(0, ''), completed([callItem(0, '')])],
        output: [begin(), call(0, '{}'), completed([callItem(0, '{}')])],
        defects: [
          'responses/tool-args-in-wrong-event inserted @6 arguments',
          'responses/tool-args-in-wrong-event rewrote @4 arguments',
          'responses/tool-args-in-wrong-event rewrote @5 arguments',
          'responses/tool-args-in-wrong-event rewrote @6 arguments',
        ],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'deltas, dones and terminal say the same', upstream: [begin(), call(0, '{"a"', ':1}'), completed(look)] },
      { when: 'they are {} and come as a delta', upstream: [begin(), call(0, '{}'), completed([callItem(0, '{}')])] },
      { when: 'an empty delta comes first', upstream: [begin(), call(0, '', one), completed(look)] },
      {
        when: 'the input of a custom tool is no JSON',
        upstream: [begin(), custom(0, 'ls -l'), completed([customItem(0, 'ls -l')])],
      },
    ],
  },
  {
    code: 'responses/tool-args-cut',
    violations: [
      {
        when: 'the arguments of a done call are cut',
        upstream: [begin(), call(0, '{"a":'), completed([callItem(0, '{"a":')])],
        output: [begin(), openCall(0, '{"a":'), argsDone(0, '{"a":'), failure('truncated')],
        defects: ['responses/tool-args-cut dropped @6', 'responses/tool-args-cut ended @7'],
        endState: 'truncated',
      },
      {
        when: 'the terminal comes while a call is cut',
        upstream: [begin(), openCall(0, '{"a":'), completed([])],
        output: [begin(), openCall(0, '{"a":'), failure('truncated')],
        defects: ['responses/tool-args-cut ended @5'],
        endState: 'truncated',
      },
      {
        when: '[DONE] comes behind a cut call',
        upstream: [begin(), call(0, '{"a":'), 'data: [DONE]\n\n'],
        output: [begin(), openCall(0, '{"a":'), argsDone(0, '{"a":'), failure('truncated')],
        defects: ['responses/tool-args-cut dropped @6', 'responses/tool-args-cut ended @7'],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      { when: 'the arguments are whole', upstream: [begin(), call(0, one), completed(look)] },
      {
        when: 'the response says that it is incomplete',
        upstream: [
          begin(),
          openCall(0, '{"a":'),
          argsDone(0, '{"a":'),
          itemDone(0, callItem(0, '{"a":', { status: 'incomplete' })),
          incomplete([callItem(0, '{"a":', { status: 'incomplete' })]),
        ],
      },
      {
        when: 'the response says that it is incomplete, and the call that it is not',
        upstream: [begin(), call(0, '{"a":'), incomplete([callItem(0, '{"a":')])],
      },
      {
        when: 'the upstream says itself that it failed',
        upstream: [begin(), openCall(0, '{"a":'), nested(), failed()],
      },
    ],
  },
  {
    code: 'responses/tool-args-malformed',
    violations: [
      {
        when: 'no text behind them could make them JSON',
        upstream: [begin(), call(0, '{]'), completed([callItem(0, '{]')])],
        output: [begin(), call(0, '{]'), completed([callItem(0, '{]')])],
        defects: [],
        observations: ['responses/tool-args-malformed @5'],
        endState: 'complete',
      },
      {
        when: 'two objects come one behind the other',
        upstream: [begin(), call(0, '{}{}'), completed([callItem(0, '{}{}')])],
        output: [begin(), call(0, '{}{}'), completed([callItem(0, '{}{}')])],
        defects: [],
        observations: ['responses/tool-args-malformed @5'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'they are JSON with blanks around',
        upstream: [begin(), call(0, ' {"a":1} '), completed([callItem(0, ' {"a":1} ')])],
      },
      {
        when: 'the input of a custom tool is no JSON',
        upstream: [begin(), custom(0, '{]'), completed([customItem(0, '{]')])],
      },
    ],
  },
  {
    code: 'responses/tool-delta-obfuscated',
    violations: [
      {
        when: 'the deltas are ciphertext and the done is clear',
        upstream: [begin(), openCall(0, 'gAAAA', 'Bq9=='), closeCall(0, one), completed(look)],
        output: [begin(), call(0, one), completed(look)],
        defects: ['responses/tool-delta-obfuscated dropped @4', 'responses/tool-delta-obfuscated dropped @5'],
        endState: 'complete',
      },
      {
        when: 'only the done of the item is clear',
        upstream: [begin(), openCall(0, 'gAAAA'), callDone(0, one), completed(look)],
        output: [begin(), call(0, one), completed(look)],
        defects: [
          'responses/tool-delta-obfuscated dropped @4',
          'responses/item-done-missing inserted @5 response.function_call_arguments.done',
        ],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'the deltas begin like JSON', upstream: [begin(), call(0, '{"a"', ':1}'), completed(look)] },
      { when: 'the first delta is blank', upstream: [begin(), call(0, ' ', one), completed([callItem(0, ` ${one}`)])] },
      {
        when: 'the done says what the deltas said, whatever that is',
        upstream: [begin(), call(0, 'gAAAA'), completed([callItem(0, 'gAAAA')])],
      },
      {
        when: 'it is the input of a custom tool',
        upstream: [begin(), custom(0, 'gAAAA'), completed([customItem(0, 'gAAAA')])],
      },
    ],
  },
]
