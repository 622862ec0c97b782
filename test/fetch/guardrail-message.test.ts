import { describe, expect, it } from 'vitest'
import { type HttpRepair, normalizeResponse, type Report } from '../../src/index.js'
import { judge } from '../oracle/index.js'
import { answers } from './answers.js'

const words = 'Violated guardrail policy'
const block = (message: unknown = words) =>
  JSON.stringify({ error: { message, code: 400, type: 'guardrail_violation' } })

describe.each(answers)("a guardrail's block on $protocol", ({ protocol, preamble, begun, stream, blocked, error }) => {
  async function shown(chunks: readonly string[], status = 200, guardrail: 'message' | 'error' = 'message') {
    const reports: Report[] = []
    const repairs: HttpRepair[] = []
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(Buffer.from(chunk))
        controller.close()
      },
    })
    const type = status === 200 ? 'text/event-stream' : 'application/json'
    const upstream = new Response(body, { status, headers: { 'content-type': type } })
    const response = await normalizeResponse(upstream, {
      protocol,
      guardrail,
      request: { model: 'm' },
      onEnd(report, call) {
        reports.push(report)
        repairs.push(...call.repairs)
      },
    })
    const text = await response.text()
    const report = reports[0] as Report
    return {
      response,
      text,
      report,
      repairs,
      verdict: status >= 400 && response.status >= 400 ? undefined : judge(protocol, Buffer.from(text)),
    }
  }

  const inStream = `data: ${block()}\n\n`
  const beginnings: readonly (readonly [string, readonly string[]])[] = [
    ['the first event', [inStream]],
    ['the first event, with what follows it', [`${inStream}data: [DONE]\n\n`]],
    ['behind comments and pings', [': wait\n\n', 'event: ping\ndata: {"type":"ping"}\n\n', inStream]],
    ['behind the start of an answer', [preamble, inStream]],
    ['behind the start, in one chunk', [preamble + inStream]],
    ['byte by byte', [...(preamble + inStream)]],
    ['an event that is called an error', [`event: error\r\ndata: ${block()}\r\n\r\n`]],
    ['a frame without its end', [`data: ${block()}`]],
    ['JSON without a stream', [block()]],
  ]

  it.each(beginnings)('is an answer of its words: %s', async (_what, chunks) => {
    const { response, verdict, report, repairs } = await shown(chunks)
    expect(verdict?.violations).toEqual([])
    expect([response.status, verdict?.ending, verdict?.content.text]).toEqual([200, 'success', words])
    expect(verdict?.content.stopReason).toBe(blocked)
    expect(report.endState).toBe('complete')
    expect(repairs).toEqual(['guardrail-message'])
  })

  it.each([400, 500])('is a stream of status 200 where it came as HTTP %d', async (status) => {
    const { response, verdict, report, repairs } = await shown([block()], status)
    expect(verdict?.violations).toEqual([])
    expect([response.status, verdict?.ending, verdict?.content.text]).toEqual([200, 'success', words])
    expect(verdict?.content.stopReason).toBe(blocked)
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect([report.endState, repairs]).toEqual(['complete', ['guardrail-message', 'status']])
  })

  it.each<[string, readonly string[]]>([
    ['it comes behind content', [begun('hel'), inStream]],
    ['it has no message', [`data: ${block('')}\n\n`]],
    ['it is none', [`data: ${error('no such luck')}\n\n`]],
    ['it is the limit of a rate', ['data: {"error":{"message":"slow down","type":"rate_limit_error","code":429}}\n\n']],
  ])('is an error where %s', async (_what, chunks) => {
    const { verdict, report, repairs } = await shown(chunks)
    expect(verdict?.violations).toEqual([])
    expect([verdict?.ending, report.endState, repairs]).toEqual(['error', 'upstream-error', []])
  })

  it('is an error by default', async () => {
    const { verdict } = await shown([inStream], 200, 'error')
    expect([verdict?.ending, verdict?.content.errorMessage]).toEqual(['error', words])
  })

  it('stays an HTTP error where it has no message', async () => {
    const { response } = await shown([block(null)], 400)
    expect(response.status).toBe(400)
  })

  it('does not keep a stream without one from passing byte for byte, promptly', async () => {
    const body = stream('hel', 'lo')
    for (const chunks of [[body], [...body], body.split(/(?<=\n\n)/)]) {
      expect((await shown(chunks)).text).toBe(body)
    }
    let push: (text: string) => void = () => {}
    const source = new ReadableStream<Uint8Array>({
      start(controller) {
        push = (text) => controller.enqueue(Buffer.from(text))
      },
    })
    const response = await normalizeResponse(new Response(source), { protocol, guardrail: 'message' })
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    for (const frame of [': wait\n\n', ...begun('hel').split(/(?<=\n\n)/)]) {
      push(frame)
      const { value } = await reader.read()
      expect(Buffer.from(value ?? []).toString()).toBe(frame)
    }
    await reader.cancel()
  })
})

describe('a response that a guardrail failed, on responses', () => {
  it('is an answer of its words', async () => {
    const [, { preamble }] = answers as [unknown, (typeof answers)[number]]
    const failed = {
      id: 'resp_a',
      object: 'response',
      status: 'failed',
      error: { code: 'content_filter', message: words },
    }
    const body = `${preamble}data: ${JSON.stringify({ type: 'response.failed', sequence_number: 2, response: failed })}\n\n`
    const response = await normalizeResponse(new Response(body), { protocol: 'responses', guardrail: 'message' })
    const verdict = judge('responses', Buffer.from(await response.text()))
    expect([verdict.violations, verdict.ending, verdict.content.text]).toEqual([[], 'success', words])
  })
})
