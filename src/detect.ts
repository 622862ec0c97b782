import { isJsonObject, protocolOf } from './defects/protocol.js'
import type { Protocol } from './defects/types.js'
import { decode } from './sse/decode.js'
import type { EventFrame, Frame } from './sse/frame.js'

/** Finds the protocol of a stream from its bytes. */
export interface ProtocolDetector {
  /** Takes a chunk; the protocol, as soon as an event tells it. */
  push(chunk: Uint8Array): Protocol | undefined
  /** The input is over; undefined where the stream never told. */
  end(): Protocol | undefined
}

/**
 * Makes a detector: the first event with a `type` or `object` that only one protocol has decides; where an event has no `type`,
 * the name of its `event:` line stands for it. What stays ambiguous (an error
 * alone, nothing but pings) is undefined and never guessed.
 *
 * @example
 * const detector = createProtocolDetector()
 * detector.push(chunk) ?? detector.end() // 'messages'
 */
export function createProtocolDetector(): ProtocolDetector {
  const stage = decode()
  let protocol: Protocol | undefined
  const look = (frame: Frame) => {
    if (frame.kind === 'event') protocol ??= protocolOfFrame(frame)
  }
  return {
    push(chunk) {
      stage.push(chunk, look)
      return protocol
    },
    end() {
      stage.end('eof', look)
      return protocol
    },
  }
}

/** `message` is what every event is called whose server names none, so that it tells nothing. */
function protocolOfFrame({ value, event }: EventFrame): Protocol | undefined {
  const named = isJsonObject(value) && value['type'] === undefined && event !== 'message'
  return protocolOf(value) ?? (named ? protocolOf({ type: event }) : undefined)
}
