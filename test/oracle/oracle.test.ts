import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judge } from './index.js'
import { LEGAL, RULE_CASES } from './messages-cases.js'
import {
  argue,
  bytesOf,
  close,
  delta,
  failure,
  frame,
  message,
  open,
  reason,
  say,
  sign,
  start,
  stop,
  text,
  textBlock,
  think,
  thinkingBlock,
  tool,
  toolBlock,
} from './streams.js'

const verdictOf = (stream: string) => judge('messages', bytesOf(stream))
const rulesOf = (stream: string) => verdictOf(stream).violations.map(({ rule, severity }) => `${rule} (${severity})`)

describe('the rules of /v1/messages', () => {
  for (const { rule, severity, when, breaks, unless, passes } of RULE_CASES) {
    it(`${rule} is broken (${severity}), and nothing else is, when ${when}`, () => {
      expect([...new Set(rulesOf(breaks))]).toEqual([`${rule} (${severity})`])
    })
    it(`${rule} is kept, and so is all else, when ${unless}`, () => {
      expect(rulesOf(passes)).toEqual([])
    })
  }

  for (const [name, stream] of LEGAL) {
    it(`finds nothing in a stream with ${name}`, () => {
      expect(verdictOf(stream)).toMatchObject({ violations: [], newer: [], ending: 'success' })
    })
  }

  it('names the frame of a violation, comment blocks counted', () => {
    const { violations } = verdictOf(`: hello\n\n${start()}${text(1)}${reason('end_turn')}${stop}`)
    expect(violations).toEqual([
      { rule: 'AN-5', severity: 'must', frame: 3, message: 'the block has index 1, its place is 0' },
    ])
  })
})

describe('what is newer than we are', () => {
  it('is listed and no violation', () => {
    const stream = message(
      frame({ type: 'message_ack' }) +
        frame({ type: 'content_block_note' }) +
        open(0, { type: 'voice' }) +
        delta(0, { type: 'voice_delta' }) +
        close(0),
      'tired',
    )
    expect(verdictOf(stream)).toMatchObject({
      violations: [],
      newer: ['event message_ack', 'event content_block_note', 'block voice', 'delta voice_delta', 'stop_reason tired'],
    })
  })

  it('does not include types that are names of inherited properties', () => {
    const stream = message(open(0, { type: 'constructor' }) + delta(0, { type: '__proto__' }) + close(0))
    expect(verdictOf(stream)).toMatchObject({ violations: [], newer: ['block constructor', 'delta __proto__'] })
  })
})

describe('the ending', () => {
  it('is the first terminal', () => {
    expect(verdictOf(message(text(0))).ending).toBe('success')
    expect(verdictOf(start() + failure + stop).ending).toBe('error')
    expect(verdictOf(message(text(0)) + failure).ending).toBe('success')
    expect(verdictOf(start() + text(0)).ending).toBe('none')
  })
})

