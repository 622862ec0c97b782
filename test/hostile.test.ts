import { describe, expect, it } from 'vitest'
import { createPipeline, type EndReason, type Limits, type Report } from '../src/index.js'
import { type JudgedProtocol, judge, type Verdict } from './oracle/index.js'
import {
  argue,
  bytesOf,
  close,
  delta,
  ended,
  failure,
  frame,
  messageDelta,
  open,
  ping,
  reason,
  say,
  start,
  stop,
  text,
  textBlock,
  toolBlock,
  unnamed,
} from './oracle/streams.js'
import * as responses from './responses/stream.js'

interface Outcome {
  readonly output: string
  readonly report: Report
  readonly verdict: Verdict
}

/** Normalises what comes in the given chunks; a stage that has given up is pushed no more, as a shell does it. */
function outcome(
  chunks: Iterable<string | Uint8Array>,
  limits: Partial<Limits> = {},
  end: EndReason = 'eof',
  protocol: JudgedProtocol = 'messages',
): Outcome {
  const pipeline = createPipeline({ protocol, limits })
  const parts: Uint8Array[] = []
  const emit = (part: Uint8Array) => {
    parts.push(part)
  }
  for (const chunk of chunks) {
    pipeline.push(typeof chunk === 'string' ? bytesOf(chunk) : chunk, emit)
    if (pipeline.stopped !== undefined) break
  }
  pipeline.end(end, emit)
  const output = Buffer.concat(parts)
  return { output: output.toString(), report: pipeline.report(), verdict: judge(protocol, output) }
}

/** The stream ended in-band, in an error and validly, and nothing is left to say. */
function expectError({ verdict }: Outcome): void {
  expect(verdict.violations.filter(({ severity }) => severity === 'must')).toEqual([])
  expect(verdict.ending).toBe('error')
}

/** It did because a limit was hit, and the report says which (law 8). */
function expectLimit(result: Outcome, limit: keyof Limits): void {
  expectError(result)
  expect(result.report.endState).toBe('limit')
  const tally = result.report.defects.find(({ code }) => code === 'sse/limit-exceeded')
  expect(tally).toMatchObject({ count: 1, first: { action: 'ended', path: limit } })
}

/** It is a whole message, valid to the last rule. */
function expectSuccess({ verdict, report }: Outcome): void {
  expect(verdict).toMatchObject({ violations: [], ending: 'success' })
  expect(report.endState).toBe('complete')
}

const bytewise = (body: string): Uint8Array[] => {
  const bytes = bytesOf(body)
  return Array.from({ length: bytes.length }, (_, at) => bytes.subarray(at, at + 1))
}
const mebibyte = 1024 * 1024
const deep = 100_000
const nests = [
  ['arrays', '['.repeat(deep) + ']'.repeat(deep)],
  ['objects', `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`],
] as const
/** A tool call that has begun and is not whole, so that everything else has to wait (D-20). */
const cutTool = start() + open(0, toolBlock) + delta(0, argue('{"a":'))

describe('a line of one mebibyte, byte by byte', () => {
  it('comes out as it came where it is an event', () => {
    const body = start() + open(0, textBlock) + delta(0, say('x'.repeat(mebibyte))) + close(0) + ended()
    const result = outcome(bytewise(body))
    expect(result.output).toBe(body)
    expectSuccess(result)
    expect(result.report.defects).toEqual([])
  })

  it('ends in-band where it never ends', () => {
    const sent = start() + open(0, textBlock) + delta(0, say('hi'))
    const result = outcome(bytewise(`${sent}data: {"type":"${'x'.repeat(mebibyte)}`))
    expectError(result)
    expect(result.output.startsWith(sent)).toBe(true)
    expect(result.report.endState).toBe('truncated')
  })

  it('ends in-band where it is no line of an event stream', () => {
    const result = outcome(bytewise('<'.repeat(mebibyte)))
    expectError(result)
    expect(result.report.endState).toBe('not-a-stream')
  })
})

