import { concat } from './bytes.js'

export const LF = 10
export const CR = 13
const carriageReturn = Uint8Array.of(CR)

/** Takes runs of whole lines; the last line of a body may lack its end. */
export interface RunSink {
  /**
   * @param last nothing comes behind this run.
   * @returns how many of its bytes were taken. The others, a last line that says nothing by itself, come again with the next run.
   */
  lines(run: Uint8Array, offset: number, last: boolean): number
  /** The lines of the frame that is open so far end in bare CR. */
  readonly endsInCR: boolean
}

/**
 * Cuts chunks behind the last line end of each. What is left is kept in fragments and joined once, so that a line fed byte by
 * byte stays linear.
 */
export class Slicer {
  readonly #sink: RunSink
  readonly #limit: number
  #pending: Uint8Array[] = []
  /** Small fragments gather here: an array for each would take a hundred bytes for every byte of a line fed byte by byte. */
  readonly #scratch: Uint8Array = new Uint8Array(1024)
  #scratched = 0
  #pendingLength = 0
  /** How much of that is a whole line which was not taken. */
  #returned = 0
  /** The last byte was a CR whose LF may still come. */
  #heldCR = false
  /** The last byte was a CR that was taken for a line end; an LF right behind it belongs to it (D-7). */
  #skipLF = false
  #offset = 0

  /** @param limit how many bytes an unfinished line may have before it is handed over as it is. */
  constructor(sink: RunSink, limit: number) {
    this.#sink = sink
    this.#limit = limit
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    let bytes = chunk
    if (this.#skipLF && bytes[0] === LF) {
      bytes = bytes.subarray(1)
      this.#offset++
    } else if (this.#heldCR) bytes = concat([carriageReturn, bytes])
    this.#skipLF = false
    this.#heldCR = bytes[bytes.length - 1] === CR
    const to = this.#heldCR ? bytes.length - 1 : bytes.length
    const from = lastLineEnd(bytes, to)
    if (from > 0) this.#run(from === bytes.length ? bytes : bytes.subarray(0, from))
    if (from < to) {
      this.#keep(bytes, from, to)
      if (this.#pendingLength > this.#limit + this.#returned) this.#run(new Uint8Array(0))
    } else if (this.#heldCR && this.#pendingLength === 0 && this.#sink.endsInCR) {
      // D-7: a CR at the end of a chunk waits for the next byte, unless the lines so far ended in bare CR and this one ends a
      // frame, which is then let go at once.
      this.#heldCR = false
      this.#skipLF = true
      this.#run(carriageReturn)
    }
  }

  /** Hands over what is left as a last line. */
  end(): void {
    if (this.#heldCR || this.#pendingLength > 0) this.#run(this.#heldCR ? carriageReturn : new Uint8Array(0), true)
  }

  /** Copies, so that a held line does not pin its chunk. */
  #keep(bytes: Uint8Array, from: number, to: number): void {
    const length = to - from
    this.#pendingLength += length
    if (this.#scratched + length > this.#scratch.length) this.#seal()
    if (length > this.#scratch.length) {
      this.#pending.push(bytes.slice(from, to))
      return
    }
    for (let at = from; at < to; at++) this.#scratch[this.#scratched++] = bytes[at] ?? 0
  }

  #seal(): void {
    if (this.#scratched > 0) this.#pending.push(this.#scratch.slice(0, this.#scratched))
    this.#scratched = 0
  }

  #run(bytes: Uint8Array, last = false): void {
    this.#seal()
    const run = this.#pendingLength === 0 ? bytes : concat([...this.#pending, bytes])
    this.#pending = []
    this.#pendingLength = 0
    const taken = this.#sink.lines(run, this.#offset, last)
    this.#offset += taken
    this.#returned = run.length - taken
    if (this.#returned > 0) this.#keep(run, taken, run.length)
  }
}

/** The position behind the last line end before `to`. */
function lastLineEnd(bytes: Uint8Array, to: number): number {
  let at = to
  while (at > 0 && bytes[at - 1] !== LF && bytes[at - 1] !== CR) at--
  return at
}
