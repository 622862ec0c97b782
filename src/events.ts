import { ChatMachine } from './chat/machine.js'
import { isJsonObject } from './defects/protocol.js'
import { Reporter } from './defects/reporter.js'
import type { Report } from './defects/types.js'
import { MessagesMachine } from './messages/machine.js'
import type { NormalizeOptions } from './normalize.js'
import { ResponsesMachine } from './responses/machine.js'
import type { EventFrame, Frame } from './sse/frame.js'
import { type ReportingStage, reporting } from './stage/pipeline.js'
import type { EndReason } from './stage/stage.js'

/** An event as a socket delivers it: parsed, or the JSON text of it. */
export type SocketEvent = string | { readonly [field: string]: unknown }

/** Normalises events that come without SSE around them, one per message of a WebSocket for instance. */
export interface EventNormalizer {
  /** Takes one event and gives those to send on: parsed where it was parsed, text where it was text. */
  push(event: SocketEvent): SocketEvent[]
  /** The socket is over: gives the ending of an answer that was under way, in the form of the last event that came. */
  end(reason?: EndReason): SocketEvent[]
  /** The report on the answer that is under way, or was last. */
  report(): Report
}

/** The event that begins an answer, by protocol. */
const beginnings = { messages: 'message_start', responses: 'response.created' } as const

/**
 * Makes a normaliser of single events, for the server's side of transports that carry the JSON events of a protocol without SSE.
 *
 * All rules of the machine hold. One connection may carry one answer after the other: the event that begins one behind the
 * terminal of another starts anew, with a report of its own for `onEnd`.
 *
 * @param options as for `normalize`; `mode` changes nothing, for there is no framing.
 * @throws TypeError where the protocol is none of the three, or an event is neither text nor an object;
 * RangeError where a limit is not a positive integer.
 * @example
 * const normalizer = createNormalizer({ protocol: 'responses' })
 * upstream.on('message', (text) => normalizer.push(text).forEach((event) => client.send(event)))
 * upstream.on('close', () => normalizer.end().forEach((event) => client.send(event)))
 */
export function createNormalizer(options: NormalizeOptions): EventNormalizer {
  let number = 0
  let parsed = false
  let reporter: Reporter
  let stage = open(options)
  const given = new WeakMap<Frame, SocketEvent>()

  function open({ protocol }: NormalizeOptions): ReportingStage<Frame, Frame> {
    reporter = new Reporter(protocol, options)
    if (protocol === 'messages') return reporting(new MessagesMachine(options, reporter), reporter, options)
    if (protocol === 'responses') return reporting(new ResponsesMachine(options, reporter), reporter, options)
    if (protocol === 'chat') return reporting(new ChatMachine(options, reporter), reporter, options)
    throw new TypeError("options.protocol must be 'messages', 'responses' or 'chat'.")
  }

  const run = (step: (emit: (frame: Frame) => void) => void): SocketEvent[] => {
    const events: SocketEvent[] = []
    step((frame) => {
      if (frame.kind === 'comment') return
      reporter.framesOut++
      reporter.bytesOut += frame.data.length
      const same = given.get(frame)
      if (same !== undefined) events.push(same)
      else events.push(parsed && isJsonObject(frame.value) ? { ...frame.value } : frame.data)
    })
    return events
  }

  return {
    push(event) {
      parsed = typeof event !== 'string'
      const frame = frameOf(event, ++number)
      const type = isJsonObject(frame.value) ? frame.value['type'] : undefined
      if (stage.ended && type === beginnings[options.protocol as keyof typeof beginnings]) {
        stage.end('eof', ignore)
        stage = open(options)
      }
      reporter.framesIn++
      reporter.bytesIn += frame.data.length
      // What is held leaves later as the very object that came.
      if (parsed) given.set(frame, event)
      return run((emit) => stage.push(frame, emit))
    },
    end: (reason = 'eof') => run((emit) => stage.end(reason, emit)),
    report: () => stage.report(),
  }
}

function frameOf(event: SocketEvent, number: number): EventFrame {
  if (typeof event !== 'string' && !isJsonObject(event)) {
    throw new TypeError('push takes one event: the JSON text of it, or the parsed object.')
  }
  const { data, value } = typeof event === 'string' ? { data: event, value: parse(event) } : written(event)
  const type = isJsonObject(value) ? value['type'] : undefined
  return {
    kind: 'event',
    number,
    offset: 0,
    raw: data,
    event: typeof type === 'string' ? type : undefined,
    data,
    lastEventId: '',
    value,
    plain: true,
    cut: false,
    body: undefined,
  }
}

/** An object that cannot be written as JSON (too deep, for one) is none of any protocol, and ends the answer as such. */
function written(value: object): { readonly data: string; readonly value: unknown } {
  try {
    return { data: JSON.stringify(value), value }
  } catch {
    return { data: '', value: undefined }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function ignore(): void {}