describe('a hundred thousand tiny frames', () => {
  const many = 100_000
  /** For the kinds that take the same way through the code as one of those does. */
  const some = 10_000
  it.each([
    ['of empty data', 'data:\n\n', 'sse/data-empty-or-null', many],
    ['of a keep-alive word', 'data: ping\n\n', 'sse/data-malformed-json', some],
    ['of an event line', 'event: x\n\n', 'sse/data-empty-or-null', many],
    ['of an empty object', 'data: {}\n\n', 'messages/unknown-event-type', many],
    ['in bare CR', 'data:\r\r', 'sse/data-empty-or-null', some],
  ])('%s inside a message cost one entry and a count', (_, tiny, code, count) => {
    const result = outcome([start() + tiny.repeat(count) + text(0) + ended()])
    expectSuccess(result)
    expect(result.output).toBe(start() + text(0) + ended())
    expect(result.report.defects.find((tally) => tally.code === code)?.count).toBe(count)
  })

  it.each([
    ['comments', ':\n\n', many],
    ['pings', ping, some],
    ['blank lines', '\n', many],
    ['ids', 'id:\n\n', some],
  ])('of %s pass', (_, tiny, count) => {
    const body = start() + tiny.repeat(count) + text(0) + ended()
    const result = outcome([body])
    expectSuccess(result)
    expect(result.output).toBe(body)
    expect(result.report.defects).toEqual([])
  })

  it('of deltas, glued, without names and at a wrong index come out whole', () => {
    const tiny = 'data: {"type":"content_block_delta","index":-1,"delta":{"type":"text_delta","text":"a"}}\n'
    const result = outcome([start() + tiny.repeat(many) + ended()])
    expectSuccess(result)
    expect(result.verdict.content.text).toBe('a'.repeat(many))
    expect(result.report.defects.length).toBeLessThan(10)
  })

  it('alone are no message', () => {
    for (const tiny of ['data:\n\n', ':\n\n', ping, '\n', '{}\n']) expectError(outcome([tiny.repeat(some)]))
  })
})

