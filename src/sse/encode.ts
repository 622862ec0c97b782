import type { Reporter } from '../defects/reporter.js'
import type { Emit, Stage } from '../stage/stage.js'
import { concat, toBytes, toText } from './bytes.js'
import { fieldOf, isKept } from './field.js'
import type { EventFrame, Frame } from './frame.js'
import { ReadFrame } from './frames.js'

/** The most that leaves in one chunk: openai 6.49's reader is quadratic in the size of a chunk. */
const chunkSize = 16 * 1024

/** Bytes in chunks that leave one by one; most are one. */
export function inChunks(bytes: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += chunkSize) chunks.push(bytes.subarray(at, at + chunkSize))
  return chunks
}

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
  const kept = text.split(/\r\n?|\n/).filter((line) => line !== '' && isKept(fieldOf(line)))
  return kept.map((line) => `${line}\n`).join('')
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
  #pieces: Uint8Array[] = []
  /** What has been gathered and is no piece yet: a range of untouched neighbours, or text. Never both. */
  #source: Uint8Array | undefined
  #from = 0
  #to = 0
  #text = ''

  constructor(reporter?: Reporter) {
    this.#reporter = reporter
  }

  push(frame: Frame): void {
    if (frame.kind === 'event' && frame.cut) return
    if (this.#reporter !== undefined && !(frame.kind === 'comment' && frame.filler)) this.#reporter.framesOut++
    const read = frame instanceof ReadFrame
    const source = read ? frame.source : frame.raw
    if (typeof source === 'string') {
      if (this.#source !== undefined) this.#cut()
      this.#text += source
      return
    }
    const from = read ? frame.from : 0
    // Untouched neighbours of one chunk leave as the one range they were.
    if (this.#source !== source || this.#to !== from) {
      this.#cut()
      this.#source = source
      this.#from = from
    }
    this.#to = read ? frame.to : source.length
  }

  end(): void {}

  flush(emit: Emit<Uint8Array>): void {
    this.#cut()
    if (this.#pieces.length === 0) return
    const whole = concat(this.#pieces)
    this.#pieces = []
    if (this.#reporter !== undefined) this.#reporter.bytesOut += whole.length
    if (whole.length <= chunkSize) emit(whole)
    else for (const chunk of inChunks(whole)) emit(chunk)
  }

  #cut(): void {
    if (this.#text !== '') this.#pieces.push(toBytes(this.#text))
    const source = this.#source
    if (source !== undefined) {
      const all = this.#from === 0 && this.#to === source.length
      this.#pieces.push(all ? source : source.subarray(this.#from, this.#to))
    }
    this.#text = ''
    this.#source = undefined
  }
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
