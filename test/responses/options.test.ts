import { describe, expect, it } from 'vitest'
import { compose, createPipeline, type Defect, decode, type Frame, type Report, responses } from '../../src/index.js'
import { conform, eventsOf } from './conform.js'
import {
  argsDelta,
  begin,
  callAdded,
  callItem,
  changed,
  comment,
  completed,
  created,
  data,
  done,
  event,
  failed,
  failure,
  frame,
  itemDone,
  message,
  messageAdded,
  messageDone,
  messageItem,
  nested,
  openMessage,
  partAdded,
  textDelta,
  textOf,
  unnamed,
  usage,
} from './stream.js'

const foreign = frame({ type: 'vendor:event', region: 'x' })
const newer = event('later', { later: 1 })
const hi = [messageItem(0, ['Hi'])]
const answer = [begin(), message(0, 'Hi'), completed(hi)]
const encoder = new TextEncoder()

describe('unknownEvents', () => {
  const upstream = [begin(), foreign, newer, data({}), message(0, 'Hi'), completed(hi)]

  it('left out drops what is foreign and passes what is newer', () => {
    const { output, defects } = conform(upstream)
    expect(output).toBe(textOf(begin(), newer, message(0, 'Hi'), completed(hi)))
    expect(defects).toEqual([
      'responses/unknown-or-keepalive-events dropped @3',
      'responses/unknown-or-keepalive-events dropped @5',
    ])
  })

  it('pass lets both through by their bytes, but nothing that has no type', () => {
    const { output, defects } = conform(upstream, { unknownEvents: 'pass' })
    expect(output).toBe(textOf(begin(), foreign, newer, message(0, 'Hi'), completed(hi)))
    expect(defects).toEqual(['responses/unknown-or-keepalive-events dropped @5'])
  })

  it('drop drops both', () => {
    const { output, defects } = conform(upstream, { unknownEvents: 'drop' })
    expect(output).toBe(textOf(answer))
    expect(defects).toEqual([3, 4, 5].map((at) => `responses/unknown-or-keepalive-events dropped @${at}`))
  })

  it('says nothing of items and parts that are newer, which always pass', () => {
    const item = { id: 'later_0', type: 'later_item' }
    const whole = [begin(), itemDone(0, item)]
    expect(conform([whole, completed([item])], { unknownEvents: 'drop' }).output).toContain('"type":"later_item"')
  })
})

describe('done', () => {
  it('left out, or openai, drops the mark of the end, which is no defect', () => {
    for (const options of [{}, { done: 'openai' as const }]) {
      expect(conform([answer, done()], options)).toMatchObject({ output: textOf(answer), defects: [] })
    }
  })

  it('open-responses ends each answer with it, given or not', () => {
    const options = { done: 'open-responses' } as const
    for (const upstream of [answer, [answer, done()]]) {
      expect(conform(upstream, options)).toMatchObject({ output: textOf(answer, done()), defects: [] })
    }
    expect(conform([begin(), nested(), failed()], options).output).toBe(textOf(begin(), nested(), failed(), done()))
    expect(conform([begin()], options).output).toBe(textOf(textOf(conform([begin()]).output), done()))
  })

  it('writes none where the client went away', () => {
    expect(conform(begin(), { done: 'open-responses' }, 'cancel').output).toBe(textOf(begin()))
  })
})

describe('resume', () => {
  const middle = [textDelta(0, 'Hi'), messageDone(0, 'Hi'), completed(hi)]

  it('begins in the middle, without response.created', () => {
    expect(conform(middle, { resume: true })).toMatchObject({ output: textOf(middle), defects: [] })
    expect(conform(middle, { resume: false }).defects[0]).toBe('responses/created-missing inserted @1')
  })

  it('repairs what begins behind it as ever', () => {
    const late = [unnamed(messageAdded(1)), partAdded(1), textDelta(1, 'A')]
    const { output, defects } = conform([textDelta(0, 'Hi'), late], { resume: true })
    expect(output).toContain(textOf(messageAdded(1), partAdded(1), textDelta(1, 'A')))
    expect(defects).toContain('sse/event-line-missing rewrote @2 event')
  })
})

describe('request.model', () => {
  it('stands in a snapshot that had to be made, or has no model, and replaces none', () => {
    const request = { model: 'asked-model' }
    expect(conform([message(0, 'Hi'), completed(hi)], { request }).output).toContain('"model":"asked-model"')
    expect(conform([created({ model: undefined })], { request }).output).toContain('"model":"asked-model"')
    expect(conform(answer, { request }).output).toBe(textOf(answer))
  })
})

describe('newId', () => {
  it('is asked only where a response has no id', () => {
    let asked = 0
    const newId = () => `drawn${++asked}`
    conform([begin(), callAdded(0, { id: undefined }), argsDelta(0, '{}'), completed([])], { newId })
    expect(asked).toBe(0)
    expect(conform([message(0, 'Hi'), completed(hi, { id: undefined })], { newId }).output).toContain('"resp_drawn1"')
    expect(asked).toBe(1)
  })

  it('left out counts, so that two runs agree', () => {
    const run = () => {
      let output = ''
      const pipeline = createPipeline({ protocol: 'responses' })
      const emit = (bytes: Uint8Array) => {
        output += Buffer.from(bytes).toString()
      }
      pipeline.push(encoder.encode(changed(textDelta(0, 'Hi'), { item_id: undefined })), emit)
      pipeline.end('eof', emit)
      return output
    }
    expect(run()).toContain('"id":"resp_1"')
    expect(run()).toContain('"item_id":"msg_1_0"')
    expect(run()).toBe(run())
  })
})