describe('JSON nested a hundred thousand deep', () => {
  for (const [what, nest] of nests) {
    it(`of ${what} passes where nothing changes in the event`, () => {
      const padded = `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hi"},"x":${nest}}\n\n`
      const body = start() + open(0, textBlock) + padded + close(0) + ended()
      const result = outcome([body])
      expect(result.output).toBe(body)
      expectSuccess(result)
      expect(result.report.defects).toEqual([])
    })

    it(`of ${what} is no obstacle where only an index or a name changes`, () => {
      const padded = `data: {"type":"content_block_delta","x":${nest},"index":4,"delta":{"type":"text_delta","text":"hi"}}\n\n`
      const result = outcome([start() + open(4, textBlock) + padded + close(4) + ended()])
      expectSuccess(result)
      expect(result.verdict.content.text).toBe('hi')
      expect(result.output).toContain(`"x":${nest},"index":0`)
    })

    const rewritten = {
      'an unknown field of a message_start without usage': `data: {"type":"message_start","message":{"id":"msg_a","x":${nest}}}\n\n`,
      'an unknown field of a delta without an index': `${start()}data: {"type":"content_block_delta","x":${nest},"delta":{"type":"text_delta","text":"hi"}}\n\n`,
      'the tool input of a start': `${start()}data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_a","name":"look","input":{"a":${nest}}}}\n\n${close(0)}${reason('tool_use')}`,
      'the arguments of a delta, as an object': `${start()}${open(0, toolBlock)}data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":${nest}}}\n\n${close(0)}`,
      'a block start without a type': `${start()}event: content_block_start\ndata: {"index":0,"content_block":{"type":"text","text":""},"x":${nest}}\n\n`,
      'a delta without a type': `${start()}${open(0, textBlock)}event: content_block_delta\ndata: {"index":0,"delta":{"type":"text_delta","text":"hi"},"x":${nest}}\n\n`,
      'a block stop without a type': `${start()}${open(0, textBlock)}event: content_block_stop\ndata: {"index":0,"x":${nest}}\n\n`,
      'a message_stop without a type': `${start()}${text(0)}${reason('end_turn')}event: message_stop\ndata: {"x":${nest}}\n\n`,
      'a ping without a type': `${start()}event: ping\ndata: {"x":${nest}}\n\n`,
      'a message_start without a type': `event: message_start\ndata: {"x":${nest},"message":{"id":"msg_a"}}\n\n`,
      'a message_delta without a type': `${start()}${text(0)}event: message_delta\ndata: {"delta":{"stop_reason":"end_turn","x":${nest}},"usage":{"output_tokens":1}}\n\n`,
      'a message_delta that the blocks contradict': `${start()}${text(0)}data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null,"x":${nest}},"usage":{"output_tokens":1}}\n\n`,
      'a message in one piece': `{"type":"message","id":"msg_a","role":"assistant","model":"m","content":[{"type":"tool_use","id":"toolu_a","name":"look","input":{"a":${nest}}}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}\n`,
      'a message_start that holds content': `data: {"type":"message_start","message":{"id":"msg_a","type":"message","role":"assistant","model":"m","content":[{"type":"x","y":${nest}}],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}}\n\n`,
      'a delta beside an empty error': `${start()}${open(0, textBlock)}data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hi"},"x":${nest},"error":null}\n\n`,
    }
    it.each(Object.entries(rewritten))(
      `of ${what} ends the stream where an event has to be written anew: %s`,
      (_, body) => {
        expectLimit(outcome([body + stop]), 'maxDepth')
      },
    )

    it(`of ${what} ends in the error where it stands in one`, () => {
      for (const error of [
        `{"error":${nest}}`,
        `{"type":"error","error":{"message":${nest}}}`,
        `{"detail":${nest}}`,
        `{"error":{"message":"no","x":${nest}}}`,
      ]) {
        expectError(outcome([start() + unnamed(error)]))
        expectError(outcome([`${error}\n`]))
      }
    })

    it(`of ${what} that never closes ends in-band, wherever it stands`, () => {
      const opened = nest.slice(0, nest.length / 3)
      for (const body of [
        opened,
        unnamed(opened),
        `data: ${opened}`,
        start() + unnamed(opened),
        `${start()}{"x":${opened}`,
      ]) {
        expectError(outcome([body]))
      }
    })

    it(`of ${what} is read in the arguments of a tool call, cut or whole`, () => {
      const whole = start() + open(0, toolBlock) + delta(0, argue(`{"a":${nest}}`)) + close(0) + ended('tool_use')
      expectSuccess(outcome([whole]))
      const cut =
        start() + open(0, toolBlock) + delta(0, argue(`{"a":${nest.slice(0, -9)}`)) + close(0) + ended('tool_use')
      expectError(outcome([cut]))
    })
  }

  it('is cut at the depth that the caller set', () => {
    const body = (depth: number) =>
      `${start()}data: {"type":"content_block_delta","x":${'['.repeat(depth)}${']'.repeat(depth)},"delta":{"type":"text_delta","text":"hi"}}\n\n`
    expectSuccess(outcome([body(3) + ended()], { maxDepth: 4 }))
    expectLimit(outcome([body(4) + ended()], { maxDepth: 4 }), 'maxDepth')
  })
})

describe('a frame without end', () => {
  const limits = { maxFrameBytes: 4096 }
  const kinds = {
    'one line of data': ['data: ', 'x'.repeat(64)],
    'many lines of data': ['data: {\n', 'data: "a":1,\n'],
    'many comments': [': a\n', ': still waiting\n'],
    'one comment': [':', ' waiting'],
    'an event line': ['event: ', 'message_start_'],
    'lines of no field': ['x\n', 'yyyy\n'],
    'bare JSON': ['{\n', '"a":1,\n'],
    'lines in CRLF': ['data: {\r\n', 'data: 1,\r\n'],
    'lines in CR': ['data: {\r', 'data: 1,\r'],
    'a line behind glued frames': ['data: {"a":1}\ndata: {"b":1}\ndata: ', '{"c":'],
  } as const

  it.each(Object.entries(kinds))('hits maxFrameBytes: %s', (_, [head, more]) => {
    for (const before of ['', start() + open(0, textBlock) + delta(0, say('hi'))]) {
      let taken = 0
      const feed = function* () {
        yield before + head
        for (; taken < 1000; taken++) yield more
      }
      const result = outcome(feed(), limits)
      expectLimit(result, 'maxFrameBytes')
      expect(result.verdict.content.text).toBe(before === '' ? '' : 'hi')
      // The stage gave up by itself, long before the source did.
      expect(taken).toBeLessThan(900)
      expect(outcome([before + head + more.repeat(1000)], limits).output).toBe(result.output)
    }
  })

  it('hits maxFrameBytes: a page of no event stream, its blank lines included', () => {
    expectLimit(outcome(['<html>\n', ...Array.from({ length: 1000 }, () => '\n<p>\n')], limits), 'maxFrameBytes')
    // Behind an event stream blank lines end such frames like any other, and nothing grows.
    const behind = outcome([start(), '<html>\n', ...Array.from({ length: 1000 }, () => '\n<p>\n')], limits)
    expectError(behind)
    expect(behind.report.endState).toBe('truncated')
  })

  it('leaves frames alone that are just small enough, the blank line not counted', () => {
    const body = message(1000)
    const size = Math.max(...body.split('\n\n').map((each) => bytesOf(each).length + 1))
    expect(outcome([body], { maxFrameBytes: size }).output).toBe(body)
    expectLimit(outcome([body], { maxFrameBytes: size - 1 }), 'maxFrameBytes')
  })

  function message(length: number): string {
    return start() + open(0, textBlock) + delta(0, say('é'.repeat(length))) + close(0) + ended()
  }
})

