import { afterEach, describe, expect, it, vi } from 'vitest'
import { normalize, type Report, toTransformStream } from '../../src/index.js'
import { judge } from '../oracle/index.js'
import { bytesOf, delta, ended, message, open, say, start, text, textBlock } from '../oracle/streams.js'
import { drained, echo, settled, textOf, valuesSource, watchedSource } from './streams.js'

const answer = message(text(0, 'hello'))

describe('toTransformStream: backpressure', () => {
  it('pushes nothing into the stage before the first read, and takes at most one chunk from the source', async () => {
    const stage = echo<number>()
    const source = valuesSource([1, 2, 3, 4, 5])
    const output = source.stream.pipeThrough(toTransformStream(stage))
    await settled()
    expect(stage.pushed).toEqual([])
    expect(source.pulls()).toBeLessThanOrEqual(1)
    await output.cancel()
  })

  it('reads no more than one chunk ahead of a slow reader', async () => {
    const values = Array.from({ length: 50 }, (_, i) => i)
    const stage = echo<number>()
    const source = valuesSource(values)
    const reader = source.stream.pipeThrough(toTransformStream(stage)).getReader()
    for (let reads = 1; reads <= 10; reads++) {
      expect((await reader.read()).value).toBe(reads - 1)
      await settled()
      expect(stage.pushed).toHaveLength(reads)
      expect(source.pulls()).toBeLessThanOrEqual(reads + 1)
    }
    await reader.cancel()
  })

  it('goes on reading where a chunk gave nothing to read', async () => {
    const stage = echo<number>((value) => value % 10 !== 0)
    const source = valuesSource(Array.from({ length: 50 }, (_, i) => i + 1))
    const reader = source.stream.pipeThrough(toTransformStream(stage)).getReader()
    expect((await reader.read()).value).toBe(10)
    await settled()
    expect(stage.pushed).toHaveLength(10)
    expect((await reader.read()).value).toBe(20)
    await reader.cancel()
  })

  it('gives everything, in order, and then ends', async () => {
    const { stream } = valuesSource([1, 2, 3])
    expect(await drained(stream.pipeThrough(toTransformStream(echo<number>())))).toEqual([1, 2, 3, 'ended: eof'])
  })
})

describe('toTransformStream: the reader leaves', () => {
  it('tells the source its reason, before the first read', async () => {
    const stage = echo<number>()
    const source = valuesSource([1, 2, 3])
    const reason = new Error('not wanted')
    await source.stream.pipeThrough(toTransformStream(stage)).cancel(reason)
    await settled()
    expect(source.cancelled).toEqual([reason])
    expect(stage.ends).toEqual(['cancel'])
  })

  it('tells the source its reason, in the middle', async () => {
    const stage = echo<number>()
    const source = valuesSource([1, 2, 3, 4, 5, 6])
    const reader = source.stream.pipeThrough(toTransformStream(stage)).getReader()
    await reader.read()
    await reader.read()
    await reader.cancel('enough')
    await settled()
    expect(source.cancelled).toEqual(['enough'])
    expect(stage.ends).toEqual(['cancel'])
    expect(stage.pushed.length).toBeLessThanOrEqual(3)
  })

  it('tells the source its reason while the source is silent', async () => {
    const source = watchedSource([start()], 'stay open')
    const reader = source.stream.pipeThrough(normalize({ protocol: 'messages' })).getReader()
    await reader.read()
    const read = reader.read()
    await reader.cancel('enough')
    expect(await read).toEqual({ done: true, value: undefined })
    await settled()
    expect(source.cancelled).toEqual(['enough'])
  })

  it('leaves a report that says cancelled and writes no ending (D-11)', async () => {
    const reports: Report[] = []
    const source = watchedSource([start(), open(0, textBlock)], 'stay open')
    const pair = normalize({ protocol: 'messages', onEnd: (report) => reports.push(report) })
    const reader = source.stream.pipeThrough(pair).getReader()
    await reader.read()
    await reader.cancel()
    expect(reports).toMatchObject([{ endState: 'cancelled', endReason: 'cancel' }])
  })
})

