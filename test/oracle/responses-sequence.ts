/** D-42, which overrules RE-10: all events are numbered, each higher than the last, or none but the error pair is. */
import type { JsonObject, Ledger } from './verdict.js'

/** Follows the numbers of one stream. */
export interface Sequence {
  onEvent(type: string, event: JsonObject, frame: number): void
}

export function createSequence(ledger: Ledger): Sequence {
  let numbered: boolean | undefined
  let last = -1
  return {
    onEvent(type, event, frame) {
      const has = Object.hasOwn(event, 'sequence_number')
      // The AI SDK needs the number on these two whatever the others have. An error has its own rule for it (RE-18).
      const always = type === 'error' || type === 'response.failed'
      // The first event decides; where it is one of the two, the next one does.
      if (numbered === undefined && !always) numbered = has
      if (!has) {
        if (type !== 'error' && (numbered === true || always))
          ledger.must('D-42', frame, `a ${type} has no sequence_number`)
        return
      }
      const value = event['sequence_number']
      if (numbered === false && !always) ledger.must('D-42', frame, `a ${type} is numbered, the events before are not`)
      else if (typeof value !== 'number' || !Number.isInteger(value)) {
        if (type !== 'error') ledger.must('D-42', frame, `the sequence_number of a ${type} must be an integer`)
      } else if (value <= last) {
        ledger.must('D-42', frame, `the sequence_number ${value} is not higher than ${last}`)
      } else last = value
    },
  }
}
