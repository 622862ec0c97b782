import { Reporter } from '../defects/reporter.js'
import { Decode, type DecodeOptions } from '../sse/decode.js'
import { Encode } from '../sse/encode.js'
import type { Frame } from '../sse/frame.js'
import { compose } from '../stage/compose.js'
import { type ReportingStage, reporting } from '../stage/pipeline.js'
import { type TransformPair, toTransformStream } from '../stage/transform.js'
import { plainDelta } from './flow.js'
import { ResponsesMachine } from './machine.js'
import type { ResponsesOptions } from './options.js'

export type { Code } from '../defects/codes.js'
export type { Defect, EndState, Finding, Observation, Repair, Report, Tally } from '../defects/types.js'
export type { Limits } from '../stage/limits.js'
export type { ReportingStage } from '../stage/pipeline.js'
export type { Emit, EndReason, Stage } from '../stage/stage.js'
export type { TransformPair } from '../stage/transform.js'
export type { UsageContext, UsageHook } from '../stage/usage-hook.js'
export type { ResponsesOptions, ResponsesRequest } from './options.js'
export type * from './types/events.js'

/** What a pipeline from bytes to bytes can be told. */
export type ResponsesPipelineOptions = ResponsesOptions & Pick<DecodeOptions, 'mode'>

/**
 * Makes the machine of `/v1/responses`: frames in, frames out.
 *
 * @param options callbacks, limits and choices; everything may be left out.
 * @returns a stage for `compose`, between `decode` and `encode`, that can report.
 * @throws RangeError where a limit is not a positive integer.
 * @example
 * const stage = compose(compose(decode(), responses()), encode())
 */
export function responses(options: ResponsesOptions = {}): ReportingStage<Frame, Frame> {
  const reporter = new Reporter('responses', options)
  return reporting(new ResponsesMachine(options, reporter), reporter, options)
}

/**
 * Makes the whole pipeline of `/v1/responses` as one stage: bytes in, bytes out, one report.
 *
 * @param options callbacks, limits and choices; everything may be left out.
 * @throws RangeError where a limit is not a positive integer.
 * @example
 * const stage = responsesPipeline({ onDefect: (defect) => log(defect.code) })
 * stage.push(chunk, (bytes) => socket.write(bytes))
 * stage.end('eof', (bytes) => socket.write(bytes))
 * stage.report().endState // 'complete'
 */
export function responsesPipeline(options: ResponsesPipelineOptions = {}): ReportingStage<Uint8Array, Uint8Array> {
  const reporter = new Reporter('responses', options)
  const plain = plainDelta()
  const machine = compose(
    new Decode(options, reporter, plain.recognises),
    new ResponsesMachine(options, reporter, plain),
  )
  return reporting(compose(machine, new Encode(reporter)), reporter, options)
}

/**
 * Makes a stream pair that takes raw `/v1/responses` SSE and gives conformant SSE.
 *
 * @param options callbacks, limits and choices; everything may be left out.
 * @returns a pair for `pipeThrough`. Faults of the upstream end the stream in-band; only a callback that throws errors it.
 * @throws RangeError where a limit is not a positive integer.
 * @example
 * const body = response.body.pipeThrough(normalizeResponses({ onEnd: (report) => log(report.endState) }))
 */
export function normalizeResponses(options: ResponsesPipelineOptions = {}): TransformPair<Uint8Array, Uint8Array> {
  return toTransformStream(responsesPipeline(options))
}
