/** The recordings of the vendors that define the protocol: what they show is valid, whatever the grammar says. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytes, wire } from './chat-streams.js'
import { judge } from './index.js'
import { isObject, type JsonObject } from './verdict.js'

const CORPUS = new URL('../../../shared/corpus/', import.meta.url)

interface Artefact {
  readonly rules: readonly string[]
  readonly because: string
}

/** Files that carry a vendor's name but break a rule, each with the reason why it proves nothing about the vendor. */
const NOT_THE_VENDORS: Readonly<Record<string, Artefact>> = {
  'ENTERPILOT-GoModel__contract-golden-openai-chat-completion-stream.golden-chunks': {
    rules: ['CH-14'],
    because: 'a list of parsed chunks, so that the end was not kept',
  },
  'ENTERPILOT-GoModel__contract-openai-chat-completion-stream': {
    rules: ['W-4'],
    because: 'a golden file, saved without its last blank line',
  },
  'braintrustdata-lingua__payloads-transforms-anthropic-to-chat-completions-anthropicMessageWithSystemMessage-streaming':
    {
      rules: ['CH-14'],
      because: 'a list of parsed chunks, so that the end was not kept',
    },
  'microsoft-semantic-kernel__otnet-src-Connectors-Connectors.AzureOpenAI.UnitTests-TestData-chat-completion-streaming-async-filter-response':
    {
      rules: ['W-4'],
      because: 'a test file of an SDK, saved without its last blank line',
    },
  'microsoft-semantic-kernel__ectors.AzureOpenAI.UnitTests-TestData-chat-completion-streaming-single-function-call-empty-assistance-response':
    {
      rules: ['W-4'],
      because: 'a test file of an SDK, saved without its last blank line',
    },
  'microsoft-semantic-kernel__onnectors.OpenAI.UnitTests-TestData-chat-completion-streaming-chatclient-multiple-function-calls-test-response':
    {
      rules: ['W-4', 'CH-3', 'CH-11', 'CH-4'],
      because: 'a test file of an SDK, written by hand: one chunk copied for each of four calls',
    },
  'microsoft-semantic-kernel__dotnet-src-Connectors-Connectors.OpenAI.UnitTests-TestData-chat-completion-streaming-test-response':
    {
      rules: ['W-4', 'CH-3'],
      because: 'a test file of an SDK, its first chunk taken out',
    },
  'microsoft-vscode-copilot-chat__src-lib-vscode-node-nesProvider.reply': {
    rules: ['W-4'],
    because: 'a test file, saved without its last blank line',
  },
  'olimorris-codecompanion.nvim__adapters-http-stubs-openai-streaming': {
    rules: ['CH-14'],
    because: 'a log of data lines only, so that the end was not kept',
  },
  'olimorris-codecompanion.nvim__adapters-http-stubs-openai-tools-no-params-streaming': {
    rules: ['CH-14', 'D-63'],
    because: 'such a log, out of which its authors took the arguments of one call to test a call without any',
  },
  'openai-php-client__Fixtures-Streams-ChatCompletionKeepAlive': {
    rules: ['CH-1', 'CH-4'],
    because: 'a test file of an SDK, about the events of other vendors; its model is none of OpenAI’s',
  },
  'openai-php-client__Fixtures-Streams-ChatCompletionPing': {
    rules: ['CH-1'],
    because: 'a test file of an SDK, about the events of other vendors; its model is none of OpenAI’s',
  },
  'stacklok-codegate__types-openai-streaming-messages': {
    rules: ['CH-3', 'CH-4'],
    because: 'edited by hand, its first and last chunks taken out',
  },
  'traceloop-openllmetry__opentelemetry-instrumentation-openai-traces-test-chat-test-chat-streaming-interactions-0-response-body-string':
    {
      rules: ['CH-3'],
      because: 'recorded behind a proxy of another make: created in milliseconds, usage with fields of DeepSeek',
    },
}

/** Chunks as a client's library wrote them down: every field of its classes is there, as null, and `[DONE]` is not. */
const DUMPS = 'chat/llamastack-llama-stack__'
const DUMP_RULES = ['CH-3', 'CH-9', 'CH-14']

const fileOf = (name: string): string => `chat/${name}.sse`

/** What the library must have read: the dump without the fields that are null in deltas, and with its end. */
function undumped(file: string): string {
  const chunks = readFileSync(new URL(file, CORPUS), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line): JsonObject => JSON.parse(line.slice(6)))
  return wire(chunks.map((chunk) => ({ ...chunk, choices: listOf(chunk['choices']).map(withoutNulls) })))
}

function withoutNulls(choice: unknown): unknown {
  if (!isObject(choice)) return choice
  return { ...choice, delta: JSON.parse(JSON.stringify(choice['delta']), (_, value) => value ?? undefined) }
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const rulesOf = (body: Uint8Array): string[] => [...new Set(judge('chat', body).violations.map(({ rule }) => rule))]

describe('the recordings of openai and azure', () => {
  if (!existsSync(new URL('chat/', CORPUS))) {
    it('are left out, because ../shared is not beside the project', () => {
      expect(existsSync(new URL('chat/', CORPUS))).toBe(false)
    })
    return
  }

  const recordings = readFileSync(new URL('index.jsonl', CORPUS), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): { file: string; protocol: string; producer: string } => JSON.parse(line))
    .filter(({ protocol, producer }) => protocol === 'chat' && ['openai', 'azure'].includes(producer))
    .map(({ file }) => file)
  const dumps = recordings.filter((file) => file.startsWith(DUMPS))

  it('are there', () => {
    expect(recordings.length).toBeGreaterThan(80)
    expect(dumps.length).toBeGreaterThan(20)
  })

  it('name every exception', () => {
    expect(
      Object.keys(NOT_THE_VENDORS)
        .map(fileOf)
        .filter((file) => !recordings.includes(file)),
    ).toEqual([])
  })

  for (const file of dumps) {
    it(`${file} breaks no rule but by what its dump added and left out`, () => {
      const broken = rulesOf(readFileSync(new URL(file, CORPUS)))
      expect(broken.filter((rule) => !DUMP_RULES.includes(rule))).toEqual([])
      expect(judge('chat', bytes(undumped(file)))).toMatchObject({ violations: [], newer: [], ending: 'success' })
    })
  }

  for (const file of recordings) {
    if (dumps.includes(file)) continue
    const exception = Object.entries(NOT_THE_VENDORS).find(([name]) => fileOf(name) === file)?.[1]
    const what =
      exception === undefined ? 'breaks no rule' : `breaks ${exception.rules.join(', ')}: ${exception.because}`
    it(`${file} ${what}`, () => {
      const body = readFileSync(new URL(file, CORPUS))
      const { newer, ending } = judge('chat', body)
      expect(rulesOf(body)).toEqual(exception?.rules ?? [])
      expect(newer).toEqual([])
      if (exception === undefined) expect(ending).toBe('success')
    })
  }
})
