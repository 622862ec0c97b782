import type { JsonObject } from '../defects/protocol.js'
import type { Reporter, Where } from '../defects/reporter.js'
import { isCount, kindOf } from '../defects/shape.js'
import { frameText, keptLines } from '../sse/encode.js'
import type { EventFrame, Frame } from '../sse/frame.js'
import { RewrittenFrame } from '../sse/frames.js'
import { type MadeEvent, madeFrame, restatedFrame } from '../sse/made.js'
import { nestedDeeper } from '../sse/nesting.js'
import type { PlainDelta } from '../sse/plain-delta.js'
import { deeperThan } from '../sse/splice.js'
import { spliceKnown } from '../sse/splice-known.js'
import type { Emit } from '../stage/stage.js'

/** Members of an event that name its place, with the values that they must have. */
export interface Place {
  readonly item_id?: string
  readonly output_index?: number
  readonly content_index?: number
  readonly summary_index?: number
}

const nowhere: Place = {}
/** How deep events of our own making are nested, whatever the limit. */
const ownDepth = 16
const unnumbered = new Set(['error', 'response.failed'])

/**
 * The only emitter of the machine. It knows only what has gone downstream, numbers the events, and lets nothing out behind the
 * terminal.
 */
export class Writer {
  readonly #reporter: Reporter
  readonly #maxDepth: number
  #emit: Emit<Frame> = ignore
  /** Whether events carry numbers: the first one that is sent decides (D-42). */
  #numbered: boolean | undefined
  #sequence = -1
  /** The last number of the upstream's own. */
  #upstreamSequence = -1
  #upstreamNumbers = false
  /** `response.created` has gone out, or is not owed. */
  started = false
  /** The terminal has gone out. */
  ended = false
  /** The `output_index` of the next item. */
  next = 0
  #last: string | undefined
  /** Something that an event is made of is nested too deeply to be written anew. */
  tooDeep = false

  constructor(reporter: Reporter, maxDepth: number) {
    this.#reporter = reporter
    this.#maxDepth = maxDepth
  }

  /** Takes the outlet of one push. */
  bind(emit: Emit<Frame>): void {
    this.#emit = emit
  }

  /** Sends a comment, or what is not ours to read, as it is. */
  pass(frame: Frame): void {
    if (!this.ended) this.#emit(frame)
  }

  /**
   * Sends an event with its original bytes where nothing in it changes, else spliced or written anew.
   *
   * @param place the members that name its place, with the values that they must have.
   * @param restated the event to send instead, where more than its place changes.
   */
  send(frame: EventFrame, type: string, place: Place = nowhere, restated?: JsonObject): void {
    if (this.ended) return
    const value = frame.value as JsonObject
    const named = frame.event === type
    // An event that gets another type has another name with it.
    const renamed = value['type'] !== type && frame.event === value['type']
    if (!named && !renamed)
      this.#reporter.defect('sse/event-line-missing', 'rewrote', frame, { path: 'event', wanted: type })
    const sequence = this.#number(frame, value['sequence_number'], type)
    let data: string | undefined = restated === undefined && value['type'] === type ? frame.data : undefined
    for (const name in place) {
      const wanted = place[name as keyof Place]
      if (data !== undefined && wanted !== undefined && value[name] !== wanted) {
        data = spliceKnown(data, name, value[name], wanted)
      }
    }
    if (data !== undefined && value['sequence_number'] !== sequence) {
      data =
        sequence === undefined ? undefined : spliceKnown(data, 'sequence_number', value['sequence_number'], sequence)
    }
    this.#last = undefined
    if (data === undefined) {
      if (this.tooDeepToWrite(frame)) return
      const { type: _, sequence_number: number, ...rest } = restated ?? value
      const numbered = sequence === undefined ? {} : { sequence_number: sequence }
      this.#emit(restatedFrame(frame, { type, ...numbered, ...rest, ...place }, type))
    } else this.#write(frame, type, named, data)
  }

