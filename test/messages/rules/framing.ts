import {
  blockStop,
  comment,
  data,
  end,
  failure,
  frame,
  ping,
  start,
  textBlock,
  textDelta,
  textStart,
} from '../stream.js'
import type { Rule } from './rule.js'

const unnamed = (text: string): string => text.slice(text.indexOf('data:'))

/** Faults of the framing that the machine repairs or that end the message. */
export const framingRules: readonly Rule[] = [
  {
    code: 'sse/event-line-missing',
    violations: [
      {
        when: 'no frame has an event line',
        upstream: [start(), textStart(0), textDelta(0, 'Hi')].map(unnamed).concat([blockStop(0)], end() as string[]),
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: [
          'sse/event-line-missing rewrote @1 event',
          'sse/event-line-missing rewrote @2 event',
          'sse/event-line-missing rewrote @3 event',
        ],
        endState: 'complete',
      },
      {
        when: 'the event line says message, and the other lines of the frame stay',
        upstream: [start(), `: why\nid: 7\nevent: message\n${unnamed(ping())}`, textBlock(0, 'Hi'), end()],
        output: [start(), `: why\nid: 7\n${ping()}`, textBlock(0, 'Hi'), end()],
        defects: ['sse/event-line-missing rewrote @2 event'],
        endState: 'complete',
      },
      {
        when: 'the block has to move down besides',
        upstream: [
          start(),
          textStart(0),
          blockStop(0),
          unnamed(textStart(2)),
          unnamed(textDelta(2, 'Hi')),
          blockStop(2),
          end(),
        ],
        output: [start(), textBlock(0), textBlock(1, 'Hi'), end()],
        defects: [
          'messages/index-non-contiguous rewrote @4 index',
          'sse/event-line-missing rewrote @4 event',
          'sse/event-line-missing rewrote @5 event',
        ],
        observations: ['messages/empty-text-block @3'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'each has its own', upstream: [start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'there is no blank behind the colons',
        upstream: [start(), ping().replaceAll(': ', ':'), textBlock(0, 'Hi'), end()],
      },
    ],
  },
  {
    code: 'sse/data-malformed-json',
    violations: [
      {
        when: 'one object is cut over two frames, which are joined',
        upstream: [
          start(),
          textStart(0),
          'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,\n\n',
          'event: content_block_delta\ndata: "delta":{"type":"text_delta","text":"Hi"}}\n\n',
          blockStop(0),
          end(),
        ],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['sse/data-malformed-json rewrote @3'],
        endState: 'complete',
      },
      {
        when: 'a frame is cut and nothing fits it, although the ending is there',
        upstream: [start(), textStart(0), 'data: {"type":"content_block_delta","in\n\n', blockStop(0), end()],
        output: [start(), textStart(0), failure('malformed')],
        defects: [
          'sse/data-malformed-json ended @3',
          'messages/event-after-end dropped @4',
          'messages/event-after-end dropped @5',
          'messages/event-after-end dropped @6',
        ],
        endState: 'truncated',
      },
      {
        when: 'the data is a number',
        upstream: [start(), data(7)],
        output: [start(), failure('malformed')],
        defects: ['sse/data-malformed-json ended @2'],
        endState: 'truncated',
      },
      {
        when: 'the error beside a text is a number, which says nothing',
        upstream: [
          start(),
          textStart(0),
          frame({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' }, error: 7 }),
        ],
        output: [start(), textStart(0), textDelta(0, 'Hi'), failure('malformed')],
        defects: ['errors/error-frame-shape rewrote @3 error', 'sse/data-malformed-json ended @3'],
        endState: 'truncated',
      },
      {
        when: 'the data is a word that keeps the connection open, which is dropped',
        upstream: [start(), data('ping'), textBlock(0, 'Hi'), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['sse/data-malformed-json dropped @2'],
        endState: 'complete',
      },
      {
        when: 'a JSON body is broken',
        upstream: ['{"type":"message",,}'],
        output: [failure('malformed')],
        defects: ['sse/raw-ndjson rewrote @1', 'sse/data-malformed-json ended @1'],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      {
        when: 'one object stands on two data lines',
        upstream: [start(), 'event: ping\ndata: {\ndata: "type":"ping"}\n\n', textBlock(0, 'Hi'), end()],
      },
      {
        when: 'plain text stands under event: error',
        upstream: [start(), 'event: error\ndata: Down\n\n'],
        defects: ['errors/error-frame-shape rewrote @2'],
      },
      {
        when: 'the stream is cut inside a frame',
        upstream: [start(), textStart(0), 'data: {"type":"content_block_delta","in'],
        defects: ['sse/no-final-blank-line dropped @3', 'messages/truncated-stream ended @3'],
      },
    ],
  },
  {
    code: 'sse/not-a-stream',
    violations: [
      {
        when: 'the body is a page',
        upstream: ['<!doctype html>\n<html>\n\n<body>Sign in</body>\n</html>\n'],
        output: [failure('not-a-stream')],
        defects: ['sse/not-a-stream ended @1'],
        endState: 'not-a-stream',
      },
      {
        when: 'the body is plain text',
        upstream: ['upstream connect error'],
        output: [failure('not-a-stream')],
        defects: ['sse/not-a-stream ended @1'],
        endState: 'not-a-stream',
      },
    ],
    nearMisses: [
      { when: 'the stream begins with a comment', upstream: [comment(), start(), textBlock(0, 'Hi'), end()] },
      {
        when: 'the stream begins with a line that no standard knows, which is ignored',
        upstream: ['hello\n\n', start(), textBlock(0, 'Hi'), end()],
      },
      { when: 'the body is empty', upstream: [], defects: ['messages/empty-200 ended @0'] },
    ],
  },
]
