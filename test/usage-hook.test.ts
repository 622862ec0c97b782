import { describe, expect, it } from 'vitest'
import { createPipeline, type Protocol, type UsageContext, type UsageHook } from '../src/index.js'
import * as messages from './messages/stream.js'
import * as responses from './responses/stream.js'

type Frames = messages.Frames

interface Streams {
  readonly protocol: 'messages' | 'responses'
  readonly id: string
  /** A whole answer. */
  readonly answer: Frames
  /** The same without any usage in its terminal. */
  readonly unmetered: Frames
  readonly cut: Frames
  readonly failed: Frames
  /** The event that carries the usage. */
  readonly carrier: string
  readonly given: object
}

const hi = [responses.messageItem(0, ['Hi'])]

const streams: readonly Streams[] = [
  {
    protocol: 'messages',
    id: 'msg_1',
    answer: [messages.start(), messages.textBlock(0, 'Hi'), messages.end()],
    unmetered: [messages.start(), messages.textBlock(0, 'Hi'), messages.messageStop()],
    cut: [messages.start(), messages.textStart(0), messages.textDelta(0, 'Hi')],
    failed: [messages.start(), messages.error()],
    carrier: 'message_delta',
    given: { output_tokens: 7 },
  },
  {
    protocol: 'responses',
    id: 'resp_1',
    answer: [responses.begin(), responses.message(0, 'Hi'), responses.completed(hi)],
    unmetered: [responses.begin(), responses.message(0, 'Hi'), responses.completed(hi, { usage: null })],
    cut: [responses.begin(), responses.openMessage(0, 'Hi')],
    failed: [responses.begin(), responses.nested(), responses.failed()],
    carrier: 'response.completed',
    given: responses.usage,
  },
]

function run(protocol: Protocol, upstream: Frames, onUsage?: UsageHook): string {
  const parts: Uint8Array[] = []
  const emit = (part: Uint8Array) => void parts.push(part)
  const pipeline = createPipeline(onUsage === undefined ? { protocol } : { protocol, onUsage })
  pipeline.push(new TextEncoder().encode(messages.textOf(upstream)), emit)
  pipeline.end('eof', emit)
  return Buffer.concat(parts).toString()
}

/** The usage in the event that carries it. */
function usageIn(output: string, carrier: string): unknown {
  const json = output
    .split('\n\n')
    .find((each) => each.startsWith(`event: ${carrier}\n`))
    ?.split('\ndata: ')[1]
  const event = JSON.parse(json ?? 'null') as { usage?: unknown; response?: { usage?: unknown } } | null
  return event?.usage ?? event?.response?.usage
}

describe.each(streams)('onUsage on $protocol', ({ protocol, id, answer, unmetered, cut, failed, carrier, given }) => {
  it('may add to the usage before it leaves, and is told whose it is', () => {
    const heard: [object, UsageContext][] = []
    const output = run(protocol, answer, (usage, context) => {
      heard.push([usage, context])
      return { ...usage, cost: 0.25 }
    })
    expect(usageIn(output, carrier)).toEqual({ ...given, cost: 0.25 })
    expect(heard).toEqual([[given, { id, model: 'test-model' }]])
  })

  it('changes no byte where it gives back what it got, and is no defect where it does not', () => {
    expect(run(protocol, answer, (usage) => usage)).toBe(messages.textOf(answer))
    const codes: string[] = []
    const pipeline = createPipeline({
      protocol,
      onUsage: (usage) => ({ ...usage, cost: 1 }),
      onDefect: ({ code }) => void codes.push(code),
    })
    pipeline.push(new TextEncoder().encode(messages.textOf(answer)), () => {})
    expect(codes).toEqual([])
  })

  it('leaves all other events as they are', () => {
    const output = run(protocol, answer, (usage) => ({ ...usage, cost: 1 }))
    const others = (text: string) => text.split('\n\n').filter((each) => !each.startsWith(`event: ${carrier}\n`))
    expect(others(output)).toEqual(others(messages.textOf(answer)))
  })

  it('is asked once at most, and not for an answer that failed or was cut', () => {
    let asked = 0
    const count: UsageHook = (usage) => {
      asked++
      return usage
    }
    run(protocol, cut, count)
    run(protocol, failed, count)
    expect(asked).toBe(0)
    run(protocol, [answer, answer], count)
    expect(asked).toBe(1)
  })

  it('is never given anything but an object', () => {
    run(protocol, unmetered, (usage) => {
      expect(usage).toBeTypeOf('object')
      expect(usage).not.toBeNull()
      return usage
    })
  })

  it('that throws is the fault of the caller', () => {
    const hook = () => {
      throw new Error('my hook')
    }
    expect(() => run(protocol, answer, hook)).toThrow('my hook')
  })
})
