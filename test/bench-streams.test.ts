import { describe, expect, it } from 'vitest'
import { answer as chatAnswer } from '../bench/chat-events.js'
import { chunkPerFrame, chunksOf } from '../bench/chunks.js'
import { answer as messagesAnswer } from '../bench/messages-events.js'
import { answer as responsesAnswer } from '../bench/responses-events.js'
import { sets, streamsOf } from '../bench/sets.js'
import type { BenchProtocol, BenchStream } from '../bench/streams.js'
import { argumentOf, type BenchEvent } from '../bench/words.js'
import { createPipeline } from '../src/index.js'
import { judge } from './oracle/index.js'

const events = 400

/** A body through the pipeline in chunks of the bench's making. */
function run(protocol: BenchProtocol, chunks: Iterable<Uint8Array>) {
  const pipeline = createPipeline({ protocol })
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

function expectConformant(protocol: BenchProtocol, chunks: Iterable<Uint8Array>): void {
  const { input, output, report } = run(protocol, chunks)
  expect(judge(protocol, input).violations).toEqual([])
  expect(codesOf(report)).toEqual([])
  expect(report.endState).toBe('complete')
  expect(output.equals(input)).toBe(true)
}

describe.each(sets.map((set) => [set.protocol, set] as const))('the streams of the bench for %s', (protocol, set) => {
  const streams = streamsOf(set)

  it.each(streams.map((stream) => [stream.name, stream] as const))('%s: as many events as asked for', (_, stream) => {
    for (const count of [events, 1000]) expect([...stream.frames(count)]).toHaveLength(count)
  })

  it.each(streams.filter(({ codes }) => codes.length === 0).map((stream) => [stream.name, stream] as const))(
    '%s: conformant by the oracle and by the pipeline, and out comes what went in',
    (_, stream) => {
      for (const cut of [chunksOf, chunkPerFrame]) expectConformant(protocol, cut(stream.frames(events)))
    },
  )

  it.each(streams.filter(({ codes }) => codes.length > 0).map((stream) => [stream.name, stream] as const))(
    '%s: exactly the defects it is named for, and what comes out is valid',
    (_, stream: BenchStream) => {
      for (const cut of [chunksOf, chunkPerFrame]) {
        const { input, output, report } = run(protocol, cut(stream.frames(events)))
        expect(judge(protocol, input).violations).not.toEqual([])
        expect(codesOf(report)).toEqual([...stream.codes].sort())
        expect(report.endState).toBe('complete')
        const verdict = judge(protocol, output)
        expect(verdict.violations).toEqual([])
        expect(verdict.content.text + verdict.content.tools.map((tool) => tool.arguments).join('')).not.toBe('')
      }
    },
  )

  it('a broken stream comes out with the content of the conformant one, where it was made from it', () => {
    const contentOf = (stream: BenchStream) => {
      const { text, tools } = judge(protocol, run(protocol, chunksOf(stream.frames(events))).output).content
      return text + tools.map((tool) => tool.arguments).join('')
    }
    const [withoutFrame, ...damaged] = set.broken
    // Without the start and the stop of what it is in, its text may have some deltas more.
    expect(contentOf(withoutFrame!).startsWith(contentOf(withoutFrame!.of ?? set.conformant))).toBe(true)
    for (const stream of damaged) expect(contentOf(stream)).toBe(contentOf(stream.of ?? set.conformant))
  })

  it.each([
    ['whole in one delta', 4096],
    ['in deltas of 16 bytes', 16],
  ])('a tool argument %s: conformant, and the arguments come out once', (_, perDelta) => {
    const argument = argumentOf(4096)
    const frames = () => set.toolFrames(argument, perDelta)
    for (const chunks of [chunksOf(frames()), chunksOf(frames(), 16), chunksOf(frames(), 1), chunkPerFrame(frames())]) {
      const all = [...chunks]
      expectConformant(protocol, all)
      const tools = judge(protocol, run(protocol, all).output).content.tools
      expect(tools.map((tool) => tool.arguments)).toEqual([argument])
    }
  })
})

describe('the mixed streams of the bench', () => {
  const typesIn = (all: Iterable<BenchEvent>, member: string) =>
    new Set(Array.from(all, (event) => (event[member] as { type: string } | undefined)?.type))

  it('messages: blocks of every kind that the bench makes', () => {
    const types = typesIn(messagesAnswer(1000, ['thinking', 'accents', 'tool', 'text'], 60), 'content_block')
    expect(types).toEqual(new Set([undefined, 'text', 'thinking', 'tool_use']))
  })

  it('responses: items of every kind that the bench makes', () => {
    const types = typesIn(responsesAnswer(1000, ['summary', 'accents', 'tool', 'text'], 60), 'item')
    expect(types).toEqual(new Set([undefined, 'message', 'reasoning', 'function_call']))
  })
})

describe('the mixed stream of the bench for chat', () => {
  it('has deltas of every kind that the bench makes', () => {
    const fields = new Set<string>()
    for (const { choices } of chatAnswer(1000, ['reasoning', 'accents', 'text', 'tool'], 60)) {
      for (const { delta } of choices as { delta: object }[]) for (const field of Object.keys(delta)) fields.add(field)
    }
    expect(fields).toEqual(new Set(['role', 'content', 'reasoning_content', 'tool_calls']))
  })
})

describe('the tool arguments of the bench', () => {
  it('have the size they are asked for and are whole JSON', () => {
    for (const bytes of [64, 100 * 1024]) {
      expect(argumentOf(bytes)).toHaveLength(bytes)
      expect(() => JSON.parse(argumentOf(bytes))).not.toThrow()
    }
  })
})

describe('the chunks of the bench', () => {
  it('are of the size that was asked for, but the last, and lose no byte', () => {
    const frames = [...sets.flatMap(({ conformant }) => [...conformant.frames(events)])]
    for (const size of [1, 1000, 16 * 1024]) {
      const chunks = [...chunksOf(frames, size)]
      expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true)
      expect(Buffer.concat(chunks).toString()).toBe(frames.join(''))
    }
  })
})