describe('a frame of twenty thousand lines', () => {
  const lines = {
    'empty data': 'data:\n',
    null: 'data: null\n',
    'keep-alive words': 'data: ping\n',
    'comments behind a prefix': 'data: : a\n',
    'comments behind a prefix, and null': 'data: : a\ndata: null\n',
    'two prefixes': 'data: data: {"a":1}\n',
    'the sentinel': 'data: [DONE]\n',
    'plain text': 'data: a\n',
    'objects, each with null behind it': 'data: {"a":1}\ndata: null\n',
    'two objects each': 'data: {"a":1}{"b":2}\n',
    'error fields': 'error: {}\n',
    'half an object each': 'data: {"a":\n',
    names: 'event: x\n',
    ids: 'id: 4\n',
  }
  it.each(Object.entries(lines))('of %s ends in-band', (_, line) => {
    expectError(outcome([`${start()}${line.repeat(20_000)}\n`]))
    expectError(outcome([`${line.repeat(20_000)}`]))
  })

  it('is read once, however long its lines and its blanks are', () => {
    const blanks = ' '.repeat(256 * 1024)
    for (const line of [
      `data: : ${blanks}a`,
      `data: ${blanks}a`,
      `data: ${blanks}`,
      `${blanks}data: a`,
      `event: ${blanks}a`,
      `: ${blanks}a`,
      `error: ${blanks}a`,
    ]) {
      expectError(outcome([`${start()}${line}\n\n`]))
    }
  })
})

describe('bytes that are no UTF-8', () => {
  const odd = Uint8Array.of(0xff, 0xfe, 0xc3, 0x28, 0xe2, 0x82, 0xf0, 0x9f, 0x92, 0xed, 0xa0, 0x80)
  const around = (before: string, after: string) => Buffer.concat([bytesOf(before), odd, bytesOf(after)])

  it('inside a text come out as they came', () => {
    const [before, after] = delta(0, say('#')).split('#')
    const body = Buffer.concat([
      bytesOf(start() + open(0, textBlock)),
      around(before ?? '', after ?? ''),
      bytesOf(close(0) + ended()),
    ])
    const pipeline = createPipeline({ protocol: 'messages' })
    const parts: Uint8Array[] = []
    pipeline.push(body, (part) => parts.push(part))
    pipeline.end('eof', (part) => parts.push(part))
    expect(Buffer.concat(parts).equals(body)).toBe(true)
    expect(pipeline.report()).toMatchObject({ endState: 'complete', defects: [] })
  })

  it.each([
    ['alone', around('', '')],
    ['in front', around('', start() + text(0) + ended())],
    ['as a field', Buffer.concat([bytesOf(start()), around('', ': x\n\n'), bytesOf(text(0))])],
    ['as data', Buffer.concat([bytesOf(start()), around('data: ', '\n\n'), bytesOf(text(0))])],
    ['inside the JSON', Buffer.concat([bytesOf(start()), around('data: {', '}\n\n'), bytesOf(text(0))])],
    [
      'at the end, in the middle of a character',
      Buffer.concat([bytesOf(start()), bytesOf('data: "'), odd.subarray(0, 8)]),
    ],
  ])('%s: the end is in-band and how the bytes were cut makes no difference', (_, body) => {
    const whole = outcome([body])
    expect(whole.verdict.violations.filter(({ severity }) => severity === 'must')).toEqual([])
    expect(whole.verdict.ending).not.toBe('none')
    expect(outcome(Array.from(body, (byte) => Uint8Array.of(byte)))).toEqual(whole)
  })
})

