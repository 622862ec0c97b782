/**
 * What the error frame tells.
 */
import type { OpenObject } from '../../sse/open-types.js'

/** Why a stream failed (CH-15). Clients read the message; some decide by the code whether to ask again. */
export interface ChatError extends OpenObject {
  message: string
  type?: string | null | undefined
  param?: string | null | undefined
  /** A word, or an HTTP status; a guardrail's is 400, so that nobody sends the blocked prompt again (D-64). */
  code?: string | number | null | undefined
}
