import { describe, expect, it } from 'vitest'
import { guardrailMarks } from '../../src/index.js'
import { conform, eventsOf, type Outcome } from './conform.js'
import {
  argsDelta,
  argsDone,
  begin,
  call,
  callAdded,
  callDone,
  callItem,
  changed,
  closeCall,
  closeMessage,
  comment,
  completed,
  created,
  data,
  done,
  event,
  type Frames,
  failed,
  failedPair,
  failure,
  frame,
  framesOf,
  hybrid,
  inProgress,
  itemDone,
  madeAt,
  madeCompleted,
  message,
  messageAdded,
  messageDone,
  messageItem,
  nested,
  openCall,
  openMessage,
  partDone,
  rawAdded,
  rawDelta,
  reasoningAdded,
  reasoningItem,
  snapshot,
  summary,
  textDelta,
  textDone,
  textOf,
  unnamed,
} from './stream.js'

const hi = [messageItem(0, ['Hi'])]
const codes = ({ defects }: Outcome): string[] => defects.map((line) => line.slice(0, line.indexOf(' ')))

/** What comes out, whatever the order of the members in it. */
function expectOutput({ output }: Outcome, ...frames: readonly Frames[]): void {
  expect(eventsOf(output)).toEqual(eventsOf(textOf(...frames)))
}

