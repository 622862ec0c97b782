import {
  begin,
  callAdded,
  closeMessage,
  comment,
  completed,
  created,
  data,
  failure,
  failureAlone,
  inProgress,
  message,
  messageAdded,
  messageItem,
  openMessage,
  textDelta,
  unnamed,
} from '../stream.js'
import type { Rule } from './rule.js'

const hi = [messageItem(0, ['Hi'])]

/** Faults of single frames: their names, their JSON, their size; and bodies that hold none. */
export const framingRules: readonly Rule[] = [
  {
    code: 'sse/event-line-missing',
    violations: [
      {
        when: 'an event has no name',
        upstream: [created(), unnamed(inProgress()), message(0, 'Hi'), completed(hi)],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['sse/event-line-missing rewrote @2 event'],
        endState: 'complete',
      },
      {
        when: 'every event is named message',
        upstream: [begin(), message(0, 'Hi'), completed(hi).replace(/^event: .*/, 'event: message')],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['sse/event-line-missing rewrote @9 event'],
        endState: 'complete',
      },
      {
        when: 'a delta has the name of another event',
        upstream: [
          begin(),
          openMessage(0),
          textDelta(0, 'Hi').replace('event: response.output_text.delta', 'event: response.output_text.done'),
          closeMessage(0, 'Hi'),
          completed(hi),
        ],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['sse/event-line-missing rewrote @5 event'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'each event has its name', upstream: [begin(), message(0, 'Hi'), completed(hi)] },
      {
        when: 'the name has no blank behind its colon',
        upstream: [created().replace('event: ', 'event:'), inProgress(), message(0, 'Hi'), completed(hi)],
      },
    ],
  },
  {
    code: 'sse/data-malformed-json',
    violations: [
      {
        when: 'an object never ends',
        upstream: [begin(), openMessage(0, 'Hi'), data('{"type":"response.output_text.done"'), closeMessage(0, 'Hi')],
        output: [begin(), openMessage(0, 'Hi'), failure('malformed')],
        defects: [
          'sse/data-malformed-json ended @6',
          'responses/event-after-end dropped @7',
          'responses/event-after-end dropped @8',
          'responses/event-after-end dropped @9',
        ],
        endState: 'truncated',
      },
      {
        when: 'the JSON of a delta is cut over two frames',
        upstream: [
          begin(),
          openMessage(0),
          textDelta(0, 'Hi').replace('"delta"', '\n\ndata: "delta"'),
          closeMessage(0, 'Hi'),
          completed(hi),
        ],
        output: [begin(), message(0, 'Hi'), completed(hi)],
        defects: ['sse/data-malformed-json rewrote @5'],
        endState: 'complete',
      },
      {
        when: 'a list stands where an event belongs',
        upstream: [begin(), data('[1,2]')],
        output: [begin(), failure('malformed')],
        defects: ['sse/data-malformed-json ended @3'],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      {
        when: 'the data of one event is spread over two lines',
        upstream: [
          created().replace('"response":{', '"response":\ndata: {'),
          inProgress(),
          message(0, 'Hi'),
          completed(hi),
        ],
      },
      {
        when: 'the JSON has a member twice, of which the last one counts',
        upstream: [
          begin(),
          openMessage(0),
          textDelta(0, 'Hi').replace('"delta":', '"delta":"Ho","delta":'),
          closeMessage(0, 'Hi'),
          completed(hi),
        ],
      },
    ],
  },
  {
    code: 'sse/not-a-stream',
    violations: [
      {
        when: 'the body is a page',
        upstream: '<html><body>Bad Gateway</body></html>\n',
        output: failureAlone('not-a-stream'),
        defects: ['sse/not-a-stream ended @1'],
        endState: 'not-a-stream',
      },
    ],
    nearMisses: [
      { when: 'the page stands in a comment', upstream: [': <html>\n\n', begin(), message(0, 'Hi'), completed(hi)] },
      {
        when: 'the body is one JSON error',
        upstream: '{"error":{"message":"Down","code":503}}',
        defects: [
          'sse/raw-ndjson rewrote @1',
          'responses/created-missing inserted @1',
          'responses/in-progress-missing inserted @1',
          'errors/error-frame-shape rewrote @1',
          'responses/failed-missing inserted @1',
        ],
      },
    ],
  },
  {
    code: 'sse/limit-exceeded',
    violations: [
      {
        when: 'a frame is larger than the caller allows',
        upstream: [begin(), textDelta(0, 'x'.repeat(500)), completed([])],
        output: [begin(), failure('limit')],
        defects: ['sse/limit-exceeded ended @3 maxFrameBytes'],
        endState: 'limit',
        options: { limits: { maxFrameBytes: 400 } },
      },
      {
        when: 'more items are open than the caller allows',
        upstream: [begin(), openMessage(0, 'A'), openMessage(1, 'B'), completed([])],
        output: [begin(), openMessage(0, 'A'), messageAdded(1), failure('limit')],
        defects: [
          'sse/limit-exceeded ended @6 maxOpenBlocks',
          'responses/event-after-end dropped @7',
          'responses/event-after-end dropped @8',
          'responses/event-after-end dropped @9',
        ],
        endState: 'limit',
        options: { limits: { maxOpenBlocks: 1 } },
      },
      {
        when: 'an event that must be written anew is nested too deeply',
        upstream: [created({ object: undefined, metadata: { a: { b: { c: {} } } } })],
        output: failureAlone('limit'),
        defects: [
          'responses/fields-missing-in-lifecycle rewrote @1 response.object',
          'sse/limit-exceeded ended @1 maxDepth',
        ],
        endState: 'limit',
        options: { limits: { maxDepth: 4 } },
      },
      {
        when: 'more waits than the caller allows',
        upstream: [begin(), callAdded(0, { name: '' })],
        output: [begin(), failure('limit')],
        defects: ['sse/limit-exceeded ended @3 maxHeldBytes', 'responses/tool-added-missing-or-partial dropped @3'],
        endState: 'limit',
        options: { limits: { maxHeldBytes: 10 } },
      },
    ],
    nearMisses: [
      {
        when: 'every frame is within the limits',
        upstream: [begin(), message(0, 'Hi'), completed(hi)],
        options: { limits: { maxFrameBytes: 700, maxOpenBlocks: 1, maxHeldBytes: 2, maxHeldFrames: 1, maxDepth: 1 } },
      },
      {
        when: 'it is comments that are many',
        upstream: [begin(), Array.from({ length: 100 }, comment), message(0, 'Hi'), completed(hi)],
        options: { limits: { maxFrameBytes: 700, maxHeldFrames: 1 } },
      },
    ],
  },
]
