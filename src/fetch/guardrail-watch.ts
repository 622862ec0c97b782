import { isJsonObject, type JsonObject } from '../defects/protocol.js'
import { noMessage, type RecognisedError, recognise } from '../errors/recognise.js'
import { concat } from '../sse/bytes.js'
import { decode } from '../sse/decode.js'
import type { Frame } from '../sse/frame.js'
import type { Stage } from '../stage/stage.js'

const LF = 10
const CR = 13
const nothing: Uint8Array = new Uint8Array(0)
/** What is held at most for a frame that is not whole; no error that is worth showing is longer. */
const heldBytes = 256 * 1024

/** What the machine is to be given for a chunk. */
export interface Watched {
  /** What has been looked at: everything up to the end of a frame. */
  readonly bytes: Uint8Array
  /** What to push behind it, instead of the error that was found. */
  readonly answer?: Uint8Array | undefined
}

/** Whether an error is a guardrail's block in the gateway's own words, so that it can be shown as an answer (D-10, D-74). */
export function isGuardrailMessage(found: RecognisedError | undefined): found is RecognisedError {
  return found !== undefined && found.error.kind === 'guardrail' && found.error.message !== noMessage
}

/**
 * Looks at the beginning of a stream, until content comes, for the block of a guardrail. Only a frame that is not whole waits,
 * and nothing could be made of that before its end.
 */
export class GuardrailWatch {
  readonly #answer: (text: string, begun: JsonObject | undefined) => Uint8Array
  readonly #stage: Stage<Uint8Array, Frame> = decode()
  #held: Uint8Array[] = []
  #heldLength = 0
  /** The last bytes of the chunk before, in which a blank line may have begun. */
  #recent = nothing
  #offset = 0
  #begun: JsonObject | undefined
  #found: { readonly offset: number; readonly text: string } | undefined
  /** Content has come, or the block: nothing is looked for any more. */
  settled = false

  /** @param answer makes the answer of a guardrail's words, behind an answer that had begun. */
  constructor(answer: (text: string, begun: JsonObject | undefined) => Uint8Array) {
    this.#answer = answer
  }

  push(chunk: Uint8Array): Watched {
    if (this.settled) return { bytes: chunk }
    this.#held.push(chunk)
    this.#heldLength += chunk.length
    const recent = concat([this.#recent, chunk])
    const end = lastFrameEnd(recent)
    this.#recent = recent.slice(-3)
    // A frame that is fed byte by byte is joined once.
    if (end === 0 && this.#heldLength <= heldBytes) return { bytes: nothing }
    const whole = concat(this.#held)
    const to = end === 0 ? whole.length : whole.length - recent.length + end
    const bytes = whole.subarray(0, to)
    this.#hold(whole.subarray(to))
    this.#stage.push(bytes, this.#look)
    return this.#watched(bytes)
  }

  /** The body is over: its last frame may lack its end. */
  end(): Watched {
    const bytes = concat(this.#held)
    this.#hold(nothing)
    if (!this.settled) {
      this.#stage.push(bytes, this.#look)
      this.#stage.end('eof', this.#look)
    }
    return this.#watched(bytes)
  }

  #hold(rest: Uint8Array): void {
    this.#held = rest.length === 0 ? [] : [rest]
    this.#heldLength = rest.length
  }

  #watched(bytes: Uint8Array): Watched {
    const found = this.#found
    const from = this.#offset
    this.#offset += bytes.length
    if (found !== undefined) {
      this.#found = undefined
      this.#hold(nothing)
      return {
        bytes: bytes.subarray(0, Math.max(found.offset - from, 0)),
        answer: this.#answer(found.text, this.#begun),
      }
    }
    if (!this.settled || this.#heldLength === 0) return { bytes }
    const all = concat([bytes, ...this.#held])
    this.#hold(nothing)
    return { bytes: all }
  }

  #look = (frame: Frame): void => {
    if (this.settled || frame.kind === 'comment') return
    const { event, value, data, offset } = frame
    const failed = isJsonObject(value) && value['type'] === 'response.failed' ? value['response'] : undefined
    const found = recognise(event, failed ?? value, data)
    if (isGuardrailMessage(found)) this.#found = { offset, text: found.error.message }
    this.settled = found !== undefined || !isPreamble(value)
    if (!this.settled && isJsonObject(value) && value['type'] !== 'ping') this.#begun = value
  }
}

const preambles = new Set([
  'ping',
  'keepalive',
  'message_start',
  'response.created',
  'response.queued',
  'response.in_progress',
])

/** Whether an event comes before all content: the start of an answer, a keep-alive, a chunk that only names the role. */
function isPreamble(value: unknown): boolean {
  if (!isJsonObject(value)) return false
  const { type, choices } = value
  if (typeof type === 'string') return preambles.has(type)
  return Array.isArray(choices) && choices.every(saysNothing)
}

function saysNothing(choice: unknown): boolean {
  if (!isJsonObject(choice) || choice['message'] !== undefined || (choice['finish_reason'] ?? null) !== null)
    return false
  const { role: _, ...said } = isJsonObject(choice['delta']) ? choice['delta'] : {}
  return Object.values(said).every((field) => field === null || field === '')
}

/** The position behind the last blank line; 0 where there is none. */
function lastFrameEnd(bytes: Uint8Array): number {
  for (let at = bytes.length - 1; at > 0; at--) {
    if (bytes[at] !== LF && bytes[at] !== CR) continue
    const before = bytes[at] === LF && bytes[at - 1] === CR ? at - 2 : at - 1
    if (bytes[before] === LF || bytes[before] === CR) return at + 1
  }
  return 0
}
