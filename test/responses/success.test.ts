import { describe, expect, it } from 'vitest'
import type { EndState } from '../../src/defects/types.js'
import type { EndReason } from '../../src/index.js'
import { conform, eventsOf } from './conform.js'
import {
  argsDelta,
  begin,
  call,
  callAdded,
  callItem,
  closeCall,
  closeMessage,
  comment,
  completed,
  created,
  custom,
  done,
  event,
  type Frames,
  failed,
  failure,
  failureAlone,
  frame,
  framesOf,
  incomplete,
  itemDone,
  message,
  messageItem,
  nested,
  openCall,
  openMessage,
  raw,
  summary,
  textOf,
} from './stream.js'

/** What the upstream has said when it ends. */
const saidSoFar: Readonly<Record<string, Frames>> = {
  nothing: [],
  'nothing but noise': [frame({ type: 'keepalive' }), comment()],
  'response.created alone': [created()],
  'the beginning': [begin()],
  'half a text': [begin(), openMessage(0, 'Hi')],
  'a text without the done of its item': [begin(), openMessage(0, 'Hi'), framesOf(closeMessage(0, 'Hi')).slice(0, 2)],
  'a whole message': [begin(), message(0, 'Hi')],
  'a whole message that is incomplete': [
    begin(),
    openMessage(0, 'Hi'),
    framesOf(closeMessage(0, 'Hi')).slice(0, 2),
    itemDone(0, messageItem(0, ['Hi'], { status: 'incomplete' })),
  ],
  'reasoning alone': [begin(), summary(0, 'S')],
  'reasoning, and a whole message': [begin(), raw(0, 'R'), message(1, 'Hi')],
  'a whole message, and reasoning behind it': [begin(), message(0, 'Hi'), summary(1, 'S')],
  'a whole call': [begin(), call(0, '{"a":1}')],
  'a whole custom call': [begin(), custom(0, 'ls')],
  'an open call': [begin(), openCall(0, '{"a":1}')],
  'a cut call': [begin(), openCall(0, '{"a":')],
  'a cut call that is done': [begin(), call(0, '{"a":')],
  'an open call, and a whole message behind it': [begin(), openCall(0, '{"a":1}'), message(1, 'Hi')],
  'a malformed call': [begin(), call(0, '{]')],
  'a call without a name': [begin(), callAdded(0, { name: '' }), argsDelta(0, '{}')],
  'a web search alone': [
    begin(),
    itemDone(0, { id: 'ws_0', type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'x' } }),
  ],
}

/** How it may end, and whether the upstream still says something then. */
const endings = ['eof', 'reset', 'timeout', '[DONE]', 'response.completed', 'response.incomplete'] as const

const no: readonly EndState[] = ['truncated', 'truncated', 'timed-out', 'truncated', 'complete', 'complete']
/** D-49: with the last item done, `[DONE]` will do. */
const yes: readonly EndState[] = ['truncated', 'truncated', 'timed-out', 'complete', 'complete', 'complete']
/** What is cut is whole nowhere but in a response that says that it is. */
const cut: readonly EndState[] = ['truncated', 'truncated', 'timed-out', 'truncated', 'truncated', 'complete']
const nothing: readonly EndState[] = ['empty', 'empty', 'timed-out', 'empty', 'complete', 'complete']

/** DESIGN.md, "When is a stream a success?": the end state for each ending, in the order above. */
const table: Readonly<Record<keyof typeof saidSoFar, readonly EndState[]>> = {
  nothing,
  'nothing but noise': nothing,
  'response.created alone': no,
  'the beginning': no,
  'half a text': no,
  'a text without the done of its item': no,
  'a whole message': yes,
  'a whole message that is incomplete': no,
  'reasoning alone': no,
  'reasoning, and a whole message': yes,
  'a whole message, and reasoning behind it': no,
  'a whole call': yes,
  'a whole custom call': yes,
  'an open call': no,
  'a cut call': cut,
  'a cut call that is done': cut,
  'an open call, and a whole message behind it': no,
  'a malformed call': yes,
  // Nothing may be invented, a name least of all.
  'a call without a name': ['truncated', 'truncated', 'timed-out', 'truncated', 'truncated', 'truncated'],
  'a web search alone': no,
}

function endedBy(upstream: Frames, ending: (typeof endings)[number]) {
  if (ending === '[DONE]') return conform([upstream, done()])
  if (ending === 'response.completed') return conform([upstream, completed([])])
  if (ending === 'response.incomplete') return conform([upstream, incomplete([])])
  return conform(upstream, {}, ending)
}

const terminalOf = (output: string): string | undefined => output.match(/^event: (.*)$/gm)?.at(-1)

