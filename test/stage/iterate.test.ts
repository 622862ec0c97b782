import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPipeline, iterate, type Report } from '../../src/index.js'
import { judge } from '../oracle/index.js'
import { bytesOf, delta, message, open, say, start, text, textBlock } from '../oracle/streams.js'
import { echo, settled, textOf, valuesSource, watchedSource } from './streams.js'

const answer = message(text(0, 'hello'))

/** Everything an iteration gives. */
async function all<Value>(iteration: AsyncIterable<Value>): Promise<Value[]> {
  const values: Value[] = []
  for await (const value of iteration) values.push(value)
  return values
}

/** An async generator that writes down how far it was driven and whether it was let go. */
function generated<Value>(values: readonly Value[], failure?: unknown) {
  const log = { taken: 0, closed: false }
  async function* generate(): AsyncGenerator<Value, void, undefined> {
    try {
      for (const value of values) {
        log.taken++
        yield value
      }
      if (failure !== undefined) throw failure
    } finally {
      log.closed = true
    }
  }
  return { log, source: generate() }
}

describe('iterate', () => {
  it('gives the outputs of streams and of generators alike', async () => {
    const expected = [1, 2, 3, 'ended: eof']
    expect(await all(iterate(valuesSource([1, 2, 3]).stream, echo<number>()))).toEqual(expected)
    expect(await all(iterate(generated([1, 2, 3]).source, echo<number>()))).toEqual(expected)
  })

  it('reads streams that browsers do not let one iterate over', async () => {
    const { stream, cancelled } = valuesSource([1, 2, 3])
    const bare = { getReader: () => stream.getReader() } as unknown as ReadableStream<number>
    expect(await all(iterate(bare, echo<number>()))).toEqual([1, 2, 3, 'ended: eof'])
    expect(cancelled).toEqual([])
  })

  it('takes nothing before it is asked, and one chunk for each time it is asked', async () => {
    const stage = echo<number>()
    const { log, source } = generated([1, 2, 3, 4])
    const iteration = iterate(source, stage)
    await settled()
    expect(log.taken).toBe(0)
    for (let asked = 1; asked <= 3; asked++) {
      expect((await iteration.next()).value).toBe(asked)
      await settled()
      expect([log.taken, stage.pushed.length]).toEqual([asked, asked])
    }
    await iteration.return()
    expect(log).toEqual({ taken: 3, closed: true })
    expect(stage.ends).toEqual(['cancel'])
  })

  it('cancels the source where the loop is left', async () => {
    const source = watchedSource([start(), delta(0, say('a')), delta(0, say('b'))], 'stay open')
    const reports: Report[] = []
    for await (const _ of iterate(
      source.stream,
      createPipeline({ protocol: 'messages', onEnd: (report) => reports.push(report) }),
    ))
      break
    await settled()
    expect(source.cancelled).toHaveLength(1)
    expect(reports).toMatchObject([{ endState: 'cancelled' }])
  })

  it('cancels the source where the body of the loop throws, and lets the error through', async () => {
    const { log, source } = generated([1, 2, 3])
    const stage = echo<number>()
    const loop = async () => {
      for await (const _ of iterate(source, stage)) throw new Error('of the loop')
    }
    await expect(loop()).rejects.toThrow('of the loop')
    expect(log).toEqual({ taken: 1, closed: true })
    expect(stage.ends).toEqual(['cancel'])
  })

  it('ends well where the source fails, in-band and behind everything that came', async () => {
    const sent = start() + open(0, textBlock) + delta(0, say('hi'))
    for (const source of [
      watchedSource([sent], { fail: new Error('reset') }).stream,
      generated([bytesOf(sent)], new Error('reset')).source,
    ]) {
      const reports: Report[] = []
      const pipeline = createPipeline({ protocol: 'messages', onEnd: (report) => reports.push(report) })
      const output = Buffer.concat(await all(iterate(source, pipeline)))
      expect(output.toString().startsWith(sent)).toBe(true)
      expect(judge('messages', output)).toMatchObject({ violations: [], ending: 'error', content: { text: 'hi' } })
      expect(reports).toMatchObject([{ endState: 'truncated', endReason: 'reset' }])
    }
  })

  it('throws what a callback of the caller throws, and lets go of the source', async () => {
    const mistake = new Error('a mistake in onDefect')
    const { log, source } = generated([bytesOf(' data: {}\n\n'), bytesOf(answer)])
    const pipeline = createPipeline({
      protocol: 'messages',
      onDefect: () => {
        throw mistake
      },
    })
    await expect(all(iterate(source, pipeline))).rejects.toBe(mistake)
    expect(log).toEqual({ taken: 1, closed: true })
  })

  it('does not mix two iterations', async () => {
    const bodies = ['one ', 'two '].map((word) => message(text(0, word.repeat(20)) + text(1, word)))
    const outputs = bodies.map((body) => {
      const chunks = (body.match(/[\s\S]{1,41}/g) ?? []).map(bytesOf)
      return all(iterate(generated(chunks).source, createPipeline({ protocol: 'messages' })))
    })
    expect((await Promise.all(outputs)).map(textOf)).toEqual(bodies)
  })
})

describe('iterate: the terminal has come', () => {
  afterEach(() => {
    vi.useRealTimers()
  })
  const stopTheClock = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })

  it('is over at once although a stream stays open, and lets go of it after one second', async () => {
    stopTheClock()
    const source = watchedSource([answer], 'stay open')
    expect(textOf(await all(iterate(source.stream, createPipeline({ protocol: 'messages' }))))).toBe(answer)
    await vi.advanceTimersByTimeAsync(999)
    expect(source.cancelled).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    await settled()
    expect(source.cancelled).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('takes at most 64 KiB more and then lets go of the source', async () => {
    stopTheClock()
    const rest = Array.from({ length: 1000 }, () => new Uint8Array(1024).fill(0x3a))
    const { log, source } = generated([bytesOf(answer), ...rest])
    expect(textOf(await all(iterate(source, createPipeline({ protocol: 'messages' }))))).toBe(answer)
    await settled()
    expect(log.closed).toBe(true)
    expect(log.taken).toBeGreaterThanOrEqual(65)
    expect(log.taken).toBeLessThanOrEqual(67)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leaves no timer and hears nothing where the source ends or fails by itself', async () => {
    stopTheClock()
    for (const failure of [undefined, new Error('late')]) {
      const { log, source } = generated([bytesOf(answer), bytesOf(': bye\n\n')], failure)
      expect(textOf(await all(iterate(source, createPipeline({ protocol: 'messages' }))))).toBe(answer)
      await settled()
      expect(log).toEqual({ taken: 2, closed: true })
      expect(vi.getTimerCount()).toBe(0)
    }
  })
})

describe('iterate: behind the terminal', () => {
  it('takes the beginning of a frame that it stopped in for no defect of the stream (D-4)', async () => {
    const reports: Report[] = []
    const stage = createPipeline({ protocol: 'messages', onEnd: (report) => reports.push(report) })
    const { stream } = watchedSource([`${answer}data: {"ty`, 'pe":"ping"}\n\n'])
    expect(textOf(await all(iterate(stream, stage)))).toBe(answer)
    expect(reports.map(({ endState, defects }) => [endState, defects])).toEqual([['complete', []]])
  })
})
