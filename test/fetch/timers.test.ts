import { describe, expect, it } from 'vitest'
import { conformFetch, type NormalizeResponseOptions, normalizeResponse, type Report } from '../../src/index.js'
import { judge } from '../oracle/index.js'
import { settled } from '../stage/streams.js'
import { answers, streaming } from './answers.js'
import { TestClock } from './test-clock.js'

const ping = 'event: ping\ndata: {"type":"ping"}\n\n'
const comment = ': heartbeat\n\n'

/** An upstream whose chunks come when they are told to. */
function upstream() {
  const cancelled: unknown[] = []
  let controller!: ReadableStreamDefaultController<Uint8Array>
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given
    },
    cancel: (reason) => void cancelled.push(reason),
  })
  return {
    cancelled,
    response: new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
    send: (text: string) => controller.enqueue(Buffer.from(text)),
    close: () => controller.close(),
  }
}

/** A reader that takes everything at once and writes it down. */
function reading(response: Response) {
  const chunks: string[] = []
  const state = { chunks, text: () => chunks.join(''), over: false, failure: undefined as unknown }
  const run = async () => {
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    try {
      for (;;) {
        const { done, value } = await reader.read()
        if (done) break
        chunks.push(Buffer.from(value).toString())
      }
    } catch (error) {
      state.failure = error
    }
    state.over = true
  }
  void run()
  return state
}

