import { describe, expect, it } from 'vitest'
import { codeInfo } from '../../src/defects/registry.js'
import { conform } from './conform.js'
import { rules } from './rules/index.js'
import {
  begin,
  call,
  callAdded,
  comment,
  completed,
  created,
  data,
  failureAlone,
  frame,
  itemDone,
  message,
  messageAdded,
  messageItem,
  nested,
  openCall,
  openMessage,
  partAdded,
  reasoningItem,
  textDelta,
  textOf,
} from './stream.js'

const hi = [messageItem(0, ['Hi'])]

describe('the report', () => {
  it('holds one entry and a count for a thousand equal defects', () => {
    const foreign = Array.from({ length: 1000 }, () => frame({ type: 'vendor:event' }))
    const { report } = conform([begin(), foreign, message(0, 'Hi'), completed(hi)])
    const code = 'responses/unknown-or-keepalive-events'
    expect(report.defects).toEqual([
      { code, count: 1000, first: { code, action: 'dropped', frame: 3, offset: textOf(begin()).length } },
    ])
  })

  it('holds one entry and a count for a thousand equal observations', () => {
    const slots = Array.from({ length: 1000 }, (_, output_index) => ({ output_index, item_id: `odd${output_index}` }))
    const items = slots.map((slot) => messageItem(slot, ['A']))
    const { report } = conform([begin(), slots.map((slot) => message(slot, 'A')), completed(items)])
    expect(report.defects).toEqual([])
    expect(report.observations.map(({ code, count, first }) => [code, count, first.frame])).toEqual([
      ['responses/item-id-odd', 1000, 3],
    ])
  })

  it('counts the frames and bytes that came in and went out', () => {
    const upstream = textOf(comment(), created(), message(0, 'Grüße'), completed([messageItem(0, ['Grüße'])]))
    const { report, output } = conform(upstream)
    expect(report.frames).toEqual({ in: 9, out: 10 })
    expect(report.bytes).toEqual({ in: Buffer.byteLength(upstream), out: Buffer.byteLength(output) })
  })

  it('counts what comes behind the terminal too, and lets nothing of it out', () => {
    const { report } = conform([begin(), completed([]), comment(), data('[DONE]')])
    expect(report.frames).toEqual({ in: 5, out: 3 })
    expect(report.bytes.out).toBe(textOf(begin(), completed([])).length)
  })

  it('of an empty body counts the events that are ours', () => {
    const { report, output } = conform([])
    const code = 'responses/empty-200'
    expect(report).toEqual({
      protocol: 'responses',
      endState: 'empty',
      endReason: 'eof',
      defects: [{ code, count: 1, first: { code, action: 'ended', frame: 0, offset: 0 } }],
      observations: [],
      frames: { in: 0, out: failureAlone('empty').length },
      bytes: { in: 0, out: output.length },
    })
  })

  it('gives the offset of a frame in bytes, not in characters', () => {
    const upstream = [begin(), openMessage(0, 'Grüße'), frame({ type: 'vendor:event' })]
    const { report } = conform(upstream)
    expect(report.defects[0]?.first.offset).toBe(Buffer.byteLength(textOf(upstream.slice(0, 2))))
  })

  it('says for defects and observations what the registry says of them', () => {
    for (const { code, violations } of rules) {
      const lines = violations.flatMap(({ defects, observations = [] }) => [...defects, ...observations])
      const { severity, action } = codeInfo(code)
      const start = severity === 'defect' ? `${code} ${action} @` : `${code} @`
      expect(
        lines.some((line) => line.startsWith(start)),
        code,
      ).toBe(true)
    }
  })

  it('holds no content: no word of the upstream is in it', () => {
    const words = ['SECRETTEXT', 'SECRETARGS', 'SECRETERROR', 'SECRETMODEL', 'SECRETTYPE', 'SECRETKEY'] as const
    const [text, args, error, model, type, key] = words
    const streams = [
      [created({ model, id: key, [key]: text }), textDelta({ output_index: 7, item_id: key }, text)],
      [begin(), openCall(0, `{"${args}":`), completed([])],
      [begin(), callAdded(0, { arguments: `{"${args}":1}`, name: '' }), completed([{ type, [key]: args }])],
      [begin(), call(0, args), message(0, text), completed([reasoningItem(0, [text])])],
      [begin(), openMessage(0, text), itemDone(0, messageItem(0, [key], { [key]: 1 })), completed([])],
      [begin(), messageAdded(0), partAdded(0, 0, { type, text: 7, [key]: text }), textDelta(0, { [key]: text })],
      [begin(), frame({ type, [key]: text }), `data: ${text}\n\n`],
      [begin(), nested(error, key, type)],
      [begin(), frame({ error: { message: error, code: key, [key]: type } })],
      [`<html>${text}</html>`],
      [begin(), `event: ${type}\ndata: {"type":"keepalive","x":"${text}"}\n\n`, completed([])],
      [frame({ id: key, object: 'response', status: type, output: [{ type, [key]: text }] })],
      [begin(), completed(hi, { status: type, usage: { [key]: text, input_tokens: key } })],
    ]
    for (const upstream of streams) {
      const { report, defects } = conform(upstream)
      expect(defects.length).toBeGreaterThan(0)
      expect(JSON.stringify(report)).not.toMatch(/SECRET/)
    }
  })
})
