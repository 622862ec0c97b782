import type { Code } from '../defects/codes.js'
import type { JsonObject } from '../defects/protocol.js'
import type { Reporter, Where } from '../defects/reporter.js'
import type { EndState } from '../defects/types.js'
import type { UpstreamError } from '../errors/upstream-error.js'
import type { PlainDelta } from '../sse/plain-delta.js'
import { HeldCount } from '../stage/held-count.js'
import { type Limits, resolveLimits } from '../stage/limits.js'
import { Announcements } from './announcements.js'
import { Closing } from './closing.js'
import { Content } from './content.js'
import { CutCalls } from './cut-calls.js'
import { Flow } from './flow.js'
import { Ids } from './ids.js'
import { Opening } from './opening.js'
import type { ResponsesOptions } from './options.js'
import { Parts } from './parts.js'
import { Positions } from './positions.js'
import { ToolCalls } from './tool-calls.js'
import { Unseen } from './unseen.js'
import { Writer } from './writer.js'

/** What the parts of one machine share. */
export class Context {
  readonly options: ResponsesOptions
  readonly reporter: Reporter
  readonly plain: PlainDelta
  readonly limits: Limits
  readonly held: HeldCount
  readonly writer: Writer
  readonly opening: Opening = new Opening(this)
  readonly positions: Positions = new Positions()
  readonly ids: Ids = new Ids(this)
  readonly flow: Flow = new Flow(this)
  readonly content: Content = new Content(this)
  readonly announcements: Announcements = new Announcements(this)
  readonly parts: Parts = new Parts(this)
  readonly calls: ToolCalls = new ToolCalls(this)
  readonly closing: Closing = new Closing(this)
  readonly cutCalls: CutCalls = new CutCalls(this)
  readonly unseen: Unseen = new Unseen(this)
  /** Draws an id where the stream has none to derive one from. */
  readonly newId: () => string
  /** The id that the response has downstream; empty until it is known. */
  responseId = ''
  /** Ids that the upstream gave the response: no item's (A05). */
  readonly responseIds: Set<string> = new Set()
  /** The id is of our making, so that the upstream's own is no other one. */
  idMade = false
  /** The snapshot that `response.created` carried, or would have. */
  snapshot: JsonObject = {}
  /** The stream goes on in the middle of a response: nothing is opened or filled at positions whose start was not seen (D-50). */
  resumed: boolean
  /** Content was dropped that exists nowhere else: there is no success any more (law 5, D-5). */
  lost = false
  /** An `error` has gone out, and its `response.failed` is owed (D-47). */
  failing: { readonly error: UpstreamError; readonly state: EndState } | undefined

  constructor(options: ResponsesOptions, reporter: Reporter, plain: PlainDelta) {
    let drawn = 0
    this.options = options
    this.reporter = reporter
    this.plain = plain
    this.limits = resolveLimits(options.limits)
    this.held = new HeldCount(this.limits)
    this.newId = options.newId ?? (() => String(++drawn))
    this.writer = new Writer(reporter, this.limits.maxDepth)
    this.resumed = options.resume === true
  }

  /** Whether anything of an answer has come. */
  get begun(): boolean {
    return this.positions.all.length > 0
  }

  /** Reports a drop of content that exists nowhere else. */
  lose(code: Code, where: Where): void {
    const { reporter } = this
    this.lost = true
    // A loss is told even where all else is told by one defect.
    const { quiet } = reporter
    reporter.quiet = false
    reporter.defect(code, 'dropped', where)
    reporter.quiet = quiet
  }

  /** Lets go of everything: the response is over, and what comes behind its terminal is only counted (D-4). */
  forget(): void {
    this.flow.forget()
    this.positions.clear()
    this.ids.clear()
    this.snapshot = {}
  }
}