describe.each(answers)('clocks on $protocol', ({ protocol, preamble, begun, stream, path }) => {
  async function started(options: Omit<NormalizeResponseOptions, 'protocol'> = {}) {
    const clock = new TestClock()
    const source = upstream()
    const reports: Report[] = []
    const response = await normalizeResponse(source.response, {
      ...options,
      protocol,
      clock,
      onEnd: (report) => void reports.push(report),
    })
    return { clock, source, response, reports }
  }
  const verdictOf = (text: string) => judge(protocol, Buffer.from(text))

  it('are off by default', async () => {
    const { clock, source, response } = await started()
    const output = reading(response)
    source.send(begun('hel'))
    await clock.pass(3_600_000)
    expect([output.text(), output.over, clock.pending]).toEqual([begun('hel'), false, 0])
    source.close()
    await settled()
    expect(output.over).toBe(true)
  })

  it('end a stream that is silent for too long, in-band, and let go of the upstream', async () => {
    const { clock, source, response, reports } = await started({ timeouts: { idle: 1000 } })
    const output = reading(response)
    source.send(begun('hel'))
    await clock.pass(999)
    expect(output.over).toBe(false)
    await clock.pass(1)
    expect(output.over).toBe(true)
    const verdict = verdictOf(output.text())
    expect([verdict.violations, verdict.ending, verdict.content.text]).toEqual([[], 'error', 'hel'])
    expect(verdict.content.errorMessage).toMatch(/timed out/)
    expect(reports.map(({ endState, endReason }) => [endState, endReason])).toEqual([['timed-out', 'timeout']])
    expect(source.cancelled).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })

  it('do not take comments for a sign of life, however they are cut, and every event for one', async () => {
    const { clock, source, response } = await started({ timeouts: { idle: 1000 } })
    const output = reading(response)
    for (let i = 0; i < 5; i++) {
      await clock.pass(900)
      source.send(i === 0 ? preamble : ping)
      await settled()
    }
    for (const piece of [': wa', 'it\n', '\n: data: x\n\n']) {
      await clock.pass(300)
      expect(output.over).toBe(false)
      source.send(piece)
    }
    await clock.pass(99)
    expect(output.over).toBe(false)
    await clock.pass(1)
    expect(output.over).toBe(true)
  })

  it('stand still while nobody reads', async () => {
    const { clock, source, response } = await started({ timeouts: { idle: 1000 }, heartbeat: 100 })
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    source.send(begun('hel'))
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe(begun('hel'))
    await clock.pass(5000)
    expect(clock.pending).toBe(0)
    source.send(stream('hel').slice(begun('hel').length))
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe(stream('hel').slice(begun('hel').length))
    expect((await reader.read()).done).toBe(true)
  })

  it('end a stream that takes too long as a whole, read or not', async () => {
    for (const read of [true, false]) {
      const { clock, source, response, reports } = await started({ timeouts: { total: 1000 } })
      const reader = (response.body as ReadableStream<Uint8Array>).getReader()
      source.send(preamble)
      const chunks = [(await reader.read()).value]
      const late = read ? reader.read() : undefined
      await clock.pass(999)
      expect(reports).toEqual([])
      await clock.pass(1)
      expect(reports.map(({ endState }) => endState)).toEqual(['timed-out'])
      chunks.push((await (late ?? reader.read())).value)
      expect((await reader.read()).done).toBe(true)
      const text = chunks.map((chunk) => Buffer.from(chunk ?? []).toString()).join('')
      expect(verdictOf(text)).toMatchObject({ violations: [], ending: 'error' })
      expect([source.cancelled.length, clock.pending]).toEqual([1, 0])
    }
  })

  it('send a heartbeat to a reader that waits, between frames, and the stream stays valid', async () => {
    const { clock, source, response, reports } = await started({ heartbeat: 100 })
    const output = reading(response)
    await clock.pass(250)
    expect(output.chunks).toEqual([comment, comment])
    source.send(preamble.slice(0, 30))
    await clock.pass(50)
    expect(output.chunks).toHaveLength(3)
    source.send(preamble.slice(30))
    await settled()
    await clock.pass(99)
    expect(output.chunks).toHaveLength(4)
    await clock.pass(1)
    expect(output.chunks[4]).toBe(protocol === 'messages' ? ping : comment)
    source.send(stream('hi').slice(preamble.length))
    await settled()
    expect(output.over).toBe(true)
    const verdict = verdictOf(output.text())
    expect([verdict.violations, verdict.ending, verdict.content.text]).toEqual([[], 'success', 'hi'])
    expect(reports[0]?.bytes.out).toBe(stream('hi').length)
    source.close()
    await settled()
    expect(clock.pending).toBe(0)
  })

  it('send heartbeats although what comes is held back, and end the silence all the same', async () => {
    const { clock, source, response } = await started({ heartbeat: 100, timeouts: { idle: 1000 } })
    const output = reading(response)
    for (let i = 0; i < 6; i++) {
      source.send(`data: {"x`)
      await clock.pass(60)
    }
    expect(output.chunks.length).toBeGreaterThanOrEqual(3)
    await clock.pass(1000)
    expect(output.over).toBe(true)
  })

  it('drain for a second behind the end, and then let go', async () => {
    const { clock, source, response, reports } = await started()
    const output = reading(response)
    source.send(stream('hi'))
    await settled()
    expect([output.over, output.text()]).toEqual([true, stream('hi')])
    expect(reports).toHaveLength(1)
    source.send('data: more\n\n')
    await clock.pass(999)
    expect([source.cancelled.length, clock.pending]).toEqual([0, 1])
    await clock.pass(1)
    expect([source.cancelled.length, clock.pending]).toEqual([1, 0])
  })

  it('drain no more than 64 KiB behind the end', async () => {
    const { clock, source, response } = await started()
    reading(response)
    source.send(stream('hi'))
    await settled()
    for (let i = 0; i < 3; i++) source.send(' '.repeat(32 * 1024))
    await settled()
    expect([source.cancelled.length, clock.pending]).toEqual([1, 0])
  })

  it('are cleared when the reader leaves, the source breaks or the signal aborts', async () => {
    const timeouts = { idle: 1000, total: 5000 }
    const left = await started({ timeouts, heartbeat: 100 })
    const reader = (left.response.body as ReadableStream<Uint8Array>).getReader()
    const read = reader.read()
    await settled()
    await reader.cancel('enough')
    await read
    await settled()
    expect([left.source.cancelled, left.clock.pending]).toEqual([['enough'], 0])
    expect(left.reports.map(({ endState }) => endState)).toEqual(['cancelled'])

    const controller = new AbortController()
    const aborted = await started({ timeouts, heartbeat: 100, signal: controller.signal })
    const output = reading(aborted.response)
    await settled()
    const reason = new Error('the user left')
    controller.abort(reason)
    await settled()
    expect([output.failure, aborted.source.cancelled, aborted.clock.pending]).toEqual([reason, [reason], 0])
    expect(aborted.reports.map(({ endState }) => endState)).toEqual(['cancelled'])
  })

  describe('of conformFetch, before the headers', () => {
    const never = () => new Promise<Response>(() => {})

    it.each(['headers', 'total'] as const)(
      'fail as a timeout by `%s`, also where the inner fetch does not listen',
      async (name) => {
        const clock = new TestClock()
        const reports: Report[] = []
        let signal: AbortSignal | null | undefined
        const fetch = conformFetch({
          clock,
          timeouts: { [name]: 1000 },
          fetch: (_input, init) => {
            signal = init?.signal
            return never()
          },
          onEnd: (report) => void reports.push(report),
        })
        let failure: unknown
        void fetch(`http://gateway.test${path}`, streaming()).catch((error: unknown) => {
          failure = error
        })
        await clock.pass(999)
        expect(failure).toBeUndefined()
        await clock.pass(1)
        expect(failure).toMatchObject({ name: 'TimeoutError' })
        expect(signal?.aborted).toBe(true)
        expect(reports.map(({ endState, endReason }) => [endState, endReason])).toEqual([['timed-out', 'timeout']])
        expect(clock.pending).toBe(0)
      },
    )

    it('count what the headers took against the whole', async () => {
      const clock = new TestClock()
      const { response, send } = upstream()
      let answer: (response: Response) => void = () => {}
      const inner = () =>
        new Promise<Response>((resolve) => {
          answer = resolve
        })
      const coming = conformFetch({ clock, timeouts: { total: 1000 }, fetch: inner })(
        `http://gateway.test${path}`,
        streaming(),
      )
      await clock.pass(700)
      answer(response)
      const output = reading(await coming)
      send(preamble)
      await clock.pass(299)
      expect(output.over).toBe(false)
      await clock.pass(1)
      expect([output.over, clock.pending]).toEqual([true, 0])
    })

    it("hear the caller's own signal", async () => {
      const clock = new TestClock()
      const controller = new AbortController()
      const reports: Report[] = []
      const inner = (_input: unknown, init?: RequestInit) =>
        new Promise<Response>((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
        })
      const fetch = conformFetch({
        clock,
        timeouts: { headers: 1000 },
        fetch: inner,
        onEnd: (report) => void reports.push(report),
      })
      const coming = fetch(`http://gateway.test${path}`, streaming({ signal: controller.signal }))
      controller.abort('gone')
      await expect(coming).rejects.toBe('gone')
      await settled()
      expect(clock.pending).toBe(0)
      expect(reports.map(({ endState }) => endState)).toEqual(['cancelled'])
    })
  })
})

