import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type HttpRepair, normalizeResponse, type Report } from '../../src/index.js'
import { judge } from '../oracle/index.js'
import { answers } from './answers.js'

const umlauts = ['größer ', 'für alle']

/** The bytes cut into chunks of one size. */
function inChunks(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close()
      else controller.enqueue(bytes.slice(at, at + size))
      at += size
    },
  })
}

const utf8 = (text: string): Uint8Array => Buffer.from(text)
const utf16 = (text: string, bom: boolean): Uint8Array => Buffer.from((bom ? '\uFEFF' : '') + text, 'utf16le')
const bigEndian = (text: string): Uint8Array => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()

describe.each(answers)(
  'a response to a stream request on $protocol',
  ({ protocol, stream, whole, preamble, error }) => {
    async function conformed(body: string | Uint8Array | null, type: string | undefined, chunk = 7, status = 200) {
      const reports: Report[] = []
      const repairs: HttpRepair[] = []
      const bytes = body === null ? null : inChunks(Buffer.from(body), chunk)
      const upstream = new Response(bytes, { status, headers: type === undefined ? {} : { 'content-type': type } })
      const response = await normalizeResponse(upstream, {
        protocol,
        onEnd(report, call) {
          reports.push(report)
          repairs.push(...call.repairs)
        },
      })
      const text = await response.text()
      const verdict = judge(protocol, utf8(text))
      expect(verdict.violations).toEqual([])
      expect(reports).toHaveLength(1)
      return { response, text, verdict, repairs, report: reports[0] as Report }
    }

    const body = stream(...umlauts)
    const plain: readonly (readonly [
      what: string,
      bytes: Uint8Array,
      type: string | undefined,
      repairs: HttpRepair[],
    ])[] = [
      ['labelled as JSON', utf8(body), 'application/json', ['content-type']],
      ['labelled as text', utf8(body), 'text/plain; charset=utf-8', ['content-type']],
      ['not labelled', utf8(body), undefined, ['content-type']],
      ['packed with gzip, which nothing says', gzipSync(body), 'text/event-stream', ['compression']],
      ['packed as zlib does, which nothing says', deflateSync(body), 'text/event-stream', ['compression']],
      ['packed twice', gzipSync(gzipSync(body)), 'text/event-stream', ['compression']],
      ['in Latin-1', Buffer.from(body, 'latin1'), 'text/event-stream; charset=ISO-8859-1', ['charset']],
      ['labelled as Latin-1 although it is none', utf8(body), 'text/event-stream;charset=iso-8859-1', []],
      ['labelled with a charset that nobody knows', utf8(body), 'text/event-stream; charset="klingon"', []],
      ['in UTF-16 with a mark', utf16(body, true), 'text/event-stream; charset=utf-16', ['charset']],
      ['in UTF-16 without a mark', utf16(body, false), 'text/event-stream', ['charset']],
      ['in UTF-16 the other way round', bigEndian(body), 'text/event-stream', ['charset']],
    ]

    it.each(plain)('is recovered where it is %s', async (_what, bytes, type, wanted) => {
      for (const chunk of [1, 7, 100_000]) {
        const { text, repairs, report, response } = await conformed(bytes, type, chunk)
        expect(text).toBe(body)
        expect(repairs).toEqual(wanted)
        expect(report.endState).toBe('complete')
        expect(response.headers.get('content-type')).toMatch(/^text\/event-stream(; charset=utf-8)?$/)
      }
    })

    it.each(['application/x-ndjson', 'text/event-stream'])(
      'is recovered where it is one JSON a line, as %s',
      async (type) => {
        const lines = body
          .replace(/^event:.*\n/gm, '')
          .replace(/^data: /gm, '')
          .replaceAll('\n\n', '\n')
        const { verdict, report } = await conformed(lines, type)
        expect([verdict.ending, verdict.content.text, report.endState]).toEqual([
          'success',
          umlauts.join(''),
          'complete',
        ])
      },
    )

    it.each(['application/json', 'text/event-stream', undefined])(
      'is made a stream where it is JSON, as %s',
      async (type) => {
        for (const text of [whole('hello'), JSON.stringify(JSON.parse(whole('hello')), null, 2)]) {
          const { verdict, report } = await conformed(text, type)
          expect([verdict.ending, verdict.content.text, report.endState]).toEqual(['success', 'hello', 'complete'])
        }
      },
    )

    it('is an error where it is a page, with the status and nothing of the page', async () => {
      const page = '<!DOCTYPE html><html><title>Sign in to the secret portal</title></html>\n'
      for (const bytes of [utf8(page), utf8(`\n  ${page}`), gzipSync(page)]) {
        const { text, verdict, report } = await conformed(bytes, 'text/html', 5, 203)
        expect(verdict.ending).toBe('error')
        expect(verdict.content.errorMessage).toMatch(/HTML page.*HTTP 203/)
        expect(text).not.toContain('secret')
        expect(report.endState).toBe('not-a-stream')
      }
    })

    it('is an error where it is prose, with the status and nothing of the prose', async () => {
      const { text, verdict, report } = await conformed('Please wait for the secret portal.', 'text/plain')
      expect(verdict.content.errorMessage).toMatch(/not an event stream.*HTTP 200/)
      expect(text).not.toContain('secret')
      expect(report.endState).toBe('not-a-stream')
    })

    it.each([
      ['nothing', ''],
      ['one blank line', '\n'],
      ['only a sentinel', 'data: [DONE]\n\n'],
      ['only comments', ': wait\n\n: wait\n\n'],
      ['only pings', 'event: ping\ndata: {"type":"ping"}\n\n'],
      ['only empty data', 'data:\n\n'],
    ])('is an error where it is %s', async (_what, nothing) => {
      const { verdict, report } = await conformed(nothing, 'text/event-stream')
      expect([verdict.ending, report.endState]).toEqual(['error', 'empty'])
      expect(verdict.content.errorMessage).toMatch(/empty stream/)
    })

    it.each([200, 204])('is an error where there is no body at all, under status %d', async (status) => {
      const { response, verdict, report } = await conformed(null, undefined, 1, status)
      expect([response.status, verdict.ending, report.endState]).toEqual([200, 'error', 'empty'])
    })

    it('is an error where nothing comes behind the start', async () => {
      const { verdict } = await conformed(preamble, 'text/event-stream')
      expect(verdict.ending).toBe('error')
    })

    it('carries the error that came as JSON with status 200', async () => {
      const { response, verdict, report } = await conformed(error('no such luck'), 'application/json')
      expect([response.status, verdict.ending, verdict.content.errorMessage]).toEqual([200, 'error', 'no such luck'])
      expect(report.endState).toBe('upstream-error')
    })
  },
)
