import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  contentBlock,
  contentDelta,
  messagesEvent,
  parseMessagesEvent,
  stopReason,
  unknownBlock,
  unknownDelta,
  unknownEvent,
} from '../../src/schemas/index.js'
import { message } from './samples.js'

const delta = (value: unknown) => ({ type: 'content_block_delta', index: 0, delta: value })

describe('what is newer than the schemas', () => {
  it('passes as an event of the two families with all its fields (AN-18)', () => {
    for (const type of ['message_later', 'content_block_later']) {
      const event = { type, index: 2, body: { a: [1, null] } }
      expect(messagesEvent.parse(event)).toEqual(event)
    }
  })

  it('passes as a block, in its start and in a prefilled message', () => {
    const block = { type: 'hologram', points: [1, 2] }
    const prefilled = { type: 'message_start', message: { ...message, content: [block] } }
    expect(contentBlock.parse(block)).toEqual(block)
    expect(messagesEvent.parse({ type: 'content_block_start', index: 0, content_block: block })).toMatchObject({
      content_block: block,
    })
    expect(messagesEvent.parse(prefilled)).toEqual(prefilled)
  })

  it('passes as a delta', () => {
    const event = delta({ type: 'hologram_delta', points: [3] })
    expect(contentDelta.parse(event.delta)).toEqual(event.delta)
    expect(messagesEvent.parse(event)).toEqual(event)
  })

  it('passes as a stop reason, but only as a string', () => {
    expect(stopReason.parse('some_later_reason')).toBe('some_later_reason')
    expect(stopReason.safeParse(3).success).toBe(false)
  })
})

describe('the unknown branch', () => {
  it('does not take a known delta whose text is null', () => {
    expect(messagesEvent.safeParse(delta({ type: 'text_delta', text: null })).success).toBe(false)
  })

  it('does not take a known block or delta by itself, not even a valid one', () => {
    expect(unknownBlock.safeParse({ type: 'text', text: '' }).success).toBe(false)
    expect(unknownDelta.safeParse({ type: 'text_delta', text: '' }).success).toBe(false)
    expect(unknownEvent.safeParse({ type: 'message_stop' }).success).toBe(false)
  })

  it('does not take events of other protocols and of gateways', () => {
    for (const type of ['response.created', 'vertex_event', 'hook_results', 'keepalive', 'message', '', 'PING']) {
      expect(messagesEvent.safeParse({ type }).success, type).toBe(false)
    }
  })

  it('needs a type that is a string with something in it', () => {
    for (const value of [{}, { type: null }, { type: 1 }, { type: '' }]) {
      expect(contentBlock.safeParse(value).success, JSON.stringify(value)).toBe(false)
      expect(contentDelta.safeParse(value).success, JSON.stringify(value)).toBe(false)
    }
  })

  it('takes a type named like a member of every object for what it is, an unknown name', () => {
    for (const type of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(contentBlock.safeParse({ type }).success, type).toBe(true)
      expect(messagesEvent.safeParse({ type }).success, type).toBe(false)
    }
  })
})

describe('parseMessagesEvent', () => {
  it('gives the event', () => {
    expect(parseMessagesEvent({ type: 'ping' })).toEqual({ success: true, data: { type: 'ping' } })
  })

  it('names the place of what is wrong, however deep', () => {
    const placesIn = (value: unknown) => parseMessagesEvent(value).error?.issues.map((issue) => issue.path.join('.'))
    expect(placesIn({ type: 'content_block_stop', index: -1 })).toEqual(['index'])
    expect(placesIn(delta({ type: 'text_delta', text: null }))).toEqual(['delta.text'])
    expect(placesIn(delta({ type: 'citations_delta', citation: {} }))).toEqual(['delta.citation.type'])
    const content = [
      { type: 'text', text: '' },
      { type: 'tool_use', id: 'call_a', name: 'look', input: '{}' },
    ]
    expect(placesIn({ type: 'message_start', message: { ...message, content, role: 'user' } })?.sort()).toEqual([
      'message.content.1.input',
      'message.role',
    ])
  })

  it('tells nothing of the content (law 10)', () => {
    const result = parseMessagesEvent({
      type: 'content_block_start',
      index: -7,
      content_block: { type: 'tool_use', id: ['secret-id'], name: 'look', input: 'secret-input' },
    })
    expect(result.success).toBe(false)
    expect(JSON.stringify(result.error?.issues)).not.toContain('secret')
    expect(z.prettifyError(result.error as z.ZodError)).not.toContain('secret')
  })

  it('does not throw, whatever it is given', () => {
    for (const value of [undefined, null, 0, 'ping', [], [{ type: 'ping' }], { type: {} }, () => 0, Symbol('ping')]) {
      expect(parseMessagesEvent(value).success).toBe(false)
    }
  })

  it('does not follow JSON 100,000 levels deep in fields that it does not know', () => {
    let deep: unknown = 0
    for (let level = 0; level < 1e5; level++) deep = [deep]
    expect(parseMessagesEvent({ type: 'ping', deep }).success).toBe(true)
    expect(parseMessagesEvent(delta({ type: 'hologram_delta', deep })).success).toBe(true)
  })
})
