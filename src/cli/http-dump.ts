import { createBinarySniffer } from './binary.js'
import { Failure } from './failure.js'
import { createDechunker } from './http-chunked.js'
import { createHeadReader, type HttpHead } from './http-head.js'
import type { Reader } from './reader.js'

/** A response that was read from a dump. */
export interface Dump {
  readonly response: Response
  /** The headers say that the body is packed, so that whoever fetches it unpacks it. */
  readonly packed: boolean
}

/** The statuses with which `Response` takes no body. */
const withoutBody = new Set([204, 205, 304])
/** What is unpacked by the first bytes of the body, whether the headers say so or not. */
const unpackable = /^(?:(?:x-)?gzip|deflate)$/

/**
 * Reads a whole HTTP response: status line, headers, a blank line, the body. The chunked transfer coding is undone; the body is
 * read as its reader asks for it. Where it is cut (the last chunk never came, or fewer bytes than `content-length` says), it fails
 * as a connection that broke.
 *
 * @param label what messages call the dump.
 * @throws Failure where the input is no such thing, or packed in a way that cannot be undone. What the reader throws is thrown on.
 */
export async function readDump(reader: Reader, label: string): Promise<Dump> {
  const heads = createHeadReader(label)
  for (let chunk = await reader.next(); chunk !== undefined; chunk = await reader.next()) {
    const read = heads.push(chunk)
    if (read !== undefined) return open(read.head, read.rest, reader, label)
  }
  const read = heads.end()
  return open(read.head, read.rest, reader, label)
}

async function open(head: HttpHead, rest: Uint8Array, reader: Reader, label: string): Promise<Dump> {
  const { status, statusText, headers } = head
  const codings = listOf(headers, 'content-encoding').filter((coding) => coding !== 'identity')
  if (withoutBody.has(status)) return { response: new Response(null, { status, statusText, headers }), packed: false }
  const parts = partsOf(rest, reader, listOf(headers, 'transfer-encoding').includes('chunked'), lengthOf(head, codings))
  const first = parts.next()
  const foreign = codings.find((coding) => !unpackable.test(coding))
  if (foreign !== undefined) await refusePacked(first, foreign, label)
  return {
    response: new Response(streamOf(first, parts), { status, statusText, headers }),
    packed: codings.some((coding) => unpackable.test(coding)),
  }
}

/** `curl --compressed` shows the header and has unpacked the body: what begins like text is taken for that. */
async function refusePacked(first: Promise<Part>, coding: string, label: string): Promise<void> {
  const part = await first.catch(() => undefined)
  if (part?.value === undefined || createBinarySniffer().push(part.value) === undefined) return
  throw new Failure(`${label}: the body is packed (${coding}); ask for gzip, or let curl unpack it (--compressed)`)
}

type Part = IteratorResult<Uint8Array, undefined>

async function* partsOf(
  rest: Uint8Array,
  reader: Reader,
  chunked: boolean,
  length: number | undefined,
): AsyncGenerator<Uint8Array, undefined> {
  const dechunker = chunked ? createDechunker() : undefined
  let taken = 0
  for (let bytes: Uint8Array | undefined = rest; bytes !== undefined; bytes = await reader.next()) {
    for (const part of dechunker?.push(bytes) ?? [bytes]) {
      taken += part.length
      if (part.length > 0) yield part
    }
    if (dechunker?.over === true) return undefined
  }
  if (dechunker !== undefined) yield* dechunker.end()
  else if (length !== undefined && taken < length) throw new Error('The body is shorter than it says.')
  return undefined
}

function streamOf(
  first: Promise<Part>,
  parts: AsyncGenerator<Uint8Array, undefined>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  // It may fail before anybody asks for it.
  first.catch(() => {})
  let next: Promise<Part> | undefined = first
  const underlying: UnderlyingDefaultSource<Uint8Array<ArrayBuffer>> = {
    async pull(controller) {
      const { done, value } = await (next ?? parts.next())
      next = undefined
      if (done) controller.close()
      else controller.enqueue(value as Uint8Array<ArrayBuffer>)
    },
  }
  return new ReadableStream(underlying, { highWaterMark: 0 })
}

/**
 * What `content-length` says; undefined where it says nothing of the bytes that are here, which may have been unpacked. More than it
 * says is read too: dumps are edited by hand.
 */
function lengthOf({ headers }: HttpHead, codings: readonly string[]): number | undefined {
  const length = headers.get('content-length')
  return codings.length === 0 && length !== null && /^\d+$/.test(length) ? Number(length) : undefined
}

function listOf(headers: Headers, name: string): string[] {
  const list = headers.get(name)?.toLowerCase().split(',') ?? []
  return list.map((item) => item.trim()).filter((item) => item !== '')
}
