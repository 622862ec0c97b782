import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  chatEvent,
  chatToolCall,
  chatToolCallDelta,
  finishReason,
  parseChatEvent,
  unknownToolCall,
} from '../../../src/schemas/index.js'
import { chunk, envelope, usage, verdict } from './values.js'

const withDelta = (delta: unknown) => ({ ...chunk, choices: [{ index: 0, delta, finish_reason: null }] })
const withCall = (call: unknown) => withDelta({ tool_calls: [call] })
const placesIn = (value: unknown) => parseChatEvent(value).error?.issues.map((issue) => issue.path.join('.'))

describe('what is newer than the schemas of chat', () => {
  it('passes as a field, at every depth', () => {
    const choice = { index: 0, delta: { content: 'Hi', thoughts: [{}] }, native_finish_reason: 'STOP' }
    const event = { ...chunk, choices: [choice], usage: { ...usage, cost: { usd: 1 } }, citations: ['x'] }
    expect(chatEvent.parse(event)).toEqual(event)
  })

  it('passes as a reason to finish, but not an empty one and no error (CH-4, C-E08)', () => {
    expect(finishReason.parse('some_later_reason')).toBe('some_later_reason')
    for (const reason of ['', 'error', 3, null]) expect(finishReason.safeParse(reason).success).toBe(false)
  })

  it('passes as the type of a tool, in both of its deltas and whole', () => {
    const first = { index: 0, id: 'call_a', type: 'hologram', hologram: { points: [1] } }
    for (const call of [first, { index: 0, hologram: { points: [2] } }]) {
      expect(chatEvent.parse(withCall(call))).toEqual(withCall(call))
    }
    expect(chatToolCall.parse({ type: 'hologram', points: [] })).toEqual({ type: 'hologram', points: [] })
  })
})

describe('the unknown branch of chat', () => {
  it('does not take a call of a known type, not even a valid one', () => {
    const call = { type: 'function', id: 'call_a', function: { name: 'look', arguments: '' } }
    expect(unknownToolCall.safeParse(call).success).toBe(false)
    expect(chatToolCall.safeParse({ ...call, function: undefined }).success).toBe(false)
  })

  it('takes a type named like a member of every object for what it is, an unknown name', () => {
    for (const type of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(chatToolCall.safeParse({ type }).success, type).toBe(true)
      expect(chatToolCallDelta.safeParse({ index: 0, type }).success, type).toBe(true)
    }
  })

  it('does not take events of other protocols and of gateways', () => {
    const foreign = [
      { type: 'message_start', message: {} },
      { type: 'response.created', sequence_number: 0, response: {} },
      { type: 'keepalive' },
      { hook_results: {} },
      { ...envelope, object: 'chat.completion', choices: [] },
      {},
    ]
    for (const event of foreign) expect(chatEvent.safeParse(event).success, JSON.stringify(event)).toBe(false)
  })
})

describe('parseChatEvent', () => {
  it('gives the event', () => {
    const event = withDelta({ role: 'assistant', content: '' })
    expect(parseChatEvent(event)).toEqual({ success: true, data: event })
  })

  it('names the place of what is wrong, however deep', () => {
    expect(placesIn({ ...chunk, choices: [{ index: '0', delta: { content: [] } }] })).toEqual([
      'choices.0.index',
      'choices.0.delta.content',
    ])
    expect(placesIn(withCall({ index: 0, function: { arguments: {} } }))).toEqual([
      'choices.0.delta.tool_calls.0.function.arguments',
    ])
  })

  it('names what the first delta of a call lacks (CH-8), and asks nothing of later ones', () => {
    const at = 'choices.0.delta.tool_calls.0'
    const lacking = [`${at}.id`, `${at}.type`, `${at}.function.arguments`]
    expect(placesIn(withCall({ index: 0, function: { name: 'look' } }))).toEqual(lacking)
    expect(placesIn(withCall({ index: 0, custom: { name: 'run' } }))).toEqual(lacking.slice(0, 2))
    expect(placesIn(withCall({ index: 0, function: { arguments: '}' } }))).toBeUndefined()
  })

  it('takes a call without a readable type for that of the field that it has', () => {
    for (const type of [null, '']) {
      const at = 'choices.0.delta.tool_calls.0.type'
      expect(placesIn(withCall({ index: 0, type, function: { arguments: '' } }))).toEqual([at])
      expect(placesIn(withCall({ index: 0, type, custom: { input: '' } }))).toEqual([at])
    }
  })

  it('asks for choices beside a usage, and takes a chunk that says nothing without (B05, A17)', () => {
    expect(placesIn({ ...chunk, usage })).toEqual(['choices'])
    expect(placesIn({ ...chunk, usage, choices: null })).toEqual(['choices'])
    expect(placesIn({ ...chunk, usage: null })).toBeUndefined()
  })

  it('asks for a delta where a choice ends or has no verdict of a filter (B09, A18)', () => {
    expect(placesIn({ ...chunk, choices: [verdict] })).toBeUndefined()
    expect(placesIn({ ...chunk, choices: [{ ...verdict, finish_reason: 'content_filter' }] })).toEqual([
      'choices.0.delta',
    ])
    expect(placesIn({ ...chunk, choices: [{ index: 0, message: { content: 'Hi' } }] })).toEqual(['choices.0.delta'])
  })

  it('asks for the name of a chunk only where there is a delta (B11, A18)', () => {
    expect(placesIn({ ...envelope, object: '', choices: [verdict] })).toBeUndefined()
    expect(placesIn({ ...envelope, object: '', choices: [{ index: 0, delta: {} }] })).toEqual(['object'])
  })

  it('takes the key of an error for one unless it is null (B15, CH-15)', () => {
    expect(placesIn({ ...chunk, choices: [], error: null })).toEqual(['error'])
    expect(placesIn({ error: 'It broke.' })).toEqual(['error'])
    expect(placesIn({ ...chunk, choices: [], error: { message: 'It broke.' } })).toEqual(['choices'])
  })

  it('tells nothing of the content (law 10)', () => {
    const call = { index: -7, id: ['secret-id'], function: { name: 'look', arguments: ['secret'] } }
    for (const event of [withCall(call), { error: 'secret' }, withDelta({ role: 'secret', content: ['secret'] })]) {
      const result = parseChatEvent(event)
      expect(result.success).toBe(false)
      expect(JSON.stringify(result.error?.issues)).not.toContain('secret')
      expect(z.prettifyError(result.error as z.ZodError)).not.toContain('secret')
    }
  })

  it('does not throw, whatever it is given', () => {
    for (const value of [
      undefined,
      null,
      0,
      '[DONE]',
      [],
      [chunk],
      { choices: {} },
      { error: 1 },
      () => 0,
      Symbol('x'),
    ]) {
      expect(parseChatEvent(value).success).toBe(false)
    }
  })

  it('does not follow JSON 100,000 levels deep in fields that it does not know', () => {
    let deep: unknown = 0
    for (let level = 0; level < 1e5; level++) deep = [deep]
    expect(parseChatEvent({ ...withDelta({ content: 'Hi', deep }), deep }).success).toBe(true)
    expect(parseChatEvent(withCall({ index: 0, type: 'hologram', deep })).success).toBe(true)
  })
})
