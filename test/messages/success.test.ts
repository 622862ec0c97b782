import { describe, expect, it } from 'vitest'
import type { EndState } from '../../src/defects/types.js'
import type { EndReason } from '../../src/index.js'
import { conform } from './conform.js'
import {
  comment,
  done,
  end,
  error,
  type Frames,
  failure,
  framesOf,
  inputDelta,
  messageDelta,
  messageStop,
  ping,
  start,
  textBlock,
  textDelta,
  textStart,
  toolBlock,
  toolStart,
} from './stream.js'

/** What the upstream has said when it ends. */
const saidSoFar: Readonly<Record<string, Frames>> = {
  nothing: [],
  'nothing but noise': [ping(), comment()],
  'nothing but a message_delta': [messageDelta('end_turn')],
  'message_start alone': [start()],
  'half a text': [start(), textStart(0), textDelta(0, 'Hi')],
  'a whole block': [start(), textBlock(0, 'Hi')],
  'a whole block and no reason': [start(), textBlock(0, 'Hi'), messageDelta(null)],
  'a whole block and a reason': [start(), textBlock(0, 'Hi'), messageDelta('end_turn')],
  'a block without a stop, and a reason': [start(), textStart(0), textDelta(0, 'Hi'), messageDelta('end_turn')],
  'a reason, and a block behind it': [start(), messageDelta('end_turn'), textBlock(0, 'Hi')],
  'no block, and a reason': [start(), messageDelta('end_turn')],
  'a whole tool and a reason': [start(), toolBlock(0, '{"a":1}'), messageDelta('tool_use')],
  'a cut tool': [start(), toolStart(0), inputDelta(0, '{"a":')],
  'a cut tool that is stopped': [start(), toolBlock(0, '{"a":')],
  'a cut tool, and the reason tool_use': [start(), toolStart(0), inputDelta(0, '{"a":'), messageDelta('tool_use')],
  'a cut tool, and the reason max_tokens': [start(), toolStart(0), inputDelta(0, '{"a":'), messageDelta('max_tokens')],
  'a malformed tool and a reason': [start(), toolBlock(0, '{]'), messageDelta('tool_use')],
  'a tool in message_start, and a reason there': start({
    content: [{ type: 'tool_use', id: 'toolu_0', name: 'look', input: { a: 1 } }],
    stop_reason: 'tool_use',
  }),
  'a tool without a name, and a reason': [start(), toolStart(0, { name: '' }), messageDelta('tool_use')],
}

/** How it may end, and whether the upstream still says something then. */
const endings = ['eof', 'reset', 'timeout', '[DONE]', 'message_stop'] as const

/** DESIGN.md, "When is a stream a success?": the end state for each ending, in the order above. */
const table: Readonly<Record<keyof typeof saidSoFar, readonly EndState[]>> = {
  nothing: ['empty', 'empty', 'timed-out', 'empty', 'empty'],
  'nothing but noise': ['empty', 'empty', 'timed-out', 'empty', 'empty'],
  'nothing but a message_delta': ['empty', 'empty', 'timed-out', 'empty', 'empty'],
  'message_start alone': ['truncated', 'truncated', 'timed-out', 'truncated', 'complete'],
  'half a text': ['truncated', 'truncated', 'timed-out', 'truncated', 'truncated'],
  'a whole block': ['truncated', 'truncated', 'timed-out', 'truncated', 'complete'],
  'a whole block and no reason': ['truncated', 'truncated', 'timed-out', 'truncated', 'complete'],
  'a whole block and a reason': ['complete', 'complete', 'complete', 'complete', 'complete'],
  'a block without a stop, and a reason': ['complete', 'complete', 'complete', 'complete', 'complete'],
  'a reason, and a block behind it': ['truncated', 'truncated', 'timed-out', 'truncated', 'complete'],
  'no block, and a reason': ['complete', 'complete', 'complete', 'complete', 'complete'],
  'a whole tool and a reason': ['complete', 'complete', 'complete', 'complete', 'complete'],
  'a cut tool': ['truncated', 'truncated', 'timed-out', 'truncated', 'truncated'],
  'a cut tool that is stopped': ['truncated', 'truncated', 'timed-out', 'truncated', 'truncated'],
  'a cut tool, and the reason tool_use': ['truncated', 'truncated', 'truncated', 'truncated', 'truncated'],
  'a cut tool, and the reason max_tokens': ['complete', 'complete', 'complete', 'complete', 'complete'],
  'a malformed tool and a reason': ['complete', 'complete', 'complete', 'complete', 'complete'],
  'a tool in message_start, and a reason there': ['complete', 'complete', 'complete', 'complete', 'complete'],
  'a tool without a name, and a reason': ['truncated', 'truncated', 'truncated', 'truncated', 'truncated'],
}

function endedBy(upstream: Frames, ending: (typeof endings)[number]) {
  if (ending === '[DONE]') return conform([upstream, done()])
  if (ending === 'message_stop') return conform([upstream, messageStop()])
  return conform(upstream, {}, ending)
}

describe('a stream that said', () => {
  for (const [said, upstream] of Object.entries(saidSoFar)) {
    for (const [at, ending] of endings.entries()) {
      const endState = table[said]?.[at]

      it(`${said} and ends by ${ending} is ${endState}`, () => {
        const { output, report } = endedBy(upstream, ending)
        expect(report.endState).toBe(endState)
        const last = framesOf(output.split(/(?<=\n\n)/)).pop()
        if (endState === 'complete') expect(last).toBe(messageStop())
        else if (endState === 'empty') expect(last).toBe(failure('empty'))
        else if (endState === 'timed-out') expect(last).toBe(failure('timeout'))
        else expect([failure('truncated'), failure('dropped')]).toContain(last)
        expect(output.match(/^event: (?:message_stop|error)$/gm)).toHaveLength(1)
      })
    }
  }
})

describe('the end reason', () => {
  const reasons: readonly EndReason[] = ['eof', 'reset', 'cancel', 'timeout', 'limit']

  it('cancel writes nothing, whatever waits, and the stream is cancelled', () => {
    for (const upstream of Object.values(saidSoFar)) {
      const { output, defects, report } = conform(upstream, {}, 'cancel')
      const pushed = conform(upstream, {}, 'eof').output
      expect(pushed.startsWith(output)).toBe(true)
      expect(output).not.toMatch(/^event: (?:message_stop|error)$/m)
      expect(defects.filter((line) => line.includes(' ended '))).toEqual([])
      expect([report.endState, report.endReason]).toEqual(['cancelled', 'cancel'])
    }
  })

  it('limit ends the stream in-band, evidence or not', () => {
    for (const upstream of Object.values(saidSoFar)) {
      const { output, report } = conform(upstream, {}, 'limit')
      expect(output.endsWith(failure('limit'))).toBe(true)
      expect([report.endState, report.endReason]).toEqual(['limit', 'limit'])
    }
  })

  it('is told by the report and changes nothing behind a terminal', () => {
    for (const reason of reasons) {
      const whole = conform([start(), textBlock(0, 'Hi'), end()], {}, reason)
      expect(whole.output).toBe(conform([start(), textBlock(0, 'Hi'), end()]).output)
      expect([whole.report.endState, whole.report.endReason]).toEqual(['complete', reason])
      const failed = conform([start(), error()], {}, reason)
      expect(failed.output).toBe(framesOf(start(), error()).join(''))
      expect([failed.report.endState, failed.report.endReason]).toEqual(['upstream-error', reason])
      expect([...whole.defects, ...failed.defects]).toEqual([])
    }
  })
})