describe('ten thousand open blocks', () => {
  const many = 10_000
  const indices = Array.from({ length: many }, (_, index) => index)

  it('of tool calls without their arguments hit maxOpenBlocks', () => {
    const tools = indices.map(
      (index) => open(index, { ...toolBlock, id: `toolu_${index}` }) + delta(index, argue('{"a":')),
    )
    expectLimit(outcome([start() + tools.join('')]), 'maxOpenBlocks')
  })

  it('of tool calls without a name hit maxOpenBlocks', () => {
    const tools = indices.map((index) => open(index, { ...toolBlock, id: `toolu_${index}`, name: '' }))
    expectLimit(outcome([start() + tools.join('')]), 'maxOpenBlocks')
  })

  it('of tool calls without a name, at one index, end in-band', () => {
    const tools = indices.map((index) => open(0, { ...toolBlock, id: `toolu_${index}`, name: '' }))
    expectError(outcome([start() + tools.join('')]))
  })

  it('of texts without a stop are closed one by one', () => {
    const texts = indices.map((index) => open(index, textBlock) + delta(index, say('a')))
    const result = outcome([start() + texts.join('') + ended()])
    expectSuccess(result)
    expect(result.verdict.content.text).toBe('a'.repeat(many))
    expect(result.report.defects.map(({ code }) => code)).toEqual(['messages/block-stop-missing'])
  })

  it('of texts that were never started, at distinct indices, come out whole', () => {
    const result = outcome([start() + indices.map((index) => delta(index, say('a'))).join('') + ended()])
    expectSuccess(result)
    expect(result.verdict.content.text).toBe('a'.repeat(many))
  })

  it('of deltas that alternate between them come out whole', () => {
    const result = outcome([
      start() +
        open(0, textBlock) +
        open(1, textBlock) +
        indices.map((index) => delta(index % 2, say('a'))).join('') +
        ended(),
    ])
    expectSuccess(result)
    expect(result.verdict.content.text).toBe('a'.repeat(many))
  })

  it('are as many as the caller allows', () => {
    const tools = (count: number) =>
      indices
        .slice(0, count)
        .map((index) => open(index, { ...toolBlock, id: `toolu_${index}` }) + delta(index, argue('{"a":')))
    const done = (count: number) => indices.slice(0, count).map((index) => delta(index, argue('1}')) + close(index))
    const body = (count: number) => start() + tools(count).join('') + done(count).join('') + ended('tool_use')
    expectSuccess(outcome([body(3)], { maxOpenBlocks: 3 }))
    expectLimit(outcome([body(4)], { maxOpenBlocks: 3 }), 'maxOpenBlocks')
  })
})

