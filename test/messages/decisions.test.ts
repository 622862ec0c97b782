import { describe, expect, it } from 'vitest'
import { guardrailMarks } from '../../src/index.js'
import { conform } from './conform.js'
import {
  blockStart,
  blockStop,
  comment,
  data,
  delta,
  done,
  end,
  error,
  failure,
  frame,
  inputDelta,
  madeDelta,
  madeStart,
  messageDelta,
  messageStop,
  ping,
  signatureDelta,
  start,
  textBlock,
  textDelta,
  textOf,
  textStart,
  thinkingBlock,
  thinkingDelta,
  thinkingStart,
  toolBlock,
  toolStart,
} from './stream.js'

const codes = (lines: readonly string[]): string[] => lines.map((line) => line.slice(0, line.indexOf(' ')))

describe('for all protocols', () => {
  it('D-1: a SHOULD rule that is repaired is a defect, one that is not is an observation', () => {
    const repaired = conform([start(), data({ type: 'ping' }), textBlock(0, 'Hi'), end()])
    expect(repaired.defects).toEqual(['sse/event-line-missing rewrote @2 event'])
    const observed = conform([start(), thinkingStart(0), thinkingDelta(0, 'A'), blockStop(0), end()])
    expect(observed.defects).toEqual([])
    expect(observed.observations).toEqual(['messages/thinking-signature-missing @5'])
  })

  it('D-2: codes of framing begin with sse/, of error shapes with errors/, the rest with messages/', () => {
    const { defects } = conform([start(), data({ type: 'ping' }), textDelta(0, 'Hi'), data({ error: 'x' })])
    expect(codes(defects)).toEqual([
      'sse/event-line-missing',
      'messages/block-delta-without-start',
      'errors/error-frame-shape',
    ])
  })

  it('D-3: defects are told in order of discovery, and the frame number tells the place', () => {
    const upstream = [start(), textDelta(0, 'Hi'), toolStart(3, { id: '' }), blockStop(3), end('end_turn')]
    expect(conform(upstream).defects).toEqual([
      'messages/block-delta-without-start inserted @2',
      'messages/index-non-contiguous rewrote @3 index',
      'messages/tool-id-bad rewrote @3 content_block.id',
      'messages/stop-reason-end-turn-with-tool rewrote @5 delta.stop_reason',
    ])
  })

  it('D-4: behind the terminal events are counted, and [DONE], comments and blanks are no defect', () => {
    const whole = [start(), textBlock(0, 'Hi'), end()]
    const quiet = conform([whole, done(), comment(), '\n\n'])
    expect(quiet.defects).toEqual([])
    expect(quiet.output).toBe(textOf(whole))
    const loud = conform([whole, textDelta(0, '!'), messageStop(), done()])
    expect(loud.report.defects.map(({ code, count }) => [code, count])).toEqual([['messages/event-after-end', 2]])
    expect(loud.output).toBe(textOf(whole))
    expect(loud.report.endState).toBe('complete')
  })

  it('D-5: an error of the upstream, a body that is no stream, and no answer at all have end states of their own', () => {
    expect(conform([error()]).report.endState).toBe('upstream-error')
    expect(conform(['<html></html>']).report.endState).toBe('not-a-stream')
    expect(conform([ping(), comment()]).report.endState).toBe('empty')
  })

  it('D-5: what is dropped and exists nowhere else lets the stream go on and puts an error in the place of success', () => {
    const { output, report } = conform([start(), inputDelta(0, '{}'), blockStop(0), textBlock(1, 'Hi'), end()])
    expect(output).toBe(textOf(start(), textBlock(0, 'Hi'), failure('dropped')))
    expect(report.endState).toBe('truncated')
  })

  it('D-6: an error of ours has one sentence per cause, and timeout_error where the time ran out', () => {
    expect(conform([start()]).output).toBe(textOf(start(), failure('truncated')))
    expect(conform([start()], {}, 'timeout').output).toBe(textOf(start(), failure('timeout')))
    expect(conform([], {}, 'timeout').output).toBe(textOf(failure('timeout')))
    expect(conform([messageDelta('end_turn')], {}, 'timeout').output).toBe(textOf(failure('timeout')))
    expect(conform([start()], {}, 'limit').output).toBe(textOf(start(), failure('limit')))
  })

  it('D-6: plain text under event: error is its message', () => {
    const { output, report } = conform([start(), 'event: error\ndata: Quota\ndata: used up\n\n'])
    expect(output).toBe(textOf(start(), error('Quota\nused up', 'api_error')))
    expect(report.endState).toBe('upstream-error')
  })

  it('D-6: content beside an error leaves first, and a null error is removed', () => {
    const beside = (value: unknown) =>
      frame({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' }, error: value })
    expect(conform([start(), textStart(0), beside({ message: 'Down' })]).output).toBe(
      textOf(start(), textStart(0), textDelta(0, 'Hi'), error('Down', 'api_error')),
    )
    const nothing = conform([start(), textStart(0), beside(null), blockStop(0), end()])
    expect(nothing.output).toBe(textOf(start(), textBlock(0, 'Hi'), end()))
    expect(nothing.defects).toEqual(['errors/error-null-key rewrote @3 error'])
  })

  it('D-6: an error beside the success terminal is not swallowed', () => {
    const { output, report } = conform([
      start(),
      textBlock(0, 'Hi'),
      messageDelta('end_turn'),
      frame({ type: 'message_stop', error: { message: 'Down' } }),
    ])
    expect(report.endState).toBe('upstream-error')
    expect(output.endsWith(error('Down', 'api_error'))).toBe(true)
  })

  it('D-9: a comment behind data: is a comment again, in its place', () => {
    const { output, defects } = conform([
      start(),
      textStart(0),
      data(': still there'),
      textDelta(0, 'Hi'),
      blockStop(0),
      end(),
    ])
    expect(output).toBe(textOf(start(), textStart(0), ': still there\n\n', textDelta(0, 'Hi'), blockStop(0), end()))
    expect(defects).toEqual(['sse/data-comment rewrote @3'])
  })

  it('D-10: a guardrail is known by its codes, types and keys, and never by its words', () => {
    const typeOf = (value: object): unknown => {
      const { output } = conform([start(), data(value)])
      return /"error":\{"type":"(\w+)"/.exec(output)?.[1]
    }
    for (const mark of guardrailMarks.values) {
      expect(typeOf({ error: { message: 'x', type: mark } }), mark).toBe('invalid_request_error')
      expect(typeOf({ error: { message: 'x', code: mark } }), mark).toBe('invalid_request_error')
    }
    for (const key of guardrailMarks.keys) {
      expect(typeOf({ error: { message: 'x', [key]: 'y' } }), key).toBe('invalid_request_error')
      expect(typeOf({ error: { message: 'x' }, [key]: 'y' }), key).toBe('invalid_request_error')
    }
    expect(typeOf({ error: { message: 'Blocked by guardrail: content_filter' } })).toBe('api_error')
  })

  it('D-11: what the client cancels is cancelled, and no ending is written', () => {
    const { output, report } = conform([start(), textStart(0), textDelta(0, 'Hi')], {}, 'cancel')
    expect(output).toBe(textOf(start(), textStart(0), textDelta(0, 'Hi')))
    expect(report.endState).toBe('cancelled')
  })

  it('D-12: a JSON document in the place of a stream is one frame, which the protocol expands or calls an error', () => {
    const message = {
      type: 'message',
      role: 'assistant',
      model: 'm',
      id: 'msg_1',
      content: [{ type: 'text', text: 'Hi' }],
    }
    const whole = conform([
      JSON.stringify({ ...message, stop_reason: 'end_turn', usage: { input_tokens: 1, output_tokens: 1 } }, null, 1),
    ])
    expect(whole.output).toContain(textOf(textBlock(0, 'Hi')))
    expect(whole.report.endState).toBe('complete')
    const failed = conform([JSON.stringify({ error: { message: 'Down', code: 503 } }, null, 1)])
    expect(failed.output).toBe(error('Down', 'overloaded_error'))
    expect(failed.report.endState).toBe('upstream-error')
  })
})

describe('for /v1/messages', () => {
  it('D-20: a start closes a text, a thinking block, and a tool that is whole or malformed', () => {
    for (const open of [
      [textStart(0), textDelta(0, 'A')],
      [thinkingStart(0), thinkingDelta(0, 'A'), signatureDelta(0)],
      [toolStart(0), inputDelta(0, '{"a":1}')],
      [toolStart(0), inputDelta(0, '{]')],
    ]) {
      const { output } = conform([start(), open, textStart(1)])
      expect(output).toContain(textOf(open, blockStop(0), textStart(1)))
    }
  })

  it('D-20: an incomplete tool makes a start wait, and what waits leaves block by block, frame by frame', () => {
    const { output } = conform([
      start(),
      toolStart(0),
      inputDelta(0, '{"a":'),
      textStart(1),
      toolStart(2),
      textDelta(1, 'A'),
      inputDelta(2, '{}'),
      textDelta(1, 'B'),
      inputDelta(0, '1}'),
      blockStop(0),
      blockStop(1),
      blockStop(2),
      end('tool_use'),
    ])
    expect(output).toBe(
      textOf(start(), toolBlock(0, '{"a":', '1}'), textBlock(1, 'A', 'B'), toolBlock(2, '{}'), end('tool_use')),
    )
  })

  it('D-20: late deltas of a closed text or thinking block open a new block of that kind', () => {
    const { output } = conform([start(), textBlock(0, 'A'), textDelta(0, 'B'), textDelta(0, 'C'), end()])
    expect(output).toBe(textOf(start(), textBlock(0, 'A'), textBlock(1, 'B', 'C'), end()))
  })

  it('D-21: frames of the live block pass by what waits, and pings and comments wait in order behind it', () => {
    const { output } = conform([
      start(),
      toolStart(0),
      inputDelta(0, '{"a":'),
      textStart(1),
      ping(),
      textDelta(1, 'A'),
      comment(),
      inputDelta(0, '1}'),
      blockStop(0),
      blockStop(1),
      end('tool_use'),
    ])
    expect(output).toBe(
      textOf(
        start(),
        toolBlock(0, '{"a":', '1}'),
        textStart(1),
        ping(),
        textDelta(1, 'A'),
        comment(),
        blockStop(1),
        end('tool_use'),
      ),
    )
  })

  it('D-22: the stop of a tool with incomplete JSON waits for message_delta, message_stop, [DONE] or the end', () => {
    const cut = [start(), toolBlock(0, '{"a":')]
    const open = textOf(start(), toolStart(0), inputDelta(0, '{"a":'))
    expect(conform([cut, end('max_tokens')]).output).toBe(textOf(cut, end('max_tokens')))
    expect(conform([cut, messageStop()]).output).toBe(open + failure('truncated'))
    expect(conform([cut, done()]).output).toBe(open + failure('truncated'))
    expect(conform(cut).output).toBe(open + failure('truncated'))
    expect(conform([cut, inputDelta(0, '1}'), end('tool_use')]).output).toBe(
      textOf(start(), toolBlock(0, '{"a":', '1}'), end('tool_use')),
    )
  })

  it('D-23: before an error of ours no cut tool is stopped, no message_delta leaves, and what waits is dropped', () => {
    const { output, defects } = conform([
      start(),
      toolStart(0),
      inputDelta(0, '{"a":'),
      textStart(1),
      ping(),
      messageDelta('tool_use'),
      messageStop(),
    ])
    expect(output.replace(ping(), '')).toBe(textOf(start(), toolStart(0), inputDelta(0, '{"a":'), failure('truncated')))
    expect(defects).toContain('messages/blocks-interleaved dropped @4')
    expect(defects).toContain('messages/tool-args-bad-json dropped @6 message_delta')
    expect(defects).toContain('messages/tool-args-bad-json ended @7')
  })

  it("D-23: before the upstream's own error a held message_delta goes out", () => {
    const upstream = [start(), textBlock(0, 'Hi'), messageDelta('end_turn'), ping(), error()]
    expect(conform(upstream)).toMatchObject({ output: textOf(upstream), defects: [] })
  })

  it('D-24: a reason is evidence where no content follows it', () => {
    const told = conform([start(), textBlock(0, 'Hi'), messageDelta('end_turn')])
    expect(told.report.endState).toBe('complete')
    const revoked = conform([start(), messageDelta('end_turn'), textBlock(0, 'Hi')])
    expect(revoked.report.endState).toBe('truncated')
    const stopped = conform([start(), messageDelta('end_turn'), textBlock(0, 'Hi'), messageStop()])
    expect(stopped.report.endState).toBe('complete')
  })

  it('D-24: stops behind the reason take nothing from it', () => {
    const { report } = conform([start(), textStart(0), textDelta(0, 'Hi'), messageDelta('end_turn'), blockStop(0)])
    expect(report.endState).toBe('complete')
  })

  it('D-24: the reason in a prefilled start is evidence where no block follows', () => {
    const content = [{ type: 'tool_use', id: 'toolu_0', name: 'look', input: {} }]
    const upstream = start({ content, stop_reason: 'tool_use' })
    expect(conform(upstream).output).toBe(textOf(upstream, messageStop()))
    expect(conform([upstream, toolStart(0), inputDelta(0, '{"a":')]).report.endState).toBe('truncated')
  })

  it('D-25: message_delta closes nothing; blocks close at the end, which is one defect', () => {
    const upstream = [start(), textStart(0), textDelta(0, 'Hi'), messageDelta('end_turn')]
    for (const stops of [[blockStop(0), messageStop()], [blockStop(0), done()], [blockStop(0)]]) {
      const { output, defects } = conform([upstream, stops])
      expect(output).toBe(textOf(start(), textBlock(0, 'Hi'), end()))
      expect(defects.filter((line) => line.startsWith('messages/stop-order'))).toEqual(['messages/stop-order moved @5'])
    }
  })

  it('D-25: [DONE] before the terminal is the end of the body', () => {
    const upstream = [start(), textBlock(0, 'Hi'), messageDelta('end_turn')]
    expect(conform([upstream, done(), textDelta(0, '!')]).output).toBe(conform(upstream).output)
    expect(conform([start(), textBlock(0, 'Hi'), done()]).output).toBe(conform([start(), textBlock(0, 'Hi')]).output)
  })

  it('D-26: of two reasons the graver wins, and tool_use only where the blocks bear it out', () => {
    const ranked = ['refusal', 'max_tokens', 'model_context_window_exceeded', 'pause_turn', 'tool_use', 'end_turn']
    for (const [at, one] of ranked.entries()) {
      for (const two of ranked.slice(at + 1)) {
        for (const pair of [
          [one, two],
          [two, one],
        ]) {
          const { output, defects } = conform([
            start(),
            toolBlock(0, '{}'),
            pair.map((reason) => messageDelta(reason)),
            messageStop(),
          ])
          expect(output).toBe(textOf(start(), toolBlock(0, '{}'), end(one)))
          expect(defects[0]).toBe('messages/message-delta-duplicate rewrote @6')
        }
      }
    }
    const { output } = conform([
      start(),
      textBlock(0, 'Hi'),
      messageDelta('tool_use'),
      messageDelta('end_turn'),
      messageStop(),
    ])
    expect(output).toBe(textOf(start(), textBlock(0, 'Hi'), end('end_turn')))
  })

  it('D-26: stop_sequence keeps the sequence that matched, before end_turn', () => {
    const matched = messageDelta('', { delta: { stop_reason: 'stop_sequence', stop_sequence: '##' } })
    for (const pair of [
      [matched, messageDelta('end_turn')],
      [messageDelta('end_turn'), matched],
    ]) {
      expect(conform([start(), textBlock(0, 'Hi'), pair, messageStop()]).output).toBe(
        textOf(start(), textBlock(0, 'Hi'), matched, messageStop()),
      )
    }
  })

  it('D-26: usage is merged field by field, and the last number that is not zero counts', () => {
    const { output } = conform([
      start(),
      textBlock(0, 'Hi'),
      messageDelta('end_turn', { usage: { output_tokens: 5, cache_read_input_tokens: 3, server_tool_use: null } }),
      messageDelta(null, { usage: { output_tokens: 0, cache_read_input_tokens: 4, server_tool_use: null } }),
      messageStop(),
    ])
    expect(output).toBe(
      textOf(
        start(),
        textBlock(0, 'Hi'),
        messageDelta('end_turn', { usage: { output_tokens: 5, cache_read_input_tokens: 4, server_tool_use: null } }),
        messageStop(),
      ),
    )
  })

  it('D-27: the stop of an unsigned thinking block waits one frame for its signature, and one later still is dropped', () => {
    const thought = [start(), thinkingStart(0), thinkingDelta(0, 'A'), blockStop(0)]
    expect(conform([thought, signatureDelta(0), end()]).output).toBe(textOf(start(), thinkingBlock(0, 'A'), end()))
    const late = conform([thought, comment(), signatureDelta(0), end()])
    expect(late.output).toBe(textOf(thought, comment(), end()))
    expect(late.defects).toEqual(['messages/signature-misplaced dropped @6'])
    expect(late.report.endState).toBe('complete')
  })

  it('D-27: a late signature may have its type on the event line alone; of an event of another type it is none', () => {
    const thought = [start(), thinkingStart(0), thinkingDelta(0, 'A'), blockStop(0)]
    const untyped = signatureDelta(0).replace('"type":"content_block_delta",', '')
    const late = conform([thought, untyped, end()])
    expect(late.output).toContain('"type":"content_block_delta"')
    expect(late.report.endState).toBe('complete')
    expect(late.defects).toEqual([
      'messages/signature-misplaced moved @5',
      'messages/required-field-omitted rewrote @5 type',
    ])
    const other = frame({ type: 'ping', index: 0, delta: { type: 'signature_delta', signature: 'c2ln' } })
    expect(conform([thought, other, end()])).toMatchObject({ output: textOf(thought, other, end()), defects: [] })
  })

  it('D-27: a signature with an error beside it comes too late', () => {
    const thought = [start(), thinkingStart(0), thinkingDelta(0, 'A'), blockStop(0)]
    const beside = signatureDelta(0).replace('}\n', ',"error":{"type":"api_error","message":"gone"}}\n')
    const { output, report } = conform([thought, beside])
    expect(output).toBe(textOf(thought, frame({ type: 'error', error: { type: 'api_error', message: 'gone' } })))
    expect(report.endState).toBe('upstream-error')
  })

  it('D-27: no signature is ever invented', () => {
    const { output } = conform([start(), thinkingDelta(0, 'A'), blockStop(0), end()])
    expect(output).not.toContain('signature_delta')
  })

  it('D-28: a prefilled tool with its reason and message_stop passes, with [DONE] too', () => {
    const prefilled = start({
      content: [{ type: 'tool_use', id: 'toolu_0', name: 'look', input: { a: 1 } }],
      stop_reason: 'tool_use',
    })
    expect(conform([prefilled, messageStop()])).toMatchObject({ output: textOf(prefilled, messageStop()), defects: [] })
    expect(conform([prefilled, done()]).output).toBe(textOf(prefilled, messageStop()))
  })

  it('D-28: other prefilled content is expanded, and message_start waits one event for that', () => {
    const { output } = conform([start({ content: [{ type: 'text', text: 'A' }] }), comment(), textDelta(1, 'B')])
    expect(output).toContain(textOf(start(), textBlock(0, 'A'), comment(), textStart(1), textDelta(1, 'B')))
  })

  it('D-29: input in a start waits: whole deltas win, else it becomes one delta', () => {
    const given = toolStart(0, { input: { a: 1 } })
    expect(conform([start(), given, blockStop(0), end('tool_use')]).output).toContain(textOf(toolBlock(0, '{"a":1}')))
    expect(
      conform([start(), given, inputDelta(0, '{"b":'), inputDelta(0, '2}'), blockStop(0), end('tool_use')]).output,
    ).toContain(textOf(toolBlock(0, '{"b":', '2}')))
    expect(conform([start(), given, inputDelta(0, ''), blockStop(0), end('tool_use')]).output).toContain(
      textOf(toolBlock(0, '', '{"a":1}')),
    )
  })

  it('D-30: a block start before message_start waits one frame, a delta does not, and the model is the request’s', () => {
    expect(conform([textStart(0), start(), textDelta(0, 'A'), blockStop(0), end()]).output).toBe(
      textOf(start(), textBlock(0, 'A'), end()),
    )
    expect(conform([textStart(0), textDelta(0, 'A'), blockStop(0), end()]).output).toBe(
      textOf(madeStart(), textBlock(0, 'A'), end()),
    )
    expect(conform([textDelta(0, 'A'), blockStop(0), end()], { request: { model: 'm' } }).output).toBe(
      textOf(madeStart('msg_1', 'm'), textBlock(0, 'A'), end()),
    )
  })

  it('D-31: blanks alone addressed to a tool are dropped and forbid nothing', () => {
    for (const blank of [' ', '\n\n', '']) {
      const { output, defects, report } = conform([start(), toolBlock(0, '{}'), textDelta(0, blank), end('tool_use')])
      expect(output).toBe(textOf(start(), toolBlock(0, '{}'), end('tool_use')))
      expect(defects).toEqual(['messages/block-delta-type-mismatch dropped @5'])
      expect(report.endState).toBe('complete')
    }
  })

  it('D-31: unknown block types get no alias, and malformed arguments pass', () => {
    const alias = [
      blockStart(0, { type: 'tool_call', id: 'x', name: 'look' }),
      delta(0, { type: 'later', x: 1 }),
      blockStop(0),
    ]
    expect(conform([start(), alias, end()]).output).toBe(textOf(start(), alias, end()))
    const malformed = [start(), toolBlock(0, '{"a":}'), end('tool_use')]
    expect(conform(malformed)).toMatchObject({ output: textOf(malformed), defects: [] })
  })

  it('D-32: a second message, or a whole one, behind content is an error at once', () => {
    const begun = [start(), textStart(0), textDelta(0, 'Hi')]
    const whole = { type: 'message', id: 'msg_2', role: 'assistant', model: 'm', content: [] }
    for (const second of [start({ id: 'msg_2' }), data(whole)]) {
      const { output, report } = conform([begun, second, textDelta(0, '!'), end()])
      expect(output).toBe(textOf(begun, failure('spliced')))
      expect(report.endState).toBe('truncated')
    }
    expect(conform([start(), start({ id: 'msg_2' }), textBlock(0, 'Hi'), end()]).report.endState).toBe('complete')
  })

  it('derives the reason where an explicit message_stop is the evidence, and reports it', () => {
    const { output, defects } = conform([start(), toolBlock(0, '{}'), messageStop()])
    expect(output).toBe(textOf(start(), toolBlock(0, '{}'), madeDelta('tool_use'), messageStop()))
    expect(defects).toEqual(['messages/message-delta-malformed inserted @5'])
  })
})
