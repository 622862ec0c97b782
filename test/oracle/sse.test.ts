import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readEventStream } from './sse.js'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string) => readEventStream(bytesOf(text))

/** What a standard reader would dispatch. */
function dispatched(bytes: Uint8Array) {
  return readEventStream(bytes)
    .frames.filter((frame) => frame.terminated && frame.data !== undefined)
    .map(({ event, data, lastEventId }) => ({ type: event ?? 'message', data, lastEventId }))
}

describe('the reader of the oracle', () => {
  for (const [name, end] of [
    ['LF', '\n'],
    ['CR', '\r'],
    ['CRLF', '\r\n'],
  ] as const) {
    it(`ends lines at ${name}`, () => {
      expect(dispatched(bytesOf(['event: a', 'data: 1', '', 'data: 2', '', ''].join(end)))).toEqual([
        { type: 'a', data: '1', lastEventId: '' },
        { type: 'message', data: '2', lastEventId: '' },
      ])
    })
  }

  it('takes off one byte order mark and says so', () => {
    expect(read('\uFEFFdata: 1\n\n')).toMatchObject({ bom: true, frames: [{ data: '1', start: 3 }] })
    expect(dispatched(bytesOf('\uFEFF\uFEFFdata: 1\n\n'))).toEqual([])
    expect(read('data: 1\n\n').bom).toBe(false)
  })

  it('gives each block its number and its bytes, comment blocks included', () => {
    const text = ': hi\n\n\ndata: é\n\n'
    const frames = read(text).frames.map(({ number, data, start, end }) => ({ number, data, start, end }))
    expect(frames).toEqual([
      { number: 1, data: undefined, start: 0, end: 6 },
      { number: 2, data: 'é', start: 7, end: bytesOf(text).length },
    ])
  })

  it('joins data lines, takes the last event line and no more than one space', () => {
    expect(read('event: a\ndata:  x\nevent: b\ndata:y\ndata\n\n').frames).toMatchObject([
      { event: 'b', data: ' x\ny\n' },
    ])
  })

  it('tells an empty event line from none', () => {
    expect(read('event:\n\n').frames).toMatchObject([{ event: undefined, named: true, data: undefined }])
    expect(read('data: x\n\n').frames).toMatchObject([{ event: undefined, named: false }])
  })

  it('hands over an unterminated block and says so', () => {
    expect(read('data: 1').frames).toMatchObject([{ data: '1', terminated: false }])
    expect(read('data: 1\n').frames).toMatchObject([{ data: '1', terminated: false }])
    expect(read('data: 1\n\r').frames).toMatchObject([{ data: '1', terminated: true }])
  })

  it('does not let an unterminated block set the last event id', () => {
    expect(dispatched(bytesOf('id: 1\ndata: a\n\nid: 2'))).toEqual([{ type: 'message', data: 'a', lastEventId: '1' }])
  })

  it('notices a bare CR, and not the CR of a CRLF', () => {
    expect(read('data: 1\rdata: 2\n\n').frames).toMatchObject([{ bareCr: true }])
    expect(read('data: 1\n\r').frames).toMatchObject([{ bareCr: true }])
    expect(read('data: 1\r\ndata: 2\r\n\r\n').frames).toMatchObject([{ bareCr: false }])
  })

  it('replaces bytes that are no UTF-8', () => {
    expect(dispatched(Uint8Array.of(...bytesOf('data: a'), 0xff, 0xe2, 0x82, 0x0a, 0x0a))).toMatchObject([
      { data: 'a\uFFFD\uFFFD' },
    ])
  })

  it('finds nothing in an empty body or in blank lines', () => {
    expect(read('').frames).toEqual([])
    expect(read('\n\r\n\r').frames).toEqual([])
  })
})

const CASES = new URL('../../../shared/spec/sse-cases.json', import.meta.url)

describe('the standard’s cases', () => {
  if (!existsSync(CASES)) {
    it('are left out, because ../shared is not beside the project', () => {
      expect(existsSync(CASES)).toBe(false)
    })
    return
  }

  const cases: { name: string; input_b64: string; events: unknown[] }[] = JSON.parse(readFileSync(CASES, 'utf8'))

  it('are there', () => {
    expect(cases.length).toBeGreaterThan(50)
  })

  for (const { name, input_b64, events } of cases) {
    it(`agree with the oracle: ${name}`, () => {
      expect(dispatched(Buffer.from(input_b64, 'base64'))).toEqual(events)
    })
  }
})
