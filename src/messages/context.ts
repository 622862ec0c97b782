import type { Code } from '../defects/codes.js'
import type { Reporter, Where } from '../defects/reporter.js'
import { HeldCount } from '../stage/held-count.js'
import { type Limits, resolveLimits } from '../stage/limits.js'
import { Blocks } from './blocks.js'
import type { MessagesOptions } from './options.js'
import type { PlainDelta } from './plain-delta.js'
import { Tail } from './tail.js'
import { Turns } from './turns.js'
import { Writer } from './writer.js'

/** What the parts of one machine share. */
export class Context {
  readonly options: MessagesOptions
  readonly reporter: Reporter
  readonly plain: PlainDelta
  readonly limits: Limits
  readonly held: HeldCount
  readonly writer: Writer
  readonly blocks: Blocks = new Blocks(this)
  readonly turns: Turns = new Turns(this)
  readonly tail: Tail = new Tail(this)
  /** Draws an id where the stream has none to derive one from. */
  readonly newId: () => string
  /** The model that the message names. */
  model = ''
  /** The id of the message, once it is known. */
  messageId = ''
  /** A block has begun, or something that belongs into one has come. */
  begun = false
  /** The blocks come from a whole message, so that their content rightly stands in their starts (45, 56). */
  whole = false
  /** Content was dropped that exists nowhere else: there is no success any more (law 5, D-5). */
  lost = false
  /** The terminal is the upstream's own error. */
  upstreamFailed = false

  constructor(options: MessagesOptions, reporter: Reporter, plain: PlainDelta) {
    let drawn = 0
    this.options = options
    this.reporter = reporter
    this.plain = plain
    this.limits = resolveLimits(options.limits)
    this.held = new HeldCount(this.limits)
    this.newId = options.newId ?? (() => String(++drawn))
    this.writer = new Writer(reporter, this.limits.maxDepth)
  }

  /** Reports a drop of content that exists nowhere else. */
  lose(code: Code, where: Where): void {
    this.lost = true
    this.reporter.defect(code, 'dropped', where)
  }
}
