const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

/** UTF-8 to text; invalid bytes become U+FFFD and no byte order mark is taken off (the slicer does that once). */
export function toText(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** Text to UTF-8. */
export function toBytes(text: string): Uint8Array {
  return encoder.encode(text)
}

/** One array of several, in order. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only
  let length = 0
  for (const part of parts) length += part.length
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
