import { concat } from '../sse/bytes.js'
import type { HttpRepair } from './call.js'
import { fromEncoding, fromLabel, type ToUtf8 } from './charset.js'
import { type BodyKind, compressionOf, kindOfBody, wideEncodingOf } from './sniff.js'

type Reader = Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'>
type Read = ReadableStreamReadResult<Uint8Array>

/** The body of a response, read as what it is: unpacked, and in UTF-8. */
export class Source {
  #reader: Reader
  readonly #repaired: (repair: HttpRepair) => void
  #charset: ToUtf8 | undefined
  #opened = false
  /** Nothing has to be looked at any more: reads are those of the body. */
  #plain = false
  /** What the body is made of, once that could be seen. */
  kind: BodyKind | undefined

  /** @param charset the encoding that the content type names. */
  constructor(
    body: ReadableStream<Uint8Array> | null,
    charset: string | undefined,
    repaired: (repair: HttpRepair) => void,
  ) {
    this.#reader = body?.getReader() ?? nobody
    this.#repaired = repaired
    this.#charset = fromLabel(charset, () => repaired('charset'))
  }

  read(): Promise<Read> {
    return this.#plain ? this.#reader.read() : this.#recover()
  }

  cancel(reason?: unknown): Promise<void> {
    return this.#reader.cancel(reason)
  }

  async #recover(): Promise<Read> {
    const read = this.#opened ? await this.#reader.read() : await this.#open()
    this.#opened = true
    const charset = this.#charset
    if (read.done) {
      const rest = charset?.end()
      return rest === undefined || rest.length === 0 ? read : { done: false, value: rest }
    }
    const value = charset === undefined ? read.value : charset.push(read.value)
    this.kind ??= kindOfBody(value)
    this.#plain = charset === undefined && this.kind !== undefined
    return charset === undefined ? read : { done: false, value }
  }

  /** Reads the two bytes that tell what came. No event fits into one, so none waits for this. */
  async #open(): Promise<Read> {
    let head = await this.#reader.read()
    while (!head.done && head.value.length < 2) {
      const more = await this.#reader.read()
      if (more.done) break
      head = { done: false, value: concat([head.value, more.value]) }
    }
    if (head.done) return head
    const compression = compressionOf(head.value)
    if (compression !== undefined) {
      this.#repaired('compression')
      this.#reader = unpacked(this.#reader, head.value, compression)
      return this.#open()
    }
    const wide = wideEncodingOf(head.value)
    if (wide !== undefined) {
      this.#repaired('charset')
      this.#charset = fromEncoding(wide)
    }
    return head
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
        const read: Read | undefined =
          first === undefined ? await reader.read().catch(() => undefined) : { done: false, value: first }
        first = undefined
        if (read === undefined || read.done) controller.close()
        else controller.enqueue(read.value as Uint8Array<ArrayBuffer>)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  return packed.pipeThrough(new DecompressionStream(format)).getReader()
}
