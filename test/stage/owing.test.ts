import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPipeline, iterate, normalize, type Report } from '../../src/index.js'
import {
  begin,
  comment,
  completed,
  type Frames,
  failed,
  frame,
  framesOf,
  nested,
  openMessage,
  textOf,
} from '../responses/stream.js'
import { type SourceEnding, textOf as textOfChunks, watchedSource } from './streams.js'

// D-47: an error has gone out, and the socket is held open without the `response.failed` that it owes. The clock is vitest's.

interface Run {
  readonly text: string
  readonly over: boolean
  readonly reports: readonly Report[]
  readonly cancelled: readonly unknown[]
}

interface Source {
  readonly stream: ReadableStream<Uint8Array>
  readonly cancelled: readonly unknown[]
}

type Shell = (source: Source) => Promise<{ look: () => Run }>

const pair: Shell = async (source) => {
  const reports: Report[] = []
  const onEnd = (report: Report) => void reports.push(report)
  const reader = source.stream.pipeThrough(normalize({ protocol: 'responses', onEnd })).getReader()
  const chunks: Uint8Array[] = []
  let over = false
  const read = async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      chunks.push(value)
    }
    over = true
  }
  void read()
  return { look: () => ({ text: textOfChunks(chunks), over, reports, cancelled: source.cancelled }) }
}

const iteration: Shell = async (source) => {
  const reports: Report[] = []
  const stage = createPipeline({ protocol: 'responses', onEnd: (report) => void reports.push(report) })
  const chunks: Uint8Array[] = []
  let over = false
  const read = async () => {
    for await (const chunk of iterate(source.stream, stage)) chunks.push(chunk)
    over = true
  }
  void read()
  return { look: () => ({ text: textOfChunks(chunks), over, reports, cancelled: source.cancelled }) }
}

const from = (upstream: Frames, ending: SourceEnding) => watchedSource(framesOf(upstream), ending)

/** Sends these frames and then, for ever, a comment each 300 milliseconds. */
function commenting(upstream: Frames): Source {
  const chunks = framesOf(upstream)
  const cancelled: unknown[] = []
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const [next] = chunks.splice(0, 1)
        if (next === undefined) await new Promise((resolve) => setTimeout(resolve, 300))
        controller.enqueue(new TextEncoder().encode(next ?? textOf(comment())))
      },
      cancel: (reason) => void cancelled.push(reason),
    },
    { highWaterMark: 0 },
  )
  return { stream, cancelled }
}

const upstream = [begin(), openMessage(0, 'Hi'), nested()]

describe.each([
  ['a stream pair', pair],
  ['an iteration', iteration],
] as const)('%s whose upstream owes a response.failed', (_, shell) => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('waits a second for it, and then sends its own and lets the source go', async () => {
    const { look } = await shell(from(upstream, 'stay open'))
    await vi.advanceTimersByTimeAsync(999)
    expect(look()).toMatchObject({ text: textOf(upstream), over: false, reports: [], cancelled: [] })
    await vi.advanceTimersByTimeAsync(1)
    await vi.advanceTimersByTimeAsync(0)
    const { text, over, reports, cancelled } = look()
    expect(over).toBe(true)
    expect(text.startsWith(textOf(upstream))).toBe(true)
    expect(text.slice(textOf(upstream).length)).toMatch(/^event: response\.failed\n.*"message":"Down".*\n\n$/)
    expect(reports.map(({ endState }) => endState)).toEqual(['upstream-error'])
    expect(reports[0]?.defects.map(({ code }) => code)).toEqual(['responses/failed-missing'])
    expect(cancelled).toHaveLength(1)
  })

  it('waits no longer where it comes, and sends it by its bytes', async () => {
    const { look } = await shell(from([upstream, failed()], 'stay open'))
    await vi.advanceTimersByTimeAsync(0)
    expect(look()).toMatchObject({ text: textOf(upstream, failed()), over: true })
    expect(look().reports.map(({ endState, defects }) => [endState, defects])).toEqual([['upstream-error', []]])
  })

  it('waits no longer where anything else comes, or the body ends', async () => {
    for (const [more, ending] of [
      [frame({ type: 'keepalive' }), 'stay open'],
      [completed([]), 'stay open'],
      [[], 'close'],
      [[], { fail: new Error('reset') }],
    ] as const) {
      const { look } = await shell(from([upstream, more], ending))
      await vi.advanceTimersByTimeAsync(0)
      expect(look().over).toBe(true)
      expect(look().text).toMatch(/event: response\.failed\n.*\n\n$/)
    }
  })

  it('waits no longer for all the comments that come meanwhile', async () => {
    const { look } = await shell(commenting(upstream))
    await vi.advanceTimersByTimeAsync(999)
    expect(look()).toMatchObject({
      text: textOf(upstream, comment(), comment(), comment()),
      over: false,
      cancelled: [],
    })
    await vi.advanceTimersByTimeAsync(1)
    expect(look().over).toBe(true)
    expect(look().text).toMatch(/event: response\.failed\n.*\n\n$/)
    await vi.advanceTimersByTimeAsync(300)
    expect(look().cancelled).toHaveLength(1)
  })

  it('waits for nothing where nothing is owed', async () => {
    const { look } = await shell(from([begin(), openMessage(0, 'Hi')], 'stay open'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(look()).toMatchObject({ text: textOf(begin(), openMessage(0, 'Hi')), over: false, reports: [] })
  })
})
