import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPipeline, type HttpRepair, normalizeResponse, type Report } from '../../src/index.js'
import { answers } from './answers.js'

/** Where only the wrapper knows the status, it says so (D-6). */
const plain = (text: string) =>
  text.replaceAll(
    /The upstream answered with (?:an HTML page[^(]*|something that is not an event stream )\(HTTP 200\)\./g,
    'The upstream answered with something that is not an event stream.',
  )

function chunked(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream(
    {
      pull(controller) {
        if (at >= bytes.length) controller.close()
        else controller.enqueue(bytes.slice(at, at + size))
        at += size
      },
    },
    { highWaterMark: 0 },
  )
}

describe.each(answers)('the fixtures of $protocol through a response', ({ protocol }) => {
  const folder = new URL(`../../fixtures/${protocol}/`, import.meta.url)
  const names = existsSync(folder) ? readdirSync(folder) : []
  const sources = { newId: () => 'made', createdAt: 0 }

  it('are there', () => {
    expect(names.length).toBeGreaterThan(50)
  })

  it.each(names)('%s: what comes out is what the pipeline makes of it, watched for guardrails or not', async (name) => {
    const bytes = readFileSync(new URL(`${name}/upstream.sse`, folder))
    const outputs: Uint8Array[] = []
    const stage = createPipeline({ ...sources, protocol })
    const emit = (output: Uint8Array) => void outputs.push(output)
    stage.push(bytes, emit)
    stage.flush?.(emit)
    stage.end('eof', emit)
    stage.flush?.(emit)
    const wanted = Buffer.concat(outputs).toString()
    for (const guardrail of ['error', 'message'] as const) {
      for (const size of [11, 4096]) {
        const reports: Report[] = []
        const repairs: HttpRepair[] = []
        const upstream = new Response(chunked(bytes, size), { headers: { 'content-type': 'text/event-stream' } })
        const response = await normalizeResponse(upstream, {
          ...sources,
          protocol,
          guardrail,
          onEnd(report, call) {
            reports.push(report)
            repairs.push(...call.repairs)
          },
        })
        const text = await response.text()
        if (repairs.includes('guardrail-message')) {
          expect(reports[0]?.endState).toBe('complete')
          continue
        }
        expect(plain(text)).toBe(wanted)
        expect(repairs).toEqual([])
        const { endState, defects } = stage.report()
        expect(reports[0]?.endState).toBe(endState)
        // What comes behind the end is drained and not told (D-4).
        const told = (codes: Report['defects']) =>
          codes.map(({ code }) => code).filter((code) => !/after-end|then-continue|not-a-stream/.test(code))
        expect(told(reports[0]?.defects ?? [])).toEqual(told(defects))
      }
    }
  })
})
