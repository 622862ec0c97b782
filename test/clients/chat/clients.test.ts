import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Case } from '../cases.js'
import { describeTrials, prepareTrials } from '../trials.js'
import { tryClients } from '../verdict.js'
import { chatClients } from './suite.js'

// Two of the clients tell the console what they do not support.
beforeAll(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(console, 'log').mockImplementation(() => {})
})
afterAll(() => {
  vi.restoreAllMocks()
})

const trials = prepareTrials(chatClients)
const { own, beside, of, gateway } = trials
const all = [...own, ...(beside ?? [])]

describeTrials(trials)

describe('a stream that failed', () => {
  it('leaves no client silent', { timeout: 180_000 }, async () => {
    const found = await Promise.all(all.map(async (one) => ({ name: one.name, ...(await of(one)) })))
    const failed = found.filter(({ events }) => events.some(({ error }) => error !== undefined))
    expect(failed.length).toBeGreaterThan(50)
    const silent = failed.flatMap(({ name, verdicts }) =>
      verdicts.flatMap(({ client, after }) => (after.outcome.ended === 'error' ? [] : [`${name}: ${client.name}`])),
    )
    expect(silent).toEqual([])
  })
})

/** A stream cut behind each of its frames but the last; nothing is said of it but that it is no whole answer. */
function cuts(name: string): Case[] {
  const stream = readFileSync(new URL(`../../../fixtures/chat/${name}/upstream.sse`, import.meta.url), 'utf8')
  const frames = stream.split(/(?<=\n\n)/)
  const finish = frames.findIndex((frame) => /"finish_reason":"/.test(frame))
  const expected = { endings: ['error'] as const, text: '', thinking: '', tools: [] }
  return frames.slice(1, finish).map((_, at) => ({
    name: `${name}, cut behind frame ${at + 1}`,
    upstream: Buffer.from(frames.slice(0, at + 1).join('')),
    options: {},
    expected,
  }))
}

describe('a call whose arguments the model did not finish', () => {
  const streams = [
    'conformant-tool',
    'conformant-parallel-tools',
    'conformant-parallel-tools-interleaved',
    'conformant-text-then-tool',
    'tool-args-leading-braces',
    'tool-call-repeated-whole',
    'tool-index-shared',
    'tool-name-late-behind-arguments',
  ]

  it.each(streams.flatMap(cuts))('is run by no client: $name', async (one) => {
    const { verdicts } = await tryClients(chatClients, gateway(), one, 'after')
    for (const { client, after } of verdicts) {
      expect([client.name, after.outcome.ended]).toEqual([client.name, 'error'])
      expect(after.troubles.filter(({ kind }) => kind === 'unfinished-call')).toEqual([])
    }
  })
})
