import { describe, expect, it } from 'vitest'
import { compose, createPipeline, type Defect, decode, type Frame, messages, type Report } from '../../src/index.js'
import { conform } from './conform.js'
import {
  blockStop,
  comment,
  data,
  delta,
  end,
  failure,
  frame,
  inputDelta,
  madeStart,
  messageStop,
  newerDelta,
  ping,
  start,
  textBlock,
  textDelta,
  textOf,
  textStart,
  toolBlock,
  toolStart,
} from './stream.js'

const foreign = frame({ type: 'vertex_event', region: 'x' })
const newer = frame({ type: 'content_block_later', index: 0 })
const encoder = new TextEncoder()

describe('unknownEvents', () => {
  const upstream = [start(), foreign, newer, data({}), textBlock(0, 'Hi'), end()]

  it('left out drops what is foreign and passes what is newer', () => {
    const { output, defects } = conform(upstream)
    expect(output).toBe(textOf(start(), newer, textBlock(0, 'Hi'), end()))
    expect(defects).toEqual(['messages/unknown-event-type dropped @2', 'messages/unknown-event-type dropped @4'])
  })

  it('pass lets both through by their bytes', () => {
    const { output, defects } = conform(upstream, { unknownEvents: 'pass' })
    expect(output).toBe(textOf(upstream))
    expect(defects).toEqual([])
  })

  it('drop drops both and keeps pings', () => {
    const { output, defects } = conform([...upstream, ping()], { unknownEvents: 'drop' })
    expect(output).toBe(textOf(start(), textBlock(0, 'Hi'), end()))
    expect(defects.slice(0, 3)).toEqual([
      'messages/unknown-event-type dropped @2',
      'messages/unknown-event-type dropped @3',
      'messages/unknown-event-type dropped @4',
    ])
    expect(conform([start(), ping(), textBlock(0, 'Hi'), end()], { unknownEvents: 'drop' }).defects).toEqual([])
  })

  it('says nothing of blocks and deltas that are newer, which always pass', () => {
    const block = [textStart(0), newerDelta(0), blockStop(0)]
    expect(conform([start(), block, end()], { unknownEvents: 'drop' }).output).toBe(textOf(start(), block, end()))
  })
})

describe("emptyText: 'drop'", () => {
  const drop = { emptyText: 'drop' } as const

  it('leaves out an empty block between two tools, whose indices close up', () => {
    const { output } = conform([start(), toolBlock(0), textBlock(1), toolBlock(2, '{}'), end('tool_use')], drop)
    expect(output).toBe(
      textOf(
        start(),
        toolBlock(0),
        toolStart(1, { id: 'toolu_2' }),
        inputDelta(1, '{}'),
        blockStop(1),
        end('tool_use'),
      ),
    )
  })

  it('lets the start wait for the first text and sends both in that push', () => {
    const pipeline = createPipeline({ protocol: 'messages', ...drop })
    const pushed = (text: string): string => {
      let output = ''
      pipeline.push(encoder.encode(text), (bytes) => {
        output += Buffer.from(bytes).toString()
      })
      return output
    }
    expect(pushed(start())).toBe(start())
    expect(pushed(textStart(0))).toBe('')
    expect(pushed(textDelta(0, ''))).toBe('')
    expect(pushed(textDelta(0, 'Hi'))).toBe(textStart(0) + textDelta(0, 'Hi'))
  })

  it('lets the start wait for a citation, which is content too', () => {
    const cited = delta(0, { type: 'citations_delta', citation: { type: 'char_location', cited_text: 'x' } })
    const block = [textStart(0), cited, blockStop(0)]
    expect(conform([start(), block, end()], drop).output).toBe(textOf(start(), block, end()))
  })

  it('sends text that came in the start', () => {
    const upstream = [
      start(),
      frame({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'Hi' } }),
    ]
    const { output, defects } = conform([upstream, blockStop(0), end()], drop)
    expect(output).toBe(textOf(start(), textBlock(0, 'Hi'), end()))
    expect(defects).toEqual(['messages/content-in-block-start moved @2 content_block.text'])
  })

  it('sends pings that come while the start waits at once', () => {
    const { output } = conform([start(), textStart(0), ping(), textDelta(0, 'Hi'), blockStop(0), end()], drop)
    expect(output).toBe(textOf(start(), ping(), textBlock(0, 'Hi'), end()))
  })

  it('keeps a block that holds blanks', () => {
    const { output, defects } = conform([start(), textBlock(0, ' '), end()], drop)
    expect(output).toBe(textOf(start(), textBlock(0, ' '), end()))
    expect(defects).toEqual([])
  })

  it('left out, or keep, leaves empty blocks alone', () => {
    for (const options of [{}, { emptyText: 'keep' as const }]) {
      const { output, defects } = conform([start(), textBlock(0), end()], options)
      expect(output).toBe(textOf(start(), textBlock(0), end()))
      expect(defects).toEqual([])
    }
  })
})

