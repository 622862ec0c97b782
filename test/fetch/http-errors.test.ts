import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type HttpRepair, type NormalizeResponseOptions, normalizeResponse, type Report } from '../../src/index.js'
import { judge } from '../oracle/index.js'
import { answers } from './answers.js'

type Options = Omit<NormalizeResponseOptions, 'protocol' | 'onEnd'>

describe.each(answers)('an HTTP error on $protocol', ({ protocol, error }) => {
  async function answered(
    body: BodyInit,
    status: number,
    headers: Readonly<Record<string, string>> = {},
    options: Options = {},
  ) {
    const reports: Report[] = []
    const repairs: HttpRepair[] = []
    const upstream = new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } })
    const response = await normalizeResponse(upstream, {
      ...options,
      protocol,
      onEnd(report, call) {
        reports.push(report)
        repairs.push(...call.repairs)
        expect(call.status).toBe(status)
      },
    })
    const text = await response.text()
    expect(reports.map(({ endState }) => endState)).toEqual(['upstream-error'])
    return { response, text, repairs, report: reports[0] as Report }
  }

  /** The error of a body as every client reads it. */
  function read(text: string) {
    const body = JSON.parse(text) as { type?: string; error: { message: string; type: string; code?: unknown } }
    expect(body.type).toBe(protocol === 'messages' ? 'error' : undefined)
    expect(typeof body.error.message).toBe('string')
    expect(typeof body.error.type).toBe('string')
    return body.error
  }

  it('passes byte for byte where it is proper', async () => {
    const proper = ` ${error('too long')}\n`
    const headers = { 'retry-after': '7', 'x-request-id': 'r-1', 'content-type': 'application/json; charset=utf-8' }
    const { response, text, repairs, report } = await answered(proper, 429, headers)
    expect([response.status, text, repairs, report.defects]).toEqual([429, proper, [], []])
    expect(response.headers.get('retry-after')).toBe('7')
    expect(response.headers.get('x-request-id')).toBe('r-1')
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  })

  it.each<[shape: string, body: string, status: number, message: RegExp]>([
    ['R-E20 `detail` of FastAPI', '{"detail":"no such model"}', 404, /^no such model$/],
    ['R-E20 `detail` as a list', '{"detail":[{"loc":["body"],"msg":"field required"}]}', 422, /^field required$/],
    [
      'R-E21 a message that is an object',
      '{"error":{"message":{"error":"blocked"},"type":"None","code":"400"}}',
      400,
      /^blocked$/,
    ],
    ['a bare string', '{"error":"out of luck"}', 500, /^out of luck$/],
    ['the shape of vLLM', '{"object":"error","message":"bad","type":"BadRequestError","code":400}', 400, /^bad$/],
    ['the shape of WSO2', '{"code":"900","type":"X","message":{"m":1},"description":"denied"}', 446, /\S/],
    ['a list, as Google sends it', '[{"error":{"code":400,"message":"bad key","status":"INVALID"}}]', 400, /^bad key$/],
    ['R-E19 an event stream', 'data: {"error":{"message":"blocked","code":400}}\n\ndata: [DONE]\n\n', 400, /^blocked$/],
    ['an event stream with a plain error', ': wait\n\nevent: error\ndata: it broke\n\n', 500, /^it broke$/],
    [
      'C-E18 the words of an exception',
      "AttributeError: 'NoneType' object has no attribute 'x'",
      500,
      /^AttributeError/,
    ],
    ['no body', '', 503, /HTTP 503.*empty body/],
    ['a page', '<html><body>secret 502 Bad Gateway</body></html>', 502, /HTML page \(HTTP 502\)/],
    ['JSON that says nothing', '{}', 500, /without a message/],
  ])('has a proper body and its own status where it was %s', async (_shape, body, status, message) => {
    const { response, text, repairs, report } = await answered(body, status, { 'retry-after': '3' })
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('retry-after')).toBe('3')
    expect(read(text).message).toMatch(message)
    expect(text).not.toContain('secret')
    expect(repairs).toEqual(['error-body'])
    expect(report.defects.map(({ code }) => code)).toEqual(['errors/error-frame-shape'])
  })

  it.each([401, 403, 404, 429, 500, 503])('has a type that goes with status %d', async (status) => {
    const types: Record<number, RegExp> = {
      401: /authentication/,
      403: /permission/,
      404: /not_found/,
      429: /rate_limit/,
      500: /api_error|server_error/,
      503: /overloaded|server_error/,
    }
    expect(read((await answered('no', status)).text).type).toMatch(types[status] as RegExp)
  })

  it('is unpacked', async () => {
    const { text } = await answered(gzipSync('{"detail":"no such model"}'), 404, { 'content-encoding': 'gzip' })
    expect(read(text).message).toBe('no such model')
  })

  it('is told by what came of a body that breaks', async () => {
    let sent = false
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent) controller.error(new Error('reset'))
        else controller.enqueue(Buffer.from('it bro'))
        sent = true
      },
    })
    expect(read((await answered(broken, 500)).text).message).toBe('it bro')
  })

  it.each(['error', undefined] as const)('is a stream of status 200 with `httpErrors: stream`', async (guardrail) => {
    const options: Options = { httpErrors: 'stream', guardrail }
    const headers = { 'retry-after': '3', 'x-should-retry': 'true' }
    const { response, text } = await answered("AttributeError: 'NoneType'", 500, headers, options)
    const verdict = judge(protocol, Buffer.from(text))
    expect(verdict.violations).toEqual([])
    expect([response.status, verdict.ending, verdict.content.errorMessage]).toEqual([
      200,
      'error',
      "AttributeError: 'NoneType'",
    ])
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect([response.headers.has('retry-after'), response.headers.has('x-should-retry')]).toEqual([false, false])
  })

  it('keeps the class of its status in a stream', async () => {
    const options: Options = { httpErrors: 'stream' }
    const { text } = await answered('{"detail":"slow down"}', 429, {}, options)
    expect(judge(protocol, Buffer.from(text)).content.errorType).toMatch(/rate_limit/)
  })

  describe('of a guardrail', () => {
    const blocks = [
      '{"error":{"message":"Violated guardrail policy","type":"guardrail_violation","code":"400"}}',
      '{"error":{"message":{"error":"Violated guardrail policy","bedrock_guardrail_response":{}},"type":"None"}}',
      '{"error":{"message":"Violated guardrail policy","type":"hooks_failed"},"hook_results":{"before":[]}}',
    ]

    it.each(blocks)('becomes 400 where it was 5xx, and nothing says that it be sent again: %s', async (block) => {
      const headers = { 'retry-after': '3', 'x-should-retry': 'true', 'retry-after-ms': '9' }
      const { response, text, repairs } = await answered(block, 500, headers)
      expect([response.status, response.statusText]).toEqual([400, 'Bad Request'])
      for (const name of Object.keys(headers)) expect(response.headers.has(name)).toBe(false)
      expect(read(text).message).toBe('Violated guardrail policy')
      expect(repairs).toContain('status')
    })

    it.each(blocks)('keeps its status where that is wanted, or is no 5xx: %s', async (block) => {
      const headers = { 'retry-after': '3' }
      for (const [status, options] of [
        [500, { guardrailStatus: 'keep' }],
        [403, {}],
      ] as const) {
        const { response } = await answered(block, status, headers, options)
        expect([response.status, response.headers.get('retry-after')]).toEqual([status, '3'])
      }
    })

    it.each(blocks)('is no retry for the AI SDK nor Codex in a stream: %s', async (block) => {
      const { text } = await answered(block, 500, {}, { httpErrors: 'stream' })
      const { content } = judge(protocol, Buffer.from(text))
      expect(content.errorMessage).toBe('Violated guardrail policy')
      if (protocol === 'responses') expect(content.failedCode).toBe('invalid_prompt')
      if (protocol === 'chat') expect(text).toContain('"code":400')
      if (protocol !== 'chat') expect(content.errorType).toBe('invalid_request_error')
    })
  })
})
