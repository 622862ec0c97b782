import { describe, expect, it } from 'vitest'
import { createNormalizer, type Report, type SocketEvent } from '../src/index.js'
import * as messages from './messages/stream.js'
import * as responses from './responses/stream.js'

type Frames = messages.Frames
type Event = Readonly<Record<string, unknown>>

/** The events of a stream, parsed. */
const events = (...frames: readonly Frames[]): Event[] => messages.framesOf(...frames).map(responses.eventIn)
const typesOf = (sent: readonly SocketEvent[]): unknown[] =>
  sent.map((event) => (typeof event === 'string' ? (JSON.parse(event) as Event) : event)['type'])

const hi = [responses.messageItem(0, ['Hi'])]

const protocols = [
  {
    protocol: 'messages',
    answer: events(messages.start(), messages.textBlock(0, 'Hi'), messages.end()),
    next: events(messages.start({ id: 'msg_2' }), messages.textBlock(0, 'Ho'), messages.end()),
    beginning: events(messages.start(), messages.textStart(0)),
    broken: events(messages.start(), messages.textDelta(0, 'Hi')),
    mended: ['content_block_start', 'content_block_delta'],
    stray: { type: 'vertex_event' },
    ending: ['error'],
    foreign: responses.eventIn(responses.created()),
  },
  {
    protocol: 'responses',
    answer: events(responses.begin(), responses.message(0, 'Hi'), responses.completed(hi)),
    next: events(
      responses.created({ id: 'resp_2' }),
      responses.inProgress({ id: 'resp_2' }),
      responses.message(0, 'Ho'),
      responses.completed([responses.messageItem(0, ['Ho'])], { id: 'resp_2' }),
    ),
    beginning: events(responses.begin(), responses.messageAdded(0)),
    broken: events(responses.begin(), responses.messageAdded(0), responses.textDelta(0, 'Hi')),
    mended: ['response.content_part.added', 'response.output_text.delta'],
    stray: { type: 'codex.rate_limits' },
    ending: ['error', 'response.failed'],
    foreign: { id: 'chatcmpl-1', object: 'chat.completion.chunk', choices: [] },
  },
] as const