describe('the terminal that an error owes', () => {
  const error = `data: ${JSON.stringify({ type: 'error', sequence_number: 0, code: 'x', message: 'it broke', param: null })}\n\n`

  it('is waited for a second and then made (D-47)', async () => {
    const clock = new TestClock()
    const source = upstream()
    const output = reading(await normalizeResponse(source.response, { protocol: 'responses', clock }))
    source.send(error)
    await clock.pass(999)
    expect([output.over, output.text().includes('response.failed')]).toEqual([false, false])
    await clock.pass(1)
    expect([output.over, output.text().includes('response.failed')]).toEqual([true, true])
    expect([source.cancelled.length, clock.pending]).toEqual([1, 0])
  })

  it.each([{}, { heartbeat: 250 }])(
    'is waited for no longer for what comes or goes meanwhile, with %j',
    async (options) => {
      const clock = new TestClock()
      const source = upstream()
      const output = reading(await normalizeResponse(source.response, { protocol: 'responses', clock, ...options }))
      source.send(error)
      await clock.pass(400)
      source.send(': still here\n\n')
      await clock.pass(400)
      source.send(': still here\n\n')
      await clock.pass(199)
      expect([output.over, output.text().includes('response.failed')]).toEqual([false, false])
      await clock.pass(1)
      expect([output.over, output.text().includes('response.failed')]).toEqual([true, true])
      expect([source.cancelled.length, clock.pending]).toEqual([1, 0])
    },
  )
})

describe('the body of an HTTP error that never ends', () => {
  it('is waited for five seconds and told by what came', async () => {
    const clock = new TestClock()
    let cancelled = false
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(Buffer.from('it bro')),
      cancel: () => {
        cancelled = true
      },
    })
    let answered: Response | undefined
    void normalizeResponse(new Response(body, { status: 500 }), { protocol: 'chat', clock }).then((response) => {
      answered = response
    })
    await clock.pass(4999)
    expect(answered).toBeUndefined()
    await clock.pass(1)
    expect(await answered?.json()).toMatchObject({ error: { message: 'it bro' } })
    expect([cancelled, clock.pending]).toEqual([true, 0])
  })
})
