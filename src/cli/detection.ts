import type { Protocol } from '../defects/types.js'
import { createProtocolDetector } from '../index.js'
import { protocols } from '../replay/fixture-file.js'
import { Failure } from './failure.js'

/** A protocol, and what was held back until it was known. */
export interface Detected {
  readonly protocol: Protocol
  readonly chunks: readonly Uint8Array[]
}

/** Finds the protocol of an input, where the command line does not say it. */
export interface Detection {
  /** Takes a chunk; the protocol, once it is known. */
  push(chunk: Uint8Array): Detected | undefined
  /** The input is over. */
  end(): Detected
}

// As generous as the limit for one frame: the first event of a stream can be large.
const mostHeld = 64 * 1024 * 1024

/**
 * @param label what messages call the input. Where it never tells its protocol, a Failure is thrown that asks for it.
 * @param known the protocol, where the command line says it.
 */
export function createDetection(label: string, known: Protocol | undefined): Detection {
  const detector = createProtocolDetector()
  const chunks: Uint8Array[] = []
  let bytes = 0
  const detected = (protocol: Protocol | undefined) => (protocol === undefined ? undefined : { protocol, chunks })
  const ambiguous = () =>
    new Failure(
      `${label}: ${bytes === 0 ? 'is empty' : 'no event tells which protocol this is'}; ` +
        `say so with --protocol ${protocols.join('|')}`,
    )
  return {
    push(chunk) {
      chunks.push(chunk)
      bytes += chunk.length
      const found = detected(known ?? detector.push(chunk))
      if (found === undefined && bytes > mostHeld) throw ambiguous()
      return found
    },
    end() {
      const found = detected(known ?? detector.end())
      if (found === undefined) throw ambiguous()
      return found
    },
  }
}
