import type { Code } from '../defects/codes.js'
import type { Reporter, Where } from '../defects/reporter.js'
import { isString, kindOf } from '../defects/shape.js'
import type { PlainDelta } from '../sse/plain-delta.js'
import { HeldCount } from '../stage/held-count.js'
import { type Limits, resolveLimits } from '../stage/limits.js'
import { Choices } from './choices.js'
import { Envelope } from './envelope.js'
import { Hold } from './hold.js'
import type { ChatOptions, ChatRequest } from './options.js'
import { Usage } from './usage.js'
import { Writer } from './writer.js'

/** What the parts of one machine share. */
export class Context {
  readonly options: ChatOptions
  readonly request: ChatRequest
  readonly reporter: Reporter
  readonly plain: PlainDelta
  readonly limits: Limits
  readonly held: HeldCount
  readonly writer: Writer
  readonly envelope: Envelope
  readonly choices: Choices
  readonly usage: Usage
  readonly hold: Hold
  /** Draws an id where the stream has none to derive one from. */
  readonly newId: () => string
  /** The answer is spoken: such streams are left as they are (FINDINGS A17). */
  audio = false
  /** A whole completion has come, behind which no `[DONE]` is missed. */
  whole = false
  /** Content was dropped that exists nowhere else: there is no success any more (law 5, D-5). */
  lost = false
  /** The upstream's error has gone out; what comes behind it is its own fault. */
  upstreamFailed = false

  constructor(options: ChatOptions, reporter: Reporter, plain: PlainDelta) {
    let drawn = 0
    this.options = options
    this.request = options.request ?? {}
    if (this.request.tools?.some((tool: unknown) => !isString(tool)) === true) {
      throw new TypeError('options.request.tools takes the names of the tools, not the tools.')
    }
    this.reporter = reporter
    this.plain = plain
    this.limits = resolveLimits(options.limits)
    this.held = new HeldCount(this.limits)
    this.newId = options.newId ?? (() => String(++drawn))
    this.writer = new Writer(this.limits.maxDepth)
    this.envelope = new Envelope(this)
    this.choices = new Choices(this)
    this.usage = new Usage(this)
    this.hold = new Hold(this)
  }

  /**
   * Reports a value that is not sent on as it came.
   *
   * @param wanted what should have stood at the path.
   */
  rewrote(code: Code, where: Where, path: string, value: unknown, wanted?: string): void {
    const found = kindOf(value)
    this.reporter.defect(code, 'rewrote', where, wanted === undefined ? { path, found } : { path, wanted, found })
  }

  /** Reports a drop of content that exists nowhere else. */
  lose(code: Code, where: Where, path?: string): void {
    const { reporter } = this
    this.lost = true
    // A loss is told even where all else is told by one defect.
    const { quiet } = reporter
    reporter.quiet = false
    reporter.defect(code, 'dropped', where, path === undefined ? undefined : { path })
    reporter.quiet = quiet
  }
}