describe('createdAt', () => {
  it('stands in a snapshot that had to be made, 0 where it is left out', () => {
    const upstream = [message(0, 'Hi'), completed(hi)]
    expect(conform(upstream, { createdAt: 99 }).output).toContain('"created_at":99')
    expect(conform(upstream).output).toContain('"created_at":0')
  })
})

describe("mode: 'strict'", () => {
  const strict = { mode: 'strict' } as const

  it('passes a conformant stream by its bytes', () => {
    expect(conform(answer, strict).output).toBe(textOf(answer))
  })

  it('mends no framing, and still has the machine repair the protocol', () => {
    const indented = textDelta(0, 'lost').replaceAll(/^(?=.)/gm, ' ')
    const { output, defects } = conform(
      [begin(), openMessage(0, 'Hi'), indented, messageDone(0, 'Hi'), completed(hi)],
      strict,
    )
    expect(output).toContain(indented)
    expect(defects).toEqual([
      'responses/item-done-missing inserted @7 response.output_text.done',
      'responses/item-done-missing inserted @7 response.content_part.done',
    ])
  })
})

describe('limits', () => {
  it.each([
    ['maxFrameBytes', 400, [textDelta(0, 'x'.repeat(500))]],
    ['maxHeldBytes', 10, [callAdded(0, { name: '' })]],
    ['maxHeldFrames', 1, [callAdded(0, { name: '' }), argsDelta(0, '{}')]],
    ['maxOpenBlocks', 1, [messageAdded(0), messageAdded(1)]],
  ] as const)('%s ends the stream in-band', (path, value, frames) => {
    const { output, defects, report } = conform([begin(), frames], { limits: { [path]: value } })
    expect(report.endState).toBe('limit')
    expect(defects.some((line) => line.startsWith('sse/limit-exceeded ended ') && line.endsWith(` ${path}`))).toBe(true)
    expect(eventsOf(output).slice(-2)).toEqual(eventsOf(textOf(failure('limit'))))
  })

  it('that are no positive integer are a mistake of the caller', () => {
    for (const wrong of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => createPipeline({ protocol: 'responses', limits: { maxHeldBytes: wrong } })).toThrow(RangeError)
    }
  })
})

describe('the callbacks', () => {
  /** What a caller sees of a stream, frame by frame, in the order in which it sees it. */
  function log(upstream: readonly string[]): string[] {
    const seen: string[] = []
    const stage = compose(
      decode(),
      responses({
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
      log([created(), textDelta(0, 'Hi'), comment(), messageDone(0, 'Hi'), completed(hi, { usage: null })]),
    ).toEqual([
      'out: response.created',
      'responses/in-progress-missing @2',
      'out: response.in_progress',
      'responses/item-added-missing @2',
      'out: response.output_item.added',
      'responses/part-added-missing @2',
      'out: response.content_part.added',
      'out: response.output_text.delta',
      'out: a comment',
      'responses/item-done-missing @4',
      'out: response.output_text.done',
      'responses/item-done-missing @4',
      'out: response.content_part.done',
      'out: response.output_item.done',
      '(responses/usage-missing) @5',
      'out: response.completed',
      'end: complete',
    ])
  })

  it('hear each defect, not only the first of its code', () => {
    const heard: Defect[] = []
    const { report } = conform([created(), foreign, foreign], { onDefect: (defect) => void heard.push(defect) })
    const code = 'responses/unknown-or-keepalive-events'
    expect(heard.slice(0, 2)).toEqual([
      { code, action: 'dropped', frame: 2, offset: created().length },
      { code, action: 'dropped', frame: 3, offset: (created() + foreign).length },
    ])
    expect(report.defects[0]).toEqual({ code, count: 2, first: heard[0] })
  })

  it('get what was wanted and found, and no content', () => {
    const heard: Defect[] = []
    conform([begin(), openMessage(0), textDelta(0, 7)], { onDefect: (defect) => void heard.push(defect) })
    expect(heard[0]).toEqual({
      code: 'responses/delta-not-string',
      action: 'dropped',
      frame: 5,
      offset: textOf(begin(), openMessage(0)).length,
    })
  })

  it('that throw are the caller’s own fault: what they throw is thrown on', () => {
    const onDefect = () => {
      throw new Error('mine')
    }
    const pipeline = createPipeline({ protocol: 'responses', onDefect })
    expect(() => pipeline.push(encoder.encode(textDelta(0, 'Hi')), () => {})).toThrow('mine')
    const onUsage = () => {
      throw new Error('my hook')
    }
    const hooked = createPipeline({ protocol: 'responses', onUsage })
    expect(() => hooked.push(encoder.encode(textOf(answer)), () => {})).toThrow('my hook')
  })

  it('give onEnd the final report, the one that report() gives', () => {
    const reports: Report[] = []
    const { report } = conform(answer, { onEnd: (final) => void reports.push(final) })
    expect(reports).toEqual([report])
    expect(report.endState).toBe('complete')
  })

  it('are kept by the machine alone, without bytes around it', () => {
    const ends: Report[] = []
    const stage = responses({ onEnd: (report) => void ends.push(report) })
    stage.end('eof', () => {})
    stage.end('eof', () => {})
    expect(ends.map(({ endState, protocol }) => [endState, protocol])).toEqual([['empty', 'responses']])
  })
})

it('usage that is whole leaves as it came where nobody asks for it', () => {
  const whole = [begin(), message(0, 'Hi'), completed([callItem(1, '{}')], { usage: { ...usage, extra: 1 } })]
  expect(conform(whole).output).toContain('"total_tokens":8,"extra":1}')
})
