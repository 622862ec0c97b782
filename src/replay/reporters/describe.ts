import { firstDifference } from '../diff.js'
import type { Difference } from '../runner.js'

/**
 * Says in one sentence how a case did not come out as expected: codes, states and places, never content (law 10).
 *
 * @example
 * describeDifference({ kind: 'end-state', expected: 'complete', actual: 'truncated' })
 * // 'end state: expected complete, got truncated'
 */
export function describeDifference(difference: Difference): string {
  switch (difference.kind) {
    case 'expected-missing':
      return 'expected.sse is missing (replay --update writes it)'
    case 'bytes':
      return `the output is not expected.sse${place(difference)}`
    case 'end-state':
      return `end state: expected ${difference.expected}, got ${difference.actual}`
    case 'defects':
    case 'observations':
      return [
        `${difference.kind}:`,
        [
          ...difference.missing.map((code) => `missing ${code}`),
          ...difference.unexpected.map((code) => `unexpected ${code}`),
        ].join(', '),
      ].join(' ')
    case 'chunking-bytes':
      return `fed ${difference.chunking}, other bytes come out than fed whole${place(difference)}`
    case 'chunking-report':
      return `fed ${difference.chunking}, the report is another than fed whole: ${difference.fields.join(', ')}`
    case 'second-pass-bytes':
      return `a second pass changes the output${place(difference)}`
    case 'second-pass-defects':
      return `a second pass finds defects: ${difference.codes.join(', ')}`
  }
}

function place(difference: { readonly expected: Uint8Array; readonly actual: Uint8Array }): string {
  const first = firstDifference(difference.expected, difference.actual)
  return first === undefined ? '' : `, first in frame ${first.frame} at byte ${first.byte}`
}
