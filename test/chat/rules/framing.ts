import {
  answer,
  callStart,
  calls,
  comment,
  data,
  delta,
  done,
  end,
  failure,
  finish,
  first,
  opening,
  role,
  text,
} from '../stream.js'
import type { Rule } from './rule.js'

/** Faults of single frames: their names, their JSON, their size; and bodies that hold none. */
export const framingRules: readonly Rule[] = [
  {
    code: 'sse/data-malformed-json',
    violations: [
      {
        when: 'an object never ends',
        upstream: [opening('Hi'), data('{"choices":['), finish()],
        output: [opening('Hi'), failure('malformed')],
        defects: ['sse/data-malformed-json ended @3', 'chat/event-after-end dropped @4'],
        endState: 'truncated',
      },
      {
        when: 'the JSON of a chunk is cut over two frames',
        upstream: [role(), text('Hi').replace('"choices"', '\n\ndata: "choices"'), end()],
        output: answer('Hi'),
        defects: ['sse/data-malformed-json rewrote @2'],
        endState: 'complete',
      },
      {
        when: 'a list stands where a chunk belongs',
        upstream: [opening('Hi'), data('[1,2]')],
        output: [opening('Hi'), failure('malformed')],
        defects: ['sse/data-malformed-json ended @3'],
        endState: 'truncated',
      },
    ],
    nearMisses: [
      {
        when: 'the data of one chunk is spread over two lines',
        upstream: [role(), text('Hi').replace('"choices"', '\ndata: "choices"'), end()],
      },
      {
        when: 'the JSON has a member twice, of which the last one counts',
        upstream: [role(), text('Hi').replace('"content":', '"content":"Ho","content":'), end()],
      },
      { when: 'a text looks like broken JSON', upstream: answer('{"choices":[') },
    ],
  },
  {
    code: 'sse/not-a-stream',
    violations: [
      {
        when: 'the body is a page',
        upstream: '<html><body>Bad Gateway</body></html>\n',
        output: failure('not-a-stream'),
        defects: ['sse/not-a-stream ended @1'],
        endState: 'not-a-stream',
      },
    ],
    nearMisses: [
      { when: 'the page stands in a comment', upstream: [': <html>\n\n', answer('Hi')] },
      {
        when: 'the body is one JSON error',
        upstream: '{"error":{"message":"Down","code":503}}',
        defects: ['sse/raw-ndjson rewrote @1'],
      },
    ],
  },
  {
    code: 'sse/limit-exceeded',
    violations: [
      {
        when: 'a frame is larger than the caller allows',
        upstream: [role(), text('x'.repeat(400)), end()],
        output: [role(), failure('limit')],
        defects: ['sse/limit-exceeded ended @2 maxFrameBytes'],
        endState: 'limit',
        options: { limits: { maxFrameBytes: 300 } },
      },
      {
        when: 'more choices and calls are known than the caller allows',
        upstream: [role(), callStart(0), callStart(1)],
        output: [role(), callStart(0), callStart(1), failure('limit')],
        defects: ['sse/limit-exceeded ended @3 maxOpenBlocks'],
        endState: 'limit',
        options: { limits: { maxOpenBlocks: 2 } },
      },
      {
        when: 'a chunk that must be written anew is nested too deeply',
        upstream: [delta({ content: 'Hi', later: { a: { b: {} } } })],
        output: failure('limit'),
        defects: ['chat/role-missing-or-invalid rewrote @1 choices.delta.role', 'sse/limit-exceeded ended @1 maxDepth'],
        endState: 'limit',
        options: { limits: { maxDepth: 5 } },
      },
      {
        when: 'more waits than the caller allows',
        upstream: [role(), calls([first(0, '', { function: { arguments: '{"a":"0123456789"' } })])],
        output: [role(), delta({}), failure('limit')],
        defects: [
          'chat/tool-name-repeated-split-late moved @2 function.name',
          'sse/limit-exceeded ended @2 maxHeldBytes',
          'chat/tool-name-repeated-split-late dropped @2',
        ],
        endState: 'limit',
        options: { limits: { maxHeldBytes: 10 } },
      },
    ],
    nearMisses: [
      {
        when: 'every frame is within the limits',
        upstream: [role(), text('Hi'), end()],
        options: { limits: { maxFrameBytes: 300, maxOpenBlocks: 1, maxHeldBytes: 1, maxHeldFrames: 1, maxDepth: 1 } },
      },
      {
        when: 'it is comments that are many',
        upstream: [role(), Array.from({ length: 100 }, comment), text('Hi'), finish(), done()],
        options: { limits: { maxFrameBytes: 300, maxHeldFrames: 1 } },
      },
    ],
  },
]
