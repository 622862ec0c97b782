import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  outputItem,
  parseResponsesEvent,
  responsesEvent,
  unknownItem,
  unknownPart,
  unknownResponsesEvent,
} from '../../../src/schemas/index.js'
import { snapshot } from './snapshots.js'

const added = (item: unknown) => ({ type: 'response.output_item.added', output_index: 0, item })
const delta = { type: 'response.output_text.delta', item_id: 'msg_a', output_index: 0, content_index: 0, delta: 'Hi' }
const placesIn = (value: unknown) => parseResponsesEvent(value).error?.issues.map((issue) => issue.path.join('.'))

describe('what is newer than the schemas of a response', () => {
  it('passes as an event of response.* with all its fields', () => {
    const event = { type: 'response.hologram.delta', item_id: 7, body: { a: [1, null] } }
    expect(responsesEvent.parse(event)).toEqual(event)
  })

  it('passes as an item, in its event and in a snapshot', () => {
    const item = { type: 'hologram', points: [1, 2] }
    const whole = { type: 'response.completed', response: snapshot('completed', { output: [item] }) }
    expect(responsesEvent.parse(added(item))).toEqual(added(item))
    expect(responsesEvent.parse(whole)).toEqual(whole)
  })

  it('passes as a field, at every depth', () => {
    const event = { ...delta, agent: { agent_name: 'a' }, logprobs: [{ token: 'H', logprob: 0, later: 1 }] }
    expect(responsesEvent.parse(event)).toEqual(event)
  })
})

describe('the unknown branch of a response', () => {
  it('does not take what is known, not even where it is valid', () => {
    expect(unknownItem.safeParse({ type: 'compaction', id: 'cmp_a', encrypted_content: '' }).success).toBe(false)
    expect(unknownPart.safeParse({ type: 'refusal', refusal: '' }).success).toBe(false)
    expect(unknownResponsesEvent.safeParse({ type: 'keepalive' }).success).toBe(false)
  })

  it('does not take a known event whose delta is null (RE-26)', () => {
    expect(responsesEvent.safeParse({ ...delta, delta: null }).success).toBe(false)
  })

  it('does not take the other names of a terminal (A20)', () => {
    for (const type of ['response.done', 'response.cancelled']) {
      expect(responsesEvent.safeParse({ type, response: snapshot('completed') }).success, type).toBe(false)
    }
    expect(responsesEvent.safeParse({ type: 'response.done_later' }).success).toBe(true)
  })

  it('does not take events of other protocols and of gateways (D-51)', () => {
    for (const type of ['message_start', 'ping', 'vendor:event', 'codex.rate_limits', 'response', 'response.', '']) {
      expect(responsesEvent.safeParse({ type }).success, type).toBe(false)
    }
    expect(responsesEvent.safeParse({ object: 'chat.completion.chunk', choices: [] }).success).toBe(false)
  })

  it('takes a type named like a member of every object for what it is, an unknown name', () => {
    for (const type of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(outputItem.safeParse({ type }).success, type).toBe(true)
      expect(responsesEvent.safeParse({ type }).success, type).toBe(false)
    }
  })
})

describe('parseResponsesEvent', () => {
  it('gives the event', () => {
    expect(parseResponsesEvent(delta)).toEqual({ success: true, data: delta })
  })

  it('names the place of what is wrong, however deep', () => {
    expect(placesIn({ ...delta, output_index: '0', content_index: -1 })).toEqual(['output_index', 'content_index'])
    expect(placesIn(added({ type: 'reasoning', id: 'rs_a', summary: [{ type: 'summary_text' }] }))).toEqual([
      'item.summary.0.text',
    ])
    const message = { type: 'message', id: 'msg_a', status: 'completed', role: 'assistant' }
    const content = [{ type: 'output_text', text: 'Hi', annotations: [{ type: 'url_citation', url: '' }] }]
    const output = [{ type: 'some_later_item' }, { ...message, content }]
    expect(placesIn({ type: 'response.completed', response: snapshot('failed', { output }) })?.sort()).toEqual([
      'response.output.1.content.0.annotations.0.end_index',
      'response.output.1.content.0.annotations.0.start_index',
      'response.output.1.content.0.annotations.0.title',
      'response.status',
    ])
  })

  it('tells nothing of the content (law 10)', () => {
    const call = { type: 'function_call', id: ['secret-id'], call_id: '', name: 'look', arguments: ['secret'] }
    const result = parseResponsesEvent(added(call))
    expect(result.success).toBe(false)
    expect(JSON.stringify(result.error?.issues)).not.toContain('secret')
    expect(z.prettifyError(result.error as z.ZodError)).not.toContain('secret')
  })

  it('does not throw, whatever it is given', () => {
    for (const value of [undefined, null, 0, 'keepalive', [], [delta], { type: {} }, () => 0, Symbol('ping')]) {
      expect(parseResponsesEvent(value).success).toBe(false)
    }
  })

  it('does not follow JSON 100,000 levels deep in fields that it does not know', () => {
    let deep: unknown = 0
    for (let level = 0; level < 1e5; level++) deep = [deep]
    expect(parseResponsesEvent({ ...delta, deep }).success).toBe(true)
    expect(parseResponsesEvent(added({ type: 'hologram', deep })).success).toBe(true)
  })
})