describe('request.model', () => {
  it('stands in a message_start that had to be made', () => {
    const { output } = conform([textBlock(0, 'Hi'), end()], { request: { model: 'asked-model' } })
    expect(output).toBe(textOf(madeStart('msg_1', 'asked-model'), textBlock(0, 'Hi'), end()))
  })

  it('fills a message_start without a model, and never replaces one', () => {
    const request = { model: 'asked-model' }
    expect(conform([start({ model: undefined }), end()], { request }).output).toContain('"model":"asked-model"')
    expect(conform([start(), end()], { request }).output).toBe(textOf(start(), end()))
  })

  it('left out makes the model unknown', () => {
    expect(conform([textBlock(0, 'Hi'), end()], { request: {} }).output).toContain('"model":"unknown"')
  })
})

describe('newId', () => {
  it('is asked only where a message has no id', () => {
    let asked = 0
    const newId = () => `drawn${++asked}`
    conform([start(), toolStart(0, { id: '' }), blockStop(0), end('tool_use')], { newId })
    expect(asked).toBe(0)
    expect(conform([start({ id: '' }), end()], { newId }).output).toContain('"id":"msg_drawn1"')
    expect(conform([textBlock(0, 'Hi'), end()], { newId }).output).toContain('"id":"msg_drawn2"')
    expect(asked).toBe(2)
  })

  it('left out counts, so that two runs agree', () => {
    const run = () => {
      let output = ''
      const pipeline = createPipeline({ protocol: 'messages' })
      const emit = (bytes: Uint8Array) => {
        output += Buffer.from(bytes).toString()
      }
      pipeline.push(encoder.encode(textOf(toolStart(0, { id: '' }), blockStop(0), end('tool_use'))), emit)
      pipeline.end('eof', emit)
      return output
    }
    expect(run()).toContain('"id":"msg_1"')
    expect(run()).toContain('"id":"toolu_msg_1_0"')
    expect(run()).toBe(run())
  })
})

describe("mode: 'strict'", () => {
  const strict = { mode: 'strict' } as const

  it('passes a conformant stream by its bytes', () => {
    const upstream = [start(), textBlock(0, 'Hi'), end()]
    expect(conform(upstream, strict).output).toBe(textOf(upstream))
  })

  it('mends no framing: a frame that the standard reads as nothing passes and says nothing', () => {
    const indented = textDelta(0, 'Hi').replaceAll(/^(?=.)/gm, ' ')
    const { output, defects, report } = conform([start(), textStart(0), indented, blockStop(0), end()], strict)
    expect(output).toBe(textOf(start(), textStart(0), indented, blockStop(0), end()))
    expect(defects).toEqual([])
    expect(report.observations.map(({ code }) => code)).toEqual(['messages/empty-text-block'])
  })

  it('still has the machine repair the protocol', () => {
    const { output, defects } = conform([start(), textDelta(0, 'Hi'), blockStop(0), messageStop()], strict)
    expect(output).toContain(textOf(textBlock(0, 'Hi')))
    expect(defects[0]).toBe('messages/block-delta-without-start inserted @2')
  })

  it('still ends the stream where a limit is hit', () => {
    const { output } = conform([ping(), `: ${'x'.repeat(99)}\n\n`], { ...strict, limits: { maxFrameBytes: 50 } })
    expect(output).toBe(textOf(ping(), failure('limit')))
  })
})

