import type { Reporter } from '../defects/reporter.js'
import type { Emit, Stage } from '../stage/stage.js'
import { concat, toBytes, toText } from './bytes.js'
import { fieldKind } from './field.js'
import type { EventFrame, Frame } from './frame.js'

/** The most that leaves in one chunk: openai 6.49's reader is quadratic in the size of a chunk. */
const chunkSize = 16 * 1024

/**
 * The text of one frame: LF, the event line first where there is one, and one `data:` line where the data is JSON.
 *
 * @param kept lines to keep on a changed frame, each with its LF: comments, `id:` and `retry:`.
 */
export function frameText(event: string | undefined, data: string, kept = ''): string {
  const name = event === undefined ? '' : `event: ${event}\n`
  if (!data.includes('\n')) return `${kept}${name}data: ${data}\n\n`
  // A line end inside JSON is white space between tokens; in plain text it is not, and takes a line of its own.
  const json = data.startsWith('{') || data.startsWith('[')
  return `${kept}${name}data: ${json ? data.replaceAll('\n', '') : data.replaceAll('\n', '\ndata: ')}\n\n`
}

/** The lines of a frame that survive when it is changed: comments, `id:` and `retry:`, each with an LF. */
export function keptLines(frame: EventFrame): string {
  if (frame.plain) return ''
  const text = typeof frame.raw === 'string' ? frame.raw : toText(frame.raw)
  let kept = ''
  for (const line of text.split(/\r\n|\n|\r/)) {
    const kind = fieldKind(line, 0, line.length)
    if (kind === 'comment' || kind === 'id' || kind === 'retry') kept += `${line}\n`
  }
  return kept
}

/**
 * Turns frames back into bytes. Untouched frames keep theirs; those of one push are gathered into as few chunks of 16 KiB
 * as they fill, which leave when the stage is flushed.
 *
 * @example
 * const body = compose(decode(), encode())
 */
export class Encode implements Stage<Frame, Uint8Array> {
  readonly #reporter: Reporter | undefined
  readonly #pieces: (Uint8Array | string)[] = []

  constructor(reporter?: Reporter) {
    this.#reporter = reporter
  }

  push(frame: Frame): void {
    if (frame.kind === 'event' && frame.cut) return
    if (this.#reporter !== undefined && !(frame.kind === 'comment' && frame.filler)) this.#reporter.framesOut++
    const { raw } = frame
    const last = this.#pieces.length - 1
    const before = this.#pieces[last]
    if (typeof raw === 'string') {
      if (typeof before === 'string') this.#pieces[last] = before + raw
      else this.#pieces.push(raw)
    } else if (before instanceof Uint8Array && adjoins(before, raw)) {
      // Untouched neighbours of one chunk leave as the one range they were.
      this.#pieces[last] = new Uint8Array(before.buffer, before.byteOffset, before.length + raw.length)
    } else this.#pieces.push(raw)
  }

  end(): void {}

  flush(emit: Emit<Uint8Array>): void {
    if (this.#pieces.length === 0) return
    const pieces = this.#pieces.map((piece) => (typeof piece === 'string' ? toBytes(piece) : piece))
    this.#pieces.length = 0
    for (const chunk of rechunk(pieces)) {
      if (this.#reporter !== undefined) this.#reporter.bytesOut += chunk.length
      emit(chunk)
    }
  }
}

function adjoins(before: Uint8Array, after: Uint8Array): boolean {
  return before.buffer === after.buffer && before.byteOffset + before.length === after.byteOffset
}

function* rechunk(pieces: Uint8Array[]): Generator<Uint8Array> {
  const whole = concat(pieces)
  if (whole.length <= chunkSize) yield whole
  else for (let at = 0; at < whole.length; at += chunkSize) yield whole.subarray(at, at + chunkSize)
}

/**
 * Makes the encode stage: frames in, bytes out.
 *
 * @returns a stage that gathers: whoever drives it by hand calls `flush` after each push.
 * @example
 * const stage = compose(decode(), encode())
 * stage.push(chunk, (bytes) => sink.write(bytes))
 */
export function encode(): Stage<Frame, Uint8Array> {
  return new Encode()
}