describe('the content', () => {
  it('joins the deltas of each block', () => {
    const stream = message(
      open(0, thinkingBlock) +
        delta(0, think('one ')) +
        delta(0, think('two')) +
        delta(0, sign('sig')) +
        close(0) +
        open(1, textBlock) +
        delta(1, say('three ')) +
        delta(1, { type: 'citations_delta', citation: { n: 1 } }) +
        delta(1, say('four')) +
        close(1) +
        open(2, toolBlock) +
        delta(2, argue('{"a"')) +
        delta(2, argue(':1}')) +
        close(2),
      'tool_use',
    )
    const { content } = verdictOf(stream)
    expect(content).toMatchObject({
      text: 'three four',
      thinking: 'one two',
      refusal: '',
      tools: [{ id: 'toolu_a', name: 'look', arguments: '{"a":1}' }],
      errorMessage: undefined,
      errorType: undefined,
      stopReason: 'tool_use',
    })
    expect(content.blocks).toMatchObject([
      { type: 'thinking', thinking: 'one two', signature: 'sig', closed: true },
      { type: 'text', text: 'three four', citations: [{ n: 1 }], closed: true },
      { type: 'tool_use', arguments: '{"a":1}', start: toolBlock, closed: true },
    ])
  })

  it('takes the arguments of a call from its start where no fragment came', () => {
    const { tools } = verdictOf(message(tool(0, '', { input: { a: 1 }, caller: {} }), 'tool_use')).content
    expect(tools).toEqual([{ id: 'toolu_a', name: 'look', arguments: '{"a":1}' }])
  })

  it('leaves the arguments of a call without any empty', () => {
    expect(verdictOf(message(tool(0, ''), 'tool_use')).content.tools[0]?.arguments).toBe('')
  })

  it('holds what a prefilled message says', () => {
    const stream = start({ content: [{ ...toolBlock, input: { a: 1 } }], stop_reason: 'tool_use' }) + stop
    expect(verdictOf(stream)).toMatchObject({
      violations: [],
      ending: 'success',
      content: { stopReason: 'tool_use', tools: [{ id: 'toolu_a', name: 'look', arguments: '{"a":1}' }] },
    })
  })

  it('holds what the error says', () => {
    expect(verdictOf(failure).content).toMatchObject({ errorMessage: 'it broke', errorType: 'api_error' })
  })

  it('ends at the terminal', () => {
    expect(verdictOf(message(text(0)) + text(1, 'late')).content.text).toBe('hi')
  })

  it('is told even where blocks are wrong', () => {
    const { content } = verdictOf(start() + delta(0, say('a')) + text(7, 'b') + delta(7, say('c')) + stop)
    expect(content.text).toBe('abc')
  })

  it('is read from a body of a hundred thousand deltas and from deeply nested data', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const body = open(0, textBlock) + delta(0, say('x')).repeat(100_000) + close(0)
    const odd = `event: ping\ndata: {"type":"ping","x":${deep}}\n\n`
    const verdict = verdictOf(start() + odd + body + reason('end_turn') + stop)
    expect(verdict.violations).toEqual([])
    expect(verdict.content.text.length).toBe(100_000)
  })
})

const CORPUS = new URL('../../../shared/corpus/', import.meta.url)

/** Files that carry the vendor's name but break a MUST, each with the reason why it proves nothing about the vendor. */
const NOT_THE_VENDORS: Readonly<Record<string, { readonly rules: readonly string[]; readonly because: string }>> = {
  ...Object.fromEntries(
    ['basic', 'compaction', 'fallback', 'tool-use'].map((name) => [
      `messages/anthropics-anthropic-sdk-python__lib-streaming-${name}-response.sse`,
      { rules: ['W-4'], because: 'a test file of an SDK, saved without its last blank line' },
    ]),
  ),
  'messages/agentgateway-agentgateway__crates-llm-src-anthropic-stream-message-delta-usage.sse': {
    rules: ['2.1'],
    because: 'written by another server (its model is not the vendor’s), and without a stop_sequence',
  },
  'messages/stacklok-codegate__types-anthropic-streaming-messages-simple.sse': {
    rules: ['D-1'],
    because: 'edited by hand, the text in the start included',
  },
}

describe('the recordings of the vendor', () => {
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
    .filter(({ protocol, producer }) => protocol === 'messages' && producer === 'anthropic')

  it('are there', () => {
    expect(recordings.length).toBeGreaterThan(50)
  })

  it('name every exception', () => {
    const files = recordings.map(({ file }) => file)
    expect(Object.keys(NOT_THE_VENDORS).filter((file) => !files.includes(file))).toEqual([])
  })

  for (const { file } of recordings) {
    const exception = NOT_THE_VENDORS[file]
    const what =
      exception === undefined ? 'breaks no rule' : `breaks ${exception.rules.join(', ')}: ${exception.because}`
    it(`${file} ${what}`, () => {
      const { violations, newer } = judge('messages', readFileSync(new URL(file, CORPUS)))
      expect([...new Set(violations.map(({ rule }) => rule))]).toEqual(exception?.rules ?? [])
      expect(newer).toEqual([])
    })
  }
})