describe('the callbacks', () => {
  /** What a caller sees of a stream, frame by frame, in the order in which it sees it. */
  function log(upstream: readonly string[]): string[] {
    const seen: string[] = []
    const stage = compose(
      decode(),
      messages({
        onDefect: ({ code, frame: at }) => void seen.push(`${code} @${at}`),
        onObservation: ({ code, frame: at }) => void seen.push(`(${code}) @${at}`),
        onEnd: ({ endState }) => void seen.push(`end: ${endState}`),
      }),
    )
    const emit = (out: Frame): void => void seen.push(out.kind === 'event' ? `out: ${out.event}` : 'out: a comment')
    for (const each of upstream) stage.push(encoder.encode(each), emit)
    stage.end('eof', emit)
    stage.end('eof', emit)
    return seen
  }

  it('come before the frames that show what they tell of, and onEnd comes last and once (D-3)', () => {
    expect(
      log([start(), textDelta(0, 'Hi'), textStart(1), textStart(1), blockStop(1), comment(), messageStop()]),
    ).toEqual([
      'out: message_start',
      'messages/block-delta-without-start @2',
      'out: content_block_start',
      'out: content_block_delta',
      'out: content_block_stop',
      'out: content_block_start',
      'messages/duplicate-block-start @4',
      'out: content_block_stop',
      '(messages/empty-text-block) @5',
      'out: a comment',
      'messages/message-delta-malformed @7',
      'out: message_delta',
      'out: message_stop',
      'end: complete',
    ])
    expect(log([start(), textStart(0), textStart(1)])).toEqual([
      'out: message_start',
      'out: content_block_start',
      'messages/block-stop-missing @3',
      'out: content_block_stop',
      '(messages/empty-text-block) @3',
      'out: content_block_start',
      'messages/truncated-stream @3',
      'out: error',
      'end: truncated',
    ])
  })

  it('hear each defect, not only the first of its code', () => {
    const heard: Defect[] = []
    const { report } = conform([start(), foreign, foreign, end()], { onDefect: (defect) => void heard.push(defect) })
    expect(heard).toEqual([
      { code: 'messages/unknown-event-type', action: 'dropped', frame: 2, offset: start().length },
      { code: 'messages/unknown-event-type', action: 'dropped', frame: 3, offset: (start() + foreign).length },
    ])
    expect(report.defects).toEqual([{ code: 'messages/unknown-event-type', count: 2, first: heard[0] }])
  })

  it('get what was wanted and found, and no content', () => {
    const heard: Defect[] = []
    conform([start(), textStart('0'), textDelta(0, 7)], { onDefect: (defect) => void heard.push(defect) })
    expect(heard.slice(0, 2)).toEqual([
      {
        code: 'messages/index-missing',
        action: 'rewrote',
        frame: 2,
        offset: start().length,
        path: 'index',
        found: 'string',
      },
      {
        code: 'messages/delta-malformed',
        action: 'dropped',
        frame: 3,
        offset: (start() + textStart('0')).length,
        path: 'delta.text',
        wanted: 'string',
        found: 'number',
      },
    ])
  })

  it('that throw are the caller’s own fault: what they throw is thrown on', () => {
    const pipeline = createPipeline({
      protocol: 'messages',
      onDefect: () => {
        throw new Error('mine')
      },
    })
    expect(() => pipeline.push(encoder.encode(textDelta(0, 'Hi')), () => {})).toThrow('mine')
  })

  it('give onEnd the final report, the one that report() gives', () => {
    const reports: Report[] = []
    const { report } = conform([start(), textBlock(0, 'Hi'), end()], { onEnd: (final) => void reports.push(final) })
    expect(reports).toEqual([report])
    expect(report.endState).toBe('complete')
  })

  it('are kept by the machine alone, without bytes around it', () => {
    const ends: Report[] = []
    const stage = messages({ onEnd: (report) => void ends.push(report) })
    stage.end('eof', () => {})
    stage.end('eof', () => {})
    expect(ends.map(({ endState, protocol }) => [endState, protocol])).toEqual([['empty', 'messages']])
  })
})

describe('a mistake of the caller', () => {
  it('throws at once where a limit is no positive integer', () => {
    for (const wrong of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => createPipeline({ protocol: 'messages', limits: { maxHeldBytes: wrong } })).toThrow(RangeError)
    }
  })

  it('throws at once where the protocol is none that is supported', () => {
    // @ts-expect-error it is not in the type either
    expect(() => createPipeline({ protocol: 'smtp' })).toThrow(TypeError)
  })
})
