/** The rules of GRAMMAR.md §1, which all protocols share: from bytes to events. */
import { type Frame, readEventStream } from './sse.js'
import { isObject, type JsonObject, type Ledger } from './verdict.js'

/** A frame whose data is what the wire rules want: one JSON object, or the `[DONE]` sentinel. */
export interface WireEvent {
  readonly frame: Frame
  readonly value: JsonObject | '[DONE]'
}

/** Reads the events of a body and writes what W-1 to W-5 say about its frames into the ledger. */
export function readWire(bytes: Uint8Array, ledger: Ledger): WireEvent[] {
  const { bom, frames } = readEventStream(bytes)
  // W-1: the standard allows the mark, yet Python's client fails on it; the project drops it (D-1).
  if (bom) ledger.should('W-1', 0, 'the body begins with a byte order mark')
  const events: WireEvent[] = []
  for (const frame of frames) {
    judgeLineEnds(frame, ledger)
    judgeTermination(frame, ledger)
    const value = readData(frame, ledger)
    if (value !== undefined) events.push({ frame, value })
  }
  return events
}

/** D-7: legal for the standard, but some clients lose the last event of such a stream. */
function judgeLineEnds(frame: Frame, ledger: Ledger): void {
  if (frame.bareCr) ledger.should('D-7', frame.number, 'a line ends in CR without LF')
}

/** W-4: an event without its blank line is dropped by standard readers. Comments may be cut off. */
function judgeTermination(frame: Frame, ledger: Ledger): void {
  if (!frame.terminated && (frame.data !== undefined || frame.named)) {
    ledger.must('W-4', frame.number, 'the last event has no blank line after it')
  }
}

/** W-2, W-3, W-5: each event has data, and the data is one JSON object. W-6: all other lines are free. */
function readData(frame: Frame, ledger: Ledger): JsonObject | '[DONE]' | undefined {
  if (frame.data === undefined) {
    if (frame.named) ledger.must('W-2', frame.number, 'an event line without data')
    return undefined
  }
  if (frame.data === '') {
    ledger.must('W-2', frame.number, 'the data is empty')
    return undefined
  }
  if (frame.data === '[DONE]') return '[DONE]'
  let value: unknown
  try {
    value = JSON.parse(frame.data)
  } catch {
    ledger.must('W-5', frame.number, 'the data is not one JSON value')
    return undefined
  }
  if (isObject(value)) return value
  ledger.must('W-3', frame.number, 'the data is JSON, but no object')
  return undefined
}
