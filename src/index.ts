export type { Code } from './defects/codes.js'
export type {
  Defect,
  EndState,
  Finding,
  Observation,
  Protocol,
  Repair,
  Report,
  Tally,
} from './defects/types.js'
export { createProtocolDetector, type ProtocolDetector } from './detect.js'
export { guardrailMarks } from './errors/classify.js'
export { isRetryable } from './errors/retry.js'
export type { ErrorKind, UpstreamError } from './errors/upstream-error.js'
export { createNormalizer, type EventNormalizer, type SocketEvent } from './events.js'
export {
  type Call,
  type Clock,
  type ConformFetchOptions,
  conformFetch,
  type FetchInput,
  type FetchLike,
  type HttpRepair,
  type NormalizeResponseOptions,
  normalizeResponse,
  type ResponseOptions,
  type Timeouts,
} from './fetch/index.js'
export { type MessagesOptions, messages, type RequestContext } from './messages/index.js'
export { check, createPipeline, type NormalizeOptions, normalize } from './normalize.js'
export { type ResponsesOptions, type ResponsesRequest, responses } from './responses/index.js'
export { type DecodeOptions, decode } from './sse/decode.js'
export { encode } from './sse/encode.js'
export type { CommentFrame, EventFrame, Frame } from './sse/frame.js'
export { compose } from './stage/compose.js'
export { iterate } from './stage/iterate.js'
export { defaultLimits, type Limits } from './stage/limits.js'
export type { ReportingStage } from './stage/pipeline.js'
export type { Emit, EndReason, Stage } from './stage/stage.js'
export { type TransformPair, toTransformStream } from './stage/transform.js'
export type { UsageContext, UsageHook } from './stage/usage-hook.js'