describe('frames that wait without end', () => {
  const small = { maxFrameBytes: 10_000, maxHeldBytes: 10_000, maxHeldFrames: 100 }
  const waits = {
    'behind a message_delta': start() + text(0) + reason('end_turn'),
    'behind a block that waits for a tool call': cutTool + open(1, textBlock),
    'behind a message_start with content of its own': start({ content: [{ type: 'text', text: 'a' }] }),
  }

  for (const [where, before] of Object.entries(waits)) {
    it(`hit maxHeldFrames: pings ${where}`, () => {
      const result = outcome([before, ...Array.from({ length: 100 }, () => ping)], { maxHeldFrames: 50 })
      expectLimit(result, 'maxHeldFrames')
      expect(outcome([before + ping.repeat(100)], { maxHeldFrames: 50 }).output).toBe(result.output)
    })

    it(`hit maxHeldBytes: comments ${where}`, () => {
      const comment = `: ${'x'.repeat(100)}\n\n`
      const result = outcome([before, ...Array.from({ length: 100 }, () => comment)], { maxHeldBytes: 5000 })
      expectLimit(result, 'maxHeldBytes')
    })
  }

  it('hit the default of maxHeldFrames as well', () => {
    expectLimit(outcome([waits['behind a message_delta'], ping.repeat(100_002)]), 'maxHeldFrames')
  })

  it('are not what a ping is while nothing but a tool call is open', () => {
    const body = cutTool + ping.repeat(100) + delta(0, argue('1}')) + close(0) + ended('tool_use')
    expect(outcome([body], { maxHeldFrames: 1 }).output).toBe(body)
  })

  it('hit maxHeldBytes: the deltas of another block behind a tool call that is not whole', () => {
    const other = open(1, textBlock) + delta(1, say('x'.repeat(100))).repeat(100)
    expectLimit(outcome([cutTool + other], { maxHeldBytes: 5000 }), 'maxHeldBytes')
  })

  it('hit maxHeldBytes: the arguments of a tool call that has no name', () => {
    const unnamedTool = open(0, { ...toolBlock, name: '' }) + delta(0, argue('{"a":"'))
    const body = start() + unnamedTool + delta(0, argue('x'.repeat(100))).repeat(100)
    expectLimit(outcome([body], { maxHeldBytes: 5000 }), 'maxHeldBytes')
  })

  it('hit maxHeldFrames: the parts of a tool call that has no name', () => {
    const body = start() + open(0, { ...toolBlock, name: '' }) + delta(0, argue(' ')).repeat(100)
    expectLimit(outcome([body], { maxHeldFrames: 50 }), 'maxHeldFrames')
  })

  it('are let go of where the wait is over in time', () => {
    const result = outcome(
      [cutTool + open(1, textBlock) + ping.repeat(49) + delta(0, argue('1}')) + close(0) + ended('tool_use')],
      {
        maxHeldFrames: 50,
      },
    )
    expectSuccess(result)
    expect(result.output.split('event: ping').length - 1).toBe(49)
  })

  it('hit a limit: the pieces of JSON that is cut over frames without end', () => {
    let taken = 0
    const pieces = function* () {
      yield 'data: {"a":"\n\n'
      for (; taken < 1000; taken++) yield `data: ${'x'.repeat(100)}\n\n`
    }
    const result = outcome(pieces(), small)
    expectError(result)
    expect(result.report.endState).toBe('limit')
    expect(taken).toBeLessThan(900)
  })

  it('leave at once: comments behind a piece of JSON', () => {
    const comments = Array.from({ length: 1000 }, () => `: ${'x'.repeat(100)}\n\n`)
    const pipeline = createPipeline({ protocol: 'messages', limits: small })
    let left = 0
    for (const chunk of ['data: {"a":"\n\n', ...comments])
      pipeline.push(bytesOf(chunk), (part) => (left += part.length))
    expect(left).toBeGreaterThan(0)
    pipeline.end('eof', () => {})
    expect(['limit', 'truncated']).toContain(pipeline.report().endState)
  })
})

describe('what a stream does without end behind its terminal', () => {
  it('is counted and held nowhere', () => {
    for (const terminal of [text(0) + ended(), failure]) {
      const after = messageDelta({ stop_reason: 'max_tokens' }) + frame({ type: 'x' }) + open(1, toolBlock)
      const result = outcome([start() + terminal, ...Array.from({ length: 1000 }, () => after.repeat(20))])
      expect(result.output).toBe(start() + terminal)
      const tally = result.report.defects.find(({ code }) => code === 'messages/event-after-end')
      expect(tally?.count).toBe(60_000)
    }
  })
})

/** What one protocol brings to the hostile streams that both are put through. */
interface Side {
  readonly protocol: JudgedProtocol
  readonly begun: string
  /** The opening of a text, a delta of it, and what ends it and the answer. */
  readonly opened: string
  readonly said: (text: string) => string
  readonly closed: (text: string) => string
  /** A call that waits for its name, and more of its arguments. */
  readonly nameless: string
  readonly argued: string
  /** Items of which none is closed. */
  readonly crowd: (count: number) => string
  /** Events with something nested in them; each has to be written anew. */
  readonly rewritten: (nest: string) => Readonly<Record<string, string>>
}

