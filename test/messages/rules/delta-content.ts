import { blockStop, delta, end, start, textBlock, textDelta, textStart, thinkingBlock } from '../stream.js'
import type { Rule } from './rule.js'

/** What is odd in the content of deltas. */
export const deltaContentRules: readonly Rule[] = [
  {
    code: 'messages/citation-malformed',
    violations: [
      {
        when: 'a search citation has no encrypted index',
        upstream: [
          start(),
          textStart(0),
          textDelta(0, 'Hi'),
          delta(0, { type: 'citations_delta', citation: { type: 'web_search_result_location', title: 'T' } }),
          blockStop(0),
          end(),
        ],
        output: [
          start(),
          textStart(0),
          textDelta(0, 'Hi'),
          delta(0, { type: 'citations_delta', citation: { type: 'web_search_result_location', title: 'T' } }),
          blockStop(0),
          end(),
        ],
        defects: [],
        observations: ['messages/citation-malformed @4 delta.citation'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'it has all its fields',
        upstream: [
          start(),
          textStart(0),
          textDelta(0, 'Hi'),
          delta(0, {
            type: 'citations_delta',
            citation: { type: 'web_search_result_location', title: null, encrypted_index: 'eA' },
          }),
          blockStop(0),
          end(),
        ],
      },
      {
        when: 'it cites a document',
        upstream: [
          start(),
          textStart(0),
          textDelta(0, 'Hi'),
          delta(0, { type: 'citations_delta', citation: { type: 'page_location', cited_text: 'x' } }),
          blockStop(0),
          end(),
        ],
      },
    ],
  },
  {
    code: 'messages/content-doubled',
    violations: [
      {
        when: 'each of three deltas of text comes twice',
        upstream: [start(), textBlock(0, 'A', 'A', 'B', 'B', 'C', 'C'), end()],
        output: [start(), textBlock(0, 'A', 'A', 'B', 'B', 'C', 'C'), end()],
        defects: [],
        observations: ['messages/content-doubled @9'],
        endState: 'complete',
      },
      {
        when: 'each of three deltas of thinking comes twice',
        upstream: [start(), thinkingBlock(0, 'A', 'A', 'B', 'B', 'C', 'C'), end()],
        output: [start(), thinkingBlock(0, 'A', 'A', 'B', 'B', 'C', 'C'), end()],
        defects: [],
        observations: ['messages/content-doubled @10'],
        endState: 'complete',
      },
    ],
    nearMisses: [
      {
        when: 'two deltas come twice, which may be chance',
        upstream: [start(), textBlock(0, 'A', 'A', 'B', 'B'), end()],
      },
      {
        when: 'one of four does not come twice',
        upstream: [start(), textBlock(0, 'A', 'A', 'B', 'B', 'C', 'C', 'D', 'E'), end()],
      },
      { when: 'one comes three times', upstream: [start(), textBlock(0, 'A', 'A', 'A', 'B', 'B', 'C'), end()] },
    ],
  },
]
