import { describe, expect, it } from 'vitest'
import { chunkings, splitFrames } from '../../src/replay/chunkings.js'

const bytes = (text: string) => new TextEncoder().encode(text)
const texts = (parts: Iterable<Uint8Array>) => [...parts].map((part) => new TextDecoder().decode(part))

describe('splitFrames', () => {
  it('cuts behind every blank line, whatever the line ends', () => {
    expect(texts(splitFrames(bytes('data: 1\n\ndata: 2\r\n\r\ndata: 3\r\rdata: 4')))).toEqual([
      'data: 1\n\n',
      'data: 2\r\n\r\n',
      'data: 3\r\r',
      'data: 4',
    ])
  })

  it('keeps blank lines in front of a frame with that frame', () => {
    expect(texts(splitFrames(bytes('\n\ndata: 1\n\n\ndata: 2\n\n')))).toEqual(['\n\ndata: 1\n\n', '\ndata: 2\n\n'])
  })

  it('gives nothing for nothing', () => {
    expect(splitFrames(new Uint8Array())).toEqual([])
  })
})

describe('the chunkings of the runner', () => {
  it.each(chunkings)('lose no byte: $name', ({ chunks }) => {
    const stream = 'event: a\r\ndata: Ä\r\n\r\n: b\n\ndata: c'
    expect(Buffer.concat([...chunks(bytes(stream))]).toString()).toBe(stream)
  })
})