  /** Sends an event in its place, and reports where it names another one. */
  sendAt(frame: EventFrame, type: string, place: Place, restated?: JsonObject): void {
    this.misplaced(frame, place)
    this.send(frame, type, place, restated)
  }

  /** Reports the members of an event that name another place than its own. */
  misplaced(frame: EventFrame, place: Place): void {
    const value = frame.value as JsonObject
    for (const path in place) {
      if (value[path] === place[path as keyof Place]) continue
      const code = path === 'item_id' ? 'responses/item-id-mismatch' : 'responses/indices-missing-or-wrong'
      this.#reporter.defect(code, 'rewrote', frame, { path, found: kindOf(value[path]) })
    }
  }

  #write(frame: EventFrame, type: string, named: boolean, data: string): void {
    this.#last = type.endsWith('.delta') ? data : undefined
    if (named && data === frame.data) this.#emit(frame)
    else this.#emit(new RewrittenFrame(frame, type, data, frameText(type, data, keptLines(frame))))
  }

  /** Sends a delta that is known by its form, with the data that it must have. */
  sendPlain(frame: EventFrame, type: string, plain: PlainDelta, same: boolean): void {
    const named = frame.event === type
    if (!named) this.#reporter.defect('sse/event-line-missing', 'rewrote', frame, { path: 'event', wanted: type })
    const token = plain.token('sequence_number')
    const given = token === undefined ? undefined : Number(token)
    const sequence = this.#number(frame, given, type)
    const data = same && sequence === given ? frame.data : plain.written('sequence_number', String(sequence))
    this.#write(frame, type, named, data)
  }

  /** The number of the event that was sent last; undefined for none. */
  get sequence(): number | undefined {
    return this.#numbered === true ? this.#sequence : undefined
  }

  /** The data of the event that was sent last, where it was not written anew. It is not kept. */
  takeLast(): string | undefined {
    const last = this.#last
    this.#last = undefined
    return last
  }

  /** Sends an event of our own making. */
  make(event: MadeEvent, where: Where): void {
    if (this.ended) return
    if (nestedDeeper(event, Math.max(this.#maxDepth, ownDepth))) {
      this.tooDeep = true
      return
    }
    this.#numbered ??= true
    const { type, ...rest } = event
    const numbered = this.#numbered || unnumbered.has(type) ? { sequence_number: ++this.#sequence } : {}
    this.#emit(madeFrame({ type, ...numbered, ...rest }, where))
  }

  /** Whether what a frame carries cannot be written anew without leaning on the stack (law 9). */
  tooDeepToWrite(frame: EventFrame): boolean {
    if (frame.data.length > this.#maxDepth && deeperThan(frame.data, this.#maxDepth)) this.tooDeep = true
    return this.tooDeep
  }

  /** The number that an event must carry; undefined for none (D-42). */
  #number(where: Where, given: unknown, type: string): number | undefined {
    const counts = isCount(given) && given < mostSequence
    this.#numbered ??= counts
    const wrong = { path: 'sequence_number', wanted: 'increasing integer', found: typeof given }
    if (!this.#numbered && !unnumbered.has(type)) {
      if (given !== undefined) this.#reporter.defect('responses/sequence-number', 'dropped', where, wrong)
      return undefined
    }
    if (counts) this.#upstreamNumbers = true
    // A stream without numbers gets them because of what we put in front: that was told already.
    const owed = given === undefined && this.#numbered && !this.#upstreamNumbers
    if (!owed && (!counts || given <= this.#upstreamSequence)) {
      this.#reporter.defect('responses/sequence-number', 'rewrote', where, wrong)
    } else if (counts) this.#upstreamSequence = given
    this.#sequence = counts && given > this.#sequence ? given : this.#sequence + 1
    return this.#sequence
  }
}

/** Beyond that one cannot count on. */
const mostSequence = 2 ** 52

function ignore(): void {}