describe('toTransformStream: the source fails', () => {
  it('ends the stage with `reset` and closes behind its last output', async () => {
    const stage = echo<Uint8Array>()
    const source = watchedSource(['a', 'b', 'c'], { fail: new Error('connection reset') })
    const chunks = await drained(source.stream.pipeThrough(toTransformStream(stage)))
    expect(chunks).toEqual([bytesOf('a'), bytesOf('b'), bytesOf('c'), 'ended: reset'])
    expect(stage.ends).toEqual(['reset'])
  })

  it('ends a message in-band, behind everything that came before', async () => {
    const sent = start() + open(0, textBlock) + delta(0, say('hel')) + delta(0, say('lo'))
    const source = watchedSource([sent.slice(0, 300), sent.slice(300)], { fail: new TypeError('terminated') })
    const reports: Report[] = []
    const pair = normalize({ protocol: 'messages', onEnd: (report) => reports.push(report) })
    const output = Buffer.concat(await drained(source.stream.pipeThrough(pair)))
    expect(output.toString().startsWith(sent)).toBe(true)
    const verdict = judge('messages', output)
    expect(verdict).toMatchObject({ violations: [], ending: 'error', content: { text: 'hello' } })
    expect(reports).toMatchObject([{ endState: 'truncated', endReason: 'reset' }])
  })

  it('keeps what was queued although nobody read before the failure', async () => {
    const pair = normalize({ protocol: 'messages' })
    const writer = pair.writable.getWriter()
    const written = writer.write(bytesOf(start() + open(0, textBlock) + delta(0, say('hi'))))
    const reader = pair.readable.getReader()
    const first = await reader.read()
    await written
    await writer.abort(new Error('gone'))
    const rest = await drained(remaining(reader))
    expect(judge('messages', Buffer.concat([first.value ?? new Uint8Array(), ...rest]))).toMatchObject({
      violations: [],
      ending: 'error',
      content: { text: 'hi' },
    })
  })

  it('ends in-band on `writable.abort` before anything was written', async () => {
    const pair = normalize({ protocol: 'messages' })
    const output = drained(pair.readable)
    await pair.writable.abort(new Error('no route'))
    expect(judge('messages', Buffer.concat(await output))).toMatchObject({ violations: [], ending: 'error' })
  })

  it('does not touch a message that is whole', async () => {
    const source = watchedSource([answer], { fail: new Error('late') })
    expect(textOf(await drained(source.stream.pipeThrough(normalize({ protocol: 'messages' }))))).toBe(answer)
  })
})

describe('toTransformStream: a callback of the caller throws', () => {
  const mistake = new Error('a mistake in onDefect')
  const throws = () => {
    throw mistake
  }

  it('errors the readable and lets go of the source with the same error', async () => {
    const source = watchedSource([answer.replace('event: message_stop\n', '')], 'stay open')
    const output = source.stream.pipeThrough(normalize({ protocol: 'messages', onDefect: throws }))
    await expect(drained(output)).rejects.toBe(mistake)
    await settled()
    expect(source.cancelled).toEqual([mistake])
  })

  it('errors the writer that wrote', async () => {
    const pair = normalize({ protocol: 'messages', onDefect: throws })
    const writer = pair.writable.getWriter()
    const closed = writer.closed.catch((error: unknown) => error)
    const read = pair.readable
      .getReader()
      .read()
      .catch((error: unknown) => error)
    await expect(writer.write(bytesOf('\ufeffdata: {}\n\n'))).rejects.toBe(mistake)
    expect(await closed).toBe(mistake)
    expect(await read).toBe(mistake)
  })

  it('errors both sides when it throws at the end', async () => {
    const source = watchedSource([start()])
    await expect(
      drained(source.stream.pipeThrough(normalize({ protocol: 'messages', onDefect: throws }))),
    ).rejects.toBe(mistake)
    const whole = watchedSource([answer])
    await expect(drained(whole.stream.pipeThrough(normalize({ protocol: 'messages', onEnd: throws })))).rejects.toBe(
      mistake,
    )
  })

  it('is the only thing that errors: nothing the source sends does', async () => {
    const source = watchedSource(['\0\0', Uint8Array.of(0xff, 0xfe), 'data: {"\n\n', '}{', '\r'], { fail: 'odd' })
    expect(
      judge('messages', Buffer.concat(await drained(source.stream.pipeThrough(normalize({ protocol: 'messages' }))))),
    ).toMatchObject({
      ending: 'error',
    })
  })
})

