import { describe, expect, it } from 'vitest'
import { codeInfo } from '../../src/defects/registry.js'
import { conform } from './conform.js'
import { rules } from './rules/index.js'
import {
  comment,
  end,
  failure,
  frame,
  madeDelta,
  messageStop,
  ping,
  start,
  textBlock,
  textDelta,
  textOf,
  textStart,
  toolBlock,
} from './stream.js'

describe('the report', () => {
  it('holds one entry and a count for a thousand equal defects', () => {
    const foreign = Array.from({ length: 1000 }, () => frame({ type: 'vertex_event' }))
    const { report } = conform([start(), foreign, textBlock(0, 'Hi'), end()])
    expect(report.defects).toEqual([
      {
        code: 'messages/unknown-event-type',
        count: 1000,
        first: { code: 'messages/unknown-event-type', action: 'dropped', frame: 2, offset: start().length },
      },
    ])
  })

  it('holds one entry and a count for a thousand equal observations', () => {
    const blocks = Array.from({ length: 1000 }, (_, index) => textBlock(index))
    const { report } = conform([start(), blocks, end()])
    expect(report.defects).toEqual([])
    expect(report.observations.map(({ code, count, first }) => [code, count, first.frame])).toEqual([
      ['messages/empty-text-block', 1000, 3],
    ])
  })

  it('counts the frames and bytes that came in and went out', () => {
    const upstream = textOf(comment(), start(), textBlock(0, 'Grüße'), messageStop())
    const { report, output } = conform(upstream)
    expect(output).toBe(textOf(comment(), start(), textBlock(0, 'Grüße'), madeDelta('end_turn'), messageStop()))
    expect(report.frames).toEqual({ in: 6, out: 7 })
    expect(report.bytes).toEqual({ in: Buffer.byteLength(upstream), out: Buffer.byteLength(output) })
  })

  it('counts what comes behind the terminal too, and lets nothing of it out', () => {
    const { report } = conform([start(), end(), comment(), ping()])
    expect(report.frames).toEqual({ in: 5, out: 3 })
    expect(report.bytes.out).toBe(textOf(start(), end()).length)
  })

  it('counts no blank lines between frames, and passes them', () => {
    const upstream = `\n${start()}\n\n${textOf(textBlock(0, 'Hi'), end())}`
    const { report, output } = conform(upstream)
    expect(output).toBe(upstream)
    expect(report.frames).toEqual({ in: 6, out: 6 })
  })

  it('of an empty body counts the error that is ours', () => {
    const { report } = conform([])
    expect(report).toEqual({
      protocol: 'messages',
      endState: 'empty',
      endReason: 'eof',
      defects: [
        {
          code: 'messages/empty-200',
          count: 1,
          first: { code: 'messages/empty-200', action: 'ended', frame: 0, offset: 0 },
        },
      ],
      observations: [],
      frames: { in: 0, out: 1 },
      bytes: { in: 0, out: failure('empty').length },
    })
  })

  it('gives the offset of a frame in bytes, not in characters', () => {
    const upstream = [start(), textBlock(0, 'Grüße'), frame({ type: 'vertex_event' }), end()]
    const { report } = conform(upstream)
    expect(report.defects[0]?.first.offset).toBe(Buffer.byteLength(textOf(upstream.slice(0, 2))))
  })

  it('says for defects and observations what the registry says of them', () => {
    for (const { code, violations } of rules) {
      const lines = violations.flatMap(({ defects, observations = [] }) => [...defects, ...observations])
      const ofCode = lines.filter((line) => line.startsWith(`${code} `))
      const { severity, action } = codeInfo(code)
      if (severity === 'defect')
        expect(
          ofCode.some((line) => line.startsWith(`${code} ${action} `)),
          code,
        ).toBe(true)
      else
        expect(
          ofCode.some((line) => line.startsWith(`${code} @`)),
          code,
        ).toBe(true)
    }
  })

  it('holds no content: no word of the upstream is in it', () => {
    const words = ['SECRETTEXT', 'SECRETARGS', 'SECRETERROR', 'SECRETMODEL', 'SECRETTYPE', 'SECRETKEY']
    const streams = [
      [start({ model: words[3], id: words[5] }), textStart('SECRETKEY'), textDelta('SECRETKEY', words[0])],
      [start(), toolBlock(0, `{"${words[1]}":`), end('tool_use')],
      [start(), toolBlock(0, `{"a":"${words[1]}"}`, `{"b":"${words[1]}"}`), end('SECRETKEY')],
      [start(), frame({ type: words[4], [words[5] as string]: words[0] }), `data: ${words[0]}\n\n`],
      [start(), frame({ type: 'error', message: words[2], code: words[5] })],
      [`<html>${words[0]}</html>`],
      [start(), `event: ${words[4]}\ndata: {"type":"ping","x":"${words[0]}"}\n\n`, end()],
      [
        `data: {"type":"message_start","message":{"id":7,"role":"${words[5]}"}}\n\n`,
        textDelta(0, { [words[0] as string]: 1 }),
      ],
    ]
    for (const upstream of streams) {
      const { report, defects } = conform(upstream)
      expect(defects.length).toBeGreaterThan(0)
      expect(JSON.stringify(report)).not.toMatch(/SECRET/)
    }
  })
})
