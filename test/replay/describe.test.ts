import { expect, it } from 'vitest'
import type { Difference } from '../../src/replay/index.js'
import { describeDifference } from '../../src/replay/reporters/describe.js'

const bytes = (text: string) => new TextEncoder().encode(text)
const parted = { expected: bytes('data: 1\n\ndata: 2\n\n'), actual: bytes('data: 1\n\ndata: 3\n\n') }

it.each<[Difference, string]>([
  [{ kind: 'expected-missing' }, 'expected.sse is missing (replay --update writes it)'],
  [{ kind: 'bytes', ...parted }, 'the output is not expected.sse, first in frame 2 at byte 15'],
  [{ kind: 'end-state', expected: 'complete', actual: 'truncated' }, 'end state: expected complete, got truncated'],
  [
    { kind: 'defects', missing: ['sse/bom'], unexpected: ['sse/raw-ndjson'] },
    'defects: missing sse/bom, unexpected sse/raw-ndjson',
  ],
  [
    { kind: 'chunking-bytes', chunking: 'byte by byte', ...parted },
    'fed byte by byte, other bytes come out than fed whole, first in frame 2 at byte 15',
  ],
  [
    { kind: 'chunking-report', chunking: 'frame by frame', fields: ['defects', 'frames'] },
    'fed frame by frame, the report is another than fed whole: defects, frames',
  ],
  [{ kind: 'second-pass-bytes', ...parted }, 'a second pass changes the output, first in frame 2 at byte 15'],
  [{ kind: 'second-pass-defects', codes: ['sse/bom'] }, 'a second pass finds defects: sse/bom'],
])('a difference is told without content: %o', (difference, sentence) => {
  expect(describeDifference(difference)).toBe(sentence)
})