describe('toTransformStream: the terminal has come', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  /** Only the timers that shells set; promises and `setImmediate` go on. */
  const stopTheClock = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })

  it('closes the readable at once although the source stays open, and lets go of it after one second', async () => {
    stopTheClock()
    const source = watchedSource([answer], 'stay open')
    expect(textOf(await drained(source.stream.pipeThrough(normalize({ protocol: 'messages' }))))).toBe(answer)
    await settled()
    expect(source.cancelled).toEqual([])
    await vi.advanceTimersByTimeAsync(999)
    expect(source.cancelled).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    await settled()
    expect(source.cancelled).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leaves no timer where the source ends, or fails, by itself', async () => {
    for (const ending of ['close', { fail: new Error('late') }] as const) {
      stopTheClock()
      const source = watchedSource([answer, ': bye\n\n'], ending)
      expect(textOf(await drained(source.stream.pipeThrough(normalize({ protocol: 'messages' }))))).toBe(answer)
      await settled()
      expect(source.cancelled).toEqual([])
      expect(vi.getTimerCount()).toBe(0)
    }
  })

  it('takes at most 64 KiB more of the source and then lets go of it', async () => {
    stopTheClock()
    const chunk = new Uint8Array(1024).fill(0x3a)
    const source = watchedSource(endless(bytesOf(answer), chunk))
    expect(textOf(await drained(source.stream.pipeThrough(normalize({ protocol: 'messages' }))))).toBe(answer)
    await settled()
    expect(source.cancelled).toHaveLength(1)
    expect(source.taken() - bytesOf(answer).length).toBeGreaterThanOrEqual(64 * 1024)
    expect(source.taken() - bytesOf(answer).length).toBeLessThanOrEqual(64 * 1024 + 2 * chunk.length)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does the same behind an error of the upstream, a limit and a body that is no stream', async () => {
    stopTheClock()
    const error = 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"later"}}\n\n'
    const source = watchedSource([error], 'stay open')
    expect(textOf(await drained(source.stream.pipeThrough(normalize({ protocol: 'messages' }))))).toBe(error)
    const wide = watchedSource([`data: ${'a'.repeat(200)}`], 'stay open')
    const output = await drained(
      wide.stream.pipeThrough(normalize({ protocol: 'messages', limits: { maxFrameBytes: 100 } })),
    )
    expect(judge('messages', Buffer.concat(output))).toMatchObject({ violations: [], ending: 'error' })
    await vi.advanceTimersByTimeAsync(1000)
    await settled()
    expect([source.cancelled, wide.cancelled]).toMatchObject([[{ name: 'AbortError' }], [{ name: 'AbortError' }]])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leaves what it drained out of the report (D-4)', async () => {
    const reports: Report[] = []
    const source = watchedSource([answer, 'event: x\ndata: {"type":"x"}\n\n', 'data: {'])
    await drained(
      source.stream.pipeThrough(normalize({ protocol: 'messages', onEnd: (report) => reports.push(report) })),
    )
    await settled()
    expect(reports).toMatchObject([{ endState: 'complete', defects: [], bytes: { in: bytesOf(answer).length } }])
  })
})

describe('toTransformStream: the chunks that leave', () => {
  const sizes = (chunks: readonly Uint8Array[]) => chunks.map(({ length }) => length)

  it('are one for each chunk that came, however many events it holds', async () => {
    const frames = [start(), open(0, textBlock) + delta(0, say('a')).repeat(40), delta(0, say('b')).repeat(20), ended()]
    const source = watchedSource(frames)
    const chunks = await drained(source.stream.pipeThrough(normalize({ protocol: 'messages' })))
    // The stop of the block is missing: with the message_delta held, the last chunk has three events and one frame of ours.
    expect(chunks).toHaveLength(frames.length)
  })

  it('are no larger than 16 KiB, and as few as the bytes fill', async () => {
    const frames = start() + open(0, textBlock) + delta(0, say('x'.repeat(50))).repeat(1000) + ended()
    for (const index of [0, 5]) {
      const body = frames.replaceAll('"index":0', `"index":${index}`)
      const source = watchedSource([body])
      const chunks = await drained(source.stream.pipeThrough(normalize({ protocol: 'messages' })))
      expect(Math.max(...sizes(chunks))).toBeLessThanOrEqual(16 * 1024)
      const bytes = sizes(chunks).reduce((sum, size) => sum + size, 0)
      expect(chunks.length).toBe(Math.ceil(bytes / (16 * 1024)))
    }
  })

  it('are none where a chunk holds nothing whole', async () => {
    const source = watchedSource(Array.from(answer, (character) => character))
    const chunks = await drained(source.stream.pipeThrough(normalize({ protocol: 'messages' })))
    expect(textOf(chunks)).toBe(answer)
    expect(sizes(chunks)).not.toContain(0)
    expect(chunks.length).toBeLessThanOrEqual(answer.split('\n\n').length)
  })
})

describe('toTransformStream: two streams at once', () => {
  it('do not mix', async () => {
    const bodies = ['one ', 'two '].map((word) => message(text(0, word.repeat(30)) + text(1, word)))
    const outputs = bodies.map((body) => {
      const chunks = body.match(/[\s\S]{1,37}/g) ?? []
      return drained(watchedSource(chunks).stream.pipeThrough(normalize({ protocol: 'messages' })))
    })
    expect((await Promise.all(outputs)).map(textOf)).toEqual(bodies)
  })
})

describe('toTransformStream: its type', () => {
  it('is accepted by pipeThrough, of streams and of responses', async () => {
    const source: ReadableStream<Uint8Array> = watchedSource([answer]).stream
    const output: ReadableStream<Uint8Array> = source.pipeThrough(normalize({ protocol: 'messages' }))
    const body = new Response(answer).body
    const wrapped = new Response(body?.pipeThrough(normalize({ protocol: 'messages' })) ?? null)
    expect(textOf(await drained(output))).toBe(answer)
    expect(await wrapped.text()).toBe(answer)
  })
})

function* endless(first: Uint8Array, rest: Uint8Array): Generator<Uint8Array> {
  yield first
  for (;;) yield rest
}

function remaining<Chunk>(reader: ReadableStreamDefaultReader<Chunk>): ReadableStream<Chunk> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
  })
}