const { textOf } = responses
const whole = (words: string) => [responses.messageItem(0, [words])]
const bare = (fields: string): string => `data: {${fields}}\n\n`

const both: readonly Side[] = [
  {
    protocol: 'messages',
    begun: start(),
    opened: open(0, textBlock),
    said: (words) => delta(0, say(words)),
    closed: () => close(0) + ended(),
    nameless: open(0, { ...toolBlock, name: '' }),
    argued: delta(0, argue('{"a":"x')),
    crowd: (count) =>
      Array.from({ length: count }, (_, at) => open(at, { ...toolBlock, id: `toolu_${at}`, name: '' })).join(''),
    rewritten: (nest) => ({
      'a delta without an index': bare(
        `"type":"content_block_delta","delta":{"type":"text_delta","text":"a"},"x":${nest}`,
      ),
    }),
  },
  {
    protocol: 'responses',
    begun: textOf(responses.begin()),
    opened: textOf(responses.openMessage(0)),
    said: (words) => responses.textDelta(0, words),
    closed: (words) => textOf(responses.closeMessage(0, words), responses.completed(whole(words))),
    nameless: responses.callAdded(0, { name: '' }),
    argued: responses.argsDelta(0, '{"a":"x'),
    crowd: (count) => Array.from({ length: count }, (_, at) => responses.messageAdded(at)).join(''),
    rewritten: (nest) => ({
      'a delta that is an object': bare(`"type":"response.output_text.delta","delta":{"text":"a"},"x":${nest}`),
      'an item without a status': bare(
        `"type":"response.output_item.added","output_index":1,"item":{"type":"message","id":"msg_1","x":${nest}}`,
      ),
      'a part without a text': bare(
        `"type":"response.content_part.added","item_id":"msg_0","output_index":0,"content_index":1,"part":{"type":"output_text","x":${nest}}`,
      ),
      'the arguments of a done, as an object': bare(
        `"type":"response.output_item.done","output_index":1,"item":{"type":"function_call","id":"fc_1","call_id":"c","name":"n","arguments":{"a":${nest}}}`,
      ),
      'a terminal without output': bare(
        `"type":"response.completed","response":{"id":"resp_1","status":"completed","metadata":{"x":${nest}}}`,
      ),
      'a failure without a code': bare(
        `"type":"response.failed","response":{"id":"resp_1","status":"failed","error":{"message":"no"},"metadata":{"x":${nest}}}`,
      ),
      'a delta beside an empty error': bare(`"type":"response.output_text.delta","delta":"a","error":null,"x":${nest}`),
    }),
  },
]

