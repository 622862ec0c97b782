import { describe, expect, it } from 'vitest'
import { judge } from './index.js'
import { STREAM_CASES } from './responses-cases.js'
import { ITEM_CASES } from './responses-item-cases.js'
import {
  answer,
  answerTo,
  begun,
  behind,
  bytes,
  call,
  changed,
  citation,
  custom,
  type Events,
  failed,
  hybrid,
  incomplete,
  interleaved,
  interpreter,
  item,
  keepalive,
  mcp,
  message,
  nested,
  of,
  reasoning,
  refusal,
  search,
  summary,
  unnumbered,
  wire,
  without,
} from './responses-streams.js'

const verdictOf = (stream: string) => judge('responses', bytes(stream))
const rulesOf = (stream: string) => verdictOf(stream).violations.map(({ rule, severity }) => `${rule} (${severity})`)

const LEGAL: readonly (readonly [string, string])[] = [
  ['a text', wire(answer(message(0, ['hel', 'lo'])))],
  ['a text with citations', wire(answer(message(0, ['see'], [citation, citation])))],
  ['a refusal', wire(answer(refusal(0, 'no')))],
  ['a reasoning summary', wire(answer(summary(0, ['first', 'second']), message(1, ['x'])))],
  ['a raw reasoning text', wire(answer(reasoning(0, 'hm'), message(1, ['x'])))],
  ['a function call', wire(answer(call(0, ['{"a":', '1}'])))],
  ['a custom tool', wire(answer(custom(0, 'ls')))],
  ['a call of an MCP server', wire(answer(mcp(0, '{}')))],
  ['a web search', wire(answer(search(0), message(1, ['found'])))],
  ['a code interpreter', wire(answer(interpreter(0)))],
  [
    'every item type at once',
    wire(answer(...interleaved(summary(0, ['a']), message(1, ['b']), call(2, ['{}']), search(3)))),
  ],
  ['an end before its time', wire(answerTo(incomplete, message(0, ['hel']), call(1, ['{"a'])))],
  ['no numbers at all', unnumbered(answer(message(0, ['x'])))],
  ['keep-alives between all events', wire(spaced(answer(message(0, ['x']))))],
  ['JSON padded with blanks', wire(answer(message(0, ['x']))).replaceAll('}\n\n', '   }\n\n')],
]

/** Keep-alives everywhere but before the first event and behind the last. */
function spaced(events: Events): Events {
  return events.flatMap((event, at) => (at === 0 ? [event] : [keepalive, event]))
}

