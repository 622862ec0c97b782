import { afterEach, describe, expect, it, vi } from 'vitest'
import { check, type NormalizeOptions, type Report } from '../../src/index.js'
import { normalizeBytes } from '../normalize-bytes.js'
import { bytesOf, delta, ended, message, open, say, start, text, textBlock } from '../oracle/streams.js'
import { settled, watchedSource } from './streams.js'

const broken = start() + delta(-1, say('hello')) + ended()
const messages = { protocol: 'messages' } as const

async function* generated(chunks: readonly string[], failure?: unknown): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield bytesOf(chunk)
  if (failure !== undefined) throw failure
}

describe('check', () => {
  afterEach(() => {
    vi.useRealTimers()
  })
  const halves = [broken.slice(0, 200), broken.slice(200)]
  it.each([
    ['bytes', () => bytesOf(broken)],
    ['text', () => broken],
    ['a stream', () => watchedSource(halves).stream],
    ['anything that iterates over bytes', () => generated(halves)],
  ] as const)('reads %s and reports what normalising would repair', async (_, input) => {
    const report = await check(input(), messages)
    const { report: normalised } = normalizeBytes(bytesOf(broken))
    expect(report.defects.map(({ code }) => code)).toContain('messages/block-delta-without-start')
    expect({ ...report, bytes: report.bytes.in }).toEqual({ ...normalised, bytes: normalised.bytes.in })
  })

  it('finds nothing in a conformant stream', async () => {
    expect(await check(message(text(0)), messages)).toMatchObject({
      endState: 'complete',
      endReason: 'eof',
      defects: [],
    })
  })

  it('is not rejected where the source fails, and says why the input was over', async () => {
    const chunks = [start(), open(0, textBlock) + delta(0, say('hi'))]
    for (const input of [
      watchedSource(chunks, { fail: new Error('reset') }).stream,
      generated(chunks, new Error('reset')),
    ]) {
      expect(await check(input, messages)).toMatchObject({
        endState: 'truncated',
        endReason: 'reset',
        defects: [{ code: 'messages/truncated-stream' }],
      })
    }
  })

  it('is rejected where a callback of the caller throws, whatever the input', async () => {
    const mistake = new Error('a mistake in onDefect')
    const options: NormalizeOptions = {
      protocol: 'messages',
      onDefect: () => {
        throw mistake
      },
    }
    for (const input of [broken, bytesOf(broken), watchedSource([broken]).stream, generated([broken])]) {
      await expect(check(input, options)).rejects.toBe(mistake)
    }
  })

  it('is rejected for a protocol that there is none of', async () => {
    await expect(check('', { protocol: 'nonsense' as 'messages' })).rejects.toThrow(TypeError)
    await expect(check('', {} as NormalizeOptions)).rejects.toThrow(TypeError)
  })

  it('lets go of the source where a callback of the caller throws', async () => {
    const mistake = new Error('a mistake in onDefect')
    const source = watchedSource([broken], 'stay open')
    const throws = () => {
      throw mistake
    }
    await expect(check(source.stream, { protocol: 'messages', onDefect: throws })).rejects.toBe(mistake)
    await settled()
    expect(source.cancelled).toHaveLength(1)
  })

  it('is settled although the source stays open behind the terminal, and lets go of it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const source = watchedSource([message(text(0))], 'stay open')
    const reports: Report[] = []
    void check(source.stream, messages).then((report) => reports.push(report))
    await settled()
    await vi.advanceTimersByTimeAsync(1000)
    await settled()
    expect(reports).toMatchObject([{ endState: 'complete', defects: [] }])
    expect(source.cancelled).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('lets go of a source that goes on behind a limit', async () => {
    const source = watchedSource(Array.from({ length: 5000 }, () => 'x'.repeat(1024)))
    const report = await check(source.stream, { protocol: 'messages', limits: { maxFrameBytes: 2048 } })
    expect(report).toMatchObject({ endState: 'limit', defects: [{ code: 'sse/limit-exceeded' }] })
    expect(source.taken()).toBeLessThan(1024 * 1024)
  })
})
