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

type Shell = (upstream: Frames, ending: SourceEnding) => Promise<{ look: () => Run }>

const pair: Shell = async (upstream, ending) => {
  const reports: Report[] = []
  const source = watchedSource(framesOf(upstream), ending)
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

const iteration: Shell = async (upstream, ending) => {
  const reports: Report[] = []
  const source = watchedSource(framesOf(upstream), ending)
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
    const { look } = await shell(upstream, 'stay open')
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
    const { look } = await shell([upstream, failed()], 'stay open')
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
      const { look } = await shell([upstream, more], ending)
      await vi.advanceTimersByTimeAsync(0)
      expect(look().over).toBe(true)
      expect(look().text).toMatch(/event: response\.failed\n.*\n\n$/)
    }
  })

  it('waits a second behind a comment, too', async () => {
    const { look } = await shell([upstream, comment()], 'stay open')
    await vi.advanceTimersByTimeAsync(999)
    expect(look()).toMatchObject({ text: textOf(upstream, comment()), over: false })
    await vi.advanceTimersByTimeAsync(1)
    await vi.advanceTimersByTimeAsync(0)
    expect(look().over).toBe(true)
  })

  it('waits for nothing where nothing is owed', async () => {
    const { look } = await shell([begin(), openMessage(0, 'Hi')], 'stay open')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(look()).toMatchObject({ text: textOf(begin(), openMessage(0, 'Hi')), over: false, reports: [] })
  })
})