describe.each(protocols)('createNormalizer for $protocol', (given) => {
  const { protocol, answer, next, beginning, broken, mended, stray, ending, foreign } = given

  it('gives the very objects on that need no change, each in the push that brought it, but for those that are held', () => {
    const normalizer = createNormalizer({ protocol })
    const sent = answer.flatMap((event) => normalizer.push(event))
    expect(sent).toHaveLength(answer.length)
    for (const [at, event] of sent.entries()) expect(event).toBe(answer[at])
    expect(normalizer.end()).toEqual([])
    expect(normalizer.report()).toMatchObject({ protocol, endState: 'complete', defects: [] })
  })

  it('gives text for text, as it came', () => {
    const texts = answer.map((event) => JSON.stringify(event, null, 1))
    const normalizer = createNormalizer({ protocol })
    expect(texts.flatMap((text) => normalizer.push(text))).toEqual(texts)
  })

  it('repairs objects with objects and text with text', () => {
    const objects = createNormalizer({ protocol })
    const parsed = broken.map((event) => objects.push(event)).at(-1) ?? []
    expect(parsed.every((event) => typeof event === 'object')).toBe(true)
    expect(typesOf(parsed)).toEqual(mended)
    const texts = createNormalizer({ protocol })
    const written = broken.map((event) => texts.push(JSON.stringify(event))).at(-1) ?? []
    expect(written.every((event) => typeof event === 'string')).toBe(true)
    expect(written.map((text) => JSON.parse(String(text)) as unknown)).toEqual(parsed)
  })

  it('drops what is foreign, and says so by the number of the event', () => {
    const heard: string[] = []
    const normalizer = createNormalizer({
      protocol,
      onDefect: ({ code, frame }) => void heard.push(`${code} @${frame}`),
    })
    for (const event of beginning) normalizer.push(event)
    expect(normalizer.push(stray)).toEqual([])
    expect(heard).toHaveLength(1)
    expect(heard[0]).toMatch(new RegExp(`^${protocol}/unknown-.* @${beginning.length + 1}$`))
  })

  it('ends an answer that is under way where the socket is over, in the form of the last event', () => {
    const objects = createNormalizer({ protocol })
    for (const event of beginning) objects.push(event)
    const parsed = objects.end()
    expect(typesOf(parsed)).toEqual(ending)
    expect(parsed.every((event) => typeof event === 'object')).toBe(true)
    expect(objects.report().endState).toBe('truncated')
    const texts = createNormalizer({ protocol })
    for (const event of beginning) texts.push(JSON.stringify(event))
    expect(texts.end('timeout').every((event) => typeof event === 'string')).toBe(true)
    expect(texts.report().endState).toBe('timed-out')
    expect(texts.end()).toEqual([])
  })

  it('writes no ending where the client is gone', () => {
    const normalizer = createNormalizer({ protocol })
    for (const event of beginning) normalizer.push(event)
    expect(normalizer.end('cancel')).toEqual([])
    expect(normalizer.report().endState).toBe('cancelled')
  })

  it('starts anew where a second answer begins behind the terminal of the first, with a report for each', () => {
    const reports: Report[] = []
    const normalizer = createNormalizer({ protocol, onEnd: (report) => void reports.push(report) })
    expect(answer.flatMap((event) => normalizer.push(event))).toEqual(answer)
    expect(next.flatMap((event) => normalizer.push(event))).toEqual(next)
    expect(reports.map(({ endState, defects }) => [endState, defects])).toEqual([['complete', []]])
    normalizer.end()
    expect(reports).toHaveLength(2)
    expect(reports[1]).toEqual(normalizer.report())
    expect(reports[1]).toMatchObject({
      endState: 'complete',
      defects: [],
      frames: { in: next.length, out: next.length },
    })
  })

  it('starts anew behind an error as well', () => {
    const normalizer = createNormalizer({ protocol })
    for (const event of beginning) normalizer.push(event)
    normalizer.push('{"error":{"message":"Down"}}')
    if (protocol === 'responses') normalizer.push({ type: 'response.failed', response: { status: 'failed' } })
    expect(next.flatMap((event) => normalizer.push(event))).toEqual(next)
    expect(normalizer.report()).toMatchObject({ endState: 'complete', defects: [] })
  })

  it('sends nothing else behind a terminal', () => {
    const normalizer = createNormalizer({ protocol })
    for (const event of answer) normalizer.push(event)
    for (const event of [answer.at(-1), answer.at(-2), stray]) expect(normalizer.push(event ?? {})).toEqual([])
    expect(normalizer.report().endState).toBe('complete')
    expect(normalizer.report().defects.map(({ code, count }) => [code, count])).toEqual([
      [`${protocol}/event-after-end`, 3],
    ])
  })

  it('counts events, and the characters of their JSON', () => {
    const normalizer = createNormalizer({ protocol })
    for (const event of answer) normalizer.push(event)
    const size = answer.map((event) => JSON.stringify(event).length).reduce((sum, one) => sum + one, 0)
    expect(normalizer.report()).toMatchObject({
      frames: { in: answer.length, out: answer.length },
      bytes: { in: size, out: size },
    })
  })

  it('keeps limits and hooks', () => {
    const small = createNormalizer({ protocol, limits: { maxDepth: 2 } })
    const [first = {}, ...rest] = broken
    small.push(first)
    for (const event of rest)
      small.push({
        ...event,
        index: undefined,
        output_index: undefined,
        x: [[[[[]]]]],
        type: event['type'],
        item: null,
        delta: {},
      })
    small.end()
    expect(['limit', 'truncated', 'upstream-error']).toContain(small.report().endState)
    const hooked = createNormalizer({ protocol, onUsage: (usage) => ({ ...usage, cost: 1 }) })
    expect(JSON.stringify(answer.flatMap((event) => hooked.push(event)))).toContain('"cost":1')
  })

  it('ends in an error where an event is no JSON, of another protocol, or cannot be written as JSON', () => {
    const circle: Record<string, unknown> = { type: 'circle' }
    circle['circle'] = circle
    for (const event of ['{"type":', 'hello', '[1]', '', foreign, circle]) {
      const normalizer = createNormalizer({ protocol })
      for (const each of beginning) normalizer.push(each)
      const sent = [...normalizer.push(event), ...normalizer.end()]
      expect(typesOf(sent)).toEqual(ending)
      expect(normalizer.report().endState).not.toBe('complete')
    }
  })

  it('throws where the caller gives what is no event', () => {
    const normalizer = createNormalizer({ protocol })
    // @ts-expect-error it is not in the type either
    expect(() => normalizer.push(7)).toThrow(TypeError)
    // @ts-expect-error it is not in the type either
    expect(() => normalizer.push(null)).toThrow(TypeError)
    // @ts-expect-error it is not in the type either
    expect(() => normalizer.push([])).toThrow(TypeError)
    expect(() => createNormalizer({ protocol, limits: { maxDepth: 0 } })).toThrow(RangeError)
  })
})

describe('createNormalizer for responses, as servers of WebSockets use it', () => {
  it('passes a warm-up that goes from created straight to completed, and the answer behind it', () => {
    const { answer } = protocols[1]
    const warmUp = events(responses.created({ id: 'resp_0' }), responses.completed([], { id: 'resp_0' }))
    const reports: Report[] = []
    const normalizer = createNormalizer({ protocol: 'responses', onEnd: (report) => void reports.push(report) })
    expect(warmUp.flatMap((event) => normalizer.push(event))).toEqual(warmUp)
    expect(answer.flatMap((event) => normalizer.push(event))).toEqual(answer)
    normalizer.end()
    expect(reports.map(({ endState, defects }) => [endState, defects])).toEqual([
      ['complete', []],
      ['complete', []],
    ])
  })

  it('drops a second response.created in the middle of a response', () => {
    const normalizer = createNormalizer({ protocol: 'responses' })
    for (const event of events(responses.begin())) normalizer.push(event)
    expect(normalizer.push(responses.eventIn(responses.created()))).toEqual([])
    expect(normalizer.report().defects.map(({ code }) => code)).toEqual(['responses/duplicate-or-late-events'])
  })

  it('puts the response.failed that an error owes in front of the next response', () => {
    const { next } = protocols[1]
    const normalizer = createNormalizer({ protocol: 'responses' })
    for (const event of events(responses.begin(), responses.nested())) normalizer.push(event)
    const [first = {}] = next
    expect(typesOf(normalizer.push(first))[0]).toBe('response.failed')
  })
})

it('createNormalizer throws where the protocol is none that is supported', () => {
  // @ts-expect-error it is not in the type either
  expect(() => createNormalizer({ protocol: 'smtp' })).toThrow(TypeError)
})
