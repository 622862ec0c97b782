import { describe, expect, it } from 'vitest'
import { diffFrames, firstDifference } from '../../src/replay/diff.js'

const bytes = (text: string) => new TextEncoder().encode(text)
const shown = (expected: string, actual: string) =>
  diffFrames(bytes(expected), bytes(actual)).map(({ mark, text }) => `${mark} ${text}`.trimEnd())

describe('diffFrames', () => {
  it('shows nothing for equal streams', () => {
    expect(shown('data: 1\n\n', 'data: 1\n\n')).toEqual([])
  })

  it('shows a changed line once on each side, and the lines of the frame that are alike without a mark', () => {
    expect(shown('event: a\ndata: 1\n\n', 'event: a\ndata: 2\n\n')).toEqual([
      '  event: a',
      '- data: 1',
      '+ data: 2',
      '',
    ])
  })

  it('shows an inserted and a missing frame whole', () => {
    expect(shown('data: 1\n\n', 'data: 1\n\ndata: 2\n\n')).toContain('+ data: 2')
    expect(shown('data: 1\n\ndata: 2\n\n', 'data: 2\n\n')).toContain('- data: 1')
  })

  it('leaves out frames far from a change and says how many', () => {
    const alike = Array.from({ length: 9 }, (_, at) => `data: ${at}\n\n`).join('')
    const lines = shown(`${alike}data: x\n\n`, `${alike}data: y\n\n`)
    expect(lines).toEqual(['… 8 frames alike', '  data: 8', '', '- data: x', '+ data: y', ''])
  })

  it('makes line ends and control characters visible', () => {
    expect(shown('data: 1\n\n', 'data: 1\r\n\r\n').join('\n')).toContain('+ data: 1\\r')
    expect(shown('data: 1\n\n', 'data: \u001b[2J\n\n').join('\n')).toContain('+ data: \\u001b[2J')
  })

  it('says where a line end or a blank line is missing', () => {
    expect(shown('data: 1\n\n', 'data: 1')).toEqual(['- data: 1', '+ data: 1 (no line end)', '- (blank line)'])
  })

  it('cuts a long line around the place where it differs', () => {
    const long = 'a'.repeat(5000)
    const [old, now] = shown(`data: ${long}1${long}\n\n`, `data: ${long}2${long}\n\n`)
    expect(old).toMatch(/^- …a+1a+… \(\d+ more characters\)$/)
    expect(now).toMatch(/^\+ …a+2a+… \(\d+ more characters\)$/)
    expect(now?.length).toBeLessThan(220)
  })

  it('stops after the first frames that differ and says how many it does not show', () => {
    const many = (text: string) => Array.from({ length: 1000 }, (_, at) => `data: ${text}${at}\n\n`).join('')
    const lines = shown(many('x'), many('y'))
    expect(lines.at(-1)).toBe('… 980 more frames that differ')
    expect(lines.length).toBeLessThan(100)
  })

  it('tells two bytes apart that are both no UTF-8', () => {
    const lines = diffFrames(Uint8Array.of(0x64, 0xfe, 10, 10), Uint8Array.of(0x64, 0xff, 10, 10))
    expect(lines.filter(({ mark }) => mark !== ' ')).toHaveLength(2)
  })
})

describe('firstDifference', () => {
  it('gives frame and byte, and undefined for equal streams', () => {
    expect(firstDifference(bytes('data: 1\n\ndata: 2\n\n'), bytes('data: 1\n\ndata: 3\n\n'))).toEqual({
      frame: 2,
      byte: 15,
    })
    expect(firstDifference(bytes('data: 1\n\n'), bytes('data: 1\n\ndata: 3\n\n'))).toEqual({ frame: 2, byte: 9 })
    expect(firstDifference(bytes('data: 1\n\n'), bytes('data: 1\n\n'))).toBeUndefined()
  })
})
