import { isJsonObject } from '../defects/protocol.js'
import { noMessage, type RecognisedError, recognise } from '../errors/recognise.js'
import { concat } from '../sse/bytes.js'
import { decode } from '../sse/decode.js'
import type { Frame } from '../sse/frame.js'

const LF = 10
const CR = 13
const nothing: Uint8Array = new Uint8Array(0)
/** What is held at most for a frame that is not whole; no error that is worth showing is longer. */
const heldBytes = 256 * 1024

/** Looks at what a stream begins with. */
export interface GuardrailWatch {
  /**
   * Takes a chunk; undefined stands for the end of the body.
   *
   * @returns what the machine is to be given for it: what has been looked at, and instead of a block that was found its answer.
   */
  push(chunk: Uint8Array | undefined): readonly Uint8Array[]
}

/** Whether an error is a guardrail's block in the gateway's own words, so that it can be shown as an answer (D-10, D-74). */
export function isGuardrailMessage(found: RecognisedError | undefined): found is RecognisedError {
  return found !== undefined && found.error.kind === 'guardrail' && found.error.message !== noMessage
}

/**
 * Looks for the block of a guardrail until content comes. Only a frame that is not whole waits, and nothing could be made of
 * that before its end.
 *
 * @param answer makes the answer of a guardrail's words.
 */
export function watchForGuardrail(answer: (text: string) => Uint8Array): GuardrailWatch {
  const stage = decode()
  let held: Uint8Array[] = []
  let heldLength = 0
  /** The last bytes of the chunk before, in which a blank line may have begun. */
  let recent = nothing
  /** How many bytes have been looked at. */
  let seen = 0
  let settled = false
  let found: { readonly offset: number; readonly text: string } | undefined
  const look = (frame: Frame) => {
    if (settled || frame.kind === 'comment') return
    const { offset, event, value, data } = frame
    const failed = isJsonObject(value) && value['type'] === 'response.failed' ? value['response'] : undefined
    const error = recognise(event, failed ?? value, data)
    if (isGuardrailMessage(error)) found = { offset, text: error.error.message }
    settled = error !== undefined || !isPreamble(value)
  }
  return {
    push(chunk) {
      if (settled) return chunk === undefined ? [] : [chunk]
      let end = 0
      if (chunk !== undefined) {
        held.push(chunk)
        heldLength += chunk.length
        const near = concat([recent, chunk])
        recent = near.slice(-3)
        end = lastFrameEnd(near)
        // A frame that is fed byte by byte is joined once.
        if (end === 0 && heldLength <= heldBytes) return []
        end = end === 0 ? heldLength : heldLength - near.length + end
      }
      const whole = concat(held)
      const bytes = chunk === undefined ? whole : whole.subarray(0, end)
      stage.push(bytes, look)
      if (chunk === undefined) stage.end('eof', look)
      const rest = whole.subarray(bytes.length)
      held = [rest]
      heldLength = rest.length
      if (found !== undefined) return [bytes.subarray(0, Math.max(found.offset - seen, 0)), answer(found.text)]
      seen += bytes.length
      return settled ? [whole] : [bytes]
    },
  }
}

/** Whether an event comes before all content: the start of an answer, a keep-alive, a chunk that only names the role. */
function isPreamble(value: unknown): boolean {
  if (!isJsonObject(value)) return false
  const { type, choices } = value
  if (typeof type === 'string') {
    return /^(?:ping|keepalive|message_start|response\.(?:created|queued|in_progress))$/.test(type)
  }
  return Array.isArray(choices) && choices.every(saysNothing)
}

function saysNothing(choice: unknown): boolean {
  if (!isJsonObject(choice) || (choice['message'] ?? choice['finish_reason'] ?? null) !== null) return false
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
