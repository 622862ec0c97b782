import { Failure } from './failure.js'

/** The status line and the headers of a response, as a dump has them. */
export interface HttpHead {
  readonly status: number
  readonly statusText: string
  readonly headers: Headers
}

/** A head, and what of the body came with it. */
interface ReadHead {
  readonly head: HttpHead
  readonly rest: Uint8Array
}

/** Reads the head of a dump. */
export interface HeadReader {
  /** Takes a chunk; the head, once it is whole and known to be the last one. */
  push(chunk: Uint8Array): ReadHead | undefined
  /** The dump is over. */
  end(): ReadHead
}

const LF = 0x0a
const CR = 0x0d
/** As long as servers let all headers together be, and more. */
const longestHead = 256 * 1024
const beginning = 'HTTP/'
const statusLine = /^HTTP\/\d+(?:\.\d+)? ([1-5]\d\d)(?: (.*))?$/

/**
 * Makes a reader of heads. A head that another one follows at once is superseded: `100 Continue`, a proxy's answer to CONNECT,
 * redirects that were followed (`curl -iL`).
 *
 * @param label what messages call the dump. What is no head is thrown as a Failure.
 */
export function createHeadReader(label: string): HeadReader {
  let bytes: Uint8Array = new Uint8Array(0)
  let last: HttpHead | undefined
  const problem = (reason: string) => new Failure(`${label}: ${reason}`)
  const found = (): ReadHead | undefined => {
    if (last !== undefined && last.status >= 200) return { head: last, rest: bytes }
    return undefined
  }
  /** @param over no more bytes come, so that what could become a head is none. */
  const read = (over: boolean): ReadHead | undefined => {
    for (;;) {
      const begun = latin1(bytes.subarray(0, beginning.length))
      if (begun !== beginning) {
        const may = beginning.startsWith(begun)
        if (found() !== undefined && (over || !may)) return found()
        if (!may)
          throw problem('does not begin with a status line (HTTP/1.1 200 OK); a body alone is read without --http')
        return undefined
      }
      const end = headEnd(bytes)
      if (end === undefined) {
        if (bytes.length > longestHead) throw problem('the headers do not end')
        return undefined
      }
      last = parseHead(latin1(bytes.subarray(0, end)), problem)
      bytes = bytes.slice(end)
    }
  }
  return {
    push(chunk) {
      const joined = new Uint8Array(bytes.length + chunk.length)
      joined.set(bytes)
      joined.set(chunk, bytes.length)
      bytes = joined
      return read(false)
    },
    end() {
      const head = read(true)
      if (head !== undefined) return head
      throw problem(bytes.length === 0 ? 'is empty' : 'ends in the middle of the headers')
    },
  }
}

/** The position behind the blank line that ends the headers. Editors leave bare LF behind. */
function headEnd(bytes: Uint8Array): number | undefined {
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    const next = bytes[at + 1] === CR ? at + 2 : at + 1
    if (bytes[next] === LF) return next + 1
  }
  return undefined
}

function parseHead(text: string, problem: (reason: string) => Failure): HttpHead {
  // A line that begins with a blank goes on with the one before (RFC 9112, 5.2).
  const unfolded = text.trimEnd().replace(/\r?\n[ \t]+/g, ' ')
  const [first = '', ...lines] = unfolded.split(/\r?\n/)
  const [, status, statusText = ''] = statusLine.exec(first) ?? []
  if (status === undefined) throw problem('the first line is no status line (HTTP/1.1 200 OK)')
  const headers = new Headers()
  for (const line of lines) {
    const colon = line.indexOf(':')
    try {
      headers.append(line.slice(0, colon), line.slice(colon + 1).trim())
    } catch {
      // A name or a value that HTTP does not allow: nothing here goes by it.
    }
  }
  // What `Response` does not take in a reason phrase.
  return { status: Number(status), statusText: statusText.replaceAll(/[^\t -~\x80-\xff]/g, ''), headers }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}
