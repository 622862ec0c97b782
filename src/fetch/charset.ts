import { concat } from '../sse/bytes.js'

const encoder = new TextEncoder()
const nothing = new Uint8Array(0)

/** Text in another encoding to UTF-8, chunk by chunk. */
export interface ToUtf8 {
  push(chunk: Uint8Array): Uint8Array
  /** What was held back; nothing the second time. */
  end(): Uint8Array
}

/** Makes a converter of one encoding. */
export function fromEncoding(label: string): ToUtf8 {
  const decoder = new TextDecoder(label)
  return {
    push: (chunk) => encoder.encode(decoder.decode(chunk, { stream: true })),
    end: () => encoder.encode(decoder.decode()),
  }
}

/**
 * Makes a converter for a body that is labelled with an encoding.
 *
 * An event stream is UTF-8 whatever its label says, every client reads it so, and some servers label everything with their
 * default. So the label is believed only once the bytes are no UTF-8: the first characters beyond ASCII decide.
 *
 * @param onFound called when the label has proved right.
 * @returns undefined where the label names UTF-8 or nothing that is known.
 */
export function fromLabel(label: string | undefined, onFound: () => void): ToUtf8 | undefined {
  const encoding = label === undefined ? 'utf-8' : encodingOf(label)
  if (encoding === 'utf-8') return undefined
  let decided: ToUtf8 | 'utf-8' | undefined
  let held: Uint8Array = nothing
  const believe = () => {
    onFound()
    decided = fromEncoding(encoding)
    return decided
  }
  return {
    push(chunk) {
      if (decided !== undefined) return decided === 'utf-8' ? chunk : decided.push(chunk)
      const bytes = held.length === 0 ? chunk : concat([held, chunk])
      held = nothing
      const first = bytes.findIndex((byte) => byte > 0x7f)
      if (first === -1) return bytes
      let text: string
      try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(first), { stream: true })
      } catch {
        return believe().push(bytes)
      }
      if (text === '') {
        // The chunk ends in what may be the beginning of a character.
        held = bytes.slice(first)
        return bytes.subarray(0, first)
      }
      decided = 'utf-8'
      return bytes
    },
    end() {
      const rest = held
      held = nothing
      if (decided === 'utf-8') return nothing
      if (decided !== undefined) return decided.end()
      return rest.length === 0 ? nothing : believe().push(rest)
    },
  }
}

function encodingOf(label: string): string {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return 'utf-8'
  }
}
