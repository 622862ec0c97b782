import type { Protocol } from '../defects/types.js'
import { toBytes, toText } from '../sse/bytes.js'

const comment = toBytes(': heartbeat\n\n')
const ping = toBytes('event: ping\ndata: {"type":"ping"}\n\n')

/** What is sent to a reader that has waited long: a comment everywhere, `ping` on messages behind `message_start` (D-73). */
export class Heartbeat {
  #mayPing: boolean | undefined
  #started = false

  constructor(protocol: Protocol) {
    this.#mayPing = protocol === 'messages'
  }

  /** Watches the output for the event from which on `ping` is heard by every client. */
  watch(output: Uint8Array): void {
    if (this.#mayPing !== true || this.#started) return
    // Before it only comments and foreign events leave, so that the words cannot stand inside another event of the protocol.
    this.#started = toText(output).includes('event: message_start\n')
  }

  get bytes(): Uint8Array {
    return this.#started ? ping : comment
  }
}
