/** The recordings of the vendors that define the protocol: what they show is valid, whatever the grammar says. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judge } from './index.js'

const CORPUS = new URL('../../../shared/corpus/', import.meta.url)

interface Artefact {
  readonly rules: readonly string[]
  readonly because: string
}

/** Files that carry a vendor's name but break a rule, each with the reason why it proves nothing about the vendor. */
const NOT_THE_VENDORS: Readonly<Record<string, Artefact>> = {
  'ENTERPILOT-GoModel__contract-openai-responses-stream': {
    rules: ['W-4'],
    because: 'a golden file, saved without its last blank line',
  },
  'agentgateway-agentgateway__crates-llm-src-responses-stream-refusal': {
    rules: ['3.2', 'RE-2', 'RE-7', 'RE-6', 'RE-14'],
    because: 'a test input of another project, its ids and its parts taken out',
  },
  'olimorris-codecompanion.nvim__adapters-http-stubs-openai-responses-compaction-streaming': {
    rules: ['RE-21', 'RE-2'],
    because: 'a log of data lines only, and without the second event',
  },
  'olimorris-codecompanion.nvim__adapters-http-stubs-openai-responses-streaming': {
    rules: ['RE-21'],
    because: 'a log of data lines only',
  },
  'openai-php-client__Fixtures-Streams-ResponseCompletionCreate': {
    rules: ['RE-21', 'W-8'],
    because: 'a test file of an SDK that keeps data lines only, with a keepalive moved behind its end',
  },
  'openai-php-client__Fixtures-Streams-ResponseCreatedResponse': {
    rules: ['W-4', 'RE-21', 'RE-16'],
    because: 'a test file of an SDK that holds one event',
  },
  'openai-php-client__Fixtures-Streams-ResponseImageGenerationCreate': {
    rules: ['W-4', 'RE-7', 'RE-14'],
    because: 'a test file of an SDK, its ids replaced so that two items share one',
  },
  'openai-php-client__Fixtures-Streams-ResponseReasoningTextDelta': {
    rules: ['W-4', 'RE-21', 'RE-1', 'RE-4', 'RE-16'],
    because: 'a test file of an SDK that holds one event',
  },
  'prism-php-prism__Fixtures-openai-stream-unknown-error-responses-1': {
    rules: ['RE-18'],
    because: 'a recording whose error was rewritten by hand, and lost its type',
  },
  'vercel-ai__openai-src-responses-openai-phase.1.chunks': {
    rules: ['RE-5'],
    because: 'trimmed by its authors, a whole item included',
  },
}

const fileOf = (name: string): string => `responses/${name}.sse`

describe('the recordings of openai and azure', () => {
  if (!existsSync(CORPUS)) {
    it('are left out, because ../shared is not beside the project', () => {
      expect(existsSync(CORPUS)).toBe(false)
    })
    return
  }

  const recordings = readFileSync(new URL('index.jsonl', CORPUS), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): { file: string; protocol: string; producer: string } => JSON.parse(line))
    .filter(({ protocol, producer }) => protocol === 'responses' && ['openai', 'azure'].includes(producer))

  it('are there', () => {
    expect(recordings.length).toBeGreaterThan(100)
  })

  it('name every exception', () => {
    const files = recordings.map(({ file }) => file)
    expect(
      Object.keys(NOT_THE_VENDORS)
        .map(fileOf)
        .filter((file) => !files.includes(file)),
    ).toEqual([])
  })

  for (const { file } of recordings) {
    const exception = Object.entries(NOT_THE_VENDORS).find(([name]) => fileOf(name) === file)?.[1]
    const what =
      exception === undefined ? 'breaks no rule' : `breaks ${exception.rules.join(', ')}: ${exception.because}`
    it(`${file} ${what}`, () => {
      const { violations, newer, ending } = judge('responses', readFileSync(new URL(file, CORPUS)))
      expect([...new Set(violations.map(({ rule }) => rule))]).toEqual(exception?.rules ?? [])
      expect(newer).toEqual([])
      if (exception === undefined) expect(ending).not.toBe('none')
    })
  }
})
