import { describe, expect, it } from 'vitest'
import { silenceWatch } from '../../src/fetch/comment-lines.js'
import { normalizeResponse, type Protocol } from '../../src/index.js'
import { judge } from '../oracle/index.js'

const args = JSON.stringify({ city: 'Köln \u{1f600}', days: [1, 2, 3] })
const text = 'One \u{1f600}\u{1f600} two, three.'
const thought = 'Let me think about it.'

const bodies: readonly (readonly [Protocol, object])[] = [
  [
    'messages',
    {
      id: 'msg_a',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [
        { type: 'thinking', thinking: thought, signature: 'c2lnbmF0dXJl' },
        { type: 'text', text },
        { type: 'tool_use', id: 'toolu_long_id', name: 'look_at_the_weather', input: JSON.parse(args) as object },
      ],
      stop_reason: 'tool_use',
      stop_sequence: null,
      usage: { input_tokens: 3, output_tokens: 9 },
    },
  ],
  [
    'responses',
    {
      id: 'resp_a',
      object: 'response',
      created_at: 7,
      model: 'm',
      status: 'completed',
      error: null,
      incomplete_details: null,
      output: [
        {
          type: 'message',
          id: 'msg_0',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
        },
        {
          type: 'function_call',
          id: 'fc_1',
          call_id: 'call_long_id',
          name: 'look_at_the_weather',
          arguments: args,
          status: 'completed',
        },
      ],
      usage: {
        input_tokens: 3,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: 5,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 8,
      },
    },
  ],
  [
    'chat',
    {
      id: 'chatcmpl-a',
      object: 'chat.completion',
      created: 7,
      model: 'm',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: text,
            reasoning_content: thought,
            tool_calls: [
              { id: 'call_long_id', type: 'function', function: { name: 'look_at_the_weather', arguments: args } },
              { id: 'call_other_id', type: 'function', function: { name: 'look_again', arguments: '{}' } },
            ],
          },
          finish_reason: 'tool_calls',
        },
      ],
    },
  ],
]

describe.each(bodies)('a JSON body of %s in pieces', (protocol, body) => {
  it.each([1, 3, 7, 1000])('says the same in deltas of %d characters', async (pieceSize) => {
    const run = async (size?: number) => {
      const response = await normalizeResponse(new Response(JSON.stringify(body)), {
        protocol,
        newId: () => 'made',
        pieceSize: size,
      })
      return response.text()
    }
    const [whole, cut] = [await run(), await run(pieceSize)]
    const wanted = judge(protocol, Buffer.from(whole))
    const verdict = judge(protocol, Buffer.from(cut))
    expect(verdict.violations).toEqual([])
    expect([verdict.ending, verdict.content.text]).toEqual(['success', text])
    expect(verdict.content.tools).toEqual(wanted.content.tools)
    expect(verdict.content.thinking).toBe(wanted.content.thinking)
    expect(verdict.content.stopReason).toBe(wanted.content.stopReason)
    expect(Buffer.from(cut).toString()).not.toContain('\uFFFD')
    if (pieceSize === 1000) expect(cut).toBe(whole)
    else expect(cut.split('\n\n').length).toBeGreaterThan(whole.split('\n\n').length + text.length / pieceSize - 3)
  })
})

describe('a watch over silence', () => {
  /** Whether a text has a character of a line that is neither blank nor a comment, and which chunk brings one. */
  function spoken(chunks: readonly string[]): boolean[] {
    const whole = chunks.join('')
    const comment: boolean[] = []
    for (const line of whole.split(/(?<=[\r\n])/)) for (const _ of line) comment.push(/^[:\r\n]/.test(line))
    let at = 0
    return chunks.map((chunk) => {
      const from = at
      at += chunk.length
      return [...chunk].some((character, i) => comment[from + i] === false && !/[\r\n]/.test(character))
    })
  }

  it.each([
    'data: x\n\n: wait\n\ndata: y\n',
    ': wait\r\n\r\n: data: x\r\ndata: y\r\n',
    '::\n\n:\r:a\rb\n',
    '\n\n\n',
    'x',
  ])('hears lines and no comments, however they are cut: %j', (whole) => {
    for (let first = 0; first <= whole.length; first++) {
      for (let second = first; second <= whole.length; second++) {
        const chunks = [whole.slice(0, first), whole.slice(first, second), whole.slice(second)]
        const hears = silenceWatch()
        expect(chunks.map((chunk) => hears(Buffer.from(chunk)))).toEqual(spoken(chunks))
      }
    }
  })
})
