import {
  blockStart,
  blockStop,
  delta,
  end,
  signatureDelta,
  start,
  textBlock,
  textDelta,
  textStart,
  thinkingBlock,
  thinkingDelta,
  thinkingStart,
} from '../stream.js'
import type { Rule } from './rule.js'

/** Signatures of thinking. */
export const signaturesRules: readonly Rule[] = [
  {
    code: 'messages/signature-misplaced',
    violations: [
      {
        when: 'the signature rides on a thinking delta',
        upstream: [
          start(),
          thinkingStart(0),
          delta(0, { type: 'thinking_delta', thinking: 'Hm', signature: 'c2ln' }),
          blockStop(0),
          end(),
        ],
        output: [start(), thinkingBlock(0, 'Hm'), end()],
        defects: ['messages/signature-misplaced moved @3 delta.signature'],
        endState: 'complete',
      },
      {
        when: 'it rides on a delta that has nothing else',
        upstream: [
          start(),
          thinkingStart(0),
          thinkingDelta(0, 'Hm'),
          delta(0, { type: 'thinking_delta', signature: 'c2ln' }),
          blockStop(0),
          end(),
        ],
        output: [start(), thinkingBlock(0, 'Hm'), end()],
        defects: ['messages/signature-misplaced moved @4 delta.signature'],
        endState: 'complete',
      },
      {
        when: 'it stands in the start',
        upstream: [
          start(),
          blockStart(0, { type: 'thinking', thinking: '', signature: 'c2ln' }),
          thinkingDelta(0, 'Hm'),
          blockStop(0),
          end(),
        ],
        output: [start(), thinkingBlock(0, 'Hm'), end()],
        defects: ['messages/signature-misplaced moved @2 content_block.signature'],
        endState: 'complete',
      },
      {
        when: 'it comes right behind the stop',
        upstream: [start(), thinkingStart(0), thinkingDelta(0, 'Hm'), blockStop(0), signatureDelta(0), end()],
        output: [start(), thinkingBlock(0, 'Hm'), end()],
        defects: ['messages/signature-misplaced moved @5'],
        endState: 'complete',
      },
      {
        when: 'it comes one frame too late',
        upstream: [
          start(),
          thinkingStart(0),
          thinkingDelta(0, 'Hm'),
          blockStop(0),
          textBlock(1, 'Hi'),
          signatureDelta(0),
          end(),
        ],
        output: [start(), thinkingStart(0), thinkingDelta(0, 'Hm'), blockStop(0), textBlock(1, 'Hi'), end()],
        defects: ['messages/signature-misplaced dropped @8'],
        observations: ['messages/thinking-signature-missing @5'],
        endState: 'complete',
      },
      {
        when: 'it comes in a text block',
        upstream: [start(), textStart(0), textDelta(0, 'Hi'), signatureDelta(0), blockStop(0), end()],
        output: [start(), textBlock(0, 'Hi'), end()],
        defects: ['messages/signature-misplaced dropped @4'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'it comes last in its block', upstream: [start(), thinkingBlock(0, 'Hm'), end()] },
      {
        when: 'the start carries thinking as well, and the signature goes with it',
        upstream: [
          start(),
          blockStart(0, { type: 'thinking', thinking: 'Hm', signature: 'c2ln' }),
          blockStop(0),
          end(),
        ],
        defects: ['messages/content-in-block-start moved @2 content_block.thinking'],
      },
    ],
  },
  {
    code: 'messages/thinking-signature-missing',
    violations: [
      {
        when: 'a thinking block has no signature',
        upstream: [start(), thinkingStart(0), thinkingDelta(0, 'Hm'), blockStop(0), end()],
        output: [start(), thinkingStart(0), thinkingDelta(0, 'Hm'), blockStop(0), end()],
        defects: [],
        observations: ['messages/thinking-signature-missing @5'],
        endState: 'complete',
      },
      {
        when: 'its signature is empty',
        upstream: [start(), thinkingStart(0), thinkingDelta(0, 'Hm'), signatureDelta(0, ''), blockStop(0), end()],
        output: [start(), thinkingStart(0), thinkingDelta(0, 'Hm'), signatureDelta(0, ''), blockStop(0), end()],
        defects: [],
        observations: ['messages/thinking-signature-missing @6'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      { when: 'it has one', upstream: [start(), thinkingBlock(0, 'Hm'), end()] },
      { when: 'it has one and no thinking', upstream: [start(), thinkingBlock(0), end()] },
    ],
  },
]