describe.each(both)('hostile streams of $protocol', (side) => {
  const { protocol, begun, opened, said, closed } = side
  const through = (chunks: Iterable<string | Uint8Array>, limits: Partial<Limits> = {}): Outcome =>
    outcome(chunks, limits, 'eof', protocol)

  it('a line of one mebibyte, byte by byte, comes out as it came', () => {
    const words = 'x'.repeat(mebibyte / 4)
    const body = begun + opened + said(words) + closed(words)
    const result = through(bytewise(body))
    expect(result.output).toBe(body)
    expectSuccess(result)
    expect(result.report.defects).toEqual([])
  })

  it.each([
    ['of empty data', 'data:\n\n'],
    ['of a keep-alive word', 'data: ping\n\n'],
    ['of an empty object', 'data: {}\n\n'],
    ['of a comment', ':\n\n'],
    ['of blank lines', '\n'],
  ])('ten thousand frames %s cost one entry at most', (_, tiny) => {
    const result = through([begun + opened + tiny.repeat(10_000) + said('a') + closed('a')])
    expectSuccess(result)
    expect(result.verdict.content.text).toBe('a')
    expect(result.report.defects.length).toBeLessThanOrEqual(1)
    expectError(through([tiny.repeat(10_000)]))
  })

  it('a hundred thousand deltas come out whole', () => {
    const words = 'a'.repeat(100_000)
    const result = through([begun + opened + said('a').repeat(100_000) + closed(words)])
    expectSuccess(result)
    expect(result.verdict.content.text).toBe(words)
    expect(result.report.defects).toEqual([])
  })

  for (const [what, nest] of nests) {
    it(`JSON nested a hundred thousand deep, of ${what}, passes where nothing changes in the event`, () => {
      const padded = said('a').replace(/\}\n\n$/, `,"x":${nest}}\n\n`)
      const body = begun + opened + padded + closed('a')
      const result = through([body])
      expect(result.output).toBe(body)
      expectSuccess(result)
    })

    it.each(Object.entries(side.rewritten(nest)))(
      `JSON nested a hundred thousand deep, of ${what}, ends the stream where an event has to be written anew: %s`,
      (_, body) => {
        const result = through([begun + opened + body + closed('a')])
        expectError(result)
        expect(['limit', 'upstream-error', 'truncated']).toContain(result.report.endState)
      },
    )

    it(`JSON nested a hundred thousand deep, of ${what}, that never closes ends in-band`, () => {
      const opening = nest.slice(0, nest.length / 3)
      for (const body of [opening, `data: ${opening}\n\n`, `${begun}data: {"x":${opening}`])
        expectError(through([body]))
    })
  }

  it('a frame without end hits maxFrameBytes', () => {
    const endless = [`${begun}data: {"a":"`, ...Array.from({ length: 1000 }, () => 'x'.repeat(64))]
    expectLimit(through(endless, { maxFrameBytes: 4096 }), 'maxFrameBytes')
  })

  it('what waits without end hits maxHeldFrames and maxHeldBytes', () => {
    const body = begun + side.nameless + side.argued.repeat(100)
    expectLimit(through([body], { maxHeldFrames: 50 }), 'maxHeldFrames')
    expectLimit(through([body], { maxHeldBytes: 5000 }), 'maxHeldBytes')
  })

  it('more that is open than the caller allows hits maxOpenBlocks', () => {
    expectLimit(through([begun + side.crowd(10_000)]), 'maxOpenBlocks')
    expectLimit(through([begun + side.crowd(4)], { maxOpenBlocks: 3 }), 'maxOpenBlocks')
  })

  it('bytes that are no UTF-8 end in-band, however they are cut', () => {
    const odd = Uint8Array.of(0xff, 0xfe, 0xc3, 0x28, 0xe2, 0x82, 0xf0, 0x9f, 0x92, 0xed, 0xa0, 0x80)
    for (const around of [
      ['', ''],
      [begun, ': x\n\n'],
      [`${begun}data: `, '\n\n'],
      [`${begun}data: {`, '}\n\n'],
    ] as const) {
      const body = Buffer.concat([bytesOf(around[0]), odd, bytesOf(around[1])])
      const result = through([body])
      expectError(result)
      expect(through(Array.from(body, (byte) => Uint8Array.of(byte)))).toEqual(result)
    }
  })

  it('what comes without end behind the terminal is counted and held nowhere', () => {
    const answer = begun + opened + said('a') + closed('a')
    const result = through([answer, ...Array.from({ length: 1000 }, () => said('b').repeat(20))])
    expect(result.output).toBe(answer)
    expect(result.report.defects.map(({ code, count }) => [code, count])).toEqual([
      [`${protocol}/event-after-end`, 20_000],
    ])
  })
})

describe('what a response may be kept of is no trap', () => {
  const through = (body: string): Outcome => outcome([body], {}, 'eof', 'responses')
  const nest = nests[1][1]
  const deepMetadata = (text: string) => text.replace('"response":{', `"response":{"metadata":{"x":${nest}},`)

  it('a first snapshot that is nested too deeply to be written again passes, and is written again without that', () => {
    const begun = deepMetadata(responses.created())
    const cut = through(begun)
    expectError(cut)
    expect(cut.output.startsWith(begun)).toBe(true)
    const done = through(begun + textOf(responses.message(0, 'Hi')) + responses.done())
    expect(done.output.startsWith(begun)).toBe(true)
    expect(['success', 'error']).toContain(done.verdict.ending)
  })

  it('an item that is nested too deeply to be written again ends the stream where it would have to be', () => {
    const item = responses.messageAdded(0).replace('"item":{', `"item":{"x":${nest},`)
    const result = through(textOf(responses.begin()) + item + responses.completed([]))
    expect(result.verdict.violations.filter(({ severity }) => severity === 'must')).toEqual([])
    expect(['success', 'error']).toContain(result.verdict.ending)
  })
})
