import { describe, expect, it } from 'vitest'
import { normalizeBytes } from '../normalize-bytes.js'
import { judge } from '../oracle/index.js'
import { bytesOf, delta, ended, frame, message, open, say, start, text, textBlock } from '../oracle/streams.js'

const begun = start() + open(0, textBlock) + delta(0, say('hi'))
/** What comes out for an error frame behind the beginning of a message. */
function outcome(error: string) {
  const { output, report } = normalizeBytes(bytesOf(begun + error))
  const { ending, violations, content } = judge('messages', output)
  const codes = report.defects.map(({ code }) => code)
  return { ending, violations, content, codes, endState: report.endState, text: Buffer.from(output).toString() }
}

describe('an error in the middle of a message', () => {
  it.each([
    ['chat', 'data: {"error":{"message":"It broke.","type":"server_error","code":500}}\n\n', 'api_error'],
    ['flat', 'event: error\ndata: {"type":"error","message":"It broke.","code":"429"}\n\n', 'rate_limit_error'],
    ['a string', 'data: {"error":"It broke."}\n\n', 'api_error'],
    ['plain text', 'event: error\ndata: It broke.\n\n', 'api_error'],
    ['the field `error`', 'error: {"code":401,"message":"It broke."}\n\n', 'authentication_error'],
    ['`detail`', 'data: {"detail":"It broke."}\n\n', 'api_error'],
    ['an object called error', 'data: {"object":"error","message":"It broke.","code":404}\n\n', 'not_found_error'],
    ['bare JSON', '{"error":{"message":"It broke.","type":"overloaded_error"}}\n', 'overloaded_error'],
    ['bare JSON, cut off behind its last brace', '{"error":{"message":"It broke.","code":413}}', 'request_too_large'],
    [
      'a guardrail',
      'data: {"error":{"message":"It broke.","type":"guardrail_violation","code":500}}\n\n',
      'invalid_request_error',
    ],
  ])('sent as %s, leaves as the one that every client shows, with its words', (_, error, type) => {
    const result = outcome(error)
    expect(result).toMatchObject({
      ending: 'error',
      violations: [],
      endState: 'upstream-error',
      content: { text: 'hi', errorMessage: 'It broke.', errorType: type },
    })
    expect(result.codes).toContain('errors/error-frame-shape')
    expect(result.text.startsWith(begun)).toBe(true)
  })

  it('passes by its bytes where it is what Anthropic sends, and is no defect', () => {
    const error =
      'event: error\ndata: {"type":"error", "error":{"type":"overloaded_error","message":"Busy."},"request_id":"req_1"}\n\n'
    const result = outcome(error)
    expect(result).toMatchObject({ ending: 'error', endState: 'upstream-error', codes: [] })
    expect(result.text).toBe(begun + error)
  })

  it('leaves behind the content that came in the same frame (D-6)', () => {
    const result = outcome(
      frame({ type: 'content_block_delta', index: 0, delta: say(' there'), error: { message: 'It broke.' } }),
    )
    expect(result).toMatchObject({
      ending: 'error',
      violations: [],
      content: { text: 'hi there', errorMessage: 'It broke.' },
    })
  })
})

describe('what looks like an error and is none', () => {
  it.each([
    [
      'an `error` that is null',
      frame({ type: 'content_block_delta', index: 0, delta: say('hi'), error: null }),
      ['errors/error-null-key'],
    ],
    [
      'an `error` that is empty',
      frame({ type: 'content_block_delta', index: 0, delta: say('hi'), error: {} }),
      ['errors/error-null-key'],
    ],
    [
      'a `message` on an event of the protocol',
      frame({ type: 'content_block_delta', index: 0, delta: say('hi'), message: 'note' }),
      [],
    ],
    [
      'a `detail` on an event of the protocol',
      frame({ type: 'content_block_delta', index: 0, delta: say('hi'), detail: 'low' }),
      [],
    ],
    [
      'a `message` and a `detail` on a ping',
      frame({ type: 'ping', message: 'note', detail: 'x' }) + delta(0, say('hi')),
      [],
    ],
    [
      'a `message` on an event newer than we are',
      frame({ type: 'message_ack', message: 'note' }) + delta(0, say('hi')),
      [],
    ],
    [
      'words about errors in a text',
      delta(0, say('hi')) + delta(0, say('{"error":{"message":"guardrail_violation"}}')),
      [],
    ],
  ])('%s does not end the message', (_, events, codes) => {
    const body = start() + open(0, textBlock) + events + frame({ type: 'content_block_stop', index: 0 }) + ended()
    const { output, report } = normalizeBytes(bytesOf(body))
    expect(judge('messages', output)).toMatchObject({ ending: 'success', violations: [] })
    expect(judge('messages', output).content.text.startsWith('hi')).toBe(true)
    expect(report.defects.map(({ code }) => code)).toEqual(codes)
  })

  it('an error behind the terminal changes nothing', () => {
    const { output, report } = normalizeBytes(bytesOf(`${message(text(0))}data: {"error":"late"}\n\n`))
    expect(Buffer.from(output).toString()).toBe(message(text(0)))
    expect(report).toMatchObject({ endState: 'complete', defects: [{ code: 'messages/event-after-end' }] })
  })
})
