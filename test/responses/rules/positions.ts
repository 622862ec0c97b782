import {
  added,
  begin,
  call,
  callDone,
  callItem,
  changed,
  closeMessage,
  completed,
  created,
  event,
  framesOf,
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
  summary,
  summaryAdded,
  summaryDelta,
  summaryDone,
  textDelta,
  textDone,
  textPart,
} from '../stream.js'
import type { Rule } from './rule.js'

const hi = [messageItem(0, ['Hi'])]
const at = (output_index: unknown) => ({ output_index, item_id: 'msg_0' }) as { output_index: number; item_id: string }

/** Where items and parts stand, what shape they have, and how they end. */
export const positionsRules: readonly Rule[] = [
  {
    code: 'responses/indices-missing-or-wrong',
    violations: [
      ...[undefined, null, '0', -1, 1, 0.5].map((index) => ({
        when: `an announcement and all that follows it say ${JSON.stringify(index)} for the index 0`,
        upstream: [begin(), message(at(index), 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: [3, 4, 5, 6, 7, 8].map(
          (number) => `responses/indices-missing-or-wrong rewrote @${number} output_index` as const,
        ),
        endState: 'complete' as const,
      })),
      {
        when: 'each item has the index 0',
        upstream: [
          begin(),
          message(0, 'A'),
          call({ output_index: 0, item_id: 'fc_1' }, '{}'),
          completed([messageItem(0, ['A']), callItem({ output_index: 0, item_id: 'fc_1' }, '{}')]),
        ],
        output: [
          begin(),
          message(0, 'A'),
          framesOf(call({ output_index: 0, item_id: 'fc_1' }, '{}')).map((each) => changed(each, { output_index: 1 })),
          completed([messageItem(0, ['A']), callItem({ output_index: 0, item_id: 'fc_1' }, '{}')]),
        ],
        defects: [9, 10, 11, 12].map(
          (number) => `responses/indices-missing-or-wrong rewrote @${number} output_index` as const,
        ),
        endState: 'complete',
      },
      {
        when: 'an index is left out',
        upstream: [
          begin(),
          message(0, 'A'),
          message(2, 'B'),
          completed([messageItem(0, ['A']), messageItem(2, ['B'])]),
        ],
        output: [
          begin(),
          message(0, 'A'),
          message({ output_index: 1, item_id: 'msg_2' }, 'B'),
          completed([messageItem(0, ['A']), messageItem(2, ['B'])]),
        ],
        defects: [9, 10, 11, 12, 13, 14].map(
          (number) => `responses/indices-missing-or-wrong rewrote @${number} output_index` as const,
        ),
        endState: 'complete',
      },
      {
        when: 'the content index counts deltas',
        upstream: [
          begin(),
          messageAdded(0),
          partAdded(0),
          textDelta(0, 'H', 0),
          textDelta(0, 'i', 1),
          closeMessage(0, 'Hi'),
          completed(hi),
        ],
        output: [begin(), openMessage(0, 'H', 'i'), closeMessage(0, 'Hi'), completed(hi)],
        defects: ['responses/indices-missing-or-wrong rewrote @6 content_index'],
        endState: 'complete',
      },
      {
        when: 'a summary has no index',
        upstream: [
          begin(),
          reasoningAdded(0),
          framesOf(summaryAdded(0), summaryDelta(0, 'S'), summaryDone(0, 'S')).map((each) =>
            changed(each, { summary_index: undefined }),
          ),
          itemDone(0, reasoningItem(0, ['S'])),
          completed([reasoningItem(0, ['S'])]),
        ],
        output: [begin(), summary(0, 'S'), completed([reasoningItem(0, ['S'])])],
        defects: [4, 5, 6, 7].map(
          (number) => `responses/indices-missing-or-wrong rewrote @${number} summary_index` as const,
        ),
        endState: 'complete',
      },
      {
        when: 'the terminal lists the items in another order',
        upstream: [
          begin(),
          summary(0, 'S'),
          message(1, 'Hi'),
          completed([messageItem(1, ['Hi']), reasoningItem(0, ['S'])]),
        ],
        output: [
          begin(),
          summary(0, 'S'),
          message(1, 'Hi'),
          completed([reasoningItem(0, ['S']), messageItem(1, ['Hi'])]),
        ],
        defects: ['responses/indices-missing-or-wrong rewrote @15 response.output'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'indices count up',
        upstream: [
          begin(),
          message(0, 'A'),
          message(1, 'B'),
          completed([messageItem(0, ['A']), messageItem(1, ['B'])]),
        ],
      },
      {
        when: 'two parts of one message count up',
        upstream: [
          begin(),
          openMessage(0, 'A'),
          textDone(0, 'A'),
          partDone(0, 'A'),
          partAdded(0, 1),
          textDelta(0, 'B', 1),
          textDone(0, 'B', 1),
          partDone(0, 'B', 1),
          messageDone(0, 'A', 'B'),
          completed([messageItem(0, ['A', 'B'])]),
        ],
      },
    ],
  },
  {
    code: 'responses/item-shape-incomplete',
    violations: [
      {
        when: 'a message is announced without role, status and content',
        upstream: [
          begin(),
          messageAdded(0, { role: undefined, status: undefined, content: undefined }),
          partAdded(0),
          textDelta(0, 'Hi'),
          closeMessage(0, 'Hi'),
          completed(hi),
        ],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: [
          'responses/item-shape-incomplete rewrote @3 item.role',
          'responses/item-shape-incomplete rewrote @3 item.status',
          'responses/item-shape-incomplete rewrote @3 item.content',
        ],
        endState: 'complete',
      },
      {
        when: 'the content of an announced message is null',
        upstream: [
          begin(),
          messageAdded(0, { content: null }),
          partAdded(0),
          textDelta(0, 'Hi'),
          closeMessage(0, 'Hi'),
          completed(hi),
        ],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/item-shape-incomplete rewrote @3 item.content'],
        endState: 'complete',
      },
      {
        when: 'an item is null',
        upstream: [begin(), added(0, null), message(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/item-shape-incomplete dropped @3 item'],
        endState: 'complete',
      },
      {
        when: 'a part has no text',
        upstream: [
          begin(),
          messageAdded(0),
          partAdded(0, 0, { type: 'output_text', annotations: [], logprobs: [] }),
          textDelta(0, 'Hi'),
          closeMessage(0, 'Hi'),
          completed(hi),
        ],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/item-shape-incomplete rewrote @4 part.text'],
        endState: 'complete',
      },
      {
        when: 'a done has lost its text',
        upstream: [begin(), openMessage(0, 'Hi'), textDone(0, ''), partDone(0, ''), messageDone(0, ''), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: [
          'responses/item-shape-incomplete rewrote @6 text',
          'responses/item-shape-incomplete rewrote @7 part.text',
          'responses/item-shape-incomplete rewrote @8 text',
        ],
        endState: 'complete',
      },
      {
        when: 'reasoning is announced without a summary',
        upstream: [
          begin(),
          reasoningAdded(0, { summary: undefined }),
          summaryAdded(0),
          summaryDelta(0, 'S'),
          summaryDone(0, 'S'),
          itemDone(0, reasoningItem(0, ['S'])),
          completed([reasoningItem(0, ['S'])]),
        ],
        output: [begin(), summary(0, 'S'), completed([reasoningItem(0, ['S'])])],
        defects: ['responses/item-shape-incomplete rewrote @3 item.summary'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'every field is there', upstream: [begin(), message(0, 'Hi'), completed(hi)] },
      {
        when: 'an empty text is done empty',
        upstream: [begin(), openMessage(0), closeMessage(0, ''), completed([messageItem(0, [''])])],
      },
      {
        when: 'an announced message is called completed',
        upstream: [
          begin(),
          messageAdded(0, { status: 'completed' }),
          partAdded(0),
          textDelta(0, 'Hi'),
          closeMessage(0, 'Hi'),
          completed(hi),
        ],
      },
      {
        when: 'a part is newer than we are',
        upstream: [
          begin(),
          messageAdded(0),
          partAdded(0, 0, { type: 'later_part' }),
          event('content_part.done', {
            output_index: 0,
            item_id: 'msg_0',
            content_index: 0,
            part: { type: 'later_part' },
          }),
          itemDone(0, messageItem(0, [], { content: [{ type: 'later_part' }] })),
          completed([messageItem(0, [], { content: [{ type: 'later_part' }] })]),
        ],
      },
    ],
  },
  {
    code: 'responses/annotations-missing',
    violations: [
      {
        when: 'a part has none',
        upstream: [
          begin(),
          messageAdded(0),
          partAdded(0, 0, { type: 'output_text', text: '', logprobs: [] }),
          textDelta(0, 'Hi'),
          closeMessage(0, 'Hi'),
          completed(hi),
        ],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/annotations-missing rewrote @4 part.annotations'],
        endState: 'complete',
      },
      {
        when: 'a citation has neither title nor place',
        upstream: [
          begin(),
          openMessage(0, 'Hi'),
          event('output_text.annotation.added', {
            item_id: 'msg_0',
            output_index: 0,
            content_index: 0,
            annotation_index: 0,
            annotation: { type: 'url_citation', url: 'u' },
          }),
          closeMessage(0, 'Hi').slice(0, 1),
          completed([]),
        ],
        output: [
          begin(),
          openMessage(0, 'Hi'),
          event('output_text.annotation.added', {
            item_id: 'msg_0',
            output_index: 0,
            content_index: 0,
            annotation_index: 0,
            annotation: { type: 'url_citation', url: 'u', title: 'u', start_index: 0, end_index: 0 },
          }),
          textDone(0, 'Hi'),
          ...cited('u'),
        ],
        defects: [
          'responses/annotations-missing rewrote @6 annotation.title',
          'responses/annotations-missing rewrote @6 annotation.start_index',
          'responses/annotations-missing rewrote @6 annotation.end_index',
          'responses/item-done-missing inserted @8 response.output_item.done',
          'responses/item-done-missing inserted @8 response.content_part.done',
          'responses/completed-output-empty rewrote @8 response.output',
        ],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'the list is there and empty', upstream: [begin(), message(0, 'Hi'), completed(hi)] },
      {
        when: 'the part is a refusal, which has none',
        upstream: [
          begin(),
          messageAdded(0),
          partAdded(0, 0, { type: 'refusal', refusal: '' }),
          event('refusal.delta', { item_id: 'msg_0', output_index: 0, content_index: 0, delta: 'no' }),
          event('refusal.done', { item_id: 'msg_0', output_index: 0, content_index: 0, refusal: 'no' }),
          event('content_part.done', {
            item_id: 'msg_0',
            output_index: 0,
            content_index: 0,
            part: { type: 'refusal', refusal: 'no' },
          }),
          itemDone(0, messageItem(0, [], { content: [{ type: 'refusal', refusal: 'no' }] })),
          completed([messageItem(0, [], { content: [{ type: 'refusal', refusal: 'no' }] })]),
        ],
      },
      {
        when: 'an annotation of another type has other fields',
        upstream: [
          begin(),
          openMessage(0, 'Hi'),
          event('output_text.annotation.added', {
            item_id: 'msg_0',
            output_index: 0,
            content_index: 0,
            annotation_index: 0,
            annotation: { type: 'file_path', file_id: 'f', index: 0 },
          }),
          closeMessage(0, 'Hi').slice(0, 1),
          event('content_part.done', {
            item_id: 'msg_0',
            output_index: 0,
            content_index: 0,
            part: { ...textPart('Hi'), annotations: [{ type: 'file_path', file_id: 'f', index: 0 }] },
          }),
          itemDone(
            0,
            messageItem(0, [], {
              content: [{ ...textPart('Hi'), annotations: [{ type: 'file_path', file_id: 'f', index: 0 }] }],
            }),
          ),
          completed([
            messageItem(0, [], {
              content: [{ ...textPart('Hi'), annotations: [{ type: 'file_path', file_id: 'f', index: 0 }] }],
            }),
          ]),
        ],
      },
    ],
  },
  {
    code: 'responses/item-done-missing',
    violations: [
      {
        when: 'the text is never done',
        upstream: [begin(), openMessage(0, 'Hi'), partDone(0, 'Hi'), messageDone(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/item-done-missing inserted @6 response.output_text.done'],
        endState: 'complete',
      },
      {
        when: 'the part is never done',
        upstream: [begin(), openMessage(0, 'Hi'), textDone(0, 'Hi'), messageDone(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/item-done-missing inserted @7 response.content_part.done'],
        endState: 'complete',
      },
      {
        when: 'the item is never done',
        upstream: [begin(), openMessage(0, 'Hi'), textDone(0, 'Hi'), partDone(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/item-done-missing inserted @8 response.output_item.done'],
        endState: 'complete',
      },
      {
        when: 'a call with whole arguments is never done',
        upstream: [begin(), openCall(0, '{"a":1}'), completed([])],
        output: [begin(), call(0, '{"a":1}'), completed([callItem(0, '{"a":1}')])],
        defects: [
          'responses/item-done-missing inserted @5 response.output_item.done',
          'responses/item-done-missing inserted @5 response.function_call_arguments.done',
          'responses/completed-output-empty rewrote @5 response.output',
        ],
        endState: 'complete',
      },
      {
        when: 'the index of an open item is used again (D-43)',
        upstream: [begin(), openMessage(0, 'A'), message({ output_index: 0, item_id: 'msg_1' }, 'B'), completed([])],
        output: [begin(), message(0, 'A'), message(1, 'B'), completed([messageItem(0, ['A']), messageItem(1, ['B'])])],
        defects: [
          'responses/item-done-missing inserted @6 response.output_item.done',
          'responses/item-done-missing inserted @6 response.output_text.done',
          'responses/item-done-missing inserted @6 response.content_part.done',
          'responses/indices-missing-or-wrong rewrote @6 output_index',
          'responses/indices-missing-or-wrong rewrote @7 output_index',
          'responses/indices-missing-or-wrong rewrote @8 output_index',
          'responses/indices-missing-or-wrong rewrote @9 output_index',
          'responses/indices-missing-or-wrong rewrote @10 output_index',
          'responses/indices-missing-or-wrong rewrote @11 output_index',
          'responses/completed-output-empty rewrote @12 response.output',
        ],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'everything is done', upstream: [begin(), message(0, 'Hi'), completed(hi)] },
      {
        when: 'a hosted search is listed and never done (FINDINGS A8)',
        upstream: [
          begin(),
          added(0, { id: 'ws_0', type: 'web_search_call', status: 'in_progress' }),
          message(1, 'Hi'),
          completed([{ id: 'ws_0', type: 'web_search_call', status: 'completed' }, messageItem(1, ['Hi'])]),
        ],
      },
      {
        when: 'the input of a custom tool is not said to be done',
        upstream: [
          begin(),
          added(0, { id: 'ctc_0', type: 'custom_tool_call', call_id: 'call_0', name: 'run', input: '' }),
          event('custom_tool_call_input.delta', { item_id: 'ctc_0', output_index: 0, delta: 'x' }),
          itemDone(0, { id: 'ctc_0', type: 'custom_tool_call', call_id: 'call_0', name: 'run', input: 'x' }),
          completed([{ id: 'ctc_0', type: 'custom_tool_call', call_id: 'call_0', name: 'run', input: 'x' }]),
        ],
      },
    ],
  },
  {
    code: 'responses/duplicate-or-late-events',
    violations: [
      {
        when: 'response.created comes twice',
        upstream: [created(), begin(), message(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/duplicate-or-late-events dropped @2'],
        endState: 'complete',
      },
      {
        when: 'an item is announced twice',
        upstream: [begin(), messageAdded(0), message(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/duplicate-or-late-events dropped @4'],
        endState: 'complete',
      },
      {
        when: 'an item is done twice',
        upstream: [begin(), message(0, 'Hi'), messageDone(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/duplicate-or-late-events dropped @9'],
        endState: 'complete',
      },
      {
        when: 'a part is announced twice',
        upstream: [
          begin(),
          messageAdded(0),
          partAdded(0),
          partAdded(0),
          textDelta(0, 'Hi'),
          closeMessage(0, 'Hi'),
          completed(hi),
        ],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/duplicate-or-late-events dropped @5'],
        endState: 'complete',
      },
      {
        when: 'a text and its part are done twice',
        upstream: [
          begin(),
          openMessage(0, 'Hi'),
          textDone(0, 'Hi'),
          textDone(0, 'Hi'),
          partDone(0, 'Hi'),
          partDone(0, 'Hi'),
          messageDone(0, 'Hi'),
          completed(hi),
        ],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/duplicate-or-late-events dropped @7', 'responses/duplicate-or-late-events dropped @9'],
        endState: 'complete',
      },
      {
        when: 'a done item hears its text again (D-46)',
        upstream: [begin(), message(0, 'Hi'), textDelta(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/duplicate-or-late-events dropped @9'],
        endState: 'complete',
      },
      {
        when: 'a call is done twice',
        upstream: [begin(), call(0, '{}'), callDone(0, '{}'), completed([callItem(0, '{}')])],
        output: [begin(), call(0, '{}'), completed([callItem(0, '{}')])],
        defects: ['responses/duplicate-or-late-events dropped @7'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'two messages say the same',
        upstream: [
          begin(),
          message(0, 'Hi'),
          message(1, 'Hi'),
          completed([messageItem(0, ['Hi']), messageItem(1, ['Hi'])]),
        ],
      },
      {
        when: 'a text says the same twice',
        upstream: [begin(), message(0, 'Hi', 'Hi'), completed([messageItem(0, ['HiHi'])])],
      },
      {
        when: 'what comes late for a done item is new (D-46)',
        upstream: [begin(), message(0, 'Hi'), textDelta(0, 'Ho'), completed(hi)],
        defects: [
          'responses/item-added-missing inserted @9',
          'responses/part-added-missing inserted @9',
          'responses/item-id-mismatch rewrote @9 item_id',
          'responses/indices-missing-or-wrong rewrote @9 output_index',
          'responses/item-done-missing inserted @10 response.output_item.done',
          'responses/item-done-missing inserted @10 response.output_text.done',
          'responses/item-done-missing inserted @10 response.content_part.done',
          'responses/completed-output-empty rewrote @10 response.output',
        ],
      },
    ],
  },
]

/** What is made for a message whose citation was completed. */
function cited(url: string): string[] {
  const annotations = [{ type: 'url_citation', url, title: url, start_index: 0, end_index: 0 }]
  const part = { ...textPart('Hi'), annotations }
  const item = messageItem(0, [], { content: [part] })
  return [
    event('content_part.done', { item_id: 'msg_0', output_index: 0, content_index: 0, part }),
    itemDone(0, item),
    completed([item]),
  ]
}
