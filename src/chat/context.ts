import type { Code } from '../defects/codes.js'
import type { Reporter, Where } from '../defects/reporter.js'
import type { PlainDelta } from '../sse/plain-delta.js'
import type { HeldCount } from '../stage/held-count.js'
import type { Limits } from '../stage/limits.js'
import type { ChatRequest } from './options.js'
import type { Writer } from './writer.js'

/** What the parts of one machine share. */
export interface Context {
  readonly writer: Writer
  readonly reporter: Reporter
  readonly held: HeldCount
  readonly limits: Limits
  readonly request: ChatRequest
  readonly plain: PlainDelta
  /** Draws an id where the stream has none to derive one from. */
  readonly newId: () => string
  /** The answer is spoken: such streams are left as they are (FINDINGS A17). */
  audio: boolean
  /** Content was dropped that exists nowhere else: there is no success any more (law 5, D-5). */
  lost: boolean
}

/** Reports a drop of content that exists nowhere else. */
export function lose(context: Context, code: Code, where: Where, path?: string): void {
  const { reporter } = context
  context.lost = true
  // A loss is told even where all else is told by one defect.
  const { quiet } = reporter
  reporter.quiet = false
  reporter.defect(code, 'dropped', where, path === undefined ? undefined : { path })
  reporter.quiet = quiet
}
