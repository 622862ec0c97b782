import type { Protocol } from '../defects/types.js'
import { toBytes, toText } from '../sse/bytes.js'

/** What is sent to a reader that has waited long. */
export interface Heartbeat {
  /** Watches the output for the event from which on `ping` is heard by every client. */
  watch(output: Uint8Array): void
  readonly bytes: Uint8Array
}

/** Makes heartbeats: a comment everywhere, `ping` on messages behind `message_start` (D-73). */
export function heartbeatOf(protocol: Protocol): Heartbeat {
  let started = false
  return {
    watch(output) {
      // Before it only comments and foreign events leave, so that the words cannot stand inside another event of the protocol.
      if (protocol === 'messages') started ||= toText(output).includes('event: message_start\n')
    },
    get bytes() {
      return toBytes(started ? 'event: ping\ndata: {"type":"ping"}\n\n' : ': heartbeat\n\n')
    },
  }
}
