import { describe, expect, it } from 'vitest'
import { chunkPerFrame, chunksOf } from '../bench/chunks.js'
import { answer, argumentOf, toolAnswer } from '../bench/events.js'
import { type BenchStream, broken, conformant, named, otherDamage, others } from '../bench/streams.js'
import { createPipeline } from '../src/index.js'
import { judge } from './oracle/index.js'

const events = 400

/** A body through the pipeline in chunks of the bench's making. */
function run(chunks: Iterable<Uint8Array>) {
  const pipeline = createPipeline({ protocol: 'messages' })
  const input: Uint8Array[] = []
  const output: Uint8Array[] = []
  const emit = (part: Uint8Array) => {
    output.push(part)
  }
  for (const chunk of chunks) {
    input.push(chunk)
    pipeline.push(chunk, emit)
  }
  pipeline.end('eof', emit)
  return { input: Buffer.concat(input), output: Buffer.concat(output), report: pipeline.report() }
}

const codesOf = (report: { defects: readonly { code: string }[] }) => report.defects.map(({ code }) => code).sort()

function expectConformant(chunks: Iterable<Uint8Array>): void {
  const { input, output, report } = run(chunks)
  expect(judge('messages', input).violations).toEqual([])
  expect(codesOf(report)).toEqual([])
  expect(report.endState).toBe('complete')
  expect(output.equals(input)).toBe(true)
}

describe('the streams of the bench', () => {
  const streams = [conformant, ...broken, ...others, ...otherDamage]

  it.each(streams.map((stream) => [stream.name, stream] as const))('%s: as many events as asked for', (_, stream) => {
    for (const count of [events, 1000]) expect([...stream.frames(count)]).toHaveLength(count)
  })

  it.each(streams.filter(({ codes }) => codes.length === 0).map((stream) => [stream.name, stream] as const))(
    '%s: conformant by the oracle and by the pipeline, and out comes what went in',
    (_, stream) => {
      for (const cut of [chunksOf, chunkPerFrame]) expectConformant(cut(stream.frames(events)))
    },
  )

  it.each(streams.filter(({ codes }) => codes.length > 0).map((stream) => [stream.name, stream] as const))(
    '%s: exactly the defects it is named for, and what comes out is valid',
    (_, stream: BenchStream) => {
      for (const cut of [chunksOf, chunkPerFrame]) {
        const { input, output, report } = run(cut(stream.frames(events)))
        expect(judge('messages', input).violations).not.toEqual([])
        expect(codesOf(report)).toEqual([...stream.codes].sort())
        expect(report.endState).toBe('complete')
        const verdict = judge('messages', output)
        expect(verdict.violations).toEqual([])
        expect(verdict.content.text + verdict.content.tools.map((tool) => tool.arguments).join('')).not.toBe('')
      }
    },
  )

  it('a broken stream comes out with the text of the conformant one, where it was made from it', () => {
    const textOf = (stream: BenchStream) => judge('messages', run(chunksOf(stream.frames(events))).output).content.text
    const [indexMinusOne, ...damaged] = broken
    // Without a start and a stop of its block it has two deltas more.
    expect(textOf(indexMinusOne!).startsWith(textOf(conformant))).toBe(true)
    for (const stream of damaged) expect(textOf(stream)).toBe(textOf(conformant))
  })

  it('the mixed stream holds blocks of every kind that the bench makes', () => {
    const types = [...answer(1000, ['thinking', 'accents', 'tool', 'text'], 60)].map((event) => {
      const block = event['content_block'] as { type: string } | undefined
      return block?.type
    })
    expect(new Set(types)).toEqual(new Set([undefined, 'text', 'thinking', 'tool_use']))
  })
})

describe('the tool arguments of the bench', () => {
  it('have the size they are asked for and are whole JSON', () => {
    for (const bytes of [64, 100 * 1024]) {
      expect(argumentOf(bytes)).toHaveLength(bytes)
      expect(() => JSON.parse(argumentOf(bytes))).not.toThrow()
    }
  })

  it.each([
    ['whole in one delta', 4096],
    ['in deltas of 16 bytes', 16],
  ])('%s: conformant, and the arguments come out once', (_, perDelta) => {
    const argument = argumentOf(4096)
    const frames = () => named(toolAnswer(argument, perDelta))
    for (const chunks of [chunksOf(frames()), chunksOf(frames(), 16), chunksOf(frames(), 1), chunkPerFrame(frames())]) {
      const all = [...chunks]
      expectConformant(all)
      expect(judge('messages', run(all).output).content.tools.map((tool) => tool.arguments)).toEqual([argument])
    }
  })
})

describe('the chunks of the bench', () => {
  it('are of the size that was asked for, but the last, and lose no byte', () => {
    const frames = [...conformant.frames(events)]
    for (const size of [1, 1000, 16 * 1024]) {
      const chunks = [...chunksOf(frames, size)]
      expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true)
      expect(Buffer.concat(chunks).toString()).toBe(frames.join(''))
    }
  })
})
