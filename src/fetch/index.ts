export type { Code } from '../defects/codes.js'
export type { Defect, EndState, Finding, Observation, Protocol, Repair, Report, Tally } from '../defects/types.js'
export type { Call, HttpRepair } from './call.js'
export type { Clock } from './clock.js'
export { conformFetch } from './conform-fetch.js'
export { normalizeResponse } from './normalize-response.js'
export type {
  ConformFetchOptions,
  FetchInput,
  FetchLike,
  NormalizeResponseOptions,
  ResponseOptions,
  Timeouts,
} from './options.js'