describe('the rules of /v1/responses', () => {
  for (const { rule, severity, when, breaks, unless, passes } of [...STREAM_CASES, ...ITEM_CASES]) {
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

  it('finds nothing in a failure, in the shape of the vendor and in ours', () => {
    for (const error of [nested, hybrid]) {
      expect(verdictOf(wire([...begun, error, failed]))).toMatchObject({ violations: [], newer: [], ending: 'error' })
    }
  })

  it('names the frame of a violation, comment blocks counted', () => {
    const stream = `: hello\n\n${wire(changed(answer(message(0, ['x'])), 'output_text.delta', { item_id: 'other' }))}`
    expect(verdictOf(stream).violations).toEqual([
      {
        rule: 'RE-7',
        severity: 'must',
        frame: 6,
        message: 'the item_id of a response.output_text.delta is not the announced one',
      },
    ])
  })
})

describe('a stream that begins in the middle', () => {
  const whole = wire(answer(message(0, ['a', 'b']), call(1, ['{}'])))
  const from = (type: string): string => whole.slice(whole.indexOf(`event: response.${type}\n`))
  const resumed = (stream: string) => judge('responses', bytes(stream), { resume: true })

  it('is judged from where it begins, when it was asked for', () => {
    for (const type of ['in_progress', 'output_item.added', 'output_text.delta', 'output_item.done', 'completed']) {
      expect(resumed(from(type))).toMatchObject({ violations: [], ending: 'success' })
    }
    expect(resumed(from('output_text.delta')).content.text).toBe('ab')
  })

  it('is no valid stream, when it was not', () => {
    expect(rulesOf(from('output_item.added'))).toContain('RE-1 (must)')
  })

  it('still owes all rules to what it announces itself', () => {
    const broken = from('output_text.done').replace('"call_id":"call_1","name":"look"', '"call_id":"","name":"look"')
    expect(resumed(broken).violations.map(({ rule }) => rule)).toEqual(['RE-8'])
  })

  it('ends in an error without response.created before it', () => {
    expect(resumed(wire([hybrid, failed]))).toMatchObject({ violations: [], ending: 'error' })
  })

  it('may be whole all the same', () => {
    expect(resumed(whole).violations).toEqual([])
    expect(resumed(wire(without(answer(message(0, ['x'])), 'output_item.added'))).violations).not.toEqual([])
  })
})

describe('what is newer than we are', () => {
  it('is listed and no violation', () => {
    const newer = item(0, { type: 'duet', id: 'du_0' }, {}, [of('duet.delta', { delta: 'la' })])
    const verdict = verdictOf(wire(behind(answer(newer), 'in_progress', of('metadata'))))
    expect(verdict.violations).toEqual([])
    expect([...new Set(verdict.newer)]).toEqual(['event response.metadata', 'item duet', 'event response.duet.delta'])
    expect(verdict.content.blocks).toMatchObject([{ type: 'duet', deltas: ['la'] }])
  })

  it('does not include types that are names of inherited properties', () => {
    expect(verdictOf(wire(answer(item(0, { type: 'constructor', id: 'x' }, {}))))).toMatchObject({ violations: [] })
  })
})

describe('the ending', () => {
  const text = answer(message(0, ['x']))

  it('is what a client is shown', () => {
    expect(verdictOf(wire(text)).ending).toBe('success')
    expect(verdictOf(wire(answerTo(incomplete, message(0, ['x'])))).ending).toBe('success')
    expect(verdictOf(wire(text.slice(0, -1))).ending).toBe('none')
    expect(verdictOf(wire([...begun, hybrid, failed])).ending).toBe('error')
    expect(verdictOf(wire([...begun, failed])).ending).toBe('error')
    expect(verdictOf(wire([...begun, hybrid])).ending).toBe('error')
    expect(verdictOf(wire([...begun, hybrid, ...text.slice(2)])).ending).toBe('error')
  })
})

describe('the content of responses', () => {
  it('is joined from the deltas', () => {
    const stream = answer(
      summary(0, ['why ', 'not']),
      reasoning(1, 'hm'),
      message(2, ['hel', 'lo'], [citation]),
      refusal(3, 'no'),
      call(4, ['{"a":', '1}']),
      custom(5, 'ls'),
      mcp(6, '{}'),
    )
    const { content } = verdictOf(wire(stream))
    expect(content).toMatchObject({
      text: 'hello',
      thinking: 'hm',
      summary: 'why not',
      refusal: 'no',
      tools: [
        { id: 'call_4', name: 'look', arguments: '{"a":1}' },
        { id: 'call_5', name: 'run', arguments: 'ls' },
        { id: 'mcp_6', name: 'ask', arguments: '{}' },
      ],
      errorMessage: undefined,
      stopReason: 'completed',
    })
    expect(content.blocks).toHaveLength(7)
    expect(content.blocks[2]).toMatchObject({ type: 'message', text: 'hello', citations: [citation], closed: true })
  })

  it('has the arguments of a done where no fragment came', () => {
    const stream = without(answer(call(0, ['{"a":1}'])), 'function_call_arguments.delta')
    expect(verdictOf(wire(stream)).content.tools).toEqual([{ id: 'call_0', name: 'look', arguments: '{"a":1}' }])
  })

  it('has the error as the error event tells it, and the code of the failed response', () => {
    const error = {
      ...hybrid,
      code: 'guardrail',
      error: { type: 'invalid_request_error', code: 'guardrail', message: 'it broke' },
    }
    const end = changed([failed], 'failed', { 'response.error': { code: 'invalid_prompt', message: 'other words' } })
    expect(verdictOf(wire([...begun, error, ...end]))).toMatchObject({
      violations: [],
      content: {
        errorMessage: 'it broke',
        errorType: 'invalid_request_error',
        errorCode: 'guardrail',
        failedCode: 'invalid_prompt',
        stopReason: 'failed',
      },
    })
    expect(verdictOf(wire([...begun, ...end])).content.errorMessage).toBe('other words')
  })

  it('ends at the terminal', () => {
    const stream = wire(answer(message(0, ['x']))) + wire(message(1, ['late']).events)
    expect(verdictOf(stream).content.text).toBe('x')
  })

  it('is told even where items are wrong', () => {
    const delta = of('output_text.delta', { item_id: 'm', output_index: 4, content_index: 2, delta: 'a' })
    expect(verdictOf(wire([delta, { ...delta, delta: 'b' }])).content.text).toBe('ab')
    const bare = of('output_text.delta', { delta: 'a' })
    expect(verdictOf(wire([bare, bare])).content.text).toBe('aa')
  })

  it('has the reasoning under the name of Open Responses', () => {
    const stream = answer(
      item(0, { type: 'reasoning', id: 'rs_0', summary: [] }, {}, [of('reasoning.delta', { delta: 'hm' })]),
    )
    expect(verdictOf(wire(stream))).toMatchObject({ violations: [], content: { thinking: 'hm' } })
  })

  it('is read from a body of a hundred thousand deltas', () => {
    const { violations, content } = verdictOf(
      wire(
        answer(
          message(
            0,
            Array.from({ length: 100_000 }, () => 'x'),
          ),
        ),
      ),
    )
    expect(violations).toEqual([])
    expect(content.text).toHaveLength(100_000)
  })
})
