import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkIdempotence, checkRun } from './laws/checks.js'
import { messages } from './laws/messages-protocol.js'
import { sameArguments } from './laws/reading.js'
import { assertSameBytes, run } from './laws/run.js'
import { readEventStream } from './oracle/index.js'

// Recordings and the catalogue's streams stay where they are: they are read from a folder beside the project when it is there.
const shared = new URL('../../shared/', import.meta.url)
const fixtures = new URL('defects/fixtures/', shared)
const corpus = new URL('corpus/', shared)

/** What the catalogue says must come out. */
interface Expected {
  readonly endings: readonly string[]
  readonly text?: string
  readonly thinking?: string
  readonly tools?: readonly { readonly name: string; readonly arguments: string }[]
  readonly errorMessage?: string
}

/** Content that the decisions give otherwise than the catalogue's file. */
const overruled: Readonly<Record<string, Partial<Expected>>> = {
  // D-31: white-space-only text addressed to a tool block is dropped.
  'delta-type-mismatch-text-in-tool.sse': { text: '' },
}

/** Compressed bodies are unpacked where the Content-Encoding is known: in the fetch shell, which is not built yet. */
const ofTheFetchShell = ['gzip-labelled.sse', 'gzip-unlabelled.sse']

describe.runIf(existsSync(fixtures))('the catalogue of defects in ../shared', () => {
  if (!existsSync(fixtures)) return
  const all = JSON.parse(readFileSync(new URL('expected.json', fixtures), 'utf8')) as Record<string, Expected>
  const names = readdirSync(new URL('messages/', fixtures)).filter((name) => name.endsWith('.sse'))

  it('has an expectation for every stream, and a stream for every expectation', () => {
    const expected = Object.keys(all).filter((key) => key.startsWith('messages/'))
    expect(names.map((name) => `messages/${name}`).sort()).toEqual(expected.sort())
  })

  it(`leaves the compressed bodies ${ofTheFetchShell.join(' and ')} to the fetch shell, which is not built yet`, () => {
    for (const name of ofTheFetchShell) expect([...read(fixtures, name).subarray(0, 2)]).toEqual([0x1f, 0x8b])
  })

  for (const name of names.filter((name) => !ofTheFetchShell.includes(name))) {
    const bytes = read(fixtures, name)
    const expected = { ...all[`messages/${name}`], ...overruled[name] }

    it(`${name} comes out as the catalogue says`, () => {
      const { ending, content } = checkRun(messages, run(messages, bytes))
      expect(expected.endings).toContain(ending)
      expect(content.text).toBe(expected.text ?? '')
      expect(content.thinking).toBe(expected.thinking ?? '')
      const tools = content.tools.map((tool) => ({ name: tool.name, arguments: sameArguments(tool.arguments) }))
      const wanted = (expected.tools ?? []).map((tool) => ({ ...tool, arguments: sameArguments(tool.arguments) }))
      expect(tools).toEqual(wanted)
      if (expected.errorMessage !== undefined) expect(content.errorMessage).toContain(expected.errorMessage)
    })

    it(`${name} cut anywhere comes out valid, stays as it is, and is no success unless it is a whole answer`, () => {
      for (const end of prefixEnds(bytes)) {
        const prefix = bytes.subarray(0, end)
        const { ending } = checkRun(messages, run(messages, prefix))
        checkIdempotence(messages, prefix)
        if (ending === 'success') expect(evidenceIn(prefix), `cut at byte ${end}`).toBe(true)
      }
    })
  }
})

/** Defects that streams of the vendor itself may show, and why they are no mistake of ours. */
const argued: Readonly<Record<string, string>> = {
  'sse/no-final-blank-line': 'the recorder stripped the blank line behind the last frame; a client that follows the standard loses it',
}

describe.runIf(existsSync(corpus))('recordings of the vendor in ../shared', () => {
  if (!existsSync(corpus)) return
  const lines = readFileSync(new URL('index.jsonl', corpus), 'utf8').trim().split('\n')
  const recordings = lines
    .map((line) => JSON.parse(line) as { file: string; protocol: string; producer: string })
    .filter(({ protocol }) => protocol === 'messages')

  it('are there', () => expect(recordings.filter(({ producer }) => producer === 'anthropic')).toHaveLength(78))

  for (const { file, producer } of recordings) {
    const whose = producer === 'anthropic' ? 'has no defect that is not argued, and' : `(${producer}), where it has no defect,`
    it(`${file} ${whose} passes byte for byte`, () => {
      const bytes = new Uint8Array(readFileSync(new URL(file, corpus)))
      const result = run(messages, bytes)
      checkRun(messages, result)
      checkIdempotence(messages, bytes)
      const codes = [...new Set(result.defects.map(({ code }) => code))]
      if (producer === 'anthropic') expect(codes.filter((code) => !(code in argued))).toEqual([])
      if (codes.length === 0) assertSameBytes(result.output, bytes.subarray(0, terminalEnd(bytes)), file)
    })
  }
})

describe.skipIf(existsSync(shared))('without ../shared', () => {
  it('the catalogue and the recordings are not run: the folder ../shared is absent', () => {
    expect(existsSync(shared)).toBe(false)
  })
})

function read(folder: URL, name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`messages/${name}`, folder)))
}

/** Every frame end, and 50 random bytes that are the same in every run. */
function prefixEnds(bytes: Uint8Array): number[] {
  const frameEnds = readEventStream(bytes).frames.map(({ end }) => end)
  const random = fc.sample(fc.integer({ min: 0, max: bytes.length }), { numRuns: 50, seed: 3 })
  return [...new Set([0, ...frameEnds, ...random])]
}

/** Whether a prefix shows an ending at all: a stop reason or a message_stop, by a search that parses nothing. */
function evidenceIn(prefix: Uint8Array): boolean {
  const text = Buffer.from(prefix).toString('utf8')
  return /"stop_reason" ?: ?"|message_stop/.test(text)
}

/** Behind the frame of the terminal: what follows it does not come out (D-4). */
function terminalEnd(bytes: Uint8Array): number {
  const terminal = readEventStream(bytes).frames.find(({ event }) => event === 'message_stop' || event === 'error')
  return terminal?.end ?? bytes.length
}
