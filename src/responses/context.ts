import type { Code } from '../defects/codes.js'
import type { JsonObject } from '../defects/protocol.js'
import type { Reporter, Where } from '../defects/reporter.js'
import type { PlainDelta } from '../sse/plain-delta.js'
import type { HeldCount } from '../stage/held-count.js'
import type { Limits } from '../stage/limits.js'
import type { Writer } from './writer.js'

/** What the parts of one machine share. */
export interface Context {
  readonly writer: Writer
  readonly reporter: Reporter
  readonly held: HeldCount
  readonly limits: Limits
  readonly plain: PlainDelta
  /** Draws an id where the stream has none to derive one from. */
  readonly newId: () => string
  /** The id that the response has downstream; empty until it is known. */
  responseId: string
  /** Ids that the upstream gave the response: no item's (A05). */
  readonly responseIds: Set<string>
  /** The id is of our making, so that the upstream's own is no other one. */
  idMade: boolean
  /** The snapshot that `response.created` carried, or would have. */
  snapshot: JsonObject
  /** The stream goes on in the middle of a response: nothing is opened or filled at positions whose start was not seen (D-50). */
  resumed: boolean
  /** Content was dropped that exists nowhere else: there is no success any more (law 5, D-5). */
  lost: boolean
}

/** Reports a drop of content that exists nowhere else. */
export function lose(context: Context, code: Code, where: Where): void {
  const { reporter } = context
  context.lost = true
  // A loss is told even where all else is told by one defect.
  const { quiet } = reporter
  reporter.quiet = false
  reporter.defect(code, 'dropped', where)
  reporter.quiet = quiet
}
