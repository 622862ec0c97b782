/** What a body is made of, by its first character that is no white space. */
export type BodyKind = 'json' | 'markup' | 'other'

/** The compression of a body by its first two bytes (messages 44). No event stream begins like either. */
export function compressionOf(head: Uint8Array): 'gzip' | 'deflate' | undefined {
  const [first = 0, second = 0] = head
  if (first === 0x1f && second === 0x8b) return 'gzip'
  // A zlib header is a multiple of 31.
  return first === 0x78 && ((first << 8) | second) % 31 === 0 ? 'deflate' : undefined
}

/** UTF-16 by its byte order mark, or by the zero byte beside a first character that is ASCII. */
export function wideEncodingOf(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first = 0, second = 0] = head
  if (head.length < 2) return undefined
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le'
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? 'utf-16be' : undefined
}

/** The kind of a body by the bytes that came; undefined where they are white space. */
export function kindOfBody(bytes: Uint8Array): BodyKind | undefined {
  for (const byte of bytes) {
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue
    // The bytes of a byte order mark.
    if (byte === 0xef || byte === 0xbb || byte === 0xbf) continue
    return byte === 0x7b ? 'json' : byte === 0x3c ? 'markup' : 'other'
  }
  return undefined
}

/** The parts of a content type that matter here, in lower case. */
export function contentTypeOf(headers: Headers): { readonly type: string; readonly charset: string | undefined } {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';')
  const charset = parameters.map((parameter) => /^\s*charset\s*=\s*"?([^"\s]+)/.exec(parameter)?.[1]).find(Boolean)
  return { type: type.trim(), charset }
}

/** Whether a charset names the one encoding of event streams and JSON, or there is none. */
export function isUtf8(charset: string | undefined): boolean {
  return charset === undefined || /^utf-?8$/.test(charset)
}
