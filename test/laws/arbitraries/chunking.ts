import fc from 'fast-check'

/** Sizes of the chunks, used round and round; 0 is an empty chunk, which networks and shells do deliver. */
export type Chunking = readonly number[]

/** Byte by byte, tiny, mixed and large cuts. */
export const chunkings: fc.Arbitrary<Chunking> = fc.oneof(
  fc.constant([1]),
  fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }),
  fc.array(fc.oneof(fc.constantFrom(0, 1, 2), fc.integer({ min: 1, max: 400 })), { minLength: 1, maxLength: 8 }),
)

/** Cuts bytes into chunks; each is a copy, as a network's buffers are. */
export function cut(bytes: Uint8Array, chunking: Chunking): Uint8Array[] {
  const chunks: Uint8Array[] = []
  let from = 0
  for (let turn = 0; from < bytes.length; turn += 1) {
    // A round of zeros must not last for ever.
    const size = chunking[turn % chunking.length] || (turn % 2 === 0 ? 1 : 0)
    chunks.push(bytes.slice(from, from + size))
    from += size
  }
  return chunks
}
