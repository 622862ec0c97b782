import type { OpenObject, OtherString } from '../../sse/open-types.js'

/** What kind of error an `error` event tells of. An open list. */
export type ErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'billing_error'
  | 'permission_error'
  | 'not_found_error'
  | 'conflict_error'
  | 'request_too_large'
  | 'rate_limit_error'
  | 'timeout_error'
  | 'api_error'
  | 'overloaded_error'
  | OtherString

/** What an `error` event tells. */
export interface ErrorDetail extends OpenObject {
  type: ErrorType
  message: string
}