describe('for all protocols', () => {
  it('D-1: a SHOULD rule that is repaired is a defect, one that is not is an observation', () => {
    const repaired = conform([created(), unnamed(inProgress()), message(0, 'Hi'), completed(hi)])
    expect(repaired.defects).toEqual(['sse/event-line-missing rewrote @2 event'])
    const odd = { output_index: 0, item_id: 'item_7' }
    const observed = conform([begin(), message(odd, 'Hi'), completed([messageItem(odd, ['Hi'])])])
    expect(observed.defects).toEqual([])
    expect(observed.observations).toEqual(['responses/item-id-odd @3 item.id'])
  })

  it('D-2: codes of framing begin with sse/, of error shapes with errors/, the rest with responses/', () => {
    expect(codes(conform([begin(), unnamed(messageAdded(0)), textDelta(0, 'Hi'), data({ error: 'x' })]))).toEqual([
      'sse/event-line-missing',
      'responses/part-added-missing',
      'errors/error-frame-shape',
      'responses/failed-missing',
    ])
  })

  it('D-4: behind the terminal events are counted, and [DONE], comments and blanks are no defect', () => {
    const whole = [begin(), message(0, 'Hi'), completed(hi)]
    expect(conform([whole, done(), comment(), '\n\n'])).toMatchObject({ output: textOf(whole), defects: [] })
    const loud = conform([whole, textDelta(0, '!'), completed([]), done()])
    expect(loud.report.defects.map(({ code, count }) => [code, count])).toEqual([['responses/event-after-end', 2]])
    expect(loud.output).toBe(textOf(whole))
    expect(loud.report.endState).toBe('complete')
  })

  it('D-5: what is dropped and exists nowhere else lets the stream go on and puts an error in the place of success', () => {
    const nameless = callAdded(0, { name: '' })
    const outcome = conform([begin(), nameless, argsDelta(0, '{}'), message(1, 'Hi'), completed([])])
    expectOutput(outcome, begin(), message({ output_index: 0, item_id: 'msg_1' }, 'Hi'), failure('dropped'))
    expect(outcome.report.endState).toBe('truncated')
  })

  it('D-6: an error of ours has one sentence per cause, and timeout_error where the time ran out', () => {
    expectOutput(conform(begin()), begin(), failure('truncated'))
    expectOutput(conform(begin(), {}, 'timeout'), begin(), failure('timeout'))
    expectOutput(conform(begin(), {}, 'limit'), begin(), failure('limit'))
  })

  it('D-6: plain text under event: error is its message', () => {
    const outcome = conform([begin(), 'event: error\ndata: Quota used up\n\n'])
    expectOutput(outcome, begin(), failedPair('Quota used up', 'server_error', 'server_error'))
    expect(outcome.report.endState).toBe('upstream-error')
  })

  it('D-6: content beside an error leaves first, and a null error is removed', () => {
    const beside = (error: unknown) => changed(textDelta(0, 'Hi'), { error })
    const down = conform([begin(), openMessage(0), beside({ message: 'Down' })])
    expectOutput(down, begin(), openMessage(0, 'Hi'), failedPair('Down', 'server_error', 'server_error'))
    const nothing = conform([begin(), openMessage(0), beside(null), closeMessage(0, 'Hi'), completed(hi)])
    expectOutput(nothing, begin(), message(0, 'Hi'), completed(hi))
    expect(nothing.defects).toEqual(['errors/error-null-key rewrote @5 error'])
  })

  it('D-10: a guardrail is known by its codes, types and keys, and never by its words', () => {
    const codeOf = (value: object): unknown => {
      const { output } = conform([begin(), data(value)])
      return /"response":.*"error":\{"code":"(\w+)"/.exec(output)?.[1]
    }
    for (const mark of guardrailMarks.values) {
      const kept = mark === 'bio_policy' || mark === 'cyber_policy'
      expect(codeOf({ error: { message: 'x', code: mark } }), mark).toBe(kept ? mark : 'invalid_prompt')
    }
    for (const key of guardrailMarks.keys) {
      expect(codeOf({ error: { message: 'x', [key]: 'y' } }), key).toBe('invalid_prompt')
    }
    expect(codeOf({ error: { message: 'Blocked by guardrail: content_filter' } })).toBe('server_error')
  })

  it('D-11: what the client cancels is cancelled, and no ending is written', () => {
    const { output, report } = conform([begin(), openMessage(0, 'Hi')], {}, 'cancel')
    expect(output).toBe(textOf(begin(), openMessage(0, 'Hi')))
    expect(report.endState).toBe('cancelled')
  })

  it('D-12: a JSON document in the place of a stream is one frame, which the protocol expands or calls an error', () => {
    const whole = conform([JSON.stringify(snapshot('completed', { output: hi }), null, 1)])
    expect(whole.output).toContain('"delta":"Hi"')
    expect(whole.report.endState).toBe('complete')
    const error = conform([JSON.stringify({ error: { message: 'Down', code: 503 } }, null, 1)])
    expect(error.output).toContain('"message":"Down"')
    expect(error.report.endState).toBe('upstream-error')
  })
})

describe('for /v1/responses', () => {
  it('D-40: an event means the open item that goes by its exact id, whatever its index', () => {
    const elsewhere = (at: number, text: string) =>
      changed(textDelta(at, text), { item_id: `msg_${at}`, output_index: 1 - at })
    const outcome = conform([
      begin(),
      openMessage(0),
      openMessage(1),
      elsewhere(0, 'A'),
      elsewhere(1, 'B'),
      closeMessage(0, 'A'),
      closeMessage(1, 'B'),
      completed([messageItem(0, ['A']), messageItem(1, ['B'])]),
    ])
    expectOutput(
      outcome,
      begin(),
      openMessage(0),
      openMessage(1),
      textDelta(0, 'A'),
      textDelta(1, 'B'),
      closeMessage(0, 'A'),
      closeMessage(1, 'B'),
      completed([messageItem(0, ['A']), messageItem(1, ['B'])]),
    )
  })

  it('D-40: else the item of the family at its index, and its id is rewritten to the first', () => {
    const other = (text: string) => textDelta({ output_index: 1, item_id: 'chatcmpl_x' }, text)
    const outcome = conform([
      begin(),
      openMessage(0),
      openMessage(1),
      other('B'),
      closeMessage(0, ''),
      closeMessage(1, 'B'),
      completed([messageItem(0, ['']), messageItem(1, ['B'])]),
    ])
    expect(outcome.output).toContain(textDelta(1, 'B'))
    expect(outcome.defects).toEqual(['responses/item-id-mismatch rewrote @7 item_id'])
  })

  it('D-40: else the only open item of the family', () => {
    const nowhere = changed(textDelta(0, 'Hi'), { item_id: undefined, output_index: undefined })
    const outcome = conform([begin(), openMessage(0), callAdded(1), nowhere])
    expectOutput(outcome, begin(), openMessage(0), callAdded(1), textDelta(0, 'Hi'), failure('truncated'))
  })

  it('D-40: a done that names no open call by its id is that of the call with its call_id', () => {
    const renamed = (at: number) =>
      changed(itemDone(at, { ...callItem(at, '{}'), id: `fc_zz${at}` }), { output_index: 7 })
    const upstream = [callAdded(0), argsDelta(0, '{}'), callAdded(1), argsDone(0, '{}'), argsDelta(1, '{}')]
    const { output, report } = conform([
      begin(),
      upstream,
      renamed(1),
      argsDone(1, '{}'),
      renamed(0),
      completed([callItem(0, '{}'), callItem(1, '{}')]),
    ])
    expect(output.match(/^event: response\.output_item\.added$/gm)).toHaveLength(2)
    expect(report.endState).toBe('complete')
  })

  it('D-40: else a new one', () => {
    const outcome = conform([
      begin(),
      openMessage(0),
      argsDone(1, '{}'),
      reasoningAdded(1),
      rawAdded(1),
      rawDelta(1, 'R'),
    ])
    expectOutput(
      outcome,
      begin(),
      openMessage(0),
      reasoningAdded(1),
      rawAdded(1),
      rawDelta(1, 'R'),
      failure('truncated'),
    )
  })

  it('D-40: deltas at a content index that was never announced belong to the open part of their family', () => {
    const outcome = conform([
      begin(),
      openMessage(0),
      textDelta(0, 'A', 1),
      textDelta(0, 'B', 2),
      closeMessage(0, 'AB'),
      completed([messageItem(0, ['AB'])]),
    ])
    expectOutput(outcome, begin(), message(0, 'A', 'B'), completed([messageItem(0, ['AB'])]))
  })

  it('D-41: before response.created an item_id that begins with resp_ is the id of the response', () => {
    const { output } = conform([
      textDelta({ output_index: 0, item_id: 'resp_7' }, 'Hi'),
      completed([], { id: 'resp_7' }),
    ])
    expect(output.slice(0, output.indexOf('\n\n'))).toContain('"response":{"id":"resp_7"')
    expect(output).toContain('"item_id":"msg_7_0"')
  })

  it('D-41: keep-alives and unknown events before response.created wait, and leave right behind it', () => {
    const early = [frame({ type: 'keepalive' }), event('later', { later: 1 })]
    const outcome = conform([early, begin(), message(0, 'Hi'), completed(hi)])
    expectOutput(outcome, created(), early, inProgress(), message(0, 'Hi'), completed(hi))
  })

  it('D-41: the model of a snapshot that is made is that of the request, else empty', () => {
    const upstream = [message(0, 'Hi'), completed(hi)]
    expect(conform(upstream).output).toContain('"model":""')
    expect(conform(upstream, { request: { model: 'asked' } }).output).toContain('"model":"asked"')
  })

  it('D-42: numbers are kept where they rise, and follow the last where they do not', () => {
    const frames = framesOf(begin(), message(0, 'A', 'B'), completed([messageItem(0, ['AB'])]))
    const given = [0, 1, 5, 5, 4, 9, '10', 11, 12, 13]
    const { output } = conform(frames.map((each, at) => changed(each, { sequence_number: given[at] })))
    const numbers = [...output.matchAll(/"sequence_number":(\d+)/g)].map(([, number]) => Number(number))
    expect(numbers).toEqual([0, 1, 5, 6, 7, 9, 10, 11, 12, 13])
  })

  it('D-42: a number of ours in front has all events numbered, one without a number in front none', () => {
    const ours = conform([message(0, 'Hi'), completed(hi)])
    expect(ours.output.match(/"sequence_number":/g)).toHaveLength(9)
    const none = conform([
      begin(),
      framesOf(message(0, 'Hi')).map((each) => changed(each, { sequence_number: 4 })),
      completed(hi),
    ])
    expect(none.output).not.toContain('sequence_number')
    const pair = conform([begin(), message(0, 'Hi'), data({ error: 'x' })])
    expect([...pair.output.matchAll(/"sequence_number":(\d+)/g)].map(([, number]) => number)).toEqual(['0', '1'])
  })

  it('D-43: an open item closes at the next announcement where that uses its index again', () => {
    const again = changed(messageAdded(1), { output_index: 0 })
    const outcome = conform([begin(), openMessage(0, 'A'), again, completed([])])
    expectOutput(
      outcome,
      begin(),
      message(0, 'A'),
      messageAdded(1),
      messageDone(1),
      completed([messageItem(0, ['A']), messageItem(1, [])]),
    )
  })

  it('D-43: one that was never announced closes at the next announcement, others at their own done', () => {
    const slot = { output_index: 0, item_id: 'msg_0' }
    const made = conform([begin(), textDelta(slot, 'A'), callAdded(1)])
    expectOutput(made, begin(), message(0, 'A'), callAdded(1), failure('truncated'))
    const open = conform([begin(), openMessage(0, 'A'), callAdded(1)])
    expectOutput(open, begin(), openMessage(0, 'A'), callAdded(1), failure('truncated'))
  })

  it('D-44: what the terminal says of an item wins, but for its id and its order', () => {
    const said = messageItem({ output_index: 0, item_id: 'msg_other' }, ['Hi'], { extra: 1 })
    const outcome = conform([begin(), summary(0, 'S'), message(1, 'Hi'), completed([said, reasoningItem(0, ['S'])])])
    expectOutput(
      outcome,
      begin(),
      summary(0, 'S'),
      message(1, 'Hi'),
      completed([reasoningItem(0, ['S']), messageItem(1, ['Hi'], { extra: 1 })]),
    )
  })

  it('D-44: items that it leaves out are added, and cut arguments never beat whole ones', () => {
    const outcome = conform([begin(), message(0, 'Hi'), call(1, '{"a":1}'), completed([callItem(1, '{"a":')])])
    expectOutput(
      outcome,
      begin(),
      message(0, 'Hi'),
      call(1, '{"a":1}'),
      completed([messageItem(0, ['Hi']), callItem(1, '{"a":1}')]),
    )
  })

  it('D-45: a call without a name waits until it comes', () => {
    const waiting = [begin(), callAdded(0, { name: '' }), argsDelta(0, '{"a":')]
    expect(conform(waiting, {}, 'cancel').output).toBe(textOf(begin()))
    const outcome = conform([waiting, argsDelta(0, '1}'), closeCall(0, '{"a":1}'), completed([callItem(0, '{"a":1}')])])
    expectOutput(outcome, begin(), call(0, '{"a":', '1}'), completed([callItem(0, '{"a":1}')]))
  })

  it('D-45: a call_id that never comes is derived where the item is done, a name never', () => {
    const nameless = itemDone(0, callItem(0, '{}', { name: '' }))
    expect(conform([begin(), nameless, completed([])]).report.endState).toBe('truncated')
    const { output, report } = conform([begin(), itemDone(0, callItem(0, '{}', { call_id: undefined })), completed([])])
    expect(output).toContain('"call_id":"call_1_0"')
    expect(report.endState).toBe('complete')
  })

  it('D-45: argument deltas that do not begin like JSON wait for the done, whose clear text wins', () => {
    const waiting = [begin(), openCall(0, 'gAAAA', 'Bq==')]
    expect(conform(waiting, {}, 'cancel').output).toBe(textOf(begin(), callAdded(0)))
    const outcome = conform([waiting, closeCall(0, '{"a":1}'), completed([callItem(0, '{"a":1}')])])
    expectOutput(outcome, begin(), call(0, '{"a":1}'), completed([callItem(0, '{"a":1}')]))
    expect(conform([waiting, closeCall(0, 'gAAAABq=='), completed([callItem(0, 'gAAAABq==')])])).toMatchObject({
      defects: [],
      observations: ['responses/tool-args-malformed @6'],
    })
  })

  it('D-45: arguments in the announcement go out only if nothing else comes', () => {
    const announced = callAdded(0, { arguments: '{"a":1}' })
    const deltas = conform([begin(), announced, argsDelta(0, '{"b":2}'), closeCall(0, '{"b":2}'), completed([])])
    expectOutput(deltas, begin(), call(0, '{"b":2}'), completed([callItem(0, '{"b":2}')]))
    const alone = conform([begin(), announced, completed([])])
    expectOutput(alone, begin(), call(0, '{"a":1}'), completed([callItem(0, '{"a":1}')]))
  })

  it('D-45: a blank done waits for the next item or the terminal, whose snapshot may carry the arguments', () => {
    const blank = [begin(), callAdded(0), closeCall(0, '')]
    expect(conform(blank, {}, 'cancel').output).toBe(textOf(begin(), callAdded(0)))
    const carried = conform([blank, completed([callItem(0, '{"a":1}')])])
    expectOutput(carried, begin(), call(0, '{"a":1}'), completed([callItem(0, '{"a":1}')]))
    const next = conform([blank, message(1, 'Hi'), completed([callItem(0, ''), messageItem(1, ['Hi'])])])
    expectOutput(next, begin(), call(0, '{}'), message(1, 'Hi'), completed([callItem(0, '{}'), messageItem(1, ['Hi'])]))
  })

  it('D-45: blank to the end means {}, and once one character came nothing is completed', () => {
    const blank = conform([begin(), callAdded(0), callDone(0, ''), completed([callItem(0, '')])])
    expectOutput(blank, begin(), call(0, '{}'), completed([callItem(0, '{}')]))
    expect(conform([begin(), openCall(0, '{'), completed([])]).report.endState).toBe('truncated')
  })

  it('D-46: late content that a done item has already is dropped, any other opens a new item', () => {
    const whole = [begin(), message(0, 'Hi')]
    const known = conform([whole, textDelta(0, 'H'), textDelta(0, 'i'), completed(hi)])
    expectOutput(known, whole, completed(hi))
    expect(codes(known)).toEqual(['responses/duplicate-or-late-events', 'responses/duplicate-or-late-events'])
    const slot = madeAt(1, 'msg')
    const news = conform([whole, textDelta(0, '!'), completed([])])
    expectOutput(news, whole, message(slot, '!'), completed([messageItem(0, ['Hi']), messageItem(slot, ['!'])]))
  })

  it('D-47: a nested error leaves at once by its bytes, and its response.failed passes', () => {
    expect(conform([begin(), nested()], {}, 'cancel').output).toBe(textOf(begin(), nested()))
    const pair = [begin(), nested(), failed()]
    expect(conform(pair)).toMatchObject({ output: textOf(pair), defects: [] })
  })

  it('D-47: an error of any other shape leaves at once as the one of ours', () => {
    const flat = frame({ type: 'error', code: 'server_error', message: 'Down', param: null })
    const outcome = conform([begin(), flat], {}, 'cancel')
    expectOutput(outcome, begin(), hybrid('Down'))
    expect(codes(outcome)).toEqual(['errors/error-frame-shape'])
  })

  it('D-47: a response.failed behind an error is completed', () => {
    const bare = event('failed', { response: { id: 'resp_1', status: 'failed' } })
    const outcome = conform([begin(), nested(), bare])
    expectOutput(
      outcome,
      begin(),
      nested(),
      failed('Down', 'server_error', { incomplete_details: undefined, usage: undefined }),
    )
    expect(outcome.report.endState).toBe('upstream-error')
  })

  it('D-47: any other event, [DONE] and the end put ours there', () => {
    for (const after of [textDelta(0, 'x'), frame({ type: 'keepalive' }), nested('Again'), done(), [], completed([])]) {
      const outcome = conform([begin(), nested(), after])
      expectOutput(outcome, begin(), nested(), failed())
      expect(codes(outcome)).toContain('responses/failed-missing')
      expect(outcome.report.endState).toBe('upstream-error')
    }
    // A comment is no event.
    expectOutput(conform([begin(), nested(), comment(), failed()]), begin(), nested(), comment(), failed())
  })

  describe('D-48: the code of response.failed', () => {
    const codeFor = (code: unknown, type: string): string | undefined => {
      const { output } = conform([begin(), nested('x', code, type)])
      return /"response":.*"error":\{"code":"(\w+)"/.exec(output)?.[1]
    }

    it('is invalid_prompt for a guardrail, in the pair of the vendor too', () => {
      expect(codeFor('content_filter', 'server_error')).toBe('invalid_prompt')
      const { output } = conform([begin(), nested('x', 'content_filter'), failed('x', 'content_filter')])
      expect(output).toBe(textOf(begin(), nested('x', 'content_filter'), failed('x', 'invalid_prompt')))
    })

    it.each([
      'bio_policy',
      'cyber_policy',
      'context_length_exceeded',
      'insufficient_quota',
      'server_is_overloaded',
      'rate_limit_exceeded',
    ])('stays %s', (code) => {
      expect(codeFor(code, 'x')).toBe(code)
      const pair = [begin(), nested('x', code), failed('x', code)]
      expect(conform(pair)).toMatchObject({ output: textOf(pair), defects: [] })
    })

    it('is invalid_prompt where a retry is no use, and server_error where it is', () => {
      expect(codeFor('no_such_key', 'authentication_error')).toBe('invalid_prompt')
      expect(codeFor('bad', 'invalid_request_error')).toBe('invalid_prompt')
      expect(codeFor('out_of_memory', 'server_error')).toBe('server_error')
    })

    it('is not that of the error event, which keeps the code of the upstream, as a string', () => {
      const numeric = conform([begin(), data({ error: { message: 'Down', type: 'server_error', code: 503 } })])
      expect(numeric.output).toContain('"code":"503"')
      expect(conform([begin(), nested('x', 'no_such_key', 'authentication_error')]).output).toContain(
        '"code":"no_such_key"',
      )
    })
  })

  it('D-49: [DONE] is a success where the last item is a message or a call, done, and no call is open', () => {
    const whole = conform([begin(), message(0, 'Hi'), done()])
    expectOutput(whole, begin(), message(0, 'Hi'), madeCompleted(hi))
    expect(whole.defects).toEqual(['responses/terminal-missing inserted @9'])
    for (const [upstream, endState] of [
      [[begin(), call(0, '{}')], 'complete'],
      [[begin(), summary(0, 'S')], 'truncated'],
      [[begin(), openMessage(0, 'Hi')], 'truncated'],
      [[begin(), itemDone(0, messageItem(0, ['Hi'], { status: 'incomplete' }))], 'truncated'],
      [[begin(), openCall(0, '{}'), message(1, 'Hi')], 'truncated'],
    ] as const) {
      expect(conform([upstream, done()]).report.endState).toBe(endState)
      expect(conform(upstream).report.endState).toBe('truncated')
    }
  })

  it('D-50: what was resumed is neither opened nor filled where its start was not seen', () => {
    const upstream = [textDelta(0, 'Hi'), textDone(0, 'And Hi'), partDone(0, 'And Hi'), messageDone(0, 'And Hi')]
    const outcome = conform([upstream, completed([])], { resume: true })
    expect(outcome).toMatchObject({ output: textOf(upstream, completed([])), defects: [] })
  })

  it('D-50: errors add no response.created to it', () => {
    const cut = conform([textDelta(0, 'Hi')], { resume: true })
    expect(cut.output).not.toContain('response.created')
    expect(cut.output).not.toContain('response.in_progress')
    expect(eventsOf(cut.output).slice(1)).toHaveLength(2)
    expect(eventsOf(cut.output).at(-1)).toMatchObject({
      event: 'response.failed',
      value: { response: { id: expect.stringMatching(/^resp_./) } },
    })
  })

  it('D-50: what begins with response.created was not resumed', () => {
    const upstream = [begin(), textDelta(0, 'Hi'), completed([])]
    expect(conform(upstream, { resume: true })).toMatchObject(conform(upstream))
  })

  it('D-50: what comes twice of an item that was not seen to begin goes out once, and a terminal gets an id', () => {
    const nameless = completed([], { id: null })
    const { output, report } = conform([textDelta(0, 'Hi'), textDone(0, 'Hi'), textDone(0, 'Hi'), nameless], {
      resume: true,
    })
    expect(eventsOf(output)).toHaveLength(3)
    expect(eventsOf(output).at(-1)).toMatchObject({ value: { response: { id: expect.stringMatching(/^resp_./) } } })
    expect(report.endState).toBe('complete')
  })

  it('D-50: background: true in a first snapshot that is not response.created implies it', () => {
    const upstream = [inProgress({ background: true }), textDelta(0, 'Hi'), completed([])]
    expect(conform(upstream)).toMatchObject({ output: textOf(upstream), defects: [] })
    expect(conform([inProgress(), message(0, 'Hi'), completed(hi)]).defects).toEqual([
      'responses/created-missing inserted @1',
    ])
  })

  it('D-51: events of others are dropped unless they are to pass, and those of the protocol pass', () => {
    const foreign = [frame({ type: 'codex.rate_limits', limits: [] }), frame({ type: 'vendor:event' })]
    const own = [frame({ type: 'keepalive' }), event('later', { later: 1 })]
    const upstream = [begin(), foreign, own, message(0, 'Hi'), completed(hi)]
    const dropped = conform(upstream)
    expectOutput(dropped, begin(), own, message(0, 'Hi'), completed(hi))
    expect(codes(dropped)).toEqual(foreign.map(() => 'responses/unknown-or-keepalive-events'))
    expect(conform(upstream, { unknownEvents: 'pass' })).toMatchObject({ output: textOf(upstream), defects: [] })
  })
})
