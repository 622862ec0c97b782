import {
  argsDone,
  begin,
  call,
  callDone,
  callItem,
  closeMessage,
  completed,
  event,
  failure,
  itemDone,
  message,
  messageAdded,
  messageDone,
  messageItem,
  openCall,
  openMessage,
  partAdded,
  partDone,
  reasoningAdded,
  reasoningItem,
  refusal,
  refusalItem,
  refusalPart,
  summary,
  textDelta,
  textDone,
  textPart,
} from '../stream.js'
import type { Rule } from './rule.js'

const hi = [messageItem(0, ['Hi'])]

/** Text that comes in the wrong event or in the wrong type. */
export const contentRules: readonly Rule[] = [
  {
    code: 'responses/text-only-at-end',
    violations: [
      {
        when: 'the text stands only in output_text.done',
        upstream: [begin(), openMessage(0), closeMessage(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/text-only-at-end inserted @5 text'],
        endState: 'complete',
      },
      {
        when: 'output_text.done says more than the deltas did',
        upstream: [
          begin(),
          openMessage(0, 'Hi'),
          closeMessage(0, 'Hi there'),
          completed([messageItem(0, ['Hi there'])]),
        ],
        output: [begin(), message(0, 'Hi', ' there'), completed([messageItem(0, ['Hi there'])])],
        defects: ['responses/text-only-at-end inserted @6 text'],
        endState: 'complete',
      },
      {
        when: 'a refusal stands only in its done',
        upstream: [
          begin(),
          messageAdded(0),
          partAdded(0, 0, refusalPart()),
          event('refusal.done', { item_id: 'msg_0', output_index: 0, content_index: 0, refusal: 'no' }),
          event('content_part.done', { item_id: 'msg_0', output_index: 0, content_index: 0, part: refusalPart('no') }),
          itemDone(0, refusalItem(0, 'no')),
          completed([refusalItem(0, 'no')]),
        ],
        output: [begin(), refusal(0, 'no'), completed([refusalItem(0, 'no')])],
        defects: ['responses/text-only-at-end inserted @5 refusal'],
        endState: 'complete',
      },
      {
        when: 'a summary stands only in the done of its item',
        upstream: [
          begin(),
          reasoningAdded(0),
          itemDone(0, reasoningItem(0, ['S'])),
          completed([reasoningItem(0, ['S'])]),
        ],
        output: [begin(), summary(0, 'S'), completed([reasoningItem(0, ['S'])])],
        defects: [
          'responses/reasoning-part-lifecycle inserted @4',
          'responses/text-only-at-end inserted @4 text',
          'responses/item-done-missing inserted @4 response.reasoning_summary_text.done',
          'responses/item-done-missing inserted @4 response.reasoning_summary_part.done',
        ],
        endState: 'complete',
      },
      {
        when: 'the text stands only in the terminal',
        upstream: [begin(), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: [
          'responses/item-added-missing inserted @3',
          'responses/part-added-missing inserted @3',
          'responses/text-only-at-end inserted @3 text',
          'responses/item-done-missing inserted @3 response.output_text.done',
          'responses/item-done-missing inserted @3 response.content_part.done',
        ],
        endState: 'complete',
      },
      {
        when: 'the announcement of a part holds the text, and nothing else does',
        upstream: [
          begin(),
          messageAdded(0),
          partAdded(0, 0, textPart('Hi')),
          textDone(0, ''),
          partDone(0, ''),
          messageDone(0, ''),
          completed([]),
        ],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: [
          'responses/text-only-at-end moved @4 part.text',
          'responses/text-only-at-end inserted @5 text',
          'responses/item-shape-incomplete rewrote @5 text',
          'responses/item-shape-incomplete rewrote @6 part.text',
          'responses/item-shape-incomplete rewrote @7 text',
          'responses/completed-output-empty rewrote @8 response.output',
        ],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'the deltas say all of it', upstream: [begin(), message(0, 'H', 'i'), completed(hi)] },
      {
        when: 'there is no text',
        upstream: [begin(), openMessage(0), closeMessage(0, ''), completed([messageItem(0, [''])])],
      },
    ],
  },
  {
    code: 'responses/delta-not-string',
    violations: [
      ...[{ text: 'Hi' }, { type: 'text', text: 'Hi' }, { content: 'Hi' }, { value: 'Hi' }].map((delta) => ({
        when: `a delta is ${JSON.stringify(delta)}`,
        upstream: [begin(), openMessage(0), textDelta(0, delta), closeMessage(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/delta-not-string rewrote @5 delta'] as const,
        endState: 'complete' as const,
      })),
      {
        when: 'a delta is null',
        upstream: [begin(), openMessage(0, 'Hi'), textDelta(0, null), closeMessage(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/delta-not-string dropped @6 delta'],
        endState: 'complete',
      },
      {
        when: 'a delta is a list, which nobody can read',
        upstream: [begin(), openMessage(0, 'Hi'), textDelta(0, ['!']), closeMessage(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), failure('dropped')],
        defects: ['responses/delta-not-string dropped @6'],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      { when: 'a delta is empty', upstream: [begin(), message(0, '', 'Hi'), completed(hi)] },
      {
        when: 'a delta is the text of an object',
        upstream: [begin(), message(0, '{"text":"Hi"}'), completed([messageItem(0, ['{"text":"Hi"}'])])],
      },
    ],
  },
  {
    code: 'responses/snapshot-diverges',
    violations: [
      {
        when: 'the dones say another text than the deltas',
        upstream: [begin(), openMessage(0, 'Anna'), closeMessage(0, '[name]'), completed([messageItem(0, ['[name]'])])],
        output: [begin(), openMessage(0, 'Anna'), closeMessage(0, '[name]'), completed([messageItem(0, ['[name]'])])],
        defects: [],
        observations: ['responses/snapshot-diverges @6 text'],
        endState: 'complete',
      },
      {
        when: 'the terminal alone says another text',
        upstream: [begin(), message(0, 'Anna'), completed([messageItem(0, ['[name]'])])],
        output: [begin(), message(0, 'Anna'), completed([messageItem(0, ['[name]'])])],
        defects: [],
        observations: ['responses/snapshot-diverges @9'],
        endState: 'complete',
      },
      {
        when: 'the arguments that are done are others',
        upstream: [
          begin(),
          openCall(0, '{"a":1}'),
          argsDone(0, '{"a":2}'),
          callDone(0, '{"a":2}'),
          completed([callItem(0, '{"a":2}')]),
        ],
        output: [
          begin(),
          openCall(0, '{"a":1}'),
          argsDone(0, '{"a":2}'),
          callDone(0, '{"a":2}'),
          completed([callItem(0, '{"a":2}')]),
        ],
        defects: [],
        observations: ['responses/snapshot-diverges @5 arguments'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'the dones say what the deltas did',
        upstream: [begin(), message(0, 'Anna'), completed([messageItem(0, ['Anna'])])],
      },
      {
        when: 'a done says more, which begins with what the deltas said',
        upstream: [begin(), openMessage(0, 'Hi'), closeMessage(0, 'Hi!'), completed([messageItem(0, ['Hi!'])])],
        defects: ['responses/text-only-at-end inserted @6 text'],
      },
      {
        when: 'a call has its arguments with other blanks in them',
        upstream: [begin(), call(0, '{"a": 1}'), completed([callItem(0, '{"a": 1}')])],
      },
    ],
  },
]
