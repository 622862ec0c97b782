import { describe, expect, it } from 'vitest'
import { codeInfo } from '../../src/defects/registry.js'
import { conform } from './conform.js'
import { rules } from './rules/index.js'
import {
  answer,
  callStart,
  calls,
  changed,
  chunk,
  comment,
  completion,
  data,
  delta,
  done,
  end,
  error,
  failure,
  finish,
  first,
  opening,
  role,
  text,
  textOf,
  usage,
} from './stream.js'

const many = (frame: (at: number) => string) => Array.from({ length: 1000 }, (_, at) => frame(at))

describe('the report', () => {
  it('holds one entry and a count for a thousand equal defects', () => {
    const repeated = many((at) => delta({ role: 'assistant', content: `t${at}` }))
    const { report } = conform([role(), repeated, end()])
    const first = { code: 'chat/role-missing-or-invalid', action: 'rewrote', frame: 2, offset: role().length }
    expect(report.defects).toEqual([
      {
        code: first.code,
        count: 1000,
        first: { ...first, path: 'choices.delta.role', wanted: 'assistant', found: 'string' },
      },
    ])
  })

  it('holds one entry and a count for a thousand equal observations', () => {
    const malformed = many((at) => callStart(at, '{]'))
    const { report } = conform([role(), malformed, end('tool_calls')])
    expect(report.defects).toEqual([])
    expect(report.observations.map(({ code, count, first: { frame } }) => [code, count, frame])).toEqual([
      ['chat/tool-args-malformed', 1000, 1002],
    ])
  })

  it('counts the frames and bytes that came in and went out', () => {
    const upstream = textOf(comment(), text('Grüße'), usage(), done())
    const { report, output } = conform(upstream)
    expect(report.frames).toEqual({ in: 4, out: 5 })
    expect(report.bytes).toEqual({ in: Buffer.byteLength(upstream), out: Buffer.byteLength(output) })
  })

  it('counts what comes behind the terminal too, and lets nothing of it out', () => {
    const { report } = conform([answer('Hi'), comment(), text('!')])
    expect(report.frames).toEqual({ in: 6, out: 4 })
    expect(report.bytes.out).toBe(textOf(answer('Hi')).length)
  })

  it('counts what waits when it goes out, and what is dropped not at all', () => {
    const both = delta({ content: 'Hi' }, { finish_reason: 'stop' })
    expect(conform([role(), both, comment()], {}, 'cancel').report.frames).toEqual({ in: 3, out: 1 })
    expect(conform([role(), both, comment(), data({}), done()]).report.frames).toEqual({ in: 5, out: 4 })
  })

  it('of an empty body counts the error that is ours', () => {
    const { report, output } = conform([])
    const code = 'chat/empty-200'
    expect(output).toBe(textOf(failure('empty')))
    expect(report).toEqual({
      protocol: 'chat',
      endState: 'empty',
      endReason: 'eof',
      defects: [{ code, count: 1, first: { code, action: 'ended', frame: 0, offset: 0 } }],
      observations: [],
      frames: { in: 0, out: 2 },
      bytes: { in: 0, out: output.length },
    })
  })

  it('gives the offset of a frame in bytes, not in characters', () => {
    const upstream = [opening('Grüße'), data({})]
    const { report } = conform(upstream)
    expect(report.defects[0]?.first.offset).toBe(Buffer.byteLength(textOf(upstream.slice(0, 1))))
  })

  it('is the same by the short way: a defect of each of many alike deltas stands where that delta does', () => {
    const heard: (readonly [number, number])[] = []
    const rotten = [1, 2, 3, 4, 5].map((at) => delta({ content: `t${at}` }, { finish_reason: '' }))
    conform([role(), rotten, end()], { onDefect: ({ frame, offset }) => void heard.push([frame, offset]) })
    const size = rotten[0]?.length ?? 0
    expect(heard).toEqual([0, 1, 2, 3, 4].map((at) => [at + 2, role().length + at * size]))
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
    const [said, args, words_, model, type, key] = words
    const streams = [
      [changed(text(said), { id: key, model, object: type, created: said }), changed(text(said), { id: said })],
      [role(), callStart(0, `{"${args}":`), end('tool_calls')],
      [role(), calls([first(0, '', { function: { arguments: args } })]), end('tool_calls')],
      [
        role(),
        callStart(0, args, { id: 5, type, index: key }),
        calls([{ id: key, type, function: { name: said } }]),
        end('tool_calls'),
      ],
      [role(), callStart(0, { [args]: said }), callStart(0, { [args]: said }), end('tool_calls')],
      [delta({ role: type, content: [{ type, [key]: said }] })],
      [delta({ role: key, tool_calls: said, function_call: { [key]: args } }), end(type)],
      [role(), finish(type), text(said), finish('length')],
      [
        role(),
        chunk([said, { index: key, delta: said, finish_reason: type }]),
        usage({ usage: { [key]: said, prompt_tokens: key } }),
      ],
      [opening(said), usage({ usage: said, choices: said })],
      [opening(said), error(words_, 'guardrail_violation', key)],
      [opening(said), data({ error: words_, [key]: type })],
      [`<html>${said}</html>`],
      [role(), `data: ${said}\n\n`],
      [role(), data({ [key]: said }), data({ type: `response.${type}` })],
      [data(completion([{ index: key, message: { content: [said], [key]: type }, finish_reason: type }]))],
    ]
    for (const upstream of streams) {
      const { report, defects } = conform(upstream)
      expect(defects.length).toBeGreaterThan(0)
      expect(JSON.stringify(report)).not.toMatch(/SECRET/)
    }
  })
})
