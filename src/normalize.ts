import { type ChatPipelineOptions, type ChatRequest, chatPipeline } from './chat/index.js'
import type { Protocol, Report } from './defects/types.js'
import { type MessagesPipelineOptions, messagesPipeline } from './messages/index.js'
import { type ResponsesPipelineOptions, responsesPipeline } from './responses/index.js'
import { iterate } from './stage/iterate.js'
import type { ReportingStage } from './stage/pipeline.js'
import { type TransformPair, toTransformStream } from './stage/transform.js'

/** What `normalize`, `check` and `createPipeline` can be told. Options of another protocol than the one named change nothing. */
export interface NormalizeOptions extends MessagesPipelineOptions, ResponsesPipelineOptions, ChatPipelineOptions {
  /** The protocol that the stream claims to speak. Output is of the same protocol. */
  readonly protocol: Protocol
  /** What is known of the request. */
  readonly request?: ChatRequest | undefined
}

/**
 * Makes the whole pipeline of a protocol as one synchronous stage: bytes in, bytes out, one report.
 *
 * @param options the protocol; callbacks, limits and choices may be left out.
 * @throws TypeError where the protocol is none of the three; RangeError where a limit is not a positive integer.
 * @example
 * const stage = createPipeline({ protocol: 'messages' })
 * stage.push(chunk, (bytes) => socket.write(bytes))
 * stage.end('eof', (bytes) => socket.write(bytes))
 */
export function createPipeline(options: NormalizeOptions): ReportingStage<Uint8Array, Uint8Array> {
  if (options?.protocol === 'messages') return messagesPipeline(options)
  if (options?.protocol === 'responses') return responsesPipeline(options)
  if (options?.protocol === 'chat') return chatPipeline(options)
  throw new TypeError("options.protocol must be 'messages', 'responses' or 'chat'.")
}

/**
 * Makes a stream pair that takes the SSE an upstream really sends and gives the SSE its protocol promises.
 *
 * @param options the protocol; callbacks, limits and choices may be left out.
 * @returns a pair for `pipeThrough`. Faults of the upstream end the stream in-band; only a callback that throws errors it.
 * @throws TypeError where the protocol is none of the three; RangeError where a limit is not a positive integer.
 * @example
 * const body = response.body.pipeThrough(normalize({ protocol: 'messages', onDefect: (defect) => log(defect.code) }))
 */
export function normalize(options: NormalizeOptions): TransformPair<Uint8Array, Uint8Array> {
  return toTransformStream(createPipeline(options))
}

/**
 * Reads a whole stream and tells what is wrong with it. The same machine as `normalize`, without its output.
 *
 * @param input bytes, text, a stream of bytes or anything that iterates over bytes.
 * @param options the protocol; callbacks, limits and choices may be left out.
 * @returns the report. A source that fails ends the report's input with `reset`; the promise is not rejected for it.
 * @throws TypeError where the protocol is none of the three; RangeError where a limit is not a positive integer.
 * @example
 * const report = await check(await response.bytes(), { protocol: 'messages' })
 * report.defects.length === 0
 */
export async function check(
  input: Uint8Array | string | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
  options: NormalizeOptions,
): Promise<Report> {
  const stage = createPipeline(options)
  if (typeof input === 'string' || input instanceof Uint8Array) {
    stage.push(typeof input === 'string' ? new TextEncoder().encode(input) : input, ignore)
    stage.end('eof', ignore)
    return stage.report()
  }
  // The machine's outputs are of no interest; what is read behind the terminal is no part of the report.
  for await (const _ of iterate(input, stage));
  return stage.report()
}

function ignore(): void {}
