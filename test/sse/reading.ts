import type { Defect } from '../../src/defects/types.js'
import { decode } from '../../src/sse/decode.js'
import type { Frame } from '../../src/sse/frame.js'
import type { Limits } from '../../src/stage/limits.js'
import type { EndReason } from '../../src/stage/stage.js'

/** A frame as a plain object, so that two readings can be compared whatever class made them. */
export interface PlainFrame {
  readonly kind: 'event' | 'comment' | 'filler'
  readonly number: number
  readonly offset: number
  /** What is sent on, one character for one byte, so that bytes that are no UTF-8 differ too. */
  readonly raw: string
  readonly event?: string | undefined
  readonly data?: string
  readonly lastEventId?: string
  readonly value?: unknown
  readonly plain?: boolean
  readonly cut?: boolean
  readonly body?: 'json' | 'text' | undefined
}

/** What one decode stage made of a body. */
export interface DecodeReading {
  readonly frames: readonly PlainFrame[]
  readonly defects: readonly Defect[]
  /** How many frames had come, and how many defects, when the input was over but `end` had not been called. */
  readonly before: { readonly frames: number; readonly defects: number }
  readonly stopped: EndReason | undefined
}

/** How a body is to be read. */
export interface ReadOptions {
  readonly mode?: 'strict' | 'salvage'
  readonly limits?: Partial<Limits>
  readonly end?: EndReason
}

const encoder = new TextEncoder()

/** Bytes of a text. */
export const bytesOf = (text: string): Uint8Array => encoder.encode(text)

/** Reads a body that comes in the given chunks. */
export function readChunks(chunks: Iterable<Uint8Array>, options: ReadOptions = {}): DecodeReading {
  const frames: PlainFrame[] = []
  const defects: Defect[] = []
  const stage = decode({ mode: options.mode, limits: options.limits, onDefect: (defect) => defects.push(defect) })
  const emit = (frame: Frame) => {
    frames.push(plainFrame(frame))
  }
  for (const chunk of chunks) stage.push(chunk, emit)
  const before = { frames: frames.length, defects: defects.length }
  stage.end(options.end ?? 'eof', emit)
  return { frames, defects, before, stopped: stage.stopped }
}

/** Reads a body in one chunk. */
export function read(body: string | Uint8Array, options: ReadOptions = {}): DecodeReading {
  return readChunks([typeof body === 'string' ? bytesOf(body) : body], options)
}

/** Every way to cut a body in two, and the body byte by byte. */
export function* cuts(body: string | Uint8Array): Generator<readonly Uint8Array[]> {
  const bytes = typeof body === 'string' ? bytesOf(body) : body
  for (let at = 0; at <= bytes.length; at++) yield [bytes.subarray(0, at), bytes.subarray(at)]
  yield Array.from(bytes, (byte) => Uint8Array.of(byte))
}

/** The codes of the defects, in order of discovery. */
export function codes(reading: DecodeReading): string[] {
  return reading.defects.map((defect) => defect.code)
}

/** The data of each event frame that is sent on. */
export function datas(reading: DecodeReading): (string | undefined)[] {
  return reading.frames.filter((frame) => frame.kind === 'event' && frame.cut !== true).map((frame) => frame.data)
}

/** What goes on to the client, as text. */
export function sent(reading: DecodeReading): string {
  const text = reading.frames.filter((frame) => frame.cut !== true).map((frame) => frame.raw)
  return Buffer.from(text.join(''), 'latin1').toString()
}

function plainFrame(frame: Frame): PlainFrame {
  const raw = Buffer.from(frame.raw).toString('latin1')
  const { number, offset } = frame
  if (frame.kind === 'comment') return { kind: frame.filler ? 'filler' : 'comment', number, offset, raw }
  const { event, data, lastEventId, value, plain, cut, body } = frame
  return { kind: 'event', number, offset, raw, event, data, lastEventId, value, plain, cut, body }
}
