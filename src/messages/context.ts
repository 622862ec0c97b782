import type { Code } from '../defects/codes.js'
import type { Reporter, Where } from '../defects/reporter.js'
import type { HeldCount } from '../stage/held-count.js'
import type { Limits } from '../stage/limits.js'
import type { UsageHook } from '../stage/usage-hook.js'
import type { PlainDelta } from './plain-delta.js'
import type { Writer } from './writer.js'

/** What the parts of one machine share. */
export interface Context {
  readonly writer: Writer
  readonly reporter: Reporter
  readonly held: HeldCount
  readonly limits: Limits
  readonly plain: PlainDelta
  readonly emptyText: 'keep' | 'drop'
  /** Draws an id where the stream has none to derive one from. */
  readonly newId: () => string
  readonly onUsage: UsageHook | undefined
  /** The model that the message names. */
  model: string
  /** The id of the message, once it is known. */
  messageId: string
  /** Content was dropped that exists nowhere else: there is no success any more (law 5, D-5). */
  lost: boolean
}

/** Reports a drop of content that exists nowhere else. */
export function lose(context: Context, code: Code, where: Where): void {
  context.lost = true
  context.reporter.defect(code, 'dropped', where)
}
