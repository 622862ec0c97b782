import {
  begin,
  changed,
  closeMessage,
  comment,
  completed,
  created,
  event,
  failed,
  frame,
  framesOf,
  inProgress,
  madeBegin,
  madeSnapshot,
  message,
  messageAdded,
  messageItem,
  nested,
  numbered,
  openMessage,
  queued,
  snapshot,
  textDelta,
} from '../stream.js'
import type { Rule } from './rule.js'

const hi = [messageItem(0, ['Hi'])]

/** The beginning of a response. */
export const openingRules: readonly Rule[] = [
  {
    code: 'responses/created-missing',
    violations: [
      {
        when: 'the first event is response.in_progress',
        upstream: [inProgress(), message(0, 'Hi'), completed(hi)],
        output: numbered([
          event('created', { response: madeSnapshot('resp_1', { created_at: 7, model: 'test-model' }) }),
          inProgress(),
          message(0, 'Hi'),
          completed(hi),
        ]),
        defects: ['responses/created-missing inserted @1'],
        endState: 'complete',
      },
      {
        when: 'the first event announces an item',
        upstream: [message(0, 'Hi'), completed(hi)],
        output: numbered([madeBegin(), message(0, 'Hi'), completed(hi)]),
        defects: ['responses/created-missing inserted @1', 'responses/in-progress-missing inserted @1'],
        endState: 'complete',
      },
      {
        when: 'the first delta calls its item by the id of the response (D-41)',
        upstream: [textDelta({ output_index: 0, item_id: 'resp_7' }, 'Hi'), completed([])],
        output: numbered([
          madeBegin('resp_7'),
          message({ output_index: 0, item_id: 'msg_7_0' }, 'Hi'),
          completed([messageItem({ output_index: 0, item_id: 'msg_7_0' }, ['Hi'])], { id: 'resp_7' }),
        ]),
        defects: [
          'responses/created-missing inserted @1',
          'responses/in-progress-missing inserted @1',
          'responses/item-added-missing inserted @1',
          'responses/part-added-missing inserted @1',
          'responses/item-id-mismatch rewrote @1 item_id',
          'responses/item-done-missing inserted @2 response.output_item.done',
          'responses/item-done-missing inserted @2 response.output_text.done',
          'responses/item-done-missing inserted @2 response.content_part.done',
          'responses/completed-output-empty rewrote @2 response.output',
          'responses/response-id-mismatch rewrote @2 response.id',
        ],
        endState: 'complete',
      },
      {
        when: 'a keep-alive comes before anything, and leaves behind what is made',
        upstream: [frame({ type: 'keepalive' }), message(0, 'Hi'), completed(hi)],
        output: numbered([
          event('created', { response: madeSnapshot() }),
          frame({ type: 'keepalive' }),
          event('in_progress', { response: madeSnapshot() }),
          message(0, 'Hi'),
          completed(hi),
        ]),
        defects: ['responses/created-missing inserted @2', 'responses/in-progress-missing inserted @2'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'comments come before it', upstream: [comment(), begin(), message(0, 'Hi'), completed(hi)] },
      {
        when: 'the stream is asked for from the middle (D-50)',
        upstream: [message(0, 'Hi'), completed(hi)],
        options: { resume: true },
      },
      {
        when: 'a response in the background is taken up again (D-50)',
        upstream: [inProgress({ background: true }), message(0, 'Hi'), completed(hi)],
      },
    ],
  },
  {
    code: 'responses/in-progress-missing',
    violations: [
      {
        when: 'an item follows response.created',
        upstream: [created(), message(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/in-progress-missing inserted @2'],
        endState: 'complete',
      },
      {
        when: 'an error follows response.created',
        upstream: [created(), nested(), failed()],
        output: [begin(), nested(), failed()],
        defects: ['responses/in-progress-missing inserted @2'],
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      { when: 'response.queued follows', upstream: [created(), queued(), message(0, 'Hi'), completed(hi)] },
      {
        when: 'a comment and a keep-alive stand in between',
        upstream: [created(), comment(), frame({ type: 'keepalive' }), inProgress(), message(0, 'Hi'), completed(hi)],
      },
      { when: 'a terminal follows: the warm-up of a connection', upstream: [created(), completed([])] },
      {
        when: 'response.in_progress follows response.queued',
        upstream: [created(), queued(), inProgress(), openMessage(0, 'Hi'), closeMessage(0, 'Hi'), completed(hi)],
      },
    ],
  },
  {
    code: 'responses/fields-missing-in-lifecycle',
    violations: [
      {
        when: 'a snapshot has no object, no time and no model',
        upstream: [
          created({ object: undefined, created_at: undefined, model: undefined }),
          inProgress({ created_at: 0, model: '' }),
          message(0, 'Hi'),
          completed(hi),
        ],
        output: [
          created({ created_at: 0, model: '' }),
          inProgress({ created_at: 0, model: '' }),
          message(0, 'Hi'),
          completed(hi),
        ],
        defects: [
          'responses/fields-missing-in-lifecycle rewrote @1 response.object',
          'responses/fields-missing-in-lifecycle rewrote @1 response.model',
          'responses/fields-missing-in-lifecycle rewrote @1 response.created_at',
        ],
        endState: 'complete',
      },
      {
        when: 'the time is a text',
        upstream: [created({ created_at: '7' }), inProgress(), message(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/fields-missing-in-lifecycle rewrote @1 response.created_at'],
        endState: 'complete',
      },
      {
        when: 'a snapshot is not wrapped',
        upstream: [event('created', snapshot('in_progress')), inProgress(), message(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/fields-missing-in-lifecycle rewrote @1 response'],
        endState: 'complete',
      },
      {
        when: 'the type stands only in the event line',
        upstream: [
          changed(created(), { type: undefined }).replace(/^/, 'event: response.created\n'),
          inProgress(),
          message(0, 'Hi'),
          completed(hi),
        ],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/fields-missing-in-lifecycle rewrote @1 type'],
        endState: 'complete',
      },
      {
        when: 'a terminal has neither id nor time nor model',
        upstream: [
          begin(),
          message(0, 'Hi'),
          completed(hi, { id: undefined, created_at: undefined, model: undefined }),
        ],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: [
          'responses/fields-missing-in-lifecycle rewrote @9 response.model',
          'responses/fields-missing-in-lifecycle rewrote @9 response.created_at',
          'responses/fields-missing-in-lifecycle rewrote @9 response.id',
        ],
        endState: 'complete',
      },
      {
        when: 'response.created has no status and no list of output',
        upstream: [created({ status: undefined, output: null }), inProgress(), message(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: [
          'responses/fields-missing-in-lifecycle rewrote @1 response.status',
          'responses/fields-missing-in-lifecycle rewrote @1 response.output',
        ],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'every field is there', upstream: [begin(), message(0, 'Hi'), completed(hi)] },
      {
        when: 'the time has a fraction, and fields that clients need not be there are left out',
        upstream: [
          created({ created_at: 7.5, usage: undefined, error: undefined }),
          inProgress(),
          message(0, 'Hi'),
          completed(hi),
        ],
      },
      {
        when: 'response.created is queued',
        upstream: [created({ status: 'queued' }), inProgress(), message(0, 'Hi'), completed(hi)],
      },
    ],
  },
  {
    code: 'responses/response-id-mismatch',
    violations: [
      {
        when: 'the terminal has another id',
        upstream: [begin(), message(0, 'Hi'), completed(hi, { id: 'chatcmpl-9' })],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['responses/response-id-mismatch rewrote @9 response.id'],
        endState: 'complete',
      },
      {
        when: 'each event draws a new one',
        upstream: [created(), inProgress({ id: 'resp_2' }), message(0, 'Hi'), completed(hi, { id: 'resp_3' })],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: [
          'responses/response-id-mismatch rewrote @2 response.id',
          'responses/response-id-mismatch rewrote @9 response.id',
        ],
        endState: 'complete',
      },
      {
        when: 'response.failed has another id',
        upstream: [begin(), nested(), failed('Down', 'server_error', { id: 'resp_2' })],
        output: [begin(), nested(), failed()],
        defects: ['responses/response-id-mismatch rewrote @4 response.id'],
        endState: 'upstream-error',
      },
    ],
    nearMisses: [
      {
        when: 'the id is no resp_ anything, and always the same',
        upstream: [created({ id: 'a' }), inProgress({ id: 'a' }), message(0, 'Hi'), completed(hi, { id: 'a' })],
      },
      {
        when: 'the first id had to be made, so that the one in the terminal contradicts nothing',
        upstream: [message(0, 'Hi'), completed(hi, { id: 'resp_9' })],
        defects: ['responses/created-missing inserted @1', 'responses/in-progress-missing inserted @1'],
      },
    ],
  },
  {
    code: 'responses/sequence-number',
    violations: [
      {
        when: 'each event has the number 0',
        upstream: [
          framesOf(begin(), message(0, 'Hi'), completed(hi)).map((each) => changed(each, { sequence_number: 0 })),
        ],
        output: numbered([begin(), message(0, 'Hi'), completed(hi)]),
        defects: [2, 3, 4, 5, 6, 7, 8, 9].map(
          (at) => `responses/sequence-number rewrote @${at} sequence_number` as const,
        ),
        endState: 'complete',
      },
      {
        when: 'a number falls back',
        upstream: [
          numbered([begin(), openMessage(0)]),
          numbered([textDelta(0, 'Hi')], 2),
          numbered([closeMessage(0, 'Hi'), completed(hi)], 5),
        ],
        output: numbered([begin(), message(0, 'Hi'), completed(hi)]),
        defects: ['responses/sequence-number rewrote @5 sequence_number'],
        endState: 'complete',
      },
      {
        when: 'numbers begin in the middle',
        upstream: [begin(), numbered([message(0, 'Hi')], 2), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: [3, 4, 5, 6, 7, 8].map((at) => `responses/sequence-number dropped @${at} sequence_number` as const),
        endState: 'complete',
      },
      {
        when: 'one event of many has none',
        upstream: [
          numbered(begin()),
          messageAdded(0),
          numbered(framesOf(message(0, 'Hi')).slice(1), 3),
          numbered([completed(hi)], 8),
        ],
        output: numbered([begin(), message(0, 'Hi'), completed(hi)]),
        defects: ['responses/sequence-number rewrote @3 sequence_number'],
        endState: 'complete',
      },
      {
        when: 'numbers are texts',
        upstream: [
          numbered(begin()),
          changed(messageAdded(0), { sequence_number: '2' }),
          numbered(framesOf(message(0, 'Hi')).slice(1), 3),
          numbered([completed(hi)], 8),
        ],
        output: numbered([begin(), message(0, 'Hi'), completed(hi)]),
        defects: ['responses/sequence-number rewrote @3 sequence_number'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'no event has one', upstream: [begin(), message(0, 'Hi'), completed(hi)] },
      {
        when: 'they begin at 5 and skip',
        upstream: [numbered(begin(), 5), numbered([message(0, 'Hi')], 20), numbered([completed(hi)], 90)],
      },
      {
        when: 'they move because an event was put in',
        upstream: numbered([created(), message(0, 'Hi'), completed(hi)]),
        defects: ['responses/in-progress-missing inserted @2'],
      },
      {
        when: 'a stream without numbers gets them because its beginning was made',
        upstream: [message(0, 'Hi'), completed(hi)],
        defects: ['responses/created-missing inserted @1', 'responses/in-progress-missing inserted @1'],
      },
    ],
  },
]
