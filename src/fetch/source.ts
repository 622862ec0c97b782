import { concat } from '../sse/bytes.js'
import type { HttpRepair } from './call.js'
import { fromEncoding, fromLabel } from './charset.js'
import { type BodyKind, compressionOf, kindOfBody, wideEncodingOf } from './sniff.js'

type Reader = Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'>
type Read = ReadableStreamReadResult<Uint8Array>

/** The body of a response, read as what it is: unpacked, and in UTF-8. */
export interface Source extends Reader {
  /** What the body is made of, once that could be seen. */
  readonly kind: BodyKind | undefined
}

/**
 * Takes over a body.
 *
 * @param label the encoding that the content type names.
 * @throws TypeError where the body is locked.
 */
export function openSource(
  body: ReadableStream<Uint8Array> | null,
  label: string | undefined,
  repaired: (repair: HttpRepair) => void,
): Source {
  let reader: Reader = body?.getReader() ?? nobody
  let charset = fromLabel(label, () => repaired('charset'))
  let kind: BodyKind | undefined
  let opened = false
  /** Nothing has to be looked at any more: reads are those of the body. */
  let plain = false

  /** Reads the two bytes that tell what came. No event fits into one, so none waits for this. */
  const open = async (): Promise<Read> => {
    let head = await reader.read()
    while (!head.done && head.value.length < 2) {
      const more = await reader.read()
      if (more.done) break
      head = { done: false, value: concat([head.value, more.value]) }
    }
    if (head.done) return head
    const compression = compressionOf(head.value)
    if (compression !== undefined) {
      repaired('compression')
      reader = unpacked(reader, head.value, compression)
      return open()
    }
    const wide = wideEncodingOf(head.value)
    if (wide !== undefined) {
      repaired('charset')
      charset = fromEncoding(wide)
    }
    return head
  }
  const recover = async (): Promise<Read> => {
    const read = await (opened ? reader.read() : open())
    opened = true
    const value = charset === undefined ? read.value : read.done ? charset.end() : charset.push(read.value)
    if (value === undefined || (read.done && value.length === 0)) return { done: true, value: undefined }
    kind ??= kindOfBody(value)
    plain = charset === undefined && kind !== undefined
    return { done: false, value }
  }
  return {
    get kind() {
      return kind
    },
    read: () => (plain ? reader.read() : recover()),
    cancel: (reason) => reader.cancel(reason),
  }
}

/** The reader of no body at all. */
const nobody: Reader = {
  read: async () => ({ done: true, value: undefined }),
  cancel: async () => {},
}

/**
 * Unpacks what a reader gives. A failure of the reader is the end of what is unpacked, which then is found to be cut: like this
 * what had come before it is not thrown away.
 */
function unpacked(reader: Reader, head: Uint8Array, format: 'gzip' | 'deflate'): Reader {
  let first: Uint8Array | undefined = head
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const value = first ?? (await reader.read().catch(() => undefined))?.value
        first = undefined
        if (value === undefined) controller.close()
        else controller.enqueue(value as Uint8Array<ArrayBuffer>)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  return packed.pipeThrough(new DecompressionStream(format)).getReader()
}