describe('a stream that said', () => {
  for (const [said, upstream] of Object.entries(saidSoFar)) {
    for (const [at, ending] of endings.entries()) {
      const endState = table[said]?.[at]

      it(`${said} and ends by ${ending} is ${endState}`, () => {
        const { output, report } = endedBy(upstream, ending)
        expect(report.endState).toBe(endState)
        const incompletely = ending === 'response.incomplete'
        const success = incompletely ? 'event: response.incomplete' : 'event: response.completed'
        expect(terminalOf(output)).toBe(endState === 'complete' ? success : 'event: response.failed')
        expect(output.match(/^event: response\.(?:completed|incomplete|failed)$/gm)).toHaveLength(1)
        expect(output.match(/^event: error$/gm) ?? []).toHaveLength(endState === 'complete' ? 0 : 1)
      })
    }
  }

  it('nothing comes out as an error alone, with all that it needs in front', () => {
    expect(eventsOf(conform([]).output)).toEqual(eventsOf(textOf(failureAlone('empty'))))
    expect(eventsOf(conform([], {}, 'timeout').output)).toEqual(eventsOf(textOf(failureAlone('timeout'))))
  })

  it('half a text keeps it, and what is open stays open', () => {
    const upstream = [begin(), openMessage(0, 'Hi')]
    const ended = (cause: 'truncated' | 'timeout') => eventsOf(textOf(upstream, failure(cause)))
    expect(eventsOf(conform(upstream).output)).toEqual(ended('truncated'))
    expect(eventsOf(conform([upstream, done()]).output)).toEqual(ended('truncated'))
    expect(eventsOf(conform(upstream, {}, 'timeout').output)).toEqual(ended('timeout'))
  })

  it('a cut call, and a terminal that carries it whole, is complete', () => {
    const upstream = [begin(), openCall(0, '{"a":')]
    const { output, report } = conform([upstream, completed([callItem(0, '{"a":1}')])])
    expect(report.endState).toBe('complete')
    expect(eventsOf(output)).toEqual(
      eventsOf(textOf(upstream, argsDelta(0, '1}'), closeCall(0, '{"a":1}'), completed([callItem(0, '{"a":1}')]))),
    )
  })

  it('that it failed, in any way, is an error of the upstream', () => {
    for (const frames of [[nested(), failed()], [nested()], [failed()], [frame({ error: { message: 'Down' } })]]) {
      expect(conform([begin(), message(0, 'Hi'), frames]).report.endState).toBe('upstream-error')
      expect(conform([begin(), message(0, 'Hi'), frames, completed([])]).report.endState).toBe('upstream-error')
    }
  })

  it('that it is done by the name of Realtime goes by its status', () => {
    const ended = (status: string) => {
      const response = { id: 'resp_1', object: 'response', created_at: 7, status, model: 'test-model', output: [] }
      const { report, output } = conform([begin(), message(0, 'Hi'), event('done', { response })])
      return [report.endState, terminalOf(output)]
    }
    expect(ended('completed')).toEqual(['complete', 'event: response.completed'])
    expect(ended('incomplete')).toEqual(['complete', 'event: response.incomplete'])
    expect(ended('failed')).toEqual(['upstream-error', 'event: response.failed'])
    expect(ended('cancelled')).toEqual(['upstream-error', 'event: response.failed'])
  })
})

describe('the end reason', () => {
  const reasons: readonly EndReason[] = ['eof', 'reset', 'cancel', 'timeout', 'limit']

  it('cancel writes nothing, whatever waits, and the stream is cancelled', () => {
    for (const upstream of Object.values(saidSoFar)) {
      const { output, defects, report } = conform(upstream, {}, 'cancel')
      const pushed = conform(upstream, {}, 'eof').output
      expect(pushed.startsWith(output)).toBe(true)
      expect(output).not.toMatch(/^event: (?:response\.(?:completed|failed)|error)$/m)
      expect(defects.filter((line) => line.includes(' ended '))).toEqual([])
      expect([report.endState, report.endReason]).toEqual(['cancelled', 'cancel'])
    }
  })

  it('limit ends the stream in-band, evidence or not', () => {
    for (const upstream of Object.values(saidSoFar)) {
      const { output, report } = conform(upstream, {}, 'limit')
      expect(output).toContain('"The upstream stream exceeded a configured limit."')
      expect(terminalOf(output)).toBe('event: response.failed')
      expect([report.endState, report.endReason]).toEqual(['limit', 'limit'])
    }
  })

  it('is told by the report and changes nothing behind a terminal', () => {
    for (const reason of reasons) {
      const answer = [begin(), message(0, 'Hi'), completed([messageItem(0, ['Hi'])])]
      const whole = conform(answer, {}, reason)
      expect(whole.output).toBe(textOf(answer))
      expect([whole.report.endState, whole.report.endReason]).toEqual(['complete', reason])
      const error = conform([begin(), nested(), failed()], {}, reason)
      expect(error.output).toBe(textOf(begin(), nested(), failed()))
      expect([error.report.endState, error.report.endReason]).toEqual(['upstream-error', reason])
      expect([...whole.defects, ...error.defects]).toEqual([])
    }
  })

  it('cancel between an error and its response.failed writes nothing', () => {
    const { output, report } = conform([begin(), nested()], {}, 'cancel')
    expect(output).toBe(textOf(begin(), nested()))
    expect(report.endState).toBe('cancelled')
  })
})
