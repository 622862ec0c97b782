import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizeResponse, type Report } from '../../src/index.js'
import { judge } from '../oracle/index.js'
import { answers } from './answers.js'

const types = [
  'text/event-stream',
  'text/event-stream; charset=utf-16le',
  'text/event-stream; charset=shift_jis',
  'application/json; charset=""',
  'text/html',
  ';;=',
]

describe.each(answers)('any bytes at all on $protocol', ({ protocol, stream, whole, begun, error }) => {
  const bodies = [stream('hel', 'lo'), whole('hello'), begun('hel'), error('no'), '<html>no</html>', ''].map((body) =>
    Buffer.from(body),
  )
  const body = fc
    .tuple(
      fc.constantFrom(...bodies),
      fc.uint8Array({ maxLength: 6 }),
      fc.nat(600),
      fc.constantFrom('cut', 'insert', 'gzip'),
    )
    .map(([bytes, odd, at, how]) => {
      const damaged = Buffer.concat([bytes.subarray(0, at), odd, how === 'cut' ? Buffer.alloc(0) : bytes.subarray(at)])
      return how === 'gzip' ? Buffer.concat([gzipSync(bytes).subarray(0, at + 2), odd]) : damaged
    })
  const anything = fc.oneof(
    { weight: 3, arbitrary: body },
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    // What announces itself as packed, or as UTF-16.
    fc
      .tuple(
        fc.constantFrom([0x1f, 0x8b], [0x78, 0x9c], [0xff, 0xfe], [0xfe, 0xff], [0x64, 0]),
        fc.uint8Array({ maxLength: 40 }),
      )
      .map(([head, bytes]) => Buffer.concat([Buffer.from(head), bytes])),
  )

  it('come out as a valid stream or a proper error, reported once', async () => {
    await fc.assert(
      fc.asyncProperty(
        anything,
        fc.constantFrom(...types),
        fc.constantFrom(200, 206, 400, 429, 500, 599),
        fc.constantFrom('normalize', 'stream'),
        fc.constantFrom('error', 'message'),
        fc.integer({ min: 1, max: 64 }),
        async (bytes, type, status, httpErrors, guardrail, size) => {
          const reports: Report[] = []
          let at = 0
          const chunks = new ReadableStream<Uint8Array>({
            pull(controller) {
              if (at >= bytes.length) controller.close()
              else controller.enqueue(new Uint8Array(bytes.subarray(at, at + size)))
              at += size
            },
          })
          const response = await normalizeResponse(
            new Response(chunks, { status, headers: { 'content-type': type } }),
            {
              protocol,
              httpErrors,
              guardrail,
              pieceSize: size,
              onEnd: (report) => void reports.push(report),
            },
          )
          const text = await response.text()
          expect(reports).toHaveLength(1)
          if (response.status >= 400) {
            expect(response.headers.get('content-type')).toMatch(/^application\/json/)
            const { error } = JSON.parse(text) as { error: { message: unknown } }
            expect(typeof error.message).toBe('string')
            return
          }
          const { violations, ending } = judge(protocol, Buffer.from(text), { repairedOnly: true })
          expect(violations.filter(({ severity }) => severity === 'must')).toEqual([])
          expect(ending).toBe(reports[0]?.endState === 'complete' ? 'success' : 'error')
        },
      ),
    )
  })
})
